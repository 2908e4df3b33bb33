"""Names and numbers found weigh by how rare they are, and papers may be another's."""

from dataclasses import replace
from itertools import product
from math import log10

import pytest

from matching.evidence.numbers import LARGEST
from matching.evidence.papers import (
    NEARLY,
    NOT,
    NOT_COMPARED,
    WHOLLY,
    SeenPapers,
    ToldPapers,
    compare_names,
    compare_numbers,
    numbers_of,
    seen_papers,
    told_papers,
    weigh_papers,
)
from matching.evidence.rarity import PaperRarity
from matching.evidence.rarity_of_few import count_papers
from matching.evidence.weight import Reason
from matching.records import Listed, Names, Numbered
from tests.matching.everything import NEWEST, a_missing_person, some_remains

P = NEWEST.papers
RARITY = PaperRarity(
    named=998,
    parts={"ana": 100, "xol": 2, "lopez": 50},
    numbered=99,
    numbers={"1234567": 1, "7777777": 5},
    with_phone=199,
    phones={"55550101": 1, "44440202": 30},
)
NOTHING = {"names": Names(), "id_numbers": Listed(), "phones": Listed()}
ANA = Names(given_names="Ana", surname_1="Xol", surname_2="López")


def weigh(told, seen, rarity=RARITY):
    person, remains = a_missing_person(**NOTHING | told), some_remains(**NOTHING | seen)
    return weigh_papers(person, remains, P, rarity)


def names(told, seen):
    papers = told_papers(a_missing_person(**NOTHING | {"names": told}))
    found = seen_papers(some_remains(**NOTHING | {"names": seen}))
    return compare_names(papers, found, P.names, RARITY)


def phones(*numbers):
    return {"phones": Listed.of(*numbers)}


def papers(*numbers):
    return {"id_numbers": Listed.of(*(Numbered(*each.split(":")) for each in numbers))}


SPELT = {"gonzalez": ("gonzalez", "gonsalez", "x"), "martinez": ("martinez", "martines", "y")}


@pytest.mark.parametrize("further", [False, True])
def test_the_outcomes_of_the_parts_of_a_name_average_to_one(further):
    # By chance each part told stands in somebody else's name as it is, nearly so, or not.
    told = ToldPapers((), tuple(SPELT), (), (), ())
    told = (
        told
        if further
        else replace(told, surnames=(), given=("gonzalez",), other=("martinez",))
    )
    rarity, near = PaperRarity(named=9, parts={"gonzalez": 3}), P.names.chance_near
    mean = 0.0

    for outcome in product((0, 1, 2), repeat=2):
        chance, found = 1.0, []
        for (part, spelt), at in zip(SPELT.items(), outcome, strict=True):
            share = rarity.part_share(part)
            chance *= (share, (1 - share) * near, (1 - share) * (1 - near))[at]
            found.append(spelt[at])
        seen = SeenPapers(
            frozenset(found), has_given=True, has_surnames=True, numbers=(), phones=()
        )
        mean += chance * compare_names(told, seen, P.names, rarity).ratio

    assert mean == pytest.approx(1)


def test_a_rare_surname_weighs_more_than_a_common_one():
    rare = names(Names(surname_1="Xol"), Names(surname_1="Xol"))
    common = names(Names(surname_1="López"), Names(surname_1="López"))

    assert rare.ratio == pytest.approx(P.names.first / (2 / 1000))
    assert common.ratio == pytest.approx(P.names.first / (50 / 1000))


def test_another_spelling_is_near():
    found = names(Names(surname_1="López"), Names(surname_1="Lopes"))

    by_chance = (1 - 50 / 1000) * P.names.chance_near
    assert found.level == NEARLY
    assert found.ratio == pytest.approx((1 - P.names.first) * P.names.near / by_chance)


def test_surnames_in_the_other_order_are_the_same():
    swapped = names(ANA, Names(given_names="Ana", surname_1="López", surname_2="Xol"))

    assert swapped == names(ANA, ANA)
    assert swapped.level == WHOLLY


def test_a_surname_that_was_dropped_costs_little():
    whole = names(ANA, ANA)
    dropped = names(ANA, Names(given_names="Ana", surname_1="Xol"))

    assert 1 < dropped.ratio < whole.ratio


def test_surnames_are_not_missed_where_none_was_found():
    only_given = names(ANA, Names(given_names="Ana"))

    assert only_given.ratio == pytest.approx(P.names.first / (100 / 1000))


def test_a_nickname_on_a_note_speaks_for_the_one_who_has_it():
    told = Names(given_names="José", other_names=Listed.of("Chepe"))

    noted = names(told, Names(other_names=Listed.of("Chepe")))

    assert noted.ratio > names(told, Names(other_names=Listed.of("Beto"))).ratio


def test_names_without_a_common_class_are_not_compared():
    assert names(Names(given_names="Ana"), Names(surname_1="Xol")) is None


def outcome_of(seen, told=(("dpi", "1234567"),), share=0.002):
    return compare_numbers(told, seen, P.numbers, lambda _: share)


def test_the_outcomes_of_a_number_average_to_one():
    share, near = 0.002, P.numbers.chance_near
    same = outcome_of([("dpi", "1234567")])
    slip = outcome_of([("dpi", "1234568")])
    other = outcome_of([("dpi", "9999999")])

    mean = share * same.ratio
    mean += (1 - share) * (near * slip.ratio + (1 - near) * other.ratio)

    assert [same.level, slip.level, other.level] == [WHOLLY, NEARLY, NOT]
    assert mean == pytest.approx(1)


def test_with_several_told_a_number_averages_to_one_as_well():
    told = [("", "1234567"), ("", "2222222"), ("", "3333333")]
    share, near = 0.002, P.numbers.chance_near

    same = [outcome_of([number], told).ratio for number in told]
    slip = outcome_of([("", "1234568")], told).ratio
    other = outcome_of([("", "9999999")], told).ratio

    mean = share * sum(same) + (1 - 3 * share) * (near * slip + (1 - near) * other)
    assert mean == pytest.approx(1)


def test_of_several_numbers_found_any_one_may_be_the_persons():
    one = outcome_of([("dpi", "1234567")]).ratio
    other = outcome_of([("dpi", "9999999")]).ratio

    both = outcome_of([("dpi", "1234567"), ("dpi", "9999999")])

    assert both.ratio == pytest.approx((one + other) / 2)


def test_numbers_of_two_schemes_are_not_compared_but_one_without_scheme_is():
    assert outcome_of([("passport", "1234567")]) is None
    assert outcome_of([("", "1234567")]).level == WHOLLY


def test_a_paper_may_be_borrowed():
    other = weigh(papers("dpi:1234567"), papers("dpi:9999999"))

    assert log10(P.borrowed) < other.log10_lr < 0
    assert other.reason is Reason.PAPERS_DIFFER


def test_the_weight_of_a_number_is_its_ratio_if_the_paper_is_the_persons_own():
    found = weigh(papers("dpi:1234567"), papers("dpi:123-4567"))

    share = RARITY.number_share("1234567", P.numbers.unshared)
    ratio = P.borrowed + (1 - P.borrowed) * P.numbers.same / share
    assert found.log10_lr == pytest.approx(min(log10(ratio), LARGEST))
    assert found.reason is Reason.PAPERS_AGREE
    assert dict(found.facts) == {
        "names": NOT_COMPARED,
        "numbers": WHOLLY,
        "phones": NOT_COMPARED,
    }


def test_a_guides_telephone_given_by_many_families_weighs_little():
    own = weigh(phones("5555 0101"), phones("+502 5555 0101"))
    guides = weigh(phones("4444 0202"), phones("+502 4444 0202"))

    shared = (30 - 1 + P.phones.unshared) / (199 + 1)
    assert guides.log10_lr == pytest.approx(log10(P.phones.same / shared))
    assert own.log10_lr > guides.log10_lr + 2


def test_a_telephone_that_nobody_knows_says_little():
    assert -0.3 < weigh(phones("5555 0101"), phones("66660303")).log10_lr < 0


def test_a_telephone_nearly_the_same_agrees_in_part():
    assert weigh(phones("5555 0101"), phones("5555 0110")).reason is Reason.PAPERS_PARTLY_AGREE


def test_names_and_telephone_add_up():
    name, phone = {"names": ANA}, phones("5555 0101")

    both = weigh(name | phone, name | phone, rarity := PaperRarity(9, {"ana": 9, "xol": 9}))

    alone = [weigh(one, one, rarity).log10_lr for one in (name, phone)]
    assert both.log10_lr == pytest.approx(sum(alone))


def test_nothing_found_weighs_nothing():
    told = {"names": ANA} | papers("dpi:1234567") | phones("55550101")

    assert weigh(told, {}) is None
    assert weigh({}, told) is None
    assert weigh(papers("dpi:1234567"), phones("55550101")) is None


def test_numbers_of_implants_are_no_papers():
    listed = papers("implant:ZX99017", "dpi:1234567")["id_numbers"]

    assert numbers_of(listed) == (("dpi", "1234567"),)
    assert numbers_of(listed, implants=True) == (("implant", "ZX99017"),)


def test_reports_are_counted_once_for_each_part_number_and_telephone():
    told = {"names": replace(ANA, other_names=Listed.of("Ana la Xol"))}
    people = [
        a_missing_person(**NOTHING | told | phones("5555 0101", "502 5555 0101")),
        a_missing_person(**NOTHING | papers("dpi:1234567", "ine:1234567")),
        a_missing_person(**NOTHING),
    ]

    found = count_papers(people)

    assert found == PaperRarity(
        1, {"ana": 1, "xol": 1, "lopez": 1}, 1, {"1234567": 1}, 1, {"55550101": 1}
    )


def test_what_one_report_alone_gives_is_rare_and_never_impossible():
    assert RARITY.part_share("nunca") == 1 / 1000
    assert PaperRarity().part_share("nunca") == 1 / 2
    assert RARITY.number_share("1234567", 0.01) == pytest.approx(0.01 / 100)
    assert RARITY.number_share("7777777", 0.01) == pytest.approx(4.01 / 100)
    assert PaperRarity().phone_share("55550101", 0.01) == pytest.approx(0.01)
