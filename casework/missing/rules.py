"""What a report must say before it can be kept: as little as anyone can say."""

from casework.envelope import SearchConsent
from casework.missing.model import MissingPerson
from casework.web.languages import marked

# Consent, or a public duty. Nothing else is weighed, listed to others or proposed.
MAY_BE_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)
# Remains may be searched for because of a public duty; a living family is asked.
CONSENTS = (SearchConsent.GRANTED, SearchConsent.REFUSED, SearchConsent.NOT_ASKED)


def why_not_fileable(report: MissingPerson, consent: SearchConsent) -> dict[str, str]:
    """Name what is missing, field by field; empty when the report can be kept.

    Minimum data set, section 0: one way to refer to the person, who reports, and the state
    of consent. Nothing else blocks, because the worst outcome is a report thrown away.
    """
    lacking: dict[str, str] = {}
    if not any(name.full.strip() for name in report.names):
        lacking["referred_to"] = marked(
            "Escriba un nombre, un apodo o cualquier forma de referirse a la persona."
        )
    if consent not in CONSENTS:
        lacking["consent"] = marked("Elija qué dijo quien reporta sobre la búsqueda.")
    return lacking
