"""Which paper lies in the printer of a country."""

from enum import StrEnum


class Paper(StrEnum):
    """A size of paper, by its name in CSS."""

    LETTER = "letter"
    A4 = "A4"


# Unicode CLDR, supplemental data, measurementData/paperSize, type US-Letter; and Honduras,
# which CLDR leaves at A4 although offices there use letter (our choice).
USE_LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "HN", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"],
)


def usual_paper(country: str) -> Paper:
    """Give the paper of an institution's country (ISO 3166-1 alpha-2)."""
    return Paper.LETTER if country in USE_LETTER else Paper.A4
