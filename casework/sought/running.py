"""Weighing people alive: after each run, each night, when one agrees, and by the hour.

All of them each time. Those who agreed are few, and nothing that one said an hour ago stays
weighed by what they said before. Nothing is written of how many there are but in the log.
Whoever keeps a record is told that somebody may be looking for one of theirs, and no more.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from casework.candidates import running
from casework.candidates.apart import are_records_apart
from casework.candidates.reading import read_living, read_people
from casework.candidates.rules import STILL_SOUGHT
from casework.database import Database, wait_for_turn
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.sought.model import LivingPairing
from casework.sought.rules import TOLD_FROM, WHO_ASKS
from casework.sought.weighing import MODEL, Found, weigh
from privacy.audit.log import Deed, record
from privacy.consent.model import Consent
from privacy.permissions import MATCHER, Permission, demand

Clock = Callable[[], datetime]
AT_ONCE = 2_000
# From the instant that a deed is entered under until its transaction is surely over.
COMMITTED = timedelta(minutes=1)
# As `casework.jobs.tasks` has it done.
BY_DAY = timedelta(hours=1)


def run_matching(database: Database, run_id: int, clock: Clock) -> None:
    """Do one whole run, and then weigh the living, whatever became of it.

    A run fails where there are no remains yet; somebody alive may be found all the same.
    """
    running.run_matching(database, run_id, clock)
    weigh_living(database, clock())


def weigh_agreed(database: Database, living_person_id: int, at: datetime) -> None:
    """Weigh the living because one of them agreed; the others lose nothing by it.

    Everybody is weighed, for rivals decide what is believed of each. So those who agreed while
    an earlier one waited for its turn are weighed along with it, and not once more each.
    """
    with database.transaction(MATCHER) as session:
        since = sa.select(LivingPerson.changed_at + COMMITTED).where(
            LivingPerson.id == living_person_id
        )
        later = sa.exists().where(LivingPairing.weighed_at > since.scalar_subquery())
        is_weighed = session.scalar(sa.select(later))
    if not is_weighed:
        weigh_living(database, at)


def weigh_by_day(database: Database, at: datetime) -> None:
    """Weigh the living if a report, a consent or one of theirs came within the last hour.

    By the clock and not at once: from when a notice came, nobody reads which report it was.
    """
    since = at - BY_DAY - COMMITTED
    with database.transaction(MATCHER) as session:
        came = sa.or_(
            sa.exists().where(MissingPerson.changed_at > since),
            sa.exists().where(LivingPerson.changed_at > since),
            sa.exists().where(Consent.recorded_at > since),
        )
        if not session.scalar(sa.select(came)):
            return
    weigh_living(database, at)


def weigh_living(database: Database, at: datetime) -> None:
    """Open whoever agreed and all who may be searched for, weigh them, and propose."""
    with database.transaction(MATCHER) as session:
        demand(MATCHER, Permission.MATCHING_RUN)
        before = _worth_asking(session)
        alive = read_living(session)
        people = read_people(session, at, with_names=True) if alive else []
        if alive:
            record(
                session,
                Deed.MATCHING_OPENED_CASES,
                by=MATCHER,
                about="living_pairing",
                at=at,
                missing=len(people),
                living=len(alive),
                named=sum(bool(each.names) for each in (*people, *alive)),
            )
    found = list(weigh(people, alive))
    for start in range(0, len(found), AT_ONCE):
        with database.transaction(MATCHER) as session:
            # A refusal takes the same lock: it ends what was written, or is read before
            # writing. Nobody who says no waits for more than these.
            wait_for_turn(session, "living_pairing")
            _put_down(session, found[start : start + AT_ONCE], at=at)
    with database.transaction(MATCHER) as session:
        wait_for_turn(session, "living_pairing")
        session.execute(sa.delete(LivingPairing).where(LivingPairing.weighed_at < at))
    with database.transaction(MATCHER) as session:
        remove_closed(session)
        _tell_keepers(session, _worth_asking(session) - before, at=at)


def _worth_asking(session: Session) -> set[tuple[int, int]]:
    """Give the proposals probable enough to call somebody, by whose record and its number."""
    found = sa.select(LivingPerson.owner_institution_id, LivingPairing.id).join(
        LivingPerson, LivingPerson.id == LivingPairing.living_person_id
    )
    return {
        (whose, number)
        for whose, number in session.execute(found.where(LivingPairing.posterior >= TOLD_FROM))
    }


def _tell_keepers(session: Session, new: set[tuple[int, int]], *, at: datetime) -> None:
    """Tell whoever keeps a record that there is somebody to ask; never who looks for whom."""
    for institution in sorted({whose for whose, _ in new}):
        told = Told(
            kind=NotificationKind.MAY_BE_SOUGHT,
            institution_id=institution,
            roles=WHO_ASKS,
            path="/sought",
            key=f"sought:{institution}:{at.isoformat()}",
        )
        tell(session, told, at=at)


def _put_down(session: Session, found: Sequence[Found], *, at: datetime) -> None:
    rows = [
        {
            "missing_person_id": each.missing_person_id,
            "living_person_id": each.living_person_id,
            "model": MODEL,
            "log10_lr": each.log10_lr,
            "posterior": each.posterior,
            "prior": each.prior,
            "weights": json.loads(each.weights),
            "first_proposed_at": at,
            "weighed_at": at,
        }
        for each in found
    ]
    new = insert(LivingPairing)
    kept = {"missing_person_id", "living_person_id", "first_proposed_at"}
    session.execute(
        new.on_conflict_do_update(
            index_elements=["missing_person_id", "living_person_id"],
            set_={name: new.excluded[name] for name in rows[0] if name not in kept},
            # Two weighings that overlap: what the later one read stands.
            where=LivingPairing.weighed_at <= new.excluded.weighed_at,
        ),
        rows,
    )


def remove_closed(session: Session) -> None:
    """Take out whoever was closed, or kept apart, while the proposals were written.

    The database ends those of records closed before or after; it passes over rows that
    nobody but their writer sees yet. The matcher is shown only who may be searched.
    """
    alive = sa.select(LivingPerson.id)
    people = sa.select(MissingPerson.id).where(MissingPerson.search_status.in_(STILL_SOUGHT))
    session.execute(
        sa.delete(LivingPairing).where(
            sa.or_(
                LivingPairing.living_person_id.not_in(alive),
                LivingPairing.missing_person_id.not_in(people),
                are_records_apart(
                    LivingPairing.missing_person_id,
                    LivingPairing.living_person_id,
                    LivingPerson,
                ),
            )
        )
    )
