"""What one viewer is told of how far a proposal rests on its assumptions."""

from dataclasses import dataclass
from math import sqrt

from casework.candidates.model import MatchingRun
from casework.candidates.presenters import (
    KIND_WORDS,
    UNSEEN_KINDS,
    closed_weight,
    open_weights,
    share_words,
)
from casework.candidates.queries import Proposal
from casework.web.described import Teller
from matching.calibration import CalibrationParameters
from matching.errors import UnknownModel
from matching.evidence.weight import Kind
from matching.model_file import load_model
from matching.prior import Prior, odds_of
from matching.sensitivity import Believed, Sensitivity, Without, sensitivity_of

KINDS_SHOWN = 4
Z95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


@dataclass(frozen=True, slots=True)
class ShownAssumption:
    """One other assumption, and the share under it."""

    words: str
    share: str


@dataclass(frozen=True, slots=True)
class ShownSensitivity:
    """The block “how sure is this” of a comparison."""

    share: str
    low: str
    high: str
    rests_on: str
    prior: tuple[ShownAssumption, ...]
    kinds: tuple[ShownAssumption, ...]
    same_thing_twice: tuple[ShownAssumption, ...]

    @classmethod
    def of(cls, found: Sensitivity, teller: Teller) -> "ShownSensitivity":
        _ = teller.gettext
        prior = (
            (_("Si antes se esperara diez veces menos"), found.prior_lower),
            (_("Si antes se esperara diez veces más"), found.prior_higher),
        )
        return cls(
            share=share_words(found.posterior, teller),
            low=share_words(found.low, teller),
            high=share_words(found.high, teller),
            rests_on="" if found.rests_on is None else _kinds(found.rests_on, teller),
            prior=tuple(
                ShownAssumption(words, share_words(share, teller)) for words, share in prior
            ),
            kinds=_assumptions(found.without[:KINDS_SHOWN], teller),
            same_thing_twice=_assumptions(found.halved, teller),
        )


def shown_sensitivity(
    proposal: Proposal, run: MatchingRun, teller: Teller
) -> ShownSensitivity | None:
    """Ask what is left of a proposal under other assumptions.

    None where its run does not say how many it compared. Only kinds that are open on both
    sides are named; all others are one.
    """
    if not run.missing_count or not run.remains_count:
        return None
    pairing, counts = proposal.pairing, (run.missing_count, run.remains_count)
    prior = Prior(pairing.prior, pairing.prior * counts[0] * counts[1], "stated")
    weights = {Kind(kind): weight for kind, weight in open_weights(proposal).items()}
    pair = Believed(
        pairing.log10_lr,
        weights,
        odds_of(prior, counts),
        pairing.posterior,
        closed_weight(proposal) or 0.0,
    )
    return ShownSensitivity.of(sensitivity_of(pair, _calibration(run)), teller)


def expected_sentence(count: int, expected: float, variance: float, teller: Teller) -> str:
    """Say how many of some proposals should be true: the sum of what is believed of each.

    `variance` is the sum of p (1 - p); the limits hold 95 % if the posteriors are right.
    """
    half = Z95 * sqrt(variance)
    low, high = max(0.0, expected - half), min(float(count), expected + half)
    number = teller.wording.number
    return teller.gettext(
        "De estas %(count)s propuestas se espera que unas %(expected)s (entre %(low)s y "
        "%(high)s) sean verdaderas."
    ) % {
        "count": number(count, 0),
        "expected": number(expected, 0),
        "low": number(int(low), 0),
        "high": number(-int(-high // 1), 0),
    }


def _assumptions(found: tuple[Without, ...], teller: Teller) -> tuple[ShownAssumption, ...]:
    return tuple(
        ShownAssumption(_kinds(each.kinds, teller), share_words(each.posterior, teller))
        for each in found
    )


def _kinds(kinds: tuple[Kind, ...], teller: Teller) -> str:
    """Name some kinds, or all that may not be named."""
    named = " · ".join(teller.gettext(KIND_WORDS[kind.value]) for kind in kinds)
    return named or teller.gettext(UNSEEN_KINDS)


def _calibration(run: MatchingRun) -> CalibrationParameters | None:
    try:
        return load_model(f"{run.model_name}-{run.model_version}").calibration
    except UnknownModel:
        return None
