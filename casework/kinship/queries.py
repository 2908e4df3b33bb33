"""Reading results of DNA: through a proposal, with the DNA of both of its records open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal, get_proposal
from casework.errors import NotFound
from casework.kinship.model import DnaResult
from casework.kinship.told import Told, read_back
from casework.missing.opening import open_people
from casework.openings import Closed
from casework.pedigree.tree import Tree
from casework.pedigree.written import read_back as read_tree
from casework.remains.opening import open_all_remains
from casework.retention.sight import as_keeper
from casework.samples.queries import dna_consents
from privacy.errors import StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group


@dataclass(frozen=True, slots=True)
class Kept:
    """One result, opened. `is_withdrawn`: a donor it rests on does not agree any more."""

    result: DnaResult
    told: Told
    is_replaced: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal whose DNA was asked for: its results, newest first, or why it is closed."""

    proposal: Proposal
    results: Sequence[Kept]
    closed: Closed | None

    @property
    def standing(self) -> Kept | None:
        """The result that no later one replaces and that was entered last."""
        return next((each for each in self.results if not each.is_replaced), None)

    def result(self, number: int) -> Kept:
        """Find one result.

        Raises
        ------
        NotFound
            If it is of another pair.
        """
        for each in self.results:
            if each.result.id == number:
                return each
        raise NotFound("DNA result")


def open_pair(
    session: Session, viewer: Viewer, pairing_id: int, *, at: datetime, proves: bool = True
) -> Pair:
    """Open what DNA says of the proposal with this number, as `open_dna` does.

    Raises
    ------
    NotFound
        If there is no such proposal, or it is hidden.
    StepUpNeeded
        As of `open_dna`.
    """
    proposal = get_proposal(session, viewer, pairing_id, at=at)
    return open_dna(session, viewer, proposal, at=at, proves=proves)


def open_dna(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime, proves: bool = True
) -> Pair:
    """Open what DNA says of a proposal, if the DNA of both records is open to `viewer`.

    With `proves` who did not prove a moment ago to be there is sent to do so; without it
    nothing is opened for them, and it is said that they would have to.

    Raises
    ------
    StepUpNeeded
        As above.
    """
    if proves and not viewer.stepped_up:
        raise StepUpNeeded
    if closed := _why_closed(session, viewer, proposal, at=at):
        return Pair(proposal, (), closed)
    return Pair(proposal, _results(session, viewer, proposal, at=at), None)


def _why_closed(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Closed | None:
    """Open the DNA of both records, or say of the first that is closed what it lacks."""
    group, unread = Reveals.DNA, () if viewer.stepped_up else (Reveals.DNA,)
    person, remains = proposal.person, proposal.remains
    of_person = open_people(
        session, viewer, [person], at=at, groups=(group,), says_why=True, unread=unread
    )[person.id]
    of_remains = open_all_remains(
        session, viewer, [remains], at=at, groups=(group,), says_why=True, unread=unread
    )[remains.id]
    sides = (of_person, of_remains)
    return next((each.closed[group] for each in sides if not each.shows(group)), None)


def _results(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> tuple[Kept, ...]:
    rows = session.scalars(
        sa.select(DnaResult)
        .where(
            DnaResult.case_id == proposal.person.id,
            DnaResult.remains_id == proposal.remains.id,
        )
        .order_by(DnaResult.id.desc())
    ).all()
    open_group(session, viewer, rows, Reveals.DNA, at=at)
    replaced = {each.replaces_id for each in rows}
    agreed = _agree_now(session, viewer, proposal.person.id, at=at) if rows else frozenset()
    return tuple(
        Kept(
            each,
            told := read_back(each.told),
            is_replaced=each.id in replaced,
            is_withdrawn=_is_withdrawn(told, agreed),
        )
        for each in rows
    )


def _agree_now(
    session: Session, viewer: Viewer, person_id: int, *, at: datetime
) -> Collection[int]:
    """Say whose DNA may be compared now; what else the ledger says is for its own side."""
    with as_keeper(session, viewer):
        return frozenset(dna_consents(session, person_id, at=at))


def _is_withdrawn(told: Told, agreed: Collection[int]) -> bool:
    """Say whether the DNA of a registered donor was used who does not agree to it now."""
    return bool(told.tree) and not donors_among(read_tree(told.tree), told.typed) <= set(agreed)


def donors_among(tree: Tree, typed: Collection[int]) -> set[int]:
    """Give the registered relatives among those whose profiles were used, by their numbers."""
    return {
        member.relative_id
        for member in tree.members
        if member.number in typed and member.relative_id is not None
    }
