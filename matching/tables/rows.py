"""One row of cells, joined into the fields of a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.codes import Answer
from matching.records import DateRange, Names, Place, Range
from matching.tables.cells import YEARS, Reading, Told, Untold, Wrong
from matching.tables.columns import (
    DATE_PAIRS,
    KEPT_AS_TEXT,
    NAMES,
    PAIRS,
    RECORD_ID,
    Column,
    Pair,
)
from matching.tables.problems import Problem, Rule

Columns = Mapping[str, Column]
Remembered = dict[str, dict[str, Reading]]

MOST_REMEMBERED = 20_000
"""Cells kept per column: most cells repeat, and a file of free text must not fill memory."""

BLANK = Untold(Answer.NOT_RECORDED)


@dataclass(slots=True)
class _Cells:
    """The cells of one row once read, by column."""

    values: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def row_fields(
    row: Mapping[str, str], columns: Columns, remembered: Remembered
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read a row into the fields of its record.

    Parameters
    ----------
    row : mapping of str to str
        Column to text.
    columns : mapping of str to Column
        The columns of this kind of record.
    remembered : dict
        Cells read before, by column; added to.

    Returns
    -------
    fields : dict
        Arguments of the record; empty when there is any problem.
    problems : tuple of Problem
        Every cell that cannot be read, and every pair of cells that contradict each other.
    """
    read = _read_cells(row, columns, remembered)
    record_id = row.get(RECORD_ID, "").strip()
    if not record_id:
        read.problems.insert(0, Problem(RECORD_ID, "", Rule.RECORD_ID_MISSING))
    joined = _numbers(read) | _dates(read) | _place(read) | _names(read)
    if read.problems:
        return {}, tuple(read.problems)
    kept = {name: row.get(name, "").strip() for name in KEPT_AS_TEXT if name in columns}
    other = {name: text for name, text in kept.items() if text}
    fields = joined | {columns[name].field: value for name, value in read.values.items()}
    unsaid = {columns[name].field: answer for name, answer in read.answers.items()}
    answers = {name: answer for name, answer in unsaid.items() if name not in fields}
    return fields | {"record_id": record_id, "answers": answers, "other": other}, ()


def _read_cells(row: Mapping[str, str], columns: Columns, remembered: Remembered) -> _Cells:
    read = _Cells()
    for name, text in row.items():
        if not text or name not in columns:
            continue
        known = remembered.setdefault(name, {})
        reading = known.get(text) or _read_once(columns[name], text, known)
        if isinstance(reading, Told):
            read.values[name] = reading.value
        elif isinstance(reading, Wrong):
            read.problems.append(Problem(name, reading.value, reading.rule, reading.hint))
        elif reading.answer is not Answer.NOT_RECORDED:
            read.answers[name] = reading.answer
    return read


def _read_once(column: Column, text: str, known: dict[str, Reading]) -> Reading:
    said = text.strip()
    reading = column.read(said) if said else BLANK
    if len(known) < MOST_REMEMBERED:
        known[text] = reading
    return reading


def _numbers(read: _Cells) -> dict[str, Range]:
    """Join the ends of each range; an end that was not said is as far as it can be."""
    ranges = {}
    for pair in PAIRS:
        low, high = read.values.pop(pair.low, None), read.values.pop(pair.high, None)
        if low is not None and high is not None and low > high:
            read.problems.append(_reversed(pair.low, f"{low:g} to {high:g}"))
        elif low is not None or high is not None:
            ranges[pair.field] = _open_range(pair, low, high)
    return ranges


def _open_range(pair: Pair, low: float | None, high: float | None) -> Range:
    bottom, top = pair.bounds
    return Range(bottom if low is None else low, top if high is None else high)


def _dates(read: _Cells) -> dict[str, DateRange]:
    """Join the ends of each date.

    A `from` alone says the day, month or year it names; a `to` alone says only that it was
    no later, so that nothing is called impossible on the strength of a date nobody gave.
    """
    ranges = {}
    for first, last, name in DATE_PAIRS:
        start, end = read.values.pop(first, None), read.values.pop(last, None)
        if start is None and end is None:
            continue
        earliest = start.earliest if start else date(YEARS[0], 1, 1)
        latest = end.latest if end else start.latest
        if earliest > latest:
            read.problems.append(_reversed(first, f"{earliest} to {latest}"))
        else:
            ranges[name] = DateRange(earliest, latest)
    _refuse_later_birth(ranges, read)
    return ranges


def _refuse_later_birth(ranges: Mapping[str, DateRange], read: _Cells) -> None:
    """Say that nobody was missed, or seen, before they were born."""
    birth = ranges.get("birth")
    for name in ("last_contact", "found"):
        day = ranges.get(name)
        if birth and day and birth.earliest > day.latest:
            value = birth.earliest.isoformat()
            read.problems.append(Problem("birth_from", value, Rule.BORN_LATER, name))


def _reversed(column: str, value: str) -> Problem:
    return Problem(column, value, Rule.ENDS_REVERSED)


def _names(read: _Cells) -> dict[str, Names]:
    said = {name: read.values.pop(name) for name in NAMES if name in read.values}
    return {"names": Names(**said)} if said else {}


def _place(read: _Cells) -> dict[str, Place]:
    """Join latitude, longitude and radius; half a place is none."""
    said = {
        name: read.values.pop(name)
        for name in ("lat", "lon", "radius_km")
        if name in read.values
    }
    missing = [name for name in ("lat", "lon") if name not in said]
    if not said or any(problem.column in missing for problem in read.problems):
        return {}
    if missing:
        value, hint = next(iter(said)), " and ".join(missing)
        read.problems.append(Problem(value, f"{said[value]:g}", Rule.PLACE_INCOMPLETE, hint))
        return {}
    if said["lat"] == said["lon"] == 0:
        read.problems.append(Problem("lat", "0", Rule.PLACE_ZERO))
        return {}
    return {"place": Place(said["lat"], said["lon"], said.get("radius_km"))}
