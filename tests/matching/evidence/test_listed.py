"""Two lists are compared thing by thing, against how common each thing is."""

from dataclasses import replace
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evidence.listed import (
    MOST_THINGS,
    Level,
    Thing,
    commonness_of,
    level_of,
    ratio_unseen,
    ratios_by_level,
    weigh_lists,
    word_ratios,
)
from matching.evidence.rarity import ListRarity
from matching.model_file import load_model

P = load_model().marks
RARITY = ListRarity(
    lists=200,
    groups={"tattoo": 90, "scar": 110},
    regions={("tattoo", "forearm"): 30},
    details={("tattoo", "wrist"): 4},
    described=150,
    words={"ana": 12, "=rose": 40},
)
TATTOO = Thing("tattoo", "tattoo", "forearm", "wrist", "left", ())


def weigh(sought, found, listed=P.listed, rarity=RARITY):
    return weigh_lists(sought, found, listed, parameters=P, rarity=rarity)


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, Level.AGREES),
        ({"side": None}, Level.AGREES),
        ({"side": "both"}, Level.AGREES),
        ({"side": "right"}, Level.DETAIL_DIFFERS),
        ({"detail": "forearm"}, Level.DETAIL_DIFFERS),
        ({"kind": "henna"}, Level.DETAIL_DIFFERS),
        ({"region": "leg"}, Level.REGION_DIFFERS),
        ({"region": None}, Level.REGION_UNKNOWN),
        ({"group": "scar"}, Level.OTHER_GROUP),
    ],
)
def test_each_difference_has_its_level_from_either_side(changed, level):
    other = replace(TATTOO, **changed)

    assert level_of(TATTOO, other) is level
    assert level_of(other, TATTOO) is level


@pytest.mark.parametrize("side", [None, "both", "middle"])
def test_sides_not_told_apart_are_not_mirrored(side):
    assert level_of(replace(TATTOO, side="both"), replace(TATTOO, side=side)) is Level.AGREES


@given(st.floats(0.01, 1), st.sampled_from([0.2, P.listed, 0.95]))
def test_the_ratios_average_to_one_among_non_matches(visible, listed):
    common = commonness_of(TATTOO, P, RARITY)
    ratios = ratios_by_level(listed, common, P.agreement)
    by_chance = {
        Level.REGION_DIFFERS: common.group - common.region,
        Level.DETAIL_DIFFERS: common.region - common.detail,
        Level.AGREES: common.detail,
    }

    mean = sum(visible * by_chance[level] * ratios[level] for level in by_chance)
    mean += (1 - visible * common.group) * ratio_unseen(visible, listed, common)

    assert mean == pytest.approx(1)


@given(st.lists(st.sampled_from(["ana", "=rose", "2014", "maria"]), min_size=1, unique=True))
def test_the_ratios_of_words_average_to_one_among_non_matches(words):
    ratios = word_ratios(tuple(words), P, RARITY)
    mean, rarer_missed = 0.0, 1.0
    for word, ratio in zip(ratios.words, ratios.ratios, strict=True):
        mean += rarer_missed * RARITY.word_share(word) * ratio
        rarer_missed *= 1 - RARITY.word_share(word)

    assert mean + rarer_missed * ratios.none == pytest.approx(1)


def test_a_rare_shared_word_weighs_more_than_a_common_one():
    ratios = word_ratios(("=rose", "maria"), P, RARITY)

    assert ratios.words == ("maria", "=rose")
    assert ratios.against(("maria", "=rose")) > ratios.against(("=rose",)) > ratios.none


@pytest.mark.parametrize(("told", "seen"), [((), ("ana",)), (("ana",), ())])
def test_a_description_without_words_weighs_nothing(told, seen):
    assert word_ratios(told, P, RARITY).against(seen) == 1


def test_one_agreeing_thing_weighs_its_ratio():
    found = weigh([(TATTOO, 1.0)], [TATTOO])

    ratio = P.listed * P.agreement.agrees / commonness_of(TATTOO, P, RARITY).detail
    assert found.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * ratio))
    assert (found.agreeing, found.partly, found.unseen) == (1, 0, 0)


def test_a_thing_that_could_have_been_seen_and_is_not_listed_speaks_mildly_against():
    found = weigh([(TATTOO, 1.0)], [replace(TATTOO, group="old_fracture")])

    assert log10(1 - P.listed) < found.log10_lr < 0
    assert found.unseen == 1


def test_what_nobody_could_have_seen_weighs_nothing():
    assert weigh([(TATTOO, 0.0)], [replace(TATTOO, group="old_fracture")]) is None


def test_what_was_seen_although_unlikely_to_be_is_compared():
    assert weigh([(TATTOO, 0.0)], [TATTOO]).log10_lr > 0


def test_one_thing_seen_answers_for_one_thing_told():
    once = weigh([(TATTOO, 1.0), (TATTOO, 1.0)], [TATTOO])
    twice = weigh([(TATTOO, 1.0), (TATTOO, 1.0)], [TATTOO, TATTOO])

    assert (once.agreeing, once.unseen) == (1, 1)
    assert twice.agreeing == 2
    assert once.log10_lr < twice.log10_lr


def test_the_best_counterpart_is_chosen():
    far = replace(TATTOO, region="leg")

    assert weigh([(TATTOO, 1.0)], [far, TATTOO]) == weigh([(TATTOO, 1.0)], [TATTOO, far])


def test_the_weight_never_exceeds_its_ceiling():
    sought = [(replace(TATTOO, detail=str(site)), 1.0) for site in range(20)]

    assert weigh(sought, [thing for thing, _ in sought]).log10_lr == P.ceiling


def test_things_beyond_the_longest_list_are_left_to_people():
    crowd = [replace(TATTOO, group="scar")] * MOST_THINGS

    assert weigh([(TATTOO, 1.0)], [*crowd, TATTOO]).agreeing == 0


def test_a_group_the_model_does_not_name_is_as_common_as_the_others():
    thing = replace(TATTOO, group="henna")

    common = commonness_of(thing, P, ListRarity())

    assert common.group == pytest.approx(P.commonness["other"])
