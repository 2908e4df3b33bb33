"""The words that ship, and the one table that words are written and read in."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from casework.errors import InvalidInput
from casework.terminology.concepts import concept
from casework.terminology.model import TermState
from casework.terminology.rules import Draft, Step
from casework.web.languages import marked, translations_for

COLUMNS = ("list", "code", "language", "country", "term", "shown", "note", "source")
# For whoever reads the table; a table that is read back needs none of them.
TOLD = ("regional_es", "state", "entered_at")
YES = frozenset({"1", "yes", "true", "si", "sí", "sim", "oui", "wi"})
# A sheet program takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@cache
def packaged_steps() -> tuple[Step, ...]:
    """Read the words that ship: each accepted, by nobody."""
    text = (files("casework.terminology") / "data" / "terms.csv").read_text(encoding="utf-8")
    return tuple(
        Step(0, draft, TermState.ACCEPTED) for _, draft in read_table(text) if draft is not None
    )


def read_table(text: str) -> Iterator[tuple[int, Draft | None]]:
    """Read words from a table, each with its line; none where a line is no row of it.

    Raises
    ------
    InvalidInput
        If the table lacks a column that it cannot do without.
    """
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    if set(COLUMNS[:5]) - set(reader.fieldnames or ()):
        raise InvalidInput(
            marked("A la tabla le faltan columnas: list, code, language, country y term.")
        )
    for row in reader:
        cells = {name: _cell(row.get(name)) for name in COLUMNS}
        draft = Draft(
            list_key=cells["list"],
            code=cells["code"],
            language=cells["language"].lower(),
            country=cells["country"].upper(),
            term=cells["term"],
            is_shown=cells["shown"].casefold() in YES,
            note=cells["note"],
            source=cells["source"],
        )
        yield reader.line_num, draft if None not in row else None


def write_table(steps: Iterable[Step]) -> str:
    """Write words as a table that `read_table` reads back."""
    told = translations_for("es").gettext
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*COLUMNS, *TOLD))
    for each in steps:
        known, word = concept(each.draft.list_key, each.draft.code), each.draft
        cells = (
            *(word.list_key, word.code, word.language, word.country, word.term),
            *("yes" if word.is_shown else "no", word.note, word.source),
            told(known.message) if known else "",
            each.state.value,
            each.entered_at.isoformat() if each.entered_at else "",
        )
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return out.getvalue()


def _cell(text: str | None) -> str:
    tidy = " ".join((text or "").split())
    return tidy[1:] if tidy.startswith("'") and tidy[1:2] in _FORMULA else tidy
