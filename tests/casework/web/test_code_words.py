"""Every code that people may meet has a word."""

from enum import StrEnum

import pytest

import casework.codes
from casework.codes import Answer, ArticleItem, BodySite, Colour, MarkType, Side
from casework.missing.model import MissingPersonArticle, MissingPersonMark
from casework.web.code_words import WORDS, article_words, country_words, mark_words
from casework.web.languages import OFFERED, translations_for

# Shown as the state of a fact (components/facts.html), not as a word of their own.
SHOWN_AS_STATES = {Answer}


def same(message):
    return message


def said_alike(words, gettext):
    """Name the words of lists that a reader could not tell from another of the same list."""
    said = [[gettext(word) for word in each.values()] for each in words.values()]
    return {word for each in said for word in each if each.count(word) > 1}


def without_words(words):
    """Name the codes of the shared lists that `words` leaves out."""
    lists = {
        each
        for each in vars(casework.codes).values()
        if isinstance(each, type) and issubclass(each, StrEnum)
    }
    return {
        code
        for each in lists - SHOWN_AS_STATES
        for code in each
        if not words.get(each, {}).get(code)
    }


def test_every_code_of_a_shared_list_has_a_word():
    assert without_words(WORDS) == set()


def test_a_code_without_a_word_would_be_noticed():
    planted = {**WORDS, Side: {Side.LEFT: "lado izquierdo"}}

    assert without_words(planted) == set(Side) - {Side.LEFT}


@pytest.mark.parametrize("language", OFFERED)
def test_no_two_codes_of_a_list_share_a_word(language):
    assert said_alike(WORDS, translations_for(language).gettext) == set()


def test_two_codes_that_a_language_says_alike_would_be_noticed():
    planted = {Side: {Side.LEFT: "lado izquierdo", Side.RIGHT: "lado derecho"}}

    assert said_alike(planted, lambda _: "bò") == {"bò"}


@pytest.mark.parametrize(
    ("language", "mark", "article"),
    [
        ("pt", "tatuagem, tornozelo, lado direito", "boné, azul-escuro, marca Faro"),
        ("fr", "tatouage, cheville, côté droit", "casquette, bleu foncé, marque Faro"),
        ("ht", "tatou, je pye, bò dwat", "kaskèt, ble fonse, mak Faro"),
        ("en", "tattoo, ankle, right side", "cap, dark blue, brand Faro"),
    ],
)
def test_a_mark_and_an_article_are_said_wholly_in_the_readers_language(language, mark, article):
    on_the_ankle = MissingPersonMark(
        kind=MarkType.TATTOO, site=BodySite.ANKLE, side=Side.RIGHT, words=""
    )
    cap = MissingPersonArticle(
        worn=True, item=ArticleItem.CAP, colour=Colour.DARK_BLUE, brand="Faro", words=""
    )

    gettext = translations_for(language).gettext

    assert mark_words(on_the_ankle, gettext) == mark
    assert article_words(cap, gettext) == article


def test_a_mark_is_said_in_one_line():
    mark = MissingPersonMark(
        kind=MarkType.TATTOO, site=BodySite.FOREARM, side=Side.LEFT, words="una rosa"
    )

    assert mark_words(mark, same) == "tatuaje, antebrazo, lado izquierdo: «una rosa»"


def test_an_article_without_colour_brand_or_words_is_said_by_its_name():
    plain = MissingPersonArticle(
        worn=True, item=ArticleItem.CAP, colour=None, brand="", words=""
    )
    red = MissingPersonArticle(
        worn=True, item=ArticleItem.CAP, colour=Colour.RED, brand="Faro", words=""
    )

    assert article_words(plain, same) == "gorra"
    assert article_words(red, same) == "gorra, rojo, marca Faro"


def test_countries_are_named_in_the_readers_language():
    assert country_words("HT", "es", same) == "Haití"
    assert country_words("HT", "en", same) == "Haiti"
    assert country_words("stateless", "es", same) == "apátrida"
    assert country_words(None, "es", same) == ""
