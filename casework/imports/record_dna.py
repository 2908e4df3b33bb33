"""What a whole record says of families and samples, held together before it is kept."""

from collections.abc import Iterator
from typing import Any

from casework.dataset.values import NONE
from casework.imports.problems import Problem, Rule
from casework.pedigree.tree import Contradiction
from casework.pedigree.written import tree_of_words
from casework.statements.picture import Picture, entries_in


def dna_problems(picture: Picture) -> Iterator[Problem]:
    """Name what cannot be: a family no family can be, a chain of a sample that is not there."""
    family = entries_in(picture, "dna_family")
    if family:
        try:
            tree_of_words(family.values())
        except Contradiction:
            yield Problem(Rule.FAMILY_CANNOT_BE, "dna_family")
    samples = {_sample(each) for each in entries_in(picture, "dna_samples").values()}
    for number, each in entries_in(picture, "dna_custody").items():
        if _sample(each) not in samples:
            yield Problem(Rule.CUSTODY_OF_NO_SAMPLE, f"dna_custody/{number}")


def _sample(entry: Any) -> str:
    said = entry.get("sample_id", "")
    return "" if isinstance(said, dict) and NONE in said else str(said)
