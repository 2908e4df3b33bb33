"""Points of rows in our own columns, held against the country that the row names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from casework.imports.problems import Rule as ImportRule
from casework.imports.profiles.places import Where, misplaced
from matching.tables import NumberedRow, Problem, Rule

_PROVEN = {
    ImportRule.AXIS_ORDER_REVERSED: Rule.PLACE_SWAPPED,
    ImportRule.LATITUDE_SIGN_LOST: Rule.PLACE_SIGN_LOST,
    ImportRule.LONGITUDE_SIGN_LOST: Rule.PLACE_SIGN_LOST,
}


@dataclass(slots=True)
class Whereabouts:
    """Marks rows whose point cannot be where they say, and notes those that are only far.

    A point far out at sea may be true: who drowned was found there. So only what is mended by
    a sign or by swapping the axes keeps a row out.
    """

    far: set[int] = field(default_factory=set)

    def held(self, rows: Iterable[NumberedRow]) -> Iterator[NumberedRow]:
        """Pass rows on, with what is wrong with their point."""
        for row in rows:
            yield row if row.misfit else self._judged(row)

    def _judged(self, row: NumberedRow) -> NumberedRow:
        country = row.cells.get("country", "").strip().upper()
        point = _point(row.cells) if country else None
        fault = point and misplaced(point, Where.of(country, country=country))
        if not point or not fault:
            return row
        rule = _PROVEN.get(fault[0])
        if rule is None:
            self.far.add(row.line)
            return row
        value = f"{point[0]:g}, {point[1]:g}"
        return replace(row, misfit=Problem("lat", value, rule, country))


def _point(cells: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        return float(cells.get("lat", "")), float(cells.get("lon", ""))
    except ValueError:
        return None
