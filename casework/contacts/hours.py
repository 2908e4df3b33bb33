"""When it is safe to call somebody, by the clock of where they live.

A window is kept as text: the days of the week (1 is Monday) and from when to when, such as
`12345 09:00-12:00`. Nothing said is not "at any time": then it has to be asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from casework.oversight.hours import ZONES

ALL_DAYS = "1234567"
_WINDOW = re.compile(r"([1-7]{1,7}) (\d\d:\d\d)-(\d\d:\d\d)")
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Window:
    """Some days of the week, from one time of day to another."""

    days: str
    first: time
    last: time

    def __str__(self) -> str:
        return f"{self.days} {self.first:%H:%M}-{self.last:%H:%M}"


class When(StrEnum):
    """How the present moment stands to what was agreed."""

    NOW = "now"
    LATER_TODAY = "later_today"
    ANOTHER_DAY = "another_day"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class SafeNow:
    """Whether one may call now; else the next window and how many days off it begins."""

    when: When
    window: Window | None = None
    days_off: int = 0


def read_windows(kept: Iterable[object]) -> list[Window]:
    """Read windows as they are kept; what is none is left out, and opens no hour."""
    found = (_WINDOW.fullmatch(str(each)) for each in kept)
    return [
        Window(each[1], time.fromisoformat(each[2]), time.fromisoformat(each[3]))
        for each in found
        if each is not None
    ]


def clock_at(at: datetime, country: str, otherwise: str) -> datetime:
    """Give the local time of somebody's country, or of `otherwise` where none is known."""
    zone = ZONES.get(country) or ZONES.get(otherwise)
    return at.astimezone(ZoneInfo(zone)) if zone else at


def safe_now(windows: Sequence[Window], local: datetime) -> SafeNow:
    """Say whether `local` is a time to call, and when the next one is."""
    if not windows:
        return SafeNow(When.NOT_SAID)
    for days_off in range(A_WEEK + 1):
        day = str((local + timedelta(days=days_off)).isoweekday())
        today = [each for each in windows if day in each.days]
        for each in sorted(today, key=lambda window: window.first):
            if days_off or local.time() < each.last:
                return SafeNow(_when(each, local, days_off), each, days_off)
    return SafeNow(When.NOT_SAID)


def _when(window: Window, local: datetime, days_off: int) -> When:
    if days_off:
        return When.ANOTHER_DAY
    return When.NOW if window.first <= local.time() else When.LATER_TODAY
