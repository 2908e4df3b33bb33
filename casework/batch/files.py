"""Rows out of `.csv`, `.csv.gz` and `.parquet`, told apart by name, read as they stream by.

Stricter than the imports of the registry, which guess encodings and layouts for a person to
look over: here nobody looks, so whatever is doubtful is refused in one sentence.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import BinaryIO

import pyarrow.lib
import pyarrow.parquet

from casework.errors import InvalidInput
from matching.tables import NumberedRow, Problem, Rule

SURPLUS = "(surplus)"
"""Column under which cells beyond the header are kept, so that a rejected row is whole."""

FORMATS = (".csv", ".csv.gz", ".parquet")
ROWS_AT_A_TIME = 5_000

_DISGUISES = {
    b"\x1f\x8b": "a gzip file: name it .csv.gz",
    b"PK\x03\x04": "a ZIP file or a workbook: export it as CSV in UTF-8",
    b"%PDF": "a PDF: export the table as CSV in UTF-8",
    b"PAR1": "a Parquet file: name it .parquet",
    b"\xff\xfe": "UTF-16: save it as CSV in UTF-8",
    b"\xfe\xff": "UTF-16: save it as CSV in UTF-8",
}


class UnreadableTable(InvalidInput):
    """The whole file cannot be read; nothing of it was taken."""


class NoSuchTable(UnreadableTable):
    """There is no such file, or its name does not say how to read it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A file's header, and its rows as they stream by; they can be read once."""

    path: Path
    header: tuple[str, ...]
    rows: Iterator[NumberedRow]


def read_rows(path: Path) -> Rows:
    """Open the file at `path` and read its header.

    Raises
    ------
    UnreadableTable
        Now or while rows are read: it is missing, cut short, not UTF-8, or not what its
        name says.
    """
    kind = table_format(path)
    if path.is_dir():
        raise NoSuchTable(f"{path} is a folder; name a file in it.")
    if not path.exists():
        raise NoSuchTable(f"There is no file {path}.")
    rows = _parquet_rows(path) if kind == ".parquet" else _csv_rows(path, kind)
    header = next(rows)
    names = tuple(header.cells)
    return Rows(path, names, rows)


def table_format(path: Path) -> str:
    """Tell by its name which of the three formats a file has, or is to have."""
    name = path.name.lower()
    for suffix in FORMATS:
        if name.endswith(suffix):
            return suffix
    raise NoSuchTable(
        f"{path} is told apart by its name, which must end in {', '.join(FORMATS)}."
    )


def rows_in(path: Path) -> int:
    """Count the rows of a file without reading them; a cell of several lines counts for more.

    Raises
    ------
    UnreadableTable
        As `read_rows`, before any row.
    """
    kind = table_format(path)
    read_rows(path)
    with _named_faults(path):
        if kind == ".parquet":
            with pyarrow.parquet.ParquetFile(path) as file:
                return int(file.metadata.num_rows)
        with _bytes(path, kind) as data:
            return sum(1 for _ in data) - 1


def _csv_rows(path: Path, kind: str) -> Iterator[NumberedRow]:
    """Yield the header first, as a row whose cells are named by themselves."""
    with _named_faults(path), _bytes(path, kind) as data:
        _refuse_disguise(path, data)
        text = io.TextIOWrapper(data, encoding="utf-8-sig", newline="")
        # Strict: else one quote left open would swallow the rest of the file in silence.
        reader = csv.reader(text, strict=True)
        header = _header(path, next(reader, []))
        yield NumberedRow(1, dict.fromkeys(header, ""))
        began = reader.line_num + 1
        for cells in reader:
            if cells:
                yield _numbered(began, header, cells)
            began = reader.line_num + 1


def _numbered(line: int, header: Sequence[str], cells: list[str]) -> NumberedRow:
    named = dict(zip(header, cells, strict=False))
    if len(cells) == len(header):
        return NumberedRow(line, named)
    if len(cells) > len(header):
        named[SURPLUS] = "|".join(cells[len(header) :])
    found, hint = str(len(cells)), str(len(header))
    misfit = Problem("", found, Rule.CELLS_DO_NOT_FIT_HEADER, hint)
    return NumberedRow(line, named, misfit)


def _header(path: Path, cells: Sequence[str]) -> tuple[str, ...]:
    header = tuple(cell.replace("\ufeff", "").strip() for cell in cells)
    if not any(header):
        raise UnreadableTable(f"{path} is empty: it has no header.")
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise UnreadableTable(f"{path} has the column “{twice[0]}” twice; rename one of them.")
    return header


def _bytes(path: Path, kind: str) -> BinaryIO:
    if kind == ".csv":
        return path.open("rb")
    return io.BufferedReader(gzip.open(path, "rb"))


def _refuse_disguise(path: Path, data: BinaryIO) -> None:
    start = data.peek(4)[:4]  # type: ignore[attr-defined]  # both readers are buffered
    for magic, what in _DISGUISES.items():
        if start.startswith(magic):
            raise UnreadableTable(f"{path} is not CSV inside but {what}.")


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    """Turn what the readers of Python raise into one sentence about this file."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise UnreadableTable(
            f"{path} is not UTF-8 {_first_bad_line(path)}. Save it as CSV in UTF-8."
        ) from error
    except gzip.BadGzipFile as error:
        raise UnreadableTable(f"{path} is not gzip inside, as its name says.") from error
    except (EOFError, zlib.error) as error:
        raise UnreadableTable(f"{path} is cut short or damaged; fetch it again.") from error
    except csv.Error as error:
        raise UnreadableTable(
            f"{path} is not RFC 4180: {error}. Look for a quote that is not closed."
        ) from error
    except (pyarrow.lib.ArrowException, OSError) as error:
        raise UnreadableTable(f"{path} cannot be read: {_first_line(error)}.") from error


def _first_bad_line(path: Path) -> str:
    with _bytes(path, table_format(path)) as data:
        for number, line in enumerate(data, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return f"in line {number}"
    return "at its end"


def _first_line(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return reason.splitlines()[0].rstrip(".") if reason else type(error).__name__


def _parquet_rows(path: Path) -> Iterator[NumberedRow]:
    """Yield the header first, then rows numbered from 1 as Parquet has no lines."""
    with _named_faults(path), pyarrow.parquet.ParquetFile(path) as file:
        header = _header(path, file.schema_arrow.names)
        yield NumberedRow(0, dict.fromkeys(header, ""))
        line = 0
        for batch in file.iter_batches(ROWS_AT_A_TIME):
            columns = [map(_as_text, column.to_pylist()) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                line += 1
                yield NumberedRow(line, dict(zip(header, cells, strict=True)))


def _as_text(value: object) -> str:
    match value:
        case float() if value.is_integer():
            return str(int(value))
        case float() if value != value:  # noqa: PLR0124 - only nan differs from itself
            return ""
        case bytes():
            return value.decode(errors="replace")
        case list():
            return "|".join(map(_as_text, value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return "" if value is None else str(value)
