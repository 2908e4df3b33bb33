"""Where remains were found, as far as one reader may know it."""

from dataclasses import dataclass
from typing import Any

from casework.openings import Openings
from casework.remains.resting import PLACE, is_at_a_site
from casework.statements.describing import AtHand
from casework.statements.picture import preferred
from casework.statements.projecting import PLACE_COLUMNS
from casework.statements.reading import read_opened
from casework.values import Place
from privacy.model import Reveals


@dataclass(frozen=True, slots=True)
class FoundAt:
    """Where somebody was found, as far as one reader may know it."""

    country: str | None
    admin1: str
    place: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    is_rounded: bool

    @property
    def point(self) -> Place | None:
        if self.lat is None or self.lon is None:
            return None
        return Place(self.lat, self.lon, self.radius_km)


def in_columns(record: Any) -> FoundAt:
    """Tell where remains were found as lists and comparisons do: to everybody the same."""
    told = {name: getattr(record, name) for name in PLACE_COLUMNS}
    return FoundAt(**told, is_rounded=is_at_a_site(record))


def found_at(hand: AtHand, openings: Openings) -> FoundAt:
    """Tell where remains already opened were found: to their institution as it was said."""
    held = in_columns(hand.about)
    if not (held.is_rounded and hand.is_kept_here and openings.shows(Reveals.CIRCUMSTANCE)):
        return held
    said = preferred(read_opened(hand, {Reveals.CIRCUMSTANCE}), PLACE) or {}
    return FoundAt(
        country=said.get("country"),
        admin1=said.get("admin1", ""),
        place=said.get("place", ""),
        lat=said.get("lat"),
        lon=said.get("lon"),
        radius_km=said.get("radius_km"),
        is_rounded=False,
    )
