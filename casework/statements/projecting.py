"""Typed columns of a record, kept in line with what was said of it.

Lists, searches and the engine read typed columns; statements are where their values come
from. A projected field reads a column as a value, and writes a value into it: what is said
anew stands in the column at once, and what a file changed in a column is seen as said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import object_session

from casework.coarsening import coarse_place
from casework.codes import Answer
from casework.dataset.values import NONE, Value, dates_of, days_of, why_none
from casework.jobs.at_commit import ask_at_commit
from casework.values import DateRange
from privacy.model import Reveals

Read = Callable[[Any], Value]
Write = Callable[[Any, Value], None]
Entry = tuple[str, Mapping[str, Value]]  # its number in the field's path, and what it says
# Of the flat files: between the items of a list, and in place of a list.
BETWEEN_ITEMS = "|"
_NO_LIST = frozenset({"unknown", "none"})


@dataclass(frozen=True, slots=True)
class Projected:
    """One field and its columns; `beside` names other groups that its columns stand in."""

    field: str
    read: Read
    write: Write
    beside: frozenset[Reveals] = frozenset()
    # What is read again of a value once it was written: columns may hold less than was said.
    kept: Callable[[Value], Value] = lambda value: value


@dataclass(frozen=True, slots=True)
class ProjectedEntries:
    """A repeated field and its rows: all are read, and all are written, together.

    An entry is read without a number where its row has none that lasts.
    """

    field: str
    parts: frozenset[str]  # of an entry: those that the rows hold
    read: Callable[[Any], Sequence[Entry]]
    write: Callable[[Any, Sequence[Entry]], None]
    read_why: Callable[[Any], str]
    write_why: Callable[[Any, str], None]
    beside: frozenset[Reveals] = frozenset()
    # Where people contradict each other about one entry, the rows hold what each of them says.
    counts_all: bool = False


def answered(field: str, read: Read, write: Write, *, name: str = "") -> Projected:
    """Project a field whose record keeps in `answers` why it says nothing."""
    key = name or field

    def read_both(record: Any) -> Value:
        value = read(record)
        why = record.answers.get(key)
        return value if value is not None or not why else {NONE: why}

    def write_both(record: Any, value: Value) -> None:
        why = why_none(value)
        write(record, None if why else value)
        _keep_why(record, key, why)

    return Projected(field, read_both, write_both)


def text(field: str, *, name: str = "") -> Projected:
    """Project a column of words; empty says nothing."""
    column = name or field
    return answered(
        field,
        lambda record: getattr(record, column) or None,
        lambda record, value: setattr(record, column, value or ""),
    )


def code(field: str, codes: type[StrEnum], *, nothing: StrEnum | None = None) -> Projected:
    """Project a column of codes; `nothing` is the code, if there is one, of nothing said."""

    def read(record: Any) -> Value:
        held = getattr(record, field)
        return None if held is None or held is nothing else str(held)

    def write(record: Any, value: Value) -> None:
        setattr(record, field, nothing if value is None else codes(value))

    return answered(field, read, write)


def number_code(field: str) -> Projected:
    """Project a column whose codes are numbers."""

    def read(record: Any) -> Value:
        held = getattr(record, field)
        return None if held is None else str(held)

    def write(record: Any, value: Value) -> None:
        setattr(record, field, None if value is None else int(value))

    return answered(field, read, write)


def days(field: str) -> Projected:
    """Project the two ends of a range of days."""

    def read(record: Any) -> Value:
        ends = getattr(record, f"{field}_from"), getattr(record, f"{field}_to")
        return days_of(DateRange(*ends)) if None not in ends else None

    def write(record: Any, value: Value) -> None:
        dates = dates_of(value) if value else None
        setattr(record, f"{field}_from", dates.earliest if dates else None)
        setattr(record, f"{field}_to", dates.latest if dates else None)

    return answered(field, read, write)


def numbers(field: str) -> Projected:
    """Project the two ends of a range of numbers."""

    def read(record: Any) -> Value:
        ends = getattr(record, f"{field}_min"), getattr(record, f"{field}_max")
        told = [end for end in ends if end is not None]
        return {"min": told[0], "max": told[-1]} if told else None

    def write(record: Any, value: Value) -> None:
        setattr(record, f"{field}_min", value["min"] if value else None)
        setattr(record, f"{field}_max", value["max"] if value else None)

    return answered(field, read, write)


def several(field: str, *, name: str = "") -> Projected:
    """Project a column of several codes."""
    return answered(
        field,
        lambda record: list(getattr(record, field)) or None,
        lambda record, value: setattr(record, field, list(value or ())),
        name=name,
    )


PLACE_COLUMNS = ("country", "admin1", "place", "lat", "lon", "radius_km")
_EMPTY: Mapping[str, Any] = {"admin1": "", "place": ""}


def _never(_record: Any) -> bool:
    return False


def place(field: str, *, is_guarded: Callable[[Any], bool] = _never) -> Projected:
    """Project the place of last contact, or of the find.

    Of a record that `is_guarded` the columns hold the district alone: everybody who may read
    the record reads them, and lists, searches and the engine do.
    """

    def read(record: Any) -> Value:
        held = {name: getattr(record, name) for name in PLACE_COLUMNS}
        return {name: part for name, part in held.items() if part not in {None, ""}} or None

    def write(record: Any, value: Value) -> None:
        told = coarse_place(value) if is_guarded(record) else value
        for name in PLACE_COLUMNS:
            setattr(record, name, (told or {}).get(name, _EMPTY.get(name)))

    projected = answered(field, read, write, name="place_name")
    return projected if is_guarded is _never else replace(projected, kept=coarse_place)


def place_in_words(field: str) -> Projected:
    """Project a place into a column of words: what is most exact comes first."""

    def read(record: Any) -> Value:
        words = getattr(record, field)
        return {"place": words} if words else None

    def write(record: Any, value: Value) -> None:
        setattr(record, field, _in_words(value))

    def kept(value: Value) -> Value:
        words = _in_words(value)
        return {"place": words} if words else None

    return replace(answered(field, read, write), kept=kept)


def _in_words(value: Value) -> str:
    if not value or why_none(value):
        return ""
    named = (value.get(part) for part in ("place", "admin1", "country"))
    return ", ".join(str(part) for part in named if part)


def carried_entries(
    field: str,
    parts: frozenset[str],
    said: Callable[[str], Entry],
    cell: Callable[[str, Mapping[str, Value]], str],
) -> ProjectedEntries:
    """Project a list that the record carries word for word, in the notation of flat files.

    `said` reads one item of the cell as the number of an entry, if it has one of its own, and
    the entry; `cell` writes an entry as such an item.
    """

    def read(record: Any) -> list[Entry]:
        items = str(record.carried.get(field, "")).split(BETWEEN_ITEMS)
        return [said(item.strip()) for item in items if item.strip() and item not in _NO_LIST]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        told = BETWEEN_ITEMS.join(filter(None, (cell(*each) for each in entries)))
        rest = {key: text for key, text in record.carried.items() if key != field}
        record.carried = rest | ({field: told} if told else {})

    return ProjectedEntries(
        field,
        parts,
        read,
        write,
        lambda record: str(record.answers.get(field, "")),
        lambda record, why: _keep_why(record, field, why),
        beside=frozenset({Reveals.IDENTITY}),
    )


def each_country(field: str) -> ProjectedEntries:
    """Project countries named one by one: all that anybody named, until it is taken back.

    What institutions of a country named anew have of the record is called back.
    """

    def read(record: Any) -> list[Entry]:
        return [("", {"country": code}) for code in getattr(record, field)]

    def write(record: Any, entries: Sequence[Entry]) -> None:
        said = {entry.get("country") for _, entry in entries}
        codes = sorted(code for code in said if isinstance(code, str))
        is_new = not set(codes) <= set(getattr(record, field) or ())
        setattr(record, field, codes)
        session = object_session(record)
        if is_new and record.id and session is not None:
            ask_at_commit(session, f"call_back_{record.__tablename__}", record.id)

    return ProjectedEntries(
        field,
        frozenset({"country"}),
        read,
        write,
        lambda record: str(record.answers.get(field, "")),
        lambda record, why: _keep_why(record, field, why),
        counts_all=True,
    )


def _keep_why(record: Any, field: str, why: str) -> None:
    rest = {key: answer for key, answer in record.answers.items() if key != field}
    record.answers = rest | ({field: why} if why else {})


_WHY = frozenset({Answer.UNKNOWN, Answer.REFUSED, Answer.ABSENT})


def why_of_column(
    column: str, holds: Callable[[Any], bool]
) -> tuple[Callable[[Any], str], Callable[[Any, str], None]]:
    """Read and write why a list is empty, where a column of its own says so.

    `holds` tells whether the record has any of what the column answers for.
    """

    def read(record: Any) -> str:
        answer: Answer = getattr(record, column)
        return str(answer) if answer in _WHY and not holds(record) else ""

    def write(record: Any, why: str) -> None:
        if holds(record):
            setattr(record, column, Answer.RECORDED)
        elif why or getattr(record, column) is Answer.RECORDED:
            setattr(record, column, Answer(why) if why else Answer.NOT_RECORDED)

    return read, write
