"""From a rendered template to a PDF: tagged, in its language, and without asking anybody.

WeasyPrint loads Pango when it is imported. A bare Debian has no Pango, so nothing here
imports WeasyPrint before a document is wanted, and everything else works without it.
"""

from contextlib import redirect_stdout, suppress
from functools import cache
from importlib.resources import files
from io import StringIO
from threading import Lock
from typing import Any

from casework.documents.errors import DocumentsUnavailable
from casework.documents.paper import Paper

STATIC = files("casework.documents") / "static"
# PDF/UA-1 (ISO 14289-1) is the form that screen readers and archives can rely on.
VARIANT = "pdf/ua-1"

_importing = Lock()


class ReachedOutside(RuntimeError):
    """A programming mistake: a template asked for something that does not stand in it."""


@cache
def documents_reason() -> str | None:
    """Say why PDF documents cannot be made on this machine, or nothing if they can."""
    try:
        # Without Pango WeasyPrint writes ten lines of its own where our output goes. There is
        # one output for all threads, so two at once would put back each other's silence.
        with _importing, redirect_stdout(StringIO()):
            import weasyprint  # noqa: F401, PLC0415 - trying is the only way to know
    except OSError:
        return (
            "PDF documents cannot be made: Pango is missing. Everything else works. "
            "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )
    return None


def make_pdf(html: str, *, paper: Paper, own_style: str = "") -> bytes:
    """Set a whole page of HTML, with the stylesheet that all documents share and its own.

    Raises
    ------
    DocumentsUnavailable
        If Pango is missing.
    ReachedOutside
        If the HTML asks for any file or address.
    """
    if reason := documents_reason():
        raise DocumentsUnavailable(reason)
    from weasyprint import CSS, HTML  # noqa: PLC0415 - as the module says
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 - as the module says

    fetcher = _fetcher()
    sheets = [
        CSS(string=text, url_fetcher=fetcher)
        for text in (stylesheet("print.css"), f"@page {{ size: {paper.value} }}", own_style)
    ]
    made = b""
    # Ours alone raises it; it is no Exception, so nothing up to the server would catch it.
    with suppress(FatalURLFetchingError):
        document = HTML(string=html, url_fetcher=fetcher)
        made = document.write_pdf(stylesheets=sheets, pdf_variant=VARIANT)
    if fetcher.asked:
        raise ReachedOutside(f"a document asked for an address: {fetcher.asked}")
    return made


@cache
def stylesheet(name: str) -> str:
    """Read one of our own stylesheets for paper."""
    return (STATIC / name).read_text(encoding="utf-8")


def _fetcher() -> Any:
    """Refuse every address: whoever watches a network must not learn which file was printed."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415 - as above

    class NothingFetched(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Documents hold all they need; an address in one is a mistake, not a gap to fill."""

        def __init__(self) -> None:
            super().__init__()
            self.asked: list[str] = []  # schemes only: an address may quote a record

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ARG002 - WeasyPrint's signature
            # Noted as well, because a picture inside a picture swallows what is raised.
            self.asked.append(url.partition(":")[0])
            raise FatalURLFetchingError

    return NothingFetched()
