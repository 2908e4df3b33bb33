"""Pairings with a record that the reader may not see: that they exist, and whom to ask.

The database alone knows them (`blinded_pairings()`): it gives the reader's own side, a band
in three words and the other institution, so nothing else can be shown by mistake.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.rules import Band
from casework.database import any_of
from casework.errors import NotFound
from casework.listing import COUNTED, AtLeast
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.signin.model import Institution
from privacy.permissions import Permission, Viewer

SHOWN = 25
COLUMNS = (
    sa.column("pairing_id", sa.BigInteger),
    sa.column("side", sa.String),
    sa.column("case_id", sa.BigInteger),
    sa.column("band", sa.String),
    sa.column("other_institution_id", sa.BigInteger),
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


@dataclass(frozen=True, slots=True)
class BlindedList:
    """The strongest of them, and how many there are, as far as they were counted."""

    shown: Sequence[Blinded]
    count: int


def list_blinded(session: Session, viewer: Viewer, *, at: datetime) -> BlindedList:
    """List them, the strongest first, as many as one page holds.

    Of more than a thousand, the strongest of a thousand: those among the most probable
    proposals of the registry are certain to be in it.
    """
    found = _found(session, viewer, sa.func.blinded_pairings(COUNTED + 1), at=at)
    bands = list(Band)
    strongest = sorted(found, key=lambda each: (bands.index(each.band), each.id))
    count = AtLeast(COUNTED) if len(found) > COUNTED else len(found)
    return BlindedList(strongest[:SHOWN], count)


def count_blinded(session: Session, viewer: Viewer, *, at: datetime) -> int:
    """Count them, apart from those that are read in full, up to a thousand."""
    return list_blinded(session, viewer, at=at).count


def get_blinded(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> Blinded:
    """Give one.

    Raises
    ------
    NotFound
        If there is none that concerns a record of the viewer's own institution.
    """
    found = _found(session, viewer, sa.func.blinded_pairings(None, pairing_id), at=at)
    if not found:
        raise NotFound("pairing")
    return found[0]


def _found(
    session: Session, viewer: Viewer, asked: sa.Function[Any], *, at: datetime
) -> list[Blinded]:
    """Ask the database; of what it gives one side must be a record that `viewer` may read."""
    if not viewer.may(Permission.PAIRING_READ):
        return []
    rows = {row[0]: row for row in session.execute(sa.select(asked.table_valued(*COLUMNS)))}
    own = _references(session, viewer, rows.values(), at=at)
    institutions = {
        each.id: each
        for each in session.scalars(
            sa.select(Institution).where(Institution.id.in_({row[4] for row in rows.values()}))
        )
    }
    return [
        Blinded(
            id=number,
            side=side,
            own_reference=own[side, case],
            band=Band(band),
            institution=institutions[other].name,
            country=institutions[other].country,
        )
        for number, side, case, band, other in rows.values()
        if (side, case) in own and other in institutions
    ]


def _references(
    session: Session, viewer: Viewer, rows: Iterable[Sequence[Any]], *, at: datetime
) -> dict[tuple[str, int], str]:
    """Name the records among them that `viewer` may read, by their side and number."""
    numbers: dict[str, set[int]] = {}
    for row in rows:
        numbers.setdefault(row[1], set()).add(row[2])
    readable: dict[str, tuple[Any, type[Any]]] = {
        "missing_person": (readable_missing(viewer, at), MissingPerson),
        "remains": (readable_remains(viewer, at), Remains),
    }
    return {
        (side, number): reference
        for side, wanted in numbers.items()
        for number, reference in session.execute(
            readable[side][0]
            .where(readable[side][1].id == any_of(wanted))
            .with_only_columns(readable[side][1].id, readable[side][1].reference)
        )
    }
