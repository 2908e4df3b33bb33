"""One round of retention, every day: warn, call to mind, close or erase; or doubt the clock."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.retention.erasing import erase
from casework.retention.queries import Due, all_due, last_round
from casework.retention.restoring import erase_again
from casework.retention.rules import number_of
from privacy.audit.log import Deed, record
from privacy.permissions import KEEPER
from privacy.retention.model import Outcome, RetentionNotice, RetentionRound, Stage
from privacy.retention.rules import is_clock_doubtful

# Any two numbers nobody else locks: two workers never go round at once.
_ROUND = (7366, 2026)


def go_round(database: Database, at: datetime) -> Outcome | None:
    """Do today's round in one transaction; None if another worker is at it."""
    with database.transaction(KEEPER) as session:
        if not session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(*_ROUND))):
            return None
        return round_of(session, at)


def round_of(session: Session, at: datetime) -> Outcome:
    """Do a round in the keeper's session: all of it, or nothing if the clock is in doubt."""
    erase_again(session, at=at)
    last = last_round(session)
    if last is not None and last.outcome is Outcome.CLOCK_DOUBTED:
        return Outcome.CLOCK_DOUBTED  # until a person confirms the time
    if is_clock_doubtful(last.at if last else None, at):
        session.add(RetentionRound(at=at, outcome=Outcome.CLOCK_DOUBTED))
        record(session, Deed.RETENTION_DOUBTED, by=KEEPER, at=at)
        return Outcome.CLOCK_DOUBTED
    stages = [_take_step(session, due, at) for due in _ready(session, at)]
    erased = stages.count(Stage.ERASED)
    noted = len(stages) - erased
    session.add(RetentionRound(at=at, outcome=Outcome.DONE, noted=noted, erased=erased))
    record(session, Deed.RETENTION_ROUND, by=KEEPER, at=at, noted=noted, erased=erased)
    return Outcome.DONE


def _ready(session: Session, at: datetime) -> list[Due]:
    return [
        each
        for each in all_due(session, today=at.date(), ahead=timedelta())
        if each.next is not None
    ]


def _take_step(session: Session, due: Due, at: datetime) -> Stage:
    if due.next is None:
        raise ValueError(due.reference)
    session.add(
        RetentionNotice(
            **number_of(due.record),
            owner_institution_id=due.record.owner_institution_id,
            reference=due.reference,
            stage=due.next,
            rule=due.rule.kind.value,
            due_on=due.due_on,
            noted_at=at,
        )
    )
    if due.next is Stage.ERASED:
        erase(session, KEEPER, due.record, basis=f"retention:{due.rule.kind}", at=at)
    elif due.next is Stage.RESTRICTED:
        due.record.restricted_at = due.record.restricted_at or at
        record(session, Deed.RETENTION_RESTRICTED, by=KEEPER, at=at, about=due.reference)
    else:
        record(
            session,
            Deed.RETENTION_NOTED,
            by=KEEPER,
            at=at,
            about=due.reference,
            stage=due.next.value,
            rule=due.rule.kind.value,
        )
    return due.next
