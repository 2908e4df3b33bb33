"""A list of invented people alive, and what each of them said to being searched for."""

from datetime import datetime
from importlib.resources import files

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.living.actions import decide_search
from casework.living.model import LivingPerson
from casework.living.queries import readable_living
from privacy.permissions import Viewer

# Each way of answering once; the boy whom nobody understands was not asked yet.
ANSWERS = {
    "INV-L-0001": (
        SearchConsent.VITAL_INTEREST,
        "Está en coma desde que llegó y nadie ha preguntado por ella.",
    ),
    "INV-L-0003": (SearchConsent.GRANTED, "Lo dijo él mismo, ante la intérprete."),
    "INV-L-0004": (
        SearchConsent.REFUSED,
        "Dijo que no: teme a quien puede preguntar por ella.",
    ),
}


def list_of_living() -> bytes:
    """Give the list as a shelter or a hospital would hand it in."""
    return (files("casework.demonstration") / "data" / "living.csv").read_bytes()


def let_them_answer(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Enter the invented answers, each once."""
    waiting = session.scalars(
        readable_living(officer, at).where(
            LivingPerson.origin_record_id.in_(ANSWERS),
            LivingPerson.search_consent == SearchConsent.NOT_ASKED,
        )
    ).all()
    for person in waiting:
        decision, reason = ANSWERS[person.origin_record_id or ""]
        decide_search(session, officer, person, decision, reason=reason, at=at)
