"""The columns of the flat files: which there are, how each is read, which field it fills."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.codes import (
    BloodGroup,
    Build,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    StatureBasis,
)
from matching.records import LATITUDES, LONGITUDES
from matching.tables import cells

YEARS_OF_AGE = (0, 125)
STATURE_CM = (20, 250)
WEIGHT_KG = (0.2, 400)
DEATH_DAYS = (0, 73_000)
"""Two centuries: older remains are archaeology; our choice."""

RADIUS_KM = (0, 20_000)
"""Half way round the Earth says nothing any more."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the field of the record it fills, and how a cell is read."""

    name: str
    field: str
    read: cells.Reader


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns that are the ends of one range, and how far it may reach at most."""

    low: str
    high: str
    field: str
    bounds: tuple[float, float]


PAIRS = (
    Pair("age_min", "age_max", "age", YEARS_OF_AGE),
    Pair("stature_cm_min", "stature_cm_max", "stature_cm", STATURE_CM),
    Pair("weight_kg_min", "weight_kg_max", "weight_kg", WEIGHT_KG),
    Pair("death_days_min", "death_days_max", "death_days", DEATH_DAYS),
)

DATE_PAIRS = (
    ("birth_from", "birth_to", "birth"),
    ("last_contact_from", "last_contact_to", "last_contact"),
    ("found_from", "found_to", "found"),
)

NAMES = {
    "given_names": cells.words,
    "surname_1": cells.words,
    "surname_2": cells.words,
    "other_names": cells.texts,
    "mother_name": cells.words,
    "father_name": cells.words,
    "birth_place": cells.words,
}
"""Columns that make up the field `names`."""

KEPT_AS_TEXT = ("teeth", *NAMES, "id_numbers", "phones")
"""Columns whose text is kept beside what was read from it."""


def _numbers(pair: Pair) -> list[Column]:
    read = cells.number(*pair.bounds)
    return [Column(pair.low, pair.field, read), Column(pair.high, pair.field, read)]


def _dates(field: str) -> list[Column]:
    return [Column(f"{field}_{end}", field, cells.day) for end in ("from", "to")]


_SHARED = [
    *(column for pair in PAIRS[:3] for column in _numbers(pair)),
    Column("lat", "place", cells.number(*LATITUDES)),
    Column("lon", "place", cells.number(*LONGITUDES)),
    Column("radius_km", "place", cells.number(*RADIUS_KM)),
    Column("country", "country", cells.country),
    Column("admin1", "admin1", cells.words),
    Column("place", "place_name", cells.words),
    Column("nationality", "nationality", cells.nationalities),
    Column("hair", "hair", cells.code(HairColour, may_be_none=True)),
    Column("eyes", "eyes", cells.code(EyeColour, may_be_none=True)),
    Column("build", "build", cells.code(Build)),
    Column("handedness", "handedness", cells.code(Handedness)),
    Column("blood_group", "blood_group", cells.code(BloodGroup)),
    Column("marks", "marks", cells.marks),
    Column("clothing", "clothing", cells.articles),
    Column("belongings", "belongings", cells.articles),
    Column("teeth", "teeth", cells.teeth),
    *(Column(name, name, read) for name, read in NAMES.items()),
    Column("id_numbers", "id_numbers", cells.numbers_with_scheme),
    Column("phones", "phones", cells.phones),
    Column("group_id", "group_id", cells.words),
    Column("incident_id", "incident_id", cells.words),
]

_MISSING = [
    Column("sex", "sex", cells.code(Sex)),
    *_dates("birth"),
    Column("stature_basis", "stature_basis", cells.code(StatureBasis)),
    *_dates("last_contact"),
    Column("destination", "destination", cells.words),
]

_REMAINS = [
    Column("sex", "sex", cells.code(RemainsSex)),
    Column("sex_method", "sex_method", cells.code(SexMethod)),
    Column("stature_basis", "stature_basis", cells.code(RemainsStatureBasis)),
    *_dates("found"),
    *_numbers(PAIRS[3]),
    Column("condition", "condition", cells.code(Condition)),
    Column("completeness", "completeness", cells.code(Completeness)),
]

_LIVING = [
    Column("sex", "sex", cells.code(Sex)),
    *_dates("birth"),
    Column("stature_basis", "stature_basis", cells.code(StatureBasis)),
    *_dates("found"),
]

RECORD_ID = "record_id"
MISSING_COLUMNS: Mapping[str, Column] = {each.name: each for each in _MISSING + _SHARED}
REMAINS_COLUMNS: Mapping[str, Column] = {each.name: each for each in _REMAINS + _SHARED}
LIVING_COLUMNS: Mapping[str, Column] = {each.name: each for each in _LIVING + _SHARED}
