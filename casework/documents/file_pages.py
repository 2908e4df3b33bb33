"""The file of one missing person, or of one person's remains, on paper.

What is printed is what the page shows to the same reader at that moment, and no more: what is
closed to them is said to be closed.
"""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.issuing import Written, issue
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_file
from casework.documents.whole_file import ShownFile, shown_missing, shown_remains
from casework.missing.opening import open_person
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.openings import Openings
from casework.remains.opening import open_remains
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/missing/{reference}/file.pdf")
@requires(Permission.MISSING_READ)
def missing_file(
    visit: Entered,
    reference: str,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the file of one missing person, as far as it is open to whoever asks."""
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    if documents_reason():
        return cannot_print(visit)
    openings = open_person(visit.session, visit.viewer, person, at=visit.at)
    hand = AtHand(visit.session, visit.viewer, person, MISSING_PERSON, visit.at)
    spoken = language or Spoken(visit.language)
    shown = shown_missing(hand, openings, teller_for(spoken))
    deed = Deed.MISSING_PRINTED
    return _hand_out(visit, hand, openings, shown, deed=deed, spoken=spoken, paper=paper)


@router.get("/remains/{reference}/file.pdf")
@requires(Permission.REMAINS_READ)
def remains_file(
    visit: Entered,
    reference: str,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the file of one person's remains, as far as it is open to whoever asks."""
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    if documents_reason():
        return cannot_print(visit)
    openings = open_remains(visit.session, visit.viewer, remains, at=visit.at)
    hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
    spoken = language or Spoken(visit.language)
    shown = shown_remains(hand, openings, teller_for(spoken))
    deed = Deed.REMAINS_PRINTED
    return _hand_out(visit, hand, openings, shown, deed=deed, spoken=spoken, paper=paper)


def _hand_out(
    visit: Visit,
    hand: AtHand,
    openings: Openings,
    shown: ShownFile,
    *,
    deed: Deed,
    spoken: Spoken,
    paper: Paper | None,
) -> Response:
    """Print a file, and write down that it was: in the register of copies and in the log."""
    printing = Printing.of(visit, teller_for(spoken), is_invented=shown.is_invented)
    html = Templates(spoken).render("documents/file.html", printing=printing, file=shown)
    written = Written(
        kind=shown.kind,
        html=html,
        printing=printing,
        language=spoken,
        paper=paper,
        own_style=stylesheet("file.css"),
    )
    pdf = issue(visit, written)
    register_file(visit, printing.copy, openings, hand.about)
    record(
        visit.session,
        deed,
        by=visit.viewer,
        at=visit.at,
        about=shown.reference,
        copy=printing.copy,
        language=str(spoken),
    )
    return answer_pdf(pdf, f"{shown.reference}.pdf")
