"""Whose signature a decision waits for, told to them: a kind of notice and where to look."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.desk.signing import services_that_sign
from casework.identifications.model import Decision, DecisionSignature, SignedFor
from casework.identifications.queries import neither_ended_nor_declined
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from privacy.permissions import KEEPER, Role


def ask_to_sign(
    session: Session, number: int, institutions: Collection[int], *, at: datetime
) -> None:
    """Tell the coordinators of some institutions that a decision waits; each is told once."""
    for each in sorted(institutions):
        told = Told(
            kind=NotificationKind.DECISION_WAITS,
            institution_id=each,
            roles=(Role.FORENSIC_COORDINATOR,),
            path=f"/decisions/{number}",
            key=f"decision:{number}:{each}",
        )
        tell(session, told, at=at)


def tell_who_signs_now(database: Database, person_id: int, at: datetime) -> None:
    """Tell a service that accepted to sign for a keeper of what was proposed before."""
    with database.transaction(KEEPER) as session:
        service = services_that_sign(session, [person_id]).get(person_id)
        if service is None:
            return
        signed = sa.exists().where(
            DecisionSignature.decision_id == Decision.id,
            DecisionSignature.signed_for != SignedFor.REMAINS,
        )
        waiting = sa.select(Decision.id).where(
            Decision.case_id == person_id, neither_ended_nor_declined(), ~signed
        )
        for number in session.scalars(waiting.order_by(Decision.id)):
            ask_to_sign(session, number, [service], at=at)
