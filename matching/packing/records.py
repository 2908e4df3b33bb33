"""Records packed into columns, so that millions of pairs can be weighed a second.

Each record becomes a few small numbers: where its rows of the weight tables begin, its days,
its point, its list of things. All that depends on one side alone is computed here, once.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import log10
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from matching.codes import (
    Answer,
    Condition,
    EyeColour,
    HairColour,
    MarkType,
    RemainsSex,
    Sex,
    SexMethod,
)
from matching.evidence.age import ReportedAge, estimate_ends, reported_age
from matching.evidence.clothing import articles_of, thing_of_article
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import weigh_hair
from matching.evidence.marks import thing_of_mark, visibility
from matching.evidence.place import crowd_density, on_sphere, variance_km2, weigh_region
from matching.evidence.rarity import Rarity, Region, region_of
from matching.evidence.sex import chance_female, weigh_sex
from matching.evidence.stature import Expected, expected_stature, found_stature
from matching.evidence.time import Interval, curve_days, found_per_day, interval_of
from matching.model_file import Model
from matching.packing import layout
from matching.packing.lists import Things
from matching.packing.steps import Steps, steps_above
from matching.packing.tables import (
    Codes,
    age_table,
    interval_curve,
    stature_table,
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


class _Shelf:
    """Tables end to end, and where each begins."""

    def __init__(self) -> None:
        self._tables: list[Floats] = []
        self.length = 0

    def put(self, table: Floats) -> int:
        start = self.length
        self._tables.append(table.ravel())
        self.length += table.size
        return start

    def end_to_end(self) -> Floats:
        return np.concatenate(self._tables)


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
    shelf, things = _Shelf(), Things()
    left = np.zeros(len(missing), dtype=layout.MISSING)
    right = np.zeros(len(remains), dtype=layout.REMAINS)
    left["at"], right["at"] = np.arange(len(left)), np.arange(len(right))
    keys = np.full((len(left), layout.KINDS), layout.NOTHING, dtype=np.int32)
    _pack_tables(missing, remains, (left, right, keys), (model, shelf))
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


def _pack_tables(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, _Shelf],
) -> None:
    """Pack the kinds that are one look-up in a table of distinct values."""
    left, right, keys = sides
    model, shelf = tools
    tells: tuple[Callable[[MissingRecord, Model], Hashable], ...]
    tells = (_sex_told, _age_told, _stature_told, _hair_told, _eyes_told)
    sees: tuple[Callable[[RemainsRecord, Model], Hashable], ...]
    sees = (_sex_seen, _age_seen, _stature_seen, _hair_seen, _eyes_seen)
    tables = (_sex_table, age_table, stature_table, _hair_table, _eyes_table)
    for kind in range(layout.TABLE_KINDS):
        told, rows = _coded([tells[kind](one, model) for one in missing])
        seen, columns = _coded([sees[kind](one, model) for one in remains])
        start = shelf.put(tables[kind](cast("Any", told), cast("Any", seen), model))
        starts = start + rows * len(seen)
        left["row"][:, kind] = np.where(rows == layout.NOTHING, layout.NOTHING, starts)
        right["column"][:, kind] = columns
        keys[:, kind] = rows


def _coded(values: Sequence[Hashable]) -> tuple[list[Hashable], Integers]:
    """Distinct values, and the number of each; `layout.NOTHING` for None."""
    codes = Codes()
    numbers = [layout.NOTHING if value is None else codes.of(value) for value in values]
    return codes.values, np.array(numbers, dtype=np.int32)


def _sex_told(one: MissingRecord, _: Model) -> Sex | None:
    return one.sex if one.sex in (Sex.FEMALE, Sex.MALE) else None


def _sex_seen(one: RemainsRecord, _: Model) -> tuple[RemainsSex, SexMethod]:
    return one.sex, one.sex_method


def _sex_table(told: Sequence[Sex], seen: Sequence[Any], model: Model) -> Floats:
    return weight_table(
        told,
        seen,
        lambda sex, estimate: weigh_sex(
            MissingRecord(record_id="", sex=sex),
            RemainsRecord(record_id="", sex=estimate[0], sex_method=estimate[1]),
            model.sex,
        ),
    )


def _age_told(one: MissingRecord, _: Model) -> ReportedAge | None:
    return reported_age(one)


def _age_seen(one: RemainsRecord, _: Model) -> tuple[float, float] | None:
    return None if one.age is None else estimate_ends(one.age)


def _stature_told(one: MissingRecord, model: Model) -> Expected | None:
    return expected_stature(one, model.stature)


def _stature_seen(one: RemainsRecord, model: Model) -> tuple[Expected, float] | None:
    found = found_stature(one, model.stature)
    return None if found is None else (found, chance_female(one.sex, one.sex_method, model.sex))


def _hair_told(one: MissingRecord, _: Model) -> HairColour | None:
    return one.hair


def _hair_seen(one: RemainsRecord, _: Model) -> tuple[HairColour, Condition | None] | None:
    return None if one.hair is None else (one.hair, one.condition)


def _hair_table(told: Sequence[HairColour], seen: Sequence[Any], model: Model) -> Floats:
    return weight_table(
        told,
        seen,
        lambda colour, sight: weigh_hair(
            MissingRecord(record_id="", hair=colour),
            RemainsRecord(record_id="", hair=sight[0], condition=sight[1]),
            model.hair,
        ),
    )


def _eyes_told(one: MissingRecord, _: Model) -> EyeColour | None:
    return one.eyes


def _eyes_seen(one: RemainsRecord, _: Model) -> tuple[EyeColour, Condition | None] | None:
    return None if one.eyes is None else (one.eyes, one.condition)


def _eyes_table(told: Sequence[EyeColour], seen: Sequence[Any], model: Model) -> Floats:
    return weight_table(
        told,
        seen,
        lambda colour, sight: weigh_eyes(
            MissingRecord(record_id="", eyes=colour),
            RemainsRecord(record_id="", eyes=sight[0], condition=sight[1]),
            model.eyes,
        ),
    )


def _pack_days(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, _Shelf, Rarity],
) -> int:
    """Pack days as ordinals; return the longest gap that any pair can have, plus one."""
    left, right, keys = sides
    model, shelf, rarity = tools
    _days(left, [one.last_contact for one in missing], layout.UNDATED_MISSING)
    _days(right, [one.found for one in remains], layout.UNDATED_REMAINS)
    told = [(one.last_contact,) if one.last_contact else None for one in missing]
    keys[:, layout.TIME] = _coded(told)[1]
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
    tools: tuple[Model, _Shelf, Rarity],
) -> None:
    """Pack points as unit vectors, and regions as one more table for those without."""
    left, right, keys = sides
    model, shelf, rarity = tools
    _points(left, [one.place for one in missing], model)
    _points(right, [one.place for one in remains], model)
    right["crowd"] = [
        np.nan if one.place is None else crowd_density(one.place, model.place, rarity)
        for one in remains
    ]
    told, rows = _coded([_known(region_of(one)) for one in missing])
    seen, columns = _coded([_known(region_of(one)) for one in remains])
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
    keys[:, layout.PLACE] = _coded(places)[1]


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
    keys[:, layout.MARKS] = _coded(marks)[1]
    keys[:, layout.CLOTHING] = _coded(clothes)[1]
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


def _rules(model: Model, shelf: _Shelf, last_day: int) -> Structured:
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
