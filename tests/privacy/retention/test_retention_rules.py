"""Retention: rules with sources, stages that are never skipped, a clock not believed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import BadRetentionRules
from privacy.retention import rules as module
from privacy.retention.model import Stage
from privacy.retention.rules import (
    BETWEEN_STAGES,
    LONGEST_SILENCE,
    CaseKind,
    CountsFrom,
    Dates,
    Noted,
    Rule,
    answer_due_on,
    due_on,
    is_clock_doubtful,
    next_stage,
    read_rules,
    rules,
)

DUE = date(2026, 3, 9)
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
ERASES = Rule(CaseKind.LOCATED, CountsFrom.CHANGED, 365, erases=True, source="a test")
STAYS = Rule(CaseKind.SEARCH_OPEN, CountsFrom.REVIEWED, 0, erases=False, source="a test")
PACKAGED = (module.files("privacy.retention") / "rules.toml").read_text("utf-8")


def said(stage, day):
    return Noted(stage, DUE, datetime.combine(day, datetime.min.time(), UTC))


def test_every_kind_of_case_has_a_rule_with_its_source():
    assert set(rules().by_kind) == set(CaseKind)
    assert all(rule.source for rule in rules().by_kind.values())
    assert all(answer.source for answer in rules().answers.values())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("[located]", "[found]"),
        ('from = "changed"', 'from = "guessed"'),
        ("days = 365", "days = -1"),
        ("days = 365", "days = true"),
        ("erases = true", 'erases = "yes"'),
        ("erases = true", "erases = true\nhurry = true"),
        ("[withdrawn]", "[withdrawn"),
        ('source = "The duty', '# source = "The duty'),
        ("working_days = 20", "working_days = 0"),
        ("[answer]", "[answers]"),
    ],
)
def test_a_rule_that_cannot_be_understood_stops_retention(good, bad):
    text = PACKAGED.replace(good, bad, 1)
    if text == PACKAGED:
        text = PACKAGED.replace('source = "CED', "# ", 1)

    with pytest.raises(BadRetentionRules):
        read_rules(text)


def test_a_kind_without_a_rule_stops_retention():
    head, _, rest = PACKAGED.partition("[withdrawn]")

    with pytest.raises(BadRetentionRules, match="withdrawn"):
        read_rules(head + rest[rest.index("[duplicate]") :])


def test_who_is_still_searched_for_is_never_erased_by_the_clock():
    never = [kind for kind, rule in rules().by_kind.items() if not rule.erases]

    assert never == [CaseKind.SEARCH_OPEN, CaseKind.REMAINS_UNNAMED]


def test_the_time_counts_from_what_the_rule_says():
    dates = Dates(entered=date(2020, 1, 1), changed=date(2022, 2, 2), reviewed=DUE)

    assert due_on(ERASES, dates) == date(2022, 2, 2) + timedelta(days=365)
    assert due_on(STAYS, dates) == DUE


def test_nothing_happens_before_a_record_is_due():
    assert next_stage(ERASES, DUE, [], is_held=False, today=DUE - timedelta(days=1)) is None


def test_r52_a_due_record_is_reviewed_then_called_to_mind_then_erased():
    today, noted, seen = DUE, [], []
    while Stage.ERASED not in seen:
        stage = next_stage(ERASES, DUE, noted, is_held=False, today=today)
        if stage:
            noted.append(said(stage, today))
            seen.append(stage)
        today += timedelta(days=1)

    assert seen == [Stage.REVIEW, Stage.REMINDER, Stage.ERASED]
    assert [each.at.date() for each in noted] == [DUE + i * BETWEEN_STAGES for i in range(3)]


@given(
    stages=st.lists(st.tuples(st.sampled_from(Stage), st.integers(-200, 200))),
    today=st.integers(-400, 4000),
    is_held=st.booleans(),
    rule=st.sampled_from([ERASES, STAYS]),
)
def test_r52_nothing_is_erased_unless_two_warnings_stand_before_it(
    stages, today, is_held, rule
):
    noted = [said(stage, DUE + timedelta(days=day)) for stage, day in stages]
    day = DUE + timedelta(days=today)

    stage = next_stage(rule, DUE, noted, is_held=is_held, today=day)

    if stage is Stage.ERASED:
        warned = {each.stage for each in noted if each.at.date() + BETWEEN_STAGES <= day}
        assert {Stage.REVIEW, Stage.REMINDER} <= warned
        assert rule.erases
        assert not is_held


def test_warnings_of_an_earlier_due_day_count_for_nothing():
    old = [
        Noted(stage, DUE - timedelta(days=365), NOON - timedelta(days=300))
        for stage in (Stage.REVIEW, Stage.REMINDER)
    ]

    assert next_stage(ERASES, DUE, old, is_held=False, today=DUE) is Stage.REVIEW


def test_a_hold_stops_erasing_and_not_the_warnings():
    warned = [said(Stage.REVIEW, DUE)]
    later = DUE + BETWEEN_STAGES
    assert next_stage(ERASES, DUE, warned, is_held=True, today=later) is Stage.REMINDER

    warned.append(said(Stage.REMINDER, later))

    after = later + BETWEEN_STAGES
    assert next_stage(ERASES, DUE, warned, is_held=True, today=after) is None
    assert next_stage(ERASES, DUE, warned, is_held=False, today=after) is Stage.ERASED


@pytest.mark.parametrize(
    ("since", "doubtful"),
    [
        (timedelta(), False),
        (timedelta(days=1), False),
        (LONGEST_SILENCE, False),
        (LONGEST_SILENCE + timedelta(seconds=1), True),
        (timedelta(days=3650), True),
        (timedelta(seconds=-1), True),
    ],
)
def test_r52_a_clock_that_jumps_is_not_believed(since, doubtful):
    assert is_clock_doubtful(NOON, NOON + since) is doubtful


def test_the_first_round_has_nothing_to_doubt_by():
    assert not is_clock_doubtful(None, NOON)


def test_an_answer_is_due_after_twenty_working_days():
    monday = date(2026, 3, 9)

    assert answer_due_on(monday, "MX") == monday + timedelta(weeks=4)
    # What comes in on a Saturday is counted from the Monday after it.
    assert answer_due_on(monday - timedelta(days=2), "MX") == date(2026, 4, 3)


def test_a_country_without_a_rule_of_its_own_gets_the_shortest():
    shortest = min(each.working_days for each in rules().answers.values())

    assert rules().answer_for("GT").working_days <= shortest
