"""Letting those whom it concerns know that an act is planned which cannot be undone.

Who plans it may not know who else waits for these remains, and is not told: a job of the
keeper and of the matcher looks. A notice says that something is planned, and where to look;
there everybody is asked again what they may read. Of a proposal only forensic duties are
told that may read it now, never a family's liaison officer or a consulate.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing, PairingState
from casework.candidates.narrowing import readable_pairings
from casework.database import Database
from casework.desk.parties import all_parties, waits_for
from casework.desk.rules import AT_A_DESK
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.signin.model import Institution
from privacy.permissions import KEEPER, MATCHER, Permission, Role, Viewer
from privacy.policy import decide_each

FORENSIC = (Role.FORENSIC_EXAMINER, Role.FORENSIC_COORDINATOR)
# Of one institution so many proposals are named; the rest it finds on the file of the remains.
MOST_NAMED = 5


def tell_of_planned_act(database: Database, remains_id: int, at: datetime) -> None:
    """Tell the keeper's coordinators, who asked about the remains, and who has a proposal."""
    with database.transaction(MATCHER) as session:
        query = readable_pairings(MATCHER, at).where(
            Pairing.remains_id == remains_id, Pairing.state != PairingState.NO_LONGER_PROPOSED
        )
        pairings = session.scalars(query.order_by(Pairing.log10_lr.desc())).all()
    with database.transaction(KEEPER) as session:
        found = readable_remains(KEEPER, at).where(Remains.id == remains_id)
        remains = session.scalars(found).one_or_none()
        if remains is None or not remains.irreversible_act_planned:
            return
        whom = [_keepers(remains), *_those_with_a_proposal(session, remains, pairings, at=at)]
    whom += _those_who_asked(database, remains, at)
    with database.transaction(KEEPER) as session:
        for told in whom:
            tell(session, told, at=at)


def _keepers(remains: Remains) -> Told:
    return Told(
        kind=NotificationKind.ACT_PLANNED,
        institution_id=remains.owner_institution_id,
        roles=(Role.FORENSIC_COORDINATOR,),
        path="/acts",
        key=_key(remains, "keeper"),
    )


def _those_who_asked(database: Database, remains: Remains, at: datetime) -> Iterator[Told]:
    """Ask in the name of each office's duties whether the request is open to them."""
    with database.transaction(KEEPER) as session:
        parties = all_parties(session, remains.id)
        countries = _countries(session, {each.office for each in parties})
    for party in parties:
        if party.office == remains.owner_institution_id:
            continue
        roles = []
        for role in AT_A_DESK:
            reader = _reader(role, party.office, countries[party.office])
            with database.transaction(reader) as session:
                if waits_for(session, reader, party.request, at=at):
                    roles.append(role)
        if roles:
            yield Told(
                kind=NotificationKind.ACT_PLANNED,
                institution_id=party.office,
                roles=roles,
                path=f"/desk/{party.request}",
                key=_key(remains, f"desk{party.request}.{party.office}"),
            )


def _those_with_a_proposal(
    session: Session, remains: Remains, pairings: Sequence[Pairing], *, at: datetime
) -> Iterator[Told]:
    keepers = _keepers_of(session, [each.missing_person_id for each in pairings], at=at)
    others = set(keepers.values()) - {remains.owner_institution_id}
    for office, country in _countries(session, others).items():
        theirs = [each for each in pairings if keepers.get(each.missing_person_id) == office]
        for role in FORENSIC:
            reader = _reader(role, office, country)
            rulings = decide_each(session, reader, Permission.PAIRING_READ, theirs, at=at)
            told = [
                each for each, ruling in zip(theirs, rulings, strict=True) if ruling.allowed
            ]
            for each in told[:MOST_NAMED]:
                yield Told(
                    kind=NotificationKind.ACT_PLANNED,
                    institution_id=office,
                    roles=(role,),
                    path=f"/pairings/{each.id}",
                    key=_key(remains, f"{each.id}.{role.value[9:]}"),
                )


def _keepers_of(session: Session, people: Sequence[int], *, at: datetime) -> Mapping[int, int]:
    found = readable_missing(KEEPER, at).where(MissingPerson.id.in_(people))
    columns = (MissingPerson.id, MissingPerson.owner_institution_id)
    return {row[0]: row[1] for row in session.execute(found.with_only_columns(*columns))}


def _countries(session: Session, offices: Collection[int]) -> Mapping[int, str]:
    asked = sa.select(Institution.id, Institution.country).where(Institution.id.in_(offices))
    return {row[0]: row[1] for row in session.execute(asked)}


def _reader(role: Role, office: int, country: str) -> Viewer:
    """Stand for anybody of a duty there, who came in as everybody has to."""
    return Viewer(
        account_id=0, role=role, institution_id=office, country=country, second_factor=True
    )


def _key(remains: Remains, audience: str) -> str:
    """Name the happening: the same act on the same day is told once to each."""
    day = remains.irreversible_act_planned_from
    return f"act:{remains.id}:{remains.irreversible_act_planned[:20]}:{day}:{audience}"
