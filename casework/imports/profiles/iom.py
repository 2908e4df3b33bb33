"""IOM's Missing Migrants Project: incidents in any of the layouts it was given out in.

Nothing is dropped: each row becomes a draft or stands aside with a reason. Whether an id or
a point repeats can only be told from the whole file, so that is looked at afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import cast

from casework.imports.drafts import IncidentDraft
from casework.imports.problems import Problem, Rule, stops
from casework.imports.profiles import iom_cells as cells
from casework.imports.profiles.iom_layouts import COLUMNS, LAYOUTS, unstated
from casework.imports.profiles.profile import Profile, ReadRow, Reads, Rows, refused
from casework.imports.reading import RawRow
from casework.values import DateRange

SOURCE = "iom-mmp"
PILE = 10
"""So many different days at one and the same point make it a place's centre. Our choice."""

_FROM_CONTENT = ("place", "coordinates", "countries_of_origin", "regions_of_origin", "dead",
                 "missing", "females", "males", "children", "cause", "date", "year",
                 "month")  # fmt: skip


def read_incidents(layout: str, rows: Rows) -> Iterator[ReadRow]:
    """Read every row of a file in `layout`."""
    read = [_read(layout, raw) for raw in rows]
    yield from _name_piles(_part_repeated(layout, read))


def _read(layout: str, raw: RawRow) -> ReadRow:
    if (aside := refused(raw)) is not None:
        return aside
    row = cells.Row(COLUMNS[layout], raw.cells)
    when = cells.when(row)
    if when is None:
        return ReadRow(raw.line, raw.cells, problems=tuple(row.found))
    draft = _draft(layout, row, when)
    return ReadRow(raw.line, raw.cells, draft, problems=tuple(row.found))


def _draft(layout: str, row: cells.Row, when: DateRange) -> IncidentDraft:
    counts = cells.counts(row, zero_is_blank=layout == "no-id-2023")
    key, from_content = _key(row)
    country, country_text = cells.country(row)
    causes = cells.causes(row)
    return IncidentDraft(
        source=SOURCE,
        layout=layout,
        source_key=key,
        key_is_fingerprint=from_content,
        main_id=cells.identifier(row, "id"),
        incident_id=cells.identifier(row, "incident_id"),
        when=when,
        incident_type=cells.incident_type(row),
        region=cells.joined(row, "region"),
        causes=causes,
        cause_codes=cells.cause_codes(causes),
        countries_of_origin=cells.countries_of_origin(row),
        origin_text=row.text("countries_of_origin"),
        regions_of_origin=cells.several(row, "regions_of_origin"),
        country=country,
        country_text=country_text,
        route=cells.joined(row, "route"),
        place=row.text("place"),
        information_source=row.text("information_source"),
        urls=cells.urls(row),
        source_quality=cells.source_quality(row),
        article_title=row.text("title"),
        unsd_group=cells.joined(row, "unsd"),
        # The project leaves out of its files whatever it does not count.
        mmp_eligible=True,
        unstated=unstated(layout, frozenset(row.cells)),
        **counts,
        **cells.point(row, country),
    )


def _key(row: cells.Row) -> tuple[str, bool]:
    main, incident = cells.identifier(row, "id"), cells.identifier(row, "incident_id")
    if not main and not incident:
        row.found.append(Problem(Rule.NO_ID, row.column("id")))
        return f"content:{_content(row)}", True
    if main and incident and main != incident:
        return f"{main}/{incident}", False
    return main or incident, False


def _content(row: cells.Row) -> str:
    text = "\n".join(row.text(field) for field in _FROM_CONTENT)
    return sha256(text.encode()).hexdigest()[:16]


def _part_repeated(layout: str, read: Sequence[ReadRow]) -> list[ReadRow]:
    """Put twins aside, then give each row that still shares its id a key of its own."""
    parted = _without_twins(read)
    for suffix_of in (lambda each: _content(cells.Row(COLUMNS[layout], each.original)), _whole):
        shared = _shared_keys(parted)
        parted = [
            _kept_apart(each, suffix_of) if _key_of(each) in shared else each for each in parted
        ]
    return parted


def _without_twins(read: Sequence[ReadRow]) -> list[ReadRow]:
    shared = _shared_keys(read)
    seen: dict[tuple[str, ...], int] = {}
    kept = []
    for each in read:
        if _key_of(each) not in shared:
            kept.append(each)
            continue
        first = seen.setdefault(tuple(each.original.values()), each.line)
        problem = Problem(Rule.REPEATED_ROW, detail=str(first))
        kept.append(each if first == each.line else each.with_problem(problem))
    return kept


def _key_of(each: ReadRow) -> str | None:
    return each.draft.source_key if each.draft else None


def _shared_keys(read: Sequence[ReadRow]) -> set[str]:
    keys = Counter(key for each in read if (key := _key_of(each)) is not None)
    return {key for key, rows in keys.items() if rows > 1}


def _whole(each: ReadRow) -> str:
    return sha256("\n".join(each.original.values()).encode()).hexdigest()[:16]


def _kept_apart(each: ReadRow, suffix_of: Callable[[ReadRow], str]) -> ReadRow:
    """Give a row its own key beside others of the same id, the same in any order of rows."""
    draft = cast("IncidentDraft", each.draft)
    problem = Problem(Rule.REPEATED_ID, "id", draft.main_id)
    problems = each.problems if problem in each.problems else (*each.problems, problem)
    key = f"{draft.source_key}~{suffix_of(each)}"
    return replace(each, draft=replace(draft, source_key=key), problems=problems)


def _name_piles(read: Sequence[ReadRow]) -> Iterator[ReadRow]:
    days: Mapping[tuple[float | None, float | None], set[DateRange]] = defaultdict(set)
    for each in read:
        if each.draft and each.draft.location_precision == "point":
            days[each.draft.lat, each.draft.lon].add(each.draft.when)
    for each in read:
        yield _in_pile(each, days)


def _in_pile(
    each: ReadRow, days: Mapping[tuple[float | None, float | None], set[DateRange]]
) -> ReadRow:
    draft = each.draft
    if draft is None or draft.location_precision != "point" or stops(each.problems):
        return each
    at_point = len(days[draft.lat, draft.lon])
    if at_point < PILE:
        return each
    problem = Problem(Rule.CENTROID_PILE, "coordinates", detail=str(at_point))
    draft = replace(draft, location_precision="pile", radius_km=None)
    return replace(each, draft=draft, problems=(*each.problems, problem))


PROFILE = Profile("iom", Reads.INCIDENTS, SOURCE, LAYOUTS, read_incidents)
