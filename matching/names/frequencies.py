"""How common names are by country, as far as open lists say, before any record is read."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.names.vocabulary import Vocabulary

LISTS = {"surnames": "surnames.csv", "given": "given_names.csv"}
Counts = dict[str, list[tuple[str, float]]]


@cache
def listed_names(what: str) -> Counts:
    """Give the names of each country's list with their counts.

    Parameters
    ----------
    what : str
        ``surnames`` or ``given``.

    Returns
    -------
    dict of str to list of (name, count)
        By ISO 3166-1 alpha-2. Counts are comparable within a country only. Credits:
        ``names/data/CREDITS.md``.
    """
    text = (files("matching.names") / "data" / LISTS[what]).read_text(encoding="utf-8")
    found: Counts = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["country"], []).append((row["name"], float(row["n"])))
    return found


def shares_of_words(
    what: str, countries: Sequence[str], vocabulary: Vocabulary
) -> dict[int, tuple[NDArray[np.int32], NDArray[np.float64]]]:
    """Say what share of a country's names each word is.

    Parameters
    ----------
    what : str
        ``surnames`` or ``given``.
    countries : sequence of str
        Country k has the number k; those without a list are left out.
    vocabulary : Vocabulary
        The words of the lists are entered into it.

    Returns
    -------
    dict of int to (words, shares)
        Numbers of words, each once, and shares that sum to one at most.
    """
    found = {}
    for number, country in enumerate(countries):
        names = listed_names(what).get(country)
        if names:
            words = vocabulary.split([name for name, _ in names])
            counts = np.array([count for _, count in names])
            flat, weights = words.ravel(), np.repeat(counts, words.shape[1])
            said = flat >= 0
            distinct, which = np.unique(flat[said], return_inverse=True)
            total = np.bincount(which, weights=weights[said])
            found[number] = distinct.astype(np.int32), total / total.sum()
    return found
