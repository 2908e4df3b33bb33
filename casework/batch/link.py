"""`reunir link`: one file in, the pairs that may be of one person and their groups out."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import numpy as np
import pyarrow as pa

from casework.batch.ending import SOME_REJECTED, NothingUsable, refusals
from casework.batch.files import table_format
from casework.batch.link_reasons import joined_to, reasons_of_links
from casework.batch.noticed import say_what_was_noticed
from casework.batch.people import Loaded, load_as
from casework.batch.rounding import significant
from casework.batch.running import Stopwatch, cores, peak_memory_mb
from casework.batch.writing import check_places, write_rejects, write_table, write_text
from casework.errors import InvalidInput
from casework.imports.profiles.profile import Reads
from casework.progress import progress
from matching.codes import Answer
from matching.linking.groups import Groups, groups_of
from matching.linking.parameters import LinkingModel, load_linking_model
from matching.linking.records import COLUMNS, Records
from matching.linking.search import Links, link
from matching.records import MissingRecord, RemainsRecord
from matching.tables import NumberedRow, Table, missing_table, remains_table

KINDS = {"missing-missing": Reads.MISSING, "remains-remains": Reads.REMAINS}
WEAK = 0.05
"""Pairs less likely than this are not asked whether two groups belong together; our choice."""
WEIGHT_DECIMALS, POSTERIOR_DIGITS = 4, 6
UNSAID = {answer.value for answer in (Answer.UNKNOWN, Answer.ABSENT)} | {"none"}
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    records: Path
    kind: str
    out: Path
    groups: Path | None
    report: Path | None
    rejects: Path | None
    jobs: int
    least: float

    @property
    def rejects_path(self) -> Path:
        """Where rejected rows go: beside the output unless another place was named."""
        stem = self.out.name[: -len(table_format(self.out))]
        return self.rejects or self.out.with_name(f"{stem}.rejects.csv")


@click.command(name="link", short_help="Find the records of one file that are of one person.")
@click.argument("records", type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice(list(KINDS)), default="missing-missing", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where pairs go.")
@click.option("--groups", type=click.Path(path_type=Path), help="Where groups go.")
@click.option(
    "--min-posterior", type=click.FloatRange(0.0, 1.0), default=0.5, show_default=True
)
@click.option("--model", "model_name", help="Name of the model file; else the newest.")
@click.option("--jobs", type=click.IntRange(1), help="Processor cores to use; else all.")
@click.option("--report", type=click.Path(path_type=Path), help="JSON about the run.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Rows that cannot be read.")
def link_file(  # noqa: PLR0913, PLR0917 - each is an option of the command, documented in batch-tables
    records: Path,
    kind: str,
    out: Path,
    groups: Path | None,
    min_posterior: float,
    model_name: str | None,
    jobs: int | None,
    report: Path | None,
    rejects: Path | None,
) -> None:
    """Find the records of RECORDS that are likely to be of one person.

    Example: reunir link missing.csv --out pairs.csv --groups groups.csv

    Exit code 0: every row read; 2: asked wrongly; 3: some rows rejected; 4: nothing usable.
    """
    wanted = Wanted(records, kind, out, groups, report, rejects, jobs or cores(), min_posterior)
    with refusals():
        code = _link(wanted, load_linking_model(model_name))
    sys.exit(code)


def _link(wanted: Wanted, model: LinkingModel) -> int:
    _check_places(wanted)
    watch = Stopwatch()
    read = _Reading(wanted.kind)
    with watch.step("read"), progress(f"Reading {wanted.records.name}"):
        loaded = load_as(wanted.records, KINDS[wanted.kind], read.table)
    say_what_was_noticed(loaded)
    _put_rejects(wanted, loaded)
    if len(loaded.records) < FEWEST:
        raise NothingUsable(f"{wanted.records} has not two rows that could be read.")
    records = read.records(loaded)
    with watch.step("link"), progress(f"Linking {len(records):,} records") as step:
        found = link(
            records,
            model,
            jobs=wanted.jobs,
            least_posterior=min(WEAK, wanted.least),
            progress=step,
        )
    groups = groups_of(found, len(records))
    with watch.step("write"):
        shown = int((found.posterior >= wanted.least).sum())
        write_table(wanted.out, links_table(records, found).slice(0, shown))
        if wanted.groups:
            write_table(wanted.groups, groups_table(records, groups, found))
    if wanted.report:
        report = _report(loaded, found, groups, shown) | {"seconds": watch.seconds}
        write_text(wanted.report, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return SOME_REJECTED if loaded.rejected.rows else 0


def _check_places(wanted: Wanted) -> None:
    """Refuse before the long work what would be refused after it."""
    if table_format(wanted.rejects_path) != ".csv":
        raise InvalidInput(f"Rejected rows are written as .csv, not as {wanted.rejects_path}.")
    outputs = (wanted.out, wanted.groups, wanted.report, wanted.rejects_path)
    for table in (wanted.out, wanted.groups):
        if table:
            table_format(table)
    check_places([each for each in outputs if each], [wanted.records])


def _put_rejects(wanted: Wanted, loaded: Loaded[Any]) -> None:
    path = wanted.rejects_path
    rejected = [loaded.rejected] if loaded.rejected.rows else []
    if rejected or wanted.rejects or path.exists():
        write_rejects(path, rejected)
    if rejected:
        click.echo(
            f"The rows that could not be read stand in {path} with the reason.", err=True
        )


@dataclass(slots=True)
class _Reading:
    """Reads a file as `match` does, and notes what stands in the columns that link records."""

    kind: str
    cells: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def table(self, header: Sequence[str], rows: Iterable[NumberedRow]) -> Table[Any]:
        read = missing_table if KINDS[self.kind] is Reads.MISSING else remains_table
        return read(header, self._noted(rows))

    def _noted(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        for row in rows:
            said = tuple(_said(row.cells.get(name, "")) for name in COLUMNS)
            self.cells.setdefault(row.cells.get("record_id", "").strip(), said)
            yield row

    def records(self, loaded: Loaded[MissingRecord | RemainsRecord]) -> Records:
        """Give the columns of all rows that were read, sex and birth as the record has them."""
        ids = [record.record_id for record in loaded.records]
        listed = zip(*(self.cells[name] for name in ids), strict=True)
        columns: dict[str, Sequence[str]] = dict(zip(COLUMNS, map(list, listed), strict=True))
        columns["sex"] = [
            record.sex.value.removeprefix("probable_") for record in loaded.records
        ]
        born = [_born(record) for record in loaded.records]
        for at, name in enumerate(("birth_from", "birth_to")):
            columns[name] = [
                said or years[at] for said, years in zip(columns[name], born, strict=True)
            ]
        return Records(ids, columns)


def _said(cell: str) -> str:
    said = cell.strip()
    return "" if said.lower() in UNSAID else said


def _born(record: MissingRecord | RemainsRecord) -> tuple[str, str]:
    """Give the years somebody was born in, by their age at the last contact."""
    if not isinstance(record, MissingRecord) or record.birth or not record.age:
        return "", ""
    if record.last_contact is None:
        return "", ""
    first = record.last_contact.earliest.year - int(record.age.high) - 1
    return str(first), str(record.last_contact.latest.year - int(record.age.low))


def links_table(records: Records, links: Links) -> pa.Table:
    """Lay links out in the columns of `docs/reference/batch-tables.md`."""
    ids, model = pa.array(records.ids), links.model
    ranks = _ranks(links)
    columns = {
        "left_id": ids.take(pa.array(links.left)),
        "right_id": ids.take(pa.array(links.right)),
        "log10_lr": pa.array(np.round(links.log10_lr, WEIGHT_DECIMALS)),
        "posterior": pa.array(significant(links.posterior, POSTERIOR_DIGITS)),
        "rank_for_left": pa.array(ranks[0]),
        "rank_for_right": pa.array(ranks[1]),
    }
    for kind, weights in links.weights.items():
        rounded = np.round(weights, WEIGHT_DECIMALS)
        columns[f"w_{kind}"] = pa.array(rounded, mask=np.isnan(rounded))
    columns["reasons"] = reasons_of_links(links, records.ids)
    columns["model"] = pa.repeat(model.name, len(links))
    columns["model_version"] = pa.repeat(model.version, len(links))
    return pa.table(columns)


def _ranks(links: Links) -> tuple[list[int], list[int]]:
    """Count for each record of a link how many likelier links it has, on whichever side."""
    seen: dict[int, int] = {}
    ranks: tuple[list[int], list[int]] = ([], [])
    for pair in zip(links.left.tolist(), links.right.tolist(), strict=True):
        for record, side in zip(pair, ranks, strict=True):
            seen[record] = seen.get(record, 0) + 1
            side.append(seen[record])
    return ranks


def groups_table(records: Records, groups: Groups, links: Links) -> pa.Table:
    """Lay groups out, with what joins each record; who is linked with none is not in it."""
    order = np.argsort(groups.group, kind="stable")
    order = order[groups.group[order] >= 0]
    ids, joined = pa.array(records.ids), joined_to(groups, links)
    said = [joined.get(at, (None, None)) for at in order.tolist()]
    because = pa.array([at for _, at in said], pa.int64())
    return pa.table(
        {
            "record_id": ids.take(pa.array(order)),
            "group": pa.array(groups.group[order] + 1),
            "joined_to": ids.take(pa.array([one for one, _ in said], pa.int64())),
            "posterior": pa.array(significant(links.posterior, POSTERIOR_DIGITS)).take(because),
            "reasons": reasons_of_links(links, records.ids).take(because),
        }
    )


def _report(loaded: Loaded[Any], links: Links, groups: Groups, shown: int) -> dict[str, Any]:
    learnt = links.learnt
    return {
        "records": {
            "file": loaded.path.name,
            "layout": loaded.layout,
            "rows": loaded.rows,
            "read": len(loaded.records),
            "rejected": len(loaded.rejected.rows),
            "unknown_columns": list(loaded.unknown_columns),
        },
        "pairs_compared": links.n_compared,
        "pairs_parted": links.n_parted,
        "pairs_written": shown,
        "expected_true_matches": learnt.expected_matches,
        "expected_true_matches_in_list": float(links.posterior[:shown].sum()),
        "prior": {"value": learnt.match_share, "basis": _basis(links)},
        "learning_rounds": learnt.rounds,
        "groups": int(groups.group.max(initial=-1)) + 1,
        "strong_links_that_join_nothing": len(groups.refused),
        "model": {
            "name": links.model.name,
            "version": links.model.version,
            "sha256": links.model.hash,
        },
        "peak_memory_mb": peak_memory_mb(),
    }


def _basis(links: Links) -> str:
    if links.learnt.rounds:
        return "learnt from these records"
    return "the model's own: too few likely pairs to learn from"
