"""The two sides of a proposal as the policies know them, whatever kinds of record they are."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.apart import Keeping, are_apart
from casework.candidates.asked_once import one_of
from casework.database import any_of
from privacy.door import condition
from privacy.permissions import Permission, Viewer
from privacy.policy.decisions import rule_on
from privacy.policy.guarded import Asked, Facts, Plain, guarded_of


class Side(NamedTuple):
    """A kind of record, its number in the proposal, and what one must be let to read it."""

    model: type[Any]
    key: Any
    permission: Permission

    def is_one_of(self, wanted: Callable[[Asked], sa.ColumnElement[bool]]) -> Plain:
        """Say of a proposal that its record is one of those that are wanted."""
        return Plain(lambda asked: one_of(self.key, self.model, wanted(asked)))

    def is_open(self) -> Plain:
        """Say that whoever asks may read the record."""
        return self.is_one_of(
            lambda asked: condition(asked.viewer, self.permission, self.model, asked.at)
        )

    def is_own(self) -> Plain:
        """Say that the institution of whoever asks keeps the record."""
        owner = self.model.owner_institution_id
        return self.is_one_of(lambda asked: owner == asked.viewer.institution_id)

    def may_be_searched(self) -> Plain:
        """Say that the record may be searched for, as its own policies know it."""
        attribute = guarded_of(self.model).attributes["searchable"]
        assert isinstance(attribute, Plain)  # noqa: S101 - for the type checker
        return self.is_one_of(attribute.sql)


class SideFacts(NamedTuple):
    """What the policies ask of one record of a proposal."""

    is_open: bool
    is_own: bool
    may_be_searched: bool
    keeping: Keeping | None


# A record that the database does not even show: neither open nor one's own.
HIDDEN = SideFacts(is_open=False, is_own=False, may_be_searched=False, keeping=None)


def searchable_of(_row: Any, facts: Facts) -> bool:
    """Say whether a record may be searched for, as its own policies know it."""
    return bool(facts["searchable"])


def side_facts(
    session: Session,
    viewer: Viewer,
    side: Side,
    rows: Sequence[Any],
    *,
    at: datetime,
    searched: Callable[[Any, Facts], bool] = searchable_of,
) -> dict[int, SideFacts]:
    """Give the facts of one side of proposals, as far as the database shows its records."""
    numbers = {getattr(row, side.key.key) for row in rows}
    those = sa.select(side.model).where(side.model.id == any_of(numbers))
    records = session.scalars(those).all()
    guarded = guarded_of(side.model)
    facts = guarded.facts_of(session, viewer, records, at)
    # Decided from the facts just read: asked by its rows, each side would be read twice.
    rulings = [rule_on(viewer, side.permission, guarded.kind, fact) for fact in facts]
    return {
        record.id: SideFacts(
            ruling.allowed,
            fact["owner"] == viewer.institution_id,
            searched(record, fact),
            Keeping.of(record),
        )
        for record, fact, ruling in zip(records, facts, rulings, strict=True)
    }


def are_kept_apart(one: SideFacts, other: SideFacts) -> bool:
    """Say whether two records that are shown must never be compared."""
    if one.keeping is None or other.keeping is None:
        return False
    return are_apart(one.keeping, other.keeping)
