"""Every reason of the engine has a sentence, and every chance is told as people count."""

import re

import pytest

from casework.candidates.model import MatchingState
from casework.candidates.presenters import (
    KIND_WORDS,
    STATE_WORDS,
    chance_words,
    share_words,
)
from casework.candidates.sentences import LACKING, SENTENCES, sentence_of, why_not
from casework.web.described import teller_for
from matching.evidence.weight import Kind, Reason
from matching.explanation import Side

TELLER = teller_for("es")
AGES = {"missing_low": 24.0, "missing_high": 24.0, "remains_low": 20.0, "remains_high": 30.0}


def test_every_reason_of_the_engine_has_a_sentence():
    assert set(SENTENCES) == {reason.value for reason in Reason}


def test_every_kind_of_evidence_has_a_word_in_the_engines_order():
    assert list(KIND_WORDS) == [kind.value for kind in Kind]


def test_every_side_that_may_lack_has_a_sentence():
    assert set(LACKING) == {side.value for side in Side}


def test_every_state_of_a_run_has_a_word():
    assert set(STATE_WORDS) == set(MatchingState)


def test_no_sentence_concludes():
    said = " ".join([*SENTENCES.values(), *LACKING.values()]).lower()

    assert re.findall(r"identificad|confirma|es él|es ella|pertenecen a", said) == []


def test_an_age_names_both_ages():
    said = sentence_of("age_within", AGES, TELLER)

    assert "24 años" in said
    assert "entre 20 y 30 años" in said


@pytest.mark.parametrize(
    ("shortest", "longest", "said"),
    [
        (3.0, 3.0, "3 días"),
        (-2.0, 5.0, "entre 0 y 5 días"),
        (100.0, 130.0, "entre 100 y 130 días"),
        (2 * 365.25, 3 * 365.25, "entre 2 y 3 años"),
    ],
)
def test_an_interval_is_told_in_days_or_in_years(shortest, longest, said):
    facts = {"shortest_days": shortest, "longest_days": longest}

    assert said in sentence_of("time_fits", facts, TELLER)


def test_a_find_before_the_last_contact_is_a_warning_to_read():
    said = sentence_of("time_before_contact", {}, TELLER)

    assert "la recuperación fue antes del último contacto" in said
    assert said.endswith("Revíselas primero.")


def test_a_reason_that_nobody_knows_yet_says_nothing():
    assert sentence_of("moon_agrees", {}, TELLER) == ""
    assert why_not("elsewhere", TELLER) == LACKING["neither"]


def test_no_share_reaches_certainty():
    assert share_words(1.0, TELLER) == share_words(0.9999, TELLER) == "más de 99%"


@pytest.mark.parametrize(
    ("posterior", "said"),
    [
        (0.999, "de cada 100 propuestas así se esperan unas 99"),
        (0.96, "de cada 100 propuestas así se esperan unas 96"),
        (0.94, "de cada 10 propuestas así se esperan unas 9"),
        (0.5, "de cada 10 propuestas así se esperan unas 5"),
        (1 / 40, "1 verdadera de cada 40"),
        (1 / 1234, "1 verdadera de cada 1,200"),
        (0.0, "menos de 1 verdadera en un millón"),
    ],
)
def test_a_chance_is_told_as_so_many_of_so_many(posterior, said):
    assert said in chance_words(posterior, TELLER)
