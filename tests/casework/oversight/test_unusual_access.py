"""Access unlike somebody's own habit and their duty's is listed, and ordinary work is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from casework.oversight.hours import NIGHT_BEGINS, NIGHT_ENDS, ZONES, is_night
from casework.oversight.unusual import (
    DUTY_TIMES,
    LEAST_AT_NIGHT,
    LEAST_COLLEAGUES,
    LEAST_DAYS,
    LEAST_EYES,
    LEAST_FOREIGN,
    LEAST_HOUSES,
    LEAST_KNOWN,
    LEAST_OPENED,
    LEAST_REFUSALS,
    LEAST_SEEKERS,
    OWN_TIMES,
    REFUSAL_TIMES,
    Hour,
    Kind,
    Nationality,
    Sought,
    unusual_hours,
    unusual_nationalities,
    unusual_seeking,
)
from privacy.permissions import Role

NOW = datetime(2026, 3, 9, 20, 0, tzinfo=UTC)
TODAY = NOW.replace(hour=16)  # the forenoon in Mexico
AN_HOUR = Hour(1, Role.FORENSIC_EXAMINER, "MX", TODAY, 0, 0)


def a_habit(account, opened, *, refused=0, role=Role.FORENSIC_EXAMINER):
    """Work at the same hour every third day for as long as a habit is looked at."""
    return [
        replace(
            AN_HOUR,
            account_id=account,
            role=role,
            hour=TODAY - timedelta(days=8 + 3 * number),
            opened=opened,
            refused=refused,
        )
        for number in range(LEAST_DAYS)
    ]


def kinds(hours):
    return [each.kind for each in unusual_hours(hours, at=NOW)]


def test_an_ordinary_week_is_not_listed():
    hours = [*a_habit(1, 40), replace(AN_HOUR, opened=2 * LEAST_OPENED)]

    assert kinds(hours) == []


def test_many_times_the_own_usual_day_is_listed_with_the_numbers():
    opened = OWN_TIMES * 40 + 1
    (found,) = unusual_hours([*a_habit(1, 40), replace(AN_HOUR, opened=opened)], at=NOW)

    assert (found.kind, found.account_id, found.day) == (Kind.VOLUME, 1, TODAY.date())
    assert (found.observed, found.usual, found.duty_usual) == (opened, 40, None)


def test_exactly_that_many_times_is_not_listed():
    assert kinds([*a_habit(1, 40), replace(AN_HOUR, opened=OWN_TIMES * 40)]) == []


def test_little_is_not_listed_whatever_the_habit():
    assert kinds([*a_habit(1, 1), replace(AN_HOUR, opened=LEAST_OPENED - 1)]) == []


def test_a_day_is_summed_over_its_hours():
    half = LEAST_OPENED // 2
    hours = [
        *a_habit(1, 1),
        replace(AN_HOUR, opened=half),
        replace(AN_HOUR, opened=half, hour=TODAY + timedelta(hours=1)),
    ]

    assert kinds(hours) == [Kind.VOLUME]


def colleagues(opened, count=LEAST_COLLEAGUES, **stated):
    return [hour for number in range(count) for hour in a_habit(10 + number, opened, **stated)]


def test_a_habit_made_on_purpose_is_measured_by_the_colleagues():
    mine = DUTY_TIMES * 20 + 1
    hours = [*a_habit(1, mine), *colleagues(20), replace(AN_HOUR, opened=mine)]
    (found,) = unusual_hours(hours, at=NOW)

    assert (found.usual, found.duty_usual) == (mine, 20)


@pytest.mark.parametrize(
    "others",
    [
        colleagues(20, LEAST_COLLEAGUES - 1),
        colleagues(20, role=Role.LIAISON_OFFICER),
        colleagues(20)[:-1],
    ],
    ids=["too few", "another duty", "no habit yet"],
)
def test_too_few_of_the_same_duty_are_no_measure(others):
    mine = DUTY_TIMES * 20 + 1

    assert kinds([*a_habit(1, mine), *others, replace(AN_HOUR, opened=mine)]) == []


def test_somebody_new_is_measured_by_the_colleagues_alone():
    hours = [*colleagues(20), replace(AN_HOUR, opened=DUTY_TIMES * 20 + 1)]

    assert kinds(hours) == [Kind.VOLUME]
    assert kinds(hours[-1:]) == []


# Mexico keeps UTC−6 the whole year since 2022.
MIDNIGHT = NOW.replace(hour=6)


def test_work_at_night_of_somebody_who_does_not_is_listed():
    hours = [*a_habit(1, 40), replace(AN_HOUR, hour=MIDNIGHT, opened=LEAST_AT_NIGHT)]
    (found,) = unusual_hours(hours, at=NOW)

    assert (found.kind, found.observed, found.usual) == (Kind.NIGHT, LEAST_AT_NIGHT, 0)


def test_a_handful_at_night_and_the_work_of_who_works_at_night_are_not():
    few = replace(AN_HOUR, hour=MIDNIGHT, opened=LEAST_AT_NIGHT - 1)
    nights = [replace(each, hour=each.hour.replace(hour=6)) for each in a_habit(1, 40)]

    assert kinds([*a_habit(1, 40), few]) == []
    assert kinds([*nights, replace(few, opened=LEAST_AT_NIGHT)]) == []


def test_the_night_is_that_of_the_institutions_country():
    noon_there = replace(
        AN_HOUR, hour=NOW.replace(hour=10), opened=LEAST_AT_NIGHT, country="ES"
    )

    assert kinds([noon_there]) == []
    assert kinds([replace(noon_there, country="MX")]) == [Kind.NIGHT]


@pytest.mark.parametrize("country", ZONES)
def test_every_zone_is_known_to_this_machine_and_has_a_night(country):
    hours = [NOW + timedelta(hours=number) for number in range(24)]

    asleep = sum(is_night(each, country) for each in hours)

    assert asleep == 24 - NIGHT_BEGINS + NIGHT_ENDS


def test_a_country_whose_zone_is_not_known_has_no_night():
    assert not any(is_night(NOW + timedelta(hours=number), "ZZ") for number in range(24))


def test_many_refusals_in_a_day_are_listed():
    asked = replace(AN_HOUR, refused=LEAST_REFUSALS)
    (found,) = unusual_hours([*a_habit(1, 1), asked], at=NOW)

    assert (found.kind, found.observed, found.usual) == (Kind.REFUSALS, LEAST_REFUSALS, None)
    assert kinds([replace(asked, refused=LEAST_REFUSALS - 1)]) == []


def test_refusals_are_measured_by_the_own_habit_too():
    used_to_it = a_habit(1, 1, refused=LEAST_REFUSALS)
    asked = replace(AN_HOUR, refused=REFUSAL_TIMES * LEAST_REFUSALS)

    assert kinds([*used_to_it, asked]) == []
    assert kinds([*used_to_it, replace(asked, refused=asked.refused + 1)]) == [Kind.REFUSALS]


def a_nationality(nationality, lately, before=0, role=Role.FORENSIC_EXAMINER):
    return Nationality(1, role, "HN", nationality, lately, before)


def test_people_of_a_nationality_never_opened_before_are_listed():
    rows = [a_nationality("HN", 3, LEAST_KNOWN), a_nationality("GT", LEAST_FOREIGN)]
    (found,) = unusual_nationalities(rows)

    assert (found.kind, found.about, found.observed) == (Kind.FOREIGN, "GT", LEAST_FOREIGN)


@pytest.mark.parametrize(
    "row",
    [
        a_nationality("GT", LEAST_FOREIGN - 1),
        a_nationality("GT", LEAST_FOREIGN, 1),
    ],
    ids=["few", "opened before"],
)
def test_few_and_known_nationalities_are_not(row):
    assert unusual_nationalities([a_nationality("HN", 3, LEAST_KNOWN), row]) == []


def test_somebody_new_has_no_habit_of_nationalities():
    assert unusual_nationalities([a_nationality("GT", 99, 0)]) == []


def test_a_single_foreigner_opened_by_a_consulate_is_listed():
    consul = Role.CONSULAR_OFFICER
    rows = [a_nationality("HN", 9, 99, consul), a_nationality("GT", 1, 99, consul)]

    assert [each.about for each in unusual_nationalities(rows)] == ["GT"]


def test_one_name_sought_by_many_and_one_person_opened_by_many_are_listed():
    name = Sought("token", LEAST_SEEKERS, 1, NOW)
    person = Sought("MP-2345-6789", LEAST_EYES, LEAST_HOUSES, NOW)

    found = unusual_seeking([name], [person])

    assert [each.kind for each in found] == [Kind.ONE_NAME, Kind.ONE_PERSON]
    assert (
        unusual_seeking(
            [replace(name, accounts=LEAST_SEEKERS - 1)],
            [
                replace(person, accounts=LEAST_EYES - 1),
                replace(person, institutions=LEAST_HOUSES - 1),
            ],
        )
        == []
    )
