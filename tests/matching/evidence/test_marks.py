"""Marks weigh by what agrees, by what could have been seen, and by who says there are none."""

from math import log10

import pytest

from matching.codes import Answer, BodySite, Completeness, Condition, MarkType, Side
from matching.evidence.marks import region_of_site, thing_of_mark, visibility, weigh_marks
from matching.evidence.rarity import ListRarity
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import Listed, Mark
from tests.matching.everything import ROSE, a_missing_person, some_remains

P = load_model().marks
RARITY = ListRarity(described=98)
NONE = Listed(answer=Answer.ABSENT)
FRACTURE = Mark(MarkType.OLD_FRACTURE, BodySite.FOREARM, Side.LEFT)
SCAR = Mark(MarkType.SCAR, BodySite.KNEE, Side.RIGHT)


def weight(told, seen, **remains):
    return weigh_marks(
        a_missing_person(marks=told), some_remains(marks=seen, **remains), P, RARITY
    )


def test_the_same_mark_speaks_for_and_its_words_more():
    bare = Mark(ROSE.kind, ROSE.site, ROSE.side)

    with_words, without = (
        weight(Listed.of(ROSE), Listed.of(ROSE)),
        weight(Listed.of(bare), Listed.of(bare)),
    )

    assert with_words.log10_lr > without.log10_lr > 0
    assert with_words.reason is Reason.LIST_AGREES


def test_a_mirrored_mark_agrees_in_part():
    mirrored = Mark(ROSE.kind, ROSE.site, Side.RIGHT, ROSE.words)

    found = weight(Listed.of(ROSE), Listed.of(mirrored))

    assert found.reason is Reason.LIST_PARTLY_AGREES


def test_a_surgical_scar_may_be_told_as_a_burn():
    told = Mark(MarkType.SURGICAL_SCAR, BodySite.KNEE, Side.RIGHT)

    assert weight(Listed.of(told), Listed.of(SCAR)).reason is Reason.LIST_PARTLY_AGREES


def test_other_marks_speak_against_a_little():
    found = weight(Listed.of(ROSE), Listed.of(FRACTURE))

    assert found.log10_lr < 0
    assert found.reason is Reason.LIST_DIFFERS


def test_a_skeleton_says_nothing_about_a_tattoo():
    skeleton = {"condition": Condition.SKELETONISED_DISARTICULATED}

    assert weight(Listed.of(ROSE), Listed.of(FRACTURE), **skeleton) is None
    assert weight(Listed.of(ROSE), NONE, **skeleton) is None
    assert weight(NONE, NONE, **skeleton) is None


def test_a_skeleton_still_shows_an_old_fracture():
    found = weight(Listed.of(FRACTURE), NONE, condition=Condition.SKELETONISED_DISARTICULATED)

    assert found.log10_lr < 0


def test_an_examiner_who_says_there_are_none_speaks_against_more_than_a_list_without_it():
    none, unlisted = weight(Listed.of(ROSE), NONE), weight(Listed.of(ROSE), Listed.of(FRACTURE))

    assert none.log10_lr < unlisted.log10_lr < 0
    assert none.reason is Reason.LIST_NONE_FOUND


def test_a_family_that_says_there_are_none_may_have_missed_one():
    found = weight(NONE, Listed.of(ROSE))

    none = P.none_reported
    assert found.log10_lr == pytest.approx(log10(none.missed / none.share_with_marks))
    assert found.reason is Reason.LIST_NONE_REPORTED


def test_none_on_both_sides_speaks_for_so_that_the_mean_is_one():
    found = weight(NONE, NONE)

    none = P.none_reported
    mean = none.share_with_marks * 10 ** weight(NONE, Listed.of(ROSE)).log10_lr
    mean += (1 - none.share_with_marks) * 10**found.log10_lr
    assert mean == pytest.approx(1)
    assert found.reason is Reason.LIST_NONE_ON_BOTH


@pytest.mark.parametrize("answer", [Answer.NOT_RECORDED, Answer.UNKNOWN, Answer.REFUSED])
def test_only_absent_may_count_against(answer):
    silent = Listed(answer=answer)

    for told, seen in [
        (silent, Listed.of(ROSE)),
        (Listed.of(ROSE), silent),
        (silent, NONE),
        (NONE, silent),
        (silent, silent),
    ]:
        assert weight(told, seen) is None


def test_half_of_a_person_shows_half_of_the_marks():
    whole = visibility(MarkType.TATTOO, some_remains(), P)
    part = visibility(MarkType.TATTOO, some_remains(completeness=Completeness.PARTIAL), P)

    assert part / whole == pytest.approx(P.recovered["partial"] / P.recovered["complete"])


def test_an_unknown_condition_has_its_own_visibility():
    found = visibility(MarkType.SCAR, some_remains(condition=None), P)

    assert found == P.visible.skin["unknown"] * P.recovered["complete"]


@pytest.mark.parametrize("site", list(BodySite))
def test_every_site_lies_in_a_region(site):
    assert region_of_site(site)


def test_a_mark_without_site_or_side_is_coded_so():
    thing = thing_of_mark(Mark(MarkType.BURN))

    assert (thing.group, thing.region, thing.detail, thing.side) == ("scar", None, None, None)
