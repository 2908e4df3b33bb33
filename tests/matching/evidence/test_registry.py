"""Rarity is counted in the registry itself."""

import pytest

from matching.codes import ArticleItem, MarkType
from matching.evidence.rarity import (
    COUNTRIES_ON_THE_ROUTES,
    REGIONS_IN_A_COUNTRY,
    ListRarity,
    Rarity,
    cell_of,
)
from matching.evidence.registry import rarity_of
from matching.model_file import load_model
from matching.records import Article, Listed, Mark, MissingRecord, Place, RemainsRecord
from tests.matching.everything import JEANS, ROSE, a_missing_person, on, some_remains

MODEL = load_model()
SILENT = Listed()


def test_remains_are_counted_by_year_cell_region_and_country():
    remains = [
        some_remains(),
        some_remains(found=on("2021-01-01")),
        RemainsRecord(record_id="R"),
    ]

    rarity = rarity_of([a_missing_person()], remains, MODEL)

    assert rarity.found_years == {2020: 1, 2021: 1}
    assert (rarity.dated_remains, rarity.placed_remains, rarity.located_remains) == (2, 2, 2)
    assert rarity.regions == {("MX", "chiapas"): 2}
    assert rarity.countries == {"MX": 2}
    assert list(rarity.crowds) == [cell_of(remains[0].place, MODEL.place.crowding.cell_degrees)]


def test_things_are_counted_once_a_list_and_only_on_remains():
    twice = Listed.of(ROSE, ROSE)

    rarity = rarity_of([a_missing_person()], [some_remains(marks=twice)], MODEL)

    assert rarity.marks.lists == 1
    assert rarity.marks.groups == {"tattoo": 1}
    assert rarity.marks.regions == {("tattoo", "forearm"): 1}
    assert rarity.marks.details == {("tattoo", "forearm"): 1}


def test_words_are_counted_on_both_sides():
    bare = some_remains(marks=Listed.of(Mark(MarkType.SCAR)))

    rarity = rarity_of([a_missing_person(), MissingRecord(record_id="M")], [bare], MODEL)

    assert rarity.marks.described == 1
    assert rarity.marks.words == {"=rose": 1, "ana": 1}


def test_belongings_are_counted_with_the_clothes():
    keys = Listed.of(Article(ArticleItem.KEYS))
    remains = some_remains(clothing=Listed.of(JEANS), belongings=keys)

    rarity = rarity_of([a_missing_person(clothing=SILENT)], [remains], MODEL)

    assert rarity.clothing.lists == 1
    assert rarity.clothing.groups == {"trousers": 1, "keys": 1}


def test_an_unseen_word_is_rare_and_never_impossible():
    rarity = ListRarity(described=98, words={"ana": 49})

    assert rarity.word_share("nadie") == 1 / 100
    assert rarity.word_share("ana") == 50 / 100


def test_shares_of_a_thing_lie_strictly_within_one_another():
    rarity = ListRarity(
        lists=10,
        groups={"scar": 10},
        regions={("scar", "leg"): 10},
        details={("scar", "knee"): 10},
    )

    common = rarity.commonness(("scar", "leg", "knee"), 0.4, 20)

    assert 0 < common.detail < common.region < common.group < 1


def test_a_group_counted_often_overcomes_the_default():
    rarity = ListRarity(lists=1000, groups={"scar": 900})

    common = rarity.commonness(("scar", None, None), 0.1, 20)

    assert common.group == (900 + 20 * 0.1) / (1000 + 20)


def test_regions_and_countries_never_seen_stay_possible():
    rarity = Rarity(countries={"MX": 40}, located_remains=40)

    assert rarity.country_share("BR", 10) == pytest.approx(10 / COUNTRIES_ON_THE_ROUTES / 50)
    assert rarity.region_share(("MX", "x"), 10) == pytest.approx(10 / REGIONS_IN_A_COUNTRY / 50)


def test_cells_are_counted_from_the_equator_and_the_meridian():
    assert cell_of(Place(-0.1, 0.6), 0.5) == (-1, 1)
