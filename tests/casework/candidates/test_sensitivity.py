"""A reader is told what a proposal rests on, in words, and only of what is open to them."""

from types import SimpleNamespace

import pytest

from casework.candidates.model import MatchingRun
from casework.candidates.sensitivity import (
    ShownSensitivity,
    expected_sentence,
    shown_sensitivity,
)
from casework.web.described import teller_for
from casework.web.templating import Templates
from matching.evidence.weight import Kind
from matching.sensitivity import Believed, sensitivity_of
from privacy.model import Reveals

ENOUGH = MatchingRun(
    model_name="missing-remains", model_version="2026.4", missing_count=40, remains_count=30
)


def shown(weights, language="es", log10_lr=4.0):
    pair = Believed(log10_lr, weights, 1e-4, 0.5)
    return ShownSensitivity.of(sensitivity_of(pair, None), teller_for(language))


def a_proposal(shows=lambda _: True):
    pairing = SimpleNamespace(
        weights={"marks": 2.0, "place": 1.0}, log10_lr=3.0, posterior=0.4, prior=1e-3
    )
    return SimpleNamespace(pairing=pairing, shows=shows, shows_numbers=shows(Reveals.BODY))


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
    closed = shown_sensitivity(
        a_proposal(shows=lambda group: group.value != "body"), ENOUGH, teller_for("es")
    )

    assert [each.words for each in open_to_all.kinds] == ["Marcas y señas", "Lugar"]
    assert [each.words for each in closed.kinds] == ["Lugar"]


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


def test_what_is_not_open_is_named_as_one_and_hides_no_weight():
    block = shown_sensitivity(a_proposal(_all_but_circumstance), ENOUGH, teller_for("es"))

    assert [each.words for each in block.kinds] == ["Marcas y señas", "Indicios reservados"]


def _all_but_circumstance(group):
    return group is not Reveals.CIRCUMSTANCE
