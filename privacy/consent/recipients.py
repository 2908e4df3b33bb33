"""Whom a consent can name. What is not on this list cannot be handed anything."""

import re

from privacy.errors import InvalidConsent

FORENSIC = "forensic"  # every forensic institution of this registry
# The same pattern guards the table: a recipient that the words do not allow has no row.
PATTERN = (
    r"^(forensic(:[A-Z]{2})?|institution:[1-9][0-9]{0,17}|consulate:[A-Z]{2}"
    r"|laboratory:[a-z0-9][a-z0-9.-]{0,60}|node:[a-z0-9][a-z0-9.-]{0,60})$"
)


def checked(recipient: str) -> str:
    """Give the recipient back if it is one.

    Raises
    ------
    InvalidConsent
        If it is none of the kinds above.
    """
    if not re.fullmatch(PATTERN, recipient):
        raise InvalidConsent("A consent names a recipient that this registry does not know.")
    return recipient


def of_institution(institution_id: int) -> str:
    """Name one institution."""
    return f"institution:{institution_id}"


def of_consulate(country: str) -> str:
    """Name the consulates of one country."""
    return f"consulate:{country}"


def of_forensic_services(country: str) -> str:
    """Name the forensic institutions of one country."""
    return f"forensic:{country}"
