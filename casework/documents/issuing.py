"""Making a document that can be held against the registry afterwards.

Two fingerprints are kept: of the file, byte for byte, and of what it says, which can be printed
on it, since a file cannot hold its own.
"""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import pikepdf
import sqlalchemy as sa

from casework.documents.model import DocumentBasis, DocumentKind, IssuedDocument
from casework.documents.paper import Paper, usual_paper
from casework.documents.pdf import make_pdf
from casework.documents.presenters import UNSTAMPED, Printing
from casework.web.languages import Spoken
from casework.web.visit import Visit

PRINTED_DIGITS = 16
GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document as it goes to the press: its page of HTML, of which kind, in what language.

    `said`: of what its fingerprint is made, where that is less than all of `html`: whoever
    knows the rest of a paper and its fingerprint tries out the few letters they do not know.
    """

    kind: DocumentKind
    html: str
    printing: Printing
    language: Spoken
    paper: Paper | None = None
    own_style: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestsOn:
    """What a paper rests on, by number: at most one. When that ends, it is called back."""

    decision_id: int | None = None
    status_code_id: int | None = None


NOTHING = RestsOn()


def issue(visit: Visit, written: Written, rests_on: RestsOn = NOTHING) -> bytes:
    """Print a document and keep what it can be verified by; gives the PDF.

    Raises
    ------
    DocumentsUnavailable
        If this machine cannot make PDF documents; then nothing is kept.
    """
    said = sha256((written.said or written.html).encode()).hexdigest()
    pdf = make_pdf(
        written.html.replace(UNSTAMPED, in_groups(said)),
        paper=written.paper or usual_paper(visit.viewer.country),
        own_style=written.own_style,
    )
    visit.session.add(
        IssuedDocument(
            copy=written.printing.copy,
            kind=written.kind,
            sha256=sha256(pdf).hexdigest(),
            said_sha256=said,
            page_count=_pages_of(pdf),
            language=written.language,
            invented=written.printing.is_invented,
            institution_id=visit.viewer.institution_id,
            issued_at=visit.at,
            issued_by=visit.viewer.account_id,
        )
    )
    visit.session.flush()
    if rests_on != NOTHING:
        # By statement: whoever prints may add this row and not read it.
        kept = sa.insert(DocumentBasis).values(
            copy=written.printing.copy,
            decision_id=rests_on.decision_id,
            status_code_id=rests_on.status_code_id,
        )
        visit.session.execute(kept)
    return pdf


def in_groups(fingerprint: str) -> str:
    """Write the beginning of a fingerprint so that two people can read it to each other."""
    told = fingerprint[:PRINTED_DIGITS]
    return " ".join(told[each : each + GROUP] for each in range(0, len(told), GROUP))


def _pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)
