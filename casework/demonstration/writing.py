"""The invented world as four files, each whole or not written."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from casework.batch.writing import CannotWrite, write_text
from casework.demonstration import examinations, incidents, reports
from casework.demonstration.invention import InventedWorld


def write_world(invented: InventedWorld, folder: Path) -> list[Path]:
    """Write missing.csv, remains.csv, incidents.csv and truth.csv into a folder.

    Raises
    ------
    CannotWrite
        If the folder cannot be made or written in, or the disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(
            f"The folder {folder} cannot be made: {error.strerror}. Name another with --out."
        ) from error
    truth = ({"left_id": left, "right_id": right} for left, right in invented.truth)
    tables = {
        "missing.csv": _csv(reports.COLUMNS, invented.missing),
        "remains.csv": _csv(examinations.COLUMNS, invented.remains),
        "incidents.csv": _csv(incidents.COLUMNS, invented.incidents),
        "truth.csv": _csv(("left_id", "right_id"), truth),
    }
    for name, text in tables.items():
        write_text(folder / name, text)
    return [folder / name for name in tables]


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows with every cell in its column; a cell without one is a mistake of ours."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
