"""The consents of one file, for the data-protection officer: for a reason that is recorded.

No file is opened for it. Givers are numbers, and nothing tells whom they look for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.families.presenters import ShownEntry
from casework.missing.model import MissingPerson
from casework.retention.queries import find_record
from casework.retention.sight import as_keeper
from casework.signin.queries import institution_names
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.consent.model import Consent
from privacy.permissions import Permission, Viewer, demand


class Why(StrEnum):
    """Why a ledger is looked into. A choice: no sentence that could name somebody."""

    COMPLAINT = "complaint"
    RIGHTS_REQUEST = "rights_request"
    REVIEW = "review"
    INCIDENT = "incident"


WHY_WORDS: dict[Why, str] = {
    Why.COMPLAINT: marked("una queja"),
    Why.RIGHTS_REQUEST: marked("una solicitud de derechos"),
    Why.REVIEW: marked("una revisión de oficio"),
    Why.INCIDENT: marked("un incidente de seguridad"),
}


@dataclass(frozen=True, slots=True)
class OneLedger:
    """The entries of one file, the oldest first, and whether the file is an invented one."""

    entries: Sequence[Consent]
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownLedger:
    """What one giver said, by number, or what an interest that was assessed allows."""

    title: str
    is_interest: bool
    entries: tuple[ShownEntry, ...]


def open_ledger(
    session: Session, viewer: Viewer, reference: str, why: Why, *, at: datetime
) -> OneLedger:
    """Read the entries of one file, and write down why.

    Raises
    ------
    NotPermitted
        If watching over consents is not the viewer's duty.
    NotFound
        If no file of a missing person has this reference.
    """
    demand(viewer, Permission.LOG_READ)
    demand(viewer, Permission.CONSENT_READ)
    with as_keeper(session, viewer):
        found = find_record(session, reference)
    if not isinstance(found, MissingPerson):
        raise NotFound("missing person")
    record(
        session, Deed.CONSENT_READ, by=viewer, at=at, about=found.reference, reason=why.value
    )
    entries = sa.select(Consent).where(Consent.missing_person_id == found.id)
    return OneLedger(session.scalars(entries.order_by(Consent.id)).all(), found.invented)


def show_ledger(
    session: Session, entries: Sequence[Consent], teller: Teller, *, at: datetime
) -> list[ShownLedger]:
    """Lay out what each giver said, and nobody's name."""
    names = institution_names(session)
    by_giver: dict[int | None, list[ShownEntry]] = {}
    for each in entries:
        shown = ShownEntry.of(each, names, teller, at=at)
        by_giver.setdefault(each.giver_id, []).append(shown)
    return [
        ShownLedger(_title(giver, teller), giver is None, tuple(shown))
        for giver, shown in by_giver.items()
    ]


def _title(giver: int | None, teller: Teller) -> str:
    if giver is None:
        return teller.gettext("Sin autorización de nadie: por un interés evaluado")
    return teller.gettext("Quien informa, n.º %(number)s") % {"number": giver}
