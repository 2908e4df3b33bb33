"""Rows of bounds are numbered so that few are needed and none is lost."""

import numpy as np

from matching.evidence.registry import rarity_of
from matching.model_file import load_model
from matching.packing import Judged, evidence_of, lay
from matching.packing.comparison import LANES, NOTHING
from matching.records import Listed
from matching.search import all_pairs, part, rank
from matching.search.laid import LeftSide, Sizes
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model("missing-remains-2026.3")


def scores(people, remains, monkeypatch, *, most):
    """Sum the rows of each person against each of the remains, bundled or not."""
    monkeypatch.setattr(part, "classes_for", lambda _: most)
    judged = Judged(MODEL, rarity_of(people, remains, MODEL))
    compared = lay(people, remains, evidence_of(MODEL), judged)
    left = LeftSide.of(compared, np.arange(len(people), dtype=np.int32), Sizes())
    rows = left.part(left.slices[0])
    right = np.full(LANES, NOTHING, dtype=np.int32)
    right[: len(remains)] = np.arange(len(remains))
    table = np.empty((1, rows.n_rows, LANES), dtype=np.int16)
    rows.fill(compared, right, table, {})
    summed = table[0][rows.rows // LANES].sum(axis=1)[:, : len(remains)]
    return rows, summed[np.argsort(rows.positions)]


def test_a_bundle_of_rows_weighs_what_its_rows_weigh(monkeypatch):
    people = [a_missing_person(), a_missing_person(hair=None), a_missing_person(marks=Listed())]
    remains = [some_remains(), some_remains(eyes=None)]

    bundled, with_bundles = scores(people, remains, monkeypatch, most=64)
    apart, without = scores(people, remains, monkeypatch, most=0)

    assert np.array_equal(with_bundles, without)
    assert len(bundled.bundles) > 0 == len(apart.bundles)
    assert bundled.rows.shape[1] < apart.rows.shape[1]


def test_without_days_nobody_is_skipped(monkeypatch):
    timeless = tuple(one for one in evidence_of(MODEL) if one.kind != "time")
    monkeypatch.setattr(all_pairs, "evidence_of", lambda _: timeless)

    ranking = rank([a_missing_person()] * 3, [some_remains()] * 4, MODEL)

    assert (ranking.pairs_scored, ranking.pairs_skipped) == (3 * 4, 0)
