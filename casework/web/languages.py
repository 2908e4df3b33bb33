"""The languages of the pages: which are offered, which one a reader gets, and their words.

Spanish is the source: a message that is not in a catalogue is shown in Spanish.
Catalogues are read as the translators wrote them (`locales/<language>/LC_MESSAGES/reunir.po`)
and compiled in memory, so no build step can leave an old one behind.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from casework.web.kreyol import Kreyol

SOURCE = "es"
# French sets a space before its double signs and inside its quotation marks; no line may begin
# with such a sign. Translators type an ordinary space.
FRENCH_SPACE = re.compile(r"(?<=\S) (?=[:;?!»])|(?<=«) ")
COOKIE = "language"
CATALOGUES = Path(__file__).parent / "locales"

# The name each language gives itself: a reader looks for their own word, not for ours.
OFFERED: Mapping[str, str] = {
    "es": "Español",
    "pt": "Português",
    "en": "English",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
}


class Spoken(StrEnum):
    """The languages of `OFFERED`, for an address."""

    ES = "es"
    EN = "en"
    PT = "pt"
    FR = "fr"
    HT = "ht"


# The conventions for dates and numbers. Mexico and Central America write 1,234.5, and
# "9 March 2021" cannot be misread on either side of the border as 3/9/2021 can.
REGIONAL: Mapping[str, str] = {"es": "es_419", "en": "en_GB", "pt": "pt_BR", "fr": "fr_HT"}


_KREYOL = Kreyol()


def marked(message: str) -> str:
    """Mark a message kept in a table for translation; `gettext` looks it up when shown."""
    return message


def locale_of(language: str) -> Locale:
    """Give the conventions for dates and numbers in `language`."""
    return _KREYOL if language == Spoken.HT else Locale.parse(REGIONAL.get(language, language))


def direction_of(language: str) -> str:
    """Give the direction of writing: `ltr` or `rtl`."""
    return str(locale_of(language).text_direction)


@cache
def translations_for(language: str) -> NullTranslations:
    """Read the words of `language`; for the source, and for one without words, none."""
    path = CATALOGUES / language / "LC_MESSAGES" / "reunir.po"
    if language not in OFFERED or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    if language == Spoken.FR:
        for message in catalogue:
            said = message.string or ""
            several = said if not isinstance(said, str) else ()
            message.string = tuple(map(_unbroken, several)) or _unbroken(str(said))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _unbroken(said: str) -> str:
    return FRENCH_SPACE.sub("\N{NO-BREAK SPACE}", said)


def choose_language(cookie: str | None, accept_language: str | None) -> str:
    """Choose what a reader gets: their choice, else their browser's wish, else Spanish."""
    if cookie is not None and cookie in OFFERED:
        return cookie
    for wanted in _by_preference(accept_language or ""):
        if wanted in OFFERED:
            return wanted
    return SOURCE


def path_to_return_to(wanted: str | None) -> str:
    """Keep a reader on their page after a switch, and never send them to another site."""
    path = wanted or "/"
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    # Browsers drop tabs and line breaks inside an address, so "/\t/elsewhere" is another site.
    if any(ord(letter) < ord(" ") for letter in path):
        return "/"
    return path if urlsplit(path).netloc == "" else "/"


def _by_preference(accept_language: str) -> list[str]:
    """List the primary subtags of an Accept-Language header, the most wanted first."""
    wanted: list[tuple[float, int, str]] = []
    for part in accept_language.split(","):
        tag, _, parameters = part.partition(";")
        quality = _quality(parameters)
        if quality > 0:
            wanted.append((-quality, len(wanted), tag.strip().lower().split("-")[0]))
    return [tag for _, _, tag in sorted(wanted)]


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
