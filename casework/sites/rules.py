"""What may be said of a site and of a grave, and how coarsely others learn where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.sites.model import SiteKind, SiteState
from casework.web.languages import marked

LONGEST = {"name": 200, "kept_by": 200, "admin1": 120, "place": 400, "notes": 4000}
LONGEST_OF_GRAVE = {"section": 80, "line": 80, "number": 80, "plan": 120, "marker": 500}
# Degrees, about eleven kilometres: our choice (ADR-0044). It names the district, leads to no
# grave, and two readers of the same site see the same point.
COARSE_DEGREES, COARSE_KM = 1, 15.0
TOO_LONG = marked("Un texto es demasiado largo; escríbalo más corto.")
KEPT_ELSEWHERE = marked("Este sitio lo lleva otra institución: pídale que lo corrija.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """What somebody says of a site; `place` and `notes` are sealed, and so is the point."""

    kind: SiteKind
    name: str
    state: SiteState = SiteState.OPEN
    kept_by: str = ""
    country: str | None = None
    admin1: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraveDraft:
    """What somebody says of one grave of a site."""

    number: str
    section: str = ""
    line: str = ""
    plan: str = ""
    marker: str = ""
    state: SiteState = SiteState.UNKNOWN


def problems_of(draft: SiteDraft) -> dict[str, str]:
    """Say what cannot be so of a site, by field."""
    problems = _too_long(draft, LONGEST)
    if not draft.name.strip():
        problems["name"] = marked("Escriba cómo se llama el sitio o cómo se le conoce.")
    if not (draft.country or draft.place.strip() or draft.lat is not None):
        problems["country"] = marked("Diga dónde está: el país, el lugar o el punto.")
    if (draft.lat is None) is not (draft.lon is None):
        problems["coordinates"] = marked("Un punto tiene latitud y longitud, las dos.")
    elif not (abs(draft.lat or 0) <= 90 and abs(draft.lon or 0) <= 180):  # noqa: PLR2004 - degrees
        problems["coordinates"] = marked("No hay tal lugar: la latitud va de -90 a 90.")
    return problems


def problems_of_grave(draft: GraveDraft) -> dict[str, str]:
    """Say what cannot be so of a grave, by field."""
    problems = _too_long(draft, LONGEST_OF_GRAVE)
    if not draft.number.strip():
        problems["number"] = marked("Escriba el número o la señal con que se halla la tumba.")
    return problems


def coarse(draft: SiteDraft) -> dict[str, float | None]:
    """Round a point so far that it names a district and leads nobody to a grave."""
    if draft.lat is None or draft.lon is None:
        return {"lat": None, "lon": None, "radius_km": None}
    return {
        "lat": round(draft.lat, COARSE_DEGREES),
        "lon": round(draft.lon, COARSE_DEGREES),
        "radius_km": max(draft.radius_km or 0.0, COARSE_KM),
    }


def exact(draft: SiteDraft) -> dict[str, Any]:
    """Gather what is sealed of a site, as far as it was said."""
    said = {name: getattr(draft, name) for name in ("lat", "lon", "radius_km")}
    said |= {"place": draft.place.strip(), "notes": draft.notes.strip()}
    return {name: value for name, value in said.items() if value not in {None, ""}}


def _too_long(draft: Any, longest: Mapping[str, int]) -> dict[str, str]:
    return {
        name: TOO_LONG for name, most in longest.items() if len(getattr(draft, name)) > most
    }
