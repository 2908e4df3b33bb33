"""What was believed of a pair on a day, and why: the snapshot that a decision keeps.

Hypotheses, prior and its basis, every weight, and the posterior stand on record before anybody
decides (Budowle et al. 2011). A number can hold the gate shut; it opens nothing.
"""

from typing import Any

from casework.candidates.joint import calibration_of
from casework.candidates.model import MatchingRun
from casework.candidates.sensitivity import odds_before_evidence
from casework.identifications.rules import Numbers, NumbersLack
from casework.kinship.queries import Kept, Pair
from casework.kinship.told import Outcome, Told
from casework.kinship.weighing import Beside, beside
from privacy.policy.countries import rule_of


def numbers_of(pair: Pair, run: MatchingRun, *, by_dna: bool) -> Numbers:
    """Lay together what is on record of one pair today, and say what it lacks.

    `by_dna`: the only primary identifier is DNA, so that its posterior has to reach the
    threshold of the country where the remains are kept.
    """
    proposal = pair.proposal
    if not proposal.shows_all or (by_dna and pair.closed is not None):
        return Numbers(lacks=NumbersLack.CLOSED)
    threshold = rule_of(proposal.remains.owner_country).dna_threshold
    odds = odds_before_evidence(proposal, run)
    snapshot: dict[str, Any] = {
        "prior_odds": odds,
        "prior_basis": run.prior_basis or "",
        "model": f"{run.model_name or ''} {run.model_version or ''}".strip(),
        "run": run.id,
        "weights": dict(proposal.weights),
        "log10_lr": proposal.log10_lr,
        "posterior": proposal.pairing.posterior,
        "threshold": threshold,
    }
    if pair.closed is not None:
        snapshot["dna"] = {"closed": True}  # it names nobody here, and was not looked at
        return Numbers(snapshot)
    kept = pair.standing
    if kept is None or kept.is_withdrawn:
        return Numbers(snapshot, NumbersLack.NO_DNA if by_dna else None)
    found = beside(kept.told, proposal.weights, odds, calibration_of(run))
    snapshot["dna"] = _dna(kept, kept.told, found)
    return Numbers(snapshot, _lacks(found, threshold) if by_dna else None)


def _lacks(found: Beside | None, threshold: float) -> NumbersLack | None:
    if found is None:
        return NumbersLack.NO_RATIO
    return None if found.posterior >= threshold else NumbersLack.BELOW


def _dna(kept: Kept, told: Told, found: Beside | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "result": kept.result.id,
        "outcome": told.outcome.value,
        "against": told.against.value,
        "report": told.report,
    }
    if told.outcome is Outcome.RATIO:
        said["log10_lr"] = told.log10_lr
    if told.comparisons is not None:
        said["comparisons"] = told.comparisons
    if found is not None:
        said |= {"posterior": found.posterior, "left_out": list(found.left_out)}
    return said
