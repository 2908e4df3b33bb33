"""Letters of what follows an identification: to the family in plain words, and to authorities.

Both say what somebody of the person's keeper entered to be said. They name the person who was
found, nobody of the family and nobody else; no number stands in a letter to a family.
"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.issuing import RestsOn, Written, issue
from casework.documents.letters import PRINTED_AS, shown_letter, shown_note
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_letter
from casework.errors import Conflict, NotFound
from casework.identifications.writing import wait_for_papers
from casework.missing.opening import open_people
from casework.telling.model import StepKind
from casework.telling.queries import Telling, open_telling
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken, marked
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]
RECALLED = marked("Esta identificación ya no vale: no se imprime nada de ella.")
PROTECTED = marked("Esta persona está protegida: de ella no se escribe a ningún consulado.")
NAMELESS = marked("El nombre de la persona está reservado para usted.")


@router.get("/released/{number:int}/letter.pdf")
@requires(Permission.TELLING_KEEP)
def family_letter(
    visit: Entered,
    number: RecordId,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the letter that a person hands to the family."""
    wait_for_papers(visit.session, number)
    telling = open_telling(visit.session, visit.viewer, number, at=visit.at)
    written = _written(visit, telling, StepKind.LETTER, language)
    return _hand_out(visit, telling, written, paper, deed=Deed.LETTER_PRINTED)


@router.get("/released/{number:int}/note.pdf")
@requires(Permission.TELLING_KEEP)
def consular_note(
    visit: Entered,
    number: RecordId,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the note to a ministry or a consulate."""
    wait_for_papers(visit.session, number)
    telling = open_telling(visit.session, visit.viewer, number, at=visit.at)
    written = _written(visit, telling, StepKind.NOTE, language)
    return _hand_out(visit, telling, written, paper, deed=Deed.NOTE_PRINTED)


def _written(
    visit: Visit, telling: Telling, kind: StepKind, language: Spoken | None
) -> Written | None:
    """Put the newest words of a kind on paper; nothing where no document can be made."""
    step = telling.last(kind)
    if step is None:
        raise NotFound("letter")
    if telling.is_recalled:
        raise Conflict(RECALLED)
    if kind is StepKind.NOTE and telling.person.protected:
        raise Conflict(PROTECTED)
    if documents_reason():
        return None
    group = Reveals.IDENTITY
    person = telling.person
    opened = open_people(visit.session, visit.viewer, [person], at=visit.at, groups=(group,))
    if not opened[person.id].shows(group) or not person.names:
        raise Conflict(NAMELESS)
    spoken = language or Spoken(step.told["language"])
    teller = teller_for(spoken)
    printing = Printing.of(visit, teller, is_invented=person.invented)
    shown = shown_letter if kind is StepKind.LETTER else shown_note
    html = Templates(spoken).render(
        f"documents/{kind.value}.html",
        printing=printing,
        letter=shown(telling, step, teller),
    )
    return Written(
        kind=PRINTED_AS[kind],
        html=html,
        printing=printing,
        language=spoken,
        own_style=stylesheet("letter.css"),
    )


def _hand_out(
    visit: Visit,
    telling: Telling,
    written: Written | None,
    paper: Paper | None,
    *,
    deed: Deed,
) -> Response:
    if written is None:
        return cannot_print(visit)
    pdf = issue(visit, replace(written, paper=paper), RestsOn(decision_id=telling.number))
    copy = written.printing.copy
    register_letter(visit, copy, telling.person)
    record(
        visit.session,
        deed,
        by=visit.viewer,
        at=visit.at,
        about=telling.person.reference,
        copy=copy,
        language=str(written.language),
    )
    return answer_pdf(pdf, f"{telling.person.reference}.pdf")
