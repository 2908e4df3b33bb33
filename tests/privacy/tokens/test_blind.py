"""Tokens say only what is the same, and only under their own key."""

import hashlib
import hmac

import pytest

from privacy.tokens.blind import sought_tokens, token, token_rows, tokens_of
from privacy.tokens.ranking import likeness
from privacy.tokens.spelling import Name

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
ANA = Name("Ana", "Solís", "Cruz")


def test_a_token_is_the_beginning_of_an_hmac():
    digest = hmac.new(KEY, b"one:selaia", hashlib.sha256).digest()

    assert token(KEY, "one:selaia").to_bytes(8, "big", signed=True) == digest[:8]


def test_another_key_makes_other_tokens_of_the_same_name():
    assert not tokens_of(KEY, [ANA]) & tokens_of(OTHER_KEY, [ANA])


def test_a_name_is_met_only_under_its_own_key():
    assert tokens_of(KEY, [ANA]) & sought_tokens(KEY, "ana solis").keys()
    assert not tokens_of(KEY, [ANA]) & sought_tokens(OTHER_KEY, "ana solis").keys()


@pytest.mark.parametrize("key", [b"", b"short"])
def test_a_missing_or_short_key_makes_no_tokens(key):
    with pytest.raises(ValueError, match="key of name tokens"):
        token(key, "one:selaia")


def test_two_names_of_one_person_share_their_rows():
    rows = list(token_rows(KEY, [(7, ANA), (7, ANA), (8, ANA)]))

    assert len({(row["case_id"], row["token"]) for row in rows}) == len(rows)
    assert {row["case_id"] for row in rows} == {7, 8}


@pytest.mark.parametrize(
    ("words", "least"),
    [("ana solis cruz", 1.0), ("Cruz Ana", 1.0), ("Anna Solis", 0.9), ("A. Solís", 0.9)],
)
def test_what_is_typed_resembles_the_name_it_was_bent_from(words, least):
    assert likeness(words, [Name("Berta", "Gómez"), ANA]) >= least


def test_another_persons_name_resembles_little():
    assert likeness("Berta Gómez", [ANA]) < 0.6


def test_nothing_typed_resembles_nobody():
    assert likeness("", [ANA]) == likeness("Ana", []) == 0.0
