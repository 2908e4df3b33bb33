"""The report of one import: what became of the rows, and every fault, row by row."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from casework.imports.findings import sentence_of
from casework.imports.model import ImportRun
from casework.imports.problems import Severity

Gettext = Callable[[str], str]

COUNTS = ("accepted", "accepted_with_warning", "updated", "unchanged", "quarantined")
"""Disjoint: every row read is in exactly one, so they add up to `read`."""

SEVERAL = "…"


class Found(Protocol):
    """A fault of a row, as the reader notes it or as the registry keeps it."""

    @property
    def line(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def found(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


@dataclass(frozen=True, slots=True)
class ToldRule:
    """How often a rule was met, and what it says; a column that varies is left open."""

    rule: str
    severity: Severity
    times: int
    sentence: str

    @property
    def keeps_out(self) -> bool:
        return self.severity is Severity.QUARANTINE


@dataclass(slots=True)
class Gathered:
    """What the faults of one rule have in common."""

    severity: Severity
    column: str
    detail: str
    times: int = 0

    def add(self, times: int, column: str, detail: str) -> None:
        """Count more faults; a column or a detail that differs is no longer told."""
        self.times += times
        self.column = column if column == self.column else SEVERAL
        self.detail = detail if detail == self.detail else SEVERAL


def sentence(found: Found, gettext: Gettext) -> str:
    """Say one fault in the reader's language."""
    details = {"column": found.field, "detail": found.detail}
    return sentence_of(found.rule, details, gettext)


def tell_by_rule(faults: Iterable[Found], gettext: Gettext) -> list[ToldRule]:
    """Count faults by rule: what kept rows out first, then what was met most."""
    gathered: dict[str, Gathered] = {}
    for each in faults:
        start = Gathered(each.severity, each.field, each.detail)
        gathered.setdefault(each.rule, start).add(1, each.field, each.detail)
    return told_rules(gathered, gettext)


def told_rules(gathered: dict[str, Gathered], gettext: Gettext) -> list[ToldRule]:
    """Put what was gathered by rule into words, in the order in which it matters."""
    told = [
        ToldRule(
            rule,
            each.severity,
            each.times,
            sentence_of(rule, {"column": each.column, "detail": each.detail}, gettext),
        )
        for rule, each in gathered.items()
    ]
    return sorted(told, key=lambda each: (not each.keeps_out, -each.times, each.rule))


def report_of(
    run: ImportRun,
    faults: Sequence[Found],
    gettext: Gettext,
    *,
    is_dry: bool = False,
) -> dict[str, Any]:
    """Write the report as data (docs/reference/batch-tables.md, `reunir import`)."""
    return {
        "file": run.file_name,
        "sha256": run.file_sha256,
        "profile": run.profile,
        "layout": run.layout,
        "dry_run": is_dry,
        "seconds": _seconds(run),
        "read": run.read,
        **{name: getattr(run, name) for name in COUNTS},
        "by_rule": dict(Counter(each.rule for each in faults).most_common()),
        "problems": [_problem(each, gettext) for each in faults],
    }


def as_json(report: dict[str, Any]) -> str:
    """Write a report as the text of its file."""
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _seconds(run: ImportRun) -> float | None:
    if run.started_at is None or run.finished_at is None:
        return None
    return round((run.finished_at - run.started_at).total_seconds(), 2)


def _problem(found: Found, gettext: Gettext) -> dict[str, Any]:
    return {
        # What is noticed about the file as a whole stands in no row.
        "row": found.line or None,
        "column": found.field,
        "value": found.found,
        "rule": found.rule,
        "severity": found.severity.value,
        "sentence": sentence(found, gettext),
    }
