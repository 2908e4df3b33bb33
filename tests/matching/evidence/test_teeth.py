"""Charts are compared through what becomes of teeth, and through sorts of mouths."""

from dataclasses import replace
from itertools import product
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.codes import ToothState
from matching.evidence.charts import NOTHING, PRESENT, STAGES, TEETH, chart_of
from matching.evidence.rarity import ChartRarity
from matching.evidence.rarity_of_few import count_charts
from matching.evidence.teeth import (
    BANDS,
    SeenTeeth,
    ToldTeeth,
    band_of,
    chance_of_anybody,
    chance_of_person,
    compared_teeth,
    shares_of_sorts,
    sorts_of_mouths,
    weigh_charts,
    weigh_teeth,
)
from matching.evidence.weight import Reason
from matching.records import Listed, Range, Tooth
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.teeth
SORTS = sorts_of_mouths(P)
LETTERS = "".join(STAGES.values())
NOBODY = ChartRarity()
SOUND = "s" * len(TEETH)

charts = st.text(LETTERS + NOTHING, min_size=28, max_size=28)


def chart(**letters):
    """Chart with these letters, by tooth as `t16`, and nothing else."""
    known = {int(tooth[1:]): letter for tooth, letter in letters.items()}
    return "".join(known.get(number, NOTHING) for number in TEETH)


def weigh(told, seen, band="adult", rarity=NOBODY, parameters=P):
    told_of, seen_of = ToldTeeth(told, band), SeenTeeth(seen, band)
    return weigh_charts(told_of, seen_of, parameters, rarity, sorts=sorts_of_mouths(parameters))


@pytest.mark.parametrize(
    "told", [chart(t16="s", t11="s", t34="s"), chart(t16="l", t11="c", t34="r")]
)
@pytest.mark.parametrize("band", BANDS)
def test_the_ratio_averages_to_one_over_all_mouths(told, band):
    places = [at for at, letter in enumerate(told) if letter != NOTHING]
    mean = total = 0.0

    for letters in product(LETTERS, repeat=3):
        compared = [(at, told[at], seen) for at, seen in zip(places, letters, strict=True)]
        anybody = chance_of_anybody(band, compared, SORTS)
        total += anybody
        mean += chance_of_person(ToldTeeth(told, band), compared, SORTS, P.old)

    assert total == pytest.approx(1)
    assert mean == pytest.approx(1)


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_of_mouth_has_chances_that_sum_to_one(sort):
    for chances in (*sort.common.values(), *sort.step.values(), *sort.long_step.values()):
        assert sum(chances[letter] for letter in LETTERS) == pytest.approx(1)
        present = 1 - chances[STAGES["lost"]] - chances[STAGES["replaced"]]
        assert chances[PRESENT] == pytest.approx(present)
        assert min(chances.values()) > 0


@pytest.mark.parametrize("band", BANDS)
@given(told=charts)
def test_shares_of_sorts_sum_to_one(band, told):
    assert sum(sort.shares[band] for sort in SORTS) == pytest.approx(1)
    assert sum(shares_of_sorts(ToldTeeth(told, band), SORTS)) == pytest.approx(1)


def test_the_weight_is_the_chance_of_this_mouth_over_that_of_any():
    told, seen = chart(t16="s", t36="r", t11="s"), chart(t16="r", t36="r", t11=PRESENT)

    found = weigh(told, seen)

    compared = compared_teeth(told, seen)
    ratio = chance_of_person(ToldTeeth(told, "adult"), compared, SORTS, P.old)
    ratio /= chance_of_anybody("adult", compared, SORTS)
    assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))
    assert dict(found.facts) == {"compared": 3, "same": 1, "unexplained": 0}


def test_sound_teeth_of_the_young_say_little_and_of_the_old_more():
    # .437 of people of 12 to 22.9 years have no restoration; matching-science asks for 1 to 4.
    young, older = weigh(SOUND, SOUND, "young"), weigh(SOUND, SOUND, "older")

    assert 1 < 10**young.log10_lr < 4
    assert older.log10_lr > young.log10_lr


def test_as_many_mouths_are_sound_as_were_counted():
    # Young: n = 7,219; adults: Sharjah 2014, n = 2,000.
    compared = compared_teeth(SOUND, SOUND)

    assert chance_of_anybody("young", compared, SORTS) == pytest.approx(0.437, abs=0.01)
    assert chance_of_anybody("adult", compared, SORTS) == pytest.approx(0.241, abs=0.01)


def test_a_filled_tooth_that_is_sound_again_speaks_against_and_is_no_exclusion():
    filled = chart(t16="r", t26="l", t36="c", t46="r")

    back = weigh(filled, chart(t16="s", t26="s", t36="s", t46="s"))
    on = weigh(filled, chart(t16="c", t26="l", t36="c", t46="r"))

    assert log10(P.unrelated) < back.log10_lr < 0 < on.log10_lr
    assert (back.reason, on.reason) == (Reason.TEETH_UNEXPLAINED, Reason.TEETH_EXPLAINABLE)


def test_a_chart_may_be_old_and_then_much_has_changed():
    told, seen = (
        chart(t16="s", t26="s", t36="d", t46="r"),
        chart(t16="r", t26="s", t36="l", t46="c"),
    )
    never_old = replace(P, old=replace(P.old, share=1e-9))

    assert weigh(told, seen).log10_lr > weigh(told, seen, parameters=never_old).log10_lr


def test_an_equal_chart_is_called_equal():
    assert weigh(SOUND, SOUND).reason is Reason.TEETH_SAME


def test_no_pattern_is_said_to_be_rarer_than_the_charts_at_hand_can_show():
    rare = "spcruldspcruldspcruldspcruld"
    met = ChartRarity(charts=98, patterns={rare: 1})

    once, often = (
        weigh(rare, rare, rarity=met),
        weigh(rare, rare, rarity=ChartRarity(98, {rare: 49})),
    )

    person = chance_of_person(
        ToldTeeth(rare, "adult"), compared_teeth(rare, rare), SORTS, P.old
    )
    for found, least in (
        (once, 1 / (98 + P.reference_charts)),
        (often, 49 / (98 + P.reference_charts)),
    ):
        ratio = person / least
        assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))


def test_a_pattern_met_by_nobody_weighs_as_if_met_once():
    assert ChartRarity(charts=9).least_share("x", 1) == 1 / 10
    assert ChartRarity(charts=9, patterns={"x": 4}).least_share("x", 1) == 4 / 10


def test_without_the_floor_a_rare_pattern_would_weigh_more():
    rare = "spcruldspcruldspcruldspcruld"
    endless = replace(P, reference_charts=1e12)

    assert weigh(rare, rare, parameters=endless).log10_lr > weigh(rare, rare).log10_lr


def test_teeth_that_are_not_known_on_both_sides_weigh_nothing():
    assert weigh(chart(t16="s"), chart(t26="s")) is None


@pytest.mark.parametrize(
    ("years", "band"),
    [(None, "unknown"), (12, "young"), (22.9, "young"), (23, "adult"), (45, "older")],
)
def test_ages_lie_in_bands(years, band):
    assert band_of(years) == band


def test_records_are_compared_by_their_charts_and_ages():
    filled = Listed.of(Tooth(16, ToothState.RESTORED), Tooth(26, ToothState.MISSING))
    person = a_missing_person(teeth=filled, age=Range(50, 50))
    found = weigh_teeth(person, some_remains(teeth=filled, age=Range(40, 60)), P, NOBODY)

    told = chart_of(filled, after_death=False)
    assert found == weigh(told, told, "older")


def test_without_two_charts_nothing_is_weighed():
    nothing = Listed()

    assert weigh_teeth(a_missing_person(teeth=nothing), some_remains(), P, NOBODY) is None
    assert weigh_teeth(a_missing_person(), some_remains(teeth=nothing), P, NOBODY) is None


def test_ages_that_are_not_known_have_their_own_band():
    person = a_missing_person(age=None)
    remains = some_remains(age=None)

    told = chart_of(person.teeth, after_death=False)
    assert weigh_teeth(person, remains, P, NOBODY) == weigh(told, told, "unknown")


def test_charts_of_the_registry_are_counted_where_there_are_any():
    remains = [some_remains(), some_remains(), some_remains(teeth=Listed())]

    found = count_charts(remains)

    assert (found.charts, set(found.patterns.values())) == (2, {2})
