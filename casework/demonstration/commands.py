"""`reunir invent-cases`: an invented world in flat files."""

from pathlib import Path

import click

from casework.demonstration.invention import Sizes, invent_world
from casework.demonstration.writing import make_ready, write_world
from casework.progress import progress

DEFAULT = Sizes()


@click.command("invent-cases")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=2026,
    show_default=True,
    help="The same seed gives the same bytes.",
)
@click.option(
    "--missing",
    type=click.IntRange(min=1),
    default=DEFAULT.missing,
    show_default=True,
    help="Reports of missing persons.",
)
@click.option(
    "--remains",
    type=click.IntRange(min=1),
    default=DEFAULT.remains,
    show_default=True,
    help="Examinations of remains.",
)
@click.option(
    "--incidents",
    type=click.IntRange(min=1),
    default=DEFAULT.incidents,
    show_default=True,
    help="Incidents on the routes.",
)
@click.option(
    "--true-pairs",
    type=click.FloatRange(0, 1),
    default=DEFAULT.true_pairs,
    show_default=True,
    help="Share of the people found who were reported missing.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for missing.csv, remains.csv, incidents.csv and truth.csv.",
)
def invent_cases(
    seed: int, missing: int, remains: int, incidents: int, true_pairs: float, out: Path
) -> None:
    """Invent people, journeys and finds whose truth is known.

    Nobody in these files exists: every record_id begins with INV. They serve to show reunir
    and to measure how well it finds the truth.

    Files invented earlier are replaced; anybody else's are refused (exit code 2).

    Example: reunir invent-cases --seed 7 --out world
    """
    sizes = Sizes(missing, remains, incidents, true_pairs)
    make_ready(out)
    with progress("Inventing") as step:
        step(0, 1)
        invented = invent_world(sizes, seed)
        step(1, 1)
    write_world(invented, out)
    click.echo(
        f"{out}: {missing} reports, {remains} remains, {incidents} incidents, "
        f"{len(invented.truth)} true pairs. All invented, seed {seed}."
    )
