"""Proposals and matching runs over the API: what the pages show, as data."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from casework.candidates.model import MatchingState, PairingState
from casework.candidates.queries import (
    PAGE,
    Proposal,
    QueueSearch,
    get_proposal,
    get_run,
    list_proposals,
    list_runs,
    measure,
    run_of,
)
from casework.candidates.weighing import explain_pair
from casework.web.access import requires
from casework.web.visit import Entered
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["proposals"])
RecordId = Annotated[int, Path(ge=1, le=2**53)]
RUNS_LISTED = 50


class ProposedPairing(BaseModel):
    """A proposal that two records may speak of one person. It is not an identification."""

    id: int
    missing_person: str
    remains: str
    state: PairingState
    log10_lr: float
    posterior: float
    prior: float
    rank_for_missing: int
    rank_for_remains: int
    weights: dict[str, float]
    first_proposed_at: datetime
    last_proposed_at: datetime
    invented: bool

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposedPairing":
        pairing = proposal.pairing
        return cls(
            **{
                name: getattr(pairing, name)
                for name in cls.model_fields
                if name not in {"missing_person", "remains", "invented"}
            },
            missing_person=proposal.person.reference,
            remains=proposal.remains.reference,
            invented=proposal.person.invented or proposal.remains.invented,
        )


class Queue(BaseModel):
    """One page of the queue, the most probable first; the counts are of the whole list."""

    count: int
    expected_true: float
    page: int
    size: int
    proposals: list[ProposedPairing]


class Reason(BaseModel):
    """Why one kind of evidence weighs what it weighs."""

    kind: str
    reason: str
    facts: dict[str, str | float]


class ExplainedPairing(ProposedPairing):
    """A proposal with its reasons, and for what could not be compared, which side lacks it."""

    model: str
    model_hash: str
    reasons: list[Reason]
    lacking: dict[str, str]


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
    listed = measure(session, viewer, wanted)
    proposals = list_proposals(session, viewer, wanted, page=search.page)
    record(session, Deed.PAIRING_LISTED, by=viewer, at=visit.at, shown=len(proposals))
    return Queue(
        count=listed.count,
        expected_true=listed.expected_true,
        page=search.page,
        size=PAGE,
        proposals=[ProposedPairing.of(each) for each in proposals],
    )


@router.get("/pairings/{pairing_id:int}")
@requires(Permission.PAIRING_READ)
def read_pairing(visit: Entered, pairing_id: RecordId) -> ExplainedPairing:
    """Read one proposal with the reasons behind each weight."""
    proposal = get_proposal(visit.session, visit.viewer, pairing_id)
    run = run_of(visit.session, visit.viewer, proposal.pairing)
    model = f"{run.model_name}-{run.model_version}"
    explained = explain_pair(proposal.person, proposal.remains, model)
    record(
        visit.session,
        Deed.PAIRING_READ,
        by=visit.viewer,
        at=visit.at,
        about=f"pairing:{pairing_id}",
        missing=proposal.person.reference,
        remains=proposal.remains.reference,
    )
    return ExplainedPairing(
        **ProposedPairing.of(proposal).model_dump(),
        model=model,
        model_hash=run.model_hash or "",
        reasons=[
            Reason(kind=kind, reason=reason, facts=dict(facts))
            for kind, (reason, facts) in explained.reasons.items()
        ],
        lacking=dict(explained.lacking),
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
