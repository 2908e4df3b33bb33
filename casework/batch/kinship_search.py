"""`reunir kinship-search`: the DNA of all remains against all families, the best pairs out."""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from casework.batch.ending import SOME_REJECTED, NothingUsable, refusals
from casework.batch.files import table_format
from casework.batch.kinship import asks_frequencies, tables_of
from casework.batch.kinship_crew import Work, answer, crew
from casework.batch.kinship_pairs import Searched, pairs_table, report_of, sentences_of
from casework.batch.kinship_rows import (
    Rejects,
    loci_asked,
    look_through,
    put_rejects,
    read_all_remains,
    rows_again,
    rule_of,
)
from casework.batch.kinship_shortlist import SHORTLIST, weighed_exactly
from casework.batch.running import Stopwatch, cores
from casework.batch.writing import check_places, write_pieces, write_text
from casework.errors import InvalidInput
from casework.progress import progress
from matching.kinship.coding import Coded, coded
from matching.kinship.listing import Listing
from matching.kinship.search import search
from matching.kinship.sought import Remains


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    remains: Path
    families: Path
    frequencies: Path
    out: Path
    report: Path | None
    rejects: Path | None
    top: int
    min_log10_lr: float
    expected_matches: float | None
    jobs: int

    @property
    def rejects_path(self) -> Path:
        """Where rejected rows go: beside the output unless another place was named."""
        stem = self.out.name[: -len(table_format(self.out))]
        return self.rejects or self.out.with_name(f"{stem}.rejects.csv")


def _finite(ctx: click.Context, param: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number to compare with.", ctx, param)
    return value


@click.command(
    name="kinship-search", short_help="Search all remains among all families by DNA."
)
@click.argument("remains", type=click.Path(path_type=Path))
@click.argument("families", type=click.Path(path_type=Path))
@asks_frequencies
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where pairs go.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option(
    "--min-log10-lr",
    type=float,
    callback=_finite,
    default=0.0,
    show_default=True,
    help="Leave out pairs that weigh less.",
)
@click.option(
    "--expected-matches",
    type=click.FloatRange(0, min_open=True),
    help="How many of the missing are believed to be among the remains: gives posteriors.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processor cores to use; else all.")
@click.option("--report", type=click.Path(path_type=Path), help="JSON about the run.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Rows that cannot be read.")
def kinship_search(  # noqa: PLR0913, PLR0917 - each is an option of the command
    remains: Path,
    families: Path,
    frequencies: Path,
    out: Path,
    top: int,
    min_log10_lr: float,
    expected_matches: float | None,
    jobs: int | None,
    report: Path | None,
    rejects: Path | None,
) -> None:
    """Weigh the DNA of all REMAINS against all FAMILIES and write the best of both sides.

    A pair is no identification. The more pairs are compared, the more unrelated people look
    alike: each line says how many would by chance.

    Example: reunir kinship-search remains.jsonl families.jsonl --frequencies f.json
    --out pairs.csv

    Exit code 0: every row read; 2: asked wrongly; 3: some rows rejected; 4: nothing usable.
    """
    wanted = Wanted(
        remains,
        families,
        frequencies,
        out,
        report,
        rejects,
        top,
        min_log10_lr,
        expected_matches,
        jobs or cores(),
    )
    with refusals():
        code = _search(wanted)
    sys.exit(code)


def _search(wanted: Wanted) -> int:
    _check_places(wanted)
    watch, tables = Stopwatch(), tables_of(wanted.frequencies)
    with watch.step("read"), progress(f"Reading {wanted.remains.name}"):
        remains, lines, rejected_remains = read_all_remains(wanted.remains)
        rows, rejected_families = look_through(wanted.families, tables)
        sets = dict.fromkeys(row.set_name for row in rows if row.set_name)
        read = {name: coded(remains, tables, name, loci_asked(rows, name)) for name in sets}
    rejected = (rejected_remains, rejected_families)
    _put_aside(remains, lines, read, rejected_remains)
    n_read = sum(any(each.is_read[at] for each in read.values()) for at in range(len(remains)))
    if not n_read:
        raise NothingUsable(
            f"{wanted.remains} has no remains, or {wanted.families} no family, that could be "
            "compared."
        )
    work = Work(tables, {name: each.looks for name, each in read.items()}, wanted.min_log10_lr)
    listing = Listing(len(remains), wanted.top * SHORTLIST)
    label = f"Comparing {len(remains):,} remains with {len(rows):,} families"
    with crew(work, wanted.jobs) as run:
        with watch.step("compare"), progress(label) as step:
            answered = run(answer, rows_again(wanted.families, rows))
            found = search(
                answered,
                read,
                listing,
                least=wanted.min_log10_lr,
                progress=lambda done: step(done, len(rows)),
            )
        again = partial(rows_again, wanted.families, rows)
        with watch.step("exact"):
            exact = weighed_exactly(listing.listed(), found, (read, again), run)
    for row, family in zip(rows, found.families, strict=True):
        if family.refusal is not None:
            rejected_families.add(row.line, rule_of(family.rule or ""), family.refusal)
    best = exact.best(wanted.top)
    return _write(wanted, Searched(remains, n_read, found, best), rejected, watch)


def _check_places(wanted: Wanted) -> None:
    """Refuse before the long work what would be refused after it."""
    if table_format(wanted.rejects_path) != ".csv":
        raise InvalidInput(f"Rejected rows are written as .csv, not as {wanted.rejects_path}.")
    places = [each for each in (wanted.out, wanted.report, wanted.rejects_path) if each]
    check_places(places, (wanted.remains, wanted.families, wanted.frequencies))


def _put_aside(
    remains: Sequence[Remains],
    lines: Sequence[int],
    read: Mapping[str, Coded],
    rejects: Rejects,
) -> None:
    """Say which remains cannot be read by a frequency set, and what was noticed of the rest."""
    for name, each in read.items():
        which = f" (frequency set {name})" if len(read) > 1 else ""
        for at, reason in each.refused.items():
            rejects.add(lines[at], "unusable_profile", reason + which, remains[at].written)
        for sentence in each.warnings:
            click.echo(f"{rejects.path.name}: {sentence}", err=True)


def _write(
    wanted: Wanted, searched: Searched, rejected: Sequence[Rejects], watch: Stopwatch
) -> int:
    put_rejects(wanted.rejects_path, rejected, is_asked_for=wanted.rejects is not None)
    if not searched.found.missing:
        raise NothingUsable(f"{wanted.families} has no family that could be weighed.")
    with watch.step("write"), progress(f"Writing {len(searched):,} pairs"):
        table = pairs_table(searched, wanted.expected_matches)
        write_pieces(wanted.out, [table], is_private=True)
    for sentence in sentences_of(searched, wanted.expected_matches):
        click.echo(sentence, err=True)
    if wanted.report:
        report = report_of(searched, rejected, wanted.expected_matches)
        told = report | {"jobs": wanted.jobs, "seconds": watch.seconds}
        write_text(wanted.report, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return SOME_REJECTED if any(each.rows for each in rejected) else 0
