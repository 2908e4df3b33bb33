"""Who may do what, written from what each person's work is, not from the table in the code."""

import pytest

from privacy.errors import NotPermitted
from privacy.permissions import (
    DOOR,
    DUTIES,
    HUMAN_ROLES,
    KEEPER,
    MATCHER,
    Permission,
    Purpose,
    Role,
    Viewer,
    demand,
)

# One line per duty: what the people of docs/reference/roles.md do in a day. Whatever a line
# does not name is forbidden, so a permission added in the code fails here until somebody has
# thought about it.
DAY = {
    "liaison_officer": "incident:read missing:read missing:report",
    "forensic_examiner": (
        "incident:read missing:read remains:read remains:record pairing:read"
    ),
    "forensic_coordinator": (
        "incident:read missing:read remains:read remains:record pairing:read"
        " matching:run file:import"
    ),
    "consular_officer": "incident:read missing:read",
    "data_protection_officer": "log:read",
    "administrator": "account:administer",
    "analyst": "incident:read file:import",
    "engine": "incident:read missing:read remains:read matching:run file:import",
    "door": "",
}
EVERYTHING = [
    (role, permission, permission.value in DAY[role.value].split())
    for role in Role
    for permission in Permission
]
CASE_CONTENTS = (
    Permission.MISSING_READ,
    Permission.MISSING_REPORT,
    Permission.REMAINS_READ,
    Permission.REMAINS_RECORD,
    Permission.PAIRING_READ,
)


def somebody(role):
    return Viewer(account_id=7, role=role, institution_id=3, country="HN")


@pytest.mark.parametrize(("role", "permission", "may"), EVERYTHING)
def test_a_duty_opens_what_its_work_needs_and_nothing_else(role, permission, may):
    viewer = somebody(role)

    assert viewer.may(permission) is may


@pytest.mark.parametrize(("role", "permission", "may"), EVERYTHING)
def test_demanding_agrees_with_asking(role, permission, may):
    viewer = somebody(role)

    if may:
        demand(viewer, permission)
        return
    with pytest.raises(NotPermitted, match=permission.value):
        demand(viewer, permission)


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.CONSULAR_OFFICER])
def test_nobody_on_the_familys_side_can_open_a_proposed_pairing(role):
    assert not somebody(role).may(Permission.PAIRING_READ)


@pytest.mark.parametrize("permission", CASE_CONTENTS)
@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.ANALYST, Role.DATA_PROTECTION_OFFICER, Role.DOOR]
)
def test_who_keeps_the_house_or_counts_cannot_open_a_case(role, permission):
    assert not somebody(role).may(permission)


def test_every_role_has_a_duty_and_every_permission_somebody_to_use_it():
    assert set(DUTIES) == set(Role)
    assert set().union(*DUTIES.values()) == set(Permission)


def test_nobody_can_be_given_the_machines_own_roles():
    assert set(Role) - set(HUMAN_ROLES) == {Role.ENGINE, Role.DOOR}


@pytest.mark.parametrize("words", [*Role, *Purpose, *Permission])
def test_immigration_enforcement_cannot_be_said(words):
    forbidden = ("enforce", "deport", "detention", "police", "border")

    assert not any(word in words.value for word in forbidden)


def test_the_parts_of_the_machine_own_nothing():
    assert {(part.institution_id, part.country) for part in (DOOR, MATCHER, KEEPER)} == {
        (0, "")
    }
    assert (MATCHER.purpose, KEEPER.purpose) == (Purpose.SEARCH, Purpose.KEEP)


def test_a_permission_names_a_resource_and_a_verb():
    assert all(len(permission.value.split(":")) == 2 for permission in Permission)
