"""Loci as laboratories call them, and where they lie; no frequencies are needed to know one.

The names of most loci say where they lie: D, the chromosome, S, a running number (HUGO). The
few others are listed. Spellings are those of the NIST tables.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from matching.kinship.amelogenin import is_amelogenin
from matching.kinship.profiles import plain_name

AMELOGENIN = "AMEL"


class Lies(StrEnum):
    """How a locus is handed on; the amelogenin goes with the autosomal ones of its kit."""

    AUTOSOMAL = "autosomal"
    X = "X"
    Y = "Y"


@dataclass(frozen=True, slots=True)
class Marker:
    """One locus: its usual spelling, where it lies, and how many copies can show."""

    name: str
    lies: Lies
    copies: int = 2


_OTHERS = {
    Lies.AUTOSOMAL: (
        *("CSF1PO", "FGA", "TH01", "TPOX", "vWA", "SE33", "F13A01", "F13B", "FESFPS", "LPL"),
        *("Penta B", "Penta C", "Penta D", "Penta E"),
    ),
    Lies.X: ("HPRTB", "ARA", "GATA172D05", "GATA31E08", "GATA165B12"),
    Lies.Y: ("YGATAH4", "YGATAC4", "YGATAA10", "YGATAA7.1"),
}
_CALLED_OTHERWISE = {
    "actbp2": "SE33",
    "csf": "CSF1PO",
    "tho1": "TH01",
    "fibra": "FGA",
    "f13a1": "F13A01",
    "fes": "FESFPS",
    "hprt": "HPRTB",
    "gatah4": "YGATAH4",
    "ygatah41": "YGATAH4",
}
_BY_NAME = {
    plain_name(name): Marker(name, lies, 1 if lies is Lies.Y else 2)
    for lies, names in _OTHERS.items()
    for name in names
}
_NUMBERED = re.compile(r"D(?P<where>[1-9]|1\d|2[0-2]|X|Y)S(?P<number>\d+)(?P<part>[A-Z0-9]*)")
_PALINDROMIC = re.compile(r"DYF\d+S1")
_OF_TWO_COPIES = frozenset({"DYS385", "DYS387S1", "DYS413", "DYS459", "DYS464", "DYS527"})
_BOTH_COPIES = ("AB", "A", "B")


def known_marker(written: str) -> Marker | None:
    """Find a locus by any of its spellings (``VWA``, ``Penta-D``, ``d3s1358``).

    Returns
    -------
    Marker or None
        None where no locus is called so.
    """
    if is_amelogenin(written):
        return Marker(AMELOGENIN, Lies.AUTOSOMAL)
    plain = plain_name(written)
    if plain in _CALLED_OTHERWISE:
        plain = plain_name(_CALLED_OTHERWISE[plain])
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    name = plain.upper()
    if _PALINDROMIC.fullmatch(name):
        return Marker(name, Lies.Y, 2)
    said = _NUMBERED.fullmatch(name)
    return _numbered(said["where"], name, said["part"]) if said else None


def _numbered(where: str, name: str, part: str) -> Marker | None:
    if where == "Y":
        base = name.removesuffix(next((each for each in _BOTH_COPIES if part == each), ""))
        if base in _OF_TWO_COPIES:
            return Marker(base, Lies.Y, 2)
        return Marker(name, Lies.Y, 1)
    if part:
        return None
    return Marker(name, Lies.X if where == "X" else Lies.AUTOSOMAL)


def allele_as_written(text: str) -> str | None:
    """Read one allele of a repeat: ``15``, ``9.3``, ``9,3``, ``12.0``; None if it is none.

    Off the ladder (``OL``), open ends (``<8``), parts of a repeat that no repeat is long enough
    for (``6.9``) and words are none.
    """
    found = re.fullmatch(r"(\d{1,2})(?:[.,]([0-5]))?", text.strip())
    if found is None or int(found[1]) == 0:
        return None
    whole, more = str(int(found[1])), found[2]
    return f"{whole}.{more}" if more and more != "0" else whole
