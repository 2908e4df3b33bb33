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

from casework.candidates.apart import is_kept_apart
from casework.candidates.model import Pairing, PairingState
from casework.candidates.proposing import LET_GO
from casework.candidates.rules import PROPOSED_OF_EACH
from casework.database import any_of, turn_of, wait_for_turn, waited_for_turn
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


def wait_a_while_to_write(session: Session) -> bool:
    """Wait as a person does until nobody else writes proposals; say whether it is their turn.

    A whole run of a large registry writes for minutes.
    """
    return waited_for_turn(session, WRITING)


def last_places(session: Session, whose: str, ids: Ids | None = None) -> dict[int, float]:
    """Give what the last place weighs in lists that are full: all of them, or some."""
    own, _, place, _ = LISTS[whose]
    if ids is None:
        last = sa.select(own, Pairing.log10_lr).where(PROPOSED, place == PROPOSED_OF_EACH)
    else:
        listed = _proposals_of(own, _each(ids), place)
        last = sa.select(listed.c[own.key], listed.c.log10_lr)
        last = last.where(listed.c[place.key] == PROPOSED_OF_EACH)
    return {row[0]: row[1] for row in session.execute(last)}


def _each(ids: Ids) -> sa.FromClause:
    """Hand over numbers in one array, not with a parameter each: there may be thousands."""
    numbers = sa.func.unnest(sa.cast(list(ids), sa.ARRAY(sa.BigInteger)))
    return numbers.table_valued("number").render_derived()


def _proposals_of(column: Any, who: sa.FromClause, *more: Any) -> sa.Subquery:
    """Read what is proposed of each of some records by the index of their numbers.

    OFFSET keeps the planner to that index. It may not know how many proposals there are, just
    after a run put them down, and then reads the whole table, or one index of it, instead.
    """
    columns = (Pairing.id, PEOPLE, REMAINS, Pairing.log10_lr, *more)
    theirs = (
        sa.select(*columns, Pairing.state)
        .where(column == who.c.number)
        .offset(0)
        .lateral("theirs")
    )
    return (
        sa.select(*(theirs.c[each.key] for each in columns))
        .select_from(who.join(theirs, sa.true()))
        .where(theirs.c.state == PairingState.PROPOSED)
        .subquery()
    )


class Place(NamedTuple):
    """A place of `other` in the list of `own`, and whether that list is full."""

    own: int
    other: int
    log10_lr: float
    is_full: bool


def places_of(session: Session, whose: str, others: Ids) -> list[Place]:
    """Find where some records are proposed, in the lists of the other side."""
    own, other, place, _ = LISTS[whose]
    theirs = _proposals_of(other, _each(others), place)
    named = (theirs.c[own.key], theirs.c[other.key], theirs.c.log10_lr, theirs.c[place.key])
    rows = session.execute(sa.select(*named)).all() if others else []
    full = _full(session, whose, {row[0] for row in rows})
    return [
        Place(mine, theirs, weight, place_there > 0 and mine in full)
        for mine, theirs, weight, place_there in rows
    ]


def _full(session: Session, whose: str, ids: Ids) -> set[int]:
    """Say which of some lists have no free place."""
    if not ids:
        return set()
    own, _, place, _ = LISTS[whose]
    listed = _proposals_of(own, _each(ids), place)
    of_list = listed.c[own.key]
    filled = sa.select(of_list).where(listed.c[place.key] > 0).group_by(of_list)
    return set(session.scalars(filled.having(sa.func.count() >= PROPOSED_OF_EACH)))


def retire(session: Session, people: Ids, remains: Ids) -> None:
    """Say of the pairings of changed records that they are no longer proposed."""
    _retire(session, people, remains)


def retire_who_has_no_place(
    session: Session, people: Ids, remains: Ids
) -> Sequence[tuple[int, int]]:
    """Say of pairings that both lists let go that they are no longer proposed; give them."""
    return _retire(session, people, remains, Pairing.rank_for_missing, Pairing.rank_for_remains)


def _retire(
    session: Session, people: Ids, remains: Ids, *noughts: Any
) -> Sequence[tuple[int, int]]:
    """Retire proposals of some records: all, or those in which some columns are nought."""
    found: dict[int, tuple[int, int]] = {}
    for column, ids in ((PEOPLE, people), (REMAINS, remains)):
        theirs = _proposals_of(column, _each(ids), *noughts)
        named = sa.select(theirs.c.id, theirs.c.missing_person_id, theirs.c.remains_id)
        chosen = named.where(*(theirs.c[each.key] == 0 for each in noughts))
        rows = session.execute(chosen) if ids else ()
        found.update((row[0], (row[1], row[2])) for row in rows)
    if found:
        session.execute(
            sa.update(Pairing)
            .where(Pairing.id == any_of(found))
            .values(state=LET_GO)
            .execution_options(synchronize_session=False)
        )
    return list(found.values())


def remove_closed(session: Session, people: Ids, remains: Ids) -> None:
    """End what pairings records have that may not be searched, if any are left.

    When a record is closed the database does so by itself; here it is asked once more, for
    those that a run or another worker put down at that very moment. Whoever holds one of
    them is waited for, as the database passes over it.
    """
    if not people and not remains:
        return
    listed_people, listed_remains = (
        set(session.scalars(sa.select(column).where(column.in_(ids)).with_for_update()))
        for column, ids in ((PEOPLE, people), (REMAINS, remains))
    )
    if not listed_people and not listed_remains:
        return
    _let_database_end(session, listed_people, listed_remains)


def remove_kept_apart(session: Session, people: Ids, remains: Ids) -> None:
    """End the pairings of some records that must not be compared, if any are left; as above."""
    apart_people, apart_remains = (
        set(
            session.scalars(
                sa.select(column).where(column.in_(ids), is_kept_apart()).with_for_update()
            )
        )
        for column, ids in ((PEOPLE, people), (REMAINS, remains))
    )
    if apart_people or apart_remains:
        _let_database_end(session, apart_people, apart_remains)


def _let_database_end(session: Session, listed_people: Ids, listed_remains: Ids) -> None:
    """Write records again as they are: the database ends the pairings that must not be."""
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
    """Count the places of some lists again, and write those that changed."""
    own, other, place, table = LISTS[whose]
    listed = _proposals_of(own, _each(ids), place)
    row = table.__table__.c
    record = sa.select(row.record_id).where(row.id == listed.c[other.key]).offset(0).lateral()
    order = (listed.c.log10_lr.desc(), record.c.record_id)
    number = sa.func.row_number().over(partition_by=listed.c[own.key], order_by=order)
    counted = (
        sa.select(listed.c.id, listed.c[place.key].label("before"), number.label("at"))
        .select_from(listed.join(record, sa.true()))
        .subquery()
    )
    at = sa.case((counted.c.at <= PROPOSED_OF_EACH, counted.c.at), else_=0)
    changed = session.execute(sa.select(counted.c.id, at).where(counted.c.before != at)).all()
    if changed:
        numbers, places = zip(*changed, strict=True)
        _write(session, place, numbers, places)


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
    of_people, of_remains = (
        _proposals_of(column, _each(ids))
        for column, ids in ((PEOPLE, people), (REMAINS, remains))
    )
    changed = sa.union_all(
        *(sa.select(of.c.missing_person_id, of.c.remains_id) for of in (of_people, of_remains))
    ).cte("changed")
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
    """Read the proposals of each of some records, each record once."""
    who = sa.select(changed.label("number")).distinct().subquery()
    theirs = _proposals_of(column, who, Pairing.posterior)
    return sa.select(*(theirs.c[name] for name in SENT))


def believe(session: Session, ids: Sequence[int], posteriors: Sequence[float]) -> None:
    """Write how probable some proposals are now."""
    _write(session, Pairing.posterior, ids, posteriors)


def _write(session: Session, column: Any, ids: Sequence[int], values: Sequence[float]) -> None:
    """Write one column of some proposals."""
    rows = (
        sa.func.unnest(
            sa.cast(list(ids), sa.ARRAY(sa.BigInteger)),
            sa.cast(list(values), sa.ARRAY(column.type)),
        )
        .table_valued("id", "value")
        .render_derived(name="written")
    )
    session.execute(
        sa.update(Pairing)
        .where(Pairing.id == rows.c.id)
        .values({column: rows.c.value})
        .execution_options(synchronize_session=False)
    )
