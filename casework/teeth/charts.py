"""Teeth of a chart as the registry keeps them: a list of `FDI:code:surfaces:material`.

The engine reads the number and the code (`matching.tables.cells`); surfaces and material are
kept beside them and compared by people only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.codes import SAID_OF_TEETH, TOOTH_NUMBERS, ToothState


class ToothSurface(StrEnum):
    """Faces of a tooth by their letters, in the order in which dentists say them."""

    MESIAL = "M"
    OCCLUSAL = "O"
    INCISAL = "I"
    DISTAL = "D"
    VESTIBULAR = "V"
    LINGUAL = "L"


class ToothMaterial(StrEnum):
    """What a tooth was mended with (minimum data set, section 11)."""

    AMALGAM = "amalgam"
    COMPOSITE = "composite"
    GOLD = "gold"
    METAL = "metal"
    CERAMIC = "ceramic"
    TEMPORARY = "temporary"
    DECORATIVE = "decorative"


@dataclass(frozen=True, slots=True)
class ChartedTooth:
    """What a chart says of one tooth, by its number of ISO 3950 (FDI)."""

    number: int
    state: ToothState
    surfaces: tuple[ToothSurface, ...] = ()
    material: ToothMaterial | None = None


# The teeth of each arch from the person's right to their left, permanent and milk.
UPPER = (*range(18, 10, -1), *range(21, 29))
LOWER = (*range(48, 40, -1), *range(31, 39))
UPPER_MILK = (*range(55, 50, -1), *range(61, 66))
LOWER_MILK = (*range(85, 80, -1), *range(71, 76))
ARCHES = (UPPER, LOWER, UPPER_MILK, LOWER_MILK)

WITH_SURFACES = frozenset(
    {
        ToothState.DECAYED,
        ToothState.FRACTURED,
        ToothState.RESTORED,
        ToothState.VENEER,
        ToothState.ROOT_FILLED,
    }
)
MENDED = frozenset(
    {
        ToothState.RESTORED,
        ToothState.VENEER,
        ToothState.CROWN,
        ToothState.BRIDGE_ABUTMENT,
        ToothState.ROOT_FILLED,
        ToothState.PONTIC,
        ToothState.IMPLANT,
    }
)
LAST_FRONT_TOOTH = 3
PERMANENT_QUADRANTS = 4
WISDOM_TOOTH = 8


def is_front(number: int) -> bool:
    """Say whether a tooth is an incisor or a canine: it has an edge and does not chew."""
    return number % 10 <= LAST_FRONT_TOOTH


def is_milk(number: int) -> bool:
    """Say whether a number is that of a milk tooth."""
    return number // 10 > PERMANENT_QUADRANTS


def place_of(number: int) -> int:
    """Give the permanent tooth that stands, or will, where this one does."""
    return number - 40 if is_milk(number) else number


def usually_there() -> tuple[int, ...]:
    """Give the teeth that "all the others" means: all permanent ones but the wisdom teeth."""
    return tuple(n for n in (*UPPER, *LOWER) if n % 10 < WISDOM_TOOTH)


def written_chart(teeth: Iterable[ChartedTooth]) -> str:
    """Write a chart as the flat files do."""
    return "|".join(_written(tooth) for tooth in sorted(teeth, key=lambda each: each.number))


def read_chart(text: str) -> tuple[dict[int, ChartedTooth], tuple[str, ...]]:
    """Read a chart that was kept; give beside the teeth what cannot be read as one."""
    teeth: dict[int, ChartedTooth] = {}
    left = []
    for entry in filter(None, (part.strip() for part in text.split("|"))):
        tooth = _tooth(entry)
        if tooth is None:
            left.append(entry)
        else:
            teeth[tooth.number] = tooth
    return teeth, tuple(left)


def _written(tooth: ChartedTooth) -> str:
    more = ("".join(tooth.surfaces), tooth.material or "")
    return ":".join((str(tooth.number), tooth.state, *more)).rstrip(":")


def _tooth(entry: str) -> ChartedTooth | None:
    number, state, surfaces, material = (*entry.split(":"), "", "", "")[:4]
    known = _STATES.get(state.strip().lower().replace(" ", "_"))
    if not number.isdecimal() or int(number) not in TOOTH_NUMBERS or known is None:
        return None
    return ChartedTooth(
        int(number),
        known,
        tuple(each for each in ToothSurface if each in surfaces),
        ToothMaterial(material) if material in set(ToothMaterial) else None,
    )


_STATES: Mapping[str, ToothState] = {each.value: each for each in ToothState} | SAID_OF_TEETH
