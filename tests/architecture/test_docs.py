"""The documentation names what is there: decisions, words, settings, duties and tests."""

import re

import pytest

from casework.candidates.model import MatchingState, PairingState
from casework.cli import VERBS
from casework.imports.model import RunState
from casework.models import metadata
from casework.settings import Settings
from casework.signin.model import InstitutionKind
from casework.signin.rules import DUTIES_OF
from matching.evidence.weight import Kind
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.permissions import HUMAN_ROLES, Purpose, Role
from tests.architecture.the_code import ROOT, sources

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "adr").glob("*.md"))
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
TESTS = {function.name for source in sources("tests") for function in source.functions()}


def read(name):
    return (DOCS / name).read_text("utf-8")


def amiss_in_decision(name, text):
    """Say what a page of `docs/adr` lacks."""
    number, title = re.match(r"# (\d+)\. (.+)", text).groups()
    if int(number) != int(name[:4]):
        yield f"{name}: says that it is number {number}"
    if re.findall(r"^## (.+)$", text, re.MULTILINE) != SECTIONS:
        yield f"{name}: has not the five sections in order"
    if not re.search(
        r"^(Accepted|Superseded by \d{4}), \d{4}-\d\d-\d\d\. Area: ", text, re.MULTILINE
    ):
        yield f"{name}: says neither when nor about what"
    if title.endswith("."):
        yield f"{name}: a title is no sentence"


def broken_links(page, text, root=ROOT):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not (page.parent / target).resolve().exists():
            yield f"{page.relative_to(root)}: {target}"


def unknown_tests(text):
    for name in re.findall(r"`(test_\w+)`", text):
        if name not in TESTS:
            yield name


def undocumented(words, text):
    return [str(word) for word in words if f"`{word}`" not in text]


def test_planted_faults_of_documents_are_caught(tmp_path):
    page = tmp_path / "page.md"
    text = "# 7. A title.\n\n## Context\n[gone](nowhere.md) `test_that_is_not_there` `known`"

    assert len(list(amiss_in_decision("0008-x.md", text))) == 4
    assert list(broken_links(page, text, tmp_path)) == ["page.md: nowhere.md"]
    assert list(unknown_tests(text)) == ["test_that_is_not_there"]
    assert undocumented(["known", "unheard_of"], text) == ["unheard_of"]


def test_every_decision_is_numbered_dated_and_whole():
    found = [
        each
        for page in DECISIONS
        for each in amiss_in_decision(page.name, page.read_text("utf-8"))
    ]

    assert found == []


def test_decisions_are_numbered_without_a_gap():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_decisions_cited_in_the_code_exist():
    cited = {
        number
        for source in sources("casework", "matching", "privacy", "tests")
        for number in re.findall(r"(?:ADR-|docs/adr/)(\d{4})", source.text)
    }

    assert cited <= {page.name[:4] for page in DECISIONS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page):
    assert list(broken_links(page, page.read_text("utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_test_named_as_proof_exists(page):
    assert list(unknown_tests(page.read_text("utf-8"))) == []


def test_every_setting_is_described_and_no_other():
    described = set(
        re.findall(r"^\| `(REUNIR_\w+)`", read("reference/settings.md"), re.MULTILINE)
    )

    assert described == {f"REUNIR_{name.upper()}" for name in Settings.model_fields}


def test_every_setting_says_in_one_line_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())


def test_every_verb_and_every_target_is_described():
    text = read("reference/commands.md")
    targets = re.findall(
        r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )

    assert [verb for verb in VERBS if not re.search(rf"\b{verb}\b", text)] == []
    assert [name for name in targets if name != "help" and f"`make {name}`" not in text] == []


def test_ci_runs_what_a_contributor_runs():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]
    assert "set -euo pipefail" in lines


def test_the_glossary_knows_the_words_of_the_house():
    words = {
        *(role.value for role in Role),
        *(purpose.value for purpose in Purpose),
        *(what.value for what in Reveals),
        *(kind.value for kind in Kind),
        *(
            state.value
            for states in (RunState, MatchingState, PairingState)
            for state in states
        ),
        *metadata.tables,
    }

    assert undocumented(sorted(words), read("glossary.md")) == []


def test_the_glossary_knows_every_slice():
    slices = {
        path.parent.name
        for path in (ROOT / "casework").glob("*/__init__.py")
        if any(path.parent.rglob("*.py"))
    }

    assert undocumented(sorted(slices), read("glossary.md")) == []


def test_the_glossary_knows_the_resources_of_the_log():
    resources = {deed.value.split(":")[0] for deed in Deed}

    assert undocumented(sorted(resources), read("glossary.md")) == []


def test_every_duty_is_described_with_where_it_can_be_held():
    text = read("reference/roles.md")

    assert undocumented([role.value for role in Role], text) == []
    for kind in InstitutionKind:
        (held,) = re.findall(rf"^\| [^|]*`{kind.value}` \| ([^|]*) \|$", text, re.MULTILINE)
        named = {
            role
            for role in HUMAN_ROLES
            if role.value.replace("_", " ") in held.replace("-", " ")
        }

        assert named == DUTIES_OF[kind]


def test_results_that_change_come_first_in_every_release():
    releases = re.split(r"^## ", read("changelog.md"), flags=re.MULTILINE)[1:]

    assert releases
    for release in releases:
        assert re.findall(r"^### (.+)$", release, re.MULTILINE)[0] == "Results that change"
