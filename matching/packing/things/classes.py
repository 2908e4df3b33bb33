"""Sorts things told into classes: what few tell is bounded together with what is like it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.evidence.listed import ListParameters
from matching.packing.comparison import NOTHING, Floats, Integers, classes_for

DAMPINGS = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
"""Least shares of the sum of what speaks against, told apart; see `damping_of`."""
OF_LISTS = 8
"""A list has several things, so its codes may fill only this part of the classes of a kind."""

Structured = NDArray[np.void]
Longs = NDArray[np.int64]


class Occurring(NamedTuple):
    """Things told, list after list: which, whether first of its group, and by whom."""

    thing: Integers
    first: NDArray[np.bool_]
    owner: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of things told; those of one group stand together, "has none" last.

    Attributes
    ----------
    rows : int32 array, shape (n_left, k)
    start : int32 array
        Where the codes of each class begin; codes that few tell share one.
    thing, first, worded, damping, group
        One thing of each code; whether it was told first, and with words; how far what
        speaks against is damped; the group, -1 for "has none".
    """

    rows: Integers
    start: Integers
    thing: Integers
    first: NDArray[np.bool_]
    worded: NDArray[np.bool_]
    damping: Floats
    group: Integers


def classes_of(  # noqa: PLR0917 - what is told, and what is known of it
    told: Occurring,
    at: Integers,
    things: Structured,
    plain: Longs,
    absent: NDArray[np.bool_],
    parameters: ListParameters,
) -> Classes:
    """Sort things told into classes by all but their words.

    Parameters
    ----------
    told : Occurring
    at : int32 array, shape (n_left + 1,)
        Where the things of each record begin.
    things : array of `TOLD`
    plain : int64 array, like `things`
        Equal for things that differ in words only.
    absent : bool array, shape (n_left,)
        Who "has none".
    parameters : ListParameters
    """
    flat, first, owner = told
    damping = damping_of(told, things, len(absent), parameters)[owner]
    worded = things["words"][flat] > 0
    group = things["group"][flat].astype(np.int64)
    codes = ((group * (len(plain) + 1) + plain[flat]) * 2 + first) * 2 + worded
    _, example, number, count = np.unique(
        codes * len(DAMPINGS) + damping,
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    region = things["region"][flat[example]].astype(np.int64)
    alike = (group[example] * (region.max(initial=0) + 2) + region + 1) * 2 + first[example]
    order, start, class_of = _gathered(alike, count, group[example], len(absent))
    example = example[order]
    more = 1 if absent.any() else 0  # the class of those who "have none"
    return Classes(
        rows=_rows(told, at, class_of[number].astype(np.int32), (absent, len(start))),
        start=np.append(start, [len(example)] * more).astype(np.int32),
        thing=np.append(flat[example], [NOTHING] * more).astype(np.int32),
        first=np.append(first[example], np.zeros(more, dtype=np.bool_)),
        worded=np.append(worded[example], np.zeros(more, dtype=np.bool_)),
        damping=np.append(np.array(DAMPINGS)[damping[example]], np.ones(more)),
        group=np.append(group[example], [NOTHING] * more).astype(np.int32),
    )


def _rows(
    told: Occurring, at: Integers, classes: Integers, absent: tuple[NDArray[np.bool_], int]
) -> Integers:
    nobody, last = absent
    width = max(int(np.diff(at).max(initial=0)), int(nobody.any()))
    rows = np.full((len(nobody), width), NOTHING, dtype=np.int32)
    rows[told.owner, np.arange(len(told.owner)) - at[told.owner]] = classes
    rows[nobody, :1] = last
    return rows


def _gathered(
    alike: Longs, count: Longs, group: Longs, records: int
) -> tuple[Integers, Integers, Integers]:
    """Gather codes that few tell with those alike: of one group and region, first or not.

    Returns the order in which codes stand, where each class begins there, and the class of
    each code.
    """
    most = classes_for(records) // OF_LISTS
    rare = np.append(np.sort(count)[::-1], 0)[: most + 1][-1]
    own = np.where(count > rare, np.arange(len(count)) + 1, 0)
    order = np.lexsort((own, alike, group)).astype(np.int32)
    keys = np.column_stack([alike, own])[order]
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    class_of = np.empty(len(order), dtype=np.int32)
    class_of[order] = np.cumsum(begins) - 1
    return order, np.flatnonzero(begins).astype(np.int32), class_of


def damping_of(
    told: Occurring, things: Structured, records: int, parameters: ListParameters
) -> NDArray[np.intp]:
    """Say how far what speaks against each record is damped, by number in `DAMPINGS`.

    With x the sum of what speaks against and u the share unrelated, the weight is at most
    ``h(x) = log10(u + (1 - u) 10^x)``. h is convex and h(0) = 0: between 0 and the lowest
    sum, x0, it stays below the chord ``x h(x0) / x0``.
    """
    of = things[told.thing]
    listed = max(parameters.listed, getattr(parameters, "listed_when_none", 0.0))
    unseen = (1 - listed) / (1 - of["share"])
    ratios: Any = np.where(of["ratio"] > 0, of["ratio"], np.inf).min(axis=1, initial=np.inf)
    ratios = ratios * np.where(told.first, of["there"], 1.0)
    ratios = ratios * np.where(of["words"] > 0, 1 - parameters.words_alike, 1.0)
    least = np.minimum(ratios, np.where(told.first, unseen, 1.0))
    against = np.bincount(told.owner, np.minimum(np.log10(least), 0.0), minlength=records)
    u = parameters.unrelated
    with np.errstate(invalid="ignore"):
        chord = np.log10(u + (1 - u) * 10.0**against) / against
    chord = np.where(against < 0, chord, 1.0)
    numbers = np.searchsorted(-np.array(DAMPINGS), -chord, side="left")
    return np.minimum(numbers, len(DAMPINGS) - 1)
