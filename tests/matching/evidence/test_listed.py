"""Two lists are compared thing by thing, against how common each thing is."""

from dataclasses import replace
from itertools import product
from math import log10, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evidence.listed import (
    MOST_THINGS,
    Level,
    Thing,
    chances_by_level,
    group_ratio,
    group_share,
    level_of,
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
    things={
        "tattoo": {
            "leg": {("tattoo", "thigh", None): 40},
            "forearm": {
                ("tattoo", "forearm", "left"): 26,
                ("tattoo", "wrist", "right"): 2,
                ("tattoo", "wrist", None): 4,
            },
            None: {("tattoo", None, None): 18},
        }
    },
    described=150,
    words={"ana": 12, "=rose": 40},
    described_of={"tattoo": 90},
    words_of={("tattoo", "ana"): 12, ("tattoo", "=rose"): 30},
)
TATTOO = Thing("tattoo", "tattoo", "forearm", "wrist", "left", ())


def by_code(sites):
    """Give a million things with these shares, as the registry counts them."""
    codes = {}
    for seen, share in sites.items():
        code = (seen.kind, seen.detail, seen.side)
        codes.setdefault(seen.region, {})[code] = 10**6 * share
    return codes


def described(*words):
    return replace(TATTOO, words=words)


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
def test_that_a_group_is_there_or_not_averages_to_one_among_non_matches(visible, listed):
    share = group_share(TATTOO, P, RARITY)
    there = group_ratio(Level.AGREES, visible, listed, share)
    absent = group_ratio(Level.OTHER_GROUP, visible, listed, share)

    mean = visible * share * there + (1 - visible * share) * absent

    assert mean == pytest.approx(1)


@pytest.mark.parametrize(
    "told", [TATTOO, replace(TATTOO, side=None), replace(TATTOO, region=None)]
)
def test_the_levels_of_agreement_average_to_one_among_non_matches(told):
    chances, ratios = chances_by_level(told, P, RARITY), ratios_by_level(told, P, RARITY)

    assert sum(chances.values()) == pytest.approx(1)
    mean = sum(chance * ratios[level] for level, chance in chances.items() if chance)
    assert mean == pytest.approx(1)


def test_the_chance_of_a_level_is_counted_over_the_things_of_the_group():
    chances = chances_by_level(TATTOO, P, RARITY)

    number = 40 + 26 + 2 + 4 + 18 + P.records
    assert chances[Level.AGREES] == pytest.approx((4 + P.records / 8 / 5) / number)
    assert chances[Level.DETAIL_DIFFERS] == pytest.approx((28 + P.records / 8 * 4 / 5) / number)
    assert chances[Level.REGION_UNKNOWN] == pytest.approx(18 / number)


@given(st.lists(st.sampled_from(["ana", "=rose", "2014", "maria"]), min_size=1, unique=True))
def test_the_ratios_of_words_average_to_one_among_non_matches(words):
    ratios = word_ratios(described(*words), P, RARITY)
    mean, rarer_missed = 0.0, 1.0
    for word, ratio in zip(ratios.words, ratios.ratios, strict=True):
        share = RARITY.word_share("tattoo", word, P.word_records)
        mean += rarer_missed * share * ratio
        rarer_missed *= 1 - share

    assert mean + rarer_missed * ratios.none == pytest.approx(1)


@pytest.mark.parametrize("candidates", [1, 2, 3])
def test_several_candidates_average_to_one_as_one_does(candidates):
    """Over all lists of so many tattoos drawn from the registry, each by its own chance."""
    leg, elbow = replace(TATTOO, region="leg"), replace(TATTOO, detail="elbow")
    sites = {TATTOO: 0.1, leg: 0.6, elbow: 0.3}
    things = by_code(sites)
    rarity = ListRarity(lists=10**6, groups={"tattoo": 10**6}, things={"tattoo": things})
    ratios = ratios_by_level(TATTOO, P, rarity)

    mean = 0.0
    for drawn in product(sites, repeat=candidates):
        chance = prod(sites[seen] for seen in drawn)
        mean += chance * sum(ratios[level_of(TATTOO, seen)] for seen in drawn) / candidates
        weighed = weigh([(TATTOO, 1.0)], drawn, rarity=rarity).log10_lr
        ratio = sum(ratios[level_of(TATTOO, seen)] for seen in drawn) / candidates
        there = P.listed / group_share(TATTOO, P, rarity)
        assert weighed == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * there * ratio))

    assert mean == pytest.approx(1, abs=1e-4)  # the default is worth 20 of a million things


def test_the_best_of_several_candidates_taken_alone_would_exceed_one():
    sites = {TATTOO: 0.1, replace(TATTOO, region="leg"): 0.9}
    things = by_code(sites)
    ratios = ratios_by_level(TATTOO, P, ListRarity(things={"tattoo": things}))

    best = sum(
        sites[a] * sites[b] * max(ratios[level_of(TATTOO, seen)] for seen in (a, b))
        for a, b in product(sites, repeat=2)
    )

    assert best > 1.3


def test_a_second_thing_of_a_group_does_not_say_again_how_rare_the_group_is():
    leg = replace(TATTOO, region="leg", detail="thigh")
    alone = weigh([(TATTOO, 1.0)], [TATTOO])
    both = weigh([(TATTOO, 1.0), (replace(leg, region=None), 1.0)], [TATTOO, leg])

    # The first is averaged over both candidates; the second, of unknown region, says nothing.
    ratios = ratios_by_level(TATTOO, P, RARITY)
    there = P.listed / group_share(TATTOO, P, RARITY)
    mean = there * (ratios[Level.AGREES] + ratios[Level.REGION_DIFFERS]) / 2
    assert both.log10_lr == pytest.approx(log10(P.unrelated + (1 - P.unrelated) * mean))
    assert both.log10_lr < alone.log10_lr


def test_a_rare_shared_word_weighs_more_than_a_common_one():
    ratios = word_ratios(described("=rose", "maria"), P, RARITY)

    assert ratios.words == ("maria", "=rose")
    assert ratios.against(("maria", "=rose")) > ratios.against(("=rose",)) > ratios.none


@pytest.mark.parametrize(("told", "seen"), [((), ("ana",)), (("ana",), ())])
def test_a_description_without_words_weighs_nothing(told, seen):
    assert word_ratios(described(*told), P, RARITY).against(seen) == 1


def test_one_agreeing_thing_weighs_its_ratio():
    found = weigh([(TATTOO, 1.0)], [TATTOO])

    ratio = P.listed / group_share(TATTOO, P, RARITY)
    ratio *= ratios_by_level(TATTOO, P, RARITY)[Level.AGREES]
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

    share = group_share(thing, P, ListRarity())

    assert share == pytest.approx(P.commonness["other"])
