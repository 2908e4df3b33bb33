"""Which groups of a record's fields are open to somebody, and what would open the others.

Why a group is closed is found by asking the same policies again, of the same person with a
second factor, having proved to be there, or for another purpose of their duty. So the reason
can never say anything that the policies do not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.audit.log import Deed, record
from privacy.model import Base, Reveals
from privacy.permissions import PURPOSES, Permission, Purpose, Viewer
from privacy.policy import decide_many
from privacy.sealing.opening import open_group

# Answers are kept under the names of the minimum data set, not of the columns.
ANSWERED_AS = {
    "nationality": "nationalities",
    "place_name": "place",
    "group_id": "group_key",
    "incident_id": "incident_key",
}


class WhyClosed(StrEnum):
    """What is lacking. None of them tells whether anything is recorded."""

    SECOND_FACTOR = "second_factor"
    STEP_UP = "step_up"
    PURPOSE = "purpose"
    CONSENT = "consent"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a group is closed, and for which purpose it would open."""

    why: WhyClosed
    purpose: Purpose | None = None


@dataclass(frozen=True, slots=True)
class Openings:
    """What of one record one viewer may read; a group that is in neither stays closed."""

    open: frozenset[Reveals]
    closed: Mapping[Reveals, Closed]

    def shows(self, group: Reveals) -> bool:
        """Say whether a group is open; what reveals nothing is."""
        return group is Reveals.NOTHING or group in self.open


def openings_of(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Any],
    needs: Mapping[Reveals, Permission],
    *,
    at: datetime,
    says_why: bool = True,
    unread: Collection[Reveals] = (),
) -> dict[int, Openings]:
    """Decide the groups of every row, by the row's number; `needs` names the permissions.

    A list need not say why; asking costs as much again for each thing that might help.
    `unread`: groups of which nothing is shown, so that nothing of them is unsealed or logged.
    """
    opened = _opened(session, viewer, rows, needs, at=at)
    for group in needs.keys() - {Reveals.CIRCUMSTANCE, *unread}:
        unsealed = [row for row in rows if group in opened[row.id]]
        open_group(session, viewer, unsealed, group, at=at)
    closed = [row for row in rows if len(opened[row.id]) < len(needs)] if says_why else []
    reasons = {
        row.id: {
            group: _last_reason(viewer, permission)
            for group, permission in needs.items()
            if row in closed and group not in opened[row.id]
        }
        for row in rows
    }
    for supposed, why in _suppositions(viewer, needed=bool(closed)):
        found = _opened(session, supposed, closed, needs, at=at)
        for row in closed:
            would_open = found[row.id] & reasons[row.id].keys()
            reasons[row.id] |= dict.fromkeys(would_open, why)
    return {row.id: Openings(opened[row.id], reasons[row.id]) for row in rows}


def _opened(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Any],
    needs: Mapping[Reveals, Permission],
    *,
    at: datetime,
) -> dict[int, frozenset[Reveals]]:
    """Ask the policies about all groups of all rows at once."""
    rulings = decide_many(session, viewer, list(needs.values()), rows, at=at)
    return {
        row.id: frozenset(
            group for group, permission in needs.items() if rulings[row.id][permission].allowed
        )
        for row in rows
    }


def _last_reason(viewer: Viewer, permission: Permission) -> Closed:
    """Say what is lacking where the viewer can bring about nothing themselves."""
    return Closed(WhyClosed.CONSENT if _could(viewer, permission) else WhyClosed.DUTY)


def _could(viewer: Viewer, permission: Permission) -> bool:
    """Say whether the duty opens any record at all, for any of its purposes."""
    surest = _surest(viewer)
    return any(
        replace(surest, purpose=purpose).may(permission) for purpose in PURPOSES[viewer.role]
    )


def _suppositions(viewer: Viewer, *, needed: bool) -> Iterator[tuple[Viewer, Closed]]:
    """Suppose less and less of what the viewer can bring about: the last that helps is told."""
    if not needed:
        return
    for purpose in reversed(PURPOSES[viewer.role]):
        if purpose is not viewer.purpose:
            supposed = replace(_surest(viewer), purpose=purpose)
            yield supposed, Closed(WhyClosed.PURPOSE, purpose)
    if not viewer.stepped_up:
        yield _surest(viewer), Closed(WhyClosed.STEP_UP)
    if not viewer.second_factor:
        yield replace(viewer, second_factor=True), Closed(WhyClosed.SECOND_FACTOR)


def _surest(viewer: Viewer) -> Viewer:
    return replace(viewer, second_factor=True, stepped_up=True)


def record_listed(
    session: Session,
    viewer: Viewer,
    deed: Deed,
    openings: Mapping[int, Openings],
    *,
    rows: Sequence[Any],
    at: datetime,
    **sought: str,
) -> None:
    """Write down that one page of a list was shown: one deed, with all whom it concerns."""
    record(
        session,
        deed,
        by=viewer,
        at=at,
        concerning=[row.reference for row in rows],
        shown=len(rows),
        **_opened_in(rows, openings),
        **sought,
    )


def record_read(
    session: Session, viewer: Viewer, deed: Deed, row: Any, *, openings: Openings, at: datetime
) -> None:
    """Write down that one file was read, and whether it says who that is."""
    opened = _opened_in([row], {row.id: openings})
    record(session, deed, by=viewer, at=at, about=row.reference, **opened)


def _opened_in(rows: Sequence[Any], openings: Mapping[int, Openings]) -> dict[str, Any]:
    """Say for the log how many identities were opened, and of which nationalities."""
    named = [row for row in rows if openings[row.id].shows(Reveals.IDENTITY)]
    nationalities = sorted({code for row in named for code in row.nationalities})
    return {"named": len(named), "nationalities": nationalities} if named else {}


def told_fields(row: Base, fields: Iterable[str], openings: Openings) -> dict[str, Any]:
    """Read the named fields of a row for an answer; a field of a closed group is `None`."""
    return {
        name: getattr(row, name) if openings.shows(group_of(type(row), name)) else None
        for name in fields
    }


def told_answers(row: Any, openings: Openings) -> dict[str, str]:
    """Read why fields say nothing, of open groups only: that one was asked is told as well."""
    return {
        name: answer
        for name, answer in row.answers.items()
        if openings.shows(group_of_answer(row.__class__, name))
    }


@cache
def group_of(model: type[Base], field: str) -> Reveals:
    """Give the group of a field as its column declares it; of parts, that of their columns."""
    parts = sa.inspect(model).relationships
    if field in parts:
        return _group_of_parts(parts[field].mapper.local_table.c)
    reveals: Reveals = model.__table__.c[field].info["reveals"]
    return reveals


def _group_of_parts(columns: Iterable[sa.ColumnElement[Any]]) -> Reveals:
    groups = {column.info["reveals"] for column in columns} - {Reveals.NOTHING}
    return groups.pop() if len(groups) == 1 else Reveals.IDENTITY


@cache
def group_of_answer(model: type[Base], name: str) -> Reveals:
    """Give the group of an answer; what no column is known for counts as identity."""
    column = ANSWERED_AS.get(name, name)
    for each in (column, f"{column}_min", f"{column}_from"):
        if each in model.__table__.c:
            return group_of(model, each)
    return Reveals.IDENTITY
