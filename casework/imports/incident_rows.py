"""Rows of incidents into the registry: merged with what is stored, never counted twice."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.imports.drafts import IncidentDraft
from casework.imports.findings import Finding
from casework.imports.how_new import Dating, passed_over
from casework.imports.keeping import Draft, Shelf, known_by_key
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import ReadRow
from casework.imports.rules import is_named_as_invented
from casework.incidents.model import Incident, IncidentKind, IncidentVersion, Population
from casework.references import Prefix, new_reference

_KINDS = {kind.value: kind for kind in IncidentKind}
_POINT = frozenset({"lat", "lon", "radius_km", "location_precision"})
_SPOILT_POINT = frozenset(
    {
        Rule.COORDINATES_UNREADABLE, Rule.COORDINATES_IMPOSSIBLE, Rule.COORDINATES_ZERO,
        Rule.LONGITUDE_SIGN_LOST, Rule.LATITUDE_SIGN_LOST, Rule.AXIS_ORDER_REVERSED,
    }
)  # fmt: skip
_BLANK: Mapping[str, Any] = {
    "main_key": None, "kind": IncidentKind.UNKNOWN, "date_from": None, "date_to": None,
    "dead": None, "missing": None, "survivors": None, "females": None, "males": None,
    "children": None, "causes": [], "cause_codes": [], "countries_of_origin": [],
    "regions_of_origin": [], "country": None, "admin1": None, "region": None,
    "subregion": None, "route": None, "place": None, "lat": None, "lon": None,
    "radius_km": None, "location_precision": "none", "title": None, "sources": [],
    "urls": [], "source_quality": None, "mmp_eligible": None,
    "population": Population.UNKNOWN, "warnings": [], "source_date": None,
}  # fmt: skip
# What we made of the row. Whether a point is a pile depends on the rest of the file; when it
# was written is no word of the incident.
_OUR_READING = frozenset({"cause_codes", "location_precision", "warnings", "source_date"})


@dataclass(slots=True)
class IncidentRows:
    """The incidents of one file, on their way to the shelf of all files of their source."""

    shelf: Shelf
    keys: frozenset[str]
    of_main: Counter[str]
    invented: bool
    dating: Dating
    notes: dict[str, Problem] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: Iterable[ReadRow], *, source: str, invented: bool, dating: Dating
    ) -> "IncidentRows":
        """Look over the whole file first: which of its rows belong to one incident."""
        drafts = [row.draft for row in rows if row.draft]
        return cls(
            shelf=_shelf(source, dating.read_at),
            keys=frozenset(draft.source_key for draft in drafts),
            of_main=Counter(draft.main_id for draft in drafts if draft.main_id),
            invented=invented,
            dating=dating,
        )

    def key_of(self, row: ReadRow) -> str | None:
        """Give the source's key of a row that can be taken."""
        return row.draft.source_key if row.draft else None

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows, also where the source parted it anew."""
        drafts = [row.draft for row in rows if row.draft]
        found = known_by_key(session, self.shelf, [each.source_key for each in drafts])
        new = [each for each in drafts if each.source_key not in found and each.main_id]
        stored = self._stored_of(session, {each.main_id for each in new})
        for draft in new:
            heirloom = self._heirloom(draft, stored[draft.main_id])
            if heirloom is not None:
                found[draft.source_key] = heirloom
                stored[draft.main_id].remove(heirloom)
        return found

    def draft_of(
        self, row: ReadRow, stored: Any | None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Turn a row into columns; a point no finer than the stored one is left out."""
        if row.draft is None:
            return None, ()
        notes = [note] if (note := self.notes.get(row.draft.source_key)) else []
        warnings = sorted({problem.rule.value for problem in (*row.problems, *notes)})
        columns = {**incident_columns(row.draft), "warnings": warnings}
        if stored is not None and _is_coarser(row, stored):
            columns = {name: columns[name] for name in columns if name not in _POINT}
            notes.append(Problem(Rule.FINER_POINT_KEPT, "coordinates"))
        columns["source_date"], undated = self.dating.written_at(row.draft.dated)
        notes.extend(undated)
        told = self.invented or row.draft.invented
        columns["invented"] = told or (stored is not None and stored.invented)
        if not columns["invented"] and is_named_as_invented(row.draft.source_key):
            columns["invented"] = True
            notes.append(Problem(Rule.TAKEN_AS_INVENTED, "record_id"))
        draft = Draft(row.draft.source_key, _hash(columns, stored), columns)
        too_old = passed_over(self.shelf, stored, draft)
        found = [*notes, too_old] if too_old else notes
        return (None if too_old else draft), tuple(Finding.of(row.line, each) for each in found)

    def _stored_of(self, session: Session, mains: set[str]) -> defaultdict[str, list[Any]]:
        stored: defaultdict[str, list[Any]] = defaultdict(list)
        if mains:
            query = (
                sa.select(Incident).where(Incident.main_key.in_(mains)).order_by(Incident.id)
            )
            for each in session.scalars(query.filter_by(**self.shelf.scope)):
                stored[str(each.main_key)].append(each)
        return stored

    def _heirloom(self, draft: IncidentDraft, stored: Sequence[Any]) -> Any | None:
        """Find the one record that stood for the whole of what the file now parts anew.

        An id may be a list of several incidents' ids whose numbers shift between releases, or
        be missing in an older layout. A part that is named on its own is left to itself.
        """
        left = [each for each in stored if each.source_key not in self.keys]
        if not left:
            return None
        alone = len(left) == len(stored) == 1
        if alone and not _is_named_part(left[0].source_key):
            rows = self.of_main[draft.main_id]
            if rows > 1:
                self.notes[draft.source_key] = Problem(Rule.NOW_IN_PARTS, detail=str(rows))
            return left[0]
        if not all(_is_named_part(key) for key in (draft.source_key, *_keys(left))):
            told = ", ".join(each.reference for each in left)
            self.notes[draft.source_key] = Problem(Rule.STORED_OTHERWISE, detail=told)
        return None


def incident_columns(draft: IncidentDraft) -> dict[str, Any]:
    """Fill the registry's columns of which the row says something."""
    columns: dict[str, dict[str, Any]] = {
        "main_id": {"main_key": draft.main_id or None},
        "incident_type": {"kind": _KINDS.get(draft.incident_type, IncidentKind.UNKNOWN)},
        "when": {"date_from": draft.when.earliest, "date_to": draft.when.latest},
        **{name: {name: getattr(draft, name)} for name in _SAME_NAME},
        **{name: {name: list(getattr(draft, name))} for name in _LISTS},
        "admin1": {"admin1": draft.admin1 or None},
        "region": {"region": draft.region or None},
        "unsd_group": {"subregion": draft.unsd_group or None},
        "route": {"route": draft.route or None},
        "place": {"place": draft.place or None},
        "article_title": {"title": draft.article_title or None},
        "information_source": {
            "sources": list(draft.sources)
            or [each for each in (draft.information_source,) if each]
        },
        # Where one cell says both 3 and 5, the more cautious reading is kept.
        "source_quality": {"source_quality": min(draft.source_quality, default=None)},
        "population": {"population": Population(draft.population)},
    }
    filled: dict[str, Any] = {}
    for name, values in columns.items():
        if name not in draft.unstated:
            filled |= values
    return filled


_SAME_NAME = ("dead", "missing", "survivors", "females", "males", "children", "country", "lat",
              "lon", "radius_km", "location_precision", "mmp_eligible")  # fmt: skip
_LISTS = ("causes", "cause_codes", "countries_of_origin", "regions_of_origin", "urls")


def _shelf(source: str, at: datetime) -> Shelf:
    return Shelf(
        table=Incident,
        versions=IncidentVersion,
        key="source_key",
        scope={"source_scheme": source},
        opening=lambda: {
            "reference": new_reference(Prefix.INCIDENT),
            "recorded_at": at,
            "version": 1,
        },
        content_of=_content,
        compared=frozenset({*_BLANK, "invented"}) - _OUR_READING,
        blank=_BLANK,
    )


def _is_coarser(row: ReadRow, stored: Incident) -> bool:
    draft = cast("IncidentDraft", row.draft)
    if stored.lat is None or "lat" in draft.unstated:
        return False
    if draft.lat is None:
        return any(problem.rule in _SPOILT_POINT for problem in row.problems)
    is_rounded = draft.location_precision == "whole_degree"
    return is_rounded and stored.location_precision != "whole_degree"


def _is_named_part(key: str) -> bool:
    _, slash, part = key.partition("/")
    return bool(slash) and "," not in part


def _keys(records: Iterable[Any]) -> list[str]:
    return [record.source_key for record in records]


def _hash(columns: Mapping[str, Any], stored: Incident | None) -> str:
    said = {
        name: columns.get(name, getattr(stored, name) if stored is not None else blank)
        for name, blank in _BLANK.items()
        if name not in _OUR_READING
    }
    return sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()


def _content(incident: Incident) -> dict[str, Any]:
    fixed = {"id", "reference", "version", "content_hash", "recorded_at", "import_run_id"}
    fixed |= {"institution_id", "entered_by"}
    return {
        column.key: _as_json(getattr(incident, column.key))
        for column in Incident.__table__.columns
        if column.key not in fixed
    }


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
