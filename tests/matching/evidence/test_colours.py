"""Colours of hair and eyes are compared through confusion, against their frequency."""

from math import log10

import pytest

from matching.codes import Condition, EyeColour, HairColour
from matching.evidence import eyes, hair
from matching.evidence.confusion import leaning, shares_seen
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import age_group, says_nothing, weigh_hair
from matching.evidence.rarity import ColourRarity, HairRarity
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import Range
from tests.matching.everything import NEWEST, a_missing_person, some_remains

MODEL = load_model("missing-remains-2026.2")
FRESH, CHANGED = Condition.DECOMPOSED, Condition.SKELETONISED_AND_MUMMIFIED


COUNTED = HairRarity(fresh={"brown": 60, "blue": 30, "red": 10}, changed={"black": 7})
NOBODY = HairRarity()


def hair_weight(told, seen, condition=FRESH, rarity=COUNTED):
    remains = some_remains(hair=seen, condition=condition)
    return weigh_hair(a_missing_person(hair=told), remains, MODEL.hair, rarity)


def eyes_weight(told, seen, condition=FRESH, rarity=COUNTED):
    remains = some_remains(eyes=seen, condition=condition)
    return weigh_eyes(a_missing_person(eyes=told), remains, MODEL.eyes, rarity)


CASES = [
    (hair_weight, HairColour, MODEL.hair, hair.NEIGHBOURS, (HairColour.DYED, HairColour.BALD)),
    (eyes_weight, EyeColour, MODEL.eyes, eyes.NEIGHBOURS, ()),
]


def chance(told, seen, agreement, shares, neighbours):
    """Write the confusion anew, as the method page gives it."""
    near = neighbours.get(told, ())
    by_chance = 1 - agreement.same - (agreement.near if near else 0)
    return (
        (told == seen) * agreement.same
        + (seen in near) * agreement.near / max(len(near), 1)
        + by_chance * shares[seen]
    )


@pytest.mark.parametrize(("weigh", "colours", "parameters", "neighbours", "left_out"), CASES)
@pytest.mark.parametrize("condition", [FRESH, CHANGED, None])
def test_each_weight_is_the_confusion_over_the_frequency(
    weigh, colours, parameters, neighbours, left_out, condition
):
    agreement = parameters.fresh if condition is FRESH else parameters.changed
    silent = says_nothing(condition) if colours is HairColour else ()
    shares = shares_seen(condition, parameters, COUNTED, silent)
    told_seen = [(a, b) for a in colours for b in colours if not {a, b} & set(left_out)]
    for told, seen in told_seen:
        found = weigh(told, seen, condition)

        person = chance(told, seen, agreement, shares, neighbours)
        assert found.log10_lr == pytest.approx(log10(person / shares[seen]))


@pytest.mark.parametrize("colour", [one for one in HairColour if one is not HairColour.DYED])
def test_the_chances_of_all_colours_sum_to_one(colour):
    total = sum(MODEL.hair.frequency.values())
    shares = {code: share / total for code, share in MODEL.hair.frequency.items()}

    chances = [
        chance(colour.value, seen.value, MODEL.hair.fresh, shares, hair.NEIGHBOURS)
        for seen in HairColour
    ]

    assert sum(chances) == pytest.approx(1)


@pytest.mark.parametrize("told", EyeColour)
@pytest.mark.parametrize("condition", [FRESH, CHANGED])
def test_the_mean_ratio_over_the_colours_seen_is_one_whoever_is_sought(told, condition):
    shares = shares_seen(condition, MODEL.eyes, COUNTED)

    mean = sum(
        share * 10 ** eyes_weight(told, EyeColour(seen), condition).log10_lr
        for seen, share in shares.items()
    )

    assert sum(shares.values()) == pytest.approx(1)
    assert mean == pytest.approx(1)


def test_the_mean_ratio_over_a_large_registry_is_one():
    # The default frequencies are worth `records`: some colours are a little rarer than counted.
    eyes = [*EyeColour, EyeColour.BLUE, EyeColour.BLUE] * 200
    registry = [some_remains(eyes=colour) for colour in eyes]
    rarity = rarity_of([a_missing_person()], registry, MODEL).eyes

    ratios = [10 ** eyes_weight(EyeColour.BLUE, seen, FRESH, rarity).log10_lr for seen in eyes]

    assert sum(ratios) / len(ratios) == pytest.approx(1, abs=2 * MODEL.eyes.records / len(eyes))


def by_age(older, younger, **all_ages):
    return HairRarity(by_age={"older": older, "younger": younger}, **all_ages)


GREYING = by_age(
    ColourRarity(fresh={"grey": 50, "black": 10}),
    ColourRarity(fresh={"grey": 2, "black": 90}),
    fresh={"grey": 52, "black": 100},
)


def aged(told, seen, ages, model=NEWEST):
    remains = some_remains(hair=seen, condition=FRESH, age=ages)
    return weigh_hair(a_missing_person(hair=told), remains, model.hair, GREYING).log10_lr


def test_grey_hair_of_old_people_says_less_than_of_young_ones():
    grey = HairColour.GREY

    assert aged(grey, grey, Range(60, 70)) < aged(grey, grey, Range(20, 30))
    assert (
        aged(grey, grey, Range(60, 70))
        < aged(grey, grey, None)
        < aged(grey, grey, Range(20, 30))
    )


@pytest.mark.parametrize("ages", [None, Range(20, 30), Range(60, 70)])
@pytest.mark.parametrize("told", [one for one in HairColour if one is not HairColour.DYED])
def test_the_mean_ratio_over_people_of_an_age_is_one(ages, told):
    silent = says_nothing(FRESH)
    everybody = shares_seen(FRESH, NEWEST.hair, GREYING, silent)
    group = age_group(some_remains(age=ages), NEWEST.hair)
    counts = GREYING.by_age[group].fresh if group else {}
    shares = leaning(counts, everybody, NEWEST.hair.records)

    mean = sum(
        share * 10 ** aged(told, HairColour(seen), ages) for seen, share in shares.items()
    )

    assert mean == pytest.approx(1)


def test_an_older_model_tells_no_ages_apart():
    grey = HairColour.GREY

    old, young = (aged(grey, grey, ages, MODEL) for ages in (Range(60, 70), Range(20, 30)))

    assert old == young
    assert age_group(some_remains(), MODEL.hair) is None


def test_colours_of_hair_are_counted_apart_by_age():
    remains = [some_remains(), some_remains(age=Range(60, 70)), some_remains(age=None)]

    found = rarity_of([a_missing_person()], remains, NEWEST).hair

    assert found.fresh == {"black": 3}
    assert {group: one.fresh for group, one in found.by_age.items()} == {
        "older": {"black": 1},
        "younger": {"black": 1},
    }


def test_a_model_that_does_not_count_the_registry_would_not_average_to_one():
    seen = [*EyeColour, EyeColour.BLUE, EyeColour.BLUE]

    ratios = [10 ** eyes_weight(EyeColour.BLUE, one, FRESH, NOBODY).log10_lr for one in seen]

    assert sum(ratios) / len(ratios) > 2


def test_without_remains_the_frequencies_of_the_model_stand():
    total = sum(MODEL.eyes.frequency.values())

    shares = shares_seen(FRESH, MODEL.eyes, NOBODY)

    assert shares["blue"] == pytest.approx(MODEL.eyes.frequency["blue"] / total)


@pytest.mark.parametrize("module", [hair, eyes])
def test_shades_are_taken_for_one_another_both_ways(module):
    for colour, near in module.NEIGHBOURS.items():
        for other in near:
            assert colour in module.NEIGHBOURS[other]


def test_a_rare_colour_weighs_more_than_a_common_one():
    red = hair_weight(HairColour.RED, HairColour.RED, FRESH, NOBODY)
    black = hair_weight(HairColour.BLACK, HairColour.BLACK, FRESH, NOBODY)

    assert red.log10_lr > black.log10_lr > 0


def test_colours_seen_long_after_death_weigh_less():
    fresh = eyes_weight(EyeColour.BLUE, EyeColour.BLUE, FRESH, NOBODY)
    changed = eyes_weight(EyeColour.BLUE, EyeColour.BLUE, CHANGED, NOBODY)

    assert 0 < changed.log10_lr < fresh.log10_lr


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (EyeColour.BROWN, Reason.COLOUR_SAME),
        (EyeColour.HAZEL, Reason.COLOUR_NEAR),
        (EyeColour.BLUE, Reason.COLOUR_DIFFERS),
    ],
)
def test_the_reason_says_how_the_colours_agree(seen, reason):
    assert eyes_weight(EyeColour.BROWN, seen).reason is reason


@pytest.mark.parametrize(
    ("told", "seen", "condition"),
    [
        (HairColour.DYED, HairColour.BLACK, FRESH),
        (HairColour.BLACK, HairColour.DYED, FRESH),
        (HairColour.BLACK, HairColour.BALD, CHANGED),
        (None, HairColour.BLACK, FRESH),
        (HairColour.BLACK, None, FRESH),
    ],
)
def test_hair_that_says_nothing_weighs_nothing(told, seen, condition):
    assert hair_weight(told, seen, condition) is None


def test_baldness_seen_soon_after_death_is_compared():
    assert hair_weight(HairColour.BALD, HairColour.BALD).log10_lr > 0


@pytest.mark.parametrize("colours", [(None, EyeColour.BLUE), (EyeColour.BLUE, None)])
def test_without_two_colours_of_eyes_nothing_is_weighed(colours):
    assert eyes_weight(*colours) is None
