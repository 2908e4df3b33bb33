"""Reading how a family is reached and what it was promised: one's own institution's only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.contacts.model import ContactAgreement, ContactEntry, ContactPoint
from casework.errors import NotFound
from casework.families.model import Relative
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

SOON = timedelta(days=7)
Row = TypeVar("Row", ContactPoint, ContactAgreement, ContactEntry)


@dataclass(frozen=True, slots=True)
class Contacts:
    """All that is kept of one relative: what holds now, what stood before, what was said."""

    points: Sequence[ContactPoint]
    past_points: Sequence[ContactPoint]
    agreement: ContactAgreement | None
    past_agreements: Sequence[ContactAgreement]
    entries: Sequence[ContactEntry]  # the newest first
    promises: Sequence[ContactEntry]  # those that nobody kept yet, the earliest first


@dataclass(frozen=True, slots=True)
class Due:
    """How many promises of an institution are open, by when they fall due."""

    overdue: int
    today: int
    soon: int


def open_contacts(
    session: Session, viewer: Viewer, relative: Relative, *, at: datetime
) -> Contacts:
    """Open what is kept of one relative; the file itself was opened before."""
    points = _of(session, ContactPoint, [relative.id])
    agreements = _of(session, ContactAgreement, [relative.id])
    entries = _of(session, ContactEntry, [relative.id])
    open_group(
        session, viewer, [relative, *points, *agreements, *entries], Reveals.CONTACT, at=at
    )
    return contacts_of(points, agreements, entries)


def contacts_of(
    points: Sequence[ContactPoint],
    agreements: Sequence[ContactAgreement],
    entries: Sequence[ContactEntry],
) -> Contacts:
    """Tell what holds now from what was replaced; each list comes the oldest first."""
    replaced = {each.replaces_id for each in points}
    present = [each for each in points if each.id not in replaced and not each.is_ended]
    kept = {number for each in entries for number in each.keeps}
    promised = [each for each in entries if each.promised_by and each.id not in kept]
    return Contacts(
        points=present,
        past_points=[each for each in points if each.id in replaced],
        agreement=agreements[-1] if agreements else None,
        past_agreements=agreements[:-1],
        entries=sorted(entries, key=lambda each: (each.happened_at, each.id), reverse=True),
        promises=sorted(promised, key=lambda each: (each.promised_by, each.id)),
    )


def get_point(session: Session, relative: Relative, point_id: int) -> ContactPoint:
    """Find one way to reach somebody that holds now.

    Raises
    ------
    NotFound
        If it is not theirs, or was replaced.
    """
    points = _of(session, ContactPoint, [relative.id])
    return point_of(contacts_of(points, [], []), point_id)


def point_of(kept: Contacts, point_id: int) -> ContactPoint:
    """Find one way to reach somebody among what was read of them.

    Raises
    ------
    NotFound
        If it is not theirs, or was replaced.
    """
    for each in kept.points:
        if each.id == point_id:
            return each
    raise NotFound("contact point")


def open_promises(session: Session, relative: Relative) -> Sequence[ContactEntry]:
    """List what was promised to one relative and nobody kept yet, without opening it."""
    return contacts_of([], [], _of(session, ContactEntry, [relative.id])).promises


def get_agreement(session: Session, relative: Relative) -> ContactAgreement | None:
    """Give what was agreed with one relative, without opening it."""
    return next(iter(reversed(_of(session, ContactAgreement, [relative.id]))), None)


def count_due(session: Session, viewer: Viewer, *, at: datetime) -> Due:
    """Count the open promises of the viewer's own institution."""
    day = at.date()
    by = ContactEntry.promised_by
    counted = session.execute(
        _open_promises(viewer, at).with_only_columns(
            sa.func.count().filter(by < day),
            sa.func.count().filter(by == day),
            sa.func.count().filter(by > day, by <= day + SOON),
        )
    ).one()
    return Due(*counted)


def all_who_owe(session: Session, keeper: Viewer, *, at: datetime) -> Sequence[int]:
    """Name the institutions that promised something for a day that has passed."""
    late = _unkept().where(ContactEntry.promised_by < at.date())
    promised = late.with_only_columns(ContactEntry.missing_person_id)
    owners = readable_missing(keeper, at).where(MissingPerson.id.in_(promised))
    found = owners.with_only_columns(MissingPerson.owner_institution_id).distinct()
    return session.scalars(found).all()


@dataclass(frozen=True, slots=True)
class Owed:
    """One open promise, with whom it was made and whose file it is of."""

    promise: ContactEntry
    relative: Relative
    person: MissingPerson
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class OwedList:
    """One page of promises, the longest overdue first."""

    rows: Sequence[Owed]
    total: int


def list_owed(
    session: Session, viewer: Viewer, *, at: datetime, page: int, size: int
) -> OwedList:
    """List what the viewer's institution promised and did not keep yet, and open it."""
    asked = _open_promises(viewer, at)
    total = session.scalar(asked.with_only_columns(sa.func.count())) or 0
    found = session.scalars(
        asked.order_by(ContactEntry.promised_by, ContactEntry.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    if not found:
        return OwedList((), total)
    return OwedList(_owed(session, viewer, found, at=at), total)


def _owed(
    session: Session, viewer: Viewer, found: Sequence[ContactEntry], *, at: datetime
) -> list[Owed]:
    ids = {each.relative_id for each in found}
    relatives = {
        each.id: each
        for each in session.scalars(sa.select(Relative).where(Relative.id.in_(ids)))
    }
    people = {
        each.id: each
        for each in session.scalars(
            readable_missing(viewer, at).where(
                MissingPerson.id.in_({each.missing_person_id for each in found})
            )
        )
    }
    points = _of(session, ContactPoint, ids)
    agreements = _of(session, ContactAgreement, ids)
    opened = open_group(
        session,
        viewer,
        [*found, *relatives.values(), *points, *agreements],
        Reveals.CONTACT,
        at=at,
    )
    sure = set(opened.rows)
    return [
        Owed(
            each,
            relatives[each.relative_id],
            people[each.missing_person_id],
            contacts_of(
                [one for one in points if one.relative_id == each.relative_id],
                [one for one in agreements if one.relative_id == each.relative_id],
                [],
            ),
        )
        for each in found
        if each in sure and each.missing_person_id in people
    ]


def _open_promises(viewer: Viewer, at: datetime) -> sa.Select[ContactEntry]:
    own = (
        readable_missing(viewer, at, also=[Permission.MISSING_CONTACT_READ])
        .where(MissingPerson.owner_institution_id == viewer.institution_id)
        .with_only_columns(MissingPerson.id)
    )
    return _unkept().where(ContactEntry.missing_person_id.in_(own))


def _unkept() -> sa.Select[ContactEntry]:
    later = aliased(ContactEntry)
    is_kept = (
        sa.exists()
        .where(
            later.relative_id == ContactEntry.relative_id,
            ContactEntry.id == sa.any_(later.keeps),
        )
        .correlate(ContactEntry)
    )
    return sa.select(ContactEntry).where(
        ContactEntry.promised_by.is_not(None),
        ~is_kept,
    )


def _of(session: Session, model: type[Row], relatives: Iterable[int]) -> Sequence[Row]:
    rows = sa.select(model).where(model.relative_id.in_(list(relatives)))
    return session.scalars(rows.order_by(model.id)).all()
