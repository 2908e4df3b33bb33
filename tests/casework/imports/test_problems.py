"""Every fault has a sentence, and the documentation lists each of them."""

import re
from pathlib import Path

from casework.imports.problems import (
    QUARANTINED,
    SENTENCES,
    Problem,
    Rule,
    Severity,
    rules_of,
    stops,
)

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "import-profiles.md"


def documented():
    row = r"^\| `(\w+)` \| (\w+) \| (.+) \|$"
    rows = re.findall(row, PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: (severity, sentence) for name, severity, sentence in rows}


def test_every_rule_has_a_sentence():
    assert set(SENTENCES) == set(Rule)


def test_the_documentation_lists_every_rule_as_it_is():
    expected = {
        rule.value: (Problem(rule).severity.value, re.sub(r"%\((\w+)\)s", r"‹\1›", sentence))
        for rule, sentence in SENTENCES.items()
    }

    assert documented() == expected


def test_a_sentence_never_holds_the_value_which_may_be_a_name():
    problems = [Problem(rule, "columna", "Maria", "detalle") for rule in Rule]

    assert not [each.rule for each in problems if "Maria" in each.sentence + repr(each)]


def test_only_the_listed_rules_keep_a_row_out():
    severe = {rule for rule in Rule if Problem(rule).severity is Severity.QUARANTINE}

    assert severe == QUARANTINED
    assert stops([Problem(Rule.NO_DAY), Problem(Rule.NO_DATE)])
    assert not stops([Problem(Rule.NO_DAY)])


def test_rules_are_named_in_the_order_they_were_found():
    assert rules_of([Problem(Rule.NO_DAY), Problem(Rule.NO_ID)]) == ["no_day", "no_id"]
