"""Writing a row about a pair: whose it is, what the database refuses in words, and the log."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.database import turn_of, wait_for_turn
from casework.errors import Conflict, Refused
from casework.identifications.queries import Decided, get_decision
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Viewer

KEEPS_NEITHER = marked(
    "Esto lo anota quien trabaja en una institución que responde por uno de los dos registros."
)
UNDER_WAY = marked("Ya hay una decisión sobre este par: fírmela, o retírela antes de otra.")
NOT_ALLOWED_NOW = marked(
    "El registro cambió mientras usted escribía, y así no se puede. Mire la página de nuevo."
)
NOT_YOURS_TO_SIGN = marked(
    "Firma la coordinación de la institución que responde por el registro, y no quien examinó "
    "el par. Si una sola institución responde por los dos, tampoco quien lo propuso."
)
NOT_TWICE = marked(
    "Usted ya firmó esta decisión por el otro registro: la segunda firma es de otra persona."
)
NOT_FOR_KEEPER = marked(
    "Su servicio ya no firma por esa institución, o la familia ya no lo autoriza: hable con "
    "ella."
)
STANDS_NO_MORE = marked("Esta decisión ya no vale, o ya está firmada.")
NOT_LOCKED = marked("Solo se libera una identificación que firmaron las dos partes.")
NAMED_ALREADY = marked("Estos restos ya tienen nombre por otra decisión.")
# What the database refuses by name, in words; it looks again, whatever was looked at here.
REFUSED: Refused = {
    "decision_one_at_a_time": (Conflict, UNDER_WAY),
    "decision_gate": (Conflict, NOT_ALLOWED_NOW),
    "decision_stands": (Conflict, STANDS_NO_MORE),
    "decision_signed_by_another": (Conflict, NOT_YOURS_TO_SIGN),
    "decision_signed_for": (Conflict, NOT_ALLOWED_NOW),
    "decision_signed_for_keeper": (Conflict, NOT_FOR_KEEPER),
    "decision_named_already": (Conflict, NAMED_ALREADY),
    "decision_release_of_locked": (Conflict, NOT_LOCKED),
    "missing_person_embargo": (Conflict, NOT_ALLOWED_NOW),
    "uq_decision_signature_decision_id_signed_for": (Conflict, STANDS_NO_MORE),
    "uq_decision_end_decision_id": (Conflict, STANDS_NO_MORE),
    "uq_decision_release_decision_id": (Conflict, STANDS_NO_MORE),
}


def place(row: Any, proposal: Proposal, viewer: Viewer, at: datetime) -> None:
    """Say whose a row about a proposal is."""
    row.case_id, row.remains_id = proposal.person.id, proposal.remains.id
    row.institution_id, row.entered_by, row.entered_at = (
        viewer.institution_id,
        viewer.account_id,
        at,
    )


def place_beside(row: Any, decided: Decided, viewer: Viewer, at: datetime) -> None:
    """Say the same of a row beside a decision."""
    row.case_id, row.remains_id = decided.row.case_id, decided.row.remains_id
    row.institution_id, row.entered_by, row.entered_at = (
        viewer.institution_id,
        viewer.account_id,
        at,
    )


def wait_for_papers(session: Session, number: int) -> None:
    """Wait until nobody prints of a decision, speaks of it with a family, or takes it back.

    Without it a letter that is being printed while a recall is written would stay valid.
    """
    wait_for_turn(session, f"papers:{number}")


def in_turn(session: Session, viewer: Viewer, decided: Decided, *, at: datetime) -> Decided:
    """Wait until nobody else decides of these remains, and read again what came of it.

    What was read before the wait is old: two who sign at once would both think that the other
    has not, and whoever takes back would not see that the family may learn of it by now.
    """
    turn = turn_of("decision", decided.row.remains_id)  # as the triggers take it
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(turn)))
    for each in (decided.person, decided.remains):
        session.refresh(each)
    return get_decision(session, viewer, decided.row.id, at=at)


def record_of(
    session: Session,
    deed: Deed,
    viewer: Viewer,
    decided: Decided,
    *,
    at: datetime,
    **more: Any,
) -> None:
    """Write down a deed about a decision."""
    record(
        session,
        deed,
        by=viewer,
        at=at,
        about=f"decision:{decided.row.id}",
        missing=decided.person.reference,
        remains=decided.remains.reference,
        **more,
    )
