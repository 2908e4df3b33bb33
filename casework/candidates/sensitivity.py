"""What one viewer is told of how far a proposal rests on its assumptions."""

from dataclasses import dataclass
from math import sqrt

from casework.candidates.joint import calibration_of, sizes_of
from casework.candidates.model import MatchingRun
from casework.candidates.open_numbers import open_sum
from casework.candidates.presenters import KIND_WORDS, share_words
from casework.candidates.queries import Proposal
from casework.web.described import Teller
from matching.evidence.weight import Kind
from matching.prior import Prior, odds_of
from matching.sensitivity import (
    Believed,
    Sensitivity,
    Without,
    posterior_without,
    sensitivity_of,
)

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
            rests_on="" if found.rests_on is None else _kinds((found.rests_on,), teller),
            prior=tuple(
                ShownAssumption(words, share_words(share, teller)) for words, share in prior
            ),
            kinds=_assumptions(found.without[:KINDS_SHOWN], teller),
            same_thing_twice=_assumptions(found.halved, teller),
        )


def open_posterior(proposal: Proposal, run: MatchingRun) -> float:
    """Give what is left of the belief in a proposal where what is closed does not count."""
    pairing = proposal.pairing
    closed = pairing.log10_lr - open_sum(pairing, proposal.shows)
    if not closed:
        return pairing.posterior
    whole = Believed(
        pairing.log10_lr, {}, odds_before_evidence(proposal, run), pairing.posterior
    )
    return posterior_without(whole, closed, calibration_of(run))


def shown_sensitivity(
    proposal: Proposal, run: MatchingRun, teller: Teller
) -> ShownSensitivity | None:
    """Ask what is left of a proposal under other assumptions, by what is open of it.

    None where its run does not say how many it compared.
    """
    if not run.missing_count or not run.remains_count:
        return None
    known = set(Kind)  # a model of another day may have weighed a kind that is no more
    pair = Believed(
        open_sum(proposal.pairing, proposal.shows),
        {Kind(kind): weight for kind, weight in proposal.weights.items() if kind in known},
        odds_before_evidence(proposal, run),
        open_posterior(proposal, run),
    )
    return ShownSensitivity.of(sensitivity_of(pair, calibration_of(run)), teller)


def counted_words(proposal: Proposal, run: MatchingRun, teller: Teller) -> str:
    """Say where the sum is not taken at its word, so that nobody multiplies in vain."""
    bend = calibration_of(run)
    if bend is None or open_sum(proposal.pairing, proposal.shows) <= bend.trusted_to:
        return ""
    return teller.gettext(
        "Para la probabilidad, de lo que la suma pasa de %(limit)s solo cuenta el %(share)s: "
        "los indicios repiten en parte lo mismo."
    ) % {
        "limit": teller.wording.number(bend.trusted_to),
        "share": teller.wording.share(bend.share_beyond),
    }


def odds_before_evidence(proposal: Proposal, run: MatchingRun) -> float:
    """Odds of any pair; where the size of its world is not known, the least they can be."""
    prior, sizes = proposal.pairing.prior, sizes_of(run)
    if not all(sizes):
        return prior / (1 - prior)
    return odds_of(Prior(prior, prior * sizes[0] * sizes[1], "stated"), sizes)


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
    return " · ".join(teller.gettext(KIND_WORDS[kind.value]) for kind in kinds)
