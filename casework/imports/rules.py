"""When a file may be read, and when reading may be stopped."""

from casework.imports.model import ImportRun, RunState

UNDER_WAY = frozenset({RunState.QUEUED, RunState.RUNNING})


def may_start(run: ImportRun) -> bool:
    """Say whether somebody may still decide to read the file."""
    return run.state is RunState.UPLOADED


def may_cancel(run: ImportRun) -> bool:
    """Say whether there is something to stop."""
    return run.state in UNDER_WAY or may_start(run)
