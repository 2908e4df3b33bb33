"""The scan hands back the pairs whose rows sum to a bar, with their sums, and no others."""

import numpy as np
import pytest

from matching.packing.comparison import LANES
from matching.search.kernels import EVERYBODY, LEAST_WIDTH, NOBODY, WIDEST, WIDTH, scan

TILES, PEOPLE, ROWS = 3, 40, 50
REMAINS = TILES * LANES - 5
"""The last tile has five lanes without anybody."""


class Scanned:
    """Random rows and bars, from a seed, and what the scan finds among them."""

    def __init__(self, width, *, highest=300, seed=1):
        draw = np.random.default_rng(seed)
        self.table = draw.integers(-highest, highest, (TILES, ROWS, LANES)).astype(np.int16)
        self.rows = draw.integers(0, ROWS, (PEOPLE, width))
        self.widths = np.full(PEOPLE, width, dtype=np.int32)
        self.left_bars = draw.integers(2 * highest, NOBODY, PEOPLE).astype(np.int16)
        self.right_bars = draw.integers(2 * highest, NOBODY, REMAINS).astype(np.int16)
        self.active = np.array([PEOPLE, PEOPLE // 2, PEOPLE - 1], dtype=np.int32)
        # The holder of the only key, and the lane that shares it, gain so many steps.
        self.holder, self.sharer, self.gain = 7, LANES + 3, np.int16(1000)

    def sums(self):
        lanes = self.table.astype(np.int64)[:, self.rows].sum(axis=2)
        sums = lanes.transpose(1, 0, 2).reshape(PEOPLE, -1)[:, :REMAINS]
        sums[self.holder, self.sharer] += self.gain
        return sums

    def expected(self):
        sums = self.sums()
        bars = np.minimum(self.left_bars[:, None], self.right_bars)
        met = np.arange(PEOPLE)[:, None] < np.repeat(self.active, LANES)[:REMAINS]
        pairs = np.argwhere(met & (sums >= bars))
        return {(i, j, sums[i, j]) for i, j in pairs.tolist()}

    def found(self, room=2 * LANES):
        keys = np.zeros(REMAINS + 1, np.int32)
        keys[self.sharer + 1 :] = 1
        gains = np.zeros((PEOPLE + 1) * LANES, np.int16)
        places = np.empty((3, room), np.int32)
        tile = person = 0
        pairs = set()
        while tile < TILES:
            count, tile, person = scan(
                (self.rows * LANES).astype(np.uint32), self.widths, self.left_bars, self.table,
                self.right_bars, self.active, tile, person, gains, np.zeros(PEOPLE, np.int32),
                keys, np.zeros(1, np.int32), np.array([0, 1], np.int32),
                np.array([self.holder], np.int32), np.array([self.gain]), *places,
            )  # fmt: skip
            pairs |= set(zip(*places[:, :count].tolist(), strict=True))
        return pairs


@pytest.mark.parametrize("width", [LEAST_WIDTH, WIDEST, WIDEST + WIDTH])
@pytest.mark.parametrize("seed", range(5))
def test_whoever_reaches_the_lower_of_both_bars_is_handed_back(width, seed):
    scanned = Scanned(width, seed=seed)

    found = scanned.found()

    assert found == scanned.expected()
    assert 0 < len(found) < PEOPLE * REMAINS / 2


def test_a_gain_in_another_lane_would_be_noticed():
    scanned = Scanned(LEAST_WIDTH)
    scanned.left_bars[scanned.holder] = scanned.sums()[scanned.holder, scanned.sharer]

    found = scanned.found()

    assert {pair[:2] for pair in found} >= {(scanned.holder, scanned.sharer)}
    scanned.sharer += 1
    assert found != scanned.expected()


def test_sums_beyond_sixteen_bits_are_right_where_more_rows_are_allowed_for():
    scanned = Scanned(WIDEST + WIDTH, highest=7500)
    scanned.left_bars[:] = scanned.right_bars[:] = NOBODY

    found = scanned.found()

    assert found == scanned.expected()
    assert max(score for *_, score in found) > np.iinfo(np.int16).max


def test_sums_beyond_sixteen_bits_would_lose_pairs_in_narrow_rows():
    scanned = Scanned(LEAST_WIDTH, highest=7500)
    scanned.left_bars[:] = scanned.right_bars[:] = NOBODY

    assert scanned.found() != scanned.expected()


def test_whoever_has_no_bar_yet_meets_everybody_however_low_the_sum():
    scanned = Scanned(WIDEST + WIDTH, highest=7500)
    scanned.left_bars[:] = EVERYBODY
    sums = scanned.sums()

    found = scanned.found()

    assert len(found) == np.minimum(scanned.active, PEOPLE) @ [LANES, LANES, LANES - 5]
    assert sums.min() < EVERYBODY == min(score for *_, score in found)
