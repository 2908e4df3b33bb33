"""How long records stay and how soon people are answered: the rules, read from a file.

The file says it, with a source for each line; here stands only what follows from it. Nothing
is erased by a rule alone: a record that is due is first put before its institution, then
called to mind once more, and erased after that (`next_stage`).
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from privacy.errors import BadRetentionRules
from privacy.retention.model import Stage

# Our choice, ADR-0021: time for somebody to come back from holidays, twice.
BETWEEN_STAGES = timedelta(days=30)
# A worker looks every day. Longer silence, or a day that was already over, is a wrong clock
# until a person says otherwise.
LONGEST_SILENCE = timedelta(days=45)


class CountsFrom(StrEnum):
    """What the time of a rule counts from."""

    ENTERED = "entered"
    CHANGED = "changed"
    REVIEWED = "reviewed"  # the day somebody said they would look again


class CaseKind(StrEnum):
    """The kinds of case that a rule can speak of."""

    SEARCH_OPEN = "search_open"
    LOCATED = "located"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    IDENTIFIED = "identified"
    REMAINS_UNNAMED = "remains_unnamed"
    REMAINS_NAMED = "remains_named"
    LIVING_OPEN = "living_open"
    LIVING_CLOSED = "living_closed"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of case stays, and who says so."""

    kind: CaseKind
    counts_from: CountsFrom
    days: int
    erases: bool
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a record that a rule may count from."""

    entered: date
    changed: date
    reviewed: date


@dataclass(frozen=True, slots=True)
class Noted:
    """A stage that was said of a record, when, and for which due day."""

    stage: Stage
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """How many working days an institution of one country has to answer."""

    working_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All of the file."""

    by_kind: Mapping[CaseKind, Rule]
    answers: Mapping[str, AnswerRule]
    answer_elsewhere: AnswerRule

    def answer_for(self, country: str) -> AnswerRule:
        return self.answers.get(country, self.answer_elsewhere)


@cache
def rules() -> Rules:
    """Read the packaged file, once.

    Raises
    ------
    BadRetentionRules
        If a kind has no rule, or a rule no source: nothing is then erased or promised.
    """
    return read_rules((files("privacy.retention") / "rules.toml").read_text("utf-8"))


def read_rules(text: str) -> Rules:
    """Read rules from the text of a file.

    Raises
    ------
    BadRetentionRules
        If it is no TOML, names an unknown kind or key, or lacks a rule or a source.
    """
    try:
        told = tomllib.loads(text)
        answer = told.pop("answer")
        by_kind = {CaseKind(name): _rule(CaseKind(name), each) for name, each in told.items()}
        countries = {key: each for key, each in answer.items() if isinstance(each, dict)}
        elsewhere = {key: each for key, each in answer.items() if key not in countries}
        read = Rules(
            by_kind=by_kind,
            answers={country: _answer(each) for country, each in countries.items()},
            answer_elsewhere=_answer(elsewhere),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise BadRetentionRules(f"The rules of retention cannot be read: {error}") from error
    if missing := set(CaseKind) - set(read.by_kind):
        raise BadRetentionRules(f"No rule of retention for: {', '.join(sorted(missing))}")
    return read


def due_on(rule: Rule, dates: Dates) -> date:
    """Give the day on which a record's time is over."""
    start = {
        CountsFrom.ENTERED: dates.entered,
        CountsFrom.CHANGED: dates.changed,
        CountsFrom.REVIEWED: dates.reviewed,
    }[rule.counts_from]
    return start + timedelta(days=rule.days)


def next_stage(
    rule: Rule,
    due: date,
    noted: Collection[Noted],
    *,
    is_held: bool,
    today: date,
    restricts: bool = False,
) -> Stage | None:
    """Say what is to be done with a record today; None: nothing.

    Each stage needs the one before it, said for the same due day and long enough ago.
    `restricts`: this record is to be closed where the rule would only go on asking.
    """
    if today < due:
        return None
    said = {each.stage: each.at.date() for each in noted if each.due_on == due}
    if Stage.REVIEW not in said:
        return Stage.REVIEW
    if Stage.REMINDER not in said:
        return Stage.REMINDER if today >= said[Stage.REVIEW] + BETWEEN_STAGES else None
    end = Stage.ERASED if rule.erases else Stage.RESTRICTED if restricts else None
    if is_held or end is None or end in said:
        return None
    return end if today >= said[Stage.REMINDER] + BETWEEN_STAGES else None


def is_clock_doubtful(last: datetime | None, now: datetime) -> bool:
    """Say whether the clock jumped since the last round: forward by weeks, or back at all."""
    return last is not None and not last <= now <= last + LONGEST_SILENCE


def answer_due_on(received: date, country: str) -> date:
    """Give the last day of an answer: so many working days after the one it came in on."""
    day, left = received, rules().answer_for(country).working_days
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() <= 5  # noqa: PLR2004 - ISO 8601: Monday is 1, Friday 5
    return day


def _rule(kind: CaseKind, told: Mapping[str, object]) -> Rule:
    expected = {"from", "days", "erases", "source"}
    days, erases, source = told["days"], told["erases"], told["source"]
    if set(told) != expected or not isinstance(erases, bool) or not source:
        raise ValueError(f"{kind}: exactly {', '.join(sorted(expected))}, each filled")
    if type(days) is not int or days < 0:
        raise ValueError(f"{kind}: days must be a whole number, 0 or more")
    return Rule(kind, CountsFrom(str(told["from"])), days, erases, str(source))


def _answer(told: Mapping[str, object]) -> AnswerRule:
    days, source = told["working_days"], told["source"]
    if (
        set(told) != {"working_days", "source"}
        or type(days) is not int
        or days < 1
        or not source
    ):
        raise ValueError("answer: exactly working_days (1 or more) and source")
    return AnswerRule(days, str(source))
