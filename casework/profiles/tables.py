"""Tables of text: one line for each locus (GeneMapper, CSV), or one for each specimen.

Long: a column of the specimen, one of the marker, and `Allele 1`, `Allele 2`, … Wide: a
column of the specimen, then each locus in one column (`15/16`) or in two (`D3S1358 1`,
`D3S1358 2`, or the name twice, as the case data of Familias has it).
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from casework.profiles.model import ProfileSource
from casework.profiles.specimens import Call, ReadFile, Specimen, UnreadableProfiles, gathered
from casework.profiles.weighing import is_locus
from casework.spreadsheets import BYTE_ORDER_MARK, as_meant
from casework.web.languages import marked

NAMES = (
    *("sample name", "sample id", "sample", "specimen", "specimenid", "specimen id"),
    *("muestra", "amostra", "échantillon", "id", "name", "nombre", "person", "sample file"),
)
MARKERS = ("marker", "marker name", "locus", "marcador", "system", "marqueur")
KITS = ("panel", "kit", "equipo")
_ALLELE = re.compile(r"(?:allele|alelo|allèle)[ _]?(\d+)")
# Only behind a sign: DYS391 and DYS392 are two loci.
_NTH = re.compile(r"(?P<locus>.+?)[ _.:\-](?P<nth>[12])")
_WITHIN = re.compile(r"[/|;\-]")
# In one cell `9,3` is the allele 9.3, or the alleles 9 and 3: nobody may guess.
_COULD_BE_BOTH = re.compile(r"\d{1,2}\s*,\s*[0-5]")
_DELIMITERS = "\t;,|"
GENEMAPPER = {"sample name", "marker", "allele 1"}


def read_table(text: str) -> ReadFile:
    """Read a table of specimens, long or wide.

    Raises
    ------
    UnreadableProfiles
        If no column names the specimen, or none a locus.
    """
    rows = _rows(text.removeprefix(BYTE_ORDER_MARK))
    header = [" ".join(cell.casefold().split()) for cell in rows[0]]
    at = _column(header, NAMES)
    marker = _column(header, MARKERS)
    if marker is not None:
        source = ProfileSource.GENEMAPPER if set(header) >= GENEMAPPER else ProfileSource.CSV
        return ReadFile(source, _long(rows, header, at, marker))
    return ReadFile(ProfileSource.CSV, _wide(rows, at or 0))


def _rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [[as_meant(cell.strip()) for cell in row] for row in reader if any(row)]
    except csv.Error as error:
        raise UnreadableProfiles(marked("La tabla está dañada: expórtela de nuevo.")) from error
    if not rows:
        raise UnreadableProfiles(marked("El archivo está vacío."))
    return rows


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _long(
    rows: list[list[str]], header: list[str], at: int | None, marker: int
) -> tuple[Specimen, ...]:
    alleles = [number for number, name in enumerate(header) if _ALLELE.fullmatch(name)]
    if at is None or not alleles:
        raise UnreadableProfiles(
            marked(
                "A la tabla le falta una columna: se esperan la muestra (Sample Name), el "
                "marcador (Marker) y sus alelos (Allele 1, Allele 2)."
            )
        )
    kit = _column(header, KITS)
    kits = {_cell(row, at): _cell(row, kit) for row in rows[1:]} if kit is not None else {}
    calls = (
        (
            _cell(row, at),
            Call(
                _cell(row, marker),
                tuple(seen for each in alleles if (seen := _cell(row, each))),
            ),
        )
        for row in rows[1:]
        if _cell(row, marker)
    )
    return gathered(calls, kits)


def _wide(rows: list[list[str]], at: int) -> tuple[Specimen, ...]:
    columns = _loci_of(rows[0], at)
    if not columns:
        raise UnreadableProfiles(
            marked("Ninguna columna de la tabla es un locus que se conozca, como D3S1358.")
        )
    calls = (
        (_cell(row, at), Call(locus, tuple(_seen(row, places))))
        for row in rows[1:]
        for locus, places in columns.items()
    )
    return gathered(calls)


def _loci_of(header: list[str], at: int) -> dict[str, list[int]]:
    """Say in which columns each locus stands: two that differ by 1 and 2 are one locus."""
    stems = [
        found["locus"].strip() if (found := _NTH.fullmatch(name)) else "" for name in header
    ]
    columns: dict[str, list[int]] = {}
    for number, name in enumerate(header):
        is_one_of_two = bool(stems[number]) and stems.count(stems[number]) > 1
        locus = stems[number] if is_one_of_two else name.strip()
        if number != at and is_locus(locus):
            columns.setdefault(locus, []).append(number)
    return columns


def _seen(row: list[str], places: list[int]) -> Iterator[str]:
    for each in places:
        cell = _cell(row, each)
        if len(places) == 1:
            cell = f"{cell}?" if _COULD_BE_BOTH.fullmatch(cell) else cell.replace(",", "/")
        yield from (part.strip() for part in _WITHIN.split(cell) if part.strip())


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""
