"""A program reaches no further than it was let, whatever its duty opens."""

from dataclasses import replace
from datetime import UTC, datetime

from privacy.permissions import Permission, Role, Viewer
from privacy.policy.decisions import decide
from privacy.policy.residuals import left_open

AT = datetime(2026, 3, 9, tzinfo=UTC)
PERSON = Viewer(account_id=1, role=Role.LIAISON_OFFICER, institution_id=1, country="HN")
PROGRAM = replace(PERSON, scope=frozenset({Permission.MISSING_READ}))


def test_what_lies_beyond_the_scope_is_closed_in_lists_and_row_by_row():
    beyond = Permission.MISSING_REPORT

    assert PERSON.may(beyond)
    assert decide(PERSON, beyond, at=AT)
    assert not PROGRAM.may(beyond)
    assert not decide(PROGRAM, beyond, at=AT)


def test_what_lies_within_it_is_open_as_to_a_person():
    within = Permission.MISSING_READ

    assert left_open(PROGRAM, within, "MissingPerson") == left_open(
        PERSON, within, "MissingPerson"
    )


def test_a_scope_opens_nothing_that_the_duty_does_not():
    wide = replace(PERSON, scope=frozenset(Permission))

    assert not wide.may(Permission.REMAINS_READ)
