"""What is left of a posterior if the prior or a kind of evidence is other than believed."""

import pytest

from matching.calibration import CalibrationParameters
from matching.evidence.weight import Kind
from matching.sensitivity import Believed, Sensitivity, posterior_without, sensitivity_of

HALF = CalibrationParameters("a", 4.0, 0.5)
WEIGHTS = {Kind.SEX: 0.1, Kind.TIME: 1.0, Kind.PLACE: 2.0, Kind.MARKS: 1.5, Kind.AGE: -0.6}


def share(odds):
    return odds / (1 + odds)


def alone(log10_lr=4.0, prior=1e-4, weights=WEIGHTS):
    return Believed(log10_lr, weights, prior, share(prior * 10**log10_lr))


def test_a_pair_alone_follows_the_prior():
    found = sensitivity_of(alone(), None)

    assert found.posterior == pytest.approx(share(1.0))
    assert found.prior_lower == pytest.approx(share(0.1))
    assert found.prior_higher == pytest.approx(share(10.0))


def test_each_kind_is_left_out_the_heaviest_first():
    found = sensitivity_of(alone(), None)

    left = {each.kinds[0]: each.posterior for each in found.without}
    assert left == pytest.approx({kind: share(10**-w) for kind, w in WEIGHTS.items()})
    assert found.without[0].kinds == (Kind.PLACE,)
    assert found.rests_on is Kind.PLACE


def test_of_two_kinds_that_lean_the_same_way_the_lesser_counts_half():
    found = sensitivity_of(alone(), None)

    halved = {each.kinds: each.posterior for each in found.halved}
    # Age speaks against and time for: they do not tell one thing twice.
    assert halved == pytest.approx({(Kind.TIME, Kind.PLACE): share(10**-0.5)})


def test_the_range_holds_everything_that_was_asked():
    found = sensitivity_of(alone(), None)

    assert found.low == pytest.approx(share(10**-2))
    assert found.high == pytest.approx(share(10.0))


def test_beyond_the_bend_a_kind_takes_half_of_its_weight_with_it():
    pair = Believed(6.0, {Kind.MARKS: 1.0}, 1e-5, share(1.0))

    found = sensitivity_of(pair, HALF)

    assert found.without[0].posterior == pytest.approx(share(10**-0.5))


def test_rivals_rise_with_the_prior():
    # Two equal candidates share the probability whatever the prior is.
    own = 1e8
    pair = Believed(8.0, {}, 1.0, share(own / (1 + own)))

    found = sensitivity_of(pair, None)

    assert found.prior_higher == pytest.approx(0.5, abs=1e-6)
    assert found.prior_lower == pytest.approx(0.5, abs=1e-6)


def test_what_does_not_count_takes_its_weight_from_what_is_believed():
    assert posterior_without(alone(), 1.5, None) == pytest.approx(share(10**-1.5))
    assert posterior_without(alone(), -0.5, None) == pytest.approx(share(10**0.5))
    assert posterior_without(alone(), 0.0, None) == pytest.approx(share(1.0))


def test_beyond_the_bend_half_of_what_does_not_count_is_taken():
    pair = Believed(6.0, {}, 1e-5, share(1.0))

    assert posterior_without(pair, 3.0, HALF) == pytest.approx(share(10**-2))


def test_without_weights_it_rests_on_nothing():
    found = sensitivity_of(alone(weights={}), None)

    assert found.rests_on is None
    assert found.without == found.halved == ()


def test_what_speaks_against_it_is_not_what_it_rests_on():
    found = sensitivity_of(alone(weights={Kind.AGE: -1.0}), None)

    assert found.rests_on is None
    assert found.high == pytest.approx(share(10.0))


@pytest.mark.parametrize("posterior", [0.0, 1.0])
def test_certainty_has_no_rivals(posterior):
    found = sensitivity_of(Believed(2.0, {}, 0.01, posterior), None)

    assert found == Sensitivity(
        posterior, pytest.approx(share(0.1)), pytest.approx(share(10.0)), (), ()
    )
