"""The layouts in which IOM's Missing Migrants Project gave out its incidents since 2019.

Each maps our field to the column that holds it. A layout is recognised by columns that it
has and columns that it has not. Source: the files themselves, https://missingmigrants.iom.int
(CC BY 4.0), and the API of the Humanitarian Data Exchange.
"""

from functools import lru_cache

from casework.imports.problems import Problem, Rule
from casework.imports.profiles.profile import Layout

_COUNTS_ALL = {
    "dead": "Number of Dead",
    "missing": "Minimum Estimated Number of Missing",
    "survivors": "Number of Survivors",
    "females": "Number of Females",
    "males": "Number of Males",
    "children": "Number of Children",
}
_SHARED = {
    "cause": "Cause of Death",
    "information_source": "Information Source",
    "unsd": "UNSD Geographical Grouping",
    "coordinates": "Coordinates",
}

COLUMNS: dict[str, dict[str, str]] = {
    "download-2019": {
        **_COUNTS_ALL,
        **_SHARED,
        "id": "Web ID",
        "region": "Region of Incident",
        "date": "Reported Date",
        "year": "Reported Year",
        "month": "Reported Month",
        "dead": "Number Dead",
        "total": "Total Dead and Missing",
        "place": "Location Description",
        "coordinates": "Location Coordinates",
        "route": "Migration Route",
        "url": "URL",
        "quality": "Source Quality",
    },
    "workbook-2022": {
        **_COUNTS_ALL,
        **_SHARED,
        "id": "Main ID",
        "incident_id": "Incident ID",
        "type": "Incident Type",
        "region": "Region of Incident",
        "date": "Website Date",
        "year": "Incident year",
        "month": "Reported Month",
        "total": "Total Number of Dead and Missing",
        "regions_of_origin": "Region of Origin",
        "route": "Migration route",
        "place": "Location of death",
        "title": "Article title",
        "quality": "Source Quality",
        "url": "URL",
    },
    "no-id-2023": {
        **_COUNTS_ALL,
        **_SHARED,
        "type": "Incident Type",
        "year": "Incident year",
        "month": "Reported Month",
        "regions_of_origin": "Region of Origin",
        "region": "Region of Incident",
        "countries_of_origin": "Country of Origin",
        "total": "Total Number of Dead and Missing",
        "route": "Migration route",
        "place": "Location of death",
    },
    "all-data-2025": {
        **_COUNTS_ALL,
        **_SHARED,
        "id": "Main ID",
        "incident_id": "Incident ID",
        "type": "Incident Type",
        "region": "Region of Incident",
        "date": "Incident Date",
        "year": "Incident Year",
        "month": "Month",
        "total": "Total Number of Dead and Missing",
        "countries_of_origin": "Country of Origin",
        "regions_of_origin": "Region of Origin",
        "country": "Country of Incident",
        "route": "Migration Route",
        "place": "Location of Incident",
        "url": "URL",
        "quality": "Source Quality",
    },
    "hdx-api-2024": {
        "id": "web_id",
        "region": "region",
        "date": "reported_date",
        "dead": "number_dead",
        "missing": "number_missing",
        "total": "total_dead_and_missing",
        "survivors": "number_of_survivors",
        "females": "number_of_female",
        "males": "number_of_male",
        "children": "number_of_children",
        "cause": "cause_death",
        "country": "country_of_incident",
        "place": "location_description",
        "unsd": "unsd_geographic_grouping",
        "coordinates": "location_coodinates",  # so spelt by the source
        "route": "migration_route",
        "information_source": "information_source",
        "url": "url",
        "quality": "source_quality",
    },
    "download-2026": {
        **_COUNTS_ALL,
        **_SHARED,
        "id": "Main ID",
        "incident_id": "Incident ID",
        "region": "Region",
        "date": "Incident Date",
        "year": "Year",
        "month": "Reported Month",
        "dead": "Number Dead",
        "regions_of_origin": "Region of Origin",
        "countries_of_origin": "Country of Origin",
        "place": "Location of death",
        "route": "Migration route",
        "url": "URL",
        "quality": "Source Quality",
    },
}
COLUMNS["hdx-api-2025"] = {
    **COLUMNS["hdx-api-2024"],
    "regions_of_origin": "region_origin",
    "countries_of_origin": "country_origin",
}

_NEEDED = {
    "id", "date", "year", "region", "dead", "missing", "coordinates", "cause",
    "countries_of_origin",
}  # fmt: skip
_NOT = {
    "no-id-2023": frozenset({"Main ID", "Web ID", "Incident ID"}),
    "hdx-api-2024": frozenset({"country_origin", "region_origin"}),
}
_NOTES = {
    "workbook-2022": (Problem(Rule.POINT_LON_LAT, column="Coordinates"),),
}


def _layout(name: str) -> Layout:
    columns = COLUMNS[name]
    required = frozenset(column for field, column in columns.items() if field in _NEEDED)
    return Layout(
        required=required,
        optional=frozenset(columns.values()) - required,
        absent=_NOT.get(name, frozenset()),
        notes=_NOTES.get(name, ()),
    )


LAYOUTS = {name: _layout(name) for name in COLUMNS}

_FILLED_BY = {
    # field of a draft: the column it is read from, where it has another name
    "incident_type": "type",
    "causes": "cause",
    "cause_codes": "cause",
    "origin_text": "countries_of_origin",
    "country_text": "country",
    "lat": "coordinates",
    "lon": "coordinates",
    "radius_km": "coordinates",
    "location_precision": "coordinates",
    "urls": "url",
    "source_quality": "quality",
    "article_title": "title",
    "unsd_group": "unsd",
}
_FIELDS = (
    *_FILLED_BY, "region", "dead", "missing", "survivors", "females", "males", "children",
    "countries_of_origin", "regions_of_origin", "country", "admin1", "route", "place",
    "information_source",
)  # fmt: skip


@lru_cache(maxsize=256)
def unstated(layout: str, header: frozenset[str]) -> frozenset[str]:
    """Name what a row with these columns says nothing of, because it has none for it."""
    columns = COLUMNS[layout]
    return frozenset(
        field for field in _FIELDS if columns.get(_FILLED_BY.get(field, field)) not in header
    )


CAUSES = {
    "drowning": "Drowning",
    "vehicle_accident": "Vehicle accident / death linked to hazardous transport",
    "harsh_conditions": (
        "Harsh environmental conditions / lack of adequate shelter, food, water"
    ),
    "sickness": "Sickness / lack of access to adequate healthcare",
    "violence": "Violence",
    "accident": "Accidental death",
    "mixed_or_unknown": "Mixed or unknown",
}
"""IOM's own seven categories, used by all layouts but those of 2019 and of the API in 2024."""

CAUSE_WORDS = (
    # Words of the older free text, in the order in which they decide. Our choice, after the
    # categories into which IOM later put the same incidents.
    ("drowning", ("drown",)),
    ("violence", ("shot", "murder", "stab", "violen", "rape", "beaten", "abuse", "gun")),
    (
        "vehicle_accident",
        ("train", "vehicle", "truck", "car acc", "by a car", "railway", "plane"),
    ),
    (
        "harsh_conditions",
        ("dehydrat", "hypert", "hypot", "exposure", "heat", "harsh", "starv", "exhaust"),
    ),
    ("sickness", ("sick", "illness", "cardiac", "pneumonia", "cancer", "disease", "seizure")),
    ("accident", ("accident", "fell", "fall ", "fire", "blunt")),
    ("mixed_or_unknown", ("unknown", "mixed", "skeletal")),
)
