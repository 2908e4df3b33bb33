"""What may be written of a contact with a family, and what a contact settles."""

from datetime import date, datetime, timedelta

from casework.contacts.model import Channel, ContentClass, Outcome
from casework.errors import CaseworkError, Conflict, InvalidInput
from casework.web.languages import marked

# Our choice, where nothing was agreed: a family left alone longer takes it for silence.
USUAL_INTERVAL_DAYS = 30
LONGEST_AHEAD_DAYS = 366
# A call that nobody answered keeps no promise.
KEEPS = frozenset({Outcome.SPOKE, Outcome.WANTS_NO_CONTACT})
_SLIP = timedelta(minutes=10)  # of the clocks of two machines


def refusal_of_point(kind: Channel, value: str) -> CaseworkError | None:
    """Refuse a way to reach somebody that leads nowhere."""
    if not value.strip():
        return InvalidInput(marked("Escriba el número, la dirección o la cuenta."))
    if kind is Channel.IN_PERSON:
        return InvalidInput(marked("Elija un medio por el que se llegue a la persona."))
    return None


def refusal_of_entry(
    content: ContentClass,
    promised: str,
    promised_by: date | None,
    *,
    happened_at: datetime,
    at: datetime,
) -> CaseworkError | None:
    """Refuse what may not be told to a family yet, what lies ahead, and a promise undated."""
    if content is ContentClass.CANDIDATE:
        return Conflict(
            marked(
                "Una posible coincidencia no se cuenta a una familia mientras una coordinación "
                "no la libere, y hoy no hay ninguna liberada: una esperanza o un duelo "
                "equivocados no se retiran. Si ya se habló de ello, anótelo como rumor."
            )
        )
    if happened_at > at + _SLIP:
        return InvalidInput(marked("El contacto está anotado en el futuro: revise la fecha."))
    if promised.strip() and promised_by is None:
        return InvalidInput(marked("Diga para qué día es lo prometido."))
    if promised_by is not None and promised_by < at.date() - timedelta(days=1):
        return InvalidInput(marked("Lo prometido no puede ser para un día que ya pasó."))
    if promised_by is not None and promised_by > at.date() + timedelta(LONGEST_AHEAD_DAYS):
        return InvalidInput(marked("Lo prometido queda a más de un año: elija antes."))
    return None


def promises_anew(outcome: Outcome, *, has_open: bool) -> bool:
    """Say whether a contact sets the next day: after an attempt the old one stands."""
    if outcome is Outcome.WANTS_NO_CONTACT:
        return False
    return outcome is Outcome.SPOKE or not has_open
