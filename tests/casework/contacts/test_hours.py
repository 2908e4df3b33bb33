"""When it is safe to call, by the clock of where somebody lives."""

from datetime import UTC, datetime

import pytest

from casework.contacts.hours import When, clock_at, read_windows, safe_now

MONDAY = "2026-03-09"
WEEKDAYS_MORNING = ["12345 09:00-12:00"]


def told(kept, local):
    return safe_now(read_windows(kept), datetime.fromisoformat(local))


@pytest.mark.parametrize(
    ("clock", "when"),
    [
        ("08:59", When.LATER_TODAY),
        ("09:00", When.NOW),
        ("11:59", When.NOW),
        ("12:00", When.ANOTHER_DAY),
    ],
)
def test_a_window_is_open_from_its_first_minute_to_before_its_last(clock, when):
    assert told(WEEKDAYS_MORNING, f"{MONDAY}T{clock}").when is when


def test_on_friday_after_hours_the_next_time_is_monday():
    assert told(WEEKDAYS_MORNING, "2026-03-13T12:30").days_off == 3


def test_the_second_window_of_a_day_is_waited_for():
    state = told(["1 09:00-10:00", "1 18:00-19:00"], f"{MONDAY}T11:00")

    assert (state.when, state.window.first.hour) == (When.LATER_TODAY, 18)


@pytest.mark.parametrize("kept", [[], ["whenever"], ["8 09:00-12:00"]])
def test_nothing_said_opens_no_hour(kept):
    assert told(kept, f"{MONDAY}T10:00").when is When.NOT_SAID


def test_the_clock_is_that_of_where_they_live_and_else_of_the_institution():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)

    assert clock_at(noon, "HN", "MX").hour == 6  # UTC-6, no summer time
    assert clock_at(noon, "", "AR").hour == 9  # UTC-3
    assert clock_at(noon, "", "??") == noon
