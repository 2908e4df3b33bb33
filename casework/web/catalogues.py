"""Collecting the words of pages and code into the translators' catalogues.

    python -m casework.web.catalogues update    adds new messages, drops those no longer used
    python -m casework.web.catalogues check     names what is not translated, or has a
                                                typewriter's apostrophe; exit code 1 if any

Fuzzy matching is off: a guessed translation of "no se sabe" is worse than the Spanish.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from casework.web.languages import CATALOGUES, OFFERED, SOURCE

CASEWORK = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%\((\w+)\)")
TYPEWRITTEN = re.compile(r"[^\W\d_]'")
KEYWORDS = {**DEFAULT_KEYWORDS, "marked": None}


def collect(folder: Path = CASEWORK) -> Catalog:
    """Find every message in the code and the templates of a folder."""
    with (CATALOGUES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = cast("Any", parse_mapping_cfg)(file)
    found = Catalog(project="reunir", charset="utf-8")
    messages = extract_from_dir(folder, methods, options, keywords=KEYWORDS)
    for path, _, message, comments, context in messages:
        found.add(message, locations=[(path, 0)], auto_comments=comments, context=context)
    return found


def read_catalogue(language: str, folder: Path = CATALOGUES) -> Catalog:
    """Read what the translators have written so far; nothing yet is an empty catalogue."""
    path = catalogue_path(language, folder)
    if not path.exists():
        return Catalog(locale=language, project="reunir", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, folder: Path = CATALOGUES) -> int:
    """Bring a catalogue in line with the code; say how many messages still want words."""
    catalogue = read_catalogue(language, folder)
    words = collect()
    catalogue.update(words, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = f"# The words of reunir in: {language}. Source: Spanish."
    path = catalogue_path(language, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=96, sort_output=True, include_lineno=False)
    return len(wanting(words, catalogue))


def wanting(words: Iterable[Message], catalogue: Catalog) -> list[str]:
    """Name the messages that a reader of this language would meet in Spanish, or in a guess."""
    return [
        _text(message)
        for message in words
        if message.id and not _is_translated(catalogue.get(message.id, message.context))
    ]


def misfitting(catalogue: Catalog) -> list[str]:
    """Name the translations whose placeholders differ from those of the original.

    Babel's own check lets a translation lose a placeholder; a lost number is a lost fact.
    Only `num` may be left out, because one thing can be said without a figure.
    """
    return [_text(message) for message in catalogue if message.id and _differ(message)]


def with_typewriter_marks(catalogue: Catalog) -> list[str]:
    """Name the translations that write an apostrophe in two ways: ' after a letter, not ’.

    Minutes of an angle follow a figure and keep theirs.
    """
    return [_text(message) for message in catalogue if message.id and _is_typed(message)]


def catalogue_path(language: str, folder: Path = CATALOGUES) -> Path:
    """Say where the words of a language stand."""
    return folder / language / "LC_MESSAGES" / "reunir.po"


def main(arguments: list[str]) -> int:
    """Update or check the catalogue of every language but the source."""
    if arguments not in (["update"], ["check"]):
        sys.stderr.write("Say `update` or `check`.\n")
        return 2
    missing = 0
    for language in (each for each in OFFERED if each != SOURCE):
        if arguments == ["update"]:
            update(language)
        catalogue = read_catalogue(language)
        found = wanting(collect(), catalogue) + with_typewriter_marks(catalogue)
        sys.stdout.writelines(f"{language}: {message}\n" for message in found)
        missing += len(found)
    return 1 if missing and arguments == ["check"] else 0


def _is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(strings)


def _is_typed(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return any(TYPEWRITTEN.search(text or "") for text in texts)


def _differ(message: Message) -> bool:
    said = _placeholders(message.string or "")
    return bool(said) and said != _placeholders(message.id)


def _placeholders(texts: str | Iterable[str]) -> set[frozenset[str]]:
    """Collect the names in each form of a message; forms not yet written are left out."""
    forms = [texts] if isinstance(texts, str) else texts
    return {frozenset(PLACEHOLDER.findall(form)) - {"num"} for form in forms if form}


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
