"""Open a file of rows by what it contains, or say in one sentence why it cannot be read.

The whole file is read and unpacked before the first row is handed out: a file cut short is
refused before anything of it is taken. Formats other than text stand in `containers`.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casework.imports.containers import read_json, read_parquet, read_workbook
from casework.imports.errors import Term, UnreadableFile
from casework.imports.problems import N_, Problem, Rule

MAX_BYTES = 512 * 2**20
"""Our choice: far above any register we know, far below what fills a small machine."""

_DELIMITERS = (",", ";", "\t")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # nulls, and halves of letters out of JSON
_REPLACEMENT = "\ufffd"
_KINDS_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".gz": "gzip",
    ".xlsx": "xlsx",
    ".json": "json",
    ".parquet": "parquet",
}
_NAMES = {
    "csv": N_("una tabla de texto (CSV)"),
    "gzip": N_("un archivo comprimido con gzip"),
    "xlsx": N_("un libro de Excel (.xlsx)"),
    "zip": N_("un archivo ZIP"),
    "json": N_("JSON"),
    "parquet": N_("Parquet"),
    "pdf": N_("un documento PDF"),
    "html": N_("una página web (HTML)"),
    "xls": N_("un libro antiguo de Excel (.xls)"),
    "image": N_("una imagen"),
    "binary": N_("datos que no son texto"),
}
# Of a copy that a registry handed out: one cell, above the header.
_MARK = re.compile(r'(?:"# (?:[^"]|"")*"|# [^,;\t]*)\r?')
_READABLE = ("csv", "xlsx", "json", "parquet")
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "parquet"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it: where it stood, and its text, cell by cell."""

    line: int
    cells: Mapping[str, str] = field(repr=False)
    surplus: tuple[str, ...] = field(default=(), repr=False)
    width: int | None = None

    @property
    def fits(self) -> bool:
        """Tell whether the row had as many cells as the header."""
        return self.width is None or (self.width == len(self.cells) and not self.surplus)


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """The rows of a file, and what was noticed about the file as a whole."""

    name: str
    kind: str
    header: tuple[str, ...]
    rows: Iterator[RawRow]
    problems: tuple[Problem, ...] = ()


def open_table(path: Path) -> OpenedTable:
    """Read the file at `path`.

    Raises
    ------
    UnreadableFile
        It is missing, empty, cut short, too large, or not what its name says.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            N_("No se pudo abrir «%(name)s»: %(reason)s. Revise la ruta y los permisos."),
            name=path.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    return open_bytes(data, path.name)


def open_bytes(data: bytes, name: str) -> OpenedTable:
    """Read a file that is already in memory, such as an upload called `name`."""
    _refuse_size(data, name)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UnreadableFile(
            N_("«%(name)s» está vacío. Vuelva a descargarlo o exportarlo."), name=name
        )
    kind = _kind(data)
    _refuse_disguise(kind, name)
    if kind == "gzip":
        inside = name.removesuffix(".gz").removesuffix(".GZ")
        return open_bytes(_unpack(data, name), inside)
    if kind == "csv":
        return _read_csv(data, name)
    return _read_container(kind, data, name)


def _read_container(kind: str, data: bytes, name: str) -> OpenedTable:
    if kind == "json":
        text, problems = _decode(data, name)
        read = read_json(text, name)
    elif kind == "parquet":
        read, problems = read_parquet(data, name), ()
    else:
        read, problems = read_workbook(data, name, MAX_BYTES)
    rows = [RawRow(i, _storable(cells)) for i, cells in read]
    if any(row.cells is not cells for row, (_, cells) in zip(rows, read, strict=True)):
        problems = (*problems, Problem(Rule.UNSTORABLE_SIGNS))
    return OpenedTable(name, kind, _union_of_keys(rows, name), iter(rows), problems)


def _storable(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Give the cells without signs that no database takes; the same ones if they have none."""
    if not any(_UNSTORABLE.search(text) for cell in cells.items() for text in cell):
        return cells
    return {
        _UNSTORABLE.sub(_REPLACEMENT, name): _UNSTORABLE.sub(_REPLACEMENT, text)
        for name, text in cells.items()
    }


def _union_of_keys(rows: Sequence[RawRow], name: str) -> tuple[str, ...]:
    header = tuple(dict.fromkeys(key for row in rows for key in row.cells))
    if not header:
        raise UnreadableFile(N_("«%(name)s» no trae ninguna fila."), name=name)
    return header


def _refuse_size(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            N_("«%(name)s» pasa de %(limit)s MB. Divídalo en varios archivos."),
            name=name,
            limit=MAX_BYTES // 2**20,
        )


def _kind(data: bytes) -> str:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return "xlsx" if kind == "zip" and b"xl/workbook" in data else kind
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"[", b"{"):
        return "json"
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<head")):
        return "html"
    return "binary" if b"\x00" in data[:4096] and not _utf_16_without_mark(data) else "csv"


def _utf_16_without_mark(data: bytes) -> str:
    head = data[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.4 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) * 0.4 and odd == 0 else ""


def _refuse_disguise(kind: str, name: str) -> None:
    expected = _KINDS_BY_SUFFIX.get(Path(name).suffix.lower())
    if kind not in _READABLE and kind != "gzip":
        raise UnreadableFile(
            N_(
                "«%(name)s» es %(found)s, que no se puede leer como tabla. "
                "Expórtelo como CSV en UTF-8 o como .xlsx."
            ),
            name=name,
            found=Term(_NAMES[kind]),
        )
    if expected is not None and expected != kind:
        raise UnreadableFile(
            N_(
                "«%(name)s» no es lo que dice su nombre: por dentro es %(found)s. "
                "Compruebe que sea el archivo correcto y corrija su extensión."
            ),
            name=name,
            found=Term(_NAMES[kind]),
        )


def _unpack(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, OSError) as error:
        raise UnreadableFile(
            N_("«%(name)s» está cortado o dañado. Vuelva a descargarlo."), name=name
        ) from error
    if _kind(unpacked) == "gzip":
        raise UnreadableFile(
            N_("«%(name)s» está comprimido dos veces. Descomprímalo una."), name=name
        )
    return unpacked


def _decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = (_utf_16_without_mark(data) if b"\x00" in data[:2000] else "") or "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        guessed = _decode_windows(data, name)
    return guessed, (Problem(Rule.ENCODING_GUESSED),)


def _decode_windows(data: bytes, name: str) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            N_(
                "«%(name)s» no está en UTF-8, UTF-16 ni Windows-1252 (línea %(line)s). "
                "Guárdelo como CSV en UTF-8."
            ),
            name=name,
            line=line,
        ) from error


def _read_csv(data: bytes, name: str) -> OpenedTable:
    text, problems = _decode(data, name)
    if "\x00" in text:
        text = text.replace("\x00", _REPLACEMENT)
        problems = (*problems, Problem(Rule.UNSTORABLE_SIGNS))
    text = _below_the_mark(text)
    rows = list(_split(text, name))
    if len(rows) < 2:  # noqa: PLR2004 - a header and one row
        raise UnreadableFile(N_("«%(name)s» no trae ninguna fila."), name=name)
    _, first = rows[0]
    header = tuple(clean_name(each) for each in first)
    while header and not header[-1]:
        header = header[:-1]
    _refuse_header(header, name)
    return OpenedTable(name, "csv", header, _raw_rows(header, rows[1:]), problems)


def _below_the_mark(text: str) -> str:
    """Leave out the line above a copy that says whose it is; lines keep their numbers."""
    head, newline, rest = text.partition("\n")
    return newline + rest if _MARK.fullmatch(head) else text


def _raw_rows(header: tuple[str, ...], rows: list[tuple[int, list[str]]]) -> Iterator[RawRow]:
    for line, found in rows:
        cells = found
        while len(cells) > len(header) and not cells[-1]:
            cells = cells[:-1]
        surplus = tuple(cells[len(header) :])
        named = dict(zip(header, cells, strict=False))
        yield RawRow(line, named, surplus, len(header))


def _split(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    began = 1
    try:
        for cells in reader:
            if any(each.strip() for each in cells):
                yield began, cells
            began = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            N_(
                "«%(name)s» tiene comillas sin cerrar o una celda desmedida "
                "desde la línea %(line)s. Corríjala y vuelva a intentarlo."
            ),
            name=name,
            line=began,
        ) from error


def _delimiter(text: str) -> str:
    quoted = text[:20000].split('"')
    outside = "".join(quoted[0::2]).lstrip().split("\n", 1)[0]
    return max(_DELIMITERS, key=outside.count)


def clean_name(name: str) -> str:
    """Take marks of byte order and doubled spaces out of a column's name."""
    return " ".join(name.replace("\ufeff", "").replace("\u200b", "").split())


def _refuse_header(header: Sequence[str], name: str) -> None:
    twice = sorted({each for each in header if each and header.count(each) > 1})
    if twice:
        raise UnreadableFile(
            N_("En «%(name)s» la columna «%(column)s» está dos veces. Cambie una de nombre."),
            name=name,
            column=twice[0],
        )
