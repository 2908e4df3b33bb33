"""The drawing of a person: every place is on it, and left is the person's left."""

import re
from dataclasses import replace
from types import SimpleNamespace

from casework.codes import BodySite, MarkType, Side
from casework.openings import Openings
from casework.web.body_chart import areas_of, draw_body, draw_choices, every_area
from casework.web.body_chart_areas import FROM, View
from casework.web.described import teller_for
from casework.web.drawn_record import drawn_marks
from privacy.model import Reveals

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
# Seen from the front, the reader's right is the person's left; from behind it is not.
FROM_BEFORE = {View.FRONT, View.FACE, View.PALMS, View.FEET}


def same(message):
    return message


def a_mark(site=BodySite.FOREARM, side=Side.LEFT, kind=MarkType.TATTOO, words=""):
    return SimpleNamespace(kind=kind, site=site, side=side, words=words)


def on_the_wrong_side(areas):
    """Name the areas that lie on the other side of the middle than their person's side."""
    for area in areas:
        if area.side is not Side.MIDDLE:
            readers_right = area.middle[0] > 0
            persons_left = readers_right == (area.view in FROM_BEFORE)
            if (area.side is Side.LEFT) != persons_left:
                yield area


def test_every_place_of_the_list_has_an_area():
    assert {area.site for area in every_area()} == set(BodySite)


def test_what_lies_on_one_side_lies_on_the_other_as_well():
    places = {(area.view, area.site, area.side) for area in every_area()}

    sided = {place for place in places if place[2] is not Side.MIDDLE}

    assert {(view, site, OTHER[side]) for view, site, side in sided} == sided


def test_left_is_the_persons_left_in_every_view():
    assert list(on_the_wrong_side(every_area())) == []


def test_a_planted_swap_of_left_and_right_is_caught():
    forearms = [each for each in every_area() if each.site is BodySite.FOREARM]
    swapped = [replace(each, side=OTHER[each.side]) for each in forearms]

    assert list(on_the_wrong_side(swapped)) == swapped


def test_the_words_over_each_view_agree_with_its_areas():
    for view in draw_choices(same).views:
        assert (
            view.at_end
            == {Side.LEFT: "su izquierda", Side.RIGHT: "su derecha"}[FROM[View(view.name)]]
        )
        assert {view.at_start, view.at_end} == {"su izquierda", "su derecha"}


def test_a_mark_on_the_left_forearm_stands_on_the_readers_right_from_the_front():
    drawing = draw_body([a_mark()], same, key="x")

    front = drawing.views[0]
    assert (front.name, len(front.numbers)) == ("front", 1)
    assert front.numbers[0].x > 0
    assert drawing.legend[0].words == "tatuaje, antebrazo, lado izquierdo"


def test_a_side_nobody_wrote_down_is_not_guessed():
    front = draw_body([a_mark(side=None)], same, key="x").views[0]

    assert [each.x for each in front.numbers] == [0]
    assert {area.tone for area in front.areas} == {"open"}


def test_a_mark_on_both_sides_has_its_number_on_both():
    front = draw_body([a_mark(side=Side.BOTH)], same, key="x").views[0]

    assert sorted(each.x > 0 for each in front.numbers) == [False, True]
    assert {area.tone for area in front.areas} == {"marked"}


def test_a_mark_without_a_place_is_told_and_not_drawn():
    drawing = draw_body([a_mark(site=None, side=None)], same, key="x")

    assert all(view.numbers == () for view in drawing.views)
    assert [each.has_place for each in drawing.legend] == [False]


def test_numbers_in_the_same_place_do_not_cover_each_other():
    front = draw_body([a_mark() for _ in range(9)], same, key="x").views[0]

    apart = [
        ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        for one in front.numbers
        for other in front.numbers
        if one.number < other.number
    ]
    assert min(apart) >= 2 * front.numbers[0].size


def test_every_place_can_be_chosen_with_its_side():
    drawing = draw_choices(same)
    offered = {area.value for view in drawing.views for area in view.areas}
    offered |= {area.value for area in drawing.wholes}

    assert offered == {f"{area.site}:{area.side}" for area in every_area()}


def test_a_path_lies_where_its_middle_says():
    for area in every_area():
        start = float(re.match(r"M(-?[\d.]+)", area.path)[1])
        assert area.side is Side.MIDDLE or start * area.middle[0] >= 0


def test_a_place_is_found_in_the_first_view_that_has_it():
    assert {area.view for area in areas_of(BodySite.FOREARM, Side.LEFT)} == {View.FRONT}
    assert {area.view for area in areas_of(BodySite.SHOULDER_BLADE, Side.LEFT)} == {View.BACK}
    assert {area.view for area in areas_of(BodySite.SOLE, Side.RIGHT)} == {View.SOLES}


def test_marks_are_drawn_only_where_the_description_is_open():
    closed, opened = (Openings(frozenset(groups), {}) for groups in ((), (Reveals.BODY,)))

    assert drawn_marks([a_mark()], closed, teller_for("es")) is None
    assert drawn_marks([a_mark()], opened, teller_for("es")).legend[0].number == 1
