"""Where each kind of row is kept, and which columns it fills."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from casework.envelope import Originality, SearchConsent
from casework.imports.drafts import IncidentDraft
from casework.imports.findings import Finding
from casework.imports.keeping import Draft, Shelf
from casework.imports.model import ImportRun
from casework.imports.plain_rows import PersonColumns, Remembered, read_person
from casework.imports.profiles import ReadRow, Reads
from casework.incidents.model import Incident, IncidentKind, IncidentVersion
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonVersion,
    PersonName,
)
from casework.opening import open_envelope
from casework.references import Prefix, new_reference
from casework.remains.model import Remains, RemainsArticle, RemainsMark, RemainsVersion
from privacy.permissions import Viewer

_KINDS = {kind.value: kind for kind in IncidentKind}


@dataclass(frozen=True, slots=True)
class Kind:
    """A shelf, and how a row that was read becomes a draft for it."""

    shelf: Shelf
    draft_of: Callable[[ReadRow], tuple[Draft | None, tuple[Finding, ...]]]


def kind_for(
    reads: Reads, run: ImportRun, owner: Viewer, *, source: str, domain: str, at: datetime
) -> Kind:
    """Choose the shelf for what a profile reads."""
    if reads is Reads.INCIDENTS:
        return Kind(_incident_shelf(run, source, at), _incident_draft)
    consent = run.search_consent
    if reads is Reads.REMAINS:
        consent = SearchConsent.PUBLIC_INTEREST
    prefix = Prefix.MISSING_PERSON if reads is Reads.MISSING else Prefix.REMAINS

    def opening() -> dict[str, Any]:
        envelope = open_envelope(owner, prefix, consent, domain=domain, at=at)
        return {
            **envelope,
            "originality": Originality.COPY,
            "invented": run.invented,
            "version": 1,
        }

    is_missing = reads is Reads.MISSING
    shelf = Shelf(
        table=MissingPerson if is_missing else Remains,
        versions=MissingPersonVersion if is_missing else RemainsVersion,
        key="origin_record_id",
        scope={
            "owner_institution_id": owner.institution_id,
            "origin_source_name": source,
        },
        opening=opening,
        content_of=lambda record: record.content,
    )
    return Kind(shelf, _person_drafter(reads))


def _incident_shelf(run: ImportRun, source: str, at: datetime) -> Shelf:
    return Shelf(
        table=Incident,
        versions=IncidentVersion,
        key="source_key",
        scope={"source_scheme": source},
        opening=lambda: {
            "reference": new_reference(Prefix.INCIDENT),
            "recorded_at": at,
            "invented": run.invented,
            "version": 1,
        },
        content_of=_incident_content,
    )


def _incident_draft(row: ReadRow) -> tuple[Draft | None, tuple[Finding, ...]]:
    if row.draft is None:
        return None, ()
    warnings = sorted({problem.rule.value for problem in row.problems})
    columns = {**_incident_columns(row.draft), "warnings": warnings}
    return Draft(row.draft.source_key, row.draft.fingerprint(), columns), ()


def _incident_columns(draft: IncidentDraft) -> dict[str, Any]:
    return {
        "main_key": draft.main_id or None,
        "kind": _KINDS.get(draft.incident_type, IncidentKind.UNKNOWN),
        "date_from": draft.when.earliest,
        "date_to": draft.when.latest,
        "dead": draft.dead,
        "missing": draft.missing,
        "survivors": draft.survivors,
        "females": draft.females,
        "males": draft.males,
        "children": draft.children,
        "causes": list(draft.causes),
        "cause_codes": list(draft.cause_codes),
        "countries_of_origin": list(draft.countries_of_origin),
        "regions_of_origin": list(draft.regions_of_origin),
        "country": draft.country,
        "admin1": draft.admin1 or None,
        "region": draft.region or None,
        "subregion": draft.unsd_group or None,
        "route": draft.route or None,
        "place": draft.place or None,
        "lat": draft.lat,
        "lon": draft.lon,
        "radius_km": draft.radius_km,
        "location_precision": draft.location_precision,
        "title": draft.article_title or None,
        "sources": [draft.information_source] if draft.information_source else [],
        "urls": list(draft.urls),
        # Where one cell says both 3 and 5, the more cautious reading is kept.
        "source_quality": min(draft.source_quality, default=None),
    }


def _incident_content(incident: Incident) -> dict[str, Any]:
    fixed = {"id", "reference", "version", "content_hash", "recorded_at", "import_run_id"}
    return {
        column.key: _as_json(getattr(incident, column.key))
        for column in Incident.__table__.columns
        if column.key not in fixed
    }


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _person_drafter(
    reads: Reads,
) -> Callable[[ReadRow], tuple[Draft | None, tuple[Finding, ...]]]:
    remembered: Remembered = {}

    def draft_of(row: ReadRow) -> tuple[Draft | None, tuple[Finding, ...]]:
        if row.plain is None:
            return None, ()
        cells = dict(row.plain.cells)
        person, problems = read_person(cells, reads, remembered)
        if person is None:
            return None, tuple(Finding.of_cell(row.line, each) for each in problems)
        text = json.dumps(cells, sort_keys=True, ensure_ascii=False)
        columns = {**person.columns, "content": cells}
        return (
            Draft(
                row.plain.record_id,
                sha256(text.encode()).hexdigest(),
                columns,
                _parts(person, reads),
            ),
            (),
        )

    return draft_of


def _parts(person: PersonColumns, reads: Reads) -> dict[type[Any], list[dict[str, Any]]]:
    if reads is Reads.MISSING:
        return {
            PersonName: person.names,
            MissingPersonMark: person.marks,
            MissingPersonArticle: person.articles,
        }
    return {RemainsMark: person.marks, RemainsArticle: person.articles}
