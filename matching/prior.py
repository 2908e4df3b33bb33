"""What is believed of a pair before its evidence, and after it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.one_to_one import odds_before

Floats = NDArray[np.float64]
Integers = NDArray[np.integer[Any]]

ROUNDS = 5
"""Rounds in which rivals hear of their rivals; five more move a sum of posteriors by 1 %."""
MOST_MATCHED = 0.95
"""No side is ever taken to belong to the other wholly; our choice."""
FEW = 10
"""Records of the smaller side below which the formula for many is not near enough."""
AT_A_TIME = 1 << 18
"""Pairings that hear of their rivals together; the result is the same."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Probability that a pair drawn blindly is true, and where that number comes from.

    Attributes
    ----------
    value : float
        Expected true matches divided by the number of pairs, in (0, 1).
    expected_true_matches : float
        How many of the pairs are expected to be true; most remains belong to nobody
        reported, so this is far below either count.
    basis : str
        How the expectation was reached: ``"share_reported"`` (the model's share of remains
        whose person is in the registry), ``"registry"`` (that share, and what the weights of
        this registry say of it: `matching.judgement`) or ``"stated"`` (given by the caller).
    low, high : float or None
        95 % limits of `expected_true_matches`; None where nobody said how sure it is.
    learned : float
        How much of the answer is the registry's and not the model's, in [0, 1].
    """

    value: float
    expected_true_matches: float
    basis: str
    low: float | None = None
    high: float | None = None
    learned: float = 0.0

    def expecting(self, true_matches: float) -> "Prior":
        """Give the same prior with another number of true matches expected."""
        value = self.value * true_matches / self.expected_true_matches
        return replace(self, value=value, expected_true_matches=true_matches)

    def as_dict(self) -> dict[str, float | str | None]:
        """Lay it out for a report."""
        return asdict(self)


def open_population_prior(n_missing: int, n_remains: int, share_reported: float) -> Prior:
    """Expect a share of the remains to belong to someone in the registry.

    Parameters
    ----------
    n_missing, n_remains : int
        Sizes of both sides, at least 1.
    share_reported : float
        Share, in (0, 1), of the smaller side whose counterpart is on the other side.

    Returns
    -------
    Prior
        With ``expected_true_matches = share_reported × min(n_missing, n_remains)``.

    Notes
    -----
    The population is open: neither side holds everybody, so a 1:1 assignment is never
    assumed. Method: ``docs/methods/prior.md``.
    """
    expected = share_reported * min(n_missing, n_remains)
    return Prior(expected / (n_missing * n_remains), expected, "share_reported")


def odds_of(prior: Prior, counts: tuple[int, int]) -> float:
    """Odds of a pair against both of its records belonging to nobody of the other side.

    Parameters
    ----------
    prior : Prior
    counts : (int, int)
        Records of the left and of the right.

    Returns
    -------
    float
        ``value / [(1 - n / n_left) (1 - n / n_right)]`` with n true matches expected. Where
        half of the remains belong to somebody reported, "nobody" is only half as probable as
        it is where hardly any do. Exact where a side has fewer than `FEW` records. Derived
        in ``docs/methods/prior.md``.
    """
    if min(counts) < FEW:
        share = min(prior.value, MOST_MATCHED * min(counts) / (counts[0] * counts[1]))
        return odds_before(share, *counts)
    nobody = [1 - min(prior.expected_true_matches / n, MOST_MATCHED) for n in counts]
    return prior.value / (nobody[0] * nobody[1])


def posteriors(log10_lr: Floats, left: Integers, right: Integers, prior: float) -> Floats:
    """Turn weights into probabilities, letting the rivals of both records compete.

    Parameters
    ----------
    log10_lr : float64 array, shape (n_pairings,)
        Finite base-10 log likelihood ratios.
    left, right : integer arrays, shape (n_pairings,)
        Which two records each pairing joins, each counted from 0.
    prior : float
        Odds of a pair, before its evidence, against both records belonging to nobody here:
        `odds_of`; about its probability where few are expected to match.

    Returns
    -------
    float64 array, shape (n_pairings,)
        Probabilities in [0, 1].

    Notes
    -----
    A person belongs to one set of remains and remains to one person. Each assignment of some
    pairs has the product of their ``prior × LR`` for its odds; a pair's probability is that
    of all assignments it stands in. They are added up by belief propagation: each record
    tells each of its pairs how probable it is that no *other* pair of it is true, given what
    the others were told. Exact where rivalries form no ring, and after two rounds where they
    reach no further than the rivals of rivals. Pairings that are not listed are left out;
    their ratios are below those listed. Method: ``docs/methods/prior.md``.
    """
    own = prior * 10.0**log10_lr
    told = np.ones_like(own)
    for _ in range(ROUNDS):
        for side in (left, right):
            for some, free in _free(own, told, side):
                told[some] = free
    for some, free in _free(own, told, left):
        odds = own[some] * free * told[some]
        told[some] = odds / (1 + odds)
    return told


def _free(own: Floats, told: Floats, records: Integers) -> Iterator[tuple[slice, Floats]]:
    """Say to each pairing how probable it is that no other pairing claims this record.

    Some pairings at a time: what is needed on the way takes several times their room.
    """
    claimed = np.zeros(int(records.max(initial=-1)) + 1)
    every = [slice(start, start + AT_A_TIME) for start in range(0, len(own), AT_A_TIME)]
    for some in every:
        # One after the other, so that the sums are the same however many are taken at a time.
        np.add.at(claimed, records[some].astype(np.intp), own[some] * told[some])
    for some in every:
        rivals = claimed[records[some]] - own[some] * told[some]
        yield some, 1 / (1 + np.maximum(rivals, 0.0))
