"""Colours of hair and eyes are compared through confusion, against their frequency."""

from math import log10

import pytest

from matching.codes import Condition, EyeColour, HairColour
from matching.evidence import eyes, hair
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import weigh_hair
from matching.evidence.weight import Reason
from matching.model_file import load_model
from tests.matching.everything import a_missing_person, some_remains

MODEL = load_model()
FRESH, CHANGED = Condition.DECOMPOSED, Condition.SKELETONISED_AND_MUMMIFIED


def hair_weight(told, seen, condition=FRESH):
    return weigh_hair(
        a_missing_person(hair=told), some_remains(hair=seen, condition=condition), MODEL.hair
    )


def eyes_weight(told, seen, condition=FRESH):
    return weigh_eyes(
        a_missing_person(eyes=told), some_remains(eyes=seen, condition=condition), MODEL.eyes
    )


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
    total = sum(parameters.frequency.values())
    shares = {code: share / total for code, share in parameters.frequency.items()}
    told_seen = [(a, b) for a in colours for b in colours if not {a, b} & set(left_out)]
    for told, seen in told_seen:
        found = weigh(told, seen, condition)

        anybody = sum(
            share * chance(code, seen, agreement, shares, neighbours)
            for code, share in shares.items()
        )
        person = chance(told, seen, agreement, shares, neighbours)
        assert found.log10_lr == pytest.approx(log10(person / anybody))


@pytest.mark.parametrize("colour", [one for one in HairColour if one is not HairColour.DYED])
def test_the_chances_of_all_colours_sum_to_one(colour):
    total = sum(MODEL.hair.frequency.values())
    shares = {code: share / total for code, share in MODEL.hair.frequency.items()}

    chances = [
        chance(colour.value, seen.value, MODEL.hair.fresh, shares, hair.NEIGHBOURS)
        for seen in HairColour
    ]

    assert sum(chances) == pytest.approx(1)


@pytest.mark.parametrize("module", [hair, eyes])
def test_shades_are_taken_for_one_another_both_ways(module):
    for colour, near in module.NEIGHBOURS.items():
        for other in near:
            assert colour in module.NEIGHBOURS[other]


def test_a_rare_colour_weighs_more_than_a_common_one():
    red = hair_weight(HairColour.RED, HairColour.RED)
    black = hair_weight(HairColour.BLACK, HairColour.BLACK)

    assert red.log10_lr > black.log10_lr > 0


def test_colours_seen_long_after_death_weigh_less():
    fresh = eyes_weight(EyeColour.BLUE, EyeColour.BLUE)
    changed = eyes_weight(EyeColour.BLUE, EyeColour.BLUE, CHANGED)

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
