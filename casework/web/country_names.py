"""Countries by the names that people type, in any of our languages."""

from functools import cache

from casework.codes import COUNTRIES, STATELESS
from casework.web.languages import OFFERED, locale_of
from casework.web.plain_words import plain

# How the five languages call somebody whom no country counts as its own.
_STATELESS_WORDS = frozenset({"apatrida", "stateless", "apatride", "apatrid"})


def nationality_named(text: str) -> str | None:
    """Find the code of a nationality: that of a country, or that of none."""
    if text == STATELESS or plain(text) in _STATELESS_WORDS:
        return STATELESS
    return country_named(text)


def country_named(text: str) -> str | None:
    """Find the code of a country by its code or by its name, whatever the accents."""
    tidy = plain(text)
    return tidy.upper() if tidy.upper() in COUNTRIES else _codes().get(tidy)


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in OFFERED:
        territories = locale_of(language).territories
        for code in COUNTRIES:
            if name := territories.get(code):
                found.setdefault(plain(name), code)
    return found
