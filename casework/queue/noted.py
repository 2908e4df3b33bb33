"""When something was last noted of a record that could name somebody, weighed or not.

That prints were taken, that a hospital has the X-rays, that a dental record came or a sample
was taken is told to no weight, and is what a pair was parked for want of.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import any_of
from casework.missing.model import MissingPerson, MissingPersonStatement
from casework.profiles.model import MissingPersonProfile, RemainsProfile
from casework.remains.model import Remains, RemainsStatement
from casework.samples.model import MissingPersonSample, RemainsSample


def noted_of_people(session: Session, people: Collection[int]) -> dict[int, datetime]:
    """Give when it was last noted of some missing people, by their record's id."""
    asked = [
        _said(MissingPerson, MissingPersonStatement, people),
        _entered(MissingPersonSample, people),
        _entered(MissingPersonProfile, people),
    ]
    return _last(session, asked)


def noted_of_remains(session: Session, remains: Collection[int]) -> dict[int, datetime]:
    """Give the same of some remains."""
    asked = [
        _said(Remains, RemainsStatement, remains),
        _entered(RemainsSample, remains),
        _entered(RemainsProfile, remains),
    ]
    return _last(session, asked)


def _said(record: Any, statement: Any, numbers: Collection[int]) -> sa.Select[Any]:
    """Ask when anything was last said of the body or of DNA; what it was stays sealed."""
    # What is still written on has no end: it says something new whenever its record does.
    ended = sa.func.coalesce(statement.finished_at, record.changed_at)
    return (
        sa.select(statement.case_id, sa.func.max(sa.func.greatest(statement.entered_at, ended)))
        .join(record, record.id == statement.case_id)
        .where(
            statement.case_id == any_of(numbers),
            statement.body_sealed.is_not(None) | statement.dna_sealed.is_not(None),
        )
        .group_by(statement.case_id)
    )


def _entered(table: Any, numbers: Collection[int]) -> sa.Select[Any]:
    """Ask when something that is kept in rows of its own was last entered."""
    entered = sa.select(table.case_id, sa.func.max(table.entered_at))
    return entered.where(table.case_id == any_of(numbers)).group_by(table.case_id)


def _last(session: Session, asked: Collection[sa.Select[Any]]) -> dict[int, datetime]:
    last: dict[int, datetime] = {}
    for number, at in session.execute(sa.union_all(*asked)):
        last[number] = max(at, last.get(number, at))
    return last
