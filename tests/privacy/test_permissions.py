"""Who may do what, written from what each person's work is, not from the table in the code."""

from dataclasses import replace

import pytest

from privacy.errors import NotPermitted
from privacy.permissions import (
    DOOR,
    HUMAN_ROLES,
    KEEPER,
    MATCHER,
    PURPOSES,
    Permission,
    Purpose,
    Role,
    Viewer,
    demand,
)

# One line per duty: what the people of docs/reference/roles.md do in a day. Whatever a line
# does not name is forbidden, so a permission added in the code fails here until somebody has
# thought about it.
_FILE = (
    "missing:read missing:identity:read missing:contact:read missing:body:read missing:dna:read"
)
_FIND = "remains:read remains:identity:read remains:body:read remains:dna:read"
_ALIVE = "living:read living:identity:read living:body:read"
_KEEPS_ALIVE = (
    f"{_ALIVE} living:contact:read living:record sought:read"
    " sought:blinded:read sought:agreed:read"
)
_ANSWERS = (
    "consent:read consent:record contact:keep paper:keep missing:export rights:read"
    " rights:record rights:decide retention:read retention:hold copy:read"
)
_SITES = "site:read site:exact:read"
_EXAMINES = (
    f"incident:read {_SITES} site:record {_FILE} {_FIND} {_ALIVE} sample:keep profile:keep"
    " remains:record"
    " pairing:read"
    " pairing:blinded:read engine:read link:read link:record term:propose request:read"
    " request:send"
    " pairing:open review:examine decision:read decision:propose unblinding:read unblinding:ask"
)
_LINKS = "link:read link:record"
_WORDS = "term:propose"
_ASKS = "request:read request:send"
DAY = {
    "liaison_officer": (
        f"incident:read incident:record {_FILE} missing:report sample:keep {_KEEPS_ALIVE}"
        f" {_ANSWERS}"
        f" {_LINKS} {_ASKS} {_WORDS} {_SITES} release:read telling:keep"
    ),
    "forensic_examiner": _EXAMINES,
    "forensic_coordinator": (
        f"{_EXAMINES} {_KEEPS_ALIVE} {_ANSWERS} matching:run file:import term:decide"
        " incident:record review:assign decision:sign unblinding:answer engine:adopt"
        " telling:keep"
    ),
    "consular_officer": f"incident:read {_FILE} {_ASKS} {_WORDS} release:read telling:keep",
    "data_protection_officer": (
        "consent:read protection:lift rights:read rights:record rights:decide retention:read"
        " retention:hold copy:read log:read policy:read account:confirm engine:read"
        " unblinding:read"
    ),
    "administrator": "account:administer account:confirm",
    "analyst": f"incident:read incident:record file:import {_WORDS}",
    "engine": (
        "incident:read missing:read missing:identity:read missing:body:read remains:read"
        f" remains:identity:read remains:body:read {_ALIVE} pairing:read matching:run"
        " file:import"
        " consent:record sought:read"
    ),
    "door": "",
}
# Contact opens to a coordinator for one purpose; which one is asked in the truth table.
NAMED_GROUPS = {"identity", "contact", "dna"}
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
    Permission.LIVING_READ,
    Permission.LIVING_RECORD,
    Permission.PAIRING_READ,
)


def somebody(role):
    return Viewer(
        account_id=7,
        role=role,
        institution_id=3,
        country="HN",
        purpose=PURPOSES[role][0],
        second_factor=True,
        stepped_up=True,
    )


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


def test_every_permission_has_somebody_to_use_it():
    used = {
        permission
        for role in Role
        for permission in Permission
        if somebody(role).may(permission)
    }

    assert used == set(Permission)


@pytest.mark.parametrize("role", sorted(set(HUMAN_ROLES)))
def test_without_a_second_factor_no_group_that_names_or_reaches_anybody_opens(role):
    viewer = replace(somebody(role), second_factor=False, stepped_up=False)

    assert not any(
        viewer.may(each) for each in Permission if each.value.split(":")[1] in NAMED_GROUPS
    )


def test_dna_opens_only_to_somebody_who_proved_a_moment_ago_to_be_there():
    viewer = somebody(Role.FORENSIC_EXAMINER)

    assert viewer.may(Permission.MISSING_DNA_READ)
    assert not replace(viewer, stepped_up=False).may(Permission.MISSING_DNA_READ)


def test_a_purpose_that_is_not_the_dutys_opens_no_case():
    viewer = replace(somebody(Role.CONSULAR_OFFICER), purpose=Purpose.JUSTICE)

    assert not viewer.may(Permission.MISSING_READ)


def test_a_consulate_of_a_country_nobody_looked_at_must_be_named_itself():
    looked_at, not_yet = somebody(Role.CONSULAR_OFFICER), somebody(Role.CONSULAR_OFFICER)
    not_yet = replace(not_yet, country="VE")

    assert "consulate:HN" in looked_at.recipients
    assert not_yet.recipients == {"institution:3"}


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


def test_a_permission_names_a_resource_a_verb_and_sometimes_a_part():
    assert all(len(permission.value.split(":")) in {2, 3} for permission in Permission)
