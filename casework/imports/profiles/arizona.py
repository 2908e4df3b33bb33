"""Arizona OpenGIS Initiative for Deceased Migrants: remains recovered since 2000.

Humane Borders and the Pima County Office of the Medical Examiner. The post-mortem interval
of the file is the condition code in other words, so it is not taken as a second piece of
evidence. Rows already identified are taken and flagged, for the register is of all.
"""

from collections.abc import Iterator, Mapping

from casework.imports.drafts import PlainRow
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import dates, places
from casework.imports.profiles.cells import decimal_number, number_text, tidy
from casework.imports.profiles.profile import (
    Layout,
    Profile,
    ReadRow,
    Reads,
    Rows,
    plain_rows,
)

_SEXES = {"male": "male", "female": "female", "undetermined": "indeterminate"}
_RADII_KM = (
    # The six classes of the source, by what their descriptions begin with. The first four
    # radii are the source's own; 50 km for a person moved is our choice.
    ("gps", 0.1),
    ("street address", 0.3),
    ("physical description", 2.0),
    ("vague", 15.0),
    ("individual moved", 50.0),
)
_HUNDREDTHS_KM = 0.8
"""Half the diagonal of a square of 0.01°, to which the shared file was generalised:
√2 · 1.113 km / 2, rounded up."""

_CONDITIONS = frozenset("12345678")
_ELDEST = 120
_ARIZONA = "US", "Arizona"

_LAYOUT = Layout(
    required=frozenset(
        {"row_id", "Sex", "Age", "Reporting Date", "Location Precision", "Condition Code",
         "Latitude", "Longitude", "identified"}
    ),
    optional=frozenset(
        {"Surface Management", "Corridor Code", "Corridor", "Cause of Death",
         "OME Determined COD", "Body Condition", "Post Mortem Interval", "State", "County",
         "case_year"}
    ),
)  # fmt: skip


def remains_plain_row(row: Mapping[str, str]) -> PlainRow:
    """Translate one row; what is doubtful stays empty and is said."""
    found: list[Problem] = []
    if row.get("identified", "").strip().lower() == "true":
        found.append(Problem(Rule.ALREADY_IDENTIFIED, "identified"))
    cells = {
        "record_id": _record_id(row, found),
        "sex": _sex(row, found),
        **_age(row, found),
        **_found(row, found),
        "condition": _condition(row, found),
        "country": _ARIZONA[0],
        "admin1": _ARIZONA[1],
        "place": _place(row),
        **_point(row, found),
    }
    return PlainRow({k: v for k, v in cells.items() if v}, tuple(found))


def _record_id(row: Mapping[str, str], found: list[Problem]) -> str:
    record_id = tidy(row["row_id"])
    if not record_id:
        found.append(Problem(Rule.NO_RECORD_ID, "row_id"))
    elif record_id != row["row_id"].strip():
        found.append(Problem(Rule.BOM_INSIDE_ID, "row_id", row["row_id"]))
    return record_id


def _sex(row: Mapping[str, str], found: list[Problem]) -> str:
    text = row["Sex"].strip().lower()
    if text and text not in _SEXES:
        found.append(Problem(Rule.UNKNOWN_CODE, "Sex", text))
    return _SEXES.get(text, "")


def _age(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    text = row["Age"].strip()
    if not text:
        return {}
    age = decimal_number(text)
    if age is None or not 0 <= age <= _ELDEST:
        rule = Rule.NOT_A_NUMBER if age is None else Rule.AGE_IMPOSSIBLE
        rule = Rule.AGE_NEGATIVE if age is not None and age < 0 else rule
        found.append(Problem(rule, "Age", text))
        return {}
    return {"age_min": number_text(age), "age_max": number_text(age)}


def _found(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    text = row["Reporting Date"].strip()
    if not text:
        return {}
    when = dates.read_partial(text)
    if when is None:
        found.append(Problem(Rule.DATE_UNREADABLE, "Reporting Date", text))
        return {}
    return {"found_from": when.earliest.isoformat(), "found_to": when.latest.isoformat()}


def _condition(row: Mapping[str, str], found: list[Problem]) -> str:
    code = number_text(decimal_number(row["Condition Code"]) or 0)
    if row["Condition Code"].strip() and code not in _CONDITIONS:
        found.append(Problem(Rule.UNKNOWN_CODE, "Condition Code", row["Condition Code"]))
    return code if code in _CONDITIONS else ""


def _place(row: Mapping[str, str]) -> str:
    county = tidy(row.get("County", "")).title().replace("Unknown", "")
    return ", ".join(filter(None, (tidy(row.get("Surface Management", "")), county)))


def _point(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    lat, lon = row["Latitude"].strip(), row["Longitude"].strip()
    radius = _radius_km(row["Location Precision"], found)
    text = f"{lat}, {lon}" if lat or lon else ""
    where = places.Where.of(_ARIZONA[1], country=_ARIZONA[0])
    point = places.checked_point("Latitude", text, where, found)
    if point is None or radius is None:
        return {}
    decimals = max(len(text.partition(".")[2]) for text in (lat, lon))
    blurred = decimals <= 2  # noqa: PLR2004 - hundredths of a degree
    widest = max(radius, _HUNDREDTHS_KM) if blurred else radius
    return {"lat": lat, "lon": lon, "radius_km": number_text(widest)}


def _radius_km(text: str, found: list[Problem]) -> float | None:
    lower = text.strip().lower()
    radius = next((km for start, km in _RADII_KM if lower.startswith(start)), None)
    if lower.startswith("individual moved"):
        found.append(Problem(Rule.MOVED_BEFORE_RECOVERY, "Location Precision", text))
    return radius


def _read(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, remains_plain_row)


PROFILE = Profile("az-ogis", Reads.REMAINS, "az-ogis", {"remains": _LAYOUT}, _read)
