"""What may be said of a site and of a grave, and how coarsely others learn where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.coarsening import coarse_point
from casework.listing import folded_text
from casework.sites.model import GraveKind, SiteKind, SiteState
from casework.web.languages import marked

LONGEST = {"name": 200, "kept_by": 200, "admin1": 120, "place": 400, "notes": 4000}
LONGEST_OF_GRAVE = {"section": 80, "line": 80, "number": 80, "plan": 120, "marker": 500}
# There may be one alone, which nobody has numbered.
NEED_NO_NUMBER = frozenset({GraveKind.OSSUARY, GraveKind.COMMON_GRAVE})
TOO_LONG = marked("Un texto es demasiado largo; escríbalo más corto.")
KEPT_ELSEWHERE = marked("Este sitio lo lleva otra institución: pídale que lo corrija.")
CHANGED_MEANWHILE = marked(
    "Otra persona lo corrigió mientras tanto. Lea lo que dice ahora y guarde otra vez."
)
NO_SUCH_GRAVE = marked("Ese sitio no tiene ninguna tumba con esa referencia.")
ALREADY_THERE = marked(
    "Otra tumba de este sitio ya lleva esa clase, sección, hilera y número: corrija esa, o "
    "escriba en qué se distingue esta."
)


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

    kind: GraveKind = GraveKind.GRAVE
    number: str = ""
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
    if not draft.number.strip() and draft.kind not in NEED_NO_NUMBER:
        problems["number"] = marked("Escriba el número o la señal con que se halla la tumba.")
    return problems


def name_of_grave(grave: Any) -> tuple[str, ...]:
    """Give what tells one grave of a site from another, however it was typed."""
    parts = (grave.section, grave.line, grave.number)
    return (grave.kind.value, *(" ".join(folded_text(part).split()) for part in parts))


def coarse(draft: SiteDraft) -> dict[str, float | None]:
    """Round a point so far that it names a district and leads nobody to a grave."""
    return coarse_point(draft.lat, draft.lon, draft.radius_km)


def exact(draft: SiteDraft) -> dict[str, Any]:
    """Gather what is sealed of a site, as far as it was said."""
    said = {name: getattr(draft, name) for name in ("lat", "lon", "radius_km")}
    said |= {"place": draft.place.strip(), "notes": draft.notes.strip()}
    return {name: value for name, value in said.items() if value not in {None, ""}}


def _too_long(draft: Any, longest: Mapping[str, int]) -> dict[str, str]:
    return {
        name: TOO_LONG for name, most in longest.items() if len(getattr(draft, name)) > most
    }
