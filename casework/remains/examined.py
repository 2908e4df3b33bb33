"""Remains that somebody examines are no longer unexamined, without anybody saying so twice."""

from collections.abc import Sequence
from typing import Any

from casework.record_codes import IdentificationStatus
from casework.statements.projecting import Entry, ProjectedEntries

_BEGUN = frozenset({"in_progress", "done"})


def _begin(remains: Any, entries: Sequence[Entry]) -> None:
    """Note that examining began; where more was decided, it stands, and nothing undoes it."""
    has_begun = any(entry.get("status") in _BEGUN for _, entry in entries)
    if has_begun and remains.identification_status is IdentificationStatus.UNEXAMINED:
        remains.identification_status = IdentificationStatus.UNDER_EXAMINATION


EXAMINED = ProjectedEntries(
    "examinations",
    frozenset(),
    lambda _remains: [],
    _begin,
    lambda _remains: "",
    lambda _remains, _why: None,
)
