"""What it is worth to know what is missing: closed forms, and what is true of every kind."""

from dataclasses import replace
from itertools import product
from math import log10, prod

import pytest

from matching.codes import (
    Answer as Said,
)
from matching.codes import (
    BloodGroup,
    Condition,
    HairColour,
    Handedness,
    MarkType,
    RemainsSex,
    Sex,
    SexMethod,
    ToothState,
)
from matching.evidence.charts import NOTHING, PLACES, STAGES, TEETH
from matching.evidence.numbers import LARGEST, log10_capped, mixed
from matching.evidence.rarity import Rarity
from matching.evidence.registry import rarity_of
from matching.evidence.teeth import (
    SeenTeeth,
    shares_of_sorts,
    sorts_of_mouths,
    told_teeth,
    weigh_charts,
)
from matching.evidence.weight import Kind
from matching.explanation import Side, lacking_kinds
from matching.records import Listed, Mark, MissingRecord, Names, Numbered, RemainsRecord, Tooth
from matching.unknowns.answers import Answer, by_share, expected_of
from matching.unknowns.values import Case
from matching.unknowns.worth import _answers, worth_knowing
from tests.matching.everything import NEWEST, a_missing_person, some_remains

KNOWN, SEEN = a_missing_person(), some_remains(condition=Condition.FULLY_FLESHED)
NOBODY, NOTHING_SEEN = MissingRecord(record_id="M"), RemainsRecord(record_id="R")
NOTHING_COUNTED = Rarity()
REGISTRY = rarity_of([KNOWN], [SEEN], NEWEST)
ONE_SIDE = [(KNOWN, NOTHING_SEEN), (NOBODY, SEEN)]
CASES = [(KNOWN, NOTHING_SEEN), (NOBODY, SEEN), (NOBODY, NOTHING_SEEN)]


def worth(kind, missing, remains, rarity=NOTHING_COUNTED):
    found = {one.kind: one for one in worth_knowing(missing, remains, NEWEST, rarity)}
    return found[kind].expected


def test_the_worth_of_the_sex_is_the_sum_over_both_estimates():
    numbers = NEWEST.sex
    accuracy, people = numbers.accuracy["pelvis"], numbers.population
    female = people.female / (people.female + people.male)
    found_female = female * accuracy.female + (1 - female) * (1 - accuracy.male)
    of_a_man = {True: 1 - accuracy.male, False: accuracy.male}
    weights = {
        is_female: log10(
            numbers.wrong_report
            + (1 - numbers.wrong_report)
            * of_a_man[is_female]
            / (found_female if is_female else 1 - found_female)
        )
        for is_female in of_a_man
    }
    by_chance = {True: found_female, False: 1 - found_female}

    found = worth(
        Kind.SEX,
        MissingRecord(record_id="M", sex=Sex.MALE),
        RemainsRecord(record_id="R", sex_method=SexMethod.PELVIS),
    )

    assert found.if_same == pytest.approx(
        sum(by_chance[each] * 10 ** weights[each] * weights[each] for each in weights)
    )
    assert found.if_not == pytest.approx(
        sum(by_chance[each] * weights[each] for each in weights)
    )


def test_the_worth_of_a_serial_number_is_the_sum_over_same_near_and_other():
    numbers = NEWEST.medical
    serial = numbers.serial
    ends = [
        (serial.same, serial.unshared),
        ((1 - serial.same) * serial.near, (1 - serial.unshared) * serial.chance_near),
        (
            (1 - serial.same) * (1 - serial.near),
            (1 - serial.unshared) * (1 - serial.chance_near),
        ),
    ]
    weights = [log10_capped(mixed(numbers.unrelated, same / chance)) for same, chance in ends]

    found = worth(
        Kind.MEDICAL,
        MissingRecord(record_id="M", id_numbers=Listed.of(Numbered("implant", "ZX-99017"))),
        NOTHING_SEEN,
    )

    assert found.if_not == pytest.approx(
        sum(chance * weight for (_, chance), weight in zip(ends, weights, strict=True))
    )


def test_the_worth_of_one_tooth_is_that_of_all_seven_things_it_may_show():
    told = MissingRecord(record_id="M", teeth=Listed.of(Tooth(16, ToothState.RESTORED)))
    sorts, chart = sorts_of_mouths(NEWEST.teeth), told_teeth(told)
    at = TEETH.index(16)
    old = NEWEST.teeth.old.share
    exact = 0.0
    for letter in STAGES.values():
        seen = SeenTeeth(NOTHING * at + letter + NOTHING * (len(TEETH) - at - 1), "unknown")
        chance = sum(
            share * ((1 - old) * sort.step["r"][letter] + old * sort.long_step["r"][letter])
            for sort, share in zip(sorts, shares_of_sorts(chart, sorts), strict=True)
        )
        weight = weigh_charts(chart, seen, NEWEST.teeth, Rarity().teeth, sorts=sorts)
        exact += chance * weight.log10_lr

    found = worth(Kind.TEETH, told, NOTHING_SEEN)

    assert found.if_same == pytest.approx(exact, abs=0.02)
    assert PLACES[at] == "molar"


@pytest.mark.parametrize(("missing", "remains"), CASES)
@pytest.mark.parametrize("rarity", [Rarity(), REGISTRY])
def test_what_is_learned_speaks_for_one_person_if_it_is_one_and_against_if_not(
    missing, remains, rarity
):
    found = worth_knowing(missing, remains, NEWEST, rarity)

    for each in found:
        assert each.expected.if_same > 0 > each.expected.if_not, each.kind
        assert each.expected.low <= each.expected.high
    ranked = [each.expected.if_same for each in found]
    assert ranked == sorted(ranked, reverse=True)


@pytest.mark.parametrize(("missing", "remains"), ONE_SIDE)
def test_what_is_learned_of_anybody_averages_to_one(missing, remains):
    """The shares are those of anybody: a ratio averages to one among the unrelated.

    Dates run over the registry's years before *and* after; drawn charts are few.
    """
    case = Case(missing, remains, NEWEST, Rarity())
    for lacking in lacking_kinds(missing, remains, NEWEST, Rarity()):
        answers = list(_answers(lacking, case))
        total = sum(each.if_not for each in answers)
        if not total or lacking.kind in (Kind.TIME, Kind.TEETH):
            continue

        mean = sum(each.if_not * 10**each.log10_lr for each in answers) / total

        # Colours that cannot be compared, and what is cut at a ceiling, are missing in it.
        assert mean == pytest.approx(1, abs=0.16), lacking.kind


def test_a_rare_value_is_worth_more_to_be_asked_for_than_a_common_one():
    rare, common = (
        replace(NOBODY, blood_group=group)
        for group in (BloodGroup.AB_NEGATIVE, BloodGroup.O_POSITIVE)
    )

    assert (
        worth(Kind.BLOOD_GROUP, rare, NOTHING_SEEN).if_same
        > worth(Kind.BLOOD_GROUP, common, NOTHING_SEEN).if_same
    )


def test_what_is_rare_in_the_registry_is_worth_more():
    left = replace(NOBODY, handedness=Handedness.LEFT)
    common = replace(REGISTRY, handedness=replace(REGISTRY.handedness, changed={"left": 5_000}))

    assert (
        worth(Kind.HANDEDNESS, left, NOTHING_SEEN).if_same
        > worth(Kind.HANDEDNESS, left, NOTHING_SEEN, common).if_same
    )


def test_bones_are_not_asked_for_what_is_gone():
    bones = replace(NOTHING_SEEN, condition=Condition.BONE_DEGRADED)
    rose = Mark(MarkType.TATTOO, None, None, "rosa")
    told = replace(KNOWN, marks=Listed.of(rose))

    asked = {each.kind for each in worth_knowing(told, bones, NEWEST, Rarity())}

    gone = {Kind.HAIR, Kind.EYES, Kind.BUILD, Kind.BODY_WEIGHT, Kind.MARKS}
    assert not gone & asked
    assert {Kind.SEX, Kind.AGE, Kind.STATURE, Kind.TEETH} <= asked


def test_nobody_is_asked_for_papers_that_were_not_found_or_for_implants_nobody_spoke_of():
    asked = {each.kind for each in worth_knowing(NOBODY, NOTHING_SEEN, NEWEST, Rarity())}

    assert not asked & {Kind.PAPERS, Kind.MEDICAL, Kind.GROUP, Kind.PLACE, Kind.TIME}


def test_what_both_sides_know_and_cannot_be_compared_is_not_asked_for():
    dyed = replace(KNOWN, hair=HairColour.DYED)
    found = worth_knowing(dyed, SEEN, NEWEST, Rarity())

    assert Kind.HAIR not in {each.kind for each in found}


def test_the_side_that_is_silent_is_named():
    sides = {each.kind: each.side for each in worth_knowing(NOBODY, SEEN, NEWEST, Rarity())}

    assert sides.pop(Kind.BODY_WEIGHT) is Side.BOTH
    assert set(sides.values()) == {Side.MISSING}


def test_names_on_a_paper_are_weighed_part_by_part():
    numbers, rarity = NEWEST.papers, Rarity().papers
    paper = replace(NOTHING_SEEN, names=Names(given_names="Ana Lucía", surname_1="Xol"))
    shares = [
        (share, rarity.part_share(part))
        for share, part in (
            (numbers.names.first, "ana"),
            (numbers.names.further, "lucia"),
            (numbers.names.first, "xol"),
        )
    ]
    exact = 0.0
    for alike in product((True, False), repeat=len(shares)):
        ends = [
            each if same else (1 - each[0], 1 - each[1])
            for same, each in zip(alike, shares, strict=True)
        ]
        ratio = mixed(numbers.borrowed, prod(same / chance for same, chance in ends))
        exact += prod(chance for _, chance in ends) * log10(ratio)

    assert worth(Kind.PAPERS, NOBODY, paper).if_not == pytest.approx(exact)


def test_a_place_known_by_its_country_alone_is_asked_for_by_country():
    numbers, rarity = NEWEST.place, Rarity()
    share = rarity.country_share("GT", numbers.region.share_records)
    same = numbers.region.same_country
    weights = [
        (chance, log10(mixed(numbers.unrelated, ratio / chance)))
        for ratio, chance in ((same, share), (1 - same, 1 - share))
    ]

    found = worth(Kind.PLACE, replace(NOBODY, country="GT"), NOTHING_SEEN)

    assert found.if_not == pytest.approx(sum(each * weight for each, weight in weights))


def test_what_cannot_be_counts_as_seven():
    found = expected_of([by_share(0.5, -float("inf")), by_share(0.5, log10(2))])

    assert found.if_same == pytest.approx(log10(2))
    assert found.if_not == pytest.approx((log10(2) - LARGEST) / 2)


@pytest.mark.parametrize(
    "answers", [[], [Answer(1, 1, 0.0)], [Answer(0, 1, 1.0)], [Answer(1, 0, 1.0)]]
)
def test_where_nothing_can_be_learned_nothing_is_expected(answers):
    assert expected_of(answers) is None


def test_the_tenths_are_those_of_what_is_learned_if_same():
    found = expected_of([Answer(1, 1, float(weight)) for weight in range(-4, 6)])

    assert (found.low, found.high) == (-4, 4)


def test_a_list_of_things_that_says_there_are_none_is_no_gap():
    none = replace(NOBODY, marks=Listed((), Said.ABSENT), sex=Sex.FEMALE)
    seen = replace(NOTHING_SEEN, sex=RemainsSex.FEMALE)

    assert worth(Kind.MARKS, none, seen).if_same > 0
