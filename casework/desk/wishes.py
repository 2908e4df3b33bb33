"""What offices most ask of one another, in sentences of ours, and how it is asked.

Whoever asks for these on the form of any request and whoever asks on a page that knows more
asks through here: a request must not tell its reader what its sender was looking at.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from casework.database import apart
from casework.desk.actions import Asking, send_request
from casework.desk.model import OfficeRequest, RequestKind
from casework.errors import InvalidInput
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from casework.web.languages import marked
from privacy.permissions import Viewer

NOTHING_CHOSEN = marked("Elija qué necesita.")
OF_A_PERSON = marked(
    "Algo de lo marcado se pide sobre una persona desaparecida: escriba su referencia, o quite "
    "la marca."
)
OF_REMAINS = marked(
    "Algo de lo marcado se pide sobre restos: escriba su referencia, o quite la marca."
)


class Wish(StrEnum):
    """One thing that is often asked of who keeps a record."""

    DENTAL_RECORD = "dental_record"
    XRAYS = "xrays"
    RELATIVE_SAMPLE = "relative_sample"
    PRINTS = "prints"
    BEFORE = "before"
    REMAINS_TEETH = "remains_teeth"
    REMAINS_SAMPLE = "remains_sample"
    EXAMINE_AGAIN = "examine_again"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class ReadySentence:
    """Of which record a thing is asked, as what kind of request, and in which words."""

    of_person: bool
    kind: RequestKind
    words: str


_PERSON, _REMAINS = True, False
SENTENCES: Mapping[Wish, ReadySentence] = {
    Wish.DENTAL_RECORD: ReadySentence(
        _PERSON,
        RequestKind.DOCUMENT,
        marked(
            "El registro dental más reciente que haya: odontograma o radiografías, con fecha."
        ),
    ),
    Wish.XRAYS: ReadySentence(
        _PERSON,
        RequestKind.DOCUMENT,
        marked(
            "Radiografías e informes médicos: fracturas, operaciones, implantes con su número "
            "de serie."
        ),
    ),
    Wish.RELATIVE_SAMPLE: ReadySentence(
        _PERSON,
        RequestKind.SAMPLE,
        marked(
            "Una muestra de ADN de un familiar que aún no la haya dado: primero padre, madre o "
            "hijos; si no, hermanos. Solo si quiere darla."
        ),
    ),
    Wish.PRINTS: ReadySentence(
        _PERSON,
        RequestKind.DOCUMENT,
        marked(
            "Huellas dactilares de la persona que consten en un documento, y de dónde vienen."
        ),
    ),
    Wish.BEFORE: ReadySentence(
        _PERSON,
        RequestKind.RECORD,
        marked(
            "Completar lo que se sabe de la persona: estatura, señas, tatuajes, ropa y último "
            "contacto, y quién lo dijo."
        ),
    ),
    Wish.REMAINS_TEETH: ReadySentence(
        _REMAINS,
        RequestKind.DOCUMENT,
        marked("El examen dental completo de los restos: odontograma y radiografías."),
    ),
    Wish.REMAINS_SAMPLE: ReadySentence(
        _REMAINS,
        RequestKind.SAMPLE,
        marked("Una muestra de diente o hueso para ADN, o el perfil si ya lo hay."),
    ),
    Wish.EXAMINE_AGAIN: ReadySentence(
        _REMAINS,
        RequestKind.RECORD,
        marked(
            "Examinar otra vez los restos y anotar sexo, edad, estatura y señas, con método."
        ),
    ),
    Wish.PARTS: ReadySentence(
        _REMAINS,
        RequestKind.RECORD,
        marked("Decir qué partes hay de los restos y si se buscó mezcla de personas."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """What is wished of one record: ready sentences, and words that go with each.

    `other`: something for which there is no sentence; then the words are all that is said.
    `spoken` puts a sentence into the sender's language.
    """

    to: Institution
    about: MissingPerson | Remains | None
    wishes: Collection[Wish]
    due_on: date
    spoken: Callable[[str], str]
    more: str = ""
    other: RequestKind | None = None


def chosen_among(marks: Collection[str]) -> frozenset[Wish]:
    """Read which sentences were marked on a form; what is none of ours is no wish."""
    return frozenset(wish for wish in Wish if wish.value in marks)


def ask(
    session: Session, viewer: Viewer, wished: Wished, *, at: datetime
) -> Sequence[OfficeRequest]:
    """Send one request for each thing, all or none.

    Raises
    ------
    NotPermitted, NotFound, InvalidInput
        As `send_request`; or if nothing is chosen, or something of another kind of record.
    """
    if refusal := _refusal(wished):
        raise refusal
    asked = [
        (
            SENTENCES[wish].kind,
            f"{wished.spoken(SENTENCES[wish].words)}\n{wished.more.strip()}",
        )
        for wish in Wish
        if wish in wished.wishes
    ]
    if wished.other is not None:
        asked.append((wished.other, wished.more))
    # A page shows what is refused and goes on: nobody asks for the first of two twice.
    with apart(session):
        return [
            send_request(
                session,
                viewer,
                Asking(
                    kind=kind,
                    to=wished.to,
                    about=wished.about,
                    due_on=wished.due_on,
                    words=words,
                ),
                at=at,
            )
            for kind, words in asked
        ]


def _refusal(wished: Wished) -> InvalidInput | None:
    if not wished.wishes and wished.other is None:
        return InvalidInput(NOTHING_CHOSEN)
    for wish in Wish:
        if wish not in wished.wishes:
            continue
        if SENTENCES[wish].of_person and not isinstance(wished.about, MissingPerson):
            return InvalidInput(OF_A_PERSON)
        if not SENTENCES[wish].of_person and not isinstance(wished.about, Remains):
            return InvalidInput(OF_REMAINS)
    return None
