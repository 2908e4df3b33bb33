"""The flat tables of the command line: people, remains and incidents in our own columns.

People and remains pass as they stand but for invisible signs; their cells are read where
all plain rows are. Incidents become drafts here, in the columns that the invented world and
other programs write.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from casework.imports.drafts import IncidentDraft, PlainRow
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import dates, places
from casework.imports.profiles.cells import (
    count_of_people,
    decimal_number,
    has_invisible,
    split_urls,
    tidy,
)
from casework.imports.profiles.iom_cells import cause_codes
from casework.imports.profiles.iom_layouts import CAUSES
from casework.imports.profiles.profile import (
    Layout,
    Profile,
    ReadRow,
    Reads,
    Rows,
    plain_rows,
    refused,
)
from casework.imports.reading import RawRow
from casework.spreadsheets import as_meant
from casework.values import DateRange

_BOTH = frozenset(
    {"birth_from", "birth_to", "age_min", "age_max", "stature_cm_min", "stature_cm_max",
     "stature_basis", "weight_kg_min", "weight_kg_max", "lat", "lon", "radius_km", "country",
     "admin1", "place", "nationality", "hair", "eyes", "build", "handedness", "blood_group",
     "marks", "teeth", "clothing", "belongings", "given_names", "surname_1", "surname_2",
     "other_names", "mother_name", "father_name", "birth_place", "id_numbers", "phones",
     "group_id", "incident_id", "origin_source_url", "kept_from", "made_at", "changed_at"}
)  # fmt: skip
_MISSING = Layout(
    required=frozenset({"record_id", "sex", "last_contact_from"}),
    optional=_BOTH | {"last_contact_to", "destination"},
    absent=frozenset({"copy"}),  # of a list that a registry handed out (reunir_list.py)
)
_REMAINS = Layout(
    required=frozenset({"record_id", "sex", "found_from"}),
    optional=(_BOTH - {"birth_from", "birth_to"})
    | {"sex_method", "found_to", "death_days_min", "death_days_max", "condition",
       "completeness"},
    absent=frozenset({"last_contact_from", "where_seen"}),
)  # fmt: skip
# Told from the others by what is asked of the living alone.
_LIVING = Layout(
    required=frozenset({"record_id", "sex", "found_from", "where_seen"}),
    optional=_BOTH | {"found_to", "host", "list_name", "list_number", "communication"},
    absent=frozenset({"last_contact_from", "condition", "death_days_min"}),
)
_FILLED_BY = {
    "causes": "cause", "cause_codes": "cause", "country_text": "country",
    "location_precision": "lat", "information_source": "source", "urls": "url",
    "incident_type": "kind", "unsd_group": "subregion", "article_title": "title",
    "origin_text": "countries_of_origin",
}  # fmt: skip
_INCIDENTS = Layout(
    required=frozenset({"record_id", "date_from", "dead", "missing"}),
    optional=frozenset(
        {"date_to", "country", "admin1", "place", "lat", "lon", "radius_km", "survivors",
         "females", "males", "children", "cause", "route", "source", "url", "main_id", "kind",
         "cause_code", "countries_of_origin", "regions_of_origin", "region", "subregion",
         "location_precision", "title", "source_quality", "mmp_eligible", "population",
         "invented", "made_at", "changed_at"}
    ),
)  # fmt: skip
_KINDS = frozenset({"incident", "split", "cumulative", "unknown"})
_POPULATIONS = frozenset({"open", "closed", "unknown"})
_PRECISIONS = {each: each for each in ("point", "whole_degree", "pile")}
# In the order in which they are asked: `casework.imports.how_new.DATED_BY`.
DATED = ("made_at", "changed_at")
_QUALITIES = ("1", "2", "3", "4", "5")
_YES_NO = {"yes": True, "no": False}


def plain_row(cells: Mapping[str, str]) -> PlainRow:
    """Take a row in our own columns as it stands, its id without invisible signs."""
    found: list[Problem] = []
    raw = cells.get("record_id", "")
    if not tidy(raw):
        found.append(Problem(Rule.NO_RECORD_ID, "record_id"))
    elif has_invisible(raw):
        found.append(Problem(Rule.BOM_INSIDE_ID, "record_id", raw))
    kept = {name: as_meant(text.strip()) for name, text in cells.items() if text.strip()}
    return PlainRow(
        {**kept, "record_id": tidy(raw)},
        tuple(found),
        frozenset(cells),
        _kept_from(cells.get("kept_from", "")),
    )


def _kept_from(text: str) -> frozenset[str] | None:
    """Read the countries that a record is kept from; `None` where one of them is none."""
    named = [part.strip() for part in text.split("|") if part.strip()]
    codes = [places.country_code(each) for each in named]
    return None if None in codes else frozenset(each for each in codes if each)


def _read_people(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, plain_row)


def _read_incidents(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    seen: dict[str, int] = {}
    for raw in rows:
        yield refused(raw) or _incident(raw, seen)


def _incident(raw: RawRow, seen: dict[str, int]) -> ReadRow:
    found = list(plain_row(raw.cells).warnings)
    cells = {name: as_meant(text) for name, text in raw.cells.items()}
    when = _when(cells, found)
    record_id = tidy(cells["record_id"])
    first = seen.setdefault(record_id, raw.line) if record_id else raw.line
    if first != raw.line:
        found.append(Problem(Rule.REPEATED_RECORD_ID, "record_id", record_id, str(first)))
    if when is None:
        return ReadRow(raw.line, raw.cells, problems=tuple(found))
    read = ReadRow(raw.line, raw.cells, _draft(cells, when, found))
    for each in found:
        read = read.with_problem(each)
    return read


def _draft(cells: Mapping[str, str], when: DateRange, found: list[Problem]) -> IncidentDraft:
    counts: dict[str, Any] = {
        name: count_of_people(name, cells.get(name, ""), found)
        for name in ("dead", "missing", "survivors", "females", "males", "children")
    }
    causes = _listed(cells, "cause")
    codes = _codes(cells, "cause_code", (*CAUSES, "other"), found)
    return IncidentDraft(
        source=tidy(cells.get("source", "")) or "plain",
        layout="plain-incidents",
        source_key=tidy(cells["record_id"]),
        main_id=tidy(cells.get("main_id", "")) or tidy(cells["record_id"]),
        incident_type=_code(cells, "kind", _KINDS, found),
        when=when,
        **counts,
        **_where(cells, found),
        causes=causes,
        cause_codes=codes or cause_codes(causes),
        countries_of_origin=_countries_of_origin(cells, found),
        origin_text=tidy(cells.get("countries_of_origin", "")),
        regions_of_origin=_listed(cells, "regions_of_origin"),
        region=tidy(cells.get("region", "")),
        unsd_group=tidy(cells.get("subregion", "")),
        article_title=tidy(cells.get("title", "")),
        route=tidy(cells.get("route", "")),
        information_source=tidy(cells.get("source", "")),
        sources=_listed(cells, "source"),
        urls=split_urls(cells.get("url", "")),
        source_quality=_quality(cells, found),
        mmp_eligible=_YES_NO.get(_code(cells, "mmp_eligible", _YES_NO, found)),
        population=_code(cells, "population", _POPULATIONS, found) or "unknown",
        invented=_code(cells, "invented", _YES_NO, found) == "yes",
        dated={name: cells[name] for name in DATED if name in cells},
        unstated=_unstated(frozenset(cells)),
    )


def _where(cells: Mapping[str, str], found: list[Problem]) -> dict[str, Any]:
    country = _country(cells, found)
    lat, lon, radius_km = _point(cells, country, found)
    precision = _code(cells, "location_precision", (*_PRECISIONS, "none"), found)
    return {
        "country": country,
        "country_text": tidy(cells.get("country", "")),
        "admin1": tidy(cells.get("admin1", "")),
        "place": tidy(cells.get("place", "")),
        "lat": lat,
        "lon": lon,
        "radius_km": radius_km,
        "location_precision": "none" if lat is None else _PRECISIONS.get(precision, "point"),
    }


@lru_cache(maxsize=256)
def _unstated(columns: frozenset[str]) -> frozenset[str]:
    """Name the fields for which a file with these columns has none."""
    wanted = {name: name for name in _INCIDENTS.optional - {"main_id"}} | _FILLED_BY
    if "cause_code" in columns:
        del wanted["cause_codes"]
    return frozenset(name for name, column in wanted.items() if column not in columns)


def _listed(cells: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cells.get(name, "").split("|") if part.strip())


def _code(
    cells: Mapping[str, str], name: str, codes: Collection[str], found: list[Problem]
) -> str:
    """Read one code of a list; what is none of it stays empty, and is said."""
    text = cells.get(name, "").strip().lower()
    if text and text not in codes:
        found.append(Problem(Rule.UNKNOWN_CODE, name, text))
        return ""
    return text


def _codes(
    cells: Mapping[str, str], name: str, codes: Collection[str], found: list[Problem]
) -> tuple[str, ...]:
    items = _listed(cells, name)
    if not set(items) <= set(codes):
        found.append(Problem(Rule.UNKNOWN_CODE, name, cells[name]))
    return tuple(each for each in items if each in codes)


def _countries_of_origin(cells: Mapping[str, str], found: list[Problem]) -> tuple[str, ...]:
    named = [places.country_code(each) for each in _listed(cells, "countries_of_origin")]
    if None in named:
        found.append(
            Problem(Rule.UNKNOWN_COUNTRY, "countries_of_origin", cells["countries_of_origin"])
        )
    return tuple(each for each in named if each)


def _quality(cells: Mapping[str, str], found: list[Problem]) -> tuple[int, ...]:
    mark = _code(cells, "source_quality", _QUALITIES, found)
    return (int(mark),) if mark else ()


def _when(cells: Mapping[str, str], found: list[Problem]) -> DateRange | None:
    first = dates.read_partial(cells["date_from"])
    text = cells.get("date_to", "").strip()
    last = dates.read_partial(text) if text else first
    if first is None:
        found.append(Problem(Rule.NO_DATE, "date_from", cells["date_from"]))
        return None
    if last is None:
        found.append(Problem(Rule.DATE_UNREADABLE, "date_to", text))
        return first
    if last.latest < first.earliest:
        found.append(Problem(Rule.RANGE_REVERSED, "date_from", f"{first} – {last}"))
        return first
    return DateRange(first.earliest, last.latest)


def _country(cells: Mapping[str, str], found: list[Problem]) -> str | None:
    text = cells.get("country", "").strip()
    code = places.country_code(text) if text else None
    if text and code is None:
        found.append(Problem(Rule.UNKNOWN_COUNTRY, "country", text))
    return code


def _point(
    cells: Mapping[str, str], country: str | None, found: list[Problem]
) -> tuple[float | None, float | None, float | None]:
    lat, lon = cells.get("lat", "").strip(), cells.get("lon", "").strip()
    text = f"{lat}, {lon}" if lat or lon else ""
    where = places.Where.of(country or "", country=country)
    point = places.checked_point("lat", text, where, found)
    if point is None:
        return None, None, None
    return *point, decimal_number(cells.get("radius_km", ""))


MISSING = Profile("plain-missing", Reads.MISSING, "plain", {"missing": _MISSING}, _read_people)
REMAINS = Profile("plain-remains", Reads.REMAINS, "plain", {"remains": _REMAINS}, _read_people)
LIVING = Profile("plain-living", Reads.LIVING, "plain", {"living": _LIVING}, _read_people)
INCIDENTS = Profile(
    "plain-incidents", Reads.INCIDENTS, "plain", {"incidents": _INCIDENTS}, _read_incidents
)
