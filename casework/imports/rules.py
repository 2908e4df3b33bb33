"""When a file may be read or stopped, who may bring in what, and what a file cannot undo."""

from collections.abc import Mapping

from casework.envelope import SearchConsent
from casework.imports.drafts import INVENTED
from casework.imports.model import ImportRun, RunState
from casework.imports.profiles import PROFILES, Reads
from privacy.permissions import Permission, Viewer

UNDER_WAY = frozenset({RunState.QUEUED, RunState.RUNNING})

# Nobody brings in a kind of record that they may not read: an analyst never reaches a person.
NEEDED: Mapping[Reads, Permission] = {
    Reads.INCIDENTS: Permission.INCIDENT_READ,
    Reads.MISSING: Permission.MISSING_READ,
    Reads.REMAINS: Permission.REMAINS_READ,
    Reads.LIVING: Permission.LIVING_READ,
}

STRICTEST_FIRST = (
    SearchConsent.REFUSED,
    SearchConsent.NOT_ASKED,
    SearchConsent.GRANTED,
    SearchConsent.PUBLIC_INTEREST,
    SearchConsent.VITAL_INTEREST,
)


def stricter(one: SearchConsent, other: SearchConsent) -> SearchConsent:
    """Choose what permits less: a file may take a family's consent back, never widen it."""
    return min(one, other, key=STRICTEST_FIRST.index)


def is_named_as_invented(record_id: str) -> bool:
    """Tell by its id a record of `reunir invent-cases`, whatever was said with the file."""
    return record_id.startswith(INVENTED)


def may_start(run: ImportRun) -> bool:
    """Say whether somebody may still decide to read the file."""
    return run.state is RunState.UPLOADED


def may_cancel(run: ImportRun) -> bool:
    """Say whether there is something to stop."""
    return run.state in UNDER_WAY or may_start(run)


def open_profiles(viewer: Viewer) -> tuple[str, ...]:
    """Name the profiles whose records `viewer` may bring in."""
    if not viewer.may(Permission.FILE_IMPORT):
        return ()
    return tuple(
        name for name, profile in PROFILES.items() if viewer.may(NEEDED[profile.reads])
    )
