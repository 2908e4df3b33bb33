"""Keeping the lists of single records whole between two runs: as the next one would have them.

The best `PROPOSED_OF_EACH` of every record are in the table. So whoever is new enters where
it weighs more than the last, and places are counted again over what is there.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
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


class Standing(NamedTuple):
    """How many a list holds, and what its last place weighs."""

    held: int
    last: float

    def lets_in(self, log10_lr: float) -> bool:
        """Say whether such a weight may have a place."""
        return self.held < PROPOSED_OF_EACH or log10_lr >= self.last


NOBODY = Standing(0, 0.0)


def standings(session: Session, whose: str, ids: Ids, *, without: Ids) -> dict[int, Standing]:
    """Say of some lists how full they are, leaving out some of those on the other side."""
    own, other, place, _ = LISTS[whose]
    # One array, not a parameter each: of a record that says nothing there is everybody.
    these = sa.cast(list(ids), sa.ARRAY(sa.BigInteger))
    rows = session.execute(
        sa.select(own, sa.func.count(), sa.func.min(Pairing.log10_lr))
        .where(PROPOSED, own == sa.func.any(these), place > 0, other.not_in(without))
        .group_by(own)
    )
    return {number: Standing(held, last) for number, held, last in rows}


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


def rivals(session: Session, people: Ids, remains: Ids) -> Sequence[Any]:
    """Read all proposals that bear on those of some lists, by (id, person, remains, weight)."""
    theirs = sa.select(PEOPLE).where(PROPOSED, REMAINS.in_(remains))
    ours = sa.select(REMAINS).where(PROPOSED, PEOPLE.in_(people))
    return session.execute(
        sa.select(Pairing.id, PEOPLE, REMAINS, Pairing.log10_lr).where(
            PROPOSED,
            PEOPLE.in_(people) | REMAINS.in_(remains) | PEOPLE.in_(theirs) | REMAINS.in_(ours),
        )
    ).all()


def believe(session: Session, posteriors: Iterable[tuple[int, float]]) -> None:
    """Write how probable some proposals are now."""
    ids, values = zip(*posteriors, strict=True)
    rows = (
        sa.func.unnest(
            sa.cast(list(ids), sa.ARRAY(sa.BigInteger)),
            sa.cast(list(values), sa.ARRAY(sa.Double)),
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
