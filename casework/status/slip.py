"""The slip with a code on it: small, in the relative's language, and silent about the rest.

Whoever finds it learns an address and eight letters: no name, no institution, not what it is
about, and not the PIN.
"""

from functools import cache
from importlib.resources import files

from casework.documents.paper import Paper
from casework.documents.pdf import make_pdf
from casework.web.languages import Spoken
from casework.web.templating import Templates

STYLE = files("casework.status") / "templates" / "status" / "slip.css"


def print_slip(language: Spoken, *, code: str, address: str, paper: Paper) -> bytes:
    """Set the slip.

    Raises
    ------
    DocumentsUnavailable
        If Pango is missing.
    """
    html = Templates(language).render("status/slip.html", code=code, address=address)
    return make_pdf(html, paper=paper, own_style=_style())


@cache
def _style() -> str:
    return STYLE.read_text("utf-8")
