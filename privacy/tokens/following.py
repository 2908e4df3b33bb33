"""Tokens follow the names: whoever writes a name writes its tokens, and cannot forget it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from privacy.tokens.keeping import add_tokens, replace_tokens
from privacy.tokens.spelling import Name


class FoundByTokens:
    """A row that holds one name of a case, and whose tokens are kept as long as it stands.

    The class has `case_id`, the relationship `case` (which has `names`), and the three parts.
    """

    def as_name(self) -> Name:
        row: Any = self
        return Name(row.given_names, row.surname_1, row.surname_2)


def follow_rows(session: Session, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write the tokens of names that go into their table as plain rows, still in clear."""
    return add_tokens(
        session,
        [
            (
                row["case_id"],
                Name(
                    *(row.get(part) or "" for part in ("given_names", "surname_1", "surname_2"))
                ),
            )
            for row in rows
        ],
    )


@event.listens_for(Session, "after_flush")
def _follow(session: Session, _flush: UOWTransaction) -> None:
    changed = [each for each in _names(session.dirty) if session.is_modified(each)]
    cases = {each.case_id: each.case for each in [*changed, *_names(session.deleted)]}
    gone = set(session.deleted)
    left = [
        (case_id, name.as_name())
        for case_id, case in cases.items()
        for name in (case.names if case is not None and case not in gone else ())
        if name not in gone
    ]
    if left:
        # A name that is still sealed refuses here: half of somebody's tokens would be lost.
        replace_tokens(session, left)
    added = [each for each in _names(session.new) if each.case_id not in cases]
    if added:
        add_tokens(session, [(each.case_id, each.as_name()) for each in added])


def _names(rows: Iterable[object]) -> list[Any]:
    return [row for row in rows if isinstance(row, FoundByTokens)]
