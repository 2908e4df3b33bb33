"""Every refusal has an answer, and stands in the tree drawn at the top of its package."""

import ast
import pkgutil
from importlib import import_module

import pytest

import casework
import matching
import privacy
from casework.errors import CaseworkError
from casework.web.errors import ANSWERS, answer_to
from matching.errors import MatchingError
from privacy.errors import PrivacyError, StillSealed
from tests.architecture.the_code import PACKAGES, Source, sources

ROOTS = (CaseworkError, MatchingError, PrivacyError)
OUR_MISTAKES = {StillSealed}
WORDS = {"str", "StrEnum"}  # what a refusal may carry; not a refusal itself


@pytest.fixture(scope="module", autouse=True)
def _everything_is_imported():
    """A refusal that nobody imported would not be found among its parent's children."""
    for package in (casework, matching, privacy):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def descendants(kind):
    return [each for child in kind.__subclasses__() for each in (child, *descendants(child))]


def unanswered(*roots):
    return [
        error.__name__
        for root in roots
        for error in descendants(root)
        if not any(kind in ANSWERS for kind in error.__mro__)
    ]


def undrawn(found):
    for source in found:
        if not source.path.endswith("/errors.py") or source.path.startswith("casework/web/"):
            continue
        drawn = ast.get_docstring(source.tree) or ""
        for node in source.tree.body:
            if not isinstance(node, ast.ClassDef) or ast.unparse(node.bases[0]) in WORDS:
                continue
            if node.name not in drawn:
                yield f"{source.path}: {node.name}"


def test_planted_refusals_are_caught():
    class Root(Exception):
        pass

    class Forgotten(Root):
        pass

    drawn_badly = Source("casework/x/errors.py", '"""A tree."""\nclass Lost(Exception): ...')

    assert unanswered(Root) == [Forgotten.__name__]
    assert list(undrawn([drawn_badly])) == ["casework/x/errors.py: Lost"]


def test_every_refusal_has_an_answer():
    assert unanswered(*ROOTS) == []


def test_every_answer_is_a_refusal_to_the_visitor_or_a_machine_that_is_down():
    for error in (each for root in ROOTS for each in descendants(root)):
        answer = answer_to(error)

        # Reading a sealed field unopened is a mistake of ours, never the visitor's.
        assert 400 <= answer.status < 500 or answer.status == 503 or error in OUR_MISTAKES
        assert answer.title
        assert answer.sentence


def test_no_answer_stands_for_a_whole_package_of_ours():
    # A row for the root would answer every forgotten refusal, and the test above with it.
    assert CaseworkError not in ANSWERS
    assert PrivacyError not in ANSWERS


def test_every_refusal_is_drawn_in_its_packages_tree():
    assert list(undrawn(sources(*PACKAGES))) == []
