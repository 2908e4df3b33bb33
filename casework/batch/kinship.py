"""`reunir kinship`: cases and frequencies in, exact likelihood ratios out, one line a case."""

import json
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from casework.batch.ending import NOTHING_USABLE, SOME_REJECTED, refusals
from casework.batch.json_files import json_lines, read_json
from casework.batch.writing import check_places, replacing
from casework.errors import InvalidInput
from casework.progress import progress
from matching.errors import MatchingError, UnusableFrequencies
from matching.kinship import Tables, read_case, read_tables
from matching.kinship.cases import case_id_of

SAID = 5
"""So many refusals are repeated on the terminal; all of them stand in the result."""

SECONDS_DIGITS = 6


# All commands about DNA but the joint one, whose problem may hold them, ask for these.
asks_frequencies = click.option(
    "--frequencies",
    type=click.Path(path_type=Path),
    required=True,
    help="JSON of allele frequencies: {set: {locus: {allele: frequency}}}.",
)


@click.command(short_help="Weigh DNA of remains against families.")
@click.argument("cases", type=click.Path(path_type=Path))
@asks_frequencies
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where ratios go.")
def kinship(cases: Path, frequencies: Path, out: Path) -> None:
    """Weigh each case of CASES, one JSON object a line, and write one object a line.

    A ratio is no identification: it goes with a prior and with all other evidence.

    Example: reunir kinship cases.jsonl --frequencies frequencies.json --out lrs.jsonl

    Exit code 0: every case computed; 2: asked wrongly; 3: some cases refused; 4: none computed.
    """
    with refusals():
        check_places([out], [cases, frequencies])
        results = _results(cases, tables_of(frequencies))
        code = write_results(results, cases, out, f"Weighing the cases of {cases.name}")
    sys.exit(code)


def tables_of(path: Path) -> Tables:
    """Read allele frequencies.

    Raises
    ------
    InvalidInput
        If the file is no such table; the message names it.
    """
    try:
        return read_tables(read_json(path))
    except UnusableFrequencies as error:
        raise InvalidInput(f"{path}: {error}") from error


def write_results(results: Iterator[dict[str, Any]], path: Path, out: Path, label: str) -> int:
    """Write one result a line, refusals too, and give the exit code."""
    read = refused = 0
    # A refusal may quote a genotype, so the file is its owner's alone.
    with progress(label) as step, replacing(out, is_private=True) as file:
        for result in results:
            read += 1
            if "error" in result:
                refused += 1
                if refused <= SAID:
                    click.echo(f"{path.name}, {_named(result)}: {result['error']}", err=True)
            file.write((json.dumps(result, ensure_ascii=False) + "\n").encode())
            step(read, 0)
    if refused:
        click.echo(f"{refused:,} of {read:,} cases were refused; {out} says why.", err=True)
    if read == refused:
        click.echo(f"{path} has no case that could be computed.", err=True)
        return NOTHING_USABLE
    return SOME_REJECTED if refused else 0


def _named(result: dict[str, Any]) -> str:
    return f"case {result['case_id']}" if result["case_id"] else f"line {result['line']}"


def _results(path: Path, tables: Tables) -> Iterator[dict[str, Any]]:
    lines: dict[str, int] = {}
    for number, written in json_lines(path):
        if isinstance(written, InvalidInput):
            yield {"case_id": None, "line": number, "error": str(written)}
            continue
        case_id = case_id_of(written)
        if case_id in lines:
            error = f"The case_id {case_id} stands in line {lines[case_id]} already."
            yield {"case_id": case_id, "line": number, "error": error}
            continue
        if case_id is not None:
            lines[case_id] = number
        yield _result(written, case_id, tables, number)


def _result(written: Any, case_id: str | None, tables: Tables, line: int) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        case = read_case(written, tables)
        weighed = case.weighed()
    except MatchingError as error:
        return {"case_id": case_id, "line": line, "error": str(error)}
    return {
        "case_id": case.case_id,
        "lr_per_locus": {name: as_json(lr) for name, lr in weighed.ratios.by_locus.items()},
        "log10_lr_total": as_json(weighed.ratios.total_log10),
        "seconds": round(time.perf_counter() - began, SECONDS_DIGITS),
        "warnings": list(weighed.warnings),
        "assumptions": list(weighed.assumptions),
        "lines": [each.as_dict() for each in weighed.lines],
    }


def as_json(number: float) -> float | str | None:
    """Write what JSON has no number for as a word, and what is not defined as null."""
    if math.isnan(number):
        return None
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number
