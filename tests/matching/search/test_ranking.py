"""Weights by kind are given when asked for, and kept only where they are few."""

import numpy as np
import pytest

from matching.model_file import load_model
from matching.search import rank, ranking
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model("missing-remains-2026.3")


def test_the_weights_have_the_kinds_of_the_model_in_their_order():
    found = rank([a_missing_person()], [some_remains()], MODEL)

    assert list(found.weights) == [kind.value for kind in MODEL.kinds]
    assert len(found.weights) == len(MODEL.kinds)


@pytest.mark.parametrize("kept", [0, 1_000_000])
def test_weights_are_the_same_whether_kept_or_computed_anew(kept, monkeypatch):
    monkeypatch.setattr(ranking, "KEPT", kept)
    found = rank([a_missing_person()] * 2, [some_remains()], MODEL)

    first, second = found.weights["place"], found.weights["place"]

    assert np.array_equal(first, second)
    assert (first is second) == (kept > 0)
