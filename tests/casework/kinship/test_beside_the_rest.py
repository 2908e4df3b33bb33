"""Prior × other evidence × DNA: multiplied once each, and sex never twice."""

import math

import pytest

from casework.kinship.presenters import is_alike
from casework.kinship.sentences import (
    comparisons_sentence,
    counted_words,
    headline,
    misread,
    posterior_words,
    probability_words,
    times_words,
    total_words,
)
from casework.kinship.told import Against, Outcome, SexIn, Told
from casework.kinship.weighing import (
    THRESHOLD,
    Beside,
    Strength,
    beside,
    chance_hits,
    strength_of,
)
from casework.web.described import teller_for
from matching.calibration import CalibrationParameters

SPANISH = teller_for("es")
WEIGHTS = {"sex": 0.3, "age": 1.1, "marks": 2.0}
PRIOR = 1 / 12_000


def dna(log10_lr=6.0, sex=SexIn.LEFT_OUT, **said):
    return Told(outcome=Outcome.RATIO, log10_lr=log10_lr, sex=sex, **said)


def placed(log10_odds):
    return Beside(prior=0.0, other=0.0, counted=0.0, dna=log10_odds, left_out=())


@pytest.mark.parametrize("sex", SexIn)
def test_the_posterior_odds_are_the_product_of_the_three(sex):
    found = beside(dna(sex=sex), WEIGHTS, PRIOR, None)

    kept = [weight for kind, weight in WEIGHTS.items() if kind not in found.left_out]
    odds = PRIOR * math.prod(10**weight for weight in kept) * 10**6.0
    assert found.posterior / found.doubt == pytest.approx(odds, rel=1e-12)


def test_taking_the_sex_out_of_one_side_only_divides_by_it_once():
    """A laboratory's total with the sex in it, and without: together they say the same."""
    of_sex = WEIGHTS["sex"]

    apart = beside(dna(6.0), WEIGHTS, PRIOR, None)
    within = beside(dna(6.0 + of_sex, SexIn.INCLUDED), WEIGHTS, PRIOR, None)
    nowhere = beside(dna(6.0, SexIn.INCLUDED), WEIGHTS, PRIOR, None)

    assert within.log10_odds == pytest.approx(apart.log10_odds, rel=1e-12)
    assert within.left_out == ("sex",)
    assert apart.log10_odds - nowhere.log10_odds == pytest.approx(of_sex, rel=1e-12)


def test_where_nobody_knows_sex_counts_against_and_never_for():
    fits = beside(dna(sex=SexIn.UNKNOWN), {"sex": 0.3}, PRIOR, None)
    contradicts = beside(dna(sex=SexIn.UNKNOWN), {"sex": -2.0}, PRIOR, None)

    assert (fits.other, contradicts.other) == (0.0, -2.0)


def test_what_another_system_found_may_be_this_very_dna_and_is_left_out():
    found = beside(dna(), WEIGHTS | {"outside": 5.0}, PRIOR, None)

    assert found.log10_odds == beside(dna(), WEIGHTS, PRIOR, None).log10_odds
    assert found.left_out == ("outside",)


def test_the_other_evidence_counts_as_the_model_counts_it():
    bend = CalibrationParameters("test", trusted_to=2.0, share_beyond=0.5)

    found = beside(dna(), WEIGHTS, PRIOR, bend)

    assert found.counted == pytest.approx(2.0 + 0.5 * (3.4 - 2.0), rel=1e-12)


@pytest.mark.parametrize(
    "told",
    [
        Told(outcome=Outcome.EXCLUDES),
        Told(outcome=Outcome.UNDECIDED),
        dna(against=Against.OTHER, against_words="son de un hermano"),
    ],
)
def test_what_is_no_ratio_to_somebody_unrelated_is_multiplied_with_nothing(told):
    assert beside(told, WEIGHTS, PRIOR, None) is None


def test_the_threshold_is_reached_by_what_reaches_it_and_not_a_hair_below():
    at = math.log10(THRESHOLD / (1 - THRESHOLD))

    assert placed(at).reaches_threshold
    assert not placed(at - 1e-9).reaches_threshold


@pytest.mark.parametrize(
    ("ratio", "strength"),
    [
        (1.9, Strength.NONE),
        (2, Strength.WEAK),
        (10, Strength.MODERATE),
        (100, Strength.MODERATELY_STRONG),
        (1_000, Strength.STRONG),
        (10_000, Strength.VERY_STRONG),
        (1_000_000, Strength.EXTREMELY_STRONG),
    ],
)
def test_a_ratio_and_its_inverse_have_one_word_of_the_scale(ratio, strength):
    log10_lr = math.log10(ratio)

    assert strength_of(log10_lr) is strength_of(-log10_lr) is strength


def test_chance_reaches_a_ratio_in_no_more_than_its_inverse_of_the_pairs():
    assert chance_hits(6.0, 10**8) == pytest.approx(10**8 / 10**6)
    assert chance_hits(-3.0, 50) == 50


def test_a_ratio_is_told_of_what_was_seen_and_its_misreadings_are_forbidden_by_name():
    told = dna(math.log10(3_200_000))

    sentence, wrong = headline(told, "MP-2222-2222", SPANISH), misread(told, SPANISH)

    assert sentence == (
        "Los perfiles de ADN son unas 3,200,000 veces más probables si estos restos son de la "
        "persona desaparecida MP-2222-2222 que si son de alguien sin parentesco con esa "
        "familia."
    )
    assert wrong[0] == "No diga: «es 3,200,000 veces más probable que sean sus restos»."
    assert all(each.startswith("No diga: ") for each in wrong)
    assert "No diga: «el ADN descarta que sean sus restos»." in misread(dna(-2.0), SPANISH)
    assert misread(Told(outcome=Outcome.EXCLUDES), SPANISH) == ()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (dna(-2.0), "unas 100 veces menos probables"),
        (dna(0.1), "casi igual de probables"),
        (Told(outcome=Outcome.EXCLUDES), "no pueden darse"),
        (Told(outcome=Outcome.UNDECIDED), "El ADN no da un número"),
        (dna(2.0, against=Against.OTHER, against_words="son de su hermano"), "su hermano."),
    ],
)
def test_every_outcome_has_its_sentence(told, says):
    assert says in headline(told, "MP-2222-2222", SPANISH)


def test_a_share_kept_without_its_odds_reads_as_one_with_them():
    kept = [posterior_words(each, SPANISH) for each in (0.0, 1e-9, 2e-4, 0.9, 0.99974, 1.0)]

    assert [each.replace("\xa0", " ") for each in kept] == [
        "menos de 0.01%",
        "menos de 0.01%",
        "0.02%",
        "90%",
        "99.974%",
        "más de 99.99%",
    ]


def test_no_share_reads_as_certainty_and_none_as_impossible():
    shares = [probability_words(placed(each), SPANISH) for each in (3.0, 3.6, 40.0, -40.0)]
    odds = [total_words(placed(each), SPANISH) for each in (3.0, 40.0, -40.0)]

    assert [each.replace("\xa0", " ") for each in shares] == [
        "99.9%",
        "99.974%",
        "más de 99.99%",
        "menos de 0.01%",
    ]
    assert odds == [
        "1,000 a favor por 1 en contra",
        "más de 10,000 a favor por 1 en contra",
        "1 a favor por más de 10,000 en contra",
    ]


def test_a_share_is_counted_as_people_count():
    assert counted_words(placed(3.0), SPANISH) == (
        "De cada 10,000 pares con estos mismos números se espera que unos 9,990 sean la misma "
        "persona y unos 10 no."
    )
    assert "menos de uno que no sea" in counted_words(placed(9.0), SPANISH)
    assert "menos de uno que sea" in counted_words(placed(-9.0), SPANISH)


def test_a_very_large_number_is_told_by_its_zeros_and_not_by_a_word_that_differs():
    """A billion is 10^9 in one language and 10^12 in another."""
    assert times_words(12.4, SPANISH) == "10^12 (un 1 seguido de unos 12 ceros)"
    assert times_words(0.32, SPANISH) == "2.1"


@pytest.mark.parametrize(
    ("comparisons", "says"),
    [
        (None, "No se sabe en cuántas comparaciones"),
        (1, "Se comparó solo este par"),
        (10**8, "100 como mucho"),
        (10_000, "uno en cada 100 búsquedas así, como mucho"),
        (2, "uno en cada 500,000 búsquedas así"),
    ],
)
def test_how_many_were_compared_is_told_with_what_chance_would_do(comparisons, says):
    assert says in comparisons_sentence(dna(comparisons=comparisons), SPANISH)


@pytest.mark.parametrize(
    ("other", "own", "alike"),
    [(16.0, 16.4, True), (14.3, 16.4, False), (20.0, 16.4, True), (1.0, 1.2, False)],
)
def test_a_place_that_explains_the_profiles_nearly_as_well_is_marked_as_not_told_apart(
    other, own, alike
):
    assert is_alike(other, own) is alike
    assert not is_alike(None, own)
