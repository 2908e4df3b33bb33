"""Weights of sex are those of an error matrix, and never a filter."""

from math import inf, log10

import pytest

from matching.codes import RemainsSex, Sex, SexMethod
from matching.evidence.sex import chance_female, weigh_sex
from matching.evidence.weight import Reason
from matching.model_file import load_model
from tests.matching.everything import a_missing_person, some_remains

P = load_model().sex
WOMEN = P.population.female / (P.population.female + P.population.male)
ESTIMATES = (RemainsSex.FEMALE, RemainsSex.MALE)
PROBABLE = (RemainsSex.PROBABLE_FEMALE, RemainsSex.PROBABLE_MALE)


def weight(sex, estimate, method=SexMethod.PELVIS):
    person = a_missing_person(sex=sex)
    return weigh_sex(person, some_remains(sex=estimate, sex_method=method), P)


def test_a_man_and_a_pelvis_read_as_male_weigh_by_the_error_matrix():
    right, wrong = P.accuracy["pelvis"].male, 1 - P.accuracy["pelvis"].female
    anybody = (1 - WOMEN) * right + WOMEN * wrong

    found = weight(Sex.MALE, RemainsSex.MALE)

    expected = P.wrong_report + (1 - P.wrong_report) * right / anybody
    assert found.log10_lr == pytest.approx(log10(expected))
    assert found.reason is Reason.SEX_AGREES


@pytest.mark.parametrize("method", list(SexMethod))
def test_another_sex_speaks_against_but_never_excludes(method):
    found = weight(Sex.FEMALE, RemainsSex.MALE, method)

    assert -inf < found.log10_lr < 0
    assert found.reason is Reason.SEX_DIFFERS


@pytest.mark.parametrize("method", list(SexMethod))
@pytest.mark.parametrize("estimates", [ESTIMATES, PROBABLE])
@pytest.mark.parametrize("sex", [Sex.FEMALE, Sex.MALE])
def test_the_ratio_averages_to_one_among_non_matches(sex, estimates, method):
    accuracy = P.accuracy[method]
    limit = P.probable if estimates is PROBABLE else accuracy
    female, male = min(accuracy.female, limit.female), min(accuracy.male, limit.male)
    read_female = WOMEN * female + (1 - WOMEN) * (1 - male)
    chances = {estimates[0]: read_female, estimates[1]: 1 - read_female}

    mean = sum(chances[one] * 10 ** weight(sex, one, method).log10_lr for one in estimates)

    assert mean == pytest.approx(1)


@pytest.mark.parametrize(
    ("sex", "estimate"),
    [
        (Sex.UNKNOWN, RemainsSex.MALE),
        (Sex.INTERSEX, RemainsSex.MALE),
        (Sex.MALE, RemainsSex.UNKNOWN),
        (Sex.MALE, RemainsSex.INDETERMINATE),
    ],
)
def test_what_is_not_known_weighs_nothing(sex, estimate):
    assert weight(sex, estimate) is None


def test_remains_without_an_estimate_are_as_often_female_as_the_population():
    assert chance_female(RemainsSex.UNKNOWN, SexMethod.PELVIS, P) == WOMEN


def test_an_estimate_moves_the_chance_of_being_female_by_bayes():
    right, wrong = P.accuracy["skull"].female, 1 - P.accuracy["skull"].male

    chance = chance_female(RemainsSex.FEMALE, SexMethod.SKULL, P)

    assert chance == pytest.approx(WOMEN * right / (WOMEN * right + (1 - WOMEN) * wrong))
