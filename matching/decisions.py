"""What decided pairs say of the weights: how much of each kind should count.

A person decides by something else than the weights, by DNA, teeth or prints; so a decided pair
says whether the weights were right of it. Nothing here changes a weight: it proposes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

from matching.factors import LEAST_FACTOR, MOST_FACTOR, Factor

Floats = NDArray[np.float64]

BELIEF = 0.25
"""Standard deviation of a factor before any decision, round 1: published numbers are rarely
wrong by more than half. Our choice."""
DOUBT_OF_SHARE = 3.0
"""Standard deviation, in natural logarithms, of how much readier one outcome is decided:
hardly bounded at all. Our choice."""
FEWEST = 10
"""Decided pairs, and of each outcome, below which a factor stays as it is; our choice."""
SURE = 1e-6
"""No stated posterior is taken for surer than one in a million."""
STEPS, NEAR = 30, 1e-10
FOLDS = 5
_Z95 = 1.959963984540054  # 97.5 % point of the standard normal distribution


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair that was proposed, looked at, and decided by something else than its weights.

    Attributes
    ----------
    is_true : bool
    posterior : float
        What the engine had said of it before anybody decided, in [0, 1].
    weights : mapping of kind to float
        As the evidence has them, log10, before any factor; what could not be compared is left
        out.
    left_out : collection of str
        Kinds by which it was decided: a kind does not bear witness to itself.
    bend : float
        Share of its total weight that counted at the margin: `share_beyond` of the calibration
        where the total lay beyond `trusted_to`, else 1.
    factors : mapping of kind to Factor
        Those in force when it was said.
    """

    is_true: bool
    posterior: float
    weights: Mapping[str, float]
    left_out: Collection[str] = ()
    bend: float = 1.0
    factors: Mapping[str, Factor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Learned:
    """One factor as decisions have it.

    Attributes
    ----------
    kind : str
    speaks_for : bool
        Of weights above nought; otherwise of those below.
    pairs : int
        Decided pairs in which this kind spoke so, and did not decide.
    value, low, high : float
        Most probable value and 95 % limits; 1 and the belief before any decision where
        `pairs` is below `FEWEST`.
    """

    kind: str
    speaks_for: bool
    pairs: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """What all decided pairs say together.

    Attributes
    ----------
    true, excluded : int
        Pairs of each outcome.
    learned : tuple of Learned
        Two for each kind.
    """

    true: int
    excluded: int
    learned: tuple[Learned, ...]

    @property
    def factors(self) -> dict[str, Factor]:
        """Give the factors proposed: of kinds for which at least one is not 1."""
        values = {(each.kind, each.speaks_for): each.value for each in self.learned}
        kinds = dict.fromkeys(kind for kind, _ in values)
        found = {kind: Factor(values[kind, True], values[kind, False]) for kind in kinds}
        return {kind: each for kind, each in found.items() if each != Factor()}


def learn(decided: Sequence[Decided], kinds: Sequence[str], *, fewest: int = FEWEST) -> Lesson:
    """Ask decided pairs how much of each kind's weight should count.

    Parameters
    ----------
    decided : sequence of Decided
        May be empty: then every factor is 1, exactly.
    kinds : sequence of str
        The kinds of the model.
    fewest : int
        Pairs below which a factor, and of either outcome below which all, stay as they are.

    Returns
    -------
    Lesson

    Notes
    -----
    Penalised logistic regression: ``logit P(true) = logit(said) + a + ln 10 · bend · Σ (s_k -
    was_k) w_k``, with ``s_k ~ N(1, BELIEF²)``, ``a ~ N(0, DOUBT_OF_SHARE²)``. The posterior
    said is the starting point of each pair, so pairs chosen by their score teach nothing by
    having been chosen, and ``a`` takes up that one outcome is decided more readily than the
    other. Limits by Laplace. Sources and what stays uncorrected: ``docs/methods/learning.md``.
    """
    true = sum(each.is_true for each in decided)
    sides = [(kind, speaks_for) for kind in kinds for speaks_for in (True, False)]
    columns = np.array([_column(decided, *side) for side in sides]).reshape(len(sides), -1)
    pairs = np.count_nonzero(columns, axis=1)
    enough = (pairs >= fewest) & (min(true, len(decided) - true) >= fewest)
    value, spread = np.ones(len(sides)), np.full(len(sides), BELIEF)
    if enough.any():
        value[enough], spread[enough] = _most_probable(decided, sides, columns, enough)
    ends = np.clip([value, value - _Z95 * spread, value + _Z95 * spread], *_BOUNDS)
    learned = tuple(
        Learned(*side, count, *found)
        for side, count, found in zip(sides, pairs.tolist(), ends.T.tolist(), strict=True)
    )
    return Lesson(true, len(decided) - true, learned)


_BOUNDS = LEAST_FACTOR, MOST_FACTOR
Side = tuple[str, bool]


def _column(decided: Sequence[Decided], kind: str, speaks_for: bool) -> list[float]:  # noqa: FBT001
    """Give what one side of a kind adds to each pair's log odds, at a factor of one."""
    return [_said(each, kind, speaks_for=speaks_for) for each in decided]


def _said(one: Decided, kind: str, *, speaks_for: bool) -> float:
    weight = one.weights.get(kind, 0.0)
    if kind in one.left_out or not isfinite(weight) or bool(weight > 0) != speaks_for:
        return 0.0
    return log(10) * one.bend * weight


def _was(decided: Sequence[Decided], sides: Sequence[Side]) -> Floats:
    """Factors in force when each pair was weighed; shape (sides, pairs)."""
    plain = Factor()
    return np.array(
        [
            [
                factor.speaks_for if speaks_for else factor.speaks_against
                for each in decided
                for factor in (each.factors.get(kind, plain),)
            ]
            for kind, speaks_for in sides
        ]
    )


def _most_probable(
    decided: Sequence[Decided],
    sides: Sequence[Side],
    columns: Floats,
    enough: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """Newton's steps, halved while they overshoot: the target is concave, its top is one."""
    said = np.clip([each.posterior for each in decided], SURE, 1 - SURE)
    start = np.log(said / (1 - said)) - (columns * (_was(decided, sides) - 1)).sum(axis=0)
    true = np.array([each.is_true for each in decided], dtype=np.float64)
    design = np.vstack([np.ones(len(decided)), columns[enough]])
    tight = np.array([DOUBT_OF_SHARE**-2] + [BELIEF**-2] * int(enough.sum()))

    def target(move: Floats) -> float:
        logit = start + move @ design
        found = true @ logit - np.logaddexp(0, logit).sum() - tight @ move**2 / 2
        return float(found)

    move = np.zeros(len(design))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(start + move @ design)))
        slope = design @ (true - chance) - tight * move
        curve = (design * (chance * (1 - chance))) @ design.T + np.diag(tight)
        step = np.linalg.solve(curve, slope)
        while target(move + step) < target(move) and np.abs(step).max() > NEAR:
            step /= 2
        move = move + step
    chance = 1 / (1 + np.exp(-(start + move @ design)))
    curve = (design * (chance * (1 - chance))) @ design.T + np.diag(tight)
    spread = np.sqrt(np.diag(np.linalg.inv(curve)))
    return 1 + move[1:], spread[1:]


def posterior_with(one: Decided, factors: Mapping[str, Factor]) -> float:
    """Say what would have been said of a pair with other factors, its rivals held still.

    Parameters
    ----------
    one : Decided
    factors : mapping of kind to Factor

    Returns
    -------
    float
        In (0, 1). See ``docs/methods/learning.md``.
    """
    said = min(max(one.posterior, SURE), 1 - SURE)
    logit = log(said / (1 - said))
    for kind, weight in one.weights.items():
        if isfinite(weight):
            plain = np.array(weight)
            now = factors.get(kind, Factor()).of(plain)
            before = one.factors.get(kind, Factor()).of(plain)
            logit += log(10) * one.bend * float(now - before)
    return float(1 / (1 + np.exp(-logit)))


def held_out(decided: Sequence[Decided], kinds: Sequence[str]) -> list[float]:
    """Say of each pair what factors learnt without it would have said.

    Parameters
    ----------
    decided, kinds
        As `learn`.

    Returns
    -------
    list of float
        One for each pair, in their order: every fifth pair is left out at a time, so that
        nobody is judged by factors that have seen the answer.
    """
    found = [0.0] * len(decided)
    for fold in range(FOLDS):
        others = [each for at, each in enumerate(decided) if at % FOLDS != fold]
        factors = learn(others, kinds).factors
        for at in range(fold, len(decided), FOLDS):
            found[at] = posterior_with(decided[at], factors)
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """A mean penalty and its 95 % limits; smaller is better."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Judged:
    """How far what was said of decided pairs was from what was so.

    Attributes
    ----------
    brier : Score
        Mean of ``(said - so)²`` (Brier 1950).
    log_loss : Score
        Mean of ``-ln`` of what was said of the outcome.
    said_true : float
        The sum of what was said: how many were expected to be true.
    true, pairs : int
    """

    brier: Score
    log_loss: Score
    said_true: float
    true: int
    pairs: int


def judged(said: Sequence[float], so: Sequence[bool]) -> Judged | None:
    """Hold what was said against what was so.

    Parameters
    ----------
    said : sequence of float in [0, 1]
    so : sequence of bool
        As many.

    Returns
    -------
    Judged or None
        None of fewer than two pairs, which have no spread. Limits: mean ± 1.96 standard
        errors. See ``docs/methods/learning.md``.
    """
    if len(said) < 2:  # noqa: PLR2004 - a spread needs two
        return None
    chance, true = np.clip(said, SURE, 1 - SURE), np.array(so, dtype=np.float64)
    squares = (chance - true) ** 2
    losses = -np.log(np.where(true > 0, chance, 1 - chance))
    return Judged(_score(squares), _score(losses), float(chance.sum()), sum(so), len(so))


def _score(penalties: Floats) -> Score:
    mean, error = float(penalties.mean()), float(penalties.std(ddof=1)) / sqrt(len(penalties))
    return Score(mean, max(0.0, mean - _Z95 * error), mean + _Z95 * error)
