"""Pairings with a record that the reader may not see: that they exist, and whom to ask.

The database alone knows them (`blinded_pairings()`): it gives the reader's own side, a band
in three words and the other institution, so nothing else can be shown by mistake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.rules import Band
from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.signin.model import Institution
from privacy.permissions import Permission, Viewer

SHOWN = 25
_FOUND = sa.func.blinded_pairings().table_valued(
    sa.column("pairing_id", sa.BigInteger),
    sa.column("side", sa.String),
    sa.column("case_id", sa.BigInteger),
    sa.column("band", sa.String),
    sa.column("other_institution_id", sa.BigInteger),
    name="blinded",
)


@dataclass(frozen=True, slots=True)
class Blinded:
    """A pairing whose other record is closed to the reader."""

    id: int
    side: str
    own_reference: str
    band: Band
    institution: str
    country: str


def list_blinded(session: Session, viewer: Viewer, *, at: datetime) -> list[Blinded]:
    """List them, the strongest first, as many as one page holds."""
    query = _blinded(viewer, at).order_by(*_STRONGEST_FIRST).limit(SHOWN)
    return [_told(row) for row in session.execute(query)]


def count_blinded(session: Session, viewer: Viewer, *, at: datetime) -> int:
    """Count them, apart from those that are read in full."""
    rows = _blinded(viewer, at).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0


def count_with(
    session: Session, viewer: Viewer, listed: Sequence[Blinded], *, at: datetime
) -> int:
    """Count them beside their list: one that is not full tells by itself."""
    return len(listed) if len(listed) < SHOWN else count_blinded(session, viewer, at=at)


def get_blinded(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> Blinded:
    """Give one.

    Raises
    ------
    NotFound
        If there is none that concerns a record of the viewer's own institution.
    """
    row = session.execute(
        _blinded(viewer, at).where(_FOUND.c.pairing_id == pairing_id)
    ).one_or_none()
    if row is None:
        raise NotFound("pairing")
    return _told(row)


_STRONGEST_FIRST = (
    sa.case(
        {band.value: place for place, band in enumerate(Band)}, value=_FOUND.c.band, else_=9
    ),
    _FOUND.c.pairing_id,
)


def _blinded(viewer: Viewer, at: datetime) -> sa.Select[int, str, str, str, str, str]:
    """Start from the records that the viewer may read: one side must be among them."""
    people = readable_missing(viewer, at).with_only_columns(
        sa.literal("missing_person").label("side"), MissingPerson.id, MissingPerson.reference
    )
    found = readable_remains(viewer, at).with_only_columns(
        sa.literal("remains").label("side"), Remains.id, Remains.reference
    )
    own = sa.union_all(people, found).subquery("own")
    return (
        sa.select(
            _FOUND.c.pairing_id,
            _FOUND.c.side,
            own.c.reference,
            _FOUND.c.band,
            Institution.name,
            Institution.country,
        )
        .select_from(_FOUND)
        .join(own, sa.and_(own.c.side == _FOUND.c.side, own.c.id == _FOUND.c.case_id))
        .join(Institution, Institution.id == _FOUND.c.other_institution_id)
        .where(sa.literal(viewer.may(Permission.PAIRING_READ)))
    )


def _told(row: sa.Row[int, str, str, str, str, str]) -> Blinded:
    number, side, reference, band, institution, country = row
    return Blinded(number, side, reference, Band(band), institution, country)
