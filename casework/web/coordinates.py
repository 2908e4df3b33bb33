"""Coordinates as people copy them: decimals, or degrees, minutes and seconds. Never guessed.

From a telephone, a report, a map: `14.9123, -92.26`, `14,9123 N 92,26 O`,
`14°54'44"N 92°15'36"W`. What could be read in two ways is refused with a sentence.
"""

import re

from casework.web.form_values import Unreadable
from casework.web.languages import marked

# Oeste, ouest and oeste are west as well; leste is east.
_WEST, _EAST, _NORTH, _SOUTH = "WO", "EL", "N", "S"
_LETTER = f"[{_WEST}{_EAST}{_NORTH}{_SOUTH}]"
_NUMBER = r"\d{1,3}(?:\.\d{1,8})?"
_PART = r"\d{1,2}(?:\.\d{1,6})?"
_HALF = re.compile(
    rf"(?P<before>{_LETTER})?\s*(?P<sign>-)?\s*(?P<degrees>{_NUMBER})\s*°?"
    rf"(?:(?<=[°\s])\s*(?P<minutes>{_PART})\s*'?(?:(?<=['\s])\s*(?P<seconds>{_PART})\s*\"?)?)?"
    rf"\s*(?P<after>{_LETTER})?",
    re.ASCII,
)
_TIDIED = str.maketrans({"−": "-", "–": "-", "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'"})
_HALVES = (
    re.compile(r"([^;]+);([^;]+)"),
    re.compile(r"([^,\s][^\s]*(?:\s[^,]+)?),\s+(.+)"),
    re.compile(r"([^,\s]+),([^,\s]+)"),
    re.compile(rf"({_LETTER}.+?)[\s,]*({_LETTER}.+)"),
    re.compile(rf"(.+?{_LETTER})[\s,]*(.+{_LETTER})"),
    re.compile(r"(.+?°.*?)[\s,]+(-?\d{1,3}(?:[.,]\d+)?\s*°.*)"),
    re.compile(r"(\S+)\s+(\S+)"),
)
_SIXTY = 60
_UNREADABLE = marked(
    "No se entienden las coordenadas. Escriba latitud y longitud, por ejemplo "
    "14.9123, -92.2601 o 14°54'44\"N 92°15'36\"O."
)
_ONE_ONLY = marked("Falta una de las dos: escriba primero la latitud y después la longitud.")
_REVERSED = marked("La latitud va de -90 a 90. ¿Están al revés? Primero va la latitud.")
_NO_SUCH = marked("No hay ningún lugar con esas coordenadas; revise cada número.")
_WHICH_SIDE = marked("Diga de qué lado: N o S, y E u O.")


def read_coordinates(text: str) -> tuple[float, float] | None:
    """Read latitude and longitude in degrees; nothing typed is no point.

    Raises
    ------
    Unreadable
        If they cannot be read in exactly one way, or there is no such place.
    """
    tidy = " ".join(text.translate(_TIDIED).replace("''", '"').replace("″", '"').split())
    tidy = tidy.replace("”", '"').replace("“", '"').upper()
    if not tidy:
        return None
    if re.fullmatch(_HALF, tidy.replace(",", ".")) and not re.search(r"\s-?\d", tidy):
        raise Unreadable(_ONE_ONLY)
    first, second = (_read_half(half) for half in _halves(tidy))
    return _as_point(first, second)


def written_coordinates(lat: float, lon: float) -> str:
    """Write a point as `read_coordinates` reads it; five decimals are a metre."""
    return f"{lat:.5f}, {lon:.5f}"


def _halves(text: str) -> tuple[str, str]:
    for pattern in _HALVES:
        found = pattern.fullmatch(text)
        if found and all(_HALF.fullmatch(half) for half in _tidied(found.groups())):
            first, second = _tidied(found.groups())
            return first, second
    raise Unreadable(_UNREADABLE)


def _tidied(halves: tuple[str, ...]) -> list[str]:
    return [half.strip().replace(",", ".") for half in halves]


def _read_half(text: str) -> tuple[float, str]:
    """Give one number in degrees, and the letter of its side if it has one."""
    found = _HALF.fullmatch(text)
    if found is None:
        raise Unreadable(_UNREADABLE)
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= _SIXTY or seconds >= _SIXTY:
        raise Unreadable(_NO_SUCH)
    letter = found["before"] or found["after"] or ""
    if (found["before"] and found["after"]) or (letter and found["sign"]):
        raise Unreadable(_UNREADABLE)
    if found["minutes"] and not letter and not found["sign"]:
        raise Unreadable(_WHICH_SIDE)
    degrees = float(found["degrees"]) + minutes / _SIXTY + seconds / _SIXTY**2
    is_negative = bool(found["sign"]) or (letter != "" and letter in _WEST + _SOUTH)
    return -degrees if is_negative else degrees, letter


def _as_point(first: tuple[float, str], second: tuple[float, str]) -> tuple[float, float]:
    letters = first[1] + second[1]
    if letters and sorted(map(_axis, (first[1], second[1]))) != ["lat", "lon"]:
        raise Unreadable(_WHICH_SIDE)
    if letters and _axis(first[1]) == "lon":
        first, second = second, first
    (lat, _), (lon, _) = first, second
    if abs(lat) > 90 and abs(lon) <= 90 and not letters:  # noqa: PLR2004 - degrees
        raise Unreadable(_REVERSED)
    if abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004 - degrees
        raise Unreadable(_NO_SUCH)
    return lat, lon


def _axis(letter: str) -> str:
    if not letter:
        return ""
    return "lat" if letter in _NORTH + _SOUTH else "lon"
