"""Who may open or seal without asking: modules named here, each with the reason why.

Everybody else opens by `open_group`, which asks the policies, counts, and writes the log.
"""

import ast

import pytest

from tests.architecture.the_code import Source, is_below, sources

WITHOUT_ASKING = {
    "open_fields",
    "open_plain",
    "seal_cases",
    "seal_parts",
    "seal",
    "unseal",
    "to_open",
}
MAY_OPEN = {
    "casework/candidates/reading.py": "the engine reads what it weighs, as the matcher",
    "casework/finding/keeping.py": "a search, to the very account that keeps it",
    "casework/finding/standing.py": "tokens of what is kept, as the keeper, who shows nobody",
    "casework/imports/keeping.py": "compares a file with what is kept, as the keeper",
    "casework/imports/queries.py": "rows put aside, to whoever brought them in",
    "casework/imports/storing.py": "seals the rows of a file",
    "casework/key_care.py": "proves at the start that the keys open one case of each version",
    "casework/review/outcomes.py": "two opinions, once both are given; tells what came of it",
    "casework/rights/correcting.py": "a correction by right, proven and decided before",
    "casework/rights/holdings.py": "all that is held about one person, for that person",
    "casework/signin/secret_codes.py": "secrets of the door, of no case",
    "privacy/sealing/": "sealing itself; asked and logged in `open_group`",
}


def openers(found):
    """Name each file that opens or seals by itself, whatever name it gives it."""
    for source in found:
        if is_below(source.path, *MAY_OPEN):
            continue
        for node in ast.walk(source.tree):
            imported = isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "privacy.sealing"
            )
            names = {each.name for each in node.names} if imported else set()
            if isinstance(node, ast.Attribute):
                names = {node.attr}
            if used := names & (WITHOUT_ASKING | ({"*"} if imported else set())):
                yield f"{source.path}:{node.lineno} {', '.join(sorted(used))}"


def test_a_planted_opening_without_asking_is_caught():
    by_name = "from privacy.sealing.opening import open_fields as show\n"
    whole = "from privacy.sealing import bulk\nbulk.open_plain(session, Model, 'words', rows)\n"
    everything = "from privacy.sealing.cipher import *\n"
    by_key = "keys.to_open({case})\n"
    asked = "from privacy.sealing.opening import Opened, open_group\n"
    planted = [by_name, whole, everything, by_key]
    found = [
        Source(f"casework/missing/{number}.py", text)
        for number, text in enumerate([*planted, asked])
    ]

    assert [each.split(":")[0] for each in openers(found)] == [
        each.path for each in found[: len(planted)]
    ]


def test_nobody_else_opens_or_seals_without_asking():
    assert list(openers(sources("casework", "privacy"))) == []


def test_every_module_that_may_needs_it_and_says_why(monkeypatch):
    places = dict(MAY_OPEN)
    monkeypatch.setitem(globals(), "MAY_OPEN", {})
    needed = [each.split(":")[0] for each in openers(sources("casework", "privacy"))]

    for place, why in places.items():
        assert any(is_below(each, place) for each in needed), place
        assert len(why.split()) > 1


@pytest.mark.parametrize("place", sorted(MAY_OPEN))
def test_no_page_and_no_answer_is_among_them(place):
    assert not place.endswith(("pages.py", "api.py", "presenters.py"))
