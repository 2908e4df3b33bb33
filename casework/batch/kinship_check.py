"""`reunir kinship-check`: what would mislead in families, cases and samples, before results."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from casework.batch.ending import refusals
from casework.batch.json_files import json_lines
from casework.batch.kinship import (
    SECONDS_DIGITS,
    as_json,
    asks_frequencies,
    tables_of,
    write_results,
)
from casework.batch.writing import check_places
from casework.errors import InvalidInput
from casework.progress import progress
from matching.errors import MatchingError
from matching.kinship import Tables
from matching.kinship.alike import Alike, Profile, alike_in, markers_of
from matching.kinship.cases import case_id_of
from matching.kinship.checks import Check, check, missing_id_in
from matching.kinship.sought import FAMILY_IDS, id_in

STAFF = "staff"

Noticed = dict[int, list[dict[str, Any]]]
"""What was found alike, by the line of the case."""


@click.command(name="kinship-check", short_help="Look for what would mislead in DNA cases.")
@click.argument("cases", type=click.Path(path_type=Path))
@asks_frequencies
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where checks go.")
@click.option(
    "--staff",
    type=click.Path(path_type=Path),
    help="Profiles of who handles samples, one {id, genotypes} a line.",
)
def kinship_check(cases: Path, frequencies: Path, out: Path, staff: Path | None) -> None:
    """Check each case of CASES, as `reunir kinship` reads them; remains may be lacking.

    Whether a family's profiles fit its pedigree, which profiles are the same, who else the
    remains might be, and how far the ratio rests on frequency table and theta.

    Example: reunir kinship-check cases.jsonl --frequencies f.json --out checks.jsonl

    Exit code 0: every case checked; 2: asked wrongly; 3: some refused; 4: none checked.
    """
    with refusals():
        check_places([out], [each for each in (cases, frequencies, staff) if each])
        tables = tables_of(frequencies)
        with progress("Comparing profiles"):
            noticed = _noticed(cases, staff)
        results = _results(cases, tables, noticed)
        code = write_results(results, cases, out, f"Checking {cases.name}")
    sys.exit(code)


def _noticed(cases: Path, staff: Path | None) -> Noticed:
    """Find profiles that are the same, within cases, between them, and with staff."""
    owned = [*_of_cases(cases), *(_of_staff(staff) if staff else ())]
    profiles = [profile for _, profile in owned]
    found: Noticed = {}
    for alike in alike_in(profiles):
        for mine, theirs in ((alike.one, alike.other), (alike.other, alike.one)):
            (line, own), (_, other) = owned[mine], owned[theirs]
            if line and (own.where, own.who) != (other.where, other.who):
                found.setdefault(line, []).append(_told(alike, own, other))
    return found


def _of_cases(path: Path) -> Iterator[tuple[int, Profile]]:
    for number, row in json_lines(path):
        if not isinstance(row, dict) or not isinstance(row.get("genotypes"), dict):
            continue
        family = id_in(row, FAMILY_IDS) or f"line {number}"
        missing = missing_id_in(row)
        remains = id_in(row, ("remains_id", "case_id")) or family
        may_have_lost = bool(row.get("dropout_d"))
        profiles = dict(row["genotypes"])
        if missing is not None:
            profiles[missing] = row.get("pm_observed") or profiles.get(missing)
        for who, own in profiles.items():
            is_remains = who == missing
            where, lost = (remains, may_have_lost) if is_remains else (family, False)
            yield number, Profile(where, str(who), markers_of(own), lost)


def _of_staff(path: Path) -> Iterator[tuple[int, Profile]]:
    for number, row in json_lines(path):
        if isinstance(row, InvalidInput):
            raise InvalidInput(f"{path}, line {number}: {row}")
        named = id_in(row, ("id", "staff_id"))
        markers = markers_of(row.get("genotypes")) if isinstance(row, dict) else {}
        if named is None or not markers:
            raise InvalidInput(f"{path}, line {number}: a profile needs id and genotypes.")
        yield 0, Profile(STAFF, named, markers)


def _told(alike: Alike, own: Profile, other: Profile) -> dict[str, Any]:
    agreeing = f"at {alike.loci - alike.differing} of {alike.loci} loci"
    whose = f"{other.who} ({other.where})"
    if alike.is_part:
        says = f"All that {own.who} shows may be {whose}, or the reverse, {agreeing}"
    else:
        says = f"{own.who} has the profile of {whose} {agreeing}"
    return {
        "who": own.who,
        "other": other.who,
        "where": other.where,
        "loci": alike.loci,
        "differing": alike.differing,
        "is_part": alike.is_part,
        "says": f"{says}: one person sampled twice, twins, exchanged tubes or a contamination.",
    }


def _results(path: Path, tables: Tables, noticed: Noticed) -> Iterator[dict[str, Any]]:
    for number, written in json_lines(path):
        named = case_id_of(written) or id_in(written, FAMILY_IDS)
        alike = noticed.get(number, [])
        refused = {"case_id": named, "line": number, "alike": alike}
        if isinstance(written, InvalidInput):
            yield refused | {"error": str(written)}
            continue
        began = time.perf_counter()
        try:
            found = check(written, tables)
        except MatchingError as error:
            yield refused | {"error": str(error)}
            continue
        spent = round(time.perf_counter() - began, SECONDS_DIGITS)
        yield {"case_id": named} | _checked(found, alike) | {"seconds": spent}


def _checked(found: Check, alike: Sequence[dict[str, Any]]) -> dict[str, Any]:
    consistency = found.consistency
    return {
        "findings": [*(each["says"] for each in alike), *found.findings()],
        "contradicted_loci": list(consistency.contradicted),
        "doubts": [
            {
                "told": doubt.told.value,
                "people": list(doubt.people),
                "log10_times": as_json(doubt.log10_times),
            }
            for doubt in consistency.doubts
        ],
        "alternatives": [
            {"who": each.who, "log10_lr": as_json(each.log10_lr)} for each in found.alternatives
        ],
        "sensitivity": [
            {name: _as_json(value) for name, value in asdict(each).items()}
            for each in found.sensitivity
        ],
        "alike": list(alike),
    }


def _as_json(value: Any) -> Any:
    return as_json(value) if isinstance(value, float) else value
