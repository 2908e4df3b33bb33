"""Keeping the lists of single records whole between two runs: as the next one would have them.

The best `PROPOSED_OF_EACH` of every record are in the table. So whoever is new enters where
it weighs more than the last, and places are counted again over what is there.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing, PairingState
from casework.candidates.rules import PROPOSED_OF_EACH
from casework.database import turn_of, wait_for_turn
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.context import go_on_as
from privacy.permissions import KEEPER, MATCHER

Ids = Collection[int]
PEOPLE, REMAINS = Pairing.missing_person_id, Pairing.remains_id
# Whose list: the column of its records, the other's, the place in it, and what orders equals.
LISTS: dict[str, tuple[Any, Any, Any, Any]] = {
    "people": (PEOPLE, REMAINS, Pairing.rank_for_missing, Remains),
    "remains": (REMAINS, PEOPLE, Pairing.rank_for_remains, MissingPerson),
}
PROPOSED = Pairing.state == PairingState.PROPOSED
# Held until a transaction ends by whoever writes proposals: a whole run or one worker.
WRITING = "reunir: one at a time writes proposals"


def may_write(session: Session) -> bool:
    """Say whether nobody else writes proposals; nobody begins to before this one is done."""
    return bool(session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(turn_of(WRITING)))))


def wait_to_write(session: Session) -> None:
    """Wait, as long as it takes, until nobody else writes proposals."""
    wait_for_turn(session, WRITING)


def last_places(session: Session, whose: str, ids: Ids | None = None) -> dict[int, float]:
    """Give what the last place weighs in lists that are full: all of them, or some."""
    own, _, place, _ = LISTS[whose]
    last = sa.select(own, Pairing.log10_lr).where(PROPOSED, place == PROPOSED_OF_EACH)
    rows = session.execute(last if ids is None else last.where(_is_any(own, ids)))
    return {row[0]: row[1] for row in rows}


def _is_any(column: Any, ids: Ids) -> sa.ColumnElement[bool]:
    """Ask for some numbers in one array, not with a parameter each: there may be thousands."""
    asked: sa.ColumnElement[bool] = column == sa.func.any(
        sa.cast(list(ids), sa.ARRAY(sa.BigInteger))
    )
    return asked


class Place(NamedTuple):
    """A place of `other` in the list of `own`, and whether that list is full."""

    own: int
    other: int
    log10_lr: float
    is_full: bool


def places_of(session: Session, whose: str, others: Ids) -> list[Place]:
    """Find where some records are proposed, in the lists of the other side."""
    own, other, place, _ = LISTS[whose]
    listing = sa.select(own).where(PROPOSED, other.in_(others))
    listed = session.execute(
        sa.select(own, sa.func.count())
        .where(PROPOSED, own.in_(listing), place > 0)
        .group_by(own)
    )
    full = {number for number, held in listed if held >= PROPOSED_OF_EACH}
    rows = session.execute(
        sa.select(own, other, Pairing.log10_lr, place).where(PROPOSED, other.in_(others))
    )
    return [
        Place(mine, theirs, weight, place_there > 0 and mine in full)
        for mine, theirs, weight, place_there in rows
    ]


def retire(session: Session, people: Ids, remains: Ids) -> None:
    """Say of the pairings of changed records that they are no longer proposed."""
    session.execute(
        sa.update(Pairing)
        .where(PROPOSED, PEOPLE.in_(people) | REMAINS.in_(remains))
        .values(state=PairingState.NO_LONGER_PROPOSED)
        .execution_options(synchronize_session=False)
    )


def remove_closed(session: Session, people: Ids, remains: Ids) -> None:
    """End what pairings records have that may not be searched, if any are left.

    When a record is closed the database does so by itself; here it is asked once more, for
    those that a run or another worker put down at that very moment. Whoever holds one of
    them is waited for, as the database passes over it.
    """
    listed_people, listed_remains = (
        set(session.scalars(sa.select(column).where(column.in_(ids)).with_for_update()))
        for column, ids in ((PEOPLE, people), (REMAINS, remains))
    )
    if not listed_people and not listed_remains:
        return
    go_on_as(session, KEEPER)
    for table, numbers in ((MissingPerson, listed_people), (Remains, listed_remains)):
        session.execute(
            sa.update(table)
            .where(table.id.in_(numbers))
            .values(search_consent=table.search_consent)
            .execution_options(synchronize_session=False)
        )
    go_on_as(session, MATCHER)


def close_expired(session: Session, at: datetime) -> None:
    """Let the ledger sum up again the consents that ran out, as the keeper."""
    session.execute(
        sa.update(MissingPerson)
        .where(MissingPerson.search_until <= at)
        .values(search_until=None)
        .execution_options(synchronize_session=False)
    )


def prior_of(session: Session, run_id: int, *, invented: bool) -> float | None:
    """Give what a whole run believed of a pair of one world, if it listed any."""
    people = sa.select(MissingPerson.id).where(MissingPerson.invented.is_(invented))
    return session.scalar(
        sa.select(Pairing.prior)
        .where(Pairing.matching_run_id == run_id, PEOPLE.in_(people))
        .limit(1)
    )


def count_places(session: Session, whose: str, ids: Ids) -> None:
    """Count the places of some lists again; who has none in either is no longer proposed."""
    own, other, place, table = LISTS[whose]
    row = table.__table__.c
    order = (Pairing.log10_lr.desc(), row.record_id)
    counted = (
        sa.select(
            Pairing.id, sa.func.row_number().over(partition_by=own, order_by=order).label("at")
        )
        .join(table.__table__, row.id == other)
        .where(PROPOSED, own.in_(ids))
        .subquery()
    )
    at = sa.case((counted.c.at <= PROPOSED_OF_EACH, counted.c.at), else_=0)
    session.execute(
        sa.update(Pairing)
        .where(Pairing.id == counted.c.id, place != at)
        .values({place: at})
        .execution_options(synchronize_session=False)
    )


def retire_who_has_no_place(
    session: Session, people: Ids, remains: Ids
) -> Sequence[tuple[int, int]]:
    """Say of pairings that both lists let go that they are no longer proposed; give them."""
    retired = session.execute(
        sa.update(Pairing)
        .where(
            PROPOSED,
            PEOPLE.in_(people) | REMAINS.in_(remains),
            Pairing.rank_for_missing == 0,
            Pairing.rank_for_remains == 0,
        )
        .values(state=PairingState.NO_LONGER_PROPOSED)
        .returning(PEOPLE, REMAINS)
        .execution_options(synchronize_session=False)
    )
    return [(row.missing_person_id, row.remains_id) for row in retired]


# A proposal as the database sends it: numbers of eight bytes, the highest first.
SENT = {
    "id": ">i8",
    "missing_person_id": ">i8",
    "remains_id": ">i8",
    "log10_lr": ">f8",
    "posterior": ">f8",
}
RIVAL = np.dtype(list(SENT.items()))


def rivals(session: Session, people: Ids, remains: Ids) -> NDArray[np.void]:
    """Read all proposals that bear on those of some lists, each a `RIVAL`, by their number."""
    changed = (
        sa.select(PEOPLE, REMAINS)
        .where(PROPOSED, _is_any(PEOPLE, people) | _is_any(REMAINS, remains))
        .cte("changed")
    )
    both = sa.union_all(
        _in_lists_of(PEOPLE, changed.c.missing_person_id),
        _in_lists_of(REMAINS, changed.c.remains_id),
    ).subquery()
    # In one piece: there may be a hundred thousand, and a Python object each takes longer.
    numbers: list[sa.ColumnElement[Any]] = [
        (sa.func.int8send if kind == ">i8" else sa.func.float8send)(both.c[name])
        for name, kind in SENT.items()
    ]
    row = reduce(lambda before, more: before.op("||")(more), numbers)
    sent = sa.func.string_agg(row, sa.cast(b"", sa.LargeBinary), type_=sa.LargeBinary)
    rows = np.frombuffer(session.scalar(sa.select(sent)) or b"", dtype=RIVAL)
    once = np.unique(rows["id"], return_index=True)[1]
    return rows[once].astype(RIVAL.newbyteorder("="))


def _in_lists_of(column: Any, changed: sa.ColumnElement[int]) -> sa.Select[Any]:
    """Read the proposals of each of some records by the index.

    OFFSET keeps the planner from reading the whole table instead, which it thinks cheaper.
    """
    who = sa.select(changed.label("number")).distinct().subquery()
    theirs = (
        sa.select(*(getattr(Pairing, name) for name in SENT))
        .where(PROPOSED, column == who.c.number)
        .offset(0)
        .lateral()
    )
    return sa.select(*theirs.c).select_from(who.join(theirs, sa.true()))


def believe(session: Session, ids: Sequence[int], posteriors: Sequence[float]) -> None:
    """Write how probable some proposals are now."""
    rows = (
        sa.func.unnest(
            sa.cast(list(ids), sa.ARRAY(sa.BigInteger)),
            sa.cast(list(posteriors), sa.ARRAY(sa.Double)),
        )
        .table_valued("id", "posterior")
        .render_derived(name="believed")
    )
    session.execute(
        sa.update(Pairing)
        .where(Pairing.id == rows.c.id)
        .values(posterior=rows.c.posterior)
        .execution_options(synchronize_session=False)
    )
