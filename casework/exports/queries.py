"""What may be handed to whom: what is open to the one who gives and to the one who receives.

The receiving side is asked about as if one of its people, with every proof of who they are,
looked at the same records for the same purpose. So a copy never holds more than they could
have read here, and a consent that ended yesterday ends what leaves today.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from casework.errors import NotFound
from casework.living.model import LivingPerson
from casework.living.queries import readable_living
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.retention.rules import Record, number_of
from casework.retention.sight import as_keeper
from casework.signin.model import Institution, InstitutionKind
from privacy.door import groups_open, readable, recheck
from privacy.model import Reveals
from privacy.permissions import FORENSIC_ROLES, PURPOSES, Permission, Purpose, Role, Viewer
from privacy.released.model import ReleasedCopy

MOST_RECORDS = 200
# Who reads there: an examiner in a forensic service, an officer in a consulate.
READS_THERE: Mapping[InstitutionKind, Role] = {
    InstitutionKind.FORENSIC_SERVICE: Role.FORENSIC_EXAMINER,
    InstitutionKind.PROSECUTOR: Role.FORENSIC_EXAMINER,
    InstitutionKind.CONSULATE: Role.CONSULAR_OFFICER,
}
_MODELS: Mapping[Permission, Any] = {
    Permission.MISSING_READ: MissingPerson,
    Permission.REMAINS_READ: Remains,
    Permission.LIVING_READ: LivingPerson,
}


@dataclass(frozen=True, slots=True)
class Handed:
    """One record, and the groups of it that may leave.

    What is known of DNA leaves in no list: only in a whole record, donor by donor, and so
    only where `dna_is_open` on both sides.
    """

    about: Record = field(repr=False)
    groups: frozenset[Reveals]
    dna_is_open: bool = False

    @property
    def number(self) -> dict[str, int]:
        """Name the record as the register of copies does."""
        return number_of(self.about)


def list_recipients(session: Session, viewer: Viewer) -> Sequence[Institution]:
    """List the institutions to which something may be handed."""
    return session.scalars(
        sa.select(Institution)
        .where(Institution.kind.in_(READS_THERE), Institution.id != viewer.institution_id)
        .order_by(Institution.country, Institution.name)
    ).all()


def get_recipient(session: Session, viewer: Viewer, number: int) -> Institution:
    """Find one of them.

    Raises
    ------
    NotFound
        If nothing may be handed there.
    """
    found = {each.id: each for each in list_recipients(session, viewer)}.get(number)
    if found is None:
        raise NotFound("institution")
    return found


def reader_at(recipient: Institution, purpose: Purpose) -> Viewer:
    """Suppose somebody there, with every proof of who they are, reading for `purpose`."""
    return Viewer(
        account_id=0,
        role=READS_THERE[recipient.kind],
        institution_id=recipient.id,
        country=recipient.country,
        purpose=purpose,
        second_factor=True,
        stepped_up=True,
    )


def purposes_at(viewer: Viewer, recipient: Institution) -> frozenset[Purpose]:
    """Say for which purposes both sides may open records."""
    return frozenset(PURPOSES[viewer.role]) & frozenset(PURPOSES[READS_THERE[recipient.kind]])


def handable(
    session: Session,
    viewer: Viewer,
    reader: Viewer,
    references: Collection[str],
    *,
    at: datetime,
) -> list[Handed]:
    """Find what of `viewer`'s own institution may be handed to `reader`, group by group.

    Without references, everything that may.
    """
    own = readable_missing(viewer, at).options(
        selectinload(MissingPerson.names),
        selectinload(MissingPerson.marks),
        selectinload(MissingPerson.articles),
    )
    both = viewer, reader
    return _handable(session, both, own, references, permission=Permission.MISSING_READ, at=at)


def handable_remains(
    session: Session,
    viewer: Viewer,
    reader: Viewer,
    references: Collection[str],
    *,
    at: datetime,
) -> list[Handed]:
    """Find the same of remains."""
    own = readable_remains(viewer, at)
    both = viewer, reader
    return _handable(session, both, own, references, permission=Permission.REMAINS_READ, at=at)


def handable_living(
    session: Session,
    viewer: Viewer,
    reader: Viewer,
    references: Collection[str],
    *,
    at: datetime,
) -> list[Handed]:
    """Find the same of people alive, each named one by one: never all of them."""
    if not references:
        return []
    own = readable_living(viewer, at)
    both = viewer, reader
    return _handable(session, both, own, references, permission=Permission.LIVING_READ, at=at)


def _handable(
    session: Session,
    both: tuple[Viewer, Viewer],
    open_to_giver: sa.Select[Any],
    references: Collection[str],
    *,
    permission: Permission,
    at: datetime,
) -> list[Handed]:
    viewer, reader = both
    model = _MODELS[permission]
    own = open_to_giver.where(model.owner_institution_id == viewer.institution_id)
    if references:
        own = own.where(model.reference.in_(references))
    numbers = list(session.scalars(own.with_only_columns(model.id)))
    with as_keeper(session, viewer):
        # The whole ledger: what was granted to them stands in nobody else's sight.
        theirs = readable(reader, permission, model, at)
        found = session.scalars(
            theirs.where(model.id.in_(numbers)).order_by(model.id).limit(MOST_RECORDS)
        ).all()
        sure = recheck(session, reader, permission, found, at)
        open_there = groups_open(session, reader, sure, at)
        kept = [each.id for each in sure]
    rows = session.scalars(
        own.where(model.id.in_(kept))
        .order_by(model.id)
        .execution_options(populate_existing=True)
    ).all()
    open_here = groups_open(session, viewer, rows, at)
    both_read = {row.id: open_here[row.id] & open_there[row.id] for row in rows}
    return [
        Handed(row, both_read[row.id] - {Reveals.DNA}, Reveals.DNA in both_read[row.id])
        for row in rows
    ]


def list_copies(session: Session, viewer: Viewer) -> Sequence[ReleasedCopy]:
    """List the copies that `viewer`'s institution made, got or answers for; all for the DPO.

    A sheet that another institution printed for itself is not listed, nor to anybody but
    forensic staff one with remains on it: it would tell those who speak with a family that
    somebody compared the person with remains.
    """
    copies = sa.select(ReleasedCopy)
    if viewer.role is not Role.DATA_PROTECTION_OFFICER:
        made_by, got_by = (
            ReleasedCopy.made_by_institution_id,
            ReleasedCopy.recipient_institution_id,
        )
        own = sa.literal(viewer.institution_id)
        answered_for = sa.and_(ReleasedCopy.owner_institution_id == own, made_by != got_by)
        copies = copies.where(sa.or_(own.in_((made_by, got_by)), answered_for))
        if viewer.role not in FORENSIC_ROLES:
            of_remains = sa.select(ReleasedCopy.copy).where(
                ReleasedCopy.remains_id.is_not(None)
            )
            copies = copies.where(ReleasedCopy.copy.not_in(of_remains))
    newest = (ReleasedCopy.made_at.desc(), ReleasedCopy.id.desc())
    return session.scalars(copies.order_by(*newest).limit(1000)).all()
