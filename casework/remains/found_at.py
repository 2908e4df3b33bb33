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


def found_at(hand: AtHand, openings: Openings) -> FoundAt:
    """Tell where remains already opened were found: to their institution as it was said."""
    record = hand.about
    is_guarded = is_at_a_site(record)
    told: dict[str, Any] = {name: getattr(record, name) for name in PLACE_COLUMNS}
    is_exact = is_guarded and hand.is_kept_here and openings.shows(Reveals.CIRCUMSTANCE)
    if is_exact:
        said = preferred(read_opened(hand, {Reveals.CIRCUMSTANCE}), PLACE)
        told = dict.fromkeys(PLACE_COLUMNS) | (said or {})
    return FoundAt(
        country=told["country"],
        admin1=told["admin1"] or "",
        place=told["place"] or "",
        lat=told["lat"],
        lon=told["lon"],
        radius_km=told["radius_km"],
        is_rounded=is_guarded and not is_exact,
    )
