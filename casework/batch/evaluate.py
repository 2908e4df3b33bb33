"""`reunir evaluate`: a list of pairs and a known truth in, a judgement out."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from casework.batch.ending import SOME_REJECTED, refusals
from casework.batch.evaluation_text import (
    Grouped,
    evaluation_json,
    evaluation_text,
    grouped_json,
    groups_text,
)
from casework.batch.groups import NOBODYS, Records, groups_by, read_records, strata_of
from casework.batch.pairs import NothingToJudge, Pair, read_pairs, read_truth
from casework.batch.writing import RejectedFrom, check_places, write_rejects, write_text
from casework.errors import InvalidInput
from casework.progress import progress
from matching.evaluation import Evaluation, ListedPairs, ListSide
from matching.evaluation import evaluate as judge
from matching.evaluation_groups import found_by_group, widest_gap

REJECTS_SAID = 5


RECORDED = "recorded"

Truth = set[Pair]


@dataclass(frozen=True, slots=True)
class Asked:
    """By what to group, from which files, and what may explain a gap."""

    columns: Sequence[str]
    records: Sequence[Path]
    given: Sequence[str]

    def __post_init__(self) -> None:
        if bool(self.columns) != bool(self.records):
            raise InvalidInput("--by and --records belong together: a column and its file.")
        if self.given and not self.columns:
            raise InvalidInput("--given explains a gap between groups: name them with --by.")


@click.command(short_help="Judge a list of pairs against a known truth.")
@click.argument("pairs", type=click.Path(path_type=Path))
@click.argument("truth", type=click.Path(path_type=Path))
@click.option("--by", multiple=True, help="Column to group by; may be given again.")
@click.option(
    "--records",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File of one side's records; may be given again for the other side.",
)
@click.option(
    "--given",
    multiple=True,
    help="Column that may explain a gap; else how much is recorded of both.",
)
@click.option("--json", "json_out", type=click.Path(path_type=Path), help="The same as JSON.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Rows that cannot be read.")
def evaluate(  # noqa: PLR0917 - each is an option of the command, documented in batch-tables
    pairs: Path,
    truth: Path,
    by: tuple[str, ...],
    records: tuple[Path, ...],
    given: tuple[str, ...],
    json_out: Path | None,
    rejects: Path | None,
) -> None:
    """Say how well PAIRS, as `reunir match` wrote them, finds TRUTH.

    Beside the columns of RECORDS, groups may be by age_group, name_length, name_rarity,
    condition_group and recorded (how much is recorded), which are computed from them.

    Example: reunir evaluate pairs.csv truth.csv --by sex --records missing.csv

    Exit code 0: every row read; 2: asked wrongly; 3: some rows rejected; 4: nothing usable.
    """
    with refusals():
        asked = Asked(by, records, given)
        check_places([each for each in (json_out, rejects) if each], [pairs, truth, *records])
        with progress(f"Reading {pairs.name} and {truth.name}"):
            known, unread_truth = read_truth(truth)
            listed, unread_pairs = read_pairs(pairs)
        _refuse_strangers(listed, known, pairs, truth)
        sources = [read_records(path, known) for path in asked.records]
        grouped = list(_grouped(asked, sources, listed, known))
        _put(judge(listed, known), grouped, json_out)
        unread = [unread_pairs, unread_truth, *(each.rejected for each in sources)]
        code = _tell_rejects(unread, rejects)
    sys.exit(code)


def _refuse_strangers(listed: ListedPairs, known: Truth, pairs: Path, truth: Path) -> None:
    """Refuse two files that do not speak of the same records: nothing found would be a lie."""
    if not len(listed):
        return
    sides = ((listed.left, 0, "left_id"), (listed.right, 1, "right_id"))
    for ids, at, column in sides:
        if not {pair[at] for pair in known} & set(ids):
            raise NothingToJudge(
                f"No {column} of {truth} stands in {pairs}: they are of different records, or"
                " left and right are exchanged."
            )


def _grouped(
    asked: Asked, sources: Sequence[Records], listed: ListedPairs, known: Truth
) -> Iterator[Grouped]:
    given = asked.given or (RECORDED,)
    strata = strata_of(sources, given, known) if sources else {}
    for column in asked.columns:
        for source, groups in groups_by(sources, column):
            at = 0 if source.side is ListSide.LEFT else 1
            found = found_by_group(listed, known, groups, source.side, strata=strata)
            strangers = sum(pair[at] not in groups for pair in known)
            gap = widest_gap(found, leave_out=NOBODYS)
            yield Grouped(column, source.side, given, found, gap, strangers)


def _put(judged: Evaluation, grouped: Sequence[Grouped], json_out: Path | None) -> None:
    click.echo("\n\n".join([evaluation_text(judged), *map(groups_text, grouped)]))
    if json_out is not None:
        text = json.dumps(_as_json(judged, grouped), indent=2, ensure_ascii=False)
        write_text(json_out, text + "\n")


def _as_json(judged: Evaluation, grouped: Sequence[Grouped]) -> dict[str, Any]:
    report = evaluation_json(judged)
    if grouped:
        report["by"] = [grouped_json(each) for each in grouped]
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
