"""Few of the invented people have charts; those of one person tell of one mouth."""

from functools import partial
from statistics import mean

import pytest

from casework.demonstration.dice import Dice
from casework.demonstration.mouths import (
    TEETH,
    draw_implants,
    draw_mouth,
    see_mouth,
    tell_of_mouth,
    with_implant,
)
from casework.demonstration.shipped import world


def charts(chart, count=2000):
    dice = Dice(7, "charts of a test")
    return [chart(dice, partial(draw_mouth, 7, person, 30.0)) for person in range(count)]


def states(chart):
    return dict(tooth.split(":") for tooth in chart.split("|"))


def test_a_mouth_is_the_same_whenever_it_is_asked_for():
    assert draw_mouth(7, 12, 30.0) == draw_mouth(7, 12, 30.0)
    assert list(draw_mouth(7, 12, 30.0)) == list(TEETH)


def test_about_a_quarter_of_grown_people_have_all_teeth_sound():
    sound = [set(draw_mouth(7, person, 40.0).values()) == {"sound"} for person in range(600)]

    assert mean(sound) == pytest.approx(world()["teeth"]["all_sound"], abs=0.05)


def test_few_families_have_a_chart_and_bare_jaws_are_charted_more_often():
    told = mean(map(bool, charts(tell_of_mouth)))
    fleshed = mean(map(bool, charts(lambda dice, mouth: see_mouth(dice, mouth, 1))))
    bare = mean(map(bool, charts(lambda dice, mouth: see_mouth(dice, mouth, 6))))

    numbers = world()["teeth"]
    assert told == pytest.approx(numbers["chart_told"], abs=0.025)
    assert told < fleshed < bare == pytest.approx(numbers["chart_seen_bare"], abs=0.05)


def test_front_teeth_are_lost_after_death_from_bare_jaws_only():
    bare = [c for c in charts(lambda dice, mouth: see_mouth(dice, mouth, 7)) if c]
    fleshed = [c for c in charts(lambda dice, mouth: see_mouth(dice, mouth, 2)) if c]

    front = mean(states(chart)["11"] == "missing_post_mortem" for chart in bare)
    back = mean(states(chart)["16"] == "missing_post_mortem" for chart in bare)
    assert back < front
    assert not any("missing_post_mortem" in chart for chart in fleshed)


def test_the_number_of_an_implant_stands_beside_those_of_papers():
    borne = next(iter(draw_implants(7, 2000).values()))
    dice = Dice(7, "implants of a test")

    assert borne.startswith("implant:INV")
    assert with_implant(dice, {"id_numbers": "dni:INV1"}, borne, 1.0) == {
        "id_numbers": f"dni:INV1|{borne}"
    }
    assert with_implant(dice, {}, borne, 1.0) == {"id_numbers": borne}
    assert with_implant(dice, {"sex": "male"}, borne, 0.0) == {"sex": "male"}
    assert with_implant(dice, {"sex": "male"}, "", 1.0) == {"sex": "male"}
