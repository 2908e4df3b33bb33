"""A copy in the form that was asked for, with its mark."""

from dataclasses import replace
from datetime import datetime

from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.presenters import Printing
from casework.exports.actions import Copy
from casework.exports.rows import WATERMARK, as_csv, as_json, lines_of
from casework.exports.whole import WholeCopy, as_file
from casework.web.described import Teller, teller_for
from casework.web.languages import Spoken
from casework.web.purpose_words import PURPOSE_WORDS
from casework.web.templating import Templates
from casework.web.visit import Visit
from privacy.released.model import Form

MEDIA = {Form.PDF: "application/pdf", Form.CSV: "text/csv", Form.JSON: "application/json"}


def watermark_of(copy: Copy | WholeCopy, teller: Teller, at: datetime) -> str:
    """Say whose copy this is, when it left and what for."""
    return teller.gettext(WATERMARK) % {
        "copy": copy.number,
        "recipient": copy.recipient,
        "when": teller.wording.instant(at),
        "purpose": teller.gettext(PURPOSE_WORDS[copy.purpose]),
    }


def deliver(visit: Visit, copy: Copy, form: Form) -> bytes:
    """Write a copy, marked line by line or page by page."""
    teller = teller_for(visit.language)
    watermark = watermark_of(copy, teller, visit.at)
    if form is Form.CSV:
        return as_csv(copy.rows, copy.number, watermark, made_at=visit.at)
    if form is Form.JSON:
        return as_json(copy.rows, copy.number, watermark, made_at=visit.at)
    invented = any(row.is_invented for row in copy.rows)
    # One number on the whole sheet: the one in the register.
    printing = replace(Printing.of(visit, teller, is_invented=invented), copy=copy.number)
    html = Templates(visit.language).render(
        "exports/copy.html",
        printing=printing,
        copy=copy,
        watermark=watermark,
        records=[(row.reference, list(lines_of(row, teller))) for row in copy.rows],
    )
    return issue(
        visit,
        Written(
            kind=DocumentKind.COPY_OF_RECORDS,
            html=html,
            printing=printing,
            language=Spoken(visit.language),
        ),
    )


def deliver_whole(visit: Visit, copy: WholeCopy) -> bytes:
    """Write a copy of whole records, marked."""
    return as_file(copy, watermark_of(copy, teller_for(visit.language), visit.at))
