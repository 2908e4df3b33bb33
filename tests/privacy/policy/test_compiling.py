"""r05: a rule of which no safe query can be made shows nothing, and says so."""

import json

import pytest
import sqlalchemy as sa

import casework.guarded  # noqa: F401 - registers what the policies speak of
from casework.imports.model import ImportRun
from casework.missing.model import MissingPerson
from privacy.door import condition
from privacy.errors import UnguardedRecord, UnreadableRule
from privacy.permissions import Permission, Purpose, Role, Viewer
from privacy.policy import decisions, residuals
from privacy.policy.compiling import compiled
from privacy.policy.guarded import Asked, guarded_of, listed, plain
from privacy.policy.residuals import ALWAYS, NEVER, NOTHING, Open, left_open, told_once
from tests.privacy.policy.test_truth_table import Person

VIEWER = Viewer(
    7, Role.FORENSIC_EXAMINER, 2, "MX", Purpose.SEARCH, second_factor=True, stepped_up=True
)
RECORD = {"unknown": [{"Value": "resource"}]}


def attribute(*path):
    node = RECORD
    for name in path:
        node = {".": {"left": node, "attr": name}}
    return node


def written(*permits, forbids=()):
    guarded = guarded_of(MissingPerson)
    made = compiled(
        [Open(tuple(permits), tuple(forbids))], guarded, Asked(VIEWER, sa.func.now())
    )
    return str(made.compile(compile_kwargs={"literal_binds": True}))


OWNER = attribute("owner")
SEARCH = attribute("circumstance", "search")
IDENTIFY = attribute("circumstance", "identify")
PLAIN = {"Value": 3}
HN = {"Set": [{"Value": "HN"}]}


@pytest.mark.parametrize(
    "rule",
    [
        {"like": {"left": OWNER, "pattern": "x"}},  # a form nobody taught the compiler
        {"error": "undefined"},
        {"has": {"left": RECORD, "attr": "owner"}},
        {"if-then-else": {"if": attribute("protected"), "then": ALWAYS, "else": NEVER}},
        attribute("nothing_known"),
        OWNER,  # a number is neither true nor false
        {"==": {"left": SEARCH, "right": PLAIN}},  # a set is no single value
        {"==": {"left": OWNER, "right": {"Value": [3]}}},
        {"==": {"left": {"Var": "principal"}, "right": PLAIN}},
        {"contains": {"left": OWNER, "right": PLAIN}},
        {"containsAny": {"left": OWNER, "right": HN}},
        {"containsAny": {"left": attribute("nationalities"), "right": OWNER}},
        {"contains": {"left": attribute("nationalities"), "right": OWNER}},
    ],
)
def test_r05_a_form_the_compiler_does_not_know_is_refused(rule):
    for permits, forbids in (
        ((rule,), ()),
        ((ALWAYS,), (rule,)),
        (({"!": {"arg": rule}},), ()),
    ):
        with pytest.raises(UnreadableRule):
            written(*permits, forbids=forbids)


def test_each_form_the_compiler_knows_says_what_it_should():
    assert written({"==": {"left": OWNER, "right": PLAIN}}).endswith("institution_id = 3")
    assert "!= 3" in written({"!=": {"left": OWNER, "right": PLAIN}})
    assert "IN ('HN')" in written({"contains": {"left": HN, "right": attribute("country")}})
    assert "consent.recipient IN ('x')" in written(
        {"contains": {"left": SEARCH, "right": {"Value": "x"}}}
    )
    both = {"&&": {"left": attribute("protected"), "right": ALWAYS}}
    assert written(both) == written(attribute("protected"))
    either = {"||": {"left": attribute("protected"), "right": NEVER}}
    assert "missing_person.protected" in written(either)
    values = {"Value": ["x", "y"]}
    assert "IN ('x', 'y')" in written({"containsAny": {"left": SEARCH, "right": values}})


def test_grants_for_several_purposes_are_asked_in_one_question():
    to = {"Set": [{"Value": "forensic"}]}
    asked = {
        "||": {
            "left": {"containsAny": {"left": SEARCH, "right": to}},
            "right": {
                "containsAny": {"left": attribute("circumstance", "identify"), "right": to}
            },
        }
    }

    assert written(asked).count("EXISTS") == 1
    assert "IN ('identify', 'search')" in written(asked)


def test_of_two_questions_that_which_follows_from_the_other_is_not_asked():
    own = {"==": {"left": OWNER, "right": PLAIN}}
    closed = attribute("protected")
    to = {"containsAny": {"left": SEARCH, "right": HN}}
    wide = Open((own,), (closed,))
    narrow = Open(({"&&": {"left": own, "right": to}},), (closed,))

    assert (
        told_once([wide, narrow]) == told_once([narrow, wide]) == ([narrow.permits], [closed])
    )
    assert told_once([wide, wide]) == ([wide.permits], [closed])
    assert told_once([wide, Open((to,), ())]) == ([(own,), (to,)], [closed])
    assert told_once([Open((ALWAYS,), ()), wide])[0] == [wide.permits]


def test_nothing_permitted_is_no_row_and_a_forbid_of_all_closes_all():
    assert written() == written(ALWAYS, forbids=(ALWAYS,)) == str(sa.false())
    assert NOTHING.nothing
    assert Open((ALWAYS,), ()).everything


def test_a_question_about_another_kind_of_record_opens_nothing():
    assert left_open(VIEWER, Permission.MISSING_READ, "Remains") is NOTHING


def test_r05_a_fault_that_cedar_reports_while_evaluating_is_refused(monkeypatch):
    class Faulty:
        diagnostics = type("Told", (), {"errors": ["planted fault"]})

    monkeypatch.setattr(residuals.cedarpy, "is_authorized_partial", lambda *_, **__: Faulty)

    with pytest.raises(UnreadableRule, match="planted fault"):
        left_open.__wrapped__(VIEWER, Permission.MISSING_READ, "MissingPerson")


def test_r05_a_residual_that_is_no_expression_is_refused(monkeypatch):
    policy = {"effect": "permit", "conditions": [{"kind": "when", "body": {"a": 1, "b": 2}}]}

    class Odd:
        diagnostics = type("Told", (), {"errors": []})
        residuals = {"policy0": policy}  # noqa: RUF012 - a stand-in for Cedar's answer

    monkeypatch.setattr(residuals.cedarpy, "is_authorized_partial", lambda *_, **__: Odd)

    with pytest.raises(UnreadableRule, match="Not one expression"):
        left_open.__wrapped__(VIEWER, Permission.MISSING_READ, "MissingPerson")


def test_unless_is_read_as_the_opposite_of_when(monkeypatch):
    closed = {"kind": "unless", "body": {"!": {"arg": NEVER}}}

    class Answer:
        diagnostics = type("Told", (), {"errors": []})
        residuals = {  # noqa: RUF012 - a stand-in for Cedar's answer
            "a": {"effect": "permit", "conditions": []},
            "b": {"effect": "forbid", "conditions": [closed]},
        }

    monkeypatch.setattr(residuals.cedarpy, "is_authorized_partial", lambda *_, **__: Answer)

    found = left_open.__wrapped__(VIEWER, Permission.MISSING_READ, "MissingPerson")

    assert found == Open((ALWAYS,), ())


def test_r05_a_forbid_that_fails_denies_where_cedar_alone_would_allow():
    """Cedar skips a prohibition that fails; here a record without an attribute gets past."""
    facts = {
        name: value for name, value in Person(owner=2).facts().items() if name != "restricted"
    }
    entity = {"uid": {"type": "MissingPerson", "id": "record"}, "attrs": facts, "parents": []}

    ruling = decisions._ruling(  # noqa: SLF001 - past the check that stands before it
        VIEWER, Permission.MISSING_READ, "MissingPerson", json.dumps([entity])
    )

    assert ruling == decisions.Ruling(allowed=False, rule=decisions.NOT_ANSWERED)


def test_an_act_about_the_registry_is_decided_without_a_record():
    officer = Viewer(7, Role.DATA_PROTECTION_OFFICER, 2, "MX", Purpose.OVERSIGHT)

    assert decisions.decide(officer, Permission.LOG_READ, at=None)
    assert not decisions.decide(VIEWER, Permission.LOG_READ, at=None)


def test_an_attribute_that_may_be_unknown_cannot_be_registered_as_it_stands():
    with pytest.raises(UnguardedRecord, match="may be NULL"):
        plain(ImportRun.account_id)
    with pytest.raises(UnguardedRecord, match="may be NULL"):
        listed(MissingPerson.restricted_at)


def test_parts_open_with_their_group_of_the_whole():
    from casework.missing.model import PersonName  # noqa: PLC0415 - the one part asked here

    made = str(condition(VIEWER, Permission.MISSING_IDENTITY_READ, PersonName, sa.func.now()))

    assert made.startswith("missing_person_name.case_id IN (SELECT missing_person.id")
