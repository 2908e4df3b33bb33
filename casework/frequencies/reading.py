"""Frequency tables as they are published: JSON, allele by locus, or one line an allele.

What is not understood is refused and named; no frequency is made up or passed over.
"""

import csv
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.web.languages import marked

Loci = Mapping[str, Mapping[str, float]]

SCALED = 0.005
"""As `matching.kinship.loci.SCALED`: up to here a printed table is taken for rounded."""

MOST_BYTES = 2_000_000
MOST_LOCI = 200
_ALLELE = re.compile(r"[<>]?\d{1,3}(\.\d{1,2})?")
# Rows and columns that tables carry beside their alleles: how many were typed, and statistics.
COUNTED = frozenset({"n", "2n", "count", "individuals", "people", "samples"})
STATISTICS = frozenset(
    {"ho", "he", "hobs", "hexp", "hwe", "p", "pd", "pe", "pic", "mp", "pm", "tpi", "minfreq"}
)
LONG = {"locus": ("locus", "marker"), "allele": ("allele", "alelo"), "share": ("frequency",)}


class UnreadTable(ValueError):
    """What is wrong with a table: a sentence, and what stands in its places."""

    def __init__(self, sentence: str, **quoted: str) -> None:
        super().__init__(sentence)
        self.sentence, self.quoted = sentence, quoted


@dataclass(frozen=True, slots=True)
class Read:
    """A table as it was read; `people` is how many were typed, if the file says so."""

    loci: Loci
    people: int | None


def read_table(content: bytes) -> Read:
    """Read one table of whichever form.

    Raises
    ------
    UnreadTable
        If it is of no known form, or a locus cannot be used; the sentence names the locus.
    """
    if len(content) > MOST_BYTES:
        raise UnreadTable(marked("El archivo es demasiado grande para una tabla."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    read = _of_json(text) if text.lstrip().startswith("{") else _of_csv(text)
    if not read.loci or len(read.loci) > MOST_LOCI:
        raise UnreadTable(
            marked("El archivo no tiene ningún locus, o tiene más de doscientos.")
        )
    for locus, alleles in read.loci.items():
        _check(locus, alleles)
    return read


def _of_json(text: str) -> Read:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        whole = None
    sets = list(whole.values()) if isinstance(whole, dict) else []
    loci = sets[0] if len(sets) == 1 and isinstance(sets[0], dict) else None
    if loci is None or not all(isinstance(alleles, dict) for alleles in loci.values()):
        raise UnreadTable(
            marked("El JSON debe tener una sola tabla: {nombre: {locus: {alelo: frecuencia}}}.")
        )
    return Read(
        {
            locus: {str(allele): _share(share, locus) for allele, share in alleles.items()}
            for locus, alleles in loci.items()
        },
        None,
    )


def _of_csv(text: str) -> Read:
    first = text.partition("\n")[0]
    parted_by = max(";\t,", key=first.count)
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text), delimiter=parted_by)
        if any(cell.strip() for cell in row)
    ]
    if len(rows) < 2 or len(rows[0]) < 2:  # noqa: PLR2004 - a head and a line
        raise UnreadTable(
            marked("El archivo no se entiende: la primera fila debe nombrar los loci.")
        )
    head = [_plain(cell) for cell in rows[0]]
    columns = {
        name: next((head.index(word) for word in words if word in head), None)
        for name, words in LONG.items()
    }
    if None not in columns.values():
        return _long(rows[1:], [int(columns[name] or 0) for name in LONG])
    return _wide(rows)


def _long(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> Read:
    loci: dict[str, dict[str, float]] = {}
    for row in rows:
        if len(row) <= max(columns):
            raise UnreadTable(marked("A una fila le faltan celdas: %(row)s"), row=str(row)[:60])
        locus, allele, share = (row[each] for each in columns)
        _add(loci.setdefault(locus, {}), locus, allele, share)
    return Read(loci, None)


def _wide(rows: Sequence[Sequence[str]]) -> Read:
    names = rows[0][1:]
    loci: dict[str, dict[str, float]] = {name: {} for name in names if name}
    if len(loci) < len([name for name in names if name]):
        raise UnreadTable(marked("Un locus está en dos columnas."))
    people: int | None = None
    for row in rows[1:]:
        label = _plain(row[0])
        if label in COUNTED:
            people = _people(row[1:], doubled=label == "2n")
        elif label not in STATISTICS:
            for name, cell in zip(names, row[1:], strict=False):
                if name and cell not in {"", "-", "—"}:
                    _add(loci[name], name, row[0], cell)
    return Read(loci, people)


def _add(alleles: dict[str, float], locus: str, allele: str, share: str) -> None:
    if not _ALLELE.fullmatch(allele) and allele.upper() not in {"X", "Y"}:
        raise UnreadTable(
            marked("En %(locus)s no se entiende el alelo «%(allele)s»."),
            locus=locus,
            allele=allele[:30],
        )
    if allele in alleles:
        raise UnreadTable(
            marked("En %(locus)s el alelo %(allele)s está dos veces."),
            locus=locus,
            allele=allele,
        )
    alleles[allele] = _share(share, locus)


def _share(written: Any, locus: str) -> float:
    try:
        value = float(str(written).replace(",", "."))
    except ValueError:
        value = math.nan
    if isinstance(written, bool) or not 0 <= value <= 1:
        raise UnreadTable(
            marked("En %(locus)s hay una frecuencia que no está entre 0 y 1: «%(share)s»."),
            locus=locus,
            share=str(written)[:30],
        )
    return value


def _check(locus: str, alleles: Mapping[str, float]) -> None:
    """Refuse a locus whose frequencies are not a whole: alleles are missing, or there twice."""
    total = math.fsum(alleles.values())
    if abs(total - 1) > SCALED:
        raise UnreadTable(
            marked(
                "En %(locus)s las frecuencias suman %(total)s y no 1: faltan alelos o alguno "
                "está dos veces. No se guardó nada."
            ),
            locus=locus,
            total=f"{total:.4g}",
        )


def _people(cells: Sequence[str], *, doubled: bool) -> int | None:
    """Give the fewest who were typed at any locus."""
    known = [int(each) for each in cells if each.isdigit()]
    return min(known) // (2 if doubled else 1) if known else None


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.casefold())
