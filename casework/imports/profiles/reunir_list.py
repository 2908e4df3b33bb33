"""A list of missing persons as another registry of this kind handed it out, as a table.

The columns are those of the flat tables. Beside them each row names the copy it is of, the
record, when the list was made, from which countries the record is kept, and which groups were
open: what was closed there says nothing here, not even that nothing is known.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casework.imports.drafts import PlainRow
from casework.imports.profiles.plain import plain_row
from casework.imports.profiles.profile import (
    Layout,
    Profile,
    ReadRow,
    Reads,
    Rows,
    plain_rows,
)
from casework.imports.profiles.record import SOURCE
from casework.listed_columns import COLUMNS_OF, MARKS_OF_A_LIST

_REQUIRED = frozenset({*MARKS_OF_A_LIST, "sex", "last_contact_from"})
_LAYOUT = Layout(
    required=_REQUIRED,
    optional=frozenset(name for names in COLUMNS_OF.values() for name in names) - _REQUIRED,
)


def _row(cells: Mapping[str, str]) -> PlainRow:
    row = plain_row(cells)
    groups = cells["groups"].split()
    is_open = {name for group in groups for name in COLUMNS_OF.get(group, ())}
    kept = {name: row.cells[name] for name in row.cells if name in is_open | {*MARKS_OF_A_LIST}}
    return replace(row, cells=kept, stated=frozenset(is_open))


def _read(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, _row)


MISSING = Profile("reunir-list", Reads.MISSING, SOURCE, {"1": _LAYOUT}, _read)
