"""NamUs, the United States' register of missing persons and unidentified remains.

Its rows become plain rows: inches and pounds become centimetres and kilograms, its lists of
words our codes. "Unknown" and "Cannot Estimate" mean not recorded. Population labels are
not taken: the registry has no such field to compare by.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from casework.imports.drafts import PlainRow
from casework.imports.problems import Problem, Rule
from casework.imports.profiles import dates
from casework.imports.profiles.cells import decimal_number, number_text, tidy
from casework.imports.profiles.namus_clothing import read_articles
from casework.imports.profiles.namus_marks import read_marks
from casework.imports.profiles.places import us_states
from casework.imports.profiles.profile import Layout, Profile, ReadRow, Reads, Rows, plain_rows

CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
AGES, STATURES_CM, WEIGHTS_KG = (0.0, 120.0), (20.0, 250.0), (0.2, 400.0)
"""What a person can be; outside it a cell is left empty. Our choice, as wide as the columns."""

_SEXES = {"Male": "male", "Female": "female", "Unsure": "indeterminate"}
_HAIR = {
    "Black": "black", "Brown": "brown", "Blond/Strawberry": "blond", "Sandy": "sandy",
    "Red/Auburn": "red", "Gray or Partially Gray": "grey", "White": "white", "Bald": "bald",
    "Purple": "dyed", "Blue": "dyed", "Green": "dyed", "Pink": "dyed", "Orange": "dyed",
    "Other": "other",
}  # fmt: skip
_EYES = {
    "Black": "black", "Brown": "brown", "Blue": "blue", "Hazel": "hazel", "Green": "green",
    "Gray": "grey", "Pink": "other", "Other": "other",
}  # fmt: skip
_NOT_SAID = frozenset({"", "Unknown", "Cannot Estimate", "Missing Eye"})

_CONDITIONS = {
    "Recognizable face": "1",
    "Not recognizable - Decomposing/putrefaction": "2",
    "Not recognizable - Partial remains with soft tissues": "3",
    "Not recognizable - Mummified": "4",
    "Not recognizable - Near complete or complete skeleton": "6",
    "Not recognizable - Partial skeletal parts only": "6",
    "Not recognizable - Charred/burned": "8",
    "Not recognizable - Insect/animal activity": "8",
    "Not recognizable - Traumatic injuries": "",
}
"""NamUs asks whether a face can be recognised, Pima County how far decomposition went, so
this is the nearest class, not the same one: injuries say nothing of it, and NamUs does not
tell an articulated skeleton (5) or degraded bone (7) from a disarticulated one (6)."""

_PARTS = ("head", "torso", "limbs", "hands")
_AGE_GROUPS = {
    "Fetus": (0, 0),
    "Infant": (0, 1),
    "PreAdolescent": (3, 12),
    "Adolescent": (12, 17),
    "Late Teen/Young Adult": (16, 25),
    "Adult": (18, 99),
    **{f"Adult - Pre {age}": (18, age) for age in range(20, 100, 10)},
}
"""Used only where no age in years is given. NamUs names the groups without limits for the
young; ours are wide on purpose. "Pre 50" is under fifty."""

_OPEN_AGE = "99"
"""How NamUs itself writes an age without upper limit."""

_UNIT_DAYS = {
    "Minutes": 1 / 1440,
    "Hours": 1 / 24,
    "Days": 1.0,
    "Weeks": 7.0,
    "Months": 30.4375,
    "Years": 365.25,
}
_LONGEST_DAYS = 150 * 365.25
_TWO_DIGITS = 100

_MISSING = Layout(
    required=frozenset({"row_id", "state", "date_last_contact", "sex", "age_from", "age_to"}),
    optional=frozenset(
        {"kind", "ethnicities", "height_from_in", "height_to_in", "weight_from_lb",
         "weight_to_lb", "hair", "head_hair_desc", "facial_hair_desc", "body_hair_desc",
         "eye_left", "eye_right", "eye_desc", "no_known_features", "features_json",
         "clothing_json", "n_images", "tribal"}
    ),
)  # fmt: skip
_REMAINS = Layout(
    required=frozenset({"row_id", "state", "date_found", "sex", "age_from", "age_to"}),
    optional=(_MISSING.optional - {"tribal"}) | frozenset(
        {"status", "age_group", "year_of_death_from", "year_of_death_to", "pmi", "pmi_unit",
         "height_certainty", "weight_certainty", "condition_of_remains",
         "all_parts_recovered", "tribal_land", "possible_name_recorded", "year_entered",
         *(f"{part}_not_recovered" for part in _PARTS)}
    ),
)  # fmt: skip

Cells = Mapping[str, str]


def missing_plain_row(row: Cells) -> PlainRow:
    """Translate a missing person's row; what is doubtful stays empty and is said."""
    found: list[Problem] = []
    _refuse_other_kind(row, "MP", found)
    cells = {
        **_shared(row, found),
        **_ages(row, found),
        **_dates(row, "date_last_contact", "last_contact", found),
        **_stature(row, found),
        **_weight(row, found),
    }
    return PlainRow({k: v for k, v in cells.items() if v}, tuple(found))


def unidentified_plain_row(row: Cells) -> PlainRow:
    """Translate the row of unidentified remains; what is doubtful stays empty and is said."""
    found: list[Problem] = []
    _refuse_other_kind(row, "UP", found)
    if row.get("status") == "Unidentified Living":
        found.append(Problem(Rule.PERSON_IS_ALIVE, "status", row["status"]))
    cells = {
        **_shared(row, found),
        **_estimated_ages(row, found),
        **_dates(row, "date_found", "found", found),
        **_measured(row, "height", _stature(row, found)),
        **_measured(row, "weight", _weight(row, found)),
        **_death(row, found),
        "condition": _coded(row, "condition_of_remains", _CONDITIONS, found),
        "completeness": _completeness(row),
    }
    return PlainRow({k: v for k, v in cells.items() if v}, tuple(found))


def _refuse_other_kind(row: Cells, kind: str, found: list[Problem]) -> None:
    """Keep a missing person out of the remains and the other way round."""
    if row.get("kind", "").strip() not in ("", kind):
        found.append(Problem(Rule.OTHER_KIND_OF_RECORD, "kind", row["kind"]))


def _shared(row: Cells, found: list[Problem]) -> dict[str, str]:
    marks = read_marks(row.get("features_json", ""), found)
    clothing, belongings = read_articles(row.get("clothing_json", ""), found)
    has_none = not marks and row.get("no_known_features", "").strip() == "True"
    return {
        "record_id": _record_id(row, found),
        "sex": _coded(row, "sex", _SEXES, found),
        "hair": _coded(row, "hair", _HAIR, found),
        "eyes": _eyes(row, found),
        "marks": "none" if has_none else "|".join(marks),
        "clothing": "|".join(clothing),
        "belongings": "|".join(belongings),
        **_place(row, found),
    }


def _record_id(row: Cells, found: list[Problem]) -> str:
    raw = row.get("row_id", "")
    if not tidy(raw):
        found.append(Problem(Rule.NO_RECORD_ID, "row_id"))
    elif tidy(raw) != raw.strip():
        found.append(Problem(Rule.BOM_INSIDE_ID, "row_id", raw))
    return tidy(raw)


def _coded(row: Cells, column: str, codes: Mapping[str, str], found: list[Problem]) -> str:
    text = row.get(column, "").strip()
    if text in _NOT_SAID:
        return ""
    if text not in codes:
        found.append(Problem(Rule.UNKNOWN_CODE, column, text))
    return codes.get(text, "")


def _eyes(row: Cells, found: list[Problem]) -> str:
    both = [_coded(row, column, _EYES, found) for column in ("eye_left", "eye_right")]
    colours = {each for each in both if each}
    return "two_colours" if len(colours) > 1 else next(iter(colours), "")


def _place(row: Cells, found: list[Problem]) -> dict[str, str]:
    name = row.get("state", "").strip()
    if not name:
        return {}
    state = us_states().get(name)
    if state is None:
        found.append(Problem(Rule.UNKNOWN_STATE, "state", name))
        return {"country": "US", "admin1": name}
    return {
        "country": state.country,
        "admin1": name,
        "lat": state.lat,
        "lon": state.lon,
        "radius_km": state.radius_km,
    }


def _dates(row: Cells, column: str, to: str, found: list[Problem]) -> dict[str, str]:
    text = row.get(column, "").strip()
    if not text:
        return {}
    when = dates.read_partial(text)
    if when is None:
        found.append(Problem(Rule.DATE_UNREADABLE, column, text))
        return {}
    return {f"{to}_from": when.earliest.isoformat(), f"{to}_to": when.latest.isoformat()}


def _ages(row: Cells, found: list[Problem]) -> dict[str, str]:
    columns = "age_from", "age_to", "age"
    return _range(row, columns, (1.0, AGES, Rule.AGE_IMPOSSIBLE), found)


def _stature(row: Cells, found: list[Problem]) -> dict[str, str]:
    columns = "height_from_in", "height_to_in", "stature_cm"
    scale = CM_PER_INCH, STATURES_CM, Rule.STATURE_IMPOSSIBLE
    return _range(row, columns, scale, found)


def _weight(row: Cells, found: list[Problem]) -> dict[str, str]:
    columns = "weight_from_lb", "weight_to_lb", "weight_kg"
    scale = KG_PER_POUND, WEIGHTS_KG, Rule.WEIGHT_IMPOSSIBLE
    return _range(row, columns, scale, found)


Scale = tuple[float, tuple[float, float], Rule]


def _range(
    row: Cells, columns: tuple[str, str, str], scale: Scale, found: list[Problem]
) -> dict[str, str]:
    """Read two ends; one alone is both, and a range that cannot be is left empty."""
    *ends_of, to = columns
    ends = [_bounded(row, column, scale, found) for column in ends_of]
    if any(end is not None and math.isnan(end) for end in ends):
        return {}
    low = ends[0] if ends[0] is not None else ends[1]
    high = ends[1] if ends[1] is not None else ends[0]
    if low is None or high is None:
        return {}
    if low > high:
        text = f"{row[columns[0]]}–{row[columns[1]]}"
        found.append(Problem(Rule.RANGE_REVERSED, columns[0], text))
        return {}
    return {f"{to}_min": number_text(low), f"{to}_max": number_text(high)}


_WRONG = math.nan


def _bounded(row: Cells, column: str, scale: Scale, found: list[Problem]) -> float | None:
    factor, (least, most), rule = scale
    text = row.get(column, "").strip()
    if text in _NOT_SAID:
        return None
    number = decimal_number(text)
    if number is None:
        found.append(Problem(Rule.NOT_A_NUMBER, column, text))
        return _WRONG
    if not least <= number * factor <= most:
        negative_age = number < 0 and rule is Rule.AGE_IMPOSSIBLE
        found.append(Problem(Rule.AGE_NEGATIVE if negative_age else rule, column, text))
        return _WRONG
    return number * factor


def _estimated_ages(row: Cells, found: list[Problem]) -> dict[str, str]:
    """Read an estimate of age; where an end is open, the group named beside it closes it."""
    before = len(found)
    ends = _ages(row, found)
    if len(found) > before:
        return {}  # the group was worked out from the ages that cannot be
    group = _age_group(row, found)
    if not ends:
        return group
    low, high = ends["age_min"], ends["age_max"]
    if row["age_to"].strip() in _NOT_SAID:
        high = max(group.get("age_max", _OPEN_AGE), high, key=float)
    if row["age_from"].strip() in _NOT_SAID:
        low = min(group.get("age_min", "0"), low, key=float)
    return {"age_min": low, "age_max": high}


def _age_group(row: Cells, found: list[Problem]) -> dict[str, str]:
    text = row.get("age_group", "").strip()
    if text in {"", "Cannot Determine"}:
        return {}
    if text not in _AGE_GROUPS:
        found.append(Problem(Rule.UNKNOWN_CODE, "age_group", text))
        return {}
    low, high = _AGE_GROUPS[text]
    return {"age_min": str(low), "age_max": str(high)}


def _measured(row: Cells, what: str, ends: dict[str, str]) -> dict[str, str]:
    """Keep a measurement only if somebody measured or estimated it, and say which."""
    certainty = row.get(f"{what}_certainty", "").strip()
    if certainty == "Cannot Estimate" or not ends:
        return {}
    basis = {"Measured": "measured", "Estimated": "estimated"}.get(certainty, "")
    return {**ends, "stature_basis": basis} if what == "height" else ends


def _completeness(row: Cells) -> str:
    lost = [part for part in _PARTS if row.get(f"{part}_not_recovered", "").strip() == "True"]
    condition = row.get("condition_of_remains", "")
    if len(lost) == len(_PARTS):
        return "element"
    if lost == ["hands"]:
        return "near_complete"
    if lost or "Partial" in condition:
        return "partial"
    if row.get("all_parts_recovered", "").strip() == "True":
        return "complete"
    return "near_complete" if "Near complete" in condition else ""


def _death(row: Cells, found: list[Problem]) -> dict[str, str]:
    """Days from death to recovery: the stated interval, else what the years allow."""
    interval = _interval(row, found)
    years = _years_of_death(row, found)
    return interval or years


def _interval(row: Cells, found: list[Problem]) -> dict[str, str]:
    text, unit = row.get("pmi", "").strip(), row.get("pmi_unit", "").strip()
    if text in _NOT_SAID:
        return {}
    number, days = decimal_number(text), _UNIT_DAYS.get(unit)
    if number is None or days is None or not 0 <= number * days <= _LONGEST_DAYS:
        found.append(Problem(Rule.INTERVAL_IMPOSSIBLE, "pmi", f"{text} {unit}"))
        return {}
    least, most = math.floor(number * days), math.ceil((number + 1) * days)
    return {"death_days_min": str(least), "death_days_max": str(most)}


def _years_of_death(row: Cells, found: list[Problem]) -> dict[str, str]:
    when = dates.read_partial(row.get("date_found", ""))
    if when is None:
        return {}
    last = when.latest
    first_year = _year(row, "year_of_death_from", last, found)
    last_year = _year(row, "year_of_death_to", last, found)
    if first_year is None:
        return {}
    if last_year is not None and last_year < first_year:
        text = f"{first_year}–{last_year}"
        found.append(Problem(Rule.RANGE_REVERSED, "year_of_death_from", text))
        return {}
    # A first year alone says only "not before": the last is then the year of recovery.
    ended = min(date(last_year or last.year, 12, 31), last)
    least, most = when.earliest - ended, last - date(first_year, 1, 1)
    return {"death_days_min": str(max(least.days, 0)), "death_days_max": str(most.days)}


def _year(row: Cells, column: str, last: date, found: list[Problem]) -> int | None:
    text = row.get(column, "").strip()
    number = decimal_number(text) if text not in _NOT_SAID else None
    if text in _NOT_SAID:
        return None
    if number is not None and 0 < number < _TWO_DIGITS:
        found.append(Problem(Rule.YEAR_OF_DEATH_TWO_DIGITS, column, text))
        return None
    if number is None or not dates.FIRST_YEAR <= number <= last.year:
        found.append(Problem(Rule.YEAR_OF_DEATH_IMPOSSIBLE, column, text))
        return None
    return int(number)


def _read_missing(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, missing_plain_row)


def _read_unidentified(_layout: str, rows: Rows) -> Iterator[ReadRow]:
    return plain_rows(rows, unidentified_plain_row)


MISSING = Profile(
    "namus-missing", Reads.MISSING, "namus", {"descriptors": _MISSING},
    _read_missing,
)  # fmt: skip
UNIDENTIFIED = Profile(
    "namus-unidentified", Reads.REMAINS, "namus", {"descriptors": _REMAINS},
    _read_unidentified,
)  # fmt: skip
