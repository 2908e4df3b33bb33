"""The register of released copies: writing what leaves, finding it again, calling it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.released.model import Form, ReleasedCopy


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the register knows it: exactly one of the three numbers is set."""

    owner_institution_id: int
    groups: frozenset[Reveals]
    missing_person_id: int | None = None
    remains_id: int | None = None
    living_person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What is common to all records of one copy."""

    copy: str
    form: Form
    recipient_institution_id: int
    purpose: str
    reason: str


def new_copy_number() -> str:
    """Draw the number of one copy; it stands on it, and leads back to who was handed it."""
    return uuid4().hex[:12].upper()


def release(
    session: Session,
    viewer: Viewer,
    released: Release,
    records: Iterable[Record],
    *,
    at: datetime,
) -> None:
    """Write down that `viewer` hands out one copy, before it leaves."""
    rows = [
        ReleasedCopy(
            copy=released.copy,
            form=released.form,
            recipient_institution_id=released.recipient_institution_id,
            purpose=released.purpose,
            reason=released.reason,
            missing_person_id=each.missing_person_id,
            remains_id=each.remains_id,
            living_person_id=each.living_person_id,
            owner_institution_id=each.owner_institution_id,
            groups=sorted(each.groups),
            made_at=at,
            made_by=viewer.account_id,
            made_by_institution_id=viewer.institution_id,
        )
        for each in records
    ]
    session.add_all(rows)
    session.flush()


def copies_of(
    session: Session,
    *,
    missing_person_id: int | None = None,
    remains_id: int | None = None,
    living_person_id: int | None = None,
) -> Sequence[ReleasedCopy]:
    """Find the copies of one record that are still out; row-level security says who may ask."""
    asked = {
        ReleasedCopy.missing_person_id: missing_person_id,
        ReleasedCopy.remains_id: remains_id,
        ReleasedCopy.living_person_id: living_person_id,
    }
    named = [column == number for column, number in asked.items() if number is not None]
    if not named:
        return []
    out = sa.select(ReleasedCopy).where(ReleasedCopy.recalled_at.is_(None), *named)
    return session.scalars(out.order_by(ReleasedCopy.made_at, ReleasedCopy.id)).all()


def recall(session: Session, copies: Iterable[ReleasedCopy], *, at: datetime) -> None:
    """Mark copies as called back; telling their recipients is the caller's deed."""
    for each in copies:
        each.recalled_at = each.recalled_at or at
    session.flush()
