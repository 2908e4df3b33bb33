"""Policies that cannot be relied on stop the start, and the refusal says where."""

from importlib.resources import files

import pytest

from casework.web.languages import OFFERED
from privacy.errors import UnsoundPolicy
from privacy.permissions import Permission, Purpose, Role
from privacy.policy.countries import DEFAULT, read_rules, shipped_rules
from privacy.policy.rulebook import FORBIDS, SCHEMA, read_rulebook, shipped_rulebook

EXAMINER = "forensic_examiner.cedar"


@pytest.fixture
def texts():
    """The policies that ship, to be spoilt."""
    return {
        each.name: each.read_text("utf-8")
        for each in files("privacy.policies").iterdir()
        if each.name.endswith((".cedar", SCHEMA))
    }


def read(texts, permissions=frozenset(Permission)):
    return read_rulebook(texts, duties=set(Role), permissions=permissions)


def rule(text, **changed):
    told = {"id": "planted", "es": "x", "en": "x", "source": "x"} | changed
    notes = "".join(f'@{name}("{value}")\n' for name, value in told.items() if value)
    return f"\n{notes}{text}\n"


PERMIT = (
    'permit (principal in Duty::"forensic_examiner", action == Action::"missing:read",'
    " resource is MissingPerson)"
)


def test_the_policies_that_ship_can_be_relied_on(texts):
    assert read(texts).rules == shipped_rulebook().rules


def test_every_rule_is_a_sentence_with_a_source_in_every_language_of_the_pages():
    for each in shipped_rulebook().rules.values():
        assert each.source
        assert (each.id, set(each.says)) == (each.id, set(OFFERED))
        assert all(sentence.endswith(".") for sentence in each.says.values())


def test_every_rule_knows_the_line_it_stands_on(texts):
    for each in shipped_rulebook().rules.values():
        assert f'@id("{each.id}")' in texts[each.file].splitlines()[each.line - 1]


def test_r07_a_permission_that_is_no_action_stops_the_start(texts):
    with pytest.raises(UnsoundPolicy, match="'remains:paint' is known to the code only"):
        read(texts, {*Permission, "remains:paint"})


def test_r07_an_action_that_is_no_permission_stops_the_start(texts):
    with pytest.raises(UnsoundPolicy, match=r"'log:read' is known to schema\.cedarschema only"):
        read(texts, set(Permission) - {Permission.LOG_READ})


def test_r07_a_rule_about_an_unknown_action_stops_the_start(texts):
    texts[EXAMINER] += rule(PERMIT.replace("missing:read", "missing:raed") + ";")

    with pytest.raises(UnsoundPolicy, match=rf"{EXAMINER}:\d+ \(planted\).*missing:raed"):
        read(texts)


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (rule(PERMIT + " when { resource.nope };"), "attribute `nope`"),
        (rule(PERMIT + " when { resource.owner == ; };"), "unexpected token"),
        (rule(PERMIT + " when { resource.owner };"), "expected Bool"),
        (rule(PERMIT + ";", source=""), "lacks @source"),
        (rule(PERMIT + ";", en=""), "lacks @en"),
        (rule(PERMIT + ";", id=""), "lacks @id"),
        (rule(PERMIT + ";", id="protected-from-consulates"), "used twice"),
        (rule(PERMIT.replace("forensic_examiner", "analyst") + ";"), "permits to Duty"),
        (
            rule(PERMIT.replace('principal in Duty::"forensic_examiner"', "principal") + ";"),
            "permits to Duty",
        ),
        (rule(PERMIT.replace(" is MissingPerson", "") + ";"), "names its actions"),
        (rule(PERMIT.replace("permit", "forbid") + ";"), "permits stand with duties"),
    ],
)
def test_r05_a_malformed_rule_stops_the_start_and_is_named(texts, planted, told):
    texts[EXAMINER] += planted

    with pytest.raises(UnsoundPolicy, match=told) as refusal:
        read(texts)

    assert EXAMINER in str(refusal.value) or FORBIDS in str(refusal.value)


def test_r05_a_template_stops_the_start(texts):
    texts[EXAMINER] += rule(PERMIT.replace('Duty::"forensic_examiner"', "?principal") + ";")

    with pytest.raises(UnsoundPolicy, match="a template decides nothing"):
        read(texts)


def test_r05_a_permit_among_the_prohibitions_stops_the_start(texts):
    texts[FORBIDS] += rule(PERMIT + ";")

    with pytest.raises(UnsoundPolicy, match="permits stand with duties"):
        read(texts)


@pytest.mark.parametrize("name", [SCHEMA, FORBIDS, EXAMINER])
def test_r05_a_missing_file_stops_the_start(texts, name):
    del texts[name]

    with pytest.raises(UnsoundPolicy, match=name):
        read(texts)


def test_r05_a_broken_schema_stops_the_start(texts):
    texts[SCHEMA] = texts[SCHEMA].replace("protected: Bool", "protected: Boolean")

    with pytest.raises(UnsoundPolicy, match="Boolean"):
        read(texts)


def test_r05_a_schema_without_an_attribute_that_a_rule_uses_stops_the_start(texts):
    texts[SCHEMA] = texts[SCHEMA].replace("  protected: Bool,\n", "")

    with pytest.raises(UnsoundPolicy, match="protected"):
        read(texts)


@pytest.mark.parametrize("word", ["enforc", "deport", "police", "border", "detention"])
def test_r08_no_policy_speaks_of_enforcement_but_to_exclude_it(texts, word):
    said = [
        line
        for name, text in texts.items()
        for line in text.casefold().splitlines()
        if word in line and not line.startswith(("//", "@"))
    ]

    assert said == []


def test_r08_a_duty_of_enforcement_would_be_refused(texts):
    texts["border_police.cedar"] = rule(PERMIT.replace("forensic_examiner", "border_police"))

    with pytest.raises(UnsoundPolicy, match=r"border_police\.cedar"):
        read(texts)


def test_r08_the_purposes_in_the_prohibitions_are_those_of_the_code(texts):
    quoted = {
        word
        for line in texts[FORBIDS].splitlines()
        if "contains(principal.purpose)" in line
        for word in line.split("[")[1].split("]")[0].replace('"', "").split(", ")
    }

    assert quoted <= {each.value for each in Purpose}
    assert "enforcement" not in quoted


SHARE, MORE = "dna_threshold = 0.9995\n", "dna_threshold = 1.5\n"


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("[default", "countries.toml"),
        ('[MX]\nbasis = "x"', "must say"),
        (
            f'[Mex]\nconsulate_must_be_named = true\ndna_may_travel = true\n{SHARE}basis = "x"',
            "two letters",
        ),
        (
            f'[MX]\nconsulate_must_be_named = 1\ndna_may_travel = true\n{SHARE}basis = "x"',
            "wrong kind",
        ),
        (
            f'[MX]\nconsulate_must_be_named = true\ndna_may_travel = true\n{SHARE}basis = " "',
            "legal",
        ),
        (
            f'[MX]\nconsulate_must_be_named = true\ndna_may_travel = true\n{SHARE}basis = "x"',
            "missing",
        ),
        (
            f'[MX]\nconsulate_must_be_named = true\ndna_may_travel = true\n{MORE}basis = "x"',
            "no share",
        ),
    ],
)
def test_a_table_of_countries_that_cannot_be_relied_on_is_refused(spoilt, told):
    with pytest.raises(UnsoundPolicy, match=told):
        read_rules(spoilt)


def test_a_country_nobody_looked_at_gets_the_stricter_answers():
    usual = shipped_rules()[DEFAULT]

    assert usual.consulate_must_be_named
    assert not usual.dna_may_travel
