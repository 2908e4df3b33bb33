"""Who waits to be weighed: noted by the database in the transaction that changed a record."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import MatchingRun, MatchingState, WeighingDue, WeighingState
from casework.database import any_of

CHANNEL = "weighing_due"
# Few enough for a round of a few seconds; whoever comes meanwhile is in the next one.
AT_ONCE = 200
# Each is searched for among everybody: a second at most, for whoever is saved meanwhile waits.
GAPS_AT_ONCE = 10
# From so many on a whole run is sooner done than all of them one by one; our choice.
FOR_A_WHOLE_RUN = 2_000
WAITS = WeighingDue.state == WeighingState.WAITS


@dataclass(frozen=True, slots=True)
class Due:
    """Notes of changed records, and the rows that they are about."""

    notes: tuple[int, ...]
    people: frozenset[int]
    remains: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.notes)

    def __or__(self, other: "Due") -> "Due":
        return Due(
            (*self.notes, *other.notes),
            self.people | other.people,
            self.remains | other.remains,
        )

    @property
    def records(self) -> int:
        """Count the records that the notes are about."""
        return len(self.people) + len(self.remains)


def is_for_a_whole_run(session: Session) -> bool:
    """Say whether so many wait, after a large file came in, that all are weighed anew."""
    some = sa.select(WeighingDue.id).where(WAITS)
    beyond = some.order_by(WeighingDue.id).offset(FOR_A_WHOLE_RUN).limit(1)
    return session.scalar(beyond) is not None


def read_due(session: Session, *, without: Collection[int] = ()) -> Due:
    """Read whom to weigh next, the first come first, leaving out some notes."""
    return _read(session, WAITS & WeighingDue.id.not_in(without), AT_ONCE)


def read_first(session: Session, *, without: Collection[int] = ()) -> Due:
    """Read the one record to weigh next, with all notes of it; begin with none of some."""
    first = _read(session, WAITS & WeighingDue.id.not_in(without), 1)
    return _read(session, WAITS & _about(first), None)


def read_gaps(session: Session) -> Due:
    """Read whose lists to fill next."""
    return _read(session, WeighingDue.state == WeighingState.GAP, GAPS_AT_ONCE)


def _read(session: Session, which: sa.ColumnElement[bool], at_once: int | None) -> Due:
    rows = session.execute(
        sa.select(WeighingDue.id, WeighingDue.missing_person_id, WeighingDue.remains_id)
        .where(which)
        .order_by(WeighingDue.id)
        .limit(at_once)
    ).all()
    return Due(
        tuple(row.id for row in rows),
        frozenset(row.missing_person_id for row in rows if row.missing_person_id),
        frozenset(row.remains_id for row in rows if row.remains_id),
    )


def settle(session: Session, due: Due) -> None:
    """Strike out who was weighed; kept for a whole run under way, which has not seen them."""
    if _is_running(session):
        _turn(session, due, WeighingState.WEIGHED)
    else:
        strike_out(session, due)


def set_aside(session: Session, due: Due) -> None:
    """Leave to the next whole run whoever cannot be weighed: they keep nobody waiting."""
    _turn(session, due, WeighingState.SET_ASIDE)


def strike_out(session: Session, due: Due) -> None:
    """Forget some notes."""
    session.execute(sa.delete(WeighingDue).where(WeighingDue.id.in_(due.notes)))


def note_gaps(session: Session, people: Collection[int], remains: Collection[int]) -> None:
    """Note in whose lists somebody moves up: another worker fills them if this one dies."""
    gaps = [
        *({"missing_person_id": each, "remains_id": None} for each in people),
        *({"missing_person_id": None, "remains_id": each} for each in remains),
    ]
    if gaps:
        session.execute(sa.insert(WeighingDue).values(state=WeighingState.GAP), gaps)


def _about(due: Due) -> sa.ColumnElement[bool]:
    people = WeighingDue.missing_person_id.in_(due.people)
    return people | WeighingDue.remains_id.in_(due.remains)


def _turn(session: Session, due: Due, state: WeighingState) -> None:
    session.execute(
        sa.update(WeighingDue).where(WeighingDue.id.in_(due.notes)).values(state=state)
    )


def notes_so_far(session: Session) -> list[int]:
    """List all notes before a whole run reads the records: it sees what these are about."""
    return list(session.scalars(sa.select(WeighingDue.id)))


def settle_for_run(session: Session, seen: Collection[int]) -> None:
    """Strike out what a whole run has seen, and let the rest be weighed by its numbers."""
    session.execute(sa.delete(WeighingDue).where(WeighingDue.id == any_of(seen)))
    again = (WeighingState.WEIGHED, WeighingState.SET_ASIDE)
    session.execute(
        sa.update(WeighingDue)
        .where(WeighingDue.state.in_(again))
        .values(state=WeighingState.WAITS)
    )
    call_worker(session)


def call_worker(session: Session) -> None:
    """Wake the worker that weighs new records, once this transaction is done."""
    session.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))


def last_run(session: Session) -> MatchingRun | None:
    """Give the newest whole run that ended well."""
    return session.scalar(
        sa.select(MatchingRun)
        .where(MatchingRun.state == MatchingState.FINISHED)
        .order_by(MatchingRun.id.desc())
        .limit(1)
    )


def _is_running(session: Session) -> bool:
    return bool(
        session.scalar(sa.select(sa.exists().where(MatchingRun.state == MatchingState.RUNNING)))
    )
