"""The chain of custody of one sample, on the paper that goes with the tube.

It names nobody of the family: whoever carries a tube learns its number, how it was taken and
through which hands it went. Below are lines for the hands to come, to be entered afterwards.
"""

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_sample
from casework.samples.actions import read_rack
from casework.samples.presenters import shown_sample
from casework.samples.queries import (
    MISSING,
    REMAINS,
    Kept,
    Rack,
    Side,
    kept_in,
    serves_also,
)
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
HANDS_TO_COME = 5


def serve(side: Side) -> None:
    """Add the paper of one register: of a family's samples, or of remains'."""

    @router.get(f"/{side.register}/{{reference}}/samples/{{number:int}}/custody.pdf")
    @requires(Permission.SAMPLE_KEEP)
    def custody(
        visit: Entered,
        reference: str,
        number: int,
        *,
        paper: Paper | None = None,
        language: Spoken | None = None,
    ) -> Response:
        """Print the chain of one sample of the reader's own institution."""
        rack = read_rack(visit.session, visit.viewer, side, reference, at=visit.at)
        kept = kept_in(rack, number)
        if documents_reason():
            return cannot_print(visit)
        written = _written(visit, rack, kept, language or Spoken(visit.language))
        pdf, copy = issue(visit, replace(written, paper=paper)), written.printing.copy
        register_sample(visit, copy, rack.case)
        record(
            visit.session,
            Deed.CUSTODY_PRINTED,
            by=visit.viewer,
            at=visit.at,
            about=reference,
            copy=copy,
            language=str(written.language),
        )
        return answer_pdf(pdf, f"{kept.sample.reference}.pdf")


for _side in (MISSING, REMAINS):
    serve(_side)


def _written(visit: Visit, rack: Rack, kept: Kept, spoken: Spoken) -> Written:
    teller = teller_for(spoken)
    printing = Printing.of(visit, teller, is_invented=rack.case.invented)
    sample = shown_sample(
        rack,
        kept,
        teller,
        officers=names_behind(visit.session, {each.entered_by for each in kept.entries}),
        others=serves_also(visit.session, visit.viewer, rack, at=visit.at),
    )
    html = Templates(spoken).render(
        "documents/custody.html",
        printing=printing,
        sample=sample,
        reference=rack.case.reference,
        to_come=HANDS_TO_COME,
    )
    return Written(
        kind=DocumentKind.CHAIN_OF_CUSTODY,
        html=html,
        printing=printing,
        language=spoken,
        own_style=stylesheet("custody.css"),
    )
