"""Documents that are asked for from a page: the comparison sheet, files, and verifying."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.candidates.comparison import shown_comparison
from casework.candidates.deeds import record_about
from casework.candidates.explaining import explain_proposal
from casework.candidates.joint import taken_together
from casework.candidates.joint_presenters import ShownTogether
from casework.candidates.queries import Proposal, get_proposal
from casework.candidates.sensitivity import shown_sensitivity
from casework.candidates.stations import journey_of
from casework.documents import (
    custody_pages,
    file_pages,
    link_pages,
    telling_pages,
    verify_pages,
)
from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.dna_part import DnaPart
from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.opinions import last_opinions
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing, printed_map
from casework.documents.printed import register_sheet
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
router.include_router(custody_pages.router)
router.include_router(file_pages.router)
router.include_router(link_pages.router)
router.include_router(telling_pages.router)
router.include_router(verify_pages.router)


@router.get("/pairings/{pairing_id:int}/sheet.pdf")
@requires(Permission.PAIRING_READ)
def comparison_sheet(
    visit: Entered,
    pairing_id: int,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print one proposal side by side; every copy has a number, and the log knows it."""
    spoken = language or Spoken(visit.language)
    proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    if documents_reason():
        return cannot_print(visit)
    dna = DnaPart.of(visit, proposal, teller_for(spoken))
    html, printing = _sheet(visit, proposal, dna, language=spoken)
    pdf = issue(
        visit,
        Written(
            kind=DocumentKind.COMPARISON,
            html=html,
            printing=printing,
            language=spoken,
            paper=paper,
            own_style=stylesheet("comparison.css"),
        ),
    )
    register_sheet(visit, proposal, printing.copy, holds_dna=dna.result is not None)
    dna.record(visit, printing.copy)
    record_about(
        visit.session,
        Deed.PAIRING_PRINTED,
        visit.viewer,
        proposal,
        at=visit.at,
        copy=printing.copy,
        language=str(spoken),
    )
    return answer_pdf(pdf, f"{proposal.person.reference}-{proposal.remains.reference}.pdf")


def _sheet(
    visit: Visit, proposal: Proposal, dna: DnaPart, *, language: Spoken
) -> tuple[str, Printing]:
    explanation = explain_proposal(visit.session, visit.viewer, proposal, at=visit.at)
    teller = teller_for(language)
    journey = journey_of(visit.session, visit.viewer, proposal, at=visit.at)
    shown = shown_comparison(explanation, teller, journey=journey)
    together = taken_together(
        visit.session, visit.viewer, proposal, explanation.run, at=visit.at
    )
    printing = Printing.of(visit, teller, is_invented=shown.is_invented)
    html = Templates(language).render(
        "documents/comparison_sheet.html",
        printing=printing,
        pair=shown,
        references=(proposal.person.reference, proposal.remains.reference),
        map=printed_map(shown.way.map) if shown.way.map.shown else None,
        together=ShownTogether.of(together, teller) if together else None,
        sensitivity=shown_sensitivity(proposal, explanation.run, teller)
        if proposal.shows_numbers
        else None,
        dna=dna,
        opinions=last_opinions(visit, proposal, teller),
    )
    return html, printing
