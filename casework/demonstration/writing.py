"""The invented world as four files, each whole or not written."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from casework.batch.writing import CannotWrite, check_writable, write_text
from casework.demonstration import examinations, incidents, reports
from casework.demonstration.invention import InventedWorld
from casework.errors import InvalidInput
from casework.imports.drafts import INVENTED

HEADERS: Mapping[str, Sequence[str]] = {
    "missing.csv": reports.COLUMNS,
    "remains.csv": examinations.COLUMNS,
    "incidents.csv": incidents.COLUMNS,
    "truth.csv": ("left_id", "right_id"),
}


class NotOurs(InvalidInput):
    """A file that somebody else made stands where an invented one would go."""

    exit_code = 2


def make_ready(folder: Path) -> None:
    """Make the folder, and refuse at once one that holds somebody's own files.

    Raises
    ------
    NotOurs
        If a file there has a name of ours and was not invented.
    CannotWrite
        If the folder cannot be made or written in.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(
            f"The folder {folder} cannot be made: {error.strerror}. Name another with --out."
        ) from error
    for name, columns in HEADERS.items():
        check_writable(folder / name)
        if (folder / name).exists() and not _is_invented(folder / name, columns):
            raise NotOurs(f"{folder / name} was not invented here; name another folder.")


def write_world(invented: InventedWorld, folder: Path) -> list[Path]:
    """Write missing.csv, remains.csv, incidents.csv and truth.csv into a folder made ready.

    Raises
    ------
    CannotWrite
        If the folder cannot be written in, or the disk is full.
    """
    truth = ({"left_id": left, "right_id": right} for left, right in invented.truth)
    tables = {
        "missing.csv": invented.missing,
        "remains.csv": invented.remains,
        "incidents.csv": invented.incidents,
        "truth.csv": truth,
    }
    for name, rows in tables.items():
        write_text(folder / name, _csv(HEADERS[name], rows))
    return [folder / name for name in tables]


def _is_invented(path: Path, columns: Sequence[str]) -> bool:
    """Tell a file of ours: each row is named as invented; without rows, the header is ours."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            ids = [row[0] for row in rows if row]
    except (OSError, ValueError, csv.Error):
        return False
    if not ids:
        return header == list(columns)
    return header[:1] == list(columns[:1]) and all(each.startswith(INVENTED) for each in ids)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows with every cell in its column; a cell without one is a mistake of ours."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
