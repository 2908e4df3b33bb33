"""The figures that come with a release: whole, with day and command, and of this very model."""

import re

from casework.candidates.presenters import KIND_WORDS
from casework.codes import Sex
from casework.engine.judged import last_judged
from casework.engine.weighing import in_force
from casework.engine.words import COLUMNS, GRADES, GROUPS, VERDICTS, WHY, WORLDS, group_words
from casework.web.described import teller_for

NAMES_ITSELF = re.compile(r"[A-Z]{2}|\d+–\d+|female|male|intersex")


def test_the_figures_say_when_and_how_they_were_made():
    judged = last_judged()

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", judged.on)
    assert "tests.benchmarks.judging" in judged.command
    assert len(judged.hash) == len(in_force().hash)


def test_the_figures_are_of_the_model_in_force():
    # A new model comes with its judgement: run the command that stands in the figures.
    assert last_judged().version == in_force().version


def test_every_version_says_why_it_came_and_how_well_its_numbers_are_known():
    for edition in in_force().editions:
        assert edition.name in WHY
        assert {each.grade for each in edition.changed} <= {*GRADES, ""}


def test_every_group_kind_and_world_has_its_words():
    judged = last_judged()

    assert {(each.column, each.side) for each in judged.columns} >= set(COLUMNS)
    shown = [each for each in judged.columns if (each.column, each.side) in COLUMNS]
    names = {group.name for each in shown for group in each.groups}
    assert all(name in GROUPS or NAMES_ITSELF.fullmatch(name) for name in names)
    assert {each.kind for each in judged.kinds} <= set(KIND_WORDS)
    assert {each.name for each in judged.worlds} == set(WORLDS)
    assert {each.gap["verdict"] for each in shown if each.gap} <= set(VERDICTS)


def test_the_shares_of_the_figures_lie_within_their_intervals():
    judged = last_judged()

    shares = [group.within_ten for each in judged.columns for group in each.groups]
    shares += [each.so for each in judged.reliability]
    assert all(each.low <= each.value <= each.high for each in shares)


def test_a_country_and_a_sex_are_named_as_the_reader_does():
    teller = teller_for("es")

    assert group_words("nationality", "HN", teller) == "Honduras"
    assert group_words("sex", "female", teller) == teller.code(Sex.FEMALE)
    assert group_words("age_group", "18–29", teller) == "18–29"
