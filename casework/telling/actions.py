"""Entering a step after a release: one deed, allowed, done and recorded."""

from datetime import datetime

from sqlalchemy.orm import Session

from casework.database import write_checked
from casework.errors import Conflict, Refused
from casework.identifications.model import Decision
from casework.identifications.writing import wait_for_papers
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.retention.sight import as_keeper
from casework.telling.forms import Said
from casework.telling.model import StepKind, TellingStep
from casework.telling.queries import Telling
from casework.telling.rules import may_be_entered
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Role, Viewer, demand

NOT_NOW = marked("Eso no puede anotarse ahora. Mire la página de nuevo: algo cambió.")
COORDINATION_ANSWERS = marked("A quien pide otra opinión le responde la coordinación forense.")
ANSWERED = marked(
    "Mientras usted escribía, otra persona anotó qué pasó con ese paso. Lo que usted escribió "
    "sigue aquí: lea lo nuevo y anótelo sin responder a ese paso."
)
_REFUSED: Refused = {
    "telling_after_release": (Conflict, NOT_NOW),
    "telling_of_recalled": (Conflict, NOT_NOW),
    "telling_closes": (Conflict, ANSWERED),
    "uq_telling_step_closes_id": (Conflict, ANSWERED),
}


def read_telling(session: Session, viewer: Viewer, telling: Telling, *, at: datetime) -> None:
    """Write down that somebody read what followed a release."""
    _record(session, Deed.TELLING_READ, viewer, telling, at=at)


def enter_step(
    session: Session, viewer: Viewer, telling: Telling, said: Said, *, at: datetime
) -> TellingStep:
    """Enter what was planned, done or said; nothing that stands is changed.

    Raises
    ------
    NotPermitted
        If the duty does not speak with families.
    Conflict
        If it cannot be entered as things stand, or somebody answered the same step meanwhile.
    """
    demand(viewer, Permission.TELLING_KEEP)
    # Where a service signed in the keeper's name, its word is passed on by who is there.
    answers = viewer.may(Permission.DECISION_SIGN) or telling.keeper_asked_to_sign
    if said.kind is StepKind.OPINION_ANSWERED and not answers:
        raise Conflict(COORDINATION_ANSWERS)
    if not may_be_entered(said.kind, telling.kinds, is_recalled=telling.is_recalled):
        raise Conflict(NOT_NOW)
    wait_for_papers(session, telling.number)
    row = TellingStep(
        kind=said.kind,
        happened_on=said.happened_on,
        due_on=said.due_on,
        closes_id=said.closes,
        told=dict(said.told),
        decision_id=telling.number,
        case_id=telling.release.case_id,
        remains_id=telling.release.remains_id,
        institution_id=viewer.institution_id,
        entered_by=viewer.account_id,
        entered_at=at,
    )
    write_checked(session, row, _REFUSED)
    _record(session, Deed.TELLING_ENTERED, viewer, telling, at=at, field=said.kind.value)
    if said.kind is StepKind.WANTS_OTHER_OPINION:
        _tell_coordinators(session, viewer, telling, row, at=at)
    return row


def _tell_coordinators(
    session: Session, viewer: Viewer, telling: Telling, row: TellingStep, *, at: datetime
) -> None:
    """Let who signed know, and both keepers; whether anything is taken back is theirs."""
    with as_keeper(session, viewer):
        decision = session.get_one(Decision, telling.number)
        remains = session.get_one(Remains, decision.remains_id)
        keepers = {telling.person.owner_institution_id, remains.owner_institution_id}
    for each in sorted(keepers | ({telling.signed_by} if telling.signed_by else set())):
        told = Told(
            kind=NotificationKind.OTHER_OPINION_WISHED,
            institution_id=each,
            roles=(Role.FORENSIC_COORDINATOR,),
            path=f"/decisions/{telling.number}",
            key=f"other_opinion:{row.id}:{each}",
        )
        tell(session, told, at=at)


def _record(
    session: Session,
    deed: Deed,
    viewer: Viewer,
    telling: Telling,
    *,
    at: datetime,
    **more: str,
) -> None:
    record(
        session,
        deed,
        by=viewer,
        at=at,
        about=f"decision:{telling.number}",
        missing=telling.person.reference,
        **more,
    )
