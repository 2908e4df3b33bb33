"""Reading the action log, for whoever watches over the registry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.listing import counted
from casework.signin.model import Account
from casework.signin.queries import institution_names, names_behind
from privacy.audit.model import Entry
from privacy.permissions import Permission, Viewer, demand

PAGE_SIZE = 50
# A week of a very busy registry; our choice. The log itself has a line for each look.
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a reader of the log wants to see; an empty filter is the whole log."""

    about: str = ""
    concerning: str = ""
    deed: str = ""
    account: str = ""
    day: date | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log with the names that stand behind its numbers today."""

    position: int
    at: datetime
    deed: str
    about: str
    role: str
    person: str
    institution: str
    purpose: str
    details: dict[str, object]


def readable_log(viewer: Viewer, wanted: LogFilter) -> sa.Select[Entry]:
    """Lines that `viewer` may read, newest first.

    Raises
    ------
    NotPermitted
        If reading the log is not the viewer's duty.
    """
    demand(viewer, Permission.LOG_READ)
    found = sa.select(Entry).order_by(Entry.position.desc())
    if wanted.about:
        about = wanted.about.strip()
        found = found.where(sa.or_(Entry.about == about, Entry.concerning.contains([about])))
    if wanted.concerning:
        found = found.where(Entry.concerning.contains([wanted.concerning]))
    if wanted.deed:
        found = found.where(Entry.deed == wanted.deed)
    if wanted.account:
        named = sa.select(Account.id).where(
            Account.sign_in_name == wanted.account.strip().lower()
        )
        found = found.where(Entry.account_id.in_(named))
    if wanted.day:
        begin = datetime.combine(wanted.day, time(), tzinfo=UTC)
        found = found.where(Entry.at >= begin, Entry.at < begin + timedelta(days=1))
    if wanted.since:
        found = found.where(Entry.at >= wanted.since)
    return found


def count_log(session: Session, viewer: Viewer, wanted: LogFilter) -> int:
    """Count the lines that a page of the log would go through; of very many, so far."""
    lines = readable_log(viewer, wanted)
    return counted(session, lines, key=Entry.position, least=MOST_COUNTED)


def list_log(
    session: Session, viewer: Viewer, wanted: LogFilter, *, page: int
) -> tuple[Sequence[LogLine], int]:
    """Read one page of the log, and how many lines there are, as far as they are counted."""
    lines, first = readable_log(viewer, wanted), (page - 1) * PAGE_SIZE
    entries = session.scalars(lines.limit(PAGE_SIZE).offset(first)).all()
    if len(entries) < PAGE_SIZE and (entries or not first):
        return _named(session, entries), first + len(entries)
    total = counted(session, lines, key=Entry.position, least=first + PAGE_SIZE)
    return _named(session, entries), total


def _named(session: Session, entries: Sequence[Entry]) -> list[LogLine]:
    people = names_behind(session, {each.account_id for each in entries})
    institutions = institution_names(session, {each.institution_id for each in entries})
    return [
        LogLine(
            position=each.position,
            at=each.at,
            deed=each.deed,
            about=each.about or "",
            role=each.role.value,
            person=people.get(each.account_id, ""),
            institution=institutions.get(each.institution_id, ""),
            purpose=each.purpose,
            details=each.details,
        )
        for each in entries
    ]
