"""A question about pairings that asks of each of their records only once.

Every condition on a side is written as "its record is one of those that …", and the policies
and a search write several. PostgreSQL makes none of them into one: it looks the record up for
each, asks the record's own policies each time, and plans each. Written as one they mean the
same, for the numbers compared are those of one record.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators

# A select that names records by their number and says which, with no limit and no order.
SAYS_NO_MORE = "says_no_more"


def one_of(
    side: Any, model: type[Any], which: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Say of a pairing that its record on a side is one of some."""
    records = sa.select(model.id).where(which)
    wanted: sa.ColumnElement[bool] = side.in_(records.execution_options(**{SAYS_NO_MORE: True}))
    return wanted


def asked_once(query: sa.Select[Any]) -> sa.Select[Any]:
    """Write `query`, which has conditions and nothing else, so that each side is asked once."""
    rest: list[sa.ColumnElement[bool]] = []
    sides: dict[str, tuple[Any, type[Any], list[Any]]] = {}
    for each in _every(query.whereclause):
        records = _records_of(each)
        if records is None:
            rest.append(each)
            continue
        model = records.column_descriptions[0]["entity"]
        side = sides.setdefault(each.left.key, (each.left, model, []))
        side[2].append(records.whereclause)
    whole = [
        one_of(side, model, sa.and_(*conditions)) for side, model, conditions in sides.values()
    ]
    told = [each["expr"] for each in query.column_descriptions]
    return (
        sa.select(*told).where(*whole, *rest).execution_options(**query.get_execution_options())
    )


def _every(condition: Any) -> Iterator[Any]:
    """Take apart what must all hold."""
    is_all = (
        isinstance(condition, sa.BooleanClauseList) and condition.operator is operators.and_
    )
    if not is_all:
        yield condition
        return
    for each in condition.clauses:
        yield from _every(each)


def _records_of(condition: Any) -> sa.Select[Any] | None:
    """Give the records that a condition wants one of, where `one_of` wrote it."""
    if (
        not isinstance(condition, sa.BinaryExpression)
        or condition.operator is not operators.in_op
    ):
        return None
    records = getattr(condition.right, "element", None)
    is_ours = isinstance(records, sa.Select) and SAYS_NO_MORE in records.get_execution_options()
    return records if is_ours else None
