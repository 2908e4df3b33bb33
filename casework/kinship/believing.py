"""What is believed of a pair without its DNA: today, and on the day its result was entered.

The rules for identification ask that prior, basis and every ratio be on record (5d, 7). Runs
come and go, and with them the prior; so the day's own is kept with the result, sealed.
"""

import math

from casework.candidates.joint import calibration_of
from casework.candidates.model import MatchingRun
from casework.candidates.sensitivity import odds_before_evidence
from casework.kinship.queries import Pair
from casework.kinship.told import Believed, Told
from casework.kinship.weighing import Beside, beside


def beside_now(pair: Pair, told: Told, run: MatchingRun) -> Beside | None:
    """Multiply what is open to the reader; where a body is closed there is nothing to say."""
    if not pair.proposal.shows_numbers:
        return None
    odds = odds_before_evidence(pair.proposal, run)
    return beside(told, pair.proposal.weights, odds, calibration_of(run))


def believed_now(pair: Pair, told: Told, run: MatchingRun) -> Believed:
    """Write down what is believed today, as far as it is open to whoever enters the result."""
    found = beside_now(pair, told, run)
    return Believed(
        prior=math.log10(odds_before_evidence(pair.proposal, run)),
        basis=run.prior_basis or "",
        missing=run.missing_count or 0,
        remains=run.remains_count or 0,
        other=found.other if found else None,
        counted=found.counted if found else None,
        left_out=found.left_out if found else (),
    )


def beside_then(told: Told) -> Beside | None:
    """Multiply as on the day the result was entered; None where not all of it was kept."""
    then = told.believed
    if then is None or then.other is None or then.counted is None or told.log10_lr is None:
        return None
    return Beside(then.prior, then.other, then.counted, told.log10_lr, tuple(then.left_out))
