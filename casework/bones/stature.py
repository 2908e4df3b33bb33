"""Stature in life from the length of long bones, by published regressions.

Only what was checked in a source stands here; see `docs/methods/bones.md`. Where the standard
error of a formula could not be checked, whoever examines gives it from their own copy, and
without it there is no interval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Of a normal distribution: 95 in 100 lie within so many standard errors.
WITHIN_95 = 1.96
# A bone measured in another unit, or of a child, is refused (our choice; adults, in mm).
SHORTEST_MM, LONGEST_MM = 150.0, 650.0


@dataclass(frozen=True, slots=True)
class Line:
    """stature = `slope` × length + `constant`, in centimetres; `error`: its standard error."""

    slope: float
    constant: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """Published lines for people of one kind; `lines` by sex (`male`, `female`) and bone."""

    key: str
    name: str
    lines: Mapping[str, Mapping[str, Line]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Stature from one bone, in cm; without a standard error there is no interval."""

    bone: str
    length_mm: float
    line: Line
    centre: float
    low: float | None
    high: float | None


# Lengths are the greatest, of dry bone; of the tibia, from condyles to malleolus, no spines.
MESOAMERICA = Formula(
    "del_angel_cisneros_2004",
    "Genovés 1967; del Ángel y Cisneros 2004",
    {
        "male": {
            "femur": Line(2.262, 63.89),
            "tibia": Line(1.958, 91.26),
            "fibula": Line(1.919, 94.09),
            "humerus": Line(2.505, 83.52),
            "ulna": Line(2.615, 94.80),
            "radius": Line(2.668, 98.22),
        },
        "female": {
            "femur": Line(2.588, 47.25),
            "tibia": Line(2.720, 61.29),
            "fibula": Line(2.988, 54.55),
            "humerus": Line(4.160, 32.35),
            "ulna": Line(3.991, 58.72),
            "radius": Line(3.926, 66.88),
        },
    },
)
# Without the tibia: how it was measured for these lines is in doubt (Jantz et al. 1995).
UNITED_STATES_WHITE = Formula(
    "trotter_gleser_1952_white",
    "Trotter y Gleser 1952, 1977",
    {
        "male": {
            "femur": Line(2.38, 61.41, 3.27),
            "fibula": Line(2.68, 71.78, 3.29),
            "humerus": Line(3.08, 70.45, 4.05),
            "ulna": Line(3.70, 74.05, 4.32),
            "radius": Line(3.78, 79.01, 4.32),
        },
        "female": {
            "femur": Line(2.47, 54.10, 3.72),
            "fibula": Line(2.93, 59.61, 3.57),
            "humerus": Line(3.36, 57.97, 4.45),
        },
    },
)
FORMULAS: Mapping[str, Formula] = {
    each.key: each for each in (MESOAMERICA, UNITED_STATES_WHITE)
}


def estimates(
    formula: Formula,
    sex: str,
    lengths_mm: Mapping[str, float],
    *,
    error: float | None = None,
) -> tuple[Estimate, ...]:
    """Estimate stature from each bone that the formula has a line for, the surest first.

    `error` is the standard error where the formula brings none. Bones are never averaged:
    they are of one person, so their errors go together.
    """
    found = _each(formula.lines.get(sex, {}), lengths_mm, error)
    order = list(formula.lines.get(sex, {}))
    return tuple(
        sorted(found, key=lambda each: (each.line.error or 0.0, order.index(each.bone)))
    )


def _each(
    lines: Mapping[str, Line], lengths_mm: Mapping[str, float], error: float | None
) -> Iterator[Estimate]:
    for bone, length in lengths_mm.items():
        if bone not in lines or not SHORTEST_MM <= length <= LONGEST_MM:
            continue
        line = lines[bone]
        centre = line.slope * length / 10 + line.constant
        by = line.error or error
        spread = WITHIN_95 * by if by else None
        yield Estimate(
            bone,
            length,
            Line(line.slope, line.constant, by),
            centre,
            centre - spread if spread else None,
            centre + spread if spread else None,
        )
