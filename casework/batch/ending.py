"""How a command that reads files ends: with one sentence, and a code that scripts can read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from casework.batch.files import NoSuchTable, UnreadableTable
from casework.errors import CaseworkError, InvalidInput
from matching.errors import MatchingError, UnknownModel, UnreadableModel

FAILED, USAGE, SOME_REJECTED, NOTHING_USABLE = 1, 2, 3, 4


class NothingUsable(InvalidInput):
    """Nothing could be read that can be computed with."""


@contextmanager
def refusals() -> Iterator[None]:
    """End the command with one sentence and the exit code that goes with it."""
    try:
        yield
    except (CaseworkError, MatchingError) as error:
        click.echo(f"reunir: {error}", err=True)
        sys.exit(_exit_code(error))


def _exit_code(error: CaseworkError | MatchingError) -> int:
    match error:
        case NoSuchTable() | UnknownModel() | UnreadableModel():
            return USAGE
        case UnreadableTable() | NothingUsable():
            return NOTHING_USABLE
        case InvalidInput():
            return USAGE
        case _:
            return FAILED
