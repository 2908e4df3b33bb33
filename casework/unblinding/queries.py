"""Requests to open a blinded proposal, as whoever keeps one of its records may know them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.blinded import get_blinded
from casework.candidates.queries import get_proposal
from casework.candidates.rules import Band
from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.unblinding.model import Answer, Ending, Unblinding, UnblindingAnswer
from privacy.model import Reveals
from privacy.permissions import Permission, Role, Viewer
from privacy.sealing.opening import open_group

AT_A_TIME = 200


class State(StrEnum):
    """Where a request stands; of the other's answer it tells nothing before it has effect."""

    WAITS = "waits"
    OPEN = "open"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNANSWERED = "unanswered"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that the viewer's institution keeps one side of, as far as it may be known."""

    pairing_id: int
    remains: Remains
    own_reference: str
    band: Band | None
    keeps_person: bool
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its row, the viewer's own record, and what they may know was answered."""

    row: Unblinding
    own: MissingPerson | Remains | None
    answers: Sequence[UnblindingAnswer]
    words: str
    answer_words: Mapping[int, str]
    at: datetime

    @property
    def state(self) -> State:
        """Say where it stands that day."""
        return state_of(self.row, self.at.date())

    @property
    def own_reference(self) -> str:
        """Give the viewer's own record; nothing to whoever only watches over it."""
        return self.own.reference if self.own is not None else ""

    def keeps_person(self, viewer: Viewer) -> bool:
        """Say whether the viewer's institution answers for the family's file."""
        return self.row.person_institution_id == viewer.institution_id

    @property
    def asked_institution_id(self) -> int:
        """Give the institution that is asked."""
        row = self.row
        both = {row.person_institution_id, row.remains_institution_id}
        return (both - {row.asking_institution_id}).pop()

    def agreed_by(self, institution_id: int) -> UnblindingAnswer | None:
        """Give the newest yes of an institution, as far as the viewer may know of it."""
        said = [each for each in self.answers if each.institution_id == institution_id]
        newest = said[-1] if said else None
        return newest if newest is not None and newest.said is Answer.AGREED else None

    def waits_for(self, viewer: Viewer) -> bool:
        """Say whether the viewer's institution has yet to answer."""
        own = self.agreed_by(viewer.institution_id)
        return self.state is State.WAITS and own is None


def state_of(row: Unblinding, today: date) -> State:
    """Say where a request stands on a day."""
    if row.ended_how is not None:
        return State(row.ended_how.value)
    if row.open_until is not None:
        return State.OPEN if row.open_until >= today else State.LAPSED
    return State.WAITS if row.answer_by >= today else State(Ending.UNANSWERED.value)


def get_pair(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> Pair:
    """Fetch a pair that can be asked for, whether the viewer reads one side of it or both.

    Raises
    ------
    NotFound
        If there is none that concerns a record of the viewer's own institution, or one
        institution keeps both: there is nobody to ask.
    """
    try:
        proposal = get_proposal(session, viewer, pairing_id, at=at)
    except NotFound:
        return _blinded(session, viewer, pairing_id, at)
    own = viewer.institution_id
    keepers = (proposal.person.owner_institution_id, proposal.remains.owner_institution_id)
    if own not in keepers or len(set(keepers)) == 1:
        raise NotFound("pairing")
    keeps_person = proposal.person.owner_institution_id == own
    record = proposal.person if keeps_person else proposal.remains
    return Pair(
        pairing_id,
        proposal.remains,
        record.reference,
        None,
        keeps_person=keeps_person,
        is_readable=True,
    )


def _blinded(session: Session, viewer: Viewer, pairing_id: int, at: datetime) -> Pair:
    blinded = get_blinded(session, viewer, pairing_id, at=at)
    found = session.scalars(
        readable_remains(viewer, at).where(Remains.reference == blinded.own_reference)
    ).first()
    if found is None:
        raise NotFound("pairing")
    return Pair(
        pairing_id,
        found,
        found.reference,
        blinded.band,
        keeps_person=False,
        is_readable=False,
    )


def under_way_of(
    session: Session, viewer: Viewer, pairing_id: int, *, at: datetime
) -> Asked | None:
    """Give the request for a pair that still waits or is open, if there is one."""
    rows = session.scalars(
        sa.select(Unblinding)
        .where(Unblinding.pairing_id == pairing_id, Unblinding.ended_at.is_(None))
        .order_by(Unblinding.id.desc())
    ).all()
    under_way = {State.WAITS, State.OPEN}
    for each in _whole(session, viewer, rows, at=at):
        if each.state in under_way:
            return each
    return None


def asked_of(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> list[Asked]:
    """Give every request for a pair, the oldest first, as far as the viewer may know of it."""
    if not viewer.may(Permission.UNBLINDING_READ):
        return []
    rows = session.scalars(
        sa.select(Unblinding).where(Unblinding.pairing_id == pairing_id).order_by(Unblinding.id)
    ).all()
    return _whole(session, viewer, rows, at=at) if rows else []


def get_unblinding(session: Session, viewer: Viewer, number: int, *, at: datetime) -> Asked:
    """Fetch one request.

    Raises
    ------
    NotFound
        If it is absent *or* neither of its records is kept by the viewer's institution.
    """
    rows = session.scalars(sa.select(Unblinding).where(Unblinding.id == number)).all()
    for each in _whole(session, viewer, rows, at=at, opens_words=True):
        return each
    raise NotFound("request")


def list_unblindings(session: Session, viewer: Viewer, *, at: datetime) -> list[Asked]:
    """List the newest, those that wait for the viewer's institution first."""
    rows = session.scalars(
        sa.select(Unblinding).order_by(Unblinding.id.desc()).limit(AT_A_TIME)
    ).all()
    found = _whole(session, viewer, rows, at=at)
    return sorted(found, key=lambda each: not each.waits_for(viewer))


def count_waiting(session: Session, viewer: Viewer, *, at: datetime) -> int:
    """Count those that wait for the viewer's institution."""
    if not viewer.may(Permission.UNBLINDING_ANSWER):
        return 0
    answered = sa.exists().where(
        UnblindingAnswer.unblinding_id == Unblinding.id,
        UnblindingAnswer.institution_id == viewer.institution_id,
    )
    waiting = (
        sa.select(sa.func.count())
        .select_from(Unblinding)
        .where(
            Unblinding.ended_at.is_(None),
            Unblinding.opened_at.is_(None),
            Unblinding.answer_by >= at.date(),
            sa.not_(answered),
        )
    )
    return session.scalar(waiting) or 0


def _whole(
    session: Session,
    viewer: Viewer,
    rows: Sequence[Unblinding],
    *,
    at: datetime,
    opens_words: bool = False,
) -> list[Asked]:
    """Put beside each its answers, its words and the viewer's own record."""
    answers = _answers_to(session, [row.id for row in rows])
    watches = viewer.role is Role.DATA_PROTECTION_OFFICER
    opened: Collection[Any] = ()
    if opens_words and not watches:
        every: list[Any] = [*rows, *(each for said in answers.values() for each in said)]
        opened = open_group(session, viewer, every, Reveals.CIRCUMSTANCE, at=at).rows
    people, remains = _own_records(session, viewer, rows, at)
    found = []
    for row in rows:
        keeps_person = row.person_institution_id == viewer.institution_id
        own = people.get(row.missing_person_id) if keeps_person else remains.get(row.case_id)
        if own is None and not watches:
            continue
        said = answers.get(row.id, [])
        words = row.words if row in opened else ""
        spoken = {each.id: each.words for each in said if each in opened}
        found.append(Asked(row, None if watches else own, said, words, spoken, at))
    return found


def _answers_to(
    session: Session, numbers: Collection[int]
) -> Mapping[int, list[UnblindingAnswer]]:
    found: dict[int, list[UnblindingAnswer]] = {}
    rows = (
        sa.select(UnblindingAnswer)
        .where(UnblindingAnswer.unblinding_id.in_(numbers))
        .order_by(UnblindingAnswer.id)
    )
    for each in session.scalars(rows):
        found.setdefault(each.unblinding_id, []).append(each)
    return found


def _own_records(
    session: Session, viewer: Viewer, rows: Sequence[Unblinding], at: datetime
) -> tuple[dict[int, MissingPerson], dict[int, Remains]]:
    people = session.scalars(
        readable_missing(viewer, at).where(
            MissingPerson.id.in_({row.missing_person_id for row in rows}),
            MissingPerson.owner_institution_id == viewer.institution_id,
        )
    )
    remains = session.scalars(
        readable_remains(viewer, at).where(
            Remains.id.in_({row.case_id for row in rows}),
            Remains.owner_institution_id == viewer.institution_id,
        )
    )
    return {each.id: each for each in people}, {each.id: each for each in remains}
