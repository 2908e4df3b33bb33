"""What a registry says of itself: how many of its pairs are true, and how sure that is."""

from dataclasses import replace
from itertools import product
from math import exp, log, sqrt

import numpy as np
import pytest

from matching.calibration import calibrated
from matching.judgement import Faint, _looked_at, believed, judge, learnt_prior, spread
from matching.model_file import PriorParameters, load_model
from matching.prior import Prior, odds_of, open_population_prior, posteriors
from matching.search import rank
from matching.true_matches import expected_true_matches, limits_of_sum
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model("missing-remains-2026.4")
SURE = PriorParameters(0.2, doubt_log10=0.5, doubt_of_fit=0.05)
COUNTS = (300, 200)


def a_registry_of_weights(true_pairs, separation, seed=3):
    """Weights of all pairs whose likelihood ratios are exactly what they say.

    Two bell curves of equal width, `separation` deviations apart: the natural logarithm of
    their ratio at x is ``separation × x - separation² / 2``.
    """
    chance = np.random.default_rng(seed)
    seen = chance.normal(size=COUNTS)
    at = np.arange(true_pairs)
    seen[at, at] += separation
    weights = (separation * seen - separation**2 / 2) / log(10)
    left, right = (side.ravel() for side in np.indices(COUNTS))
    return weights.ravel(), left, right


def learnt(true_pairs, separation, *, sure=SURE, seed=3):
    start = open_population_prior(*COUNTS, sure.share_reported)
    pairs = a_registry_of_weights(true_pairs, separation, seed)
    return learnt_prior(start, pairs, COUNTS, (sure, Faint(0.0)))


@pytest.mark.parametrize("true_pairs", [10, 40, 120])
def test_the_number_of_true_pairs_is_learnt_where_the_evidence_is_strong(true_pairs):
    prior = learnt(true_pairs, separation=6.0)

    assert prior.expected_true_matches == pytest.approx(true_pairs, rel=0.2)
    assert prior.low < true_pairs < prior.high
    assert prior.basis == "registry"
    assert prior.learned > 0.9


def test_the_value_is_the_expectation_over_all_pairs():
    prior = learnt(40, separation=6.0)

    assert prior.value == pytest.approx(prior.expected_true_matches / (300 * 200))


def test_where_the_evidence_says_nothing_the_model_stays():
    prior = learnt(40, separation=0.01)

    # A registry without evidence answers every number with itself, nearly.
    assert prior.learned < 0.5
    assert prior.low < 0.1 * 200
    assert prior.high > 0.5 * 200


def test_more_doubt_of_the_fit_is_more_doubt_of_the_number():
    sure, unsure = (
        learnt(40, 4.0, sure=PriorParameters(0.2, 0.5, doubt)) for doubt in (0.02, 0.4)
    )

    assert unsure.high / unsure.low > sure.high / sure.low
    assert unsure.learned < sure.learned


def test_true_pairs_that_are_not_looked_at_are_added():
    start = open_population_prior(*COUNTS, 0.2)
    weights, left, right = a_registry_of_weights(100, 4.0)
    heavy = weights > log(20) / log(10)
    faint = 10.0 ** weights[~heavy]
    share = float(faint.sum()) / len(weights)

    whole = learnt_prior(start, (weights, left, right), COUNTS, (SURE, Faint(0.0)))
    part = learnt_prior(
        start, (weights[heavy], left[heavy], right[heavy]), COUNTS, (SURE, Faint(share))
    )

    assert share > 0.05
    assert part.expected_true_matches == pytest.approx(whole.expected_true_matches, rel=0.15)


def test_doubt_of_what_is_faint_is_doubt_of_the_number():
    start = open_population_prior(*COUNTS, 0.2)
    pairs = a_registry_of_weights(100, 4.0)
    sure, unsure = (
        learnt_prior(start, pairs, COUNTS, (SURE, Faint(0.5, error))) for error in (0.0, 0.2)
    )

    assert unsure.high / unsure.low > sure.high / sure.low
    assert unsure.learned < sure.learned


def test_one_pair_alone_does_not_speak_for_itself_twice():
    model = load_model()
    ranking = rank([a_missing_person()], [some_remains()], model)

    judgement = judge(ranking, model, counts=(1, 1))

    assert judgement.prior.expected_true_matches == model.prior.share_reported
    odds = model.prior.share_reported / (1 - model.prior.share_reported)
    odds *= 10 ** float(calibrated(ranking.log10_lr, model.calibration)[0])
    assert judgement.posterior[0] == pytest.approx(odds / (1 + odds))


def test_what_is_believed_means_what_it_says():
    weights, left, right = a_registry_of_weights(100, 4.0)
    prior = Prior(100 / (300 * 200), 100, "stated")

    posterior = posteriors(weights, left, right, odds_of(prior, COUNTS))

    said = posterior > 0.2
    true = (left == right) & (left < 100)
    chance = sqrt(float((posterior[said] * (1 - posterior[said])).sum()))
    assert float(true[said].sum()) == pytest.approx(
        float(posterior[said].sum()), abs=3 * chance
    )
    # The planted fault: without the odds of belonging to nobody it is too modest.
    modest = posteriors(weights, left, right, prior.value)
    assert modest[said].sum() < posterior[said].sum() - 2


def test_the_sample_is_spread_evenly_and_the_same_every_time():
    left, right = spread((10, 5), 20_000)

    cells = np.bincount(left * 5 + right, minlength=50)
    assert cells.min() > 0.97 * 20_000 / 50
    assert cells.max() < 1.03 * 20_000 / 50
    assert spread((10, 5), 20_000)[0].tolist() == left.tolist()


def test_of_too_many_pairs_the_heaviest_are_looked_at(monkeypatch):
    start = Prior(0.5, 1.0, "stated")
    monkeypatch.setattr("matching.judgement.MOST_LOOKED_AT", 3)

    assert _looked_at(np.array([1.0, 5.0, 2.0, 4.0, 3.0]), start).tolist() == [
        False, True, False, True, True,
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def a_small_sample(monkeypatch):
    monkeypatch.setattr("matching.judgement.SAMPLED", 2_000)


@pytest.fixture(scope="module")
def ranking():
    return rank([a_missing_person()] * 20, [some_remains()] * 10, MODEL)


def test_where_nearly_all_true_pairs_are_faint_the_registry_is_not_asked(ranking, monkeypatch):
    asked = judge(ranking, MODEL, counts=(20, 10)).prior
    monkeypatch.setattr("matching.judgement.MOST_FAINT", -1.0)

    kept = judge(ranking, MODEL, counts=(20, 10)).prior

    assert asked.basis == "registry"
    assert kept == open_population_prior(20, 10, MODEL.prior.share_reported)


def test_a_search_is_judged_by_its_model(ranking):
    judgement = judge(ranking, MODEL, counts=(20, 10))

    worth = calibrated(ranking.log10_lr, MODEL.calibration)
    odds = odds_of(judgement.prior, (20, 10))
    expected = posteriors(worth, ranking.left, ranking.right, odds)
    assert judgement.posterior.tolist() == expected.tolist()
    assert judgement.prior.basis == "registry"
    assert judgement.as_dict()["calibration_version"] == "2026.4-a"
    assert judgement.as_dict()["prior"] == judgement.prior.as_dict()
    assert judgement.expected.count == pytest.approx(judgement.posterior.sum())


def test_doubt_of_the_prior_widens_the_limits(ranking):
    faint = replace(ranking, log10_lr=np.zeros(len(ranking)))
    stated = Prior(0.01, 2.0, "stated", low=0.5, high=8.0)

    expected = judge(faint, MODEL, counts=(20, 10), prior=stated).expected

    few, sure, many = (
        limits_of_sum(judge(faint, MODEL, counts=(20, 10), prior=prior).posterior)
        for prior in (stated.expecting(0.5), stated, stated.expecting(8.0))
    )
    assert (expected.low, expected.high) == (few[0], many[1])
    assert few[1] < sure[1] < many[1]


def test_a_stated_prior_is_not_learnt_over(ranking):
    stated = Prior(0.01, 2.0, "stated")

    judgement = judge(ranking, MODEL, counts=(20, 10), prior=stated)

    assert judgement.prior is stated
    assert judgement.expected == expected_true_matches(judgement.posterior)


def test_a_model_that_is_sure_of_its_share_is_not_asked_again():
    model = load_model("missing-remains-2026.3")
    ranking = rank([a_missing_person()] * 20, [some_remains()] * 10, model)

    judgement = judge(ranking, model, counts=(20, 10))

    assert judgement.prior == open_population_prior(20, 10, model.prior.share_reported)
    assert judgement.calibration_version == "none"


def test_belief_changes_no_weight_and_no_rank(ranking):
    judgement = judge(ranking, MODEL, counts=(20, 10))

    told = believed(ranking, judgement)

    assert told.posterior is judgement.posterior
    assert told.prior is judgement.prior
    assert told.log10_lr is ranking.log10_lr
    assert told.rank_for_left is ranking.rank_for_left


def test_any_pair_can_be_weighed_after_the_search(ranking):
    pairs = np.array(list(product(range(20), range(10))), dtype=np.int32)

    totals = ranking.weights.totals(pairs[:, 0], pairs[:, 1])

    assert totals.tolist() == pytest.approx(ranking.log10_lr[:1].tolist() * 200)


def test_limits_in_logarithms_stay_within_the_registry():
    prior = learnt(190, separation=8.0)

    assert prior.high <= 0.95 * 200
    assert prior.low > exp(-7) * 200
