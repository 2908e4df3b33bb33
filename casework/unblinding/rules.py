"""When a blinded proposal may be asked for and opened, and the words of each refusal."""

from datetime import date, datetime, timedelta

from casework.errors import Conflict, InvalidInput, NotFound, Refused
from casework.web.languages import marked

# Our choice, see ADR 0052: a month to answer, three to compare, and never more than a year.
ANSWER_DAYS = 30
USUAL_DAYS = 90
LONGEST_DAYS = 366
FEWEST_LETTERS = 5
# As the ledger of consents asks of every interest (privacy.consent.ledger).
SHORTEST_ASSESSMENT = 20
LONGEST_WORDS = 4_000

NO_REASON = marked("Escriba para qué lo pide: la otra institución decide con eso.")
BAD_DAY = marked("Elija hasta qué día: desde hoy, y a lo sumo un año.")
NOT_ASSESSED = marked(
    "Escriba, en al menos 20 letras, por qué el interés de esta persona y de su familia "
    "justifica abrirlo. Queda en el registro de autorizaciones."
)
TOO_LONG = marked("El texto es demasiado largo: caben 4000 signos.")
ALREADY = marked("Este par ya se pidió, y el pedido sigue en curso.")
IS_OPEN = marked("Las dos instituciones ya pueden leer este par.")
IS_OVER = marked("Este pedido ya terminó. Mire la página de nuevo.")
FORBIDDEN = marked(
    "No se puede abrir: alguien de la familia no lo autoriza, o el expediente se guarda de ese "
    "país. Solo su institución lo sabe. Puede decir que no, sin dar razones, o no contestar."
)

# What the database refuses by name, in words; it looks again, whatever was looked at here.
REFUSED: Refused = {
    "unblinding_of_a_pair": (NotFound, "pairing"),
    "unblinding_is_open": (Conflict, IS_OPEN),
    "unblinding_is_over": (Conflict, IS_OVER),
    "unblinding_until": (InvalidInput, BAD_DAY),
    "unblinding_assessed": (InvalidInput, NOT_ASSESSED),
    "unblinding_forbidden": (Conflict, FORBIDDEN),
    "uq_unblinding_under_way": (Conflict, ALREADY),
}


def answer_by(at: datetime) -> date:
    """Say until which day an answer is waited for."""
    return (at + timedelta(ANSWER_DAYS)).date()


def usual_until(at: datetime) -> date:
    """Say until which day a pair is opened unless somebody says otherwise."""
    return (at + timedelta(USUAL_DAYS)).date()


def refusal_of_day(until: date | None, today: date) -> InvalidInput | None:
    """Refuse a day that is past, or too far for anybody to remember what is open."""
    if until is None or not today <= until <= today + timedelta(LONGEST_DAYS):
        return InvalidInput(BAD_DAY)
    return None


def refusal_of_assessment(assessment: str) -> InvalidInput | None:
    """Refuse an interest that nobody weighed in writing."""
    if len(assessment.strip()) < SHORTEST_ASSESSMENT:
        return InvalidInput(NOT_ASSESSED)
    return InvalidInput(TOO_LONG) if len(assessment) > LONGEST_WORDS else None
