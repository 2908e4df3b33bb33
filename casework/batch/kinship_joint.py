"""`reunir kinship-joint`: several remains and several missing in, ways of naming them out."""

import csv
import io
import itertools
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from casework.batch.ending import NothingUsable, refusals
from casework.batch.files import table_format
from casework.batch.json_files import read_json
from casework.batch.kinship import tables_of
from casework.batch.writing import check_places, write_text
from casework.errors import InvalidInput
from casework.progress import progress
from matching.errors import MatchingError, UnusableFrequencies
from matching.kinship import Tables, read_tables
from matching.kinship.assigning import (
    Assignment,
    Believed,
    Best,
    alike,
    best_assignments,
    every_assignment,
    posteriors,
)
from matching.kinship.joint import Scales, Weighed
from matching.kinship.problems import NONE, Problem, read_problem

LARGEST_EXPONENT = 700
"""Beyond e^700 a number is written by its decimal exponent: no float holds e^710."""

FREQUENCIES = "frequencies.json"


@dataclass(frozen=True, slots=True)
class Solved:
    """A problem, what its families say, and what follows."""

    problem: Problem
    weighed: Sequence[Weighed]
    base: float
    best: Best
    believed: Believed | None


@click.command(name="kinship-joint", short_help="Name several remains at once by DNA.")
@click.argument("problem", type=click.Path(path_type=Path))
@click.option(
    "--frequencies",
    type=click.Path(path_type=Path),
    help="JSON of allele frequencies; else in PROBLEM, or frequencies.json beside or above it.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where ways go.")
@click.option("--pairs", type=click.Path(path_type=Path), help="Where posteriors of pairs go.")
@click.option("--top", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
def kinship_joint(  # noqa: PLR0917 - each is an option of the command
    problem: Path, frequencies: Path | None, out: Path, pairs: Path | None, top: int
) -> None:
    """List the ways of naming the remains of PROBLEM, the most probable first.

    All of them where they are no more than --top; else the best, and a proven bound of what is
    not listed. A way is no identification: it goes with a prior and with all other evidence.

    Example: reunir kinship-joint problem.json --out solutions.csv --pairs pairs.csv

    Exit code 0: solved; 2: asked wrongly; 4: the problem cannot be computed.
    """
    with refusals():
        written = [each for each in (out, pairs) if each]
        for each in written:
            if table_format(each) != ".csv":
                raise InvalidInput(f"Ways and pairs are written as .csv, not as {each}.")
        check_places(written, [each for each in (problem, frequencies) if each])
        solved = _solved(problem, frequencies, top)
        write_text(out, _ways(solved), is_private=True)
        if pairs:
            write_text(pairs, _pairs(solved), is_private=True)
        _tell(solved)
    sys.exit(0)


def _solved(path: Path, frequencies: Path | None, top: int) -> Solved:
    written = read_json(path)
    tables = _tables(path, written, frequencies)
    try:
        problem = read_problem(written, tables)
        scales = Scales(problem.found, problem.loci, problem.settings)
        with progress(f"Weighing {len(problem.families)} families") as step:
            weighed = []
            for at, family in enumerate(problem.families, start=1):
                weighed.append(scales.weigh(family))
                step(at, len(problem.families))
        with progress("Putting them together"):
            best, believed = _best(weighed, top), posteriors(weighed, problem.prior_odds)
    except MatchingError as error:
        raise NothingUsable(f"{path}: {error}") from error
    base = math.fsum([*(each.base for each in weighed), *scales.alone])
    return Solved(problem, weighed, base, best, believed)


def _tables(path: Path, written: Any, named: Path | None) -> Tables:
    """Find the frequencies: in the file named, in the problem, or beside it."""
    if named is not None:
        return tables_of(named)
    if isinstance(written, dict) and "frequencies" in written:
        try:
            return read_tables(written["frequencies"])
        except UnusableFrequencies as error:
            raise InvalidInput(f"{path}: {error}") from error
    for folder in (path.parent, path.resolve().parent.parent):
        if (folder / FREQUENCIES).is_file():
            click.echo(f"Frequencies are those of {folder / FREQUENCIES}.", err=True)
            return tables_of(folder / FREQUENCIES)
    raise InvalidInput(f"Name the allele frequencies with --frequencies; {path} has none.")


def _best(weighed: Sequence[Weighed], top: int) -> Best:
    """List every assignment where that is no more than asked for, those that cannot be too."""
    every = list(itertools.islice(every_assignment(weighed), top + 1))
    if len(every) > top:
        return best_assignments(weighed, top)
    return Best(tuple(sorted(every, key=lambda one: (-one.gain, one.given))), -math.inf)


def _ways(solved: Solved) -> str:
    problem, best = solved.problem, solved.best
    ids = [each.id for each in problem.found]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*ids, "loglik", "LR", *problem.missing, "posterior", "alike"])
    groups: dict[object, int] = {}
    for way in best.assignments:
        named = {ids[at]: who for at, who in way.given}
        whose = {who: ids[at] for at, who in way.given}
        group = groups.setdefault(alike(way, solved.weighed), len(groups) + 1)
        writer.writerow(
            [
                *(named.get(each, NONE) for each in ids),
                _number(solved.base + way.gain),
                _times(best.assignments[0].gain - way.gain),
                *(whose.get(each, NONE) for each in problem.missing),
                _posterior(solved, way),
                group,
            ]
        )
    return text.getvalue()


def _posterior(solved: Solved, way: Assignment) -> str:
    if solved.believed is None:
        return ""
    prior = len(way.given) * math.log(solved.problem.prior_odds)
    return repr(math.exp(way.gain + prior - solved.believed.total))


def _number(value: float) -> str:
    return "-Inf" if value == -math.inf else repr(value)


def _times(log: float) -> str:
    """Write how many times as probable the best way is, given the logarithm."""
    if log == math.inf:
        return "Inf"
    if log < LARGEST_EXPONENT:
        return repr(math.exp(log))
    exponent = math.floor(log / math.log(10))
    return f"{math.exp(log - exponent * math.log(10)):.10f}e+{exponent}"


def _pairs(solved: Solved) -> str:
    if solved.believed is None:
        raise NothingUsable(
            "There are too many remains that several families may be missing for exact "
            "posteriors of pairs; leave --pairs out."
        )
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["remains", "missing", "posterior", "prior_odds"])
    odds = repr(solved.problem.prior_odds)
    for at, found in enumerate(solved.problem.found):
        whose = {
            who: solved.believed.pairs.get((at, who), 0.0) for who in solved.problem.missing
        }
        rest = max(0.0, 1 - math.fsum(whose.values()))
        for who, share in [*whose.items(), (NONE, rest)]:
            writer.writerow([found.id, who, repr(min(share, 1.0)), odds])
    return text.getvalue()


def _tell(solved: Solved) -> None:
    problem, best = solved.problem, solved.best
    for sentence in problem.warnings:
        click.echo(sentence, err=True)
    first = alike(best.assignments[0], solved.weighed)
    equal = sum(alike(way, solved.weighed) == first for way in best.assignments)
    if equal > 1:
        click.echo(
            f"{equal} ways are the most probable and cannot be told apart: people are "
            "exchanged in them whom nothing distinguishes.",
            err=True,
        )
    click.echo(
        "Posteriors rest on prior odds of "
        f"{problem.prior_odds:g} for each identification against none.",
        err=True,
    )
    if best.rest > -math.inf and not best.gap:
        least = (best.assignments[-1].gain - best.rest) / math.log(10)
        says = f"Not all ways are listed: an unlisted one is at least 10^{least:.2f} times less"
        click.echo(f"{says} probable than the last.", err=True)
    if best.gap:
        gap = best.gap / math.log(10)
        says = "The search was stopped: the most probable way may be up to"
        click.echo(f"{says} 10^{gap:.2f} times as probable as the one listed.", err=True)
