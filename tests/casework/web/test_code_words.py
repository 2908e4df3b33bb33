"""Every code that people may meet has a word."""

from enum import StrEnum

import casework.codes
from casework.codes import Answer, ArticleItem, BodySite, Colour, MarkType, Side
from casework.missing.model import MissingPersonArticle, MissingPersonMark
from casework.web.code_words import WORDS, article_words, country_words, mark_words

# Shown as the state of a fact (components/facts.html), not as a word of their own.
SHOWN_AS_STATES = {Answer}


def same(message):
    return message


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


def test_no_two_codes_of_a_list_share_a_word():
    for words in WORDS.values():
        assert len(set(words.values())) == len(words)


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
