"""What a page says in place of a group of fields that is closed to its reader.

The sentence is the same whether something is recorded there or not.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from casework.openings import Closed, Openings, WhyClosed
from casework.web.described import FactGroup, Teller
from casework.web.languages import marked
from casework.web.pieces import ClosedPart, Fact
from casework.web.purpose_words import PURPOSE_WORDS
from privacy.model import Reveals

Row = TypeVar("Row")
GROUP_WORDS: Mapping[Reveals, str] = {
    Reveals.CIRCUMSTANCE: marked("circunstancias"),
    Reveals.IDENTITY: marked("identidad"),
    Reveals.CONTACT: marked("contacto"),
    Reveals.BODY: marked("descripción física"),
    Reveals.DNA: marked("ADN"),
}
WHY_WORDS: Mapping[WhyClosed, str] = {
    WhyClosed.SECOND_FACTOR: marked("Para leerlo hay que haber entrado con un segundo paso."),
    WhyClosed.STEP_UP: marked(
        "Para leerlo confirme que es usted quien está aquí. Vale media hora."
    ),
    WhyClosed.PURPOSE: marked(
        "Se abre para otra finalidad: %(purpose)s. Si ese es ahora su trabajo, cambie la "
        "finalidad arriba en esta página."
    ),
    WhyClosed.CONSENT: marked(
        "Hace falta una autorización vigente que alcance a su función, a su institución y a "
        "esta finalidad. Puede preguntar a la institución responsable."
    ),
    WhyClosed.DUTY: marked("Su función no incluye leer esto."),
}
# Where the reader can bring about what is lacking.
WAYS: Mapping[WhyClosed, tuple[str, str]] = {
    WhyClosed.SECOND_FACTOR: ("/me", marked("Preparar el segundo paso")),
    WhyClosed.STEP_UP: ("/step-up", marked("Confirmar que soy yo")),
}
NEVER_SAID = Closed(WhyClosed.DUTY)


def card_of(
    title: str,
    group: Reveals,
    facts: Callable[[Row, Teller], tuple[Fact, ...]],
    *,
    row: Row,
    openings: Openings,
    teller: Teller,
) -> FactGroup:
    """Fill a card, or say that its group is closed; what is closed is never even asked for."""
    if openings.shows(group):
        return FactGroup(title, facts(row, teller))
    return FactGroup(title, (), closed_part(openings.closed.get(group, NEVER_SAID), teller))


def closed_part(closed: Closed, teller: Teller) -> ClosedPart:
    """Say what would open a group."""
    sentence = teller.gettext(WHY_WORDS[closed.why])
    if closed.purpose is not None:
        sentence %= {"purpose": teller.gettext(PURPOSE_WORDS[closed.purpose])}
    href, label = WAYS.get(closed.why, ("", ""))
    return ClosedPart(sentence, href, teller.gettext(label) if label else "")


def closed_reasons(openings: Openings) -> dict[Reveals, WhyClosed]:
    """Say it to a machine: the closed groups and what is lacking."""
    return {group: closed.why for group, closed in openings.closed.items()}
