"""What a parent's allele may become in a child: four models, as matrices.

A model is made of its *moves*, the chances of becoming another allele; what stays is one less
their sum. Made the other way round, from the diagonal, the smallest rates would lose half of
their digits (1 - (1 - 1e-6) is 1e-6 to ten digits only), and the stationary form needs them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.errors import UnusableMutation
from matching.kinship.loci import Locus, repeats_of
from matching.kinship.pedigree import Sex

Matrix = NDArray[np.float64]

BASES_BETWEEN = 10
"""9.3 is nine repeats and three bases: what stands behind the point is read in tenths."""


class MutationModel(StrEnum):
    """How alleles move."""

    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    STEPWISE = "stepwise"


@dataclass(frozen=True, slots=True)
class Mutation:
    """A mutation model with its rates.

    Parameters
    ----------
    model
        Which moves an allele makes.
    rate_male, rate_female
        Chance per meiosis that a father's, a mother's allele moves; in [0, 1).
    range
        For stepwise: how much rarer a move by one repeat more is; in (0, 1].
    rate2
        For stepwise: chance of a move between microvariants (9 to 9.3); in [0, 1).
    is_stationary
        Whether moves are balanced so that frequencies stay what they are ("PM").
    by_locus
        Other rates at loci that have their own.
    """

    model: MutationModel
    rate_male: float
    rate_female: float
    range: float = 0.1
    rate2: float = 0.0
    is_stationary: bool = False
    by_locus: Mapping[str, "Mutation"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("rate_male", "rate_female", "rate2"):
            if not 0 <= getattr(self, name) < 1:
                raise UnusableMutation(
                    f"The mutation {name} is {getattr(self, name)}, not a chance below 1."
                )
        if not 0 < self.range <= 1:
            raise UnusableMutation(f"The mutation range is {self.range}, not in (0, 1].")

    def at(self, locus: str) -> "Mutation":
        """Give the model with the rates of one locus."""
        return self.by_locus.get(locus, self)

    def matrix(self, locus: Locus, parent: Sex) -> Matrix:
        """Give ``m[i, j]``, the chance that a parent's allele i is handed on as j.

        Returns
        -------
        float array, shape (n_alleles, n_alleles)
            Rows sum to one. Silent alleles are no part of it.

        Raises
        ------
        UnusableMutation
            If a rate is too high for this locus, or alleles are not numbers of repeats.
        """
        own = self.at(locus.name)
        rate = own.rate_male if parent is Sex.MALE else own.rate_female
        moves = _MOVES[own.model](locus, replace(own, rate_male=rate, rate_female=rate))
        if own.is_stationary:
            moves = balanced(moves, locus.frequencies, locus.name)
        leaving = moves.sum(axis=1)
        if leaving.max(initial=0.0) > 1:
            worst = locus.alleles[int(leaving.argmax())]
            raise UnusableMutation(
                f"At {locus.name} allele {worst} would mutate with a chance of "
                f"{leaving.max():.3g}, above 1: the mutation rate is too high for this locus."
            )
        np.fill_diagonal(moves, 1 - leaving)
        return moves


def _equal(locus: Locus, own: Mutation) -> Matrix:
    n = len(locus.alleles)
    moves = np.full((n, n), own.rate_male / (n - 1) if n > 1 else 0.0)
    np.fill_diagonal(moves, 0.0)
    return moves


def _proportional(locus: Locus, own: Mutation) -> Matrix:
    p = locus.frequencies
    n, heterozygous = len(p), float(p @ (1 - p))
    moves = np.tile(p * (own.rate_male / heterozygous), (n, 1)) if n > 1 else np.zeros((n, n))
    np.fill_diagonal(moves, 0.0)
    return moves


def _stepwise(locus: Locus, own: Mutation) -> Matrix:
    """Give the moves of the extended stepwise model.

    A move of k whole repeats has a chance in proportion to ``range ** k``, normalised over the
    alleles of the table; moves to alleles with other bases behind the point share ``rate2``
    equally. An allele without a neighbour of one kind makes no move of that kind.
    """
    repeats = np.array([_numbered(locus, allele) for allele in locus.alleles])
    bases = np.rint(repeats * BASES_BETWEEN).astype(np.int64) % BASES_BETWEEN
    is_whole = bases[:, None] == bases[None, :]
    np.fill_diagonal(is_whole, val=False)
    is_micro = bases[:, None] != bases[None, :]
    steps = np.rint(np.abs(repeats[:, None] - repeats[None, :]))
    moves = _shared(np.where(is_whole, own.range ** (steps - 1), 0.0), own.rate_male)
    return moves + _shared(is_micro.astype(np.float64), own.rate2)


def _shared(parts: Matrix, rate: float) -> Matrix:
    """Share a rate out over each row in proportion; a row of nothing stays nothing."""
    total = parts.sum(axis=1, keepdims=True)
    return rate * parts / np.where(total > 0, total, 1.0)


def _numbered(locus: Locus, allele: str) -> float:
    number = repeats_of(allele)
    tenths = None if number is None else number * BASES_BETWEEN
    if number is None or tenths is None or not math.isclose(tenths, round(tenths)):
        raise UnusableMutation(
            f"At {locus.name} allele {allele} is not a number of repeats such as 9 or 9.3, "
            "which the stepwise mutation model needs."
        )
    return number


_MOVES = {
    MutationModel.EQUAL: _equal,
    MutationModel.PROPORTIONAL: _proportional,
    MutationModel.STEPWISE: _stepwise,
}


def balanced(moves: Matrix, frequencies: NDArray[np.float64], name: str) -> Matrix:
    """Speed each allele's moves up or down until frequencies stay what they are.

    The method "PM" of Simonsson & Mostad (2016): each row is multiplied by a factor of its own,
    which keeps where an allele goes to and changes how often. With v the distribution that the
    moves themselves keep, ``p_i d_i = c v_i`` keeps p; c keeps the expected rate of mutation.

    Raises
    ------
    UnusableMutation
        If the moves keep no single distribution (alleles that never meet).
    """
    leaving = moves.sum(axis=1)
    if not leaving.any():
        return moves
    system = moves.T - np.diag(leaving)
    system[-1] = 1.0
    ones = np.zeros(len(leaving))
    ones[-1] = 1.0
    try:
        kept = np.linalg.solve(system, ones)
    except np.linalg.LinAlgError as error:
        raise _never_meet(name) from error
    if kept.min() <= 0 or not np.isfinite(kept).all():
        raise _never_meet(name)
    scale = float(frequencies @ leaving) / float(kept @ leaving)
    return moves * (scale * kept / frequencies)[:, None]


def _never_meet(name: str) -> UnusableMutation:
    return UnusableMutation(
        f"At {name} some alleles are never reached by mutation from others (rate2 is 0?), so "
        "the model has no stationary form."
    )
