"""Reading proposals and runs. Every query starts from what its viewer may see."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from casework.candidates.both import COMPARED, Both, Side
from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from casework.candidates.narrowing import (
    OPEN_NUMBERS,
    WHOLE_NUMBERS,
    Wanted,
    is_excluded,
    proposed,
    readable_pairings,
)
from casework.candidates.open_numbers import open_sum
from casework.candidates.rules import MAY_BE_SEARCHED
from casework.database import any_of, one_by_one
from casework.errors import NotFound
from casework.listing import COUNTED, AtLeast
from casework.missing.model import MissingPerson
from casework.missing.opening import NEEDS as NEEDS_OF_PEOPLE
from casework.missing.opening import open_people
from casework.missing.queries import readable_missing
from casework.openings import Openings
from casework.remains.model import Remains
from casework.remains.opening import NEEDS as NEEDS_OF_REMAINS
from casework.remains.opening import open_all_remains
from casework.remains.queries import readable_remains
from privacy.door import recheck
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

PAGE = 25
A_FACTOR_OF_TWO = 0.301  # log10(2)
BEST_FIRST = (Pairing.posterior.desc(), Pairing.log10_lr.desc(), Pairing.id.desc())


class QueueSearch(BaseModel):
    """What the queue can be searched by; an empty field asks for nothing."""

    q: str = Field("", max_length=80)
    country: str = Field("", max_length=10)
    sex: str = Field("", max_length=10)
    least: str = Field("", max_length=6, pattern=r"^(-?\d{1,2}(\.\d{1,2})?)?$")
    excluded: str = Field("", max_length=3, pattern=r"^(yes)?$")
    page: int = Field(1, ge=1, le=100_000)

    def wanted(self) -> Wanted:
        """Give what the query needs."""
        return Wanted(
            text=self.q,
            country=self.country,
            sex=self.sex,
            least_log10_lr=float(self.least) if self.least else None,
            excluded=bool(self.excluded),
        )


class Counted(NamedTuple):
    """What is read of each pairing of a long list."""

    id: int
    missing_person_id: int
    remains_id: int
    posterior: float
    first_proposed_at: datetime


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a list is, and how many of its proposals are expected to be true.

    A long list is counted only so far, and of what comes after nothing is said. Expected of
    the `known` among those counted, whose numbers are open in whole.
    """

    count: int
    known: int
    expected_true: float
    best: Sequence[int] = ()  # the pairings that were counted, the best first
    open_in_whole: frozenset[int] = frozenset()  # those of the known
    counted: Sequence[Counted] = ()  # the same as `best`

    @property
    def is_whole(self) -> bool:
        """Say whether all were counted."""
        return not isinstance(self.count, AtLeast)


@dataclass(frozen=True, slots=True)
class Proposal(Both):
    """A pairing with both of its records, and what of each is open to whoever asked."""

    pairing: Pairing
    person: MissingPerson
    remains: Remains
    of_person: Openings
    of_remains: Openings

    @property
    def sides(self) -> tuple[Side, Side]:
        """The missing person's side, and that of the remains."""
        return (self.person, self.of_person), (self.remains, self.of_remains)


def measure(
    session: Session, viewer: Viewer, wanted: Wanted, *, at: datetime, least: int = 0
) -> Measure:
    """Count the best proposals of a list, and sum what is believed of those with open numbers.

    Up to a thousand, or `least`: all of a very large registry take longer than all the rest of
    a page, and what is not among its best is hardly expected to be true. A search can narrow a
    list to one pairing: its sum must not tell a number that is closed.
    """
    most = max(COUNTED, least)
    narrowed = proposed(session, viewer, wanted, at)
    columns = (getattr(Pairing, each) for each in Counted._fields)
    best = narrowed.query.with_only_columns(*columns).order_by(*BEST_FIRST)
    with nullcontext() if narrowed.is_short else one_by_one(session):
        found = [Counted(*row) for row in session.execute(best.limit(most + 1))]
    counted = found[:most]
    known = _with_whole_numbers(session, viewer, counted, at=at)
    return Measure(
        AtLeast(most) if len(found) > most else len(found),
        len(known),
        sum(each.posterior for each in known),
        [each.id for each in counted],
        frozenset(each.id for each in known),
        counted,
    )


def _with_whole_numbers(
    session: Session, viewer: Viewer, counted: Sequence[Counted], *, at: datetime
) -> list[Counted]:
    """Keep those of which nothing is closed that their numbers hold.

    Asked of these alone, and each side by itself: beside the list it would first be asked of
    every record, and joined of a record once for each of its pairings.
    """
    of_people = readable_missing(viewer, at, also=[NEEDS_OF_PEOPLE[it] for it in WHOLE_NUMBERS])
    of_remains = readable_remains(
        viewer, at, also=[NEEDS_OF_REMAINS[it] for it in WHOLE_NUMBERS]
    )
    people = _numbers(
        session, of_people, MissingPerson, {it.missing_person_id for it in counted}
    )
    remains = _numbers(session, of_remains, Remains, {it.remains_id for it in counted})
    return [
        each
        for each in counted
        if each.missing_person_id in people and each.remains_id in remains
    ]


def _numbers(
    session: Session, whole: sa.Select[Any], table: type[Any], ids: set[int]
) -> set[int]:
    of_these = whole.where(table.id == any_of(ids)).with_only_columns(table.id)
    return set(session.scalars(of_these))


def list_proposals(
    session: Session,
    viewer: Viewer,
    measured: Measure,
    *,
    at: datetime,
    page: int = 1,
    size: int = PAGE,
) -> list[Proposal]:
    """Read one page of the queue in the order it was measured in; pages count from 1.

    `measured`: the list, counted at least to the end of the page.
    """
    first = (page - 1) * size
    counted = measured.best[first : first + size]
    query = readable_pairings(viewer, at).where(Pairing.id == any_of(counted))
    found = {each.id: each for each in session.scalars(query)}
    pairings = [found[number] for number in counted if number in found]
    return with_records(session, viewer, pairings, at=at)


def get_proposal(
    session: Session, viewer: Viewer, pairing_id: int, *, at: datetime
) -> Proposal:
    """Fetch one pairing with everything that is compared.

    Raises
    ------
    NotFound
        If it is absent *or* one of its records is hidden from `viewer`.
    """
    query = readable_pairings(viewer, at).where(Pairing.id == pairing_id)
    pairings = session.scalars(query).all()
    found = with_records(session, viewer, pairings, at=at, is_list=False)
    if not found:
        raise NotFound("pairing")
    return found[0]


def count_as_good(session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime) -> int:
    """Count the other proposals of either record that fit as well, among those one may read.

    As well: within a factor of two, by what is open of this proposal.
    """
    pairing = proposal.pairing
    comparable = WHOLE_NUMBERS if proposal.shows_all else OPEN_NUMBERS
    others = readable_pairings(viewer, at, open_of_both=comparable).where(
        Pairing.state == PairingState.PROPOSED,
        Pairing.id != pairing.id,
        ~is_excluded(viewer),
        sa.or_(
            Pairing.missing_person_id == pairing.missing_person_id,
            Pairing.remains_id == pairing.remains_id,
        ),
    )
    least = open_sum(pairing, proposal.shows) - A_FACTOR_OF_TWO
    return sum(open_sum(each, proposal.shows) >= least for each in session.scalars(others))


def with_records(
    session: Session,
    viewer: Viewer,
    pairings: Sequence[Pairing],
    *,
    at: datetime,
    is_list: bool = True,
) -> list[Proposal]:
    """Fetch both records of each pairing; one with a record that is hidden is left out.

    A list names nobody: of an identity it is only decided whether it is open.
    """
    sure = recheck(session, viewer, Permission.PAIRING_READ, pairings, at)
    people = _searchable(
        session, readable_missing(viewer, at), MissingPerson, _of(sure, "missing_person_id")
    )
    found = _searchable(session, readable_remains(viewer, at), Remains, _of(sure, "remains_id"))
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
    of_remains = open_all_remains(
        session,
        viewer,
        list(found.values()),
        at=at,
        groups=COMPARED,
        says_why=not is_list,
        unread=unread,
    )
    return [
        Proposal(
            each,
            people[each.missing_person_id],
            found[each.remains_id],
            of_people[each.missing_person_id],
            of_remains[each.remains_id],
        )
        for each in sure
        if each.missing_person_id in people and each.remains_id in found
    ]


def _of(pairings: Sequence[Pairing], side: str) -> set[int]:
    return {getattr(each, side) for each in pairings}


def _searchable(
    session: Session, whole: sa.Select[Any], table: type[Any], ids: set[int]
) -> dict[int, Any]:
    """Those of `whole` that may be searched.

    Without consent to search no proposal is shown, not even to the record's own institution.
    """
    query = whole.where(table.id == any_of(ids), table.search_consent.in_(MAY_BE_SEARCHED))
    return {row.id: row for row in session.scalars(query)}


def get_run(
    session: Session, viewer: Viewer, run_id: int, *, for_update: bool = False
) -> MatchingRun:
    """Fetch one run.

    Raises
    ------
    NotFound
        If it is absent *or* hidden from `viewer`.
    """
    run = session.scalar(_readable_runs(viewer, run_id=run_id, for_update=for_update))
    if run is None:
        raise NotFound("matching run")
    return run


def run_of(session: Session, viewer: Viewer, pairing: Pairing) -> MatchingRun:
    """Give the run that weighed a pairing last."""
    return get_run(session, viewer, pairing.matching_run_id)


def list_runs(session: Session, viewer: Viewer, *, limit: int) -> list[MatchingRun]:
    """List the latest runs, the newest first."""
    return list(session.scalars(_readable_runs(viewer).limit(limit)))


def latest_run(session: Session, viewer: Viewer) -> MatchingRun | None:
    """Give the newest run, whatever became of it."""
    return session.scalar(_readable_runs(viewer).limit(1))


def last_finished_run(session: Session, viewer: Viewer) -> MatchingRun | None:
    """Give the run whose proposals stand in the queue."""
    finished = MatchingRun.state == MatchingState.FINISHED
    return session.scalar(_readable_runs(viewer).where(finished).limit(1))


def _readable_runs(
    viewer: Viewer, *, run_id: int | None = None, for_update: bool = False
) -> sa.Select[MatchingRun]:
    query = sa.select(MatchingRun).order_by(MatchingRun.id.desc())
    if not (viewer.may(Permission.PAIRING_READ) or viewer.may(Permission.MATCHING_RUN)):
        query = query.where(sa.false())
    if run_id is not None:
        query = query.where(MatchingRun.id == run_id)
    return query.with_for_update() if for_update else query


def list_readable_numbers(
    session: Session, viewer: Viewer, numbers: Sequence[int], *, at: datetime
) -> Sequence[int]:
    """Keep of some numbers of pairings those that the viewer may read, in their order."""
    query = readable_pairings(viewer, at).where(Pairing.id.in_(numbers))
    found = set(session.scalars(query.with_only_columns(Pairing.id)))
    return [each for each in numbers if each in found]
