"""Day and month of birth weigh by how common they are; the year is the age's."""

from datetime import date, timedelta
from math import log10

import pytest

from matching.evidence.birth import day_of_birth, weigh_birth, weigh_days
from matching.evidence.rarity import DAYS_OF_THE_YEAR, BirthRarity
from matching.evidence.rarity_of_few import count_births
from matching.evidence.registry import rarity_of
from matching.evidence.weight import Kind, Reason
from matching.model_file import load_model
from matching.packing.later_kinds import BIRTH
from matching.pairings import as_seen
from tests.matching.everything import a_missing_person, between, on, some_remains
from tests.matching.packing.kinds import must_agree

MODEL = load_model("missing-living-2026.1")
P = MODEL.birth
RARITY = BirthRarity({(1, 1): 40, (5, 3): 2})
YEAR = [date(2020, 1, 1) + timedelta(days=day) for day in range(DAYS_OF_THE_YEAR)]
DAYS = [(day.month, day.day) for day in YEAR]


@pytest.mark.parametrize("told", [(5, 3), (3, 5), (5, 5), (5, 25), (1, 1)])
def test_the_ratio_averages_to_one_over_the_year(told):
    shares = {day: RARITY.share(day, P.records) for day in DAYS}

    mean = sum(
        share * 10 ** weigh_days(told, day, P, RARITY).log10_lr for day, share in shares.items()
    )

    assert sum(shares.values()) == pytest.approx(1)
    assert mean == pytest.approx(1)


def test_the_first_of_january_says_less_than_another_day():
    common, rare = (weigh_days(day, day, P, RARITY) for day in ((1, 1), (5, 3)))

    share = (2 + P.records / DAYS_OF_THE_YEAR) / (42 + P.records)
    assert rare.log10_lr == pytest.approx(log10(P.same / share + 1 - P.same - P.swapped))
    assert rare.log10_lr > common.log10_lr > 0
    assert rare.reason is Reason.BIRTH_SAME


def test_day_and_month_may_have_been_swapped():
    found = weigh_days((5, 3), (3, 5), P, RARITY)

    assert found.log10_lr > 0
    assert found.reason is Reason.BIRTH_SWAPPED


def test_another_day_speaks_against_and_is_no_exclusion():
    found = weigh_days((5, 25), (7, 1), P, RARITY)

    assert found.log10_lr == pytest.approx(log10(1 - P.same))
    assert found.reason is Reason.BIRTH_DIFFERS


def test_the_year_does_not_matter():
    person, report = (
        a_missing_person(birth=on("1990-05-03")),
        a_missing_person(birth=on("1980-05-03")),
    )

    assert weigh_birth(person, as_seen(report), P, RARITY).reason is Reason.BIRTH_SAME


@pytest.mark.parametrize("birth", [None, between("1990-05-01", "1990-05-31")])
def test_without_two_whole_dates_nothing_is_weighed(birth):
    whole = on("1990-05-03")

    assert day_of_birth(birth) is None
    assert (
        weigh_birth(a_missing_person(birth=birth), some_remains(birth=whole), P, RARITY) is None
    )
    assert (
        weigh_birth(a_missing_person(birth=whole), some_remains(birth=birth), P, RARITY) is None
    )


def test_days_of_birth_are_counted_on_reports():
    people = [a_missing_person(birth=on("1990-05-03")), a_missing_person()]

    assert count_births(people) == BirthRarity({(5, 3): 1})


def test_the_search_weighs_days_of_birth_as_defined():
    births = [on("1990-05-03"), on("1988-03-05"), on("1990-01-01"), None]
    people = [a_missing_person(birth=birth) for birth in births]
    seen = [as_seen(person) for person in people]
    rarity = rarity_of(people, seen, MODEL)

    assert Kind.BIRTH in MODEL.kinds
    must_agree(
        BIRTH,
        (people, seen),
        (MODEL, rarity),
        lambda person, one: weigh_birth(person, one, P, rarity.births),
    )
