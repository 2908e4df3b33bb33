"""Kinds that are one look-up: distinct values become rows and columns of weight tables."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from matching.codes import (
    Condition,
    EyeColour,
    HairColour,
    RemainsSex,
    Sex,
    SexMethod,
)
from matching.evidence.age import ReportedAge, estimate_ends, reported_age
from matching.evidence.eyes import weigh_eyes
from matching.evidence.hair import weigh_hair
from matching.evidence.rarity import Rarity
from matching.evidence.sex import chance_female, weigh_sex
from matching.evidence.stature import Expected, expected_stature, found_stature
from matching.model_file import Model
from matching.packing import layout
from matching.packing.tables import (
    Codes,
    age_table,
    stature_table,
    weight_table,
)
from matching.records import MissingRecord, RemainsRecord

Floats = NDArray[np.float64]
Structured = NDArray[np.void]
Integers = NDArray[np.int32]


class Shelf:
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


def pack_looked_up(
    missing: Sequence[MissingRecord],
    remains: Sequence[RemainsRecord],
    sides: tuple[Structured, Structured, Integers],
    tools: tuple[Model, Shelf, Rarity],
) -> None:
    """Pack the kinds that are one look-up in a table of distinct values."""
    left, right, keys = sides
    model, shelf, rarity = tools
    tells: tuple[Callable[[MissingRecord, Model], Hashable], ...]
    tells = (_sex_told, _age_told, _stature_told, _hair_told, _eyes_told)
    sees: tuple[Callable[[RemainsRecord, Model], Hashable], ...]
    sees = (_sex_seen, _age_seen, _stature_seen, _hair_seen, _eyes_seen)
    tables = (
        _sex_table,
        age_table,
        stature_table,
        partial(_hair_table, rarity=rarity),
        partial(_eyes_table, rarity=rarity),
    )
    for kind in range(layout.TABLE_KINDS):
        told, rows = coded([tells[kind](one, model) for one in missing])
        seen, columns = coded([sees[kind](one, model) for one in remains])
        start = shelf.put(tables[kind](cast("Any", told), cast("Any", seen), model))
        starts = start + rows * len(seen)
        left["row"][:, kind] = np.where(rows == layout.NOTHING, layout.NOTHING, starts)
        right["column"][:, kind] = columns
        keys[:, kind] = rows


def coded(values: Sequence[Hashable]) -> tuple[list[Hashable], Integers]:
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


def _hair_table(
    told: Sequence[HairColour], seen: Sequence[Any], model: Model, *, rarity: Rarity
) -> Floats:
    return weight_table(
        told,
        seen,
        lambda colour, sight: weigh_hair(
            MissingRecord(record_id="", hair=colour),
            RemainsRecord(record_id="", hair=sight[0], condition=sight[1]),
            model.hair,
            rarity.hair,
        ),
    )


def _eyes_told(one: MissingRecord, _: Model) -> EyeColour | None:
    return one.eyes


def _eyes_seen(one: RemainsRecord, _: Model) -> tuple[EyeColour, Condition | None] | None:
    return None if one.eyes is None else (one.eyes, one.condition)


def _eyes_table(
    told: Sequence[EyeColour], seen: Sequence[Any], model: Model, *, rarity: Rarity
) -> Floats:
    return weight_table(
        told,
        seen,
        lambda colour, sight: weigh_eyes(
            MissingRecord(record_id="", eyes=colour),
            RemainsRecord(record_id="", eyes=sight[0], condition=sight[1]),
            model.eyes,
            rarity.eyes,
        ),
    )
