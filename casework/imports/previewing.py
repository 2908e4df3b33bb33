"""What a file would become, before anything of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casework.imports.findings import Finding
from casework.imports.keeping import Draft
from casework.imports.model import ImportRun
from casework.imports.profiles import ReadRow, Reads, open_as
from casework.imports.reading import open_bytes
from casework.imports.shelves import rows_for
from casework.imports.storing import Tally, read_row
from casework.settings import settings
from privacy.permissions import Viewer

FIRST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Understood:
    """A row as it would be kept, or `None` with the reasons why it would not."""

    line: int
    key: str
    draft: Draft | None = field(repr=False)
    found: Sequence[Finding]


@dataclass(slots=True)
class Preview:
    """All rows of a file counted, the first ones and the first refused ones in full."""

    reads: Reads
    fine: int = 0
    noted: int = 0
    refused: int = 0
    first: list[Understood] = field(default_factory=list)
    first_refused: list[Understood] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.fine + self.noted + self.refused

    def add(self, row: Understood) -> None:
        """Count one row."""
        if row.draft is None:
            self.refused += 1
        elif row.found:
            self.noted += 1
        else:
            self.fine += 1
        if len(self.first) < FIRST_ROWS:
            self.first.append(row)
        if row.draft is None and len(self.first_refused) < FIRST_ROWS:
            self.first_refused.append(row)


def look_at(run: ImportRun, content: bytes, viewer: Viewer, *, at: datetime) -> Preview:
    """Read the whole file as the import would, without looking at what is stored.

    Raises
    ------
    UnreadableFile
        If the file can no longer be read, as after a change of release.
    """
    opened = open_as(open_bytes(content, run.file_name), run.profile)
    rows = list(opened.rows)
    domain = settings().domain
    wanted = rows_for(opened.profile, rows, run, viewer, domain=domain, at=at)
    preview = Preview(opened.profile.reads)
    preview.findings.extend(Finding.of(0, problem) for problem in opened.problems)
    tally = Tally()
    for row in rows:
        draft, found = read_row(row, wanted, None, tally)
        preview.findings.extend(found)
        preview.add(Understood(row.line, _name(row), draft, found))
    return preview


def _name(row: ReadRow) -> str:
    if row.plain is not None:
        return row.plain.record_id
    return row.draft.source_key if row.draft is not None else ""
