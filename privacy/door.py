"""The one way to records: what the policies open, as a query, and each row asked again."""

from collections.abc import Collection, Hashable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.policy.compiling import compiled
from privacy.policy.decisions import decide_each, decide_many
from privacy.policy.guarded import Asked, Guarded, guarded_of, part_of
from privacy.policy.residuals import left_open

Row = TypeVar("Row")

# Statements that came through the door say so, and for whom; see privacy/net.py.
CAME_THROUGH = "came_through_the_door"
# Those of a few pages: each page asks at its own instant.
MOST_WRITTEN = 256


def condition(
    viewer: Viewer,
    permission: Permission,
    model: type[Any],
    at: datetime | Any,
    *,
    also: Collection[Permission] = (),
) -> sa.ColumnElement[bool]:
    """Write what `permission` opens to `viewer`, and `also` does, as a condition on `model`.

    Raises
    ------
    UnguardedRecord
        If no policy speaks of the model.
    UnreadableRule
        If the policies leave something open that no query can be made of.
    """
    return _written(viewer, (permission, *also), cast("Hashable", model), at)


@lru_cache(maxsize=MOST_WRITTEN)
def _written(
    viewer: Viewer, permissions: tuple[Permission, ...], model: Any, at: datetime | Any
) -> sa.ColumnElement[bool]:
    """Write it once: a page asks the same of the same records in many questions."""
    if (part := part_of(model)) is not None:
        opens = _written(viewer, permissions, cast("Hashable", part.whole), at)
        whole = sa.select(part.whole.id).where(opens)
        return cast("sa.ColumnElement[bool]", part.model.case_id.in_(whole))
    guarded = guarded_of(model)
    left = [left_open(viewer, each, guarded.kind) for each in permissions]
    return compiled(left, guarded, Asked(viewer, at))


def readable(
    viewer: Viewer,
    permission: Permission,
    model: type[Row],
    at: datetime,
    *,
    also: Collection[Permission] = (),
) -> sa.Select[Any]:
    """Start a query from what `permission` opens to `viewer`, and each of `also` too."""
    query = sa.select(model).where(condition(viewer, permission, model, at, also=also))
    checked = frozenset({model, *guarded_of(model).asks})
    return query.execution_options(**{CAME_THROUGH: (viewer, checked)})


def recheck(  # noqa: PLR0917 - the words of every question, in their order
    session: Session,
    viewer: Viewer,
    permission: Permission,
    rows: Sequence[Row],
    at: datetime,
) -> list[Row]:
    """Ask the policies about each row that a query gave; drop and log what they refuse."""
    if not rows:
        return []
    rulings = decide_each(session, viewer, permission, rows, at=at)
    for row, ruling in zip(rows, rulings, strict=True):
        if not ruling:
            record(
                session,
                Deed.POLICY_DISAGREED,
                by=viewer,
                at=at,
                about=getattr(row, "reference", None),
                permission=permission.value,
                rule=ruling.rule,
            )
    return [row for row, ruling in zip(rows, rulings, strict=True) if ruling]


def groups_open(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> dict[int, frozenset[Reveals]]:
    """Say for each row which groups of its fields are open to `viewer`."""
    if not rows:
        return {}
    wanted = permissions_by_group(guarded_of(type(rows[0])))
    rulings = decide_many(session, viewer, list(wanted.values()), rows, at=at)
    return {
        row_id: frozenset(group for group, each in wanted.items() if answers[each])
        for row_id, answers in rulings.items()
    }


def permissions_by_group(guarded: Guarded) -> dict[Reveals, Permission]:
    """Name the permission that opens each group of a kind of record."""
    resource = guarded.exists.value.removesuffix(":read")
    groups = {Reveals.CIRCUMSTANCE: guarded.exists}
    for group in (Reveals.IDENTITY, Reveals.CONTACT, Reveals.BODY, Reveals.DNA):
        name = f"{resource}:{group.value}:read"
        if name in set(Permission):
            groups[group] = Permission(name)
    return groups
