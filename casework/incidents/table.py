"""Incidents as a flat table: the columns in which the profile `plain-incidents` reads them.

What an institution keeps for itself (`rules.STAYS`) has no column here, whoever asks.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any

from casework.incidents.model import Incident
from casework.spreadsheets import BYTE_ORDER_MARK, harmless

BETWEEN = "|"
_YES_NO = {None: "", True: "yes", False: "no"}


def _several(name: str) -> Callable[[Incident], str]:
    return lambda incident: BETWEEN.join(
        each.replace(BETWEEN, " ") for each in getattr(incident, name)
    )


def _changed_at(incident: Incident) -> str:
    """Say since when the row stands: as its source does, else since it was changed here."""
    since = incident.source_date or incident.changed_at
    return since.astimezone(UTC).isoformat(timespec="microseconds")


# Column of the table: how it is read; the others bear the name of their field.
_READ: Mapping[str, Callable[[Incident], Any]] = {
    "record_id": lambda incident: incident.source_key,
    "main_id": lambda incident: incident.main_key,
    "cause": _several("causes"),
    "cause_code": _several("cause_codes"),
    "countries_of_origin": _several("countries_of_origin"),
    "regions_of_origin": _several("regions_of_origin"),
    "source": _several("sources"),
    # Read again where an address begins, and an address may hold a bar.
    "url": lambda incident: " ".join(incident.urls),
    "mmp_eligible": lambda incident: _YES_NO[incident.mmp_eligible],
    "invented": lambda incident: _YES_NO[incident.invented or None],
    "changed_at": _changed_at,
}
COLUMNS = (
    *("record_id", "main_id", "kind", "date_from", "date_to", "dead", "missing", "survivors"),
    *("females", "males", "children", "cause", "cause_code", "countries_of_origin"),
    *("regions_of_origin", "country", "admin1", "region", "subregion", "route", "place"),
    *("lat", "lon", "radius_km", "location_precision", "title", "source", "url"),
    *("source_quality", "mmp_eligible", "population", "invented", "changed_at"),
)


def table_of(incidents: Sequence[Incident]) -> bytes:
    """Write incidents down, a row each."""
    made = io.StringIO()
    made.write(BYTE_ORDER_MARK)
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for incident in incidents:
        writer.writerow([harmless(_cell(incident, name)) for name in COLUMNS])
    return made.getvalue().encode()


def _cell(incident: Incident, name: str) -> str:
    read = _READ.get(name)
    value = read(incident) if read else getattr(incident, name)
    return "" if value is None else str(value)
