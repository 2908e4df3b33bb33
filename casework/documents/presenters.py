"""What every printed document says about itself. Templates receive these, never models."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from casework.documents.pdf import stylesheet
from casework.settings import settings
from casework.web.described import Teller
from casework.web.maps import MapDrawing
from casework.web.purpose_words import PURPOSE_WORDS
from casework.web.role_words import ROLE_WORDS
from casework.web.version import VERSION
from casework.web.visit import Visit
from privacy.errors import NotSignedIn
from privacy.released.register import new_copy_number

UNSTAMPED = "@fingerprint@"
"""Where `casework.documents.issuing` puts the fingerprint of all the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One printing of one document: by whom, for what, when, and which copy it is."""

    at: datetime
    person: str
    duty: str
    institution: str
    purpose: str
    copy: str
    version: str
    is_invented: bool
    # Where a copy is held against the registry, as people type it.
    address: str
    fingerprint: str = UNSTAMPED

    @classmethod
    def of(cls, visit: Visit, teller: Teller, *, is_invented: bool) -> "Printing":
        """Say who prints now; each printing gets a number of its own, so a sheet is traced."""
        who = visit.signed_in
        if who is None:
            raise NotSignedIn
        return cls(
            at=visit.at,
            person=who.person,
            duty=teller.gettext(ROLE_WORDS[who.viewer.role]),
            institution=who.institution,
            purpose=teller.gettext(PURPOSE_WORDS[who.viewer.purpose]),
            copy=new_copy_number(),
            version=VERSION,
            is_invented=is_invented,
            address=settings().public_url.partition("://")[2].rstrip("/") + "/verify",
        )


def printed_map(drawing: MapDrawing) -> Markup:
    """Give a map its colours: on paper a picture does not hear the document's stylesheet."""
    style = Markup("<style>{}</style>").format(Markup(stylesheet("map.css")))  # noqa: S704  # nosec B704
    before, close, after = str(drawing.svg).partition(">")
    return Markup(before + close) + style + Markup(after)  # noqa: S704  # nosec B704
