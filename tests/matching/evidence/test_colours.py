"""Colours of hair and eyes are compared through confusion, against their frequency."""

from math import log10

import pytest

from matching.codes import Condition, EyeColour, HairColour
from matching.evidence import eyes, hair
from matching.evidence.confusion import shares_seen
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import says_nothing, weigh_hair
from matching.evidence.rarity import ColourRarity
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Reason
from matching.model_file import load_model
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model()
FRESH, CHANGED = Condition.DECOMPOSED, Condition.SKELETONISED_AND_MUMMIFIED


COUNTED = ColourRarity(fresh={"brown": 60, "blue": 30, "red": 10}, changed={"black": 7})
NOBODY = ColourRarity()


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
