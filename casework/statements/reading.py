"""Reading what was said of a record, as far as its groups are open to whoever reads."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from casework.statements.columns import Certainty
from casework.statements.describing import AtHand
from casework.statements.picture import Assertion, Picture, picture_of
from casework.statements.unsaid import unsaid
from privacy.model import Reveals
from privacy.sealing.opening import open_group


def read_picture(hand: AtHand, groups: Collection[Reveals]) -> Picture:
    """Lay together what stands of what was said, and what the columns hold beside it.

    Of `groups` only those appear that are open to the viewer.
    """
    return read_opened(hand, groups_opened(hand, groups))


def read_opened(hand: AtHand, groups: Collection[Reveals], *, names: bool = True) -> Picture:
    """Lay together the same of groups that were opened just before."""
    said = read_assertions(hand, groups, names=names)
    return picture_of([*said, *unsaid(hand, picture_of(said), groups)])


def groups_opened(hand: AtHand, groups: Collection[Reveals]) -> frozenset[Reveals]:
    """Open those of `groups` that may be opened, and name them."""
    return frozenset(
        group
        for group in groups
        if open_group(hand.session, hand.viewer, [hand.about], group, at=hand.at).rows
    )


def read_assertions(
    hand: AtHand, groups: Collection[Reveals], *, names: bool = True
) -> list[Assertion]:
    """Read all that was said of a record, also what was replaced; the oldest first.

    Without `names` nobody asks who said it, where it is known that they may not be told.
    """
    described = hand.described
    model = described.statement
    statements = hand.session.scalars(
        sa.select(model).where(model.case_id == hand.about.id).order_by(model.id)
    ).all()
    opened = {
        group
        for group in {*groups, *([described.says_who] if names else ())}
        if open_group(hand.session, hand.viewer, statements, group, at=hand.at).rows
    }
    said = (
        assertion
        for statement in statements
        for group in described.groups
        if group in opened and group in groups
        for assertion in assertions_of(statement, group, names=described.says_who in opened)
    )
    if hand.is_kept_here:
        return list(said)
    return [described.told_elsewhere(hand.about, each) for each in said]


def assertions_of(statement: Any, group: Reveals, *, names: bool) -> list[Assertion]:
    """Read what one statement says of one open group; with `names`, also who said it."""
    return [
        Assertion(
            path=path,
            value=told["value"],
            statement=statement.id,
            method=statement.method,
            entered_at=statement.entered_at,
            entered_by=statement.entered_by,
            said_by=statement.said_by if names else "",
            said_on=statement.said_on,
            certainty=Certainty(told.get("certainty", Certainty.CERTAIN)),
            replaces=frozenset(told.get("replaces", ())),
            earlier=tuple(told.get("earlier", ())),
            written_at=datetime.fromisoformat(told["at"]) if "at" in told else None,
            undoes=frozenset(told.get("undoes", ())),
            goes_by=told.get("goes_by"),
            why=told.get("why", ""),
            among=frozenset(told.get("among", ())),
        )
        for path, told in statement.of_group(group).items()
    ]


def statements_of(hand: AtHand) -> list[Any]:
    """List the statements about a record, the oldest first; only who made them is opened."""
    model = hand.described.statement
    found = hand.session.scalars(
        sa.select(model).where(model.case_id == hand.about.id).order_by(model.id)
    ).all()
    opened = open_group(hand.session, hand.viewer, found, hand.described.says_who, at=hand.at)
    return list(opened.rows)
