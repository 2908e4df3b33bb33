"""What an import found wrong, whichever reader found it, ready to be kept and to be said."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.imports.plain_rows import CELL_SENTENCES, CellProblem, detail_of
from casework.imports.problems import SENTENCES, Problem, Rule, Severity

LONGEST_FOUND = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one row. `found` is the row's own text and may name somebody."""

    line: int
    field: str
    rule: str
    severity: Severity
    detail: str = ""
    found: str = dataclasses.field(default="", repr=False)

    @classmethod
    def of(cls, line: int, problem: Problem) -> "Finding":
        """Take over what the reader of a layout noticed."""
        return cls(
            line=line,
            field=problem.column,
            rule=problem.rule.value,
            severity=problem.severity,
            detail=problem.detail,
            found=problem.value[:LONGEST_FOUND],
        )

    @classmethod
    def of_cell(cls, line: int, problem: CellProblem) -> "Finding":
        """Take over a cell that the plain table cannot read; it keeps the row out."""
        return cls(
            line=line,
            field=problem.column,
            rule=problem.rule.value,
            severity=Severity.QUARANTINE,
            detail=detail_of(problem),
            found=problem.value[:LONGEST_FOUND],
        )


def sentence_of(rule: str, details: Mapping[str, str], gettext: Callable[[str], str]) -> str:
    """Say what is wrong in the reader's language; `details` holds column and detail."""
    if rule in CELL_SENTENCES:
        return gettext(CELL_SENTENCES[rule]) % details
    return gettext(SENTENCES[Rule(rule)]) % details
