"""Whole files or none: written beside their place, made durable, then renamed."""

import csv
import errno
import gzip
import io
import os
import secrets
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from casework.batch.files import table_format
from casework.errors import InvalidInput, Unavailable

GZIP_LEVEL = 3
"""Three times as fast as the default for a tenth more bytes, measured on pairs; our choice."""

USUAL, PRIVATE, EVERYTHING = 0o666, 0o600, 0o777


class CannotWrite(Unavailable):
    """A file could not be written; nothing of it was left behind."""


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A row that could not be read: where it stood, the rules it breaks, and the row itself."""

    line: int
    rules: str
    reasons: str
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RejectedFrom:
    """The rows of one file that could not be read."""

    path: Path
    header: Sequence[str]
    rows: Sequence[RejectedLine]


@contextmanager
def replacing(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` once it is complete, and not before.

    A private file is its owner's alone; none is open to more than the one it replaces.

    Raises
    ------
    CannotWrite
        If the folder is missing or closed, or the disk is full.
    """
    name = path.with_name(f".{path.name}.{secrets.token_hex(8)}.partial")
    with _named_faults(path):
        mode = (PRIVATE if is_private else USUAL) & _mode_before(path)
        # Born with its mode, of which the system takes what the process masks.
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with _named_faults(path):
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            name.replace(path)
            _settle_folder(path.parent)
    finally:
        name.unlink(missing_ok=True)


def check_places(written: Sequence[Path], read: Sequence[Path]) -> None:
    """Refuse before the long work to write over an input, or over another output.

    Raises
    ------
    InvalidInput
        If two of the files are one.
    CannotWrite
        If one of the outputs could not be written.
    """
    # A corrected file of rejects is a likely input of the next run: it must not be lost.
    resolved = [each.resolve() for each in (*written, *read)]
    for place in written:
        if resolved.count(place.resolve()) > 1:
            raise InvalidInput(
                f"{place} is named twice: what is written and what is read must be "
                "different files."
            )
    for place in written:
        check_writable(place)


def check_writable(path: Path) -> None:
    """Refuse at once a place that could not be written to after the long work."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder; name a file in it.")
    with _named_faults(path), tempfile.TemporaryFile(dir=path.parent):
        pass


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table as the name of the file asks, an empty cell for each null."""
    write_pieces(path, [table])


def write_pieces(path: Path, pieces: Iterable[pa.Table], *, is_private: bool = False) -> None:
    """Write one table that comes piece by piece, at least one, each let go of once written.

    A file of CSV does not depend on how large the pieces are; of Parquet each is a row group.
    """
    kind, rest = table_format(path), iter(pieces)
    first = next(rest)
    with (
        replacing(path, is_private=is_private) as file,
        _writer(kind, file, first.schema) as writer,
    ):
        writer.write_table(first)
        del first
        for piece in rest:
            writer.write_table(piece)


@contextmanager
def _writer(kind: str, file: BinaryIO, schema: pa.Schema) -> Iterator[Any]:
    if kind == ".parquet":
        with pyarrow.parquet.ParquetWriter(file, schema) as writer:
            yield writer
    elif kind == ".csv":
        with pyarrow.csv.CSVWriter(file, schema) as writer:
            yield writer
    else:
        # No time in it: the same result gives the same file, byte for byte.
        with (
            gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed,
            pyarrow.csv.CSVWriter(packed, schema) as writer,
        ):
            yield writer


def write_text(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write a text file; one that may quote rows of people is private."""
    with replacing(path, is_private=is_private) as file:
        file.write(text.encode())


def write_rejects(path: Path, sources: Sequence[RejectedFrom]) -> None:
    """Write each rejected row with its file, line, rules and reasons, then as it stood.

    Such rows may name people: only whoever wrote the file may read it.
    """
    columns = (name for source in sources for name in _columns(source))
    header = list(dict.fromkeys(columns))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["file", "line", "rules", "reasons", *header])
    for source in sources:
        for row in source.rows:
            cells = [row.cells.get(name, "") for name in header]
            writer.writerow([source.path.name, row.line, row.rules, row.reasons, *cells])
    write_text(path, text.getvalue(), is_private=True)


def _columns(source: RejectedFrom) -> Iterator[str]:
    """Name the file's columns, and those that only rows longer than the header have."""
    yield from source.header
    for row in source.rows:
        yield from row.cells


@contextmanager
def _named_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room for {path}; it was not written. Free some and run it again."
    if error.errno == errno.ENOENT:
        return f"There is no folder {path.parent} to write {path.name} in."
    return f"{path} cannot be written: {error.strerror or error}."


def _mode_before(path: Path) -> int:
    """Give the permissions of the file that is to be replaced; all where there is none."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return EVERYTHING


def _settle_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
