"""The words of what follows a release."""

from collections.abc import Mapping
from enum import StrEnum

from casework.telling.model import StepKind
from casework.web.languages import marked


class Strand(StrEnum):
    """What a step is about."""

    TELLING = "telling"
    RETURN = "return"
    BELONGINGS = "belongings"
    AFTER = "after"
    WISHES = "wishes"
    PAPERS = "papers"


STRAND_WORDS: Mapping[Strand, tuple[str, str]] = {
    Strand.TELLING: (
        marked("Hablar con la familia"),
        marked("Solo una persona se lo dice a la familia. Aquí queda quién, cuándo y cómo."),
    ),
    Strand.RETURN: (
        marked("La devolución de los restos"),
        marked("Desde que se acuerda hasta que alguien de la familia los recibe."),
    ),
    Strand.BELONGINGS: (
        marked("Sus pertenencias"),
        marked("Cada objeto: a quién se entregó, o por qué todavía no."),
    ),
    Strand.AFTER: (
        marked("Seguir en contacto"),
        marked("Lo que se acordó: quién llama a quién, y cuándo."),
    ),
    Strand.WISHES: (
        marked("Lo que la familia quiere"),
        marked("Con sus palabras. Pedir otra opinión no deja nada sin valor por sí solo."),
    ),
    Strand.PAPERS: (
        marked("Cartas"),
        marked("Escriba qué dirán y después imprímalas. Las entrega una persona."),
    ),
}
OF_STRAND: Mapping[Strand, tuple[StepKind, ...]] = {
    Strand.TELLING: (
        StepKind.TALK_PLANNED,
        StepKind.TOLD,
        StepKind.RECALL_TOLD,
        StepKind.NOT_REACHED,
        StepKind.ASKED_TO_WAIT,
        StepKind.SUPPORT_OFFERED,
    ),
    Strand.RETURN: (
        StepKind.RETURN_PLANNED,
        StepKind.PAPERS_READY,
        StepKind.LEFT,
        StepKind.ARRIVED,
        StepKind.RECEIVED,
    ),
    Strand.BELONGINGS: (StepKind.BELONGING_RETURNED, StepKind.BELONGING_KEPT),
    Strand.AFTER: (StepKind.CALL_AGREED, StepKind.CALL_HELD, StepKind.CALL_NOT_HELD),
    Strand.WISHES: (
        StepKind.WANTS_NO_CONTACT,
        StepKind.WANTS_CONTACT,
        StepKind.WANTS_OTHER_OPINION,
        StepKind.OPINION_ANSWERED,
    ),
    Strand.PAPERS: (StepKind.LETTER, StepKind.NOTE),
}
STEP_WORDS: Mapping[StepKind, str] = {
    StepKind.TALK_PLANNED: marked("Se acordó cuándo hablar con la familia"),
    StepKind.TOLD: marked("Se habló con la familia"),
    StepKind.NOT_REACHED: marked("No se la pudo encontrar"),
    StepKind.ASKED_TO_WAIT: marked("La familia pidió esperar"),
    StepKind.SUPPORT_OFFERED: marked("Se ofreció apoyo"),
    StepKind.RETURN_PLANNED: marked("Se acordó la devolución"),
    StepKind.PAPERS_READY: marked("Los papeles están listos"),
    StepKind.LEFT: marked("Salieron"),
    StepKind.ARRIVED: marked("Llegaron"),
    StepKind.RECEIVED: marked("Los recibió su familia"),
    StepKind.BELONGING_RETURNED: marked("Se entregó una pertenencia"),
    StepKind.BELONGING_KEPT: marked("Una pertenencia todavía no se entrega"),
    StepKind.CALL_AGREED: marked("Se acordó otra conversación"),
    StepKind.CALL_HELD: marked("Se volvió a hablar"),
    StepKind.CALL_NOT_HELD: marked("La conversación acordada no se pudo tener"),
    StepKind.WANTS_NO_CONTACT: marked("No quiere que se la contacte"),
    StepKind.WANTS_CONTACT: marked("Quiere que se la vuelva a contactar"),
    StepKind.WANTS_OTHER_OPINION: marked("Pide otra opinión"),
    StepKind.OPINION_ANSWERED: marked("Se respondió a quien pidió otra opinión"),
    StepKind.RECALL_TOLD: marked("Se le dijo que lo anterior ya no vale"),
    StepKind.LETTER: marked("Carta a la familia"),
    StepKind.NOTE: marked("Nota consular"),
}
FIELD_WORDS: Mapping[str, str] = {
    "happened_on": marked("Qué día"),
    "due_on": marked("Para cuándo"),
    "who": marked("Quién lo hace o lo hizo"),
    "whom": marked("Con quién de la familia (parentesco)"),
    "language": marked("En qué idioma"),
    "how": marked("De qué manera"),
    "said": marked("Qué se dijo"),
    "asked": marked("Qué preguntó la familia, y qué se le respondió"),
    "support": marked("Qué apoyo"),
    "accepted": marked("Si lo aceptó"),
    "why": marked("Por qué"),
    "where": marked("Dónde"),
    "papers": marked("Qué papeles, con su número"),
    "carrier": marked("Quién los acompaña o los lleva"),
    "item": marked("Qué objeto"),
    "addressed_to": marked("A quién va dirigida"),
    "phone": marked("Persona y teléfono a quien llamar"),
    "free": marked("Un párrafo suyo"),
    "asks": marked("Qué se pide"),
    "their_number": marked("Número de ellos, si escribieron"),
}
HOW_WORDS: Mapping[str, str] = {
    "in_person": marked("en persona"),
    "phone": marked("por teléfono"),
    "video": marked("por videollamada"),
    "through_somebody": marked("por medio de alguien en quien la familia confía"),
}
ACCEPTED_WORDS: Mapping[str, str] = {
    "accepted": marked("lo aceptó"),
    "declined": marked("no lo quiso"),
    "later": marked("lo pensará"),
}
ASKS_WORDS: Mapping[str, str] = {
    "notification": marked("que ayude a avisar a la familia"),
    "papers": marked("los papeles para el traslado"),
    "repatriation": marked("la repatriación"),
}
HINTS: Mapping[str, str] = {
    "whom": marked("Por ejemplo: la madre. Baste el parentesco."),
    "free": marked("Puede quedar vacío. No nombre a otra familia ni escriba números solos."),
    "phone": marked("Alguien que conozca el caso y hable el idioma de la familia."),
    "said": marked("En pocas palabras y con respeto: la familia puede pedir leerlo."),
}
