"""What in the log a person should look at: access unlike somebody's own habit and duty's.

A finding accuses nobody. It says in numbers what differs, for somebody to ask about it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from casework.oversight.hours import is_night
from privacy.permissions import Role

# What is looked at, and what it is compared with: eight weeks hold a month's end and a leave.
WINDOW = timedelta(days=7)
HABIT = timedelta(days=56)
# Two full pages of a list; who opens fewer in a day is not looked at, whatever the habit.
LEAST_OPENED = 100
# How many times the own usual day, and how many times that of colleagues with the same duty:
# the second is laxer, for duties are done differently, but catches a habit made on purpose.
OWN_TIMES, DUTY_TIMES = 5, 10
# A habit is known after a working week; a duty's after three colleagues.
LEAST_DAYS, LEAST_COLLEAGUES = 5, 3
# A handful at night is an emergency; more, from somebody who hardly ever works then, is not.
LEAST_AT_NIGHT, USUAL_NIGHT_SHARE = 5, 0.1
# Refusals happen to whoever learns the pages; ten in a day are a search for the open door.
LEAST_REFUSALS, REFUSAL_TIMES = 10, 3
# People of a nationality that somebody had never opened, once their habit holds enough people.
LEAST_FOREIGN, LEAST_KNOWN = 5, 20
# One missing person concerns an institution or two; one name sought everywhere is a hunt.
LEAST_EYES, LEAST_HOUSES = 5, 3
LEAST_SEEKERS = 4


class Kind(StrEnum):
    """Why something is listed."""

    ALARM = "alarm"  # a guard of ours has stopped somebody or something
    VOLUME = "volume"
    NIGHT = "night"
    FOREIGN = "foreign"
    REFUSALS = "refusals"
    ONE_NAME = "one_name"
    ONE_PERSON = "one_person"


@dataclass(frozen=True, slots=True)
class Hour:
    """What one account did in one hour: deeds that open, records opened, refusals."""

    account_id: int
    role: Role
    country: str
    hour: datetime
    opened: int
    refused: int


@dataclass(frozen=True, slots=True)
class Nationality:
    """How many people of one nationality an account opened, lately and before."""

    account_id: int
    role: Role
    country: str
    nationality: str
    lately: int
    before: int


@dataclass(frozen=True, slots=True)
class Sought:
    """How many accounts of how many institutions sought one name or opened one person."""

    about: str  # a reference; for a name, its blind token
    accounts: int
    institutions: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to ask about, with the numbers behind it; `usual` is the own habit."""

    kind: Kind
    observed: float
    account_id: int | None = None
    day: date | None = None
    usual: float | None = None
    duty_usual: float | None = None
    about: str = ""
    institutions: int = 0


def unusual_hours(hours: Sequence[Hour], *, at: datetime) -> list[Finding]:
    """Find unusual volume, nights and refusals, the largest first within each kind."""
    since = at - WINDOW
    before = [each for each in hours if each.hour < since]
    lately = [each for each in hours if each.hour >= since]
    found = [
        *_volumes(before, lately),
        *_nights(before, lately),
        *_refusals(before, lately),
    ]
    return sorted(found, key=lambda each: (each.kind, -each.observed))


def unusual_nationalities(rows: Sequence[Nationality]) -> list[Finding]:
    """Find nationalities that are not a consulate's own, or that somebody never opened."""
    known: dict[int, int] = defaultdict(int)
    for each in rows:
        known[each.account_id] += each.before
    return [
        Finding(
            Kind.FOREIGN,
            each.lately,
            account_id=each.account_id,
            usual=each.before,
            about=each.nationality,
        )
        for each in rows
        if _is_foreign(each, known[each.account_id])
    ]


def unusual_seeking(names: Iterable[Sought], people: Iterable[Sought]) -> list[Finding]:
    """Find names that many sought, and people whom many of several institutions opened."""
    return [
        *(_sought(Kind.ONE_NAME, each) for each in names if each.accounts >= LEAST_SEEKERS),
        *(
            _sought(Kind.ONE_PERSON, each)
            for each in people
            if each.accounts >= LEAST_EYES and each.institutions >= LEAST_HOUSES
        ),
    ]


def _volumes(before: Sequence[Hour], lately: Sequence[Hour]) -> Iterator[Finding]:
    habits = _days(before, lambda each: each.opened)
    colleagues = _usual_of_duties(before, habits)
    roles = {each.account_id: each.role for each in lately}
    for account, days in _days(lately, lambda each: each.opened).items():
        own = _usual(habits.get(account, {}))
        duty = colleagues(roles[account], account)
        for day, opened in days.items():
            above_own = own is not None and opened > OWN_TIMES * own
            above_duty = duty is not None and opened > DUTY_TIMES * duty
            if opened >= LEAST_OPENED and (above_own or above_duty):
                yield Finding(
                    Kind.VOLUME,
                    opened,
                    account_id=account,
                    day=day,
                    usual=own,
                    duty_usual=duty,
                )


def _nights(before: Sequence[Hour], lately: Sequence[Hour]) -> Iterator[Finding]:
    usual = _night_shares(before)
    counts: dict[tuple[int, date], int] = defaultdict(int)
    for each in lately:
        if is_night(each.hour, each.country):
            counts[each.account_id, each.hour.date()] += each.opened
    for (account, day), opened in counts.items():
        share = usual.get(account, 0.0)
        if opened >= LEAST_AT_NIGHT and share < USUAL_NIGHT_SHARE:
            yield Finding(Kind.NIGHT, opened, account_id=account, day=day, usual=share)


def _night_shares(hours: Sequence[Hour]) -> dict[int, float]:
    at_night: dict[int, int] = defaultdict(int)
    whole: dict[int, int] = defaultdict(int)
    for each in hours:
        whole[each.account_id] += each.opened
        at_night[each.account_id] += each.opened * is_night(each.hour, each.country)
    return {account: at_night[account] / opened for account, opened in whole.items() if opened}


def _refusals(before: Sequence[Hour], lately: Sequence[Hour]) -> Iterator[Finding]:
    habits = _days(before, lambda each: each.refused)
    for account, days in _days(lately, lambda each: each.refused).items():
        own = _usual(habits.get(account, {}))
        for day, refused in days.items():
            if refused >= LEAST_REFUSALS and refused > REFUSAL_TIMES * (own or 0):
                yield Finding(Kind.REFUSALS, refused, account_id=account, day=day, usual=own)


def _is_foreign(row: Nationality, known: int) -> bool:
    if row.role is Role.CONSULAR_OFFICER:
        return row.lately > 0 and row.nationality != row.country
    return row.lately >= LEAST_FOREIGN and row.before == 0 and known >= LEAST_KNOWN


def _sought(kind: Kind, each: Sought) -> Finding:
    return Finding(
        kind,
        each.accounts,
        day=each.last.date(),
        about=each.about,
        institutions=each.institutions,
    )


def _days(hours: Sequence[Hour], count: Callable[[Hour], int]) -> dict[int, dict[date, int]]:
    """Sum by account and day what `count` gives for an hour; days of nothing are left out."""
    days: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for each in hours:
        if count(each):
            days[each.account_id][each.hour.date()] += count(each)
    return days


def _usual(days: Mapping[date, int]) -> float | None:
    return median(days.values()) if len(days) >= LEAST_DAYS else None


def _usual_of_duties(
    before: Sequence[Hour], habits: Mapping[int, Mapping[date, int]]
) -> Callable[[Role, int], float | None]:
    """Give the usual day of a duty's other holders; `None` where too few are known."""
    roles = {each.account_id: each.role for each in before}
    usual = {account: _usual(days) for account, days in habits.items()}

    def of_colleagues(role: Role, account: int) -> float | None:
        others = [
            own
            for other, own in usual.items()
            if own is not None and other != account and roles[other] is role
        ]
        return median(others) if len(others) >= LEAST_COLLEAGUES else None

    return of_colleagues
