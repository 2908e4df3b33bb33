"""Why a decision is so: told to the data-protection officer and to operators, in sentences."""

import re
from importlib.resources import files

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from casework.database import Database
from casework.policies import commands
from casework.policies.commands import policy
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import UnsoundPolicy
from privacy.permissions import KEEPER
from privacy.policy import rulebook
from privacy.policy.rulebook import shipped_rulebook
from tests.builders import a_missing_person


@pytest.fixture
def person(database, lidia):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia, protected=True).reference


@pytest.fixture
def run(database, monkeypatch):
    """The command, on this test's own database."""
    monkeypatch.setattr(commands, "open_database", lambda _settings: database)

    def run(*words):
        return CliRunner().invoke(policy, words, catch_exceptions=False)

    return run


def test_every_rule_is_listed_with_its_place_and_source(run):
    printed = run("list").output

    for rule in shipped_rulebook().rules.values():
        assert f"{rule.id}, {rule.file}:{rule.line}. {rule.source}" in printed


def test_a_duty_is_listed_with_what_nobody_can_undo(run):
    printed = run("list", "--role", "consular_officer").output

    assert "consulate-reads-identity" in printed
    assert "protected-from-consulates" in printed
    assert "liaison-reads-own" not in printed


def test_the_rule_that_hides_a_protected_person_is_named(run, person):
    told = run("explain", "--who", "carlos", "--what", "missing:read", "--about", person)

    assert told.output.startswith("No.")
    assert "protected-from-consulates, forbids.cedar:" in told.output


def test_the_rule_that_opens_is_named(run, person):
    told = run(
        "explain", "--who", "lidia", "--what", "missing:identity:read", "--about", person
    )

    assert told.output.splitlines()[0] == "Yes."
    assert "liaison-reads-own, liaison_officer.cedar:" in told.output


def test_what_would_open_it_is_said(run, person):
    asked = ("explain", "--who", "lidia", "--what", "missing:contact:read", "--about", person)
    told = run(*asked, "--password-only").output

    assert "second-factor-missing" in told
    assert len(told.splitlines()) > len(run(*asked).output.splitlines())


def test_without_a_record_the_duty_alone_answers(run):
    assert "No" in run("explain", "--who", "admin", "--what", "missing:read").output
    told = run("explain", "--who", "dora", "--what", "log:read").output
    assert "dpo-reads-log" in told


def test_the_officer_asks_on_a_page_and_that_is_recorded(signed_in, database, dora, person):
    browser = signed_in("dora")

    page = browser.get(
        "/policies", params={"who": "carlos", "what": "missing:read", "about": person}
    )

    assert page.status_code == 200
    assert "protected-from-consulates" in page.text
    assert "Marisol" not in page.text
    with database.transaction(dora) as session:
        line = session.scalars(
            sa.select(Entry).where(Entry.deed == Deed.POLICY_EXPLAINED).order_by(Entry.position)
        ).one()
    assert (line.about, line.account_id) == (person, dora.account_id)


def test_the_page_lists_the_rules_of_a_duty_in_the_readers_language(signed_in):
    page = signed_in("dora").get("/policies", params={"role": "liaison_officer"}).text

    rule = shipped_rulebook().rules["liaison-reads-own"]
    assert rule.says["es"] in page
    assert re.search(r"liaison_officer\.cedar:\d+", page)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"who": "nobody"}, "Nadie tiene ese nombre"),
        ({"who": "amal", "about": "MP-2222-2222"}, "Ningún expediente tiene"),
        ({"who": "amal", "about": "nonsense"}, "Ningún expediente tiene"),
    ],
)
def test_who_or_what_is_not_there_is_said(signed_in, asked, told):
    assert told in signed_in("dora").get("/policies", params=asked).text


@pytest.mark.parametrize("name", ["amal", "bruno", "lidia", "carlos", "admin", "ana"])
def test_nobody_else_may_ask_why(signed_in, name):
    assert signed_in(name).get("/policies").status_code == 403


def test_r07_policies_that_cannot_be_relied_on_stop_every_start(database, monkeypatch):
    spoilt = files("privacy.policies").joinpath("forbids.cedar").read_text("utf-8")
    monkeypatch.setattr(
        rulebook, "read_files", lambda: {"forbids.cedar": spoilt.replace("forbid", "forbit")}
    )
    rulebook.shipped_rulebook.cache_clear()

    with pytest.raises(UnsoundPolicy, match=r"schema\.cedarschema"):
        Database(database.url)

    monkeypatch.undo()
    rulebook.shipped_rulebook.cache_clear()
    assert rulebook.shipped_rulebook().rules
