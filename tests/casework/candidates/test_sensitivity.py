"""A reader is told what a proposal rests on, in words, and only of what is open to them."""

import pytest

from casework.candidates.model import MatchingRun, Pairing
from casework.candidates.queries import COMPARED, Proposal
from casework.candidates.sensitivity import (
    ShownSensitivity,
    counted_words,
    expected_sentence,
    open_posterior,
    shown_sensitivity,
)
from casework.openings import Openings
from casework.web.described import teller_for
from casework.web.templating import Templates
from matching.evidence.weight import Kind
from matching.sensitivity import Believed, sensitivity_of
from privacy.model import Reveals

ENOUGH = MatchingRun(
    model_name="missing-remains",
    model_version="2026.4",
    missing_count=40,
    remains_count=30,
    pairs_scored=1200,
    pairs_skipped=0,
)
TWO_WORLDS = MatchingRun(
    model_name="missing-remains",
    model_version="2026.4",
    missing_count=40,
    remains_count=30,
    pairs_scored=300,  # 10 x 15 real and 30 x 5 invented: nobody knows which of them
    pairs_skipped=0,
)


def shown(weights, language="es", log10_lr=4.0):
    pair = Believed(log10_lr, weights, 1e-4, 0.5)
    return ShownSensitivity.of(sensitivity_of(pair, None), teller_for(language))


def a_proposal(*closed, **weights):
    weights = weights or {"marks": 2.0, "place": 1.0, "nationality": 0.5}
    pairing = Pairing(
        weights=weights, log10_lr=sum(weights.values()), posterior=0.4, prior=1e-3
    )
    openings = Openings(frozenset(COMPARED) - set(closed), {})
    return Proposal(pairing, None, None, openings, openings)


def test_the_kind_it_rests_on_most_is_named_first():
    block = shown({Kind.MARKS: 2.0, Kind.SEX: 0.1})

    assert block.rests_on == "Marcas y señas"
    assert [each.words for each in block.kinds] == ["Marcas y señas", "Sexo"]
    assert block.share == teller_for("es").wording.share(0.5)


def test_the_fragment_tells_range_prior_and_kinds():
    block = shown({Kind.TIME: 1.0, Kind.PLACE: 2.0})

    html = Templates("es").fragment("candidates/_sensitivity.html", sensitivity=block)

    assert "Tiempo · Lugar" in html
    assert "Descansa sobre todo en: Lugar." in html
    assert block.low in html
    assert block.high in html


def test_a_pair_that_rests_on_nothing_names_no_kind():
    html = Templates("es").fragment("candidates/_sensitivity.html", sensitivity=shown({}))

    assert "Descansa" not in html
    assert "Sin una clase" not in html


def test_kinds_that_are_closed_are_not_named():
    open_to_all = shown_sensitivity(a_proposal(), ENOUGH, teller_for("es"))
    closed = shown_sensitivity(a_proposal(Reveals.IDENTITY), ENOUGH, teller_for("es"))

    assert [each.words for each in open_to_all.kinds] == [
        "Marcas y señas",
        "Lugar",
        "Nacionalidad",
    ]
    assert [each.words for each in closed.kinds] == ["Marcas y señas", "Lugar"]


def test_what_is_closed_counts_in_no_number():
    shown_all, closed = a_proposal(), a_proposal(Reveals.IDENTITY)

    assert (shown_all.log10_lr, closed.log10_lr) == (3.5, 3.0)
    assert open_posterior(shown_all, ENOUGH) == 0.4
    # The odds fall by what the closed kind weighs: 0.4 / 0.6 divided by the root of ten.
    odds = 0.4 / 0.6 / 10**0.5
    assert open_posterior(closed, ENOUGH) == pytest.approx(odds / (1 + odds))
    block = shown_sensitivity(closed, ENOUGH, teller_for("es"))
    assert block.share == teller_for("es").wording.share(odds / (1 + odds))


@pytest.mark.parametrize("weight", [-2.0, 0.0, 2.0])
def test_what_is_told_is_the_same_whatever_a_closed_kind_weighs(weight):
    told = a_proposal(Reveals.IDENTITY, marks=2.0, place=0.5, nationality=weight)

    assert told.log10_lr == 2.5
    assert set(told.weights) == {"marks", "place"}
    assert told.band == a_proposal(marks=2.0, place=0.5).band


def test_a_run_over_two_worlds_takes_the_least_odds_there_can_be():
    pairing = a_proposal(marks=2.0)
    pairing.pairing.posterior = 0.0909  # odds of one in a thousand, a hundred times over

    block = shown_sensitivity(pairing, TWO_WORLDS, teller_for("es"))

    assert block.prior[1].share == teller_for("es").wording.share(0.5)


def test_a_kind_that_is_no_more_is_not_asked_about():
    block = shown_sensitivity(a_proposal(marks=2.0, stars=1.0), ENOUGH, teller_for("es"))

    assert [each.words for each in block.kinds] == ["Marcas y señas"]


def test_where_a_sum_is_not_taken_at_its_word_that_is_said():
    teller = teller_for("es")

    assert "de lo que la suma pasa de 4" in counted_words(a_proposal(marks=6.0), ENOUGH, teller)
    assert counted_words(a_proposal(marks=2.0), ENOUGH, teller) == ""


def test_a_run_that_does_not_say_its_sizes_says_nothing():
    assert shown_sensitivity(a_proposal(), MatchingRun(), teller_for("es")) is None


def test_a_model_that_is_gone_leaves_weights_at_their_word():
    gone = MatchingRun(
        model_name="tarot", model_version="1", missing_count=40, remains_count=30
    )

    assert shown_sensitivity(a_proposal(), gone, teller_for("es")).rests_on


@pytest.mark.parametrize(
    ("count", "expected", "variance", "said"),
    [
        (50, 12.4, 6.0, "De estas 50 propuestas se espera que unas 12 (entre 7 y 18) sean"),
        (3, 0.2, 0.15, "De estas 3 propuestas se espera que unas 0 (entre 0 y 1) sean"),
        (2, 1.9, 0.2, "De estas 2 propuestas se espera que unas 2 (entre 1 y 2) sean"),
    ],
)
def test_of_some_proposals_so_many_are_expected_to_be_true(count, expected, variance, said):
    assert expected_sentence(count, expected, variance, teller_for("es")).startswith(said)
