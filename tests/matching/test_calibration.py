"""Great totals count for less than their sum, and no rank changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calibration import CalibrationParameters, calibrated, version_of
from matching.model_file import DEFAULT_MODEL, load_model

HALF = CalibrationParameters("a", 4.0, 0.5)


@pytest.mark.parametrize(
    ("weighed", "worth"), [(-3.0, -3.0), (0.0, 0.0), (4.0, 4.0), (6.0, 5.0), (12.0, 8.0)]
)
def test_beyond_the_bend_half_of_a_weight_counts(weighed, worth):
    assert calibrated(np.array([weighed]), HALF).tolist() == [worth]


def test_what_is_impossible_stays_impossible():
    assert calibrated(np.array([-np.inf]), HALF).tolist() == [-np.inf]


def test_a_model_without_calibration_is_taken_at_its_word():
    weights = np.array([-2.0, 9.0])

    assert calibrated(weights, None) is weights
    assert version_of(None) == "none"


@given(st.lists(st.floats(-10, 30), min_size=2))
def test_no_rank_changes(weights):
    order = np.argsort(np.array(weights), kind="stable")

    worth = calibrated(np.array(weights), HALF)[order]

    assert bool(np.all(np.diff(worth) >= 0))


def test_the_model_names_its_calibration():
    assert version_of(load_model(DEFAULT_MODEL).calibration) == "2026.4-a"


def test_an_older_model_has_none():
    assert load_model("missing-remains-2026.3").calibration is None
