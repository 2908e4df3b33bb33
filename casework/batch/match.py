"""`reunir match`: two files in, every pair weighed, the best of both sides out."""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from casework.batch.files import NoSuchTable, UnreadableTable, table_format
from casework.batch.joint import joint_table, refuse_unless_one_to_one
from casework.batch.people import OWN_LAYOUT, Loaded, Sides, load_both
from casework.batch.results import pairs_in_pieces, run_report
from casework.batch.writing import (
    RejectedFrom,
    check_places,
    write_pieces,
    write_rejects,
    write_table,
    write_text,
)
from casework.errors import CaseworkError, InvalidInput
from casework.progress import progress
from matching.calibration import version_of
from matching.errors import MatchingError, UnknownModel, UnreadableModel
from matching.judgement import Judgement, believed, judge
from matching.model_file import Model, load_model, read_model
from matching.one_list import Shared, each_pair_once, shared_records
from matching.pairings import NEWEST, Pairing, as_seen, as_told
from matching.search import rank
from matching.search.ranking import Ranking
from matching.true_matches import expected_true_matches

USAGE, SOME_REJECTED, NOTHING_USABLE = 2, 3, 4
FAILED = 1


class NothingUsable(InvalidInput):
    """A side has no record that could be read, so there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    left: Path
    right: Path
    pairing: Pairing
    out: Path
    report: Path | None
    rejects: Path | None
    top: int
    jobs: int
    min_log10_lr: float | None
    cluster: str | None = None
    joint: Path | None = None

    @property
    def rejects_path(self) -> Path:
        """Where rejected rows go: beside the output unless another place was named."""
        stem = self.out.name[: -len(table_format(self.out))]
        return self.rejects or self.out.with_name(f"{stem}.rejects.csv")


@dataclass(slots=True)
class Stopwatch:
    """Seconds each step took, by the name of the step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


def _a_number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse nan: no weight is less than it, so it would leave nobody out in silence."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan is no number.", ctx, param)
    return value


@click.command(short_help="Weigh every pair of two files and list the best.")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice([each.value for each in Pairing]),
    required=True,
    help="What LEFT and RIGHT are.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where pairs go.")
@click.option("--top", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--model", "model_name", help="Name, or path of a .toml file; else newest.")
@click.option(
    "--min-log10-lr",
    type=float,
    callback=_a_number,
    help="Leave out pairs that weigh less.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processor cores to use; else all.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Search on the Dask cluster at ADDRESS (tcp://… or tls://…).",
)
@click.option(
    "--joint",
    type=click.Path(path_type=Path),
    help="CSV of what is believed of all pairs together.",
)
@click.option("--report", type=click.Path(path_type=Path), help="JSON about the run.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Rows that cannot be read.")
def match(  # noqa: PLR0913, PLR0917 - each is an option of the command, documented in batch-tables
    left: Path,
    right: Path,
    kind: str,
    out: Path,
    top: int,
    model_name: str | None,
    min_log10_lr: float | None,
    jobs: int | None,
    cluster: str | None,
    joint: Path | None,
    report: Path | None,
    rejects: Path | None,
) -> None:
    """Weigh every pair of LEFT and RIGHT and write the best of both sides.

    Example: reunir match missing.csv remains.csv --kind missing-remains --out pairs.csv

    LEFT and RIGHT may be one file: nobody is then paired with themselves.

    Exit code 0: every row read; 2: asked wrongly; 3: some rows rejected; 4: nothing usable.
    """
    pairing = Pairing(kind)
    wanted = Wanted(
        left,
        right,
        pairing,
        out,
        report,
        rejects,
        top,
        jobs or cores(),
        min_log10_lr,
        cluster,
        joint,
    )
    with refusals():
        code = _match(wanted, _model(model_name, pairing))
    sys.exit(code)


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


def _model(name: str | None, pairing: Pairing) -> Model:
    """Load the newest model of a pairing, a shipped one by name, or one of a file.

    Raises
    ------
    InvalidInput
        If it weighs another kind of pairing, or the file cannot be read.
    """
    if name and name.endswith(".toml"):
        model = _model_of(Path(name))
    else:
        model = load_model(name or NEWEST[pairing])
    if model.kind != pairing:
        raise InvalidInput(
            f"{model.name} {model.version} weighs {model.kind}, not {pairing}; leave --model "
            f"out or name {NEWEST[pairing]}."
        )
    return model


def _model_of(path: Path) -> Model:
    try:
        return read_model(path.read_bytes())
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from error
    except (UnknownModel, UnreadableModel) as error:
        raise UnreadableModel(f"{path}: {error}") from error


def _match(wanted: Wanted, model: Model) -> int:
    _check_places(wanted)
    watch = Stopwatch()
    sides = _read(wanted, watch)
    rejected = [side.rejected for side in _files(sides) if side.rejected.rows]
    _put_rejects(wanted, rejected)
    _refuse_emptiness(sides)
    shared = _shared(sides)
    ranking, judgement = _ranked(wanted, sides, shared, (model, watch))
    with watch.step("write"), progress(f"Writing {len(ranking):,} pairs"):
        write_pieces(wanted.out, pairs_in_pieces(*_ids(sides), ranking))
    if wanted.joint:
        with watch.step("joint"), progress("Weighing all pairs together"):
            table = joint_table(sides[0].records, sides[1].records, ranking, model)
            write_table(wanted.joint, table)
    if wanted.report:
        report = run_report(sides, shared, (ranking, judgement), watch.seconds)
        write_text(wanted.report, _as_json(report))
    return SOME_REJECTED if rejected else 0


def _check_places(wanted: Wanted) -> None:
    """Refuse before the long work what would be refused after it."""
    if table_format(wanted.rejects_path) != ".csv":
        raise InvalidInput(f"Rejected rows are written as .csv, not as {wanted.rejects_path}.")
    if wanted.joint:
        refuse_unless_one_to_one(wanted.pairing)
        table_format(wanted.joint)
    named = (wanted.out, wanted.joint, wanted.report, wanted.rejects_path)
    places = [each for each in named if each]
    check_places(places, (wanted.left, wanted.right))


def _read(wanted: Wanted, watch: Stopwatch) -> Sides:
    names = f"{wanted.left.name} and {wanted.right.name}"
    with watch.step("read"), progress(f"Reading {names}"):
        sides = load_both(wanted.left, wanted.right, wanted.jobs, wanted.pairing)
    for side in _files(sides):
        say_what_was_noticed(side)
    return sides


def _files(sides: Sides) -> Sequence[Loaded[Any]]:
    """Give each file once, also where one was given as both sides."""
    left, right = sides
    return (left,) if left is right else sides


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


def _put_rejects(wanted: Wanted, rejected: Sequence[RejectedFrom]) -> None:
    """Write the rejected rows; a file asked for, or left by an earlier run, is made new."""
    path = wanted.rejects_path
    if rejected or wanted.rejects or path.exists():
        write_rejects(path, rejected)
    if rejected:
        click.echo(
            f"The rows that could not be read stand in {path} with the reason.", err=True
        )


def _refuse_emptiness(sides: Sides) -> None:
    for side in sides:
        if not side.records:
            raise NothingUsable(
                f"{side.path} has no row that could be read; nothing was weighed."
            )


def _shared(sides: Sides) -> Shared:
    """Find the records that stand in both files, and say what that means for the result."""
    left, right = sides
    shared = shared_records(left.records, right.records)
    if not shared.pairs:
        raise NothingUsable(f"{left.path} has one record, and nobody else to compare it with.")
    if shared.count:
        count = f"{shared.count:,} records stand on both sides"
        click.echo(
            f"{count}: none is paired with itself, and each pair is listed once.", err=True
        )
    if shared.changed:
        count = f"{shared.changed:,} record_ids stand on both sides and say different things"
        click.echo(f"{count}: they were compared as different records.", err=True)
    return shared


def _ranked(
    wanted: Wanted, sides: Sides, shared: Shared, by: tuple[Model, Stopwatch]
) -> tuple[Ranking, Judgement]:
    """Weigh all pairs and say what to believe; list each once that has two ways round."""
    told = [as_told(one) for one in sides[0].records]
    seen = [as_seen(one) for one in sides[1].records]
    model, watch = by
    if not shared.count:
        ranking = _rank(wanted, (told, seen), model, watch)
        with watch.step("judge"):
            judgement = judge(ranking, model, counts=(len(told), len(seen)))
        return believed(ranking, judgement), judgement
    # One more: a record's own place in its list is left free afterwards.
    twice = _rank(replace(wanted, top=wanted.top + 1), (told, seen), model, watch)
    with watch.step("judge"):
        once = each_pair_once(twice, shared, model, wanted.top)
        expected = expected_true_matches(once.posterior)
    calibration = version_of(model.calibration)
    return once, Judgement(once.posterior, once.prior, expected, calibration)


def _rank(
    wanted: Wanted, records: tuple[Sequence[Any], Sequence[Any]], model: Model, watch: Stopwatch
) -> Ranking:
    """Search: the one place that does, on this machine or on others."""
    left, right = records
    label = f"Weighing {len(left) * len(right):,} pairs"
    with watch.step("weigh"), progress(label) as step:
        search = partial(
            _searched(wanted), progress=step, top=wanted.top, min_log10_lr=wanted.min_log10_lr
        )
        return search(left, right, model)


def _searched(wanted: Wanted) -> Callable[..., Ranking]:
    """Give the way of searching: the cores of this machine, or the machines of a cluster."""
    if wanted.cluster is None:
        return partial(rank, jobs=wanted.jobs)
    from casework.batch.cluster import rank_on  # noqa: PLC0415 - half a second for clusters only

    return partial(rank_on, wanted.cluster)


def _ids(sides: Sides) -> tuple[list[str], list[str]]:
    left, right = sides
    return [each.record_id for each in left.records], [each.record_id for each in right.records]


def _as_json(report: dict[str, Any]) -> str:
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def cores() -> int:
    """Count the processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
