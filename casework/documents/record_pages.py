"""Documents of what a slice above the comparison keeps: DNA, and what people decided."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from casework.documents import decision_pages
from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_dna_sheet
from casework.errors import Conflict, NotFound
from casework.kinship.actions import record_printed
from casework.kinship.queries import open_pair
from casework.kinship.showing import show_result
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken, marked
from casework.web.templating import Templates
from casework.web.visit import Entered
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
router.include_router(decision_pages.router)

RecordId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/pairings/{pairing_id:int}/dna/{number:int}/sheet.pdf")
@requires(Permission.PAIRING_READ)
def dna_sheet(
    visit: Entered,
    pairing_id: RecordId,
    number: RecordId,
    *,
    paper: Paper | None = None,
    language: Spoken | None = None,
) -> Response:
    """Print one result; every copy has a number, and the log and the register know it."""
    spoken = language or Spoken(visit.language)
    pair = open_pair(visit.session, visit.viewer, pairing_id, at=visit.at)
    if pair.closed is not None:
        raise NotFound("DNA result")
    kept = pair.result(number)
    if kept.is_withdrawn:
        raise Conflict(
            marked("Alguien cuyo perfil se usó retiró su autorización: no se imprime más.")
        )
    if documents_reason():
        return cannot_print(visit)
    teller, proposal = teller_for(spoken), pair.proposal
    is_invented = proposal.person.invented or proposal.remains.invented
    printing = Printing.of(visit, teller, is_invented=is_invented)
    html = Templates(spoken).render(
        "documents/dna_sheet.html",
        printing=printing,
        result=show_result(visit, pair, kept, teller),
        references=(proposal.person.reference, proposal.remains.reference),
    )
    pdf = issue(
        visit,
        Written(
            kind=DocumentKind.DNA_RESULT,
            html=html,
            printing=printing,
            language=spoken,
            paper=paper,
            own_style=stylesheet("dna.css"),
        ),
    )
    register_dna_sheet(visit, proposal, printing.copy)
    record_printed(visit.session, visit.viewer, pair, copy=printing.copy, at=visit.at)
    return answer_pdf(
        pdf, f"{proposal.person.reference}-{proposal.remains.reference}-dna-{number}.pdf"
    )
