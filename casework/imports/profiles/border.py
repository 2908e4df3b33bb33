"""Registers of deaths at the border of the United States and Mexico, in one common layout.

The layout in which the medical examiner of Pima County, the Border Patrol (as it answers
requests for information) and IOM's incidents of one person were once put side by side. The
day is that of each register: one notes the recovery, another the report. The cause of death
is read by people, not by the engine; the name is withheld in the layout itself.
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

_SEXES = {
    "m": "male", "male": "male", "f": "female", "female": "female",
    "u": "unknown", "unknown": "unknown", "undetermined": "indeterminate",
}  # fmt: skip
_ELDEST = 120
_UNKNOWN = "unknown"
_BORDER = places.Where.of("US-Mexico border", country=None, region="us-mexico border")

_LAYOUT = Layout(
    required=frozenset({"ID", "date", "sex", "age", "country_of_origin", "lat", "lon"}),
    optional=frozenset({"cause_of_death", "has_name"}),
)


def remains_plain_row(row: Mapping[str, str]) -> PlainRow:
    """Translate one row; what is doubtful stays empty and is said."""
    found: list[Problem] = []
    cells = {
        "record_id": _record_id(row, found),
        "sex": _sex(row, found),
        **_age(row, found),
        **_found(row, found),
        "nationality": _nationality(row, found),
        **_point(row, found),
    }
    return PlainRow({name: text for name, text in cells.items() if text}, tuple(found))


def _record_id(row: Mapping[str, str], found: list[Problem]) -> str:
    record_id = tidy(row["ID"])
    if not record_id:
        found.append(Problem(Rule.NO_RECORD_ID, "ID"))
    return record_id


def _sex(row: Mapping[str, str], found: list[Problem]) -> str:
    text = row["sex"].strip().lower()
    if text and text not in _SEXES:
        found.append(Problem(Rule.UNKNOWN_CODE, "sex", row["sex"]))
    return _SEXES.get(text, "")


def _age(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    text = row["age"].strip()
    age = decimal_number(text)
    if age is not None and 0 <= age <= _ELDEST:
        return {"age_min": number_text(age), "age_max": number_text(age)}
    if text:
        rule = Rule.NOT_A_NUMBER if age is None else Rule.AGE_IMPOSSIBLE
        found.append(Problem(rule, "age", text))
    return {}


def _found(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    text = row["date"].strip()
    when = dates.read_partial(text) if text else None
    if when is None:
        if text:
            found.append(Problem(Rule.DATE_UNREADABLE, "date", text))
        return {}
    return {"found_from": when.earliest.isoformat(), "found_to": when.latest.isoformat()}


def _nationality(row: Mapping[str, str], found: list[Problem]) -> str:
    text = tidy(row["country_of_origin"])
    if text.lower() == _UNKNOWN:
        return _UNKNOWN
    code = places.country_code(text) if text else None
    if text and code is None:
        found.append(Problem(Rule.UNKNOWN_COUNTRY, "country_of_origin", text))
    return code or ""


def _point(row: Mapping[str, str], found: list[Problem]) -> dict[str, str]:
    lat, lon = row["lat"].strip(), row["lon"].strip()
    if not lat or not lon:
        return {}
    point = places.checked_point("lat", f"{lat}, {lon}", _BORDER, found)
    return {} if point is None else {"lat": lat, "lon": lon}


def _read(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, remains_plain_row)


PROFILE = Profile("border-deaths", Reads.REMAINS, "border-deaths", {"remains": _LAYOUT}, _read)
