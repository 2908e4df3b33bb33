"""How likely another person has the same by chance: counted in the table itself, by country."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.linking.layout import MOST_COST

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of names before any record is read.

    Attributes
    ----------
    shares : float array, shape (n_countries, n_words)
        Share of people of a country whose name this is; 0 where the lists do not say. The
        first row is that of all countries.
    records : float
        As so many records of the table the lists count.
    """

    shares: Floats
    records: float


def shares_by_country(
    words: Indices, countries: Indices, known: Known, rarest: float
) -> tuple[Floats, Floats]:
    """Say what share of a country's people bears each word.

    Parameters
    ----------
    words : int32 array, shape (n_records, n_parts)
        Words by number, -1 for none.
    countries : int32 array, shape (n_records,)
        Country by number; 0 is "not known" and counts for all.
    known : Known
    rarest : float
        Records a word nobody bears counts for, over 0.

    Returns
    -------
    by_country : float array, shape (n_countries, n_words)
        In (0, 1).
    overall : float array, shape (n_words,)
        The same over all countries; words nobody bears are 0.
    """
    n_countries, n_words = known.shares.shape
    rows = np.repeat(countries, words.shape[1])
    flat = words.ravel()
    said = flat >= 0
    keys = rows[said].astype(np.int64) * n_words + flat[said]
    counts = np.bincount(keys, minlength=n_countries * n_words).reshape(n_countries, n_words)
    totals = counts.sum(axis=1)
    everywhere = counts.sum(axis=0)
    overall = (everywhere + known.records * known.shares[0]) / (totals.sum() + known.records)
    floor = rarest / (totals.sum() + known.records)
    prior = np.where(known.shares > 0, (known.shares + overall) / 2, overall)
    by_country = (counts + known.records * prior) / (totals + known.records)[:, None]
    # Records of which no country is known are compared with everybody.
    by_country[0] = overall
    return np.maximum(by_country, floor), everywhere / max(totals.sum(), 1)


def cost(chance: Floats) -> NDArray[np.float32]:
    """Give -log10 of a chance, between 0 and `MOST_COST`."""
    with np.errstate(divide="ignore"):
        found = np.clip(-np.log10(chance), 0.0, MOST_COST)
    costs: NDArray[np.float32] = found.astype(np.float32)
    return costs


def cost_of_codes(codes: Indices, rarest: float) -> NDArray[np.float32]:
    """Give what it costs that another has the same code; 0 for codes below 0."""
    said = codes >= 0
    counts = np.bincount(codes[said], minlength=1)
    share = (counts + rarest) / (counts.sum() + rarest * np.count_nonzero(counts) + rarest)
    found = np.zeros(len(codes), dtype=np.float32)
    found[said] = cost(share)[codes[said]]
    return found
