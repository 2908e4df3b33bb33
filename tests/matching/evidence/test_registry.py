"""Rarity is counted in the registry itself."""

import pytest

from matching.codes import ArticleItem, Condition, HairColour, MarkType
from matching.evidence.crowding import spot_of
from matching.evidence.rarity import (
    COUNTRIES_ON_THE_ROUTES,
    REGIONS_IN_A_COUNTRY,
    ListRarity,
    Rarity,
)
from matching.evidence.registry import rarity_of
from matching.model_file import load_model
from matching.records import Article, Listed, Mark, MissingRecord, RemainsRecord
from tests.matching.everything import JEANS, ROSE, a_missing_person, on, some_remains

MODEL = load_model()
SILENT = Listed()


def test_remains_are_counted_by_year_place_region_and_country():
    remains = [
        some_remains(),
        some_remains(found=on("2021-01-01")),
        RemainsRecord(record_id="R"),
    ]

    rarity = rarity_of([a_missing_person()], remains, MODEL)

    assert rarity.found_years == {2020: 1, 2021: 1}
    assert (rarity.dated_remains, rarity.located_remains) == (2, 2)
    assert rarity.regions == {("MX", "chiapas"): 2}
    assert rarity.countries == {"MX": 2}
    spot = spot_of(remains[0].place, rarity.crowds.degrees, MODEL.place)
    assert {where: one.records for where, one in rarity.crowds.seen.items()} == {spot: 2}
    assert {where: one.records for where, one in rarity.crowds.told.items()} == {spot: 1}


def test_a_group_is_counted_once_a_list_and_each_thing_by_its_code_on_remains_only():
    twice = Listed.of(ROSE, ROSE)

    rarity = rarity_of([a_missing_person()], [some_remains(marks=twice)], MODEL)

    assert rarity.marks.lists == 1
    assert rarity.marks.groups == {"tattoo": 1}
    assert rarity.marks.things == {"tattoo": {"forearm": {("tattoo", "forearm", "left"): 2}}}


def test_colours_are_counted_where_they_can_be_compared():
    remains = [
        some_remains(hair=HairColour.BALD),
        some_remains(hair=HairColour.BALD, condition=Condition.BONE_DEGRADED),
        some_remains(hair=HairColour.DYED),
        some_remains(eyes=None, condition=None),
    ]

    rarity = rarity_of([a_missing_person()], remains, MODEL)

    assert (rarity.hair.fresh, rarity.hair.changed) == ({"bald": 1}, {"black": 1})
    assert (rarity.eyes.fresh, rarity.eyes.changed) == ({"brown": 2}, {"brown": 1})


def test_words_are_counted_on_both_sides():
    bare = some_remains(marks=Listed.of(Mark(MarkType.SCAR)))

    rarity = rarity_of([a_missing_person(), MissingRecord(record_id="M")], [bare], MODEL)

    assert rarity.marks.described == 1
    assert rarity.marks.words == {"=rose": 1, "ana": 1}
    assert rarity.marks.described_of == {"tattoo": 1}
    assert rarity.marks.words_of == {("tattoo", "=rose"): 1, ("tattoo", "ana"): 1}


def test_belongings_are_counted_with_the_clothes():
    keys = Listed.of(Article(ArticleItem.KEYS))
    remains = some_remains(clothing=Listed.of(JEANS), belongings=keys)

    rarity = rarity_of([a_missing_person(clothing=SILENT)], [remains], MODEL)

    assert rarity.clothing.lists == 1
    assert rarity.clothing.groups == {"trousers": 1, "keys": 1}


def test_an_unseen_word_is_rare_and_never_impossible():
    rarity = ListRarity(described=98, words={"ana": 49})

    assert rarity.word_share("tattoo", "nadie", 2) == pytest.approx(1 / 100)
    assert rarity.word_share("tattoo", "ana", 2) == pytest.approx(50 / 100)


def test_a_word_is_as_common_as_it_is_among_things_of_its_kind():
    gold = ("missing_tooth_visible", "oro")
    rarity = ListRarity(
        described=998, words={"oro": 9}, described_of={gold[0]: 20}, words_of={gold: 9}
    )

    assert rarity.word_share(*gold, 2) == pytest.approx((9 + 2 * 10 / 1000) / (20 + 2))


def test_a_group_counted_often_overcomes_the_default():
    rarity = ListRarity(lists=1000, groups={"scar": 900})

    assert rarity.group_share("scar", 0.1, 20) == (900 + 20 * 0.1) / (1000 + 20)


def test_regions_and_countries_never_seen_stay_possible():
    rarity = Rarity(countries={"MX": 40}, located_remains=40)

    assert rarity.country_share("BR", 10) == pytest.approx(10 / COUNTRIES_ON_THE_ROUTES / 50)
    assert rarity.region_share(("MX", "x"), 10) == pytest.approx(10 / REGIONS_IN_A_COUNTRY / 50)
