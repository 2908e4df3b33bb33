"""Files of remains and of families, one JSON object a line: what could be read of them."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from casework.batch.json_files import json_lines
from casework.batch.writing import RejectedFrom, RejectedLine, write_rejects
from casework.errors import InvalidInput
from matching.errors import MatchingError
from matching.kinship import Tables
from matching.kinship.sought import (
    FAMILY_IDS,
    Remains,
    id_in,
    read_remains,
    set_named_in,
)

SAID = 5
"""So many refusals are repeated on the terminal; all of them stand in the rejects."""

NOT_JSON, REPEATED = "not_json", "id_repeated"


@dataclass
class Rejects:
    """Rows of one file that were put aside, with the reason."""

    path: Path
    rows: list[RejectedLine] = field(default_factory=list)

    def add(self, line: int, rule: str, reason: str, row: Any = None) -> None:
        """Put a row aside, and say so while there are few."""
        if len(self.rows) < SAID:
            click.echo(f"{self.path.name}, line {line}: {reason}", err=True)
        cells = {} if row is None else {"row": json.dumps(row, ensure_ascii=False)}
        self.rows.append(RejectedLine(line, rule, reason, cells))

    def refuse(self, line: int, error: MatchingError, row: Any) -> None:
        self.add(line, rule_of(type(error).__name__), str(error), row)


@dataclass(frozen=True)
class FamilyRow:
    """Where a family stands in its file, and by which frequencies it is weighed."""

    line: int
    id: str | None
    set_name: str | None
    loci: frozenset[str] | None = None


def rule_of(refusal: str) -> str:
    """Write the name of a refusal as rules are written."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", refusal).lower()


def read_all_remains(path: Path) -> tuple[list[Remains], list[int], Rejects]:
    """Read all remains but their alleles, with the lines they stand in."""
    found: list[Remains] = []
    lines: dict[str, int] = {}
    rejects = Rejects(path)
    for number, written in json_lines(path):
        if isinstance(written, InvalidInput):
            rejects.add(number, NOT_JSON, str(written))
            continue
        try:
            remains = read_remains(written)
        except MatchingError as error:
            rejects.refuse(number, error, written)
            continue
        if remains.id in lines:
            reason = f"The remains {remains.id} stand in line {lines[remains.id]} already."
            rejects.add(number, REPEATED, reason, written)
            continue
        lines[remains.id] = number
        found.append(remains)
    return found, list(lines.values()), rejects


def look_through(path: Path, tables: Tables) -> tuple[list[FamilyRow], Rejects]:
    """Find the families of a file and the frequencies they ask for; nothing else is kept."""
    rows: list[FamilyRow] = []
    lines: dict[str, int] = {}
    rejects = Rejects(path)
    for number, written in json_lines(path):
        named = id_in(written, FAMILY_IDS)
        if isinstance(written, InvalidInput):
            rejects.add(number, NOT_JSON, str(written))
        elif named in lines:
            reason = f"The family {named} stands in line {lines[named]} already."
            rejects.add(number, REPEATED, reason, written)
        else:
            if named is not None:
                lines[named] = number
            rows.append(FamilyRow(number, named, _set_of(written, tables), _loci_of(written)))
    return rows, rejects


def loci_asked(rows: Sequence[FamilyRow], set_name: str) -> frozenset[str] | None:
    """Give the loci that families of a set look at; None where one of them looks at all."""
    asked = [row.loci for row in rows if row.set_name == set_name]
    if None in asked:
        return None
    return frozenset().union(*(each for each in asked if each is not None))


def _loci_of(written: Any) -> frozenset[str] | None:
    said = written.get("loci") if isinstance(written, dict) else None
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        return None
    return frozenset(said)


def _set_of(written: Any, tables: Tables) -> str | None:
    """Give the set a family names; one that cannot be is refused when the family is read."""
    try:
        named = set_named_in(written if isinstance(written, dict) else {}, tables)
    except MatchingError:
        return None
    return named if named in tables.sets else None


def rows_again(path: Path, rows: Sequence[FamilyRow]) -> Iterator[tuple[Any, str | None]]:
    """Read families again, one by one, with their ids: they are not all kept in memory."""
    wanted = {row.line: row.id for row in rows}
    for number, written in json_lines(path):
        if number in wanted:
            yield written, wanted[number]


def put_rejects(path: Path, rejects: Sequence[Rejects], *, is_asked_for: bool) -> None:
    """Write the rows put aside; a file asked for, or left by an earlier run, is made new."""
    sources = [
        RejectedFrom(each.path, ("row",), sorted(each.rows, key=lambda row: row.line))
        for each in rejects
        if each.rows
    ]
    if sources or is_asked_for or path.exists():
        write_rejects(path, sources)
    if sources:
        click.echo(f"Rows that were put aside stand in {path} with the reason.", err=True)
