"""Which rows go to which shelf, and which are turned away before they reach it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.imports.findings import Finding
from casework.imports.how_new import Dating
from casework.imports.incident_rows import IncidentRows
from casework.imports.keeping import Draft, Shelf
from casework.imports.list_rows import ListRows
from casework.imports.model import ImportRun
from casework.imports.person_rows import PersonRows, person_rows
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import Profile, ReadRow, Reads, record, reunir_list
from casework.imports.record_rows import RecordRows
from casework.opening import open_envelope
from casework.references import Prefix
from privacy.permissions import Viewer

LONGEST_KEY = 300
LONGEST_INDEXED = 800
"""The server's indexes take 2,704 bytes; a letter needs up to three. Our choice below that."""

_INDEXED = ("route", "group_key", "incident_key")


_ROWS = {
    **{each.name: RecordRows for each in (record.MISSING, record.REMAINS, record.LIVING)},
    reunir_list.MISSING.name: ListRows,
}


class Rows(Protocol):
    """The rows of one file on their way into the registry."""

    shelf: Shelf

    def key_of(self, row: ReadRow) -> str | None:
        """Give the source's key of a row that can be taken."""

    def known(self, session: Session, rows: Sequence[ReadRow]) -> dict[str, Any]:
        """Find what is stored of these rows, by the rows' keys."""

    def draft_of(
        self, row: ReadRow, stored: Any | None
    ) -> tuple[Draft | None, tuple[Finding, ...]]:
        """Turn a row into columns, merged with what is stored of it."""


def rows_for(
    profile: Profile,
    rows: Sequence[ReadRow],
    run: ImportRun,
    owner: Viewer,
    *,
    domain: str,
    at: datetime,
) -> Rows:
    """Make ready for the rows of a file of this profile."""
    dating = Dating(at, run.source_date)
    if profile.reads is Reads.INCIDENTS:
        # Two institutions may both call their first incident "1"; IOM's ids are the world's.
        is_own = profile.source == "plain"
        source = f"{profile.source}:{owner.institution_id}" if is_own else profile.source
        return IncidentRows.of(rows, source=source, invented=run.invented, dating=dating)
    prefix, consent = {
        Reads.MISSING: (Prefix.MISSING_PERSON, run.search_consent),
        Reads.REMAINS: (Prefix.REMAINS, SearchConsent.PUBLIC_INTEREST),
        # No list says for anybody that they want to be found.
        Reads.LIVING: (Prefix.LIVING_PERSON, SearchConsent.NOT_ASKED),
    }[profile.reads]
    envelope = partial(
        open_envelope,
        owner,
        prefix,
        consent,
        domain=domain,
        at=at,
    )
    return person_rows(
        profile.reads,
        owner=owner,
        source=profile.source,
        envelope=envelope,
        invented=run.invented,
        dating=dating,
        of=_ROWS.get(profile.name, PersonRows),
    )


def too_long(line: int, draft: Draft) -> tuple[Finding, ...]:
    """Name the texts that no index could hold; they are never what their column is for."""
    found = [
        Problem(Rule.TEXT_TOO_LONG, name, str(draft.columns[name]), str(LONGEST_INDEXED))
        for name in _INDEXED
        if len(draft.columns.get(name) or "") > LONGEST_INDEXED
    ]
    if len(draft.key) > LONGEST_KEY:
        found.append(Problem(Rule.TEXT_TOO_LONG, "record_id", draft.key, str(LONGEST_KEY)))
    return tuple(Finding.of(line, each) for each in found)
