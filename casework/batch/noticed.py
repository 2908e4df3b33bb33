"""What a reader of the result must know of its input, said once on stderr."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from casework.batch.people import OWN_LAYOUT, Loaded, Sides
from casework.batch.writing import write_rejects
from matching.one_list import Shared


def say_what_was_noticed(side: Loaded[Any]) -> None:
    """Say once, on stderr, what a reader of the result must know of its input."""
    name = side.path.name
    if side.layout != OWN_LAYOUT:
        click.echo(f"{name}: read as {side.layout}, translated into our columns.", err=True)
    if side.rows_with_warning:
        click.echo(f"{name}: {side.rows_with_warning:,} rows lost a cell on the way.", err=True)
    if side.unknown_columns:
        columns = ", ".join(side.unknown_columns)
        click.echo(f"{name}: these columns are not known and were ignored: {columns}", err=True)
    if side.far_from_country:
        count = f"{side.far_from_country:,} points lie far from the country of their row"
        click.echo(f"{name}: {count}; they were taken as they stand.", err=True)
    if side.rejected.rows:
        count = f"{len(side.rejected.rows):,} of {side.rows:,}"
        click.echo(f"{name}: {count} rows could not be read.", err=True)


def files_of(sides: Sides) -> Sequence[Loaded[Any]]:
    """Give each file once, also where one was given as both sides."""
    left, right = sides
    return (left,) if left is right else sides


def put_rejects(path: Path, sides: Sides, *, is_asked_for: bool) -> None:
    """Write the rejected rows; a file asked for, or left by an earlier run, is made new."""
    rejected = [side.rejected for side in files_of(sides) if side.rejected.rows]
    if rejected or is_asked_for or path.exists():
        write_rejects(path, rejected)
    if rejected:
        click.echo(
            f"The rows that could not be read stand in {path} with the reason.", err=True
        )


def say_who_is_on_both_sides(shared: Shared) -> None:
    """Say what records that stand in both files mean for the result."""
    if shared.count:
        count = f"{shared.count:,} records stand on both sides"
        click.echo(
            f"{count}: none is paired with itself, and each pair is listed once.", err=True
        )
    if shared.changed:
        count = f"{shared.changed:,} record_ids stand on both sides and say different things"
        click.echo(f"{count}: they were compared as different records.", err=True)
