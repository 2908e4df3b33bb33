"""`reunir evaluate`: a list of pairs and a known truth in, a judgement out."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from casework.batch.evaluation_text import evaluation_json, evaluation_text, groups_text
from casework.batch.files import NoSuchTable, UnreadableTable
from casework.batch.pairs import read_groups, read_pairs, read_truth
from casework.batch.writing import RejectedFrom, check_places, write_rejects, write_text
from casework.errors import CaseworkError, InvalidInput
from casework.progress import progress
from matching.evaluation import Evaluation, ListSide, evaluate_by_group
from matching.evaluation import evaluate as judge

FAILED, USAGE, SOME_REJECTED, NOTHING_USABLE = 1, 2, 3, 4
REJECTS_SAID = 5


@dataclass(frozen=True, slots=True)
class Grouped:
    """The same question once per group of one side's records."""

    column: str
    side: ListSide
    by_group: dict[str, Evaluation]


@click.command(short_help="Judge a list of pairs against a known truth.")
@click.argument("pairs", type=click.Path(path_type=Path))
@click.argument("truth", type=click.Path(path_type=Path))
@click.option("--by", "column", help="Column of RECORDS to group by, as sex or nationality.")
@click.option("--records", type=click.Path(path_type=Path), help="File of one side's records.")
@click.option("--json", "json_out", type=click.Path(path_type=Path), help="The same as JSON.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Rows that cannot be read.")
def evaluate(  # noqa: PLR0917 - each is an option of the command, documented in batch-tables
    pairs: Path,
    truth: Path,
    column: str | None,
    records: Path | None,
    json_out: Path | None,
    rejects: Path | None,
) -> None:
    """Say how well PAIRS, as `reunir match` wrote them, finds TRUTH.

    Example: reunir evaluate pairs.csv truth.csv --by sex --records missing.csv

    Exit code 0: every row read; 2: asked wrongly; 3: some rows rejected; 4: nothing usable.
    """
    with _refusals():
        if (column is None) != (records is None):
            raise InvalidInput("--by and --records belong together: a column and its file.")
        check_places(
            [each for each in (json_out, rejects) if each],
            [each for each in (pairs, truth, records) if each],
        )
        with progress(f"Reading {pairs.name} and {truth.name}"):
            known, unread_truth = read_truth(truth)
            listed, unread_pairs = read_pairs(pairs)
        judged = judge(listed, known)
        grouped = None
        if column is not None and records is not None:
            groups, side = read_groups(records, column, known)
            grouped = Grouped(column, side, evaluate_by_group(listed, known, groups, side))
        _put(judged, grouped, json_out)
        code = _tell_rejects([unread_pairs, unread_truth], rejects)
    sys.exit(code)


@contextmanager
def _refusals() -> Iterator[None]:
    """End the command with one sentence and the exit code that goes with it."""
    try:
        yield
    except CaseworkError as error:
        click.echo(f"reunir: {error}", err=True)
        sys.exit(_exit_code(error))


def _exit_code(error: CaseworkError) -> int:
    match error:
        case NoSuchTable():
            return USAGE
        case UnreadableTable():
            return NOTHING_USABLE
        case InvalidInput():
            return USAGE
        case _:
            return FAILED


def _put(judged: Evaluation, grouped: Grouped | None, json_out: Path | None) -> None:
    click.echo(evaluation_text(judged))
    if grouped is not None:
        click.echo("\n" + groups_text(grouped.by_group, grouped.column, grouped.side))
    if json_out is not None:
        text = json.dumps(_as_json(judged, grouped), indent=2, ensure_ascii=False)
        write_text(json_out, text + "\n")


def _as_json(judged: Evaluation, grouped: Grouped | None) -> dict[str, Any]:
    report = evaluation_json(judged)
    if grouped is not None:
        report["by"] = {
            "column": grouped.column,
            "side": grouped.side.value,
            "groups": {name: evaluation_json(each) for name, each in grouped.by_group.items()},
        }
    return report


def _tell_rejects(sources: Sequence[RejectedFrom], rejects: Path | None) -> int:
    """Say which rows could not be read; all of them stand in the file asked for."""
    unread = [source for source in sources if source.rows]
    for source in unread:
        name = source.path.name
        click.echo(f"{name}: {len(source.rows):,} rows could not be read.", err=True)
        for row in source.rows[:REJECTS_SAID]:
            click.echo(f"{name}, line {row.line}: {row.reasons}", err=True)
    if rejects is not None:
        write_rejects(rejects, unread)
    return SOME_REJECTED if unread else 0
