"""What a source says of an incident, and what it changed between two versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.incidents.model import Incident

# What a version keeps (`IncidentVersion.content`), in the order in which a page tells it.
CONTENT = (
    "kind",
    "date_from",
    "date_to",
    "dead",
    "missing",
    "survivors",
    "females",
    "males",
    "children",
    "causes",
    "cause_codes",
    "countries_of_origin",
    "regions_of_origin",
    "country",
    "admin1",
    "region",
    "subregion",
    "route",
    "place",
    "lat",
    "lon",
    "radius_km",
    "location_precision",
    "title",
    "sources",
    "urls",
    "source_quality",
    "warnings",
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that a newer version states differently."""

    field: str
    before: Any
    after: Any


def content_of(incident: Incident) -> dict[str, Any]:
    """Give what the source says, as a version keeps it: plain values, dates as text."""
    return {name: _plain(getattr(incident, name)) for name in CONTENT}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    """Name the fields that both versions state, and state differently."""
    for name in CONTENT:
        if name in before and name in after and before[name] != after[name]:
            yield Changed(name, before[name], after[name])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value
