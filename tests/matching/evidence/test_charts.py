"""A list of teeth becomes a chart of 28 letters."""

import pytest

from matching.codes import Answer, ToothState
from matching.evidence.charts import (
    LATER,
    NOTHING,
    PLACES,
    STAGES,
    TEETH,
    chart_of,
    explainable,
)
from matching.records import Listed, Tooth


def chart(*teeth, after_death=True):
    return chart_of(Listed.of(*teeth), after_death=after_death)


def test_a_chart_says_nothing_of_teeth_that_are_not_on_the_list():
    found = chart(Tooth(16, ToothState.RESTORED))

    assert found[TEETH.index(16)] == STAGES["restored"]
    assert found.count(NOTHING) == len(TEETH) - 1


@pytest.mark.parametrize("number", [18, 28, 38, 48, 51, 85])
def test_wisdom_teeth_and_milk_teeth_are_not_compared(number):
    assert chart(Tooth(number, ToothState.RESTORED)) is None


@pytest.mark.parametrize("state", [ToothState.NOT_EXAMINED, ToothState.MISSING_UNKNOWN])
def test_a_tooth_that_was_not_seen_says_nothing(state):
    assert chart(Tooth(16, state)) is None


def test_a_tooth_lost_after_death_was_there_and_no_report_can_say_so():
    lost = Tooth(16, ToothState.MISSING_POST_MORTEM)

    assert chart(lost) is not None
    assert chart(lost, after_death=False) is None


@pytest.mark.parametrize("answer", [one for one in Answer if one is not Answer.RECORDED])
def test_no_answer_is_a_chart(answer):
    assert chart_of(Listed((), answer), after_death=True) is None


@pytest.mark.parametrize(
    ("number", "position"),
    [(11, "front"), (23, "front"), (34, "premolar"), (45, "premolar"), (46, "molar")],
)
def test_each_tooth_has_its_position(number, position):
    assert PLACES[TEETH.index(number)] == position


@pytest.mark.parametrize(
    ("told", "seen", "explained"),
    [
        ("s", "s", True),
        ("s", "r", True),
        ("r", "l", True),
        ("l", "p", True),
        ("r", "s", False),
        ("l", "s", False),
        ("p", "r", False),
        ("s", "t", True),
        ("u", "t", True),
        ("l", "t", False),
        ("p", "t", False),
    ],
)
def test_teeth_get_on_and_never_back(told, seen, explained):
    assert explainable(told, seen) is explained


def test_whatever_is_reached_in_two_steps_is_reached_in_one():
    for first, then in LATER.items():
        for second in then:
            assert set(LATER[second]) <= {*then, first}
