"""Entering and correcting incidents. Each function is one deed: allowed, done, recorded."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.incidents.model import Incident, IncidentVersion
from casework.incidents.rules import (
    BY_HAND,
    FEWEST_LETTERS,
    LONGEST_REASON,
    SaidIncident,
    content_of,
    problems_of,
    warnings_of,
    why_not_correctable,
)
from casework.references import Prefix, new_reference
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

SAY_WHY = marked("Escriba por qué lo corrige, aunque sea en pocas palabras.")
CHANGED_MEANWHILE = marked(
    "Otra persona lo corrigió mientras tanto. Lea lo que dice ahora y guarde otra vez."
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What an incident says from now on, why, and on which version its author looked."""

    said: SaidIncident
    reason: str
    version: int


def enter_incident(
    session: Session,
    viewer: Viewer,
    said: SaidIncident,
    *,
    at: datetime,
    invented: bool = False,
) -> Incident:
    """Enter an incident; the viewer's institution keeps it from then on.

    Raises
    ------
    NotPermitted
        If the duty does not record incidents.
    InvalidInput
        If something said of it cannot be so.
    """
    demand(viewer, Permission.INCIDENT_RECORD)
    _demand_possible(said, at)
    reference = new_reference(Prefix.INCIDENT)
    incident = Incident(
        reference=reference,
        source_scheme=BY_HAND,
        source_key=reference,
        invented=invented,
        recorded_at=at,
        institution_id=viewer.institution_id,
    )
    _write(incident, said, viewer, at)
    session.add(incident)
    session.flush()
    record(session, Deed.INCIDENT_RECORDED, by=viewer, at=at, about=reference)
    return incident


def correct_incident(
    session: Session, viewer: Viewer, incident: Incident, to: Correction, *, at: datetime
) -> Incident:
    """Correct an incident already opened; what it said before stays as a version.

    Raises
    ------
    NotPermitted
        If the duty does not record incidents.
    InvalidInput
        If a source or another institution keeps it, no reason is given, or it cannot be so.
    Conflict
        If somebody corrected it since its author looked.
    """
    demand(viewer, Permission.INCIDENT_RECORD)
    if why_not := why_not_correctable(incident, viewer.institution_id):
        raise InvalidInput(why_not)
    session.refresh(incident, with_for_update=True)
    if incident.version != to.version:
        raise Conflict(CHANGED_MEANWHILE)
    if not FEWEST_LETTERS <= len(to.reason.strip()) <= LONGEST_REASON:
        raise InvalidInput(SAY_WHY)
    _demand_possible(to.said, at)
    before = IncidentVersion(
        case_id=incident.id,
        version=incident.version,
        content=content_of(incident),
        content_hash=incident.content_hash,
        recorded_at=incident.changed_at,
        reason=to.reason.strip(),
        changed_by=viewer.account_id,
    )
    session.add(before)
    session.flush()
    incident.version += 1
    _write(incident, to.said, viewer, at)
    session.flush()
    record(session, Deed.INCIDENT_CORRECTED, by=viewer, at=at, about=incident.reference)
    return incident


def _demand_possible(said: SaidIncident, at: datetime) -> None:
    if problems := problems_of(said, today=at.date()):
        raise InvalidInput(next(iter(problems.values())))


def _write(incident: Incident, said: SaidIncident, viewer: Viewer, at: datetime) -> None:
    for each in fields(said):
        value = getattr(said, each.name)
        if not isinstance(value, str | int | float | None) and not hasattr(value, "year"):
            value = list(value)
        setattr(incident, each.name, value if value != "" else None)
    incident.location_precision = "none" if said.lat is None else "point"
    incident.warnings = warnings_of(said)
    incident.entered_by = viewer.account_id
    incident.changed_at = at
    plain = json.dumps(asdict(said), default=str, ensure_ascii=False, sort_keys=True)
    incident.content_hash = sha256(plain.encode()).hexdigest()
