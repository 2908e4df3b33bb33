"""Comparison reports of two records of one kind: one person reported twice, parts of one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel

from casework.documents.answering import answer_pdf, cannot_print
from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, stylesheet
from casework.documents.presenters import Printing
from casework.documents.printed import register_two
from casework.links.kinds import PEOPLE, REMAINS, Kind
from casework.links.two import Two, lay_two
from casework.links.words import FIT_WORDS, KINDS
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


class ComparedAs(StrEnum):
    """As what two records of remains are compared; two reports are only ever one person."""

    EQUL = "EQUL"  # one person or the same remains, recorded twice
    FRAG = "FRAG"  # parts of one person


@dataclass(frozen=True, slots=True)
class ShownReason:
    """How one kind of evidence comes out, and what it weighs."""

    kind: str
    fit: str
    log10_lr: float


class Asked(BaseModel):
    """How a report is asked for: as what, on which paper, in which language."""

    compared_as: ComparedAs = ComparedAs.EQUL
    paper: Paper | None = None
    language: Spoken | None = None


def serve(kind: Kind) -> None:
    """Add the report of one register: about people, or about remains."""

    @router.get(f"{kind.path}/{{reference}}/links/{{other}}/report.pdf")
    @requires(Permission.LINK_READ)
    def report(
        visit: Entered, reference: str, other: str, asked: Annotated[Asked, Query()]
    ) -> Response:
        """Print two records side by side; every copy has a number, and the log knows it."""
        one = kind.get(visit.session, visit.viewer, reference, at=visit.at)
        second = kind.get(visit.session, visit.viewer, other, at=visit.at)
        if documents_reason():
            return cannot_print(visit)
        language = asked.language or Spoken(visit.language)
        laid = lay_two(visit, kind, one, second, teller=teller_for(language))
        written = _written(visit, kind, laid, asked, language=language)
        pdf, copy = issue(visit, written), written.printing.copy
        register_two(visit, copy, tuple(zip((one, second), laid.openings, strict=True)))
        record(
            visit.session,
            Deed.LINK_PRINTED,
            by=visit.viewer,
            at=visit.at,
            about=reference,
            concerning=[other],
            copy=copy,
            language=str(language),
        )
        return answer_pdf(pdf, f"{reference}-{other}.pdf")


for _kind in (PEOPLE, REMAINS):
    serve(_kind)


def _written(visit: Visit, kind: Kind, laid: Two, asked: Asked, *, language: Spoken) -> Written:
    teller = teller_for(language)
    printing = Printing.of(visit, teller, is_invented=laid.heads[0].is_invented)
    of_people = kind is PEOPLE
    html = Templates(language).render(
        "documents/link_report.html",
        printing=printing,
        two=laid,
        of_people=of_people,
        compared_as=(ComparedAs.EQUL if of_people else asked.compared_as).value,
        references=[each.reference for each in laid.heads],
        reasons=_reasons(laid, teller),
        widest=max((abs(each.log10_lr) for each in laid.weighed.reasons), default=1.0),
    )
    return Written(
        kind=DocumentKind.COMPARISON,
        html=html,
        printing=printing,
        language=language,
        paper=asked.paper,
        own_style=stylesheet("decision.css"),
    )


def _reasons(laid: Two, teller: Teller) -> list[ShownReason]:
    _ = teller.gettext
    return [
        ShownReason(_(KINDS.get(each.kind, each.kind)), _(FIT_WORDS[each.fit]), each.log10_lr)
        for each in laid.weighed.reasons
    ]
