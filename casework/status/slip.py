"""The slip with a code on it: small, in the relative's language, and silent about the rest.

Whoever finds it learns an address, eight letters and the number of the paper: no name, no
institution, not what it is about, and not the PIN. It bears no fingerprint, and the code is in
none that is kept of what it says: all else on it can be guessed, and eight letters tried out.
"""

from functools import cache, partial
from importlib.resources import files

from casework.documents.issuing import RestsOn, Written, issue
from casework.documents.model import DocumentKind
from casework.documents.presenters import Printing
from casework.status.model import StatusCode
from casework.web.described import teller_for
from casework.web.templating import Templates
from casework.web.visit import Visit

STYLE = files("casework.status") / "templates" / "status" / "slip.css"


def print_slip(
    visit: Visit, kept: StatusCode, *, code: str, address: str, invented: bool
) -> tuple[bytes, str]:
    """Set the slip so that it can be verified; gives the PDF and its number.

    It is called back when its code ends.

    Raises
    ------
    DocumentsUnavailable
        If Pango is missing.
    """
    language = kept.language
    printing = Printing.of(visit, teller_for(language), is_invented=invented)
    print_with = partial(
        Templates(language).render, "status/slip.html", address=address, printing=printing
    )
    written = Written(
        kind=DocumentKind.STATUS_SLIP,
        html=print_with(code=code),
        said=print_with(code=""),
        printing=printing,
        language=language,
        own_style=_style(),
    )
    return issue(visit, written, RestsOn(status_code_id=kept.id)), printing.copy


@cache
def _style() -> str:
    return STYLE.read_text("utf-8")
