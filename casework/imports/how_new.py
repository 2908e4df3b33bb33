"""How new a row is: when its source wrote it down, and whether that is before what is held.

A flat file says it row by row (`made_at`, `changed_at`), or whoever hands it in says it of the
whole file. What says neither is taken as it always was, until a row that says it has come: from
then on nothing older, and nothing that does not say how old it is, changes the record back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from casework.errors import InvalidInput
from casework.imports.keeping import Draft, Shelf, is_erased
from casework.imports.problems import Problem, Rule
from casework.web.languages import marked

DATED_BY = ("made_at", "changed_at")
"""The columns that say it: when the file was made, else when the record was last changed."""
CLOCKS = timedelta(days=1)
"""Two registries' may differ by so much; beyond that a row would be newer than all to come."""


NO_DAY = marked("Escriba de qué día es el archivo, o déjelo vacío.")
NOT_YET = marked("El archivo no puede ser de un día que no ha llegado.")


@dataclass(frozen=True, slots=True)
class Dating:
    """What is known of a file: when it is read, and from which day it is said to be."""

    read_at: datetime
    said_of_file: date | None = None

    def written_at(self, cells: Mapping[str, str]) -> tuple[datetime | None, list[Problem]]:
        """Say when a row was written down; what is no moment, or one to come, is named."""
        for name in DATED_BY:
            if text := cells.get(name, "").strip():
                instant = _instant(text)
                if instant is None or instant > self.read_at + CLOCKS:
                    return None, [Problem(Rule.DATE_UNREADABLE, name, text)]
                return instant, []
        return _beginning_of(self.said_of_file), []


def day_of_file(text: str, *, at: datetime) -> date | None:
    """Read from which day a file is said to be; nothing says nothing.

    Raises
    ------
    InvalidInput
        If that is no day, or one to come: no later file would be newer.
    """
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(NO_DAY) from error
    if day is not None and day > (at + CLOCKS).date():
        raise InvalidInput(NOT_YET)
    return day


def passed_over(shelf: Shelf, stored: Any | None, draft: Draft) -> Problem | None:
    """Say why a row may not change what is stored; nothing if it may, or would not."""
    if stored is None or is_erased(stored) or shelf.says_the_same(stored, draft):
        return None
    held, written = stored.source_date, draft.columns["source_date"]
    if held is None or (written is not None and written >= held):
        return None
    if written is None:
        return Problem(Rule.UNDATED_ROW, DATED_BY[-1], detail=f"{held:%Y-%m-%d}")
    return Problem(Rule.OLDER_ROW, DATED_BY[-1], detail=f"{written:%Y-%m-%d}")


def _instant(text: str) -> datetime | None:
    """Read an ISO moment; a day alone is its beginning, so that it never wins by being vague.

    One without its zone is none: nobody knows which of two is the earlier.
    """
    try:
        return _beginning_of(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _beginning_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, UTC) if day else None
