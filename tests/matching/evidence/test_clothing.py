"""Clothes are changed and borrowed: they may speak for, and hardly against."""

from math import log10

import pytest

from matching.codes import Answer, ArticleItem, Colour, Completeness
from matching.evidence.clothing import thing_of_article, weigh_clothing
from matching.evidence.rarity import ListRarity
from matching.evidence.weight import Reason
from matching.model_file import load_model
from matching.records import Article, Listed
from tests.matching.everything import JEANS, a_missing_person, some_remains

P = load_model().clothing
CAP = Article(ArticleItem.CAP, Colour.RED)


def weight(told, seen, rarity=ListRarity(), **remains):  # noqa: B008 - it is frozen
    person = a_missing_person(clothing=Listed.of(*told), belongings=Listed())
    one = some_remains(clothing=Listed.of(*seen), belongings=Listed(), **remains)
    return weigh_clothing(person, one, P, rarity)


def test_the_same_clothes_speak_for():
    found = weight([JEANS, CAP], [CAP, JEANS])

    assert found.log10_lr > 0
    assert found.reason is Reason.LIST_AGREES


def test_other_clothes_never_speak_against_more_than_a_change_of_clothes():
    told = [Article(item, Colour.BLACK) for item in ArticleItem]

    assert log10(P.unrelated) <= weight(told, [CAP]).log10_lr < 0


@pytest.mark.parametrize(
    "seen",
    [
        Article(ArticleItem.TROUSERS, Colour.BLUE),
        Article(ArticleItem.JEANS, Colour.LIGHT_BLUE),
        Article(ArticleItem.JEANS, Colour.RED),
        Article(ArticleItem.JEANS),
    ],
)
def test_other_names_and_colours_agree_in_part(seen):
    assert weight([JEANS], [seen]).reason is Reason.LIST_PARTLY_AGREES


def test_a_brand_is_a_word_like_others():
    with_brand = Article(ArticleItem.JEANS, Colour.BLUE, "Wrangler")
    in_words = Article(ArticleItem.JEANS, Colour.BLUE, "", "wrangler")

    assert thing_of_article(with_brand) == thing_of_article(in_words)


def test_a_common_article_weighs_less():
    common = ListRarity(
        lists=100,
        groups={"trousers": 95},
        things={"trousers": {"blue": {("jeans", "blue", None): 80}}},
    )

    assert weight([JEANS], [JEANS], common).log10_lr < weight([JEANS], [JEANS]).log10_lr


def test_belongings_count_with_the_clothes():
    person = a_missing_person(clothing=Listed(), belongings=Listed.of(CAP))
    remains = some_remains(clothing=Listed(), belongings=Listed.of(CAP))

    assert weigh_clothing(person, remains, P, ListRarity()).log10_lr > 0


def test_less_is_expected_where_less_was_recovered():
    whole = weight([JEANS], [CAP])
    element = weight([JEANS], [CAP], completeness=Completeness.ELEMENT)

    assert whole.log10_lr < element.log10_lr < 0


@pytest.mark.parametrize("answer", [each for each in Answer if each is not Answer.RECORDED])
def test_nothing_found_or_nothing_told_weighs_nothing(answer):
    silent = Listed(answer=answer)
    bare = {"clothing": silent, "belongings": silent}

    assert weigh_clothing(a_missing_person(**bare), some_remains(), P, ListRarity()) is None
    assert weigh_clothing(a_missing_person(), some_remains(**bare), P, ListRarity()) is None


@pytest.mark.parametrize("item", list(ArticleItem))
def test_every_article_can_be_coded_without_a_colour(item):
    thing = thing_of_article(Article(item))

    assert thing.group
    assert thing.region is None


@pytest.mark.parametrize("colour", list(Colour))
def test_every_colour_belongs_to_a_family(colour):
    assert thing_of_article(Article(ArticleItem.CAP, colour)).region
