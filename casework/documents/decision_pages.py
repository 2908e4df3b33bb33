"""Papers of what people decided of a pair: reports of a decision, and a board's minutes."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from casework.candidates.deeds import record_about
from casework.candidates.queries import get_proposal
from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.board_paper import shown_board
from casework.documents.decision_report import refusal_of_report, shown_report
from casework.documents.issuing import RestsOn, Written, issue
from casework.documents.model import DocumentKind
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_decision, register_sheet
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import get_decision
from casework.identifications.writing import record_of, wait_for_papers
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Entered
from privacy.audit.log import Deed
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
RecordId = Annotated[int, Path(ge=1, le=2**53)]
REPORTS = {
    DecisionOutcome.IDENTIFICATION: (
        DocumentKind.IDENTIFICATION_REPORT,
        "documents/identification_report.html",
    ),
    DecisionOutcome.EXCLUSION: (
        DocumentKind.EXCLUSION_REPORT,
        "documents/exclusion_report.html",
    ),
    DecisionOutcome.PREMATURE: (
        DocumentKind.PREMATURE_REPORT,
        "documents/premature_report.html",
    ),
}


@router.get("/decisions/{number:int}/report.pdf")
@requires(Permission.DECISION_READ)
def report(
    visit: Entered,
    number: RecordId,
    *,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the report of a decision that both keepers signed and that stands.

    Whoever speaks with a family has no such page, released or not.
    """
    spoken = language or Spoken(visit.language)
    wait_for_papers(visit.session, number)
    decided = get_decision(visit.session, visit.viewer, number, at=visit.at)
    if refusal := refusal_of_report(decided):
        raise refusal
    if documents_reason():
        return cannot_print(visit)
    kind, template = REPORTS[decided.row.outcome]
    teller = teller_for(spoken)
    shown = shown_report(visit, decided, teller)
    references = (decided.person.reference, decided.remains.reference)
    printing = Printing.of(visit, teller, is_invented=shown.decision.is_invented)
    written = Written(
        kind=kind,
        html=Templates(spoken).render(
            template, printing=printing, report=shown, references=references
        ),
        printing=printing,
        language=spoken,
        paper=paper,
        own_style=stylesheet("decision.css"),
    )
    pdf = issue(visit, written, RestsOn(decision_id=number))
    register_decision(visit, decided.person, decided.remains, printing.copy)
    record_of(
        visit.session,
        Deed.DECISION_PRINTED,
        visit.viewer,
        decided,
        at=visit.at,
        copy=printing.copy,
        language=str(spoken),
    )
    return answer_pdf(pdf, f"{'-'.join(references)}-{decided.row.outcome.value}.pdf")


@router.get("/pairings/{pairing_id:int}/board/minutes.pdf")
@requires(Permission.REVIEW_EXAMINE)
def minutes(
    visit: Entered,
    pairing_id: RecordId,
    *,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print the minutes of a board that is over, with every vote."""
    spoken = language or Spoken(visit.language)
    teller = teller_for(spoken)
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    shown = shown_board(visit, proposal, teller)
    if documents_reason():
        return cannot_print(visit)
    references = (proposal.person.reference, proposal.remains.reference)
    is_invented = proposal.person.invented or proposal.remains.invented
    printing = Printing.of(visit, teller, is_invented=is_invented)
    written = Written(
        kind=DocumentKind.BOARD_MINUTES,
        html=Templates(spoken).render(
            "documents/board_minutes.html",
            printing=printing,
            board=shown,
            references=references,
        ),
        printing=printing,
        language=spoken,
        paper=paper,
        own_style=stylesheet("decision.css"),
    )
    pdf = issue(visit, written)
    register_sheet(visit, proposal, printing.copy)
    record_about(
        visit.session,
        Deed.BOARD_PRINTED,
        visit.viewer,
        proposal,
        at=visit.at,
        copy=printing.copy,
        language=str(spoken),
    )
    return answer_pdf(pdf, f"{'-'.join(references)}-board.pdf")
