"""The later kinds of evidence as the search sees them; most are one look-up each."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from matching.evidence.birth import day_of_birth, weigh_days
from matching.evidence.blood_group import weigh_blood_group
from matching.evidence.body_weight import (
    Kilograms,
    SeenKilograms,
    after_the_journey,
    chance_of_kilograms,
    scales_error_kg,
    seen_kilograms,
    told_kilograms,
)
from matching.evidence.build import seen_build, weigh_build
from matching.evidence.courses import Spot
from matching.evidence.destination import (
    Heading,
    against_crowd,
    crowd_at,
    heading_of,
    spot_seen,
)
from matching.evidence.hair import age_group, weigh_hair
from matching.evidence.handedness import weigh_handedness
from matching.evidence.nationality import (
    seen_nationality,
    told_nationality,
    weigh_nationality,
)
from matching.evidence.numbers import LARGEST
from matching.evidence.weight import Kind
from matching.packing.charted import Charts
from matching.packing.comparison import Floats, Judged
from matching.packing.rare import Companies, Papers, Serials
from matching.packing.recoveries import Recoveries
from matching.packing.valued import Table, as_they_are, by_pair, by_table
from matching.packing.valued.tables import Represented


def _numbers(judged: Judged) -> Any:
    """Give the model's tables; those of kinds it does not weigh are None and not asked for."""
    return judged.model


def _said(record: Any, value: Hashable | None, *more: Hashable) -> Represented | None:
    """Let a record stand for all that say the same; None where it says nothing."""
    return None if value is None else Represented((value, *more), record)


HAIR = by_pair(
    Kind.HAIR,
    lambda one, _: _said(one, one.hair),
    lambda one, by: _said(one, one.hair, one.condition, age_group(one, by.model.hair)),
    lambda left, right, judged: weigh_hair(
        left.record, right.record, judged.model.hair, judged.rarity.hair
    ),
)
"""Hair among remains of the same age: for models that tell ages apart, and for all others."""

NATIONALITY = by_pair(
    Kind.NATIONALITY,
    lambda one, _: _said(one, told_nationality(one)),
    lambda one, _: _said(one, seen_nationality(one)),
    lambda left, right, judged: weigh_nationality(
        left.record, right.record, _numbers(judged).nationality, judged.rarity.nationality
    ),
)


BUILD = by_pair(
    Kind.BUILD,
    lambda one, _: _said(one, one.build),
    lambda one, _: _said(one, seen_build(one), one.condition),
    lambda left, right, judged: weigh_build(
        left.record, right.record, _numbers(judged).build, judged.rarity.build
    ),
)


def _kilograms_told(told: Sequence[Kilograms], judged: Judged) -> Floats:
    """Weights expected, and both their variances but for the scales'; shape (3, n, 1)."""
    parameters: Any = judged.model.body_weight
    expected = [after_the_journey(one, parameters) for one in told]
    return np.array(expected, dtype=np.float64).reshape(-1, 3, 1).swapaxes(0, 1)


def _kilograms_seen(seen: Sequence[SeenKilograms], judged: Judged) -> Floats:
    """Weight found, the error of the scales, density among anybody; shape (3, n)."""
    parameters: Any = judged.model.body_weight
    found = [
        (one.kg, scales_error_kg(one, parameters), chance_of_kilograms(one, parameters))
        for one in seen
    ]
    return np.ascontiguousarray(np.array(found, dtype=np.float64).reshape(-1, 3).T)


def _kilograms(told: Floats, seen: Floats, judged: Judged) -> Floats:
    """Weights of kilograms as `weigh_body_weight` says, to rounding."""
    parameters: Any = judged.model.body_weight
    found, error, anybody = seen
    mean, journey, width = told
    spread = np.sqrt(journey + (width + error**2))
    person = np.exp(-(((found - mean) / spread) ** 2) / 2) / (spread * np.sqrt(2 * np.pi))
    ratio = person / anybody
    mixed = parameters.unrelated + (1 - parameters.unrelated) * ratio
    weights: Floats = np.minimum(np.log10(mixed), LARGEST)
    return weights


BODY_WEIGHT = by_table(
    Kind.BODY_WEIGHT,
    lambda one, _: told_kilograms(one),
    lambda one, _: seen_kilograms(one),
    Table(_kilograms_told, _kilograms_seen, _kilograms),
)

HANDEDNESS = by_pair(
    Kind.HANDEDNESS,
    lambda one, _: _said(one, one.handedness),
    lambda one, _: _said(one, one.handedness, one.condition),
    lambda left, right, judged: weigh_handedness(
        left.record, right.record, _numbers(judged).handedness, judged.rarity.handedness
    ),
)

BLOOD_GROUP = by_pair(
    Kind.BLOOD_GROUP,
    lambda one, _: _said(one, one.blood_group),
    lambda one, _: _said(one, one.blood_group),
    lambda left, right, judged: weigh_blood_group(
        left.record, right.record, _numbers(judged).blood_group
    ),
)


def _crowded(seen: Sequence[Spot], judged: Judged) -> tuple[Sequence[Spot], Floats]:
    """Spots, and who else ends there: what takes long, and is the same for every heading."""
    numbers = _numbers(judged)
    crowd = crowd_at(seen, numbers.destination, judged.model.place, judged.rarity)
    return seen, crowd


def _headings(
    told: Sequence[Heading], seen: tuple[Sequence[Spot], Floats], judged: Judged
) -> Floats:
    return against_crowd(told, *seen, _numbers(judged).destination)


DESTINATION = by_table(
    Kind.DESTINATION,
    lambda one, judged: heading_of(one, _numbers(judged).destination),
    lambda one, _: spot_seen(one),
    Table(as_they_are, _crowded, _headings),
)

BIRTH = by_pair(
    Kind.BIRTH,
    lambda one, _: day_of_birth(one.birth),
    lambda one, _: day_of_birth(one.birth),
    lambda told, seen, judged: weigh_days(
        told, seen, _numbers(judged).birth, judged.rarity.births
    ),
)

LATER = (
    Charts(),
    Serials(),
    Papers(),
    NATIONALITY,
    BUILD,
    BODY_WEIGHT,
    HANDEDNESS,
    BLOOD_GROUP,
    Companies(),
    DESTINATION,
    BIRTH,
    Recoveries(),
)
"""All later kinds in the order of `Kind`; a search takes those its model weighs. What other
systems found is of pairs and not of records, and is added where a pair is explained."""
