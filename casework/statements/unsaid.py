"""What stands in typed columns and no statement says: told as the record's own first word.

Files are brought into typed columns, and first reports are, so a record has values before
anybody made a statement about it. Whatever a file changes later is seen the same way.
"""

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from casework.dataset.catalogue import field_at
from casework.dataset.values import NONE, Value
from casework.statements.columns import Method
from casework.statements.describing import AtHand, Described, counted_entries
from casework.statements.picture import Assertion, Picture, preferred
from casework.statements.projecting import ProjectedEntries
from privacy.model import Reveals

# Stands for the statement that is written once somebody says something else.
FIRST_WORD = 0


def unsaid(hand: AtHand, picture: Picture, groups: Collection[Reveals]) -> list[Assertion]:
    """Tell what the open columns of a record hold beyond what was said of it."""
    record, described = hand.about, hand.described
    values: dict[str, Value] = {}
    for each in described.projected:
        if _is_open(described, each.field, each.beside, groups):
            held = each.read(record)
            said = preferred(picture, each.field)
            if held is not None and held not in (said, each.kept(said)):
                values[each.field] = held
    for rows in described.entries:
        if _is_open(described, rows.field, rows.beside, groups):
            values |= _unsaid_entries(record, rows, picture)
    return [_first_word(record, path, value) for path, value in values.items()]


def _is_open(
    described: Described, field: str, beside: Collection[Reveals], groups: Collection[Reveals]
) -> bool:
    return {field_at(described.kind, field).reveals, *beside} <= set(groups)


def _unsaid_entries(record: Any, rows: ProjectedEntries, picture: Picture) -> dict[str, Value]:
    said = [
        {part: value for part, value in entry.items() if part in rows.parts}
        for _, entry in counted_entries(picture, rows)
    ]
    found: dict[str, Value] = {}
    for number, entry in rows.read(record):
        if entry in said:
            said.remove(dict(entry))
            continue
        found[f"{rows.field}/{number or _number(entry, found, rows.field)}"] = dict(entry)
    why = rows.read_why(record)
    if why and {NONE: why} != preferred(picture, rows.field):
        found[rows.field] = {NONE: why}
    return found


def _number(entry: Mapping[str, Value], taken: Collection[str], field: str) -> str:
    """Make the number of an entry of what it says: on the page and when it is kept the same."""
    told = json.dumps(entry, sort_keys=True)
    for again in range(len(taken) + 1):
        number = sha256(f"{again}{told}".encode()).hexdigest()[:8]
        if f"{field}/{number}" not in taken:
            return number
    raise AssertionError(field)  # pragma: no cover - one of them is free


def _first_word(record: Any, path: str, value: Value) -> Assertion:
    return Assertion(
        path=path,
        value=value,
        statement=FIRST_WORD,
        method=Method.INTERVIEW if record.import_run_id is None else Method.IMPORT,
        entered_at=record.changed_at,
        entered_by=0,
    )
