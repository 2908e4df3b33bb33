"""Reading proposals and runs. Every query starts from what its viewer may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from casework.candidates.rules import MAY_BE_SEARCHED
from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from privacy.permissions import Permission, Viewer

PAGE = 25

# What a search of the queue looks through: what stands on its page, and no names.
PERSON_WORDS = (MissingPerson.reference, MissingPerson.place, MissingPerson.admin1)
REMAINS_WORDS = (
    Remains.reference,
    Remains.place,
    Remains.admin1,
    Remains.post_mortem_number,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the queue asked for; empty where they did not."""

    text: str = ""
    country: str = ""
    sex: str = ""
    least_log10_lr: float | None = None


class QueueSearch(BaseModel):
    """What the queue can be searched by; an empty field asks for nothing."""

    q: str = Field("", max_length=80)
    country: str = Field("", max_length=10)
    sex: str = Field("", max_length=10)
    least: str = Field("", max_length=6, pattern=r"^(-?\d{1,2}(\.\d{1,2})?)?$")
    page: int = Field(1, ge=1, le=100_000)

    def wanted(self) -> Wanted:
        """Give what the query needs."""
        return Wanted(
            text=self.q,
            country=self.country,
            sex=self.sex,
            least_log10_lr=float(self.least) if self.least else None,
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a list is, and how many of its proposals are expected to be true."""

    count: int
    expected_true: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pairing with both of its records."""

    pairing: Pairing
    person: MissingPerson
    remains: Remains


def readable_pairings(viewer: Viewer) -> sa.Select[Pairing]:
    """Pairings that `viewer` may read, as far as the pairing alone can tell.

    Whether both records may be read is asked of the records, by the database's row-level
    security and again when they are fetched. There is no join on purpose: with two hundred
    thousand pairings the planner's guesses about joins under row-level security decide
    between a tenth of a second and minutes.
    """
    query = sa.select(Pairing)
    return query if viewer.may(Permission.PAIRING_READ) else query.where(sa.false())


def measure(session: Session, viewer: Viewer, wanted: Wanted) -> Measure:
    """Count the proposals of a list, and sum what is believed of each."""
    listed = _proposed(viewer, wanted).with_only_columns(
        sa.func.count(), sa.func.coalesce(sa.func.sum(Pairing.posterior), 0.0)
    )
    count, expected = session.execute(listed).one()
    return Measure(count, expected)


def list_proposals(
    session: Session, viewer: Viewer, wanted: Wanted, *, page: int, size: int = PAGE
) -> list[Proposal]:
    """Read one page of the queue, the most probable first; pages count from 1."""
    pairings = session.scalars(
        _proposed(viewer, wanted)
        .order_by(Pairing.posterior.desc(), Pairing.log10_lr.desc(), Pairing.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return _with_records(session, viewer, pairings)


def get_proposal(session: Session, viewer: Viewer, pairing_id: int) -> Proposal:
    """Fetch one pairing with everything that is compared.

    Raises
    ------
    NotFound
        If it is absent *or* one of its records is hidden from `viewer`.
    """
    query = readable_pairings(viewer).where(Pairing.id == pairing_id)
    found = _with_records(session, viewer, session.scalars(query).all())
    if not found:
        raise NotFound("pairing")
    return found[0]


def _with_records(
    session: Session, viewer: Viewer, pairings: Sequence[Pairing]
) -> list[Proposal]:
    """Fetch both records of each pairing; one with a record that is hidden is left out."""
    people = _readable_by_id(
        session,
        readable_missing(viewer),
        MissingPerson,
        (each.missing_person_id for each in pairings),
    )
    remains = _readable_by_id(
        session, readable_remains(viewer), Remains, (each.remains_id for each in pairings)
    )
    return [
        Proposal(each, people[each.missing_person_id], remains[each.remains_id])
        for each in pairings
        if each.missing_person_id in people and each.remains_id in remains
    ]


def _readable_by_id(
    session: Session, readable: sa.Select[Any], table: type[Any], ids: Iterable[int]
) -> dict[int, Any]:
    """Those of `readable` that may be searched.

    Without consent to search no proposal is shown, not even to the record's own institution.
    """
    query = readable.where(table.id.in_(set(ids)), table.search_consent.in_(MAY_BE_SEARCHED))
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


def _proposed(viewer: Viewer, wanted: Wanted) -> sa.Select[Pairing]:
    query = readable_pairings(viewer).where(Pairing.state == PairingState.PROPOSED)
    if wanted.least_log10_lr is not None:
        query = query.where(Pairing.log10_lr >= wanted.least_log10_lr)
    if wanted.sex:
        query = query.where(
            _either(
                MissingPerson.sex == wanted.sex,
                Remains.sex.in_((wanted.sex, f"probable_{wanted.sex}")),
            )
        )
    if wanted.country:
        query = query.where(
            _either(
                sa.or_(
                    MissingPerson.country == wanted.country,
                    MissingPerson.nationalities.contains([wanted.country]),
                ),
                Remains.country == wanted.country,
            )
        )
    for word in wanted.text.split():
        query = query.where(
            _either(_mentions(PERSON_WORDS, word), _mentions(REMAINS_WORDS, word))
        )
    return query


def _either(
    of_person: sa.ColumnElement[bool], of_remains: sa.ColumnElement[bool]
) -> sa.ColumnElement[bool]:
    """Pairings with one side or the other as described."""
    return sa.or_(
        Pairing.missing_person_id.in_(sa.select(MissingPerson.id).where(of_person)),
        Pairing.remains_id.in_(sa.select(Remains.id).where(of_remains)),
    )


def _mentions(columns: tuple[Any, ...], word: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(each.icontains(word, autoescape=True) for each in columns))
