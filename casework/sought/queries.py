"""Reading who may be looking for people alive. Only whoever keeps their record reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.both import COMPARED, Both, Side
from casework.candidates.rules import Band
from casework.errors import NotFound
from casework.living.model import LivingPerson
from casework.living.queries import readable_living
from casework.missing.model import MissingPerson
from casework.missing.opening import open_people
from casework.missing.queries import readable_missing
from casework.openings import Openings, openings_of
from casework.signin.model import Institution
from casework.sought.guarded import may_be_sought
from casework.sought.model import LivingPairing, LivingPairingDecision
from privacy.door import readable, recheck
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

SHOWN = 50
BEST_FIRST = (
    LivingPairing.posterior.desc(),
    LivingPairing.log10_lr.desc(),
    LivingPairing.id.desc(),
)
BLINDED_COLUMNS = (
    sa.column("pairing_id", sa.BigInteger),
    sa.column("living_id", sa.BigInteger),
    sa.column("missing_id", sa.BigInteger),
    sa.column("band", sa.String),
    sa.column("told_institution_id", sa.BigInteger),
)


@dataclass(frozen=True, slots=True)
class Sought(Both):
    """A proposal with both of its records, and what of each is open to whoever asked."""

    pairing: LivingPairing
    person: MissingPerson
    living: LivingPerson
    of_person: Openings
    of_living: Openings

    @property
    def sides(self) -> tuple[Side, Side]:
        """The missing person's side, and that of whoever is alive."""
        return (self.person, self.of_person), (self.living, self.of_living)


@dataclass(frozen=True, slots=True)
class BlindedSought:
    """A proposal whose missing person is closed to whoever keeps the living.

    `institution` is named only once the person alive agreed that their family learns.
    """

    id: int
    living: LivingPerson
    missing_person_id: int
    band: Band
    institution: Institution | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """Somebody alive wants a family told: who keeps their record, and since when."""

    institution: str
    at: datetime


def list_sought(
    session: Session, viewer: Viewer, *, at: datetime, living: LivingPerson | None = None
) -> list[Sought]:
    """List the most probable, of one person alive or of all whom one's institution keeps."""
    query = readable(viewer, Permission.SOUGHT_READ, LivingPairing, at)
    if living is not None:
        query = query.where(LivingPairing.living_person_id == living.id)
    found = session.scalars(query.order_by(*BEST_FIRST).limit(SHOWN)).all()
    return _with_records(session, viewer, found, at=at, is_list=True)


def get_sought(
    session: Session, viewer: Viewer, living: LivingPerson, pairing_id: int, *, at: datetime
) -> Sought:
    """Fetch one proposal of somebody alive with everything that is compared.

    Raises
    ------
    NotFound
        If it is absent *or* one of its records is hidden from `viewer`.
    """
    query = readable(viewer, Permission.SOUGHT_READ, LivingPairing, at).where(
        LivingPairing.id == pairing_id, LivingPairing.living_person_id == living.id
    )
    found = _with_records(session, viewer, session.scalars(query).all(), at=at)
    if not found:
        raise NotFound("pairing")
    return found[0]


def list_blinded_sought(
    session: Session, viewer: Viewer, *, at: datetime, living: LivingPerson | None = None
) -> list[BlindedSought]:
    """List the most probable whose missing person is closed, the strongest first."""
    if not viewer.may(Permission.SOUGHT_BLINDED_READ):
        return []
    which = (None if living is None else living.id, SHOWN)
    asked = sa.func.blinded_living_pairings(*which).table_valued(*BLINDED_COLUMNS)
    rows = session.execute(sa.select(asked)).all()
    own = _own(session, viewer, {row.living_id for row in rows}, at=at)
    named = _institutions(session, {row.told_institution_id for row in rows})
    bands = list(Band)
    found = [
        BlindedSought(
            row.pairing_id,
            own[row.living_id],
            row.missing_id,
            Band(row.band),
            named.get(row.told_institution_id),
        )
        for row in rows
        if row.living_id in own
    ]
    return sorted(found, key=lambda each: (bands.index(each.band), each.id))


def get_blinded_sought(
    session: Session, viewer: Viewer, living: LivingPerson, pairing_id: int, *, at: datetime
) -> BlindedSought:
    """Give one of them.

    Raises
    ------
    NotFound
        If there is none of this person alive.
    """
    found = list_blinded_sought(session, viewer, at=at, living=living)
    for each in found:
        if each.id == pairing_id:
            return each
    raise NotFound("pairing")


def list_answers(
    session: Session,
    viewer: Viewer,
    living: LivingPerson,
    missing_person_id: int,
    *,
    at: datetime,
) -> list[LivingPairingDecision]:
    """List what was entered of one family, the newest first; nothing without a fresh proof."""
    query = (
        readable_living(viewer, at, also=[Permission.LIVING_CONTACT_READ])
        .where(LivingPerson.id == living.id)
        .with_only_columns(LivingPerson.id)
    )
    if session.scalar(query) is None:
        return []
    rows = session.scalars(
        sa.select(LivingPairingDecision)
        .where(
            LivingPairingDecision.case_id == living.id,
            LivingPairingDecision.missing_person_id == missing_person_id,
        )
        .order_by(LivingPairingDecision.id.desc())
    ).all()
    return list(open_group(session, viewer, rows, Reveals.CONTACT, at=at).rows)


def list_agreed(session: Session, viewer: Viewer, person: MissingPerson) -> list[Agreed]:
    """List who alive agreed that those who look for `person` are told; before that, nobody."""
    if not viewer.may(Permission.SOUGHT_AGREED_READ):
        return []
    asked = sa.func.agreed_living(person.id).table_valued(
        sa.column("institution_id", sa.BigInteger),
        sa.column("agreed_at", sa.DateTime(timezone=True)),
    )
    rows = session.execute(sa.select(asked)).all()
    named = _institutions(session, {row.institution_id for row in rows})
    return [Agreed(named[row.institution_id].name, row.agreed_at) for row in rows]


def _institutions(session: Session, ids: Iterable[int | None]) -> dict[int | None, Institution]:
    wanted = [each for each in ids if each is not None]
    query = sa.select(Institution).where(Institution.id.in_(wanted))
    return {each.id: each for each in session.scalars(query)}


def _own(
    session: Session, viewer: Viewer, ids: set[int], *, at: datetime
) -> dict[int, LivingPerson]:
    query = readable_living(viewer, at).where(
        LivingPerson.id.in_(ids),
        LivingPerson.owner_institution_id == viewer.institution_id,
        may_be_sought(),
    )
    found = recheck(session, viewer, Permission.LIVING_READ, session.scalars(query).all(), at)
    return {each.id: each for each in found}


def _with_records(
    session: Session,
    viewer: Viewer,
    pairings: Sequence[LivingPairing],
    *,
    at: datetime,
    is_list: bool = False,
) -> list[Sought]:
    """Fetch both records of each; a list names nobody whom somebody looks for."""
    sure = recheck(session, viewer, Permission.SOUGHT_READ, pairings, at)
    alive = _own(session, viewer, {each.living_person_id for each in sure}, at=at)
    query = readable_missing(viewer, at).where(
        MissingPerson.id.in_({each.missing_person_id for each in sure})
    )
    people: dict[int, Any] = {each.id: each for each in session.scalars(query)}
    unread = {Reveals.IDENTITY} if is_list else set()
    of_people = open_people(
        session,
        viewer,
        list(people.values()),
        at=at,
        groups=COMPARED,
        says_why=not is_list,
        unread=unread,
    )
    needs = {group: LivingPerson.opened_by[group] for group in COMPARED}
    of_alive = openings_of(
        session,
        viewer,
        list(alive.values()),
        needs,
        at=at,
        says_why=not is_list,
        unread=unread,
    )
    return [
        Sought(
            each,
            people[each.missing_person_id],
            alive[each.living_person_id],
            of_people[each.missing_person_id],
            of_alive[each.living_person_id],
        )
        for each in sure
        if each.missing_person_id in people and each.living_person_id in alive
    ]
