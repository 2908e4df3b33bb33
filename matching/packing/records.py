"""Records packed into columns, so that millions of pairs can be weighed a second.

Each record becomes a few small numbers: where its rows of the weight tables begin, its days,
its point, its list of things. All that depends on one side alone is computed here, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from matching.codes import (
    Answer,
    MarkType,
)
from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.crowding import crowd_density, reach_of
from matching.evidence.journeys import on_sphere, variance_km2
from matching.evidence.marks import thing_of_mark, visibility
from matching.evidence.place import weigh_region
from matching.evidence.rarity import Rarity, Region, region_of
from matching.evidence.time import Interval, curve_days, found_per_day, interval_of
from matching.model_file import Model
from matching.packing import layout
from matching.packing.lists import Things
from matching.packing.looked_up import Shelf, coded, pack_looked_up
from matching.packing.steps import Steps, steps_above
from matching.packing.tables import (
    interval_curve,
    weight_table,
)
from matching.records import MissingRecord, Place, RemainsRecord

Floats = NDArray[np.float64]
Structured = NDArray[np.void]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Packed:
    """Both sides, packed and sorted, with everything the kernels look up.

    Attributes
    ----------
    missing : array of `layout.MISSING`
        Sorted by the earliest day of last contact; undated people first.
    remains : array of `layout.REMAINS`
        Sorted by the latest day of recovery, newest first; undated remains first.
    keys : int32 array, shape (n_missing, layout.KINDS)
        Equal numbers where two people are told alike in one kind; `layout.NOTHING` where
        nothing was told, which weighs nothing against anybody.
    rules : array of `layout.RULES`, shape (1,)
    tables : float64 array
        All weight tables, curves and scales, end to end.
    things : array of `layout.THING`
    words : int32 array
    word_ratios : float64 array
    examples : int32 array
        One thing told of each ``code``.
    table_steps : int16 array
        The weight tables at the beginning of `tables`, in whole steps, rounded up.
    """

    missing: Structured
    remains: Structured
    keys: Integers
    rules: Structured
    tables: Floats
    things: Structured
    words: Integers
    word_ratios: Floats
    examples: Integers
    table_steps: Steps


def pack(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    model: Model,
    rarity: Rarity,
) -> Packed:
    """Pack both sides for the search.

    Parameters
    ----------
    missing, remains : sequences of records
        Neither empty.
    model : Model
    rarity : Rarity
        Of the registry these records belong to.

    Returns
    -------
    Packed

    Notes
    -----
    Nothing is lost in packing: what the definitions round (half years, half centimetres,
    whole days) they round themselves. Method: ``docs/methods/search.md``.
    """
    shelf, things = Shelf(), Things()
    left = np.zeros(len(missing), dtype=layout.MISSING)
    right = np.zeros(len(remains), dtype=layout.REMAINS)
    left["at"], right["at"] = np.arange(len(left)), np.arange(len(right))
    keys = np.full((len(left), layout.KINDS), layout.NOTHING, dtype=np.int32)
    pack_looked_up(missing, remains, (left, right, keys), (model, shelf, rarity))
    looked_up = shelf.length
    last_day = _pack_days(missing, remains, (left, right, keys), (model, shelf, rarity))
    _pack_places(missing, remains, (left, right, keys), (model, shelf, rarity))
    _pack_lists(missing, remains, (left, right, keys), (model, things, rarity))
    rules = _rules(model, shelf, last_day)
    oldest = np.argsort(left["earliest"], kind="stable")
    newest = np.argsort(-right["latest"].astype(np.int64), kind="stable")
    packed_things, words, ratios = things.packed()
    tables = shelf.end_to_end()
    return Packed(
        missing=left[oldest],
        remains=right[newest],
        keys=np.ascontiguousarray(keys[oldest]),
        rules=rules,
        tables=tables,
        things=packed_things,
        words=words,
        word_ratios=ratios,
        examples=np.array(things.examples, dtype=np.int32),
        table_steps=steps_above(tables[:looked_up]),
    )


def _pack_days(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, Shelf, Rarity],
) -> int:
    """Pack days as ordinals; return the longest gap that any pair can have, plus one."""
    left, right, keys = sides
    model, shelf, rarity = tools
    _days(left, [one.last_contact for one in missing], layout.UNDATED_MISSING)
    _days(right, [one.found for one in remains], layout.UNDATED_REMAINS)
    told = [(one.last_contact,) if one.last_contact else None for one in missing]
    keys[:, layout.TIME] = coded(told)[1]
    both = bool(left["dated"].any() and right["dated"].any())
    gap = (
        right["latest"][right["dated"] == 1].max() - left["earliest"][left["dated"] == 1].min()
        if both
        else 0
    )
    last_day = int(min(max(gap, 0) + 1, curve_days()[-1]))
    intervals = [interval_of(one, model.time) for one in remains]
    starts: dict[Interval, int] = {}
    for interval in dict.fromkeys(intervals):
        starts[interval] = shelf.put(interval_curve(interval, last_day, model))
    right["curve"] = [starts[interval] for interval in intervals]
    right["found_per_day"] = [
        np.nan if one.found is None else found_per_day(one.found, model.time, rarity)
        for one in remains
    ]
    return last_day


def _days(side: Structured, ranges: Sequence[Any], undated: int) -> None:
    side["dated"] = [days is not None for days in ranges]
    side["earliest"] = [undated if d is None else d.earliest.toordinal() for d in ranges]
    side["latest"] = [undated if d is None else d.latest.toordinal() for d in ranges]


def _pack_places(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, Shelf, Rarity],
) -> None:
    """Pack points as unit vectors, and regions as one more table for those without."""
    left, right, keys = sides
    model, shelf, rarity = tools
    _points(left, [one.place for one in missing], model)
    _points(right, [one.place for one in remains], model)
    right["crowd"] = [
        np.nan if one.place is None else crowd_density(one.place, model.place, rarity.crowds)
        for one in remains
    ]
    left["reach"] = [
        np.nan if one.place is None else reach_of(one.place, model.place, rarity.crowds)
        for one in missing
    ]
    told, rows = coded([_known(region_of(one)) for one in missing])
    seen, columns = coded([_known(region_of(one)) for one in remains])
    table = weight_table(
        cast("list[Region]", told),
        cast("list[Region]", seen),
        lambda here, there: weigh_region(here, there, model.place, rarity),
    )
    start = shelf.put(table)
    left["region"] = np.where(rows != layout.NOTHING, start + rows * len(seen), layout.NOTHING)
    right["region"] = columns
    places = [
        None if one.place is None and row == layout.NOTHING else (one.place, int(row))
        for one, row in zip(missing, rows, strict=True)
    ]
    keys[:, layout.PLACE] = coded(places)[1]


def _known(region: Region) -> Region | None:
    return region if region[0] else None


def _points(side: Structured, places: Sequence[Place | None], model: Model) -> None:
    for packed, place in zip(side, places, strict=True):
        if place is not None:
            packed["placed"] = 1
            packed["x"], packed["y"], packed["z"] = on_sphere(place)
            packed["variance"] = variance_km2(place, model.place)


def _pack_lists(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, Things, Rarity],
) -> None:
    """Pack lists of marks and of articles, and what of them could have been seen."""
    left, right, keys = sides
    model, things, rarity = tools
    marks, clothes = [], []
    for packed, person in zip(left, missing, strict=True):
        told = tuple(thing_of_mark(mark) for mark in person.marks)
        worn = tuple(thing_of_article(article) for article in articles_of(person))
        packed["marks_at"], packed["marks"] = things.told(told, model.marks, rarity.marks)
        packed["clothes_at"], packed["clothes"] = things.told(
            worn, model.clothing, rarity.clothing
        )
        packed["marks"] = _length(len(told), absent=person.marks.answer is Answer.ABSENT)
        packed["clothes"] = _length(len(worn), absent=False)
        marks.append(None if packed["marks"] == layout.NOTHING else ("marks", told))
        clothes.append(worn or None)
    keys[:, layout.MARKS] = coded(marks)[1]
    keys[:, layout.CLOTHING] = coded(clothes)[1]
    for packed, found in zip(right, remains, strict=True):
        _pack_seen(packed, found, model, things)


def _pack_seen(packed: Any, found: RemainsRecord, model: Model, things: Things) -> None:
    seen = tuple(thing_of_mark(mark) for mark in found.marks)
    worn = tuple(thing_of_article(article) for article in articles_of(found))
    packed["marks_at"], marks = things.seen(seen)
    packed["clothes_at"], clothes = things.seen(worn)
    packed["marks"] = _length(marks, absent=found.marks.answer is Answer.ABSENT)
    packed["clothes"] = _length(clothes, absent=False)
    packed["skin"] = visibility(MarkType.TATTOO, found, model.marks)
    packed["bone"] = visibility(MarkType.OLD_FRACTURE, found, model.marks)
    packed["recovered"] = model.clothing.recovered[found.completeness.value]


def _length(things: int, *, absent: bool) -> int:
    if absent:
        return layout.ABSENT
    return things or layout.NOTHING


def _rules(model: Model, shelf: Shelf, last_day: int) -> Structured:
    """Pack the numbers that hold for every pair, and the scales of distance."""
    total = sum(scale.share for scale in model.place.distance.scales)
    scales = [(scale.share / total, scale.km**2) for scale in model.place.distance.scales]
    none, marks, clothing = model.marks.none_reported, model.marks, model.clothing
    rules = np.zeros(1, dtype=layout.RULES)
    numbers = {
        "time_unrelated": model.time.unrelated,
        "place_unrelated": model.place.unrelated,
        "last_day": last_day,
        "scales_at": shelf.put(np.array(scales)),
        "scales": len(scales),
        "marks_unrelated": marks.unrelated,
        "marks_listed": marks.listed,
        "marks_listed_when_none": marks.listed_when_none,
        "marks_words_none": 1 - marks.words_alike,
        "marks_ceiling": marks.ceiling,
        "marks_none_but_seen": log10(none.missed / none.share_with_marks),
        "marks_none_on_both": log10((1 - none.missed) / (1 - none.share_with_marks)),
        "clothing_unrelated": clothing.unrelated,
        "clothing_listed": clothing.listed,
        "clothing_words_none": 1 - clothing.words_alike,
        "clothing_ceiling": clothing.ceiling,
    }
    for name, number in numbers.items():
        rules[name] = number
    return rules
