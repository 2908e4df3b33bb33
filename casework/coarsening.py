"""How coarsely a place is known to whoever does not keep it: a district, and no way to it."""

from casework.dataset.values import Value, why_none

# Degrees, about eleven kilometres: our choice (ADR-0046). It names the district, leads to no
# grave, and two readers of the same place see the same point.
COARSE_DECIMALS, COARSE_KM = 1, 15.0


def coarse_point(
    lat: float | None, lon: float | None, radius_km: float | None
) -> dict[str, float | None]:
    """Round a point to a tenth of a degree, known no better than fifteen kilometres."""
    if lat is None or lon is None:
        return {"lat": None, "lon": None, "radius_km": None}
    return {
        "lat": round(lat, COARSE_DECIMALS),
        "lon": round(lon, COARSE_DECIMALS),
        "radius_km": max(radius_km or 0.0, COARSE_KM),
    }


def coarse_place(place: Value) -> Value:
    """Leave of a place its country, its division and the rounded point; its words go."""
    if not place or why_none(place):
        return place
    point = coarse_point(place.get("lat"), place.get("lon"), place.get("radius_km"))
    named = {part: place[part] for part in ("country", "admin1") if part in place}
    return {**named, **{part: end for part, end in point.items() if end is not None}} or None
