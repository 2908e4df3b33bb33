"""Rows out of workbooks, JSON and Parquet, every cell as the text a person would read."""

import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow.lib
import pyarrow.parquet
from openpyxl import load_workbook

from casework.imports.errors import UnreadableFile
from casework.imports.problems import N_, Problem, Rule

Rows = list[tuple[int, dict[str, str]]]
_DAMAGED = N_("«%(name)s» está cortado o dañado. Vuelva a descargarlo o a exportarlo.")


def as_text(value: object) -> str:
    """Write a typed cell as text: whole numbers without ``.0``, dates as ISO."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case float() if value.is_integer():
            text = str(int(value))
        case datetime():
            text = (value.date() if value.time() == time() else value).isoformat()
        case date():
            text = value.isoformat()
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text


def read_json(text: str, name: str) -> Rows:
    """Read an array of flat objects; the row's number is its place in the array, from 1."""
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            N_("«%(name)s» no es JSON válido (línea %(line)s). Vuelva a descargarlo."),
            name=name,
            line=error.lineno,
        ) from error
    except RecursionError as error:
        raise UnreadableFile(_DAMAGED, name=name) from error
    return [(i, _flat(each, i, name)) for i, each in enumerate(_array_of(read, name), start=1)]


def _array_of(read: Any, name: str) -> Sequence[Any]:
    if isinstance(read, dict):
        lists = [value for value in read.values() if isinstance(value, list)]
        read = lists[0] if len(lists) == 1 else None
    if not isinstance(read, list):
        raise UnreadableFile(
            N_("«%(name)s» es JSON, pero no una lista de filas como las que da la fuente."),
            name=name,
        )
    return read


def _flat(row: object, number: int, name: str) -> dict[str, str]:
    if not isinstance(row, Mapping):
        raise UnreadableFile(
            N_("En «%(name)s» el elemento %(line)s no es una fila con columnas."),
            name=name,
            line=number,
        )
    return {str(key): as_text(value) for key, value in row.items()}


def read_parquet(data: bytes, name: str) -> Rows:
    """Read a Parquet table; the row's number counts from 1."""
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(data))
    except (pyarrow.lib.ArrowException, OSError) as error:
        raise UnreadableFile(_DAMAGED, name=name) from error
    columns = table.column_names
    values = [table.column(i).to_pylist() for i in range(len(columns))]
    cells = zip(*values, strict=True)
    return [
        (i, dict(zip(columns, map(as_text, row), strict=True)))
        for i, row in enumerate(cells, start=1)
    ]


def read_workbook(data: bytes, name: str, limit: int) -> tuple[Rows, tuple[Problem, ...]]:
    """Read the first sheet with rows; the row's number is the one Excel shows."""
    _refuse_bomb(data, name, limit)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(str(each.title), list(_filled(each))) for each in book.worksheets]
            book.close()
    except Exception as error:  # openpyxl lets out whatever its XML and zip readers meet
        raise UnreadableFile(_DAMAGED, name=name) from error
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise UnreadableFile(N_("«%(name)s» no trae ninguna fila."), name=name)
    title, rows = filled[0]
    problems = (Problem(Rule.SEVERAL_SHEETS, detail=title),) if len(filled) > 1 else ()
    return _under_header(rows, name), problems


def _filled(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [as_text(value) for value in row]
        if any(each.strip() for each in cells):
            yield number, cells


def _under_header(rows: list[tuple[int, list[str]]], name: str) -> Rows:
    header = [" ".join(each.replace("\ufeff", "").split()) for each in rows[0][1]]
    named = [each for each in header if each]
    if len(set(named)) != len(named):
        raise UnreadableFile(
            N_("En «%(name)s» hay dos columnas con el mismo nombre. Cambie una."), name=name
        )
    return [
        (i, {k: v for k, v in zip(header, [*cells, *[""] * len(header)], strict=False) if k})
        for i, cells in rows[1:]
    ]


def _refuse_bomb(data: bytes, name: str, limit: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(_DAMAGED, name=name) from error
    if size > limit:
        raise UnreadableFile(
            N_("«%(name)s» ocupa más de %(limit)s MB al abrirse. Divídalo en varios."),
            name=name,
            limit=limit // 2**20,
        )
