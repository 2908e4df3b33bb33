"""Storing the rows of one file, a thousand at a time, and counting what became of each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.imports.findings import Finding
from casework.imports.keeping import Draft, Kept, keep
from casework.imports.model import ImportProblem, ImportRun, QuarantinedRow
from casework.imports.person_rows import PersonRows
from casework.imports.problems import Problem, Rule, Severity
from casework.imports.profiles import Opened, ReadRow
from casework.imports.shelves import Rows, rows_for, too_long
from casework.settings import settings
from casework.signin.model import Institution
from privacy.permissions import Purpose, Role, Viewer
from privacy.sealing.bulk import seal_parts

ROWS_AT_A_TIME = 1_000
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file; the five counts are disjoint and add up."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    # Key → the line that had it first.
    lines: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def read(self) -> int:
        return self.counts.total()


def store_rows(
    session: Session, run: ImportRun, opened: Opened, *, at: datetime, progress: Progress
) -> Tally:
    """Keep every row that can be kept, and put every other aside with its reasons."""
    rows = list(opened.rows)
    progress(0, len(rows))
    owner = _owner(session, run)
    wanted = rows_for(opened.profile, rows, run, owner, domain=settings().domain, at=at)
    tally = Tally(findings=[Finding.of(0, problem) for problem in opened.problems])
    for chunk in _chunks(rows):
        _store_chunk(session, run, wanted, chunk, tally=tally, at=at)
        progress(tally.read, len(rows))
    _write_findings(session, run, tally.findings)
    return tally


def _store_chunk(
    session: Session,
    run: ImportRun,
    wanted: Rows,
    rows: Sequence[ReadRow],
    *,
    tally: Tally,
    at: datetime,
) -> None:
    known = wanted.known(session, rows)
    taken: list[tuple[Draft, bool]] = []
    aside: list[tuple[ReadRow, tuple[Finding, ...]]] = []
    for row in rows:
        draft, found = read_row(row, wanted, known.get(wanted.key_of(row) or ""), tally)
        tally.findings.extend(found)
        if draft is None:
            aside.append((row, found))
        else:
            taken.append((draft, bool(found)))
    drafts = [draft for draft, _ in taken]
    outcomes = keep(session, wanted.shelf, drafts, known, run_id=run.id, at=at)
    if isinstance(wanted, PersonRows):
        wanted.declare(session, drafts, outcomes, at=at)
    for (_, is_noted), outcome in zip(taken, outcomes, strict=True):
        tally.counts[_count_of(outcome, is_noted=is_noted)] += 1
    _set_aside(session, run, aside)
    if aside:
        tally.counts["quarantined"] += len(aside)


def read_row(
    row: ReadRow, wanted: Rows, stored: object | None, tally: Tally
) -> tuple[Draft | None, tuple[Finding, ...]]:
    """Turn a row into what would be kept, with all that is noticed; `None` keeps it out."""
    noticed = tuple(Finding.of(row.line, problem) for problem in row.problems)
    draft, noted = wanted.draft_of(row, stored)
    if draft is None:
        return None, (*noticed, *noted)
    faults = too_long(row.line, draft)
    first = tally.lines.setdefault(draft.key, row.line)
    if first != row.line:
        # Readers see to this themselves; one that did not must not undo its own rows.
        again = Problem(Rule.REPEATED_RECORD_ID, "record_id", draft.key, str(first))
        faults = (*faults, Finding.of(row.line, again))
    return (None if faults else draft), (*noticed, *noted, *faults)


def _count_of(outcome: Kept, *, is_noted: bool) -> str:
    if outcome is Kept.ADDED:
        return "accepted_with_warning" if is_noted else "accepted"
    return outcome.value


def _set_aside(
    session: Session,
    run: ImportRun,
    aside: Sequence[tuple[ReadRow, tuple[Finding, ...]]],
) -> None:
    rows = [
        {
            "import_run_id": run.id,
            "line": row.line,
            "original": [list(cell) for cell in row.original.items()],
            "rules": sorted(
                {each.rule for each in found if each.severity is Severity.QUARANTINE}
            ),
        }
        for row, found in aside
    ]
    _write_of_run(session, run, QuarantinedRow, rows)


def _write_findings(session: Session, run: ImportRun, findings: Sequence[Finding]) -> None:
    rows = [
        {
            "import_run_id": run.id,
            "line": each.line,
            "field": each.field[:120],
            "found": each.found,
            "detail": each.detail,
            "rule": each.rule,
            "severity": each.severity,
        }
        for each in findings
    ]
    _write_of_run(session, run, ImportProblem, rows)


def _write_of_run(
    session: Session, run: ImportRun, model: type[Any], rows: list[dict[str, Any]]
) -> None:
    """Write what quotes the file, sealed with the key of its run."""
    if rows:
        seal_parts(session, model, [(run.seal_id, row) for row in rows])
        session.execute(sa.insert(cast("sa.Table", model.__table__)), rows)


def _owner(session: Session, run: ImportRun) -> Viewer:
    institution = session.get(Institution, run.institution_id)
    if institution is None:
        raise NotFound("institution")
    return Viewer(
        account_id=run.account_id or 0,
        role=Role.ENGINE,
        institution_id=institution.id,
        country=institution.country,
        purpose=Purpose.KEEP,
    )


def _chunks(rows: Sequence[ReadRow]) -> Iterator[Sequence[ReadRow]]:
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        yield rows[first : first + ROWS_AT_A_TIME]
