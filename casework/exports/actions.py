"""Handing a copy out: allowed, opened, marked, written into the register, and logged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.exports.queries import (
    Handed,
    get_recipient,
    handable,
    purposes_at,
    reader_at,
)
from casework.exports.rows import Row, row_of
from casework.signin.model import Institution
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.errors import StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Permission, Purpose, Viewer, demand
from privacy.released.model import Form
from privacy.released.register import Record, Release, new_copy_number, release
from privacy.sealing.opening import open_group

SHORTEST_REASON = 10
# What has sealed columns; the rest is open to whoever may see that the record exists.
_SEALED = (Reveals.IDENTITY, Reveals.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks to hand out, to whom, what for and why."""

    recipient_id: int
    purpose: Purpose
    reason: str
    form: Form
    references: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy, ready to leave."""

    number: str
    recipient: str
    purpose: Purpose
    rows: Sequence[Row]


def hand_out(session: Session, viewer: Viewer, wanted: Wanted, *, at: datetime) -> Copy:
    """Make one copy of what the recipient may read, and write down where it goes.

    Raises
    ------
    NotPermitted
        If `viewer` hands nothing out.
    StepUpNeeded
        If they have not just proved again who they are.
    InvalidInput
        If purpose or reason are lacking, or nothing of it may be handed there.
    NotFound
        If there is no such recipient.
    """
    recipient = recipient_of(session, viewer, wanted)
    reader = reader_at(recipient, wanted.purpose)
    handed = handable(session, viewer, reader, wanted.references, at=at)
    if not handed:
        raise InvalidInput(marked("Nada de eso puede entregarse a esa institución."))
    _open(session, viewer, handed, at)
    number = new_copy_number()
    write_down(session, viewer, wanted, handed, number=number, at=at)
    return Copy(
        number=number,
        recipient=recipient.name,
        purpose=wanted.purpose,
        rows=[row_of(each) for each in handed],
    )


def recipient_of(session: Session, viewer: Viewer, wanted: Wanted) -> Institution:
    """Find who receives it, once everything that a copy needs has been said.

    Raises
    ------
    NotPermitted
        If `viewer` hands nothing out.
    StepUpNeeded
        If they have not just proved again who they are.
    InvalidInput
        If purpose or reason are lacking.
    NotFound
        If there is no such recipient.
    """
    demand(viewer, Permission.MISSING_EXPORT)
    if not viewer.stepped_up:
        raise StepUpNeeded
    if len(wanted.reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(marked("Escriba el motivo en una frase, sin nombres."))
    recipient = get_recipient(session, viewer, wanted.recipient_id)
    if wanted.purpose not in purposes_at(viewer, recipient):
        raise InvalidInput(marked("Esa finalidad no es de quien entrega o de quien recibe."))
    return recipient


def _open(session: Session, viewer: Viewer, handed: Sequence[Handed], at: datetime) -> None:
    for group in _SEALED:
        rows = [each.about for each in handed if group in each.groups]
        open_group(session, viewer, rows, group, at=at)


def write_down(
    session: Session,
    viewer: Viewer,
    wanted: Wanted,
    handed: Sequence[Handed],
    *,
    number: str,
    at: datetime,
) -> None:
    """Write into the register and the log what leaves: without that nothing does."""
    released = Release(
        copy=number,
        form=wanted.form,
        recipient_institution_id=wanted.recipient_id,
        purpose=wanted.purpose.value,
        reason=wanted.reason.strip()[:2000],
    )
    records = [
        Record(each.about.owner_institution_id, each.groups, **each.number) for each in handed
    ]
    release(session, viewer, released, records, at=at)
    record(
        session,
        Deed.MISSING_EXPORTED,
        by=viewer,
        at=at,
        concerning=[each.about.reference for each in handed],
        shown=len(handed),
        copy=number,
        form=wanted.form.value,
        recipient=str(wanted.recipient_id),
    )
