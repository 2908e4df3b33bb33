"""JSON read strictly: a key given twice or a number that is none would be lost in silence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework.batch.files import NoSuchTable, UnreadableTable
from casework.errors import InvalidInput


class BadJson(InvalidInput):
    """A text that is not JSON, or whose meaning would be a guess."""


def read_json(path: Path) -> Any:
    """Read a file that is one JSON value.

    Raises
    ------
    NoSuchTable, UnreadableTable
        If there is no such file, or it is not such JSON; the message names it.
    """
    try:
        return _parsed(_bytes(path))
    except BadJson as error:
        raise UnreadableTable(f"{path}: {error}") from error


def json_lines(path: Path) -> Iterator[tuple[int, Any | BadJson]]:
    """Read a file of one JSON value a line, with the number of each line.

    Empty lines are passed over. A line that cannot be read is given as the refusal it is, and
    the others go on.

    Raises
    ------
    NoSuchTable, UnreadableTable
        If there is no such file.
    """
    for number, line in enumerate(_bytes(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield number, _parsed(line)
        except BadJson as error:
            yield number, error


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchTable(f"There is no file {path}.") from error
    except OSError as error:
        raise UnreadableTable(f"{path} cannot be read: {error.strerror}.") from error
    return data.removeprefix(b"\xef\xbb\xbf")


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode(), object_pairs_hook=_once, parse_constant=_refuse_no_number
        )
    except UnicodeDecodeError as error:
        raise BadJson("It is not UTF-8; save it as JSON in UTF-8.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise BadJson(
            f"It is not JSON: {error.msg}, at {where}column {error.colno}."
        ) from error
    except RecursionError as error:
        raise BadJson("It is nested too deeply to be read.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadJson(f"“{key}” stands twice in one object; keep one of them.")
        found[key] = value
    return found


def _refuse_no_number(name: str) -> None:
    raise BadJson(f"{name} is no number of JSON.")
