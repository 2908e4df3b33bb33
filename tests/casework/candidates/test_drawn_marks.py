"""Marks of both records on one drawing: what joins, what could not be seen, and in words."""

from types import SimpleNamespace

import pytest

from casework.candidates import drawn_marks
from casework.candidates.drawn_marks import marks_of
from casework.candidates.unseen_parts import ALL_SEEN, unseen_in
from casework.codes import Answer, BodySite, Completeness, Condition, MarkType, Side
from casework.openings import Openings
from casework.web.described import teller_for
from privacy.model import Reveals

OPEN, CLOSED = Openings(frozenset(Reveals), {}), Openings(frozenset(), {})
SPANISH = teller_for("es")
TATTOO, SCAR, FRACTURE = MarkType.TATTOO, MarkType.SCAR, MarkType.OLD_FRACTURE
FOREARM, HAND, LEFT, RIGHT = BodySite.FOREARM, BodySite.HAND, Side.LEFT, Side.RIGHT
HAND_BONES = ("carpals", "metacarpals", "hand_phalanges")


def a_mark(kind=TATTOO, site=FOREARM, side=LEFT, words=""):
    return SimpleNamespace(kind=kind, site=site, side=side, words=words)


def a_pair(told, seen, **more):
    """Two records with marks; `more`: what is said of the remains, and what is open of them."""
    of_remains = more.pop("of_remains", OPEN)
    said = {"condition": None, "completeness": Completeness.COMPLETE, **more}
    answers = [Answer.RECORDED if marks else Answer.NOT_RECORDED for marks in (told, seen)]
    return SimpleNamespace(
        person=SimpleNamespace(marks=told, marks_answer=answers[0]),
        remains=SimpleNamespace(**{"marks": seen, "marks_answer": answers[1], **said}),
        of_person=OPEN,
        of_remains=of_remains,
    )


def a_picture(parts=(), **bones):
    """Say what of remains lacks; bones by their code and state."""
    said = {"parts_not_recovered": list(parts)}
    said |= {f"bones/{code}": {"status": state} for code, state in bones.items()}
    return {path: (SimpleNamespace(value=value, entered_at=0),) for path, value in said.items()}


def standings(told, seen, unseen=ALL_SEEN, **more):
    """Tell each line as its two labels and how they stand, by the name of the standing."""
    named = {words: str(name) for name, words in drawn_marks.STANDING_WORDS.items()}
    return [
        (
            line.told.label if line.told else "",
            line.seen.label if line.seen else "",
            named[line.standing],
        )
        for line in marks_of(a_pair(told, seen, **more), unseen, SPANISH).lines
    ]


def drawn_joints(drawn):
    return [joint.how for each in drawn.drawing.views for joint in each.joints]


@pytest.mark.parametrize(
    ("told", "seen", "how"),
    [
        (a_mark(), a_mark(words="rosa"), "agrees"),
        (a_mark(), a_mark(side=RIGHT), "near"),  # reports mirror
        (a_mark(), a_mark(side=None), "near"),
        (a_mark(), a_mark(site=BodySite.WRIST), "near"),  # a neighbouring place
        (a_mark(SCAR), a_mark(MarkType.BURN), "near"),  # taken for one another
        (a_mark(), a_mark(site=None, side=None), "near"),
        (a_mark(), a_mark(SCAR), "other_kind"),
        (a_mark(), a_mark(site=BodySite.CALF), None),
        (a_mark(site=None, side=None), a_mark(SCAR, None, None), None),
    ],
)
def test_marks_join_as_the_weight_takes_them_for_one(told, seen, how):
    pair = [told, a_mark(FRACTURE, BodySite.RIBS)], [seen]
    lines = standings(*pair)
    joints = drawn_joints(marks_of(a_pair(*pair), ALL_SEEN, SPANISH))

    alone = [("1", "", "not_seen"), ("2", "", "not_seen"), ("", "A", "not_told")]
    assert lines == ([("1", "A", how), ("2", "", "not_seen")] if how else alone)
    both_drawn = how in {"agrees", "near"} and seen.site
    assert joints == ([how] if both_drawn else [])


def test_the_surest_join_goes_first_and_a_mark_joins_once():
    told = [a_mark(side=RIGHT), a_mark()]

    assert standings(told, [a_mark()]) == [("2", "A", "agrees"), ("1", "", "not_seen")]


def test_a_mark_that_nobody_could_see_is_told_as_such_and_its_part_is_hatched():
    lost = a_picture(["one_limb"], **{f"{bone}_l": "absent" for bone in HAND_BONES})
    half = a_picture(
        carpals_l="absent", metacarpals_l="not_examined", hand_phalanges_l="absent"
    )
    part = a_picture(carpals_l="absent", metacarpals_l="partial", hand_phalanges_l="absent")
    here, other = a_mark(site=HAND), a_mark(site=HAND, side=RIGHT)

    assert [
        standings([here], [], unseen_in(each), of_remains=OPEN)[0][2]
        for each in (lost, half, part)
    ] == ["lost", "unexamined", "nothing_beside"]
    for elsewhere in (other, a_mark(site=HAND, side=None)):
        assert standings([elsewhere], [], unseen_in(lost)) == [("1", "", "nothing_beside")]
    drawn = marks_of(a_pair([here], []), unseen_in(lost), SPANISH)
    front = drawn.drawing.views[0]
    assert [area.value for area in front.hidden] == ["wrist:left", "hand:left"]
    assert drawn.hidden == (("lost", "no se recuperó: mano, lado izquierdo"),)
    assert "un brazo o una pierna" in drawn.notes[0]  # of one side, nobody said which


def test_what_is_named_as_missing_covers_both_sides_or_none():
    unseen = unseen_in(a_picture(["head", "both_hands"]))
    told = [a_mark(site=HAND, side=None), a_mark(SCAR, BodySite.CHIN, Side.MIDDLE), a_mark()]

    assert [each[2] for each in standings(told, [a_mark(SCAR, HAND)], unseen)] == [
        *("lost", "lost", "not_seen", "not_told")
    ]
    front = marks_of(a_pair(told, []), unseen, SPANISH).drawing.views[0]
    assert {area.value for area in front.hidden} >= {"face:middle", "hand:left", "hand:right"}
    assert "head:middle" not in {area.value for area in front.hidden}  # drawn by its parts


def test_without_skin_only_what_shows_in_bone_is_missed():
    bare = {"condition": Condition.SKELETONISED_DISARTICULATED}
    lines = standings([a_mark(), a_mark(FRACTURE)], [a_mark(SCAR, HAND)], **bare)

    assert [each[2] for each in lines] == ["no_skin", "not_seen", "not_told"]


def test_what_is_closed_says_neither_that_a_mark_lacks_nor_why():
    pair = a_pair(
        [a_mark()],
        [a_mark(words="Lucía")],
        condition=Condition.BONE_DEGRADED,
        completeness=Completeness.PARTIAL,
        of_remains=CLOSED,
    )

    drawn = marks_of(pair, ALL_SEEN, SPANISH)

    (line,) = drawn.lines
    assert (line.seen, "reservado" in line.standing, drawn.notes) == (None, True, ())
    assert [each.label for view in drawn.drawing.views for each in view.symbols] == ["1"]


def test_each_mark_has_its_own_symbol_and_no_symbol_covers_another():
    told = [a_mark() for _ in range(5)]
    seen = [a_mark(SCAR) for _ in range(27)]

    drawn = marks_of(a_pair(told, seen), ALL_SEEN, SPANISH)

    symbols = [each for view in drawn.drawing.views for each in view.symbols]
    assert [each.label for each in symbols[:5]] == ["1", "2", "3", "4", "5"]
    assert symbols[-1].label == "A1"
    assert len({each.label for each in symbols}) == 32
    assert {each.whose for each in symbols[:5]} == {"told"}
    gaps = [
        max(abs(one.x - other.x), abs(one.y - other.y))
        for one in symbols
        for other in symbols
        if one is not other
    ]
    assert min(gaps) >= 2 * symbols[0].size


def test_no_mark_with_a_place_is_no_drawing():
    assert marks_of(a_pair([a_mark(site=None)], []), ALL_SEEN, SPANISH) is None
