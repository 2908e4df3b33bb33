"""The form of consent on paper, in five languages: one template, one file of words for each.

The sheet carries no word of the person's file, only its reference: it may lie on a table in
a home where not everybody may know. The fingerprint of its words is printed on it, so that
years later nobody has to guess what a signature stands under.
"""

import tomllib
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from casework.documents.issuing import Written, issue
from casework.documents.model import DocumentKind
from casework.documents.presenters import Printing
from casework.families.items import FORM_VERSION, Question
from casework.missing.model import MissingPerson
from casework.web.described import teller_for
from casework.web.languages import Spoken
from casework.web.templating import Templates
from casework.web.visit import Visit
from privacy.model import Reveals
from privacy.released.model import Form
from privacy.released.register import Record, Release, release

WORDS = files("casework.families") / "form"
STYLE = files("casework.families") / "templates" / "families" / "paper_form.css"
TEMPLATE = "families/paper_form.html"


class FormLanguage(StrEnum):
    """The languages that the form speaks."""

    ES = "es"
    PT = "pt"
    EN = "en"
    FR = "fr"
    HT = "ht"


@cache
def words_of(language: FormLanguage) -> dict[str, Any]:
    """Read the words of one language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8"))


@cache
def wording_hash(language: FormLanguage) -> str:
    """Give the fingerprint of the words that stand on the sheet of one language."""
    return sha256((WORDS / f"{language}.toml").read_bytes()).hexdigest()


@cache
def style() -> str:
    """Read the form's own style: larger than that of our other documents."""
    return STYLE.read_text("utf-8")


def form_html(language: FormLanguage, printing: Printing, *, reference: str) -> str:
    """Write the form for one file, with nothing ticked."""
    return Templates(Spoken(language)).render(
        TEMPLATE,
        form_language=language.value,
        words=words_of(language),
        questions=[each.value for each in Question],
        reference=reference,
        version=FORM_VERSION,
        wording=wording_hash(language),
        printing=printing,
    )


def hand_out(visit: Visit, person: MissingPerson, language: FormLanguage) -> tuple[bytes, str]:
    """Print the form so that it can be verified; gives the PDF and its number.

    The register of copies knows it: it says that there is such a file, and it is called back
    with every other copy of it.

    Raises
    ------
    DocumentsUnavailable
        If Pango is missing.
    """
    spoken = Spoken(language)
    printing = Printing.of(visit, teller_for(spoken), is_invented=person.invented)
    written = Written(
        kind=DocumentKind.CONSENT_FORM,
        html=form_html(language, printing, reference=person.reference),
        printing=printing,
        language=spoken,
        own_style=style(),
    )
    pdf = issue(visit, written)
    released = Release(
        copy=printing.copy,
        form=Form.PDF,
        recipient_institution_id=visit.viewer.institution_id,
        purpose=visit.viewer.purpose.value,
        reason=visit.gettext("Hoja de autorizaciones, sin nada marcado"),
    )
    told = Record(
        person.owner_institution_id,
        frozenset({Reveals.CIRCUMSTANCE}),
        missing_person_id=person.id,
    )
    release(visit.session, visit.viewer, released, [told], at=visit.at)
    return pdf, printing.copy
