"""Reading the gate of a pair and what was decided of it, where both records may be read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal, get_proposal, run_of
from casework.desk.signing import keepers_without_coordinators, services_that_sign
from casework.errors import NotFound
from casework.identifications.entries import entries_of
from casework.identifications.model import (
    Decision,
    DecisionEnd,
    DecisionRelease,
    DecisionSignature,
    SignedFor,
)
from casework.identifications.numbers import numbers_of
from casework.identifications.rules import Item, Numbers, is_by_dna, items_of, signed_by
from casework.kinship.queries import open_dna
from casework.missing.model import MissingPerson
from casework.missing.opening import open_people
from casework.missing.queries import readable_missing
from casework.openings import Closed
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.review.blind import refuse_who_speaks_yet, speaks_yet, yet_to_speak
from casework.review.queries import Standing, standing_of
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.sealing.opening import open_group

AT_A_TIME = 50
PAIR_PARTS = (DecisionSignature, DecisionEnd, DecisionRelease)


def neither_ended_nor_declined() -> sa.ColumnElement[bool]:
    """Write as a condition on a decision that nobody took it back or declined to sign it."""
    declined = sa.exists().where(
        DecisionSignature.decision_id == Decision.id, DecisionSignature.accepted.is_(False)
    )
    ended = sa.exists().where(DecisionEnd.decision_id == Decision.id)
    return ~ended & ~declined


class DecisionState(StrEnum):
    """Where a decision stands."""

    WAITS = "waits"
    LOCKED = "locked"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its signatures, how it ended if it did, and its release."""

    row: Decision
    person: MissingPerson
    remains: Remains
    signatures: Sequence[DecisionSignature]
    end: DecisionEnd | None
    release: DecisionRelease | None
    # The service that signs for the person's keeper, where that has no coordinators.
    service: int | None = None
    lacks_signer: bool = False

    @property
    def state(self) -> DecisionState:
        if self.end is not None:
            return DecisionState.ENDED
        if any(not each.accepted for each in self.signatures):
            return DecisionState.DECLINED
        signed = {each.signed_for for each in self.signatures}
        is_whole = SignedFor.BOTH in signed or {SignedFor.PERSON, SignedFor.REMAINS} <= signed
        return DecisionState.LOCKED if is_whole else DecisionState.WAITS

    @property
    def stands(self) -> bool:
        return self.state in {DecisionState.WAITS, DecisionState.LOCKED}

    @property
    def one_keeper(self) -> bool:
        return self.person.owner_institution_id == self.remains.owner_institution_id

    @property
    def waits_for(self) -> tuple[SignedFor, ...]:
        """Say for which records nobody has signed yet."""
        if self.state is not DecisionState.WAITS:
            return ()
        asked = (SignedFor.BOTH,) if self.one_keeper else (SignedFor.PERSON, SignedFor.REMAINS)
        signed = {each.signed_for for each in self.signatures}
        return tuple(each for each in asked if each not in signed)

    @property
    def signing_institutions(self) -> frozenset[int]:
        """Name who signs: both keepers, or for the person's the service that acts for it."""
        of_person = self.service or self.person.owner_institution_id
        return frozenset({of_person, self.remains.owner_institution_id})

    def has_signed(self, viewer: Viewer) -> bool:
        """Say whether this very person signed: the other signature is somebody else's."""
        return any(each.entered_by == viewer.account_id for each in self.signatures)

    def signs_for(self, viewer: Viewer) -> SignedFor | None:
        """Say for which record the viewer's institution signs; None where for neither.

        Of one that signs for both, in two signatures, the side that still waits.
        """
        own = viewer.institution_id
        sides = signed_by(
            own in {self.person.owner_institution_id, self.service},
            self.remains.owner_institution_id == own,
            one_keeper=self.one_keeper,
        )
        waiting = [each for each in sides if each in self.waits_for]
        return next(iter(waiting or sides), None)

    def signs_in_the_name_of(self, viewer: Viewer, side: SignedFor | None) -> int | None:
        """Name the keeper for which a viewer of another institution signs."""
        keeper = self.person.owner_institution_id
        is_other = side is SignedFor.PERSON and viewer.institution_id != keeper
        return keeper if is_other else None

    def may_sign(self, viewer: Viewer) -> bool:
        """Say whether a signature of the viewer's is waited for."""
        return self.signs_for(viewer) in self.waits_for and not self.has_signed(viewer)


@dataclass(frozen=True, slots=True)
class Gate:
    """A proposal at the gate: each item, what was decided before, or why it is closed.

    `is_withheld`: whoever has yet to speak blind of the pair reads neither.
    """

    proposal: Proposal
    closed: Closed | None
    standing: Standing
    numbers: Numbers
    items: tuple[Item, ...]
    decisions: Sequence[Decided]
    is_withheld: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether every item stands: what remains are the signatures."""
        return bool(self.items) and all(each.stands for each in self.items)

    @property
    def under_way(self) -> Decided | None:
        """Give the decision that keeps another from being proposed."""
        return next(
            (
                each
                for each in self.decisions
                if each.state is DecisionState.WAITS
                or (each.state is DecisionState.LOCKED and each.row.outcome != "premature")
            ),
            None,
        )


def open_gate(session: Session, viewer: Viewer, pairing_id: int, *, at: datetime) -> Gate:
    """Open what stands at the gate of one proposal, and what lacks.

    Raises
    ------
    NotFound
        If there is no such proposal, or it is hidden.
    """
    proposal = get_proposal(session, viewer, pairing_id, at=at)
    closed = why_closed(session, viewer, proposal, at=at)
    standing = standing_of(session, viewer, proposal)
    withheld = speaks_yet(session, viewer, (proposal.person.id, proposal.remains.id))
    if closed is not None or withheld:
        return Gate(proposal, closed, standing, Numbers(), (), (), withheld)
    entries = entries_of(session, viewer, proposal, at=at)
    pair = open_dna(session, viewer, proposal, at=at, proves=False)
    run = run_of(session, viewer, proposal.pairing)
    numbers = numbers_of(pair, run, by_dna=is_by_dna(entries))
    return Gate(
        proposal,
        None,
        standing,
        numbers,
        items_of(standing, entries, numbers),
        decisions_of(session, viewer, proposal, at=at),
    )


def why_closed(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Closed | None:
    """Say what opens the missing person's names to the viewer; None where they are open."""
    person = proposal.person
    group = Reveals.IDENTITY
    opened = open_people(session, viewer, [person], at=at, groups=(group,), says_why=True)
    openings = opened[person.id]
    return None if openings.shows(group) else openings.closed[group]


def decisions_of(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> list[Decided]:
    """Read all that was decided of a pair, the newest first."""
    rows = session.scalars(
        sa.select(Decision)
        .where(
            Decision.case_id == proposal.person.id, Decision.remains_id == proposal.remains.id
        )
        .order_by(Decision.id.desc())
    ).all()
    return _whole(session, viewer, rows, pairs_of(session, viewer, rows, at=at), at=at)


Pairs = Mapping[tuple[int, int], tuple[MissingPerson, Remains]]


def decisions_in_clear(
    session: Session, viewer: Viewer, rows: Sequence[Decision], pairs: Pairs
) -> list[Decided]:
    """Put decisions together without opening what is sealed of them.

    `pairs`: by the numbers of both, the records that the viewer may read; others are left out.
    """
    if not viewer.may(Permission.DECISION_READ):
        return []
    seen = [row for row in rows if (row.case_id, row.remains_id) in pairs]
    parts = _parts_of(session, [row.id for row in seen]) if seen else {}
    return [
        _decided(row, *pairs[row.case_id, row.remains_id], parts.get(row.id, []))
        for row in seen
    ]


def get_decision(session: Session, viewer: Viewer, number: int, *, at: datetime) -> Decided:
    """Fetch one decision, also where nobody proposes its pair any more.

    Raises
    ------
    NotFound
        If it is absent *or* one of its records is hidden from `viewer`.
    SpeakFirst
        If `viewer` has yet to speak blind of the pair.
    """
    rows = session.scalars(sa.select(Decision).where(Decision.id == number)).all()
    if pairs := pairs_of(session, viewer, rows, at=at):
        refuse_who_speaks_yet(session, viewer, next(iter(pairs)))
    for each in _whole(session, viewer, rows, pairs, at=at):
        return each
    raise NotFound("decision")


@dataclass(frozen=True, slots=True)
class Listed:
    """The newest decisions; of those that are withheld one may know that they are there."""

    told: Sequence[Decided]
    withheld: Sequence[Decided]


def list_decisions(session: Session, viewer: Viewer, *, at: datetime) -> Listed:
    """List the newest decisions about records that the viewer may read."""
    rows = session.scalars(
        sa.select(Decision).order_by(Decision.id.desc()).limit(AT_A_TIME)
    ).all()
    pairs = pairs_of(session, viewer, rows, at=at)
    blind = yet_to_speak(session, viewer, pairs)
    told = {pair: sides for pair, sides in pairs.items() if pair not in blind}
    kept = {pair: sides for pair, sides in pairs.items() if pair in blind}
    return Listed(
        _whole(session, viewer, rows, told, at=at),
        decisions_in_clear(session, viewer, rows, kept),
    )


def pairs_of(
    session: Session, viewer: Viewer, rows: Sequence[Decision], *, at: datetime
) -> Pairs:
    """Read both records of each decision, where the viewer may read both."""
    people = {
        each.id: each
        for each in session.scalars(
            readable_missing(viewer, at).where(
                MissingPerson.id.in_({row.case_id for row in rows})
            )
        )
    }
    remains = {
        each.id: each
        for each in session.scalars(
            readable_remains(viewer, at).where(Remains.id.in_({row.remains_id for row in rows}))
        )
    }
    return {
        (row.case_id, row.remains_id): (people[row.case_id], remains[row.remains_id])
        for row in rows
        if row.case_id in people and row.remains_id in remains
    }


def _whole(
    session: Session, viewer: Viewer, rows: Sequence[Decision], pairs: Pairs, *, at: datetime
) -> list[Decided]:
    seen = [row for row in rows if (row.case_id, row.remains_id) in pairs]
    people = {number: person for (number, _), (person, _) in pairs.items()}
    parts = _parts_of(session, [row.id for row in seen])
    open_group(
        session,
        viewer,
        [*seen, *(each for of_one in parts.values() for each in of_one)],
        Reveals.IDENTITY,
        at=at,
    )
    services = services_that_sign(session, {row.case_id for row in seen})
    alone = keepers_without_coordinators(
        session, {each.owner_institution_id for each in people.values()}
    )
    return [
        _decided(
            row,
            *pairs[row.case_id, row.remains_id],
            parts.get(row.id, []),
            service=services.get(row.case_id),
            is_alone=people[row.case_id].owner_institution_id in alone,
        )
        for row in seen
    ]


Parted = DecisionSignature | DecisionEnd | DecisionRelease


def _parts_of(session: Session, decisions: Collection[int]) -> Mapping[int, list[Parted]]:
    found: dict[int, list[Parted]] = {}
    for model in PAIR_PARTS:
        part: Any = model
        rows = sa.select(part).where(part.decision_id.in_(decisions)).order_by(part.id)
        for each in session.scalars(rows):
            found.setdefault(each.decision_id, []).append(each)
    return found


def _decided(
    row: Decision,
    person: MissingPerson,
    remains: Remains,
    of_one: Sequence[Parted],
    *,
    service: int | None = None,
    is_alone: bool = False,
) -> Decided:
    return Decided(
        row,
        person,
        remains,
        [each for each in of_one if isinstance(each, DecisionSignature)],
        next((each for each in of_one if isinstance(each, DecisionEnd)), None),
        next((each for each in of_one if isinstance(each, DecisionRelease)), None),
        service,
        is_alone and service is None,
    )
