"""The chart of teeth: the person's right on the reader's left, signs and letters for states."""

from casework.codes import ToothState
from casework.teeth.charts import ChartedTooth, ToothSurface
from casework.web.dental_chart import LETTERS, SIGNS, draw_teeth, said_teeth
from casework.web.dental_dictation import read_dictation


def same(message):
    return message


def teeth(text):
    return read_dictation(text, after_death=False).teeth


def the_tooth(drawing, number):
    return next(t for half in drawing.halves for t in half.teeth if t.number == number)


def test_the_persons_right_is_on_the_left_of_the_reader():
    right, left = draw_teeth([("", teeth("demás sanos"))], same, key="x").halves

    assert [right.title, left.title] == ["su derecha", "su izquierda"]
    assert {each.number // 10 for each in right.teeth} == {1, 4}
    assert {each.number // 10 for each in left.teeth} == {2, 3}
    in_order = sorted((t for t in right.teeth if t.number < 20), key=lambda t: t.x)
    assert [each.number for each in in_order] == list(range(18, 10, -1))


def test_no_two_states_look_or_read_alike():
    drawn = [(LETTERS[state], SIGNS.get(state, "")) for state in ToothState]

    assert len({letter for letter, _ in drawn}) == len(ToothState)
    signs = [sign for _, sign in drawn if sign]
    assert len(set(signs)) == len(signs)


def test_a_mesial_filling_lies_towards_the_middle_on_both_sides():
    drawing = draw_teeth([("", teeth("16 M amalgama, 26 M amalgama"))], same, key="x")

    def reaches_right_edge(number):
        return the_tooth(drawing, number).faces[0].startswith("M22")

    assert reaches_right_edge(16)
    assert not reaches_right_edge(26)


def test_the_outer_face_is_above_in_the_upper_arch_and_below_in_the_lower():
    charted = {
        n: ChartedTooth(n, ToothState.RESTORED, (ToothSurface.VESTIBULAR,)) for n in (16, 46)
    }

    drawing = draw_teeth([("", charted)], same, key="x")

    assert the_tooth(drawing, 16).faces != the_tooth(drawing, 46).faces
    assert the_tooth(drawing, 16).faces[0].startswith("M0 0")


def test_milk_teeth_are_drawn_where_there_are_any():
    without = draw_teeth([("", teeth("16 sano"))], same, key="x")
    with_some = draw_teeth([("", teeth("55 sano"))], same, key="x")

    assert sum(len(half.teeth) for half in without.halves) == 32
    assert sum(len(half.teeth) for half in with_some.halves) == 52


def test_a_difference_is_marked_on_the_tooth_and_told_in_words():
    told, seen = teeth("26 sano, 36 ausente"), teeth("26 caries, 36 sano")

    drawing = draw_teeth(
        [("antes", told), ("después", seen)], same, key="x", explained={26: True, 36: False}
    )

    assert [each.is_explained for each in drawing.differences] == [True, False]
    assert drawing.differences[1].words == "36: se dijo perdido en vida, se vio sano."
    signs = [t.text for half in drawing.halves for t in half.texts if "explained" in t.tone]
    assert sorted(signs) == ["→", "≠"]


def test_a_chart_is_told_in_words_with_neighbours_joined():
    assert said_teeth(teeth("11-17 sano, 21 sano, 46 ausente"), same) == (
        "sano: 17–11, 21",
        "perdido en vida: 46",
    )
