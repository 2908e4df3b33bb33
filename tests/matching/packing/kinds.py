"""What every kind of the search must hold to: exact weights, and bounds never below them."""

import numpy as np
import pytest

from matching.packing.comparison import LANES, NOTHING, Judged
from matching.packing.steps import LOWEST, STEPS


def laid_together(evidence, missing, remains, model, rarity):
    judged = Judged(model, rarity)
    return evidence.compare(
        evidence.tell(missing, judged), evidence.see(remains, judged), judged
    )


def weighed(comparison, missing, remains):
    left, right = np.divmod(np.arange(len(missing) * len(remains)), len(remains))
    found = comparison.weigh(left.astype(np.int32), right.astype(np.int32))
    return found.reshape(len(missing), len(remains))


def bounds(comparison, missing, remains):
    """Add up the bounds of classes and of keys shared, as the search does."""
    tiles = -(-len(remains) // LANES)
    right = np.full(tiles * LANES, NOTHING, dtype=np.int32)
    right[: len(remains)] = np.arange(len(remains))
    classes = np.arange(len(comparison.most), dtype=np.int32)
    table = np.zeros((tiles, len(classes), LANES), dtype=np.int16)
    comparison.fill(classes, right, table, 0)
    by_class = table.transpose(1, 0, 2).reshape(len(classes), tiles * LANES)
    total = np.zeros((len(missing), len(remains)), dtype=np.int64)
    for i, row in enumerate(comparison.rows):
        for one in row[row != NOTHING]:
            total[i] += by_class[one, : len(remains)]
    assert total.min(initial=0) >= comparison.least
    return total + _shared(comparison.keys, total.shape)


def _shared(keys, shape):
    total = np.zeros(shape, dtype=np.int64)
    if keys is None:
        return total
    for i in range(shape[0]):
        for j in range(shape[1]):
            there = set(keys.right[keys.right_at[j] : keys.right_at[j + 1]].tolist())
            for at in range(keys.left_at[i], keys.left_at[i + 1]):
                total[i, j] += int(keys.gain[at]) if keys.left[at] in there else 0
    return total


def must_agree(evidence, records, judged, definition):
    """Hold a kind to its definition on all pairs, and its bounds to its weights."""
    (missing, remains), (model, rarity) = records, judged
    comparison = laid_together(evidence, missing, remains, model, rarity)
    found = weighed(comparison, missing, remains)
    above = bounds(comparison, missing, remains)
    for i, person in enumerate(missing):
        for j, one in enumerate(remains):
            weight = definition(person, one)
            if weight is None:
                assert np.isnan(found[i, j])
                continue
            assert found[i, j] == pytest.approx(weight.log10_lr, abs=1e-9)
            if weight.log10_lr == -np.inf:  # any bound lies above
                continue
            assert above[i, j] >= max(np.ceil(weight.log10_lr * STEPS - 1e-6), LOWEST)


class Lowered:
    """A kind of evidence whose bounds are too low by some steps."""

    def __init__(self, evidence, steps):
        self.kind, self.evidence, self.steps = evidence.kind, evidence, steps

    def tell(self, *asked):
        return self.evidence.tell(*asked)

    def see(self, *asked):
        return self.evidence.see(*asked)

    def compare(self, *asked):
        comparison = self.evidence.compare(*asked)
        return LoweredComparison(comparison, self.steps)


class LoweredComparison:
    def __init__(self, comparison, steps):
        self.comparison, self.steps = comparison, steps

    def __getattr__(self, name):
        return getattr(self.comparison, name)

    def fill(self, classes, right, table, at):
        self.comparison.fill(classes, right, table, at)
        table[:, at : at + len(classes)] -= np.int16(self.steps)
