"""What a letter to a family and a note to an authority say; templates receive these."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.documents.model import DocumentKind
from casework.errors import Conflict
from casework.identifications.model import PrimaryMethod
from casework.telling.model import StepKind, TellingStep
from casework.telling.queries import Telling
from casework.web.described import Teller
from casework.web.languages import marked

NO_BASIS = marked(
    "No consta con qué se identificó: pídalo a la coordinación antes de imprimir."
)

PRINTED_AS = {
    StepKind.LETTER: DocumentKind.FAMILY_LETTER,
    StepKind.NOTE: DocumentKind.CONSULAR_NOTE,
}
# For whoever never heard of any of it; what was compared, and never how well it fits.
PLAIN: Mapping[str, str] = {
    PrimaryMethod.DNA: marked(
        "Se comparó el ADN. El ADN está en todo el cuerpo y se recibe del padre y de la madre."
    ),
    PrimaryMethod.ODONTOLOGY: marked("Se compararon los dientes con lo que anotó un dentista."),
    PrimaryMethod.FRICTION_RIDGES: marked("Se compararon las huellas de los dedos."),
    PrimaryMethod.IMPLANT: marked(
        "Se encontró una pieza médica con un número, y ese número era el suyo."
    ),
}
FORMAL: Mapping[str, str] = {
    PrimaryMethod.DNA: marked("análisis de ADN"),
    PrimaryMethod.ODONTOLOGY: marked("comparación odontológica"),
    PrimaryMethod.FRICTION_RIDGES: marked("comparación dactiloscópica"),
    PrimaryMethod.IMPLANT: marked("número de serie de un implante"),
}
ASKED: Mapping[str, str] = {
    "notification": marked(
        "que colabore en el aviso a la familia, que corresponde hacer en persona, y que no la "
        "contacte sin acordarlo antes con esta institución;"
    ),
    "papers": marked(
        "que expida o legalice los documentos que su legislación exige para el traslado de los "
        "restos;"
    ),
    "repatriation": marked(
        "que facilite la repatriación de los restos, según lo que la familia decida."
    ),
}
# Without papers to make out nobody needs the day of birth.
NEEDS_BIRTH = frozenset({"papers", "repatriation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter to a family."""

    name: str
    reference: str
    methods: tuple[str, ...]
    phone: str
    free: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """A note to a ministry or a consulate; no word of the family."""

    addressed_to: tuple[str, ...]
    reference: str
    decision: str
    their_number: str
    name: str
    birth: str
    basis: str
    authority: str
    act: str
    asks: tuple[str, ...]
    free: tuple[str, ...]


def shown_letter(telling: Telling, step: TellingStep, teller: Teller) -> ShownLetter:
    """Put a letter to the family into words."""
    return ShownLetter(
        name=telling.person.names[0].full,
        reference=telling.person.reference,
        methods=tuple(teller.gettext(PLAIN[each]) for each in _methods(telling, PLAIN)),
        phone=str(step.told.get("phone", "")),
        free=_paragraphs(step.told.get("free", "")),
    )


def shown_note(telling: Telling, step: TellingStep, teller: Teller) -> ShownNote:
    """Put a note to an authority into words: what its purpose needs, and no more."""
    _, told = teller.gettext, step.told
    legal, person = telling.release.told.get("legal", {}), telling.person
    asks = [each for each in ASKED if each in told.get("asks", ())]
    return ShownNote(
        addressed_to=tuple(str(told.get("addressed_to", "")).splitlines()),
        reference=person.reference,
        decision=str(telling.number),
        their_number=str(told.get("their_number", "")),
        name=person.names[0].full,
        birth=teller.dates(person.birth) if NEEDS_BIRTH & set(asks) else "",
        basis=", ".join(_(FORMAL[each]) for each in _methods(telling, FORMAL)),
        authority=str(legal.get("authority", "")),
        act=_act(legal, teller),
        asks=tuple(_(ASKED[each]) for each in asks),
        free=_paragraphs(told.get("free", "")),
    )


def _methods(telling: Telling, known: Mapping[str, str]) -> list[str]:
    if "methods" not in telling.release.told:
        raise Conflict(NO_BASIS)
    return [each for each in telling.release.told["methods"] if each in known]


def _act(legal: Mapping[str, str], teller: Teller) -> str:
    day = legal.get("day", "")
    parts = (
        legal.get("document", ""),
        legal.get("number", ""),
        _day(day, teller) if day else "",
    )
    return ", ".join(each for each in parts if each)


def _day(written: str, teller: Teller) -> str:
    """Write a day in full, and a month as whoever typed it would read it."""
    full = teller.wording.written_day(written)
    return full if full != written else teller.wording.typed_day(written)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.splitlines() if each.strip())
