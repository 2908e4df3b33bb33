"""Rows of a list that another registry of this kind handed out: a table, one person a row.

A list says less than whole records do. Where the registry holds the whole record, a row of a
list changes nothing; where it holds the row of an earlier list, only what was open in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.imports.drafts import PlainRow
from casework.imports.person_rows import PersonRows
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import ReadRow
from casework.missing.statements import DECIDED
from casework.record_codes import SearchStatus


@dataclass(slots=True)
class ListRows(PersonRows):
    """The people of one list."""

    ours: frozenset[str] = field(default_factory=frozenset)

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows, and which of them are of our own."""
        keys = [row.plain.record_id for row in rows if row.plain]
        table = self.shelf.table
        own = session.scalars(sa.select(table.record_id).where(table.record_id.in_(keys)))
        self.ours = frozenset(own)
        return PersonRows.known(self, session, rows)

    def stopped_by(self, plain: PlainRow, stored: Any | None) -> Problem | None:
        if plain.record_id in self.ours:
            return Problem(Rule.RECORD_IS_OURS, "record_id", plain.record_id)
        return PersonRows.stopped_by(self, plain, stored)

    def declared_with(
        self, plain: PlainRow, stored: Any | None
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Beside what was declared, say where the search stands; nothing decided is undone."""
        declared, noted = PersonRows.declared_with(self, plain, stored)
        said = plain.cells.get("search_status", "")
        held = stored.search_status if stored is not None else SearchStatus.OPEN
        is_said = said in set(SearchStatus) - DECIDED and held not in DECIDED
        declared["search_status"] = SearchStatus(said) if is_said else held
        return declared, noted
