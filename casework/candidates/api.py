"""Proposals and matching runs over the API: what the pages show, as data."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from casework.candidates.blinded import Blinded, get_blinded, list_blinded
from casework.candidates.explaining import explain_proposal
from casework.candidates.model import MatchingState, PairingState
from casework.candidates.opening import record_blinded, record_listed, record_read
from casework.candidates.queries import (
    PAGE,
    Proposal,
    QueueSearch,
    get_proposal,
    get_run,
    list_proposals,
    list_runs,
    measure,
)
from casework.candidates.rules import Band
from casework.candidates.sensitivity import open_posterior
from casework.errors import NotFound
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["proposals"])
RecordId = Annotated[int, Path(ge=1, le=2**53)]
RUNS_LISTED = 50
ALWAYS_TOLD = ("id", "state", "prior", "first_proposed_at", "last_proposed_at")


class ProposedPairing(BaseModel):
    """A proposal that two records may speak of one person. It is not an identification.

    `log10_lr` is the sum of `weights`: what is closed to you on a side does not count. Where a
    body is closed, only `band` tells how strong it is; in a list `posterior` is told only
    where nothing is closed.
    """

    id: int
    missing_person: str
    remains: str
    state: PairingState
    band: Band
    log10_lr: float | None
    posterior: float | None
    prior: float
    weights: dict[str, float]
    first_proposed_at: datetime
    last_proposed_at: datetime
    invented: bool

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposedPairing":
        """Tell what is open of a proposal."""
        pairing = proposal.pairing
        told: dict[str, Any] = {name: getattr(pairing, name) for name in ALWAYS_TOLD}
        return cls(
            **told,
            missing_person=proposal.person.reference,
            remains=proposal.remains.reference,
            band=proposal.band,
            log10_lr=proposal.log10_lr,
            posterior=pairing.posterior if proposal.shows_all else None,
            weights=proposal.weights,
            invented=proposal.person.invented or proposal.remains.invented,
        )


class BlindedPairing(BaseModel):
    """A proposal whose other record is closed: whom to ask, and no number."""

    id: int
    own_reference: str
    band: Band
    institution: str
    country: str

    @classmethod
    def of(cls, blinded: Blinded) -> "BlindedPairing":
        """Tell all that is known of it."""
        return cls(**{name: getattr(blinded, name) for name in cls.model_fields})


class Queue(BaseModel):
    """One page of the queue, the most probable first; the counts are of the whole list.

    `count` ends at a thousand, or at the end of your page: there may be more. `expected_true`
    tells of those counted whose numbers are open in whole; the blinded are counted apart.
    """

    count: int
    expected_true: float
    page: int
    size: int
    proposals: list[ProposedPairing]
    blinded_count: int
    blinded: list[BlindedPairing]


class Reason(BaseModel):
    """Why one kind of evidence weighs what it weighs."""

    kind: str
    reason: str
    facts: dict[str, str | float]


class Unknown(BaseModel):
    """A kind that could not be compared: the weight to expect of it, and the usual range."""

    kind: str
    side: str
    if_same: float
    if_not: float
    low: float
    high: float


class Argument(BaseModel):
    """The strongest argument against: a kind, that others fit as well, or what is unknown."""

    rests_on: str
    kind: str
    log10_lr: float
    others: int


class ExplainedPairing(ProposedPairing):
    """A proposal with its reasons; what could not be compared, with the side that lacks it.

    `unknown` has first what it would be worth most to know. Without open numbers there is no
    `argument_against`.
    """

    model: str
    model_hash: str
    reasons: list[Reason]
    lacking: dict[str, str]
    unknown: list[Unknown]
    argument_against: Argument | None


class Run(BaseModel):
    """One weighing of every missing person against all remains."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    state: MatchingState
    requested_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    done: int
    total: int | None
    cancel_requested: bool
    failure: str | None
    model_name: str | None
    model_version: str | None
    model_hash: str | None
    inputs_hash: str | None
    missing_count: int | None
    remains_count: int | None
    pairs_scored: int | None
    pairs_skipped: int | None
    prior: float | None
    prior_basis: str | None
    expected_true_matches: float | None


@router.get("/pairings")
@requires(Permission.PAIRING_READ)
def list_pairings(visit: Entered, search: Annotated[QueueSearch, Query()]) -> Queue:
    """List the proposals that you may see, the most probable first."""
    session, viewer, wanted = visit.session, visit.viewer, search.wanted()
    listed = measure(session, viewer, wanted, at=visit.at, least=search.page * PAGE)
    proposals = list_proposals(session, viewer, listed, at=visit.at, page=search.page)
    blinded = list_blinded(session, viewer, at=visit.at)
    record_listed(visit, proposals, blinded.shown)
    return Queue(
        count=listed.count,
        expected_true=listed.expected_true,
        page=search.page,
        size=PAGE,
        proposals=[ProposedPairing.of(each) for each in proposals],
        blinded_count=blinded.count,
        blinded=[BlindedPairing.of(each) for each in blinded.shown],
    )


@router.get("/pairings/{pairing_id:int}")
@requires(Permission.PAIRING_READ)
def read_pairing(visit: Entered, pairing_id: RecordId) -> ExplainedPairing | BlindedPairing:
    """Read one proposal with the reasons behind each weight, or that one side is closed."""
    try:
        proposal = get_proposal(visit.session, visit.viewer, pairing_id, at=visit.at)
    except NotFound:
        blinded = get_blinded(visit.session, visit.viewer, pairing_id, at=visit.at)
        record_blinded(visit, blinded)
        return BlindedPairing.of(blinded)
    record_read(visit, proposal)
    return _explained(visit, proposal)


def _explained(visit: Visit, proposal: Proposal) -> ExplainedPairing:
    found = explain_proposal(visit.session, visit.viewer, proposal, at=visit.at)
    explained, argued = found.explained, found.argued
    told = ProposedPairing.of(proposal).model_dump()
    if proposal.shows_numbers:
        told["posterior"] = open_posterior(proposal, found.run)
    return ExplainedPairing(
        **told,
        model=found.model,
        model_hash=found.run.model_hash or "",
        reasons=[
            Reason(kind=kind, reason=reason, facts=dict(facts))
            for kind, (reason, facts) in explained.reasons.items()
        ],
        lacking=dict(explained.lacking),
        unknown=[
            Unknown(kind=each.kind, side=each.side, **asdict(each.expected))
            for each in explained.unknown
        ],
        argument_against=Argument(**asdict(argued)) if argued else None,
    )


@router.get("/matching-runs")
@requires(Permission.PAIRING_READ)
def list_matching_runs(visit: Entered) -> list[Run]:
    """List the latest matching runs, the newest first."""
    found = list_runs(visit.session, visit.viewer, limit=RUNS_LISTED)
    return [Run.model_validate(each) for each in found]


@router.get("/matching-runs/{run_id:int}")
@requires(Permission.PAIRING_READ)
def read_matching_run(visit: Entered, run_id: RecordId) -> Run:
    """Read one matching run: how far it is, or what came of it."""
    return Run.model_validate(get_run(visit.session, visit.viewer, run_id))
