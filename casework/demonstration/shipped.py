"""What this slice ships in `data/`: places, names, shares and words, each read once.

Credits and what was trimmed: `data/CREDITS.md`.
"""

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casework.demonstration.dice import Weighted

_DATA = files("casework.demonstration") / "data"

BORROWED_NAMES = {"HN": 0.6, "GT": 0.6, "SV": 0.55, "NI": 0.6, "CR": 0.4, "BO": 0.3, "EC": 0.25}
"""Share of names drawn from Mexico's counts where the own list is of notable people only.

Our choice: no country of these publishes counts, and a list of notable people alone would
make every surname of Honduras rarer than it is.
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A named place on the routes, or a point beside them."""

    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    precision_km: float

    @property
    def key(self) -> str:
        return f"{self.name}, {self.country}"


def _text(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


def _rows(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    return csv.DictReader(_text(name).splitlines(), delimiter=delimiter)


@cache
def world() -> dict[str, Any]:
    """Read the numbers of the invented world."""
    return tomllib.loads(_text("world.toml"))


@cache
def wording() -> dict[str, Any]:
    """Read the marks and articles there are, and the ways people put them."""
    return tomllib.loads(_text("wording.toml"))


@cache
def routes() -> dict[str, Any]:
    """Read the routes."""
    return tomllib.loads(_text("routes.toml"))


@cache
def places() -> dict[str, Spot]:
    """Read the places of the routes by "name, country"."""
    spots = (
        Spot(
            row["name"],
            row["country"],
            row["admin1"],
            float(row["lat"]),
            float(row["lon"]),
            float(row["precision_km"]),
        )
        for row in _rows("places.csv")
    )
    return {spot.key: spot for spot in spots}


@cache
def written_shares() -> dict[str, dict[str, float]]:
    """Share of remains whose record leaves a field empty, by condition class and field.

    `possible_name_recorded` alone counts the records that do say it.
    """
    counted = json.loads(_text("namus_distributions.json"))["UP_adults_by_condition"]
    return {
        condition: counted[group] for condition, group in world()["recovery"]["written"].items()
    }


@cache
def surnames(country: str) -> Weighted[str]:
    """Surnames of a country by how common they are."""
    return Weighted.of(_counts("surnames.csv", country, ""))


@cache
def given_names(country: str, sex: str) -> Weighted[str]:
    """Given names of a country and sex by how common they are."""
    return Weighted.of(_counts("given_names.csv", country, sex))


@cache
def nicknames() -> dict[str, list[str]]:
    """Short forms of given names, as people are called at home."""
    forms: dict[str, list[str]] = {}
    for row in _rows("nicknames.tsv", "\t"):
        forms.setdefault(row["formal"], []).append(row["hypocoristic"])
    return forms


@cache
def _counts(name: str, country: str, sex: str) -> dict[str, float]:
    rows = [row for row in _rows(name) if row["country"] == country and _is_of(row, sex)]
    return {row["name"]: float(row["n"]) for row in rows}


def _is_of(row: dict[str, str], sex: str) -> bool:
    return not sex or row["sex"] == sex
