"""`reunir match`: two files in, every pair weighed, the best of both sides out."""

import json
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click
import pyarrow as pa

from casework.batch.apart import Asked, ids_of, read_apart
from casework.batch.ending import SOME_REJECTED, NothingUsable, refusals
from casework.batch.files import rows_in, table_format
from casework.batch.joint import joint_table, refuse_unless_one_to_one
from casework.batch.memory import (
    Memory,
    Room,
    Way,
    held,
    peak,
    rows_within,
)
from casework.batch.noticed import (
    files_of,
    put_rejects,
    say_what_was_noticed,
    say_who_is_on_both_sides,
)
from casework.batch.people import Sides, load_both
from casework.batch.results import pairs_in_pieces, run_report
from casework.batch.running import Stopwatch, cores
from casework.batch.writing import (
    check_places,
    write_pieces,
    write_table,
    write_text,
)
from casework.errors import InvalidInput
from casework.progress import progress
from matching.calibration import version_of
from matching.errors import UnknownModel, UnreadableModel
from matching.judgement import Judgement, believed, judge
from matching.model_file import Model, load_model, read_model
from matching.one_list import Shared, each_pair_once, shared_records
from matching.pairings import NEWEST, Pairing, as_seen, as_told
from matching.search import dates_take, rank, rank_laid_out
from matching.search.ranking import Ranking
from matching.true_matches import expected_true_matches


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
    memory: int | None = None

    @property
    def rejects_path(self) -> Path:
        """Where rejected rows go: beside the output unless another place was named."""
        stem = self.out.name[: -len(table_format(self.out))]
        return self.rejects or self.out.with_name(f"{stem}.rejects.csv")


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
    "--memory",
    type=Memory(),
    help="The most memory to take, such as 800M or 1.5G; the same result, more slowly.",
)
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
    memory: int | None,
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
        memory,
    )
    with refusals():
        code = _match(wanted, _model(model_name, pairing))
    sys.exit(code)


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


class AtHand(NamedTuple):
    """Both files as they were read, and the way to search them.

    ``search`` is given ``top``, ``min_log10_lr`` and ``progress``; ``peak`` is what reading
    took elsewhere, in bytes.
    """

    sides: Sides
    ids: tuple[pa.Array, pa.Array]
    shared: Shared
    search: Callable[..., Ranking]
    peak: int = 0

    @property
    def counts(self) -> tuple[int, int]:
        return self.sides[0].read, self.sides[1].read


def _match(wanted: Wanted, model: Model) -> int:
    _check_places(wanted)
    watch = Stopwatch()
    room = _room(wanted)
    by = _read if room.way() is Way.AT_HAND else _read_apart
    read = by(wanted, room, (model, watch))
    sides, shared = read.sides, read.shared
    ranking, judgement = _ranked(wanted, read, (model, watch))
    with watch.step("write"), progress(f"Writing {len(ranking):,} pairs"):
        rows = rows_within(wanted.memory)
        write_pieces(wanted.out, pairs_in_pieces(read.ids, ranking, rows))
    if wanted.joint:
        with watch.step("joint"), progress("Weighing all pairs together"):
            table = joint_table(sides[0].records, sides[1].records, ranking, model)
            write_table(wanted.joint, table)
    if wanted.report:
        most = max(peak(), read.peak)
        report = run_report((sides, shared), (ranking, judgement), watch.seconds, most)
        write_text(wanted.report, _as_json(report))
    return SOME_REJECTED if any(side.rejected.rows for side in sides) else 0


def _check_places(wanted: Wanted) -> None:
    """Refuse before the long work what would be refused after it."""
    if table_format(wanted.rejects_path) != ".csv":
        raise InvalidInput(f"Rejected rows are written as .csv, not as {wanted.rejects_path}.")
    if wanted.memory and (wanted.cluster or wanted.joint):
        raise InvalidInput(
            "--memory bounds a search on this machine alone: leave it out with --cluster, and"
            " with --joint, which needs the records to the end."
        )
    if wanted.joint:
        refuse_unless_one_to_one(wanted.pairing)
        table_format(wanted.joint)
    named = (wanted.out, wanted.joint, wanted.report, wanted.rejects_path)
    places = [each for each in named if each]
    check_places(places, (wanted.left, wanted.right))


def _read(wanted: Wanted, room: Room, by: tuple[Model, Stopwatch]) -> AtHand:
    model, watch = by
    with watch.step("read"), progress(_reading(wanted)):
        sides = load_both(wanted.left, wanted.right, wanted.jobs, wanted.pairing)
    _settle(wanted, sides)
    shared = shared_records(sides[0].records, sides[1].records)
    _say_who_is_shared(shared, sides)
    told = [as_told(one) for one in sides[0].records]
    seen = [as_seen(one) for one in sides[1].records]
    if wanted.memory:
        room.demand(Way.AT_HAND, dates_take(told, seen, model))
    return AtHand(sides, ids_of(sides), shared, partial(_searched(wanted), told, seen, model))


def _read_apart(wanted: Wanted, room: Room, by: tuple[Model, Stopwatch]) -> AtHand:
    """Read in a process that hands back all it took."""
    model, watch = by
    beside = held()
    with progress(_reading(wanted)):
        found = read_apart(Asked(wanted.left, wanted.right, model, room))
    watch.seconds.update(found.seconds)
    _settle(wanted, found.sides)
    laid: Any = found.laid
    _say_who_is_shared(laid.shared, found.sides)
    search = partial(rank_laid_out, laid.out, jobs=wanted.jobs)
    return AtHand(found.sides, laid.ids, laid.shared, search, found.peak + beside)


def _room(wanted: Wanted) -> Room:
    counts = (rows_in(wanted.left), rows_in(wanted.right)) if wanted.memory else (0, 0)
    return Room(wanted.memory, counts, wanted.top, wanted.jobs)


def _reading(wanted: Wanted) -> str:
    return f"Reading {wanted.left.name} and {wanted.right.name}"


def _settle(wanted: Wanted, sides: Sides) -> None:
    """Say what was noticed of both files, put rejected rows aside, and refuse emptiness."""
    for side in files_of(sides):
        say_what_was_noticed(side)
    put_rejects(wanted.rejects_path, sides, is_asked_for=wanted.rejects is not None)
    for side in sides:
        if not side.read:
            raise NothingUsable(
                f"{side.path} has no row that could be read; nothing was weighed."
            )


def _say_who_is_shared(shared: Shared, sides: Sides) -> None:
    if not shared.pairs:
        path = sides[0].path
        raise NothingUsable(f"{path} has one record, and nobody else to compare it with.")
    say_who_is_on_both_sides(shared)


def _ranked(
    wanted: Wanted, read: AtHand, by: tuple[Model, Stopwatch]
) -> tuple[Ranking, Judgement]:
    """Weigh all pairs and say what to believe; list each once that has two ways round."""
    model, watch = by
    if not read.shared.count:
        ranking = _rank(wanted, read, wanted.top, watch)
        with watch.step("judge"):
            judgement = judge(ranking, model, counts=read.counts)
        return believed(ranking, judgement), judgement
    # One more: a record's own place in its list is left free afterwards.
    twice = _rank(wanted, read, wanted.top + 1, watch)
    with watch.step("judge"):
        once = each_pair_once(twice, read.shared, model, wanted.top)
        expected = expected_true_matches(once.posterior)
    calibration = version_of(model.calibration)
    return once, Judgement(once.posterior, once.prior, expected, calibration)


def _rank(wanted: Wanted, read: AtHand, top: int, watch: Stopwatch) -> Ranking:
    left, right = read.counts
    label = f"Weighing {left * right:,} pairs"
    with watch.step("weigh"), progress(label) as step:
        return read.search(progress=step, top=top, min_log10_lr=wanted.min_log10_lr)


def _searched(wanted: Wanted) -> Callable[..., Ranking]:
    """Give the way of searching: the cores of this machine, or the machines of a cluster."""
    if wanted.cluster is None:
        return partial(rank, jobs=wanted.jobs)
    from casework.batch.cluster import rank_on  # noqa: PLC0415 - half a second for clusters only

    return partial(rank_on, wanted.cluster)


def _as_json(report: dict[str, Any]) -> str:
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"
