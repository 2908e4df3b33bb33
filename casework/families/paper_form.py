"""The form of consent on paper, in five languages: one template, one file of words for each.

The sheet carries no word of the person's file, only its reference: it may lie on a table in
a home where not everybody may know. The fingerprint of its words is printed on it, so that
years later nobody has to guess what a signature stands under.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from uuid import uuid4

from casework.documents.paper import usual_paper
from casework.documents.pdf import make_pdf
from casework.families.items import FORM_VERSION, Question
from casework.web.templating import Templates

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


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One printing of the form: nothing on it is ticked."""

    pdf: bytes
    copy: str


@cache
def words_of(language: FormLanguage) -> dict[str, Any]:
    """Read the words of one language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8"))


@cache
def wording_hash(language: FormLanguage) -> str:
    """Give the fingerprint of the words that stand on the sheet of one language."""
    return sha256((WORDS / f"{language}.toml").read_bytes()).hexdigest()


@cache
def _style() -> str:
    """Read the form's own style: larger than that of our other documents."""
    return STYLE.read_text("utf-8")


def print_form(
    language: FormLanguage, *, reference: str, country: str, institution: str, invented: bool
) -> PrintedForm:
    """Set the form for one file.

    Raises
    ------
    DocumentsUnavailable
        If Pango is missing.
    """
    copy = uuid4().hex[:12].upper()
    html = Templates("es").render(
        TEMPLATE,
        form_language=language.value,
        words=words_of(language),
        questions=[each.value for each in Question],
        reference=reference,
        institution=institution,
        version=FORM_VERSION,
        fingerprint=wording_hash(language),
        copy=copy,
        is_invented=invented,
    )
    return PrintedForm(make_pdf(html, paper=usual_paper(country), own_style=_style()), copy)
