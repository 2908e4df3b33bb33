"""Which two tables are compared: how each side is read as somebody told of, or as seen.

Every kind of evidence holds what was *told* of a person against what was *seen* later. What
is told is a `MissingRecord`, what is seen a `RemainsRecord`; records of other tables are read
as one of these before they are weighed, with a model whose numbers are for that pairing.
Nothing is invented on the way: what a table does not say stays unsaid.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from matching.codes import (
    Completeness,
    Condition,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    StatureBasis,
)
from matching.evidence.age import DAYS_A_YEAR
from matching.model_file import DEFAULT_MODEL
from matching.records import DateRange, LivingRecord, MissingRecord, Range, RemainsRecord


class Pairing(StrEnum):
    """Two tables that are compared; the left one is read as told, the right one as seen."""

    MISSING_REMAINS = "missing-remains"
    MISSING_LIVING = "missing-living"
    MISSING_MISSING = "missing-missing"
    REMAINS_REMAINS = "remains-remains"


NEWEST: Mapping[Pairing, str] = {
    Pairing.MISSING_REMAINS: DEFAULT_MODEL,
    Pairing.MISSING_LIVING: "missing-living-2026.1",
    Pairing.MISSING_MISSING: "missing-missing-2026.1",
    Pairing.REMAINS_REMAINS: "remains-remains-2026.2",
}
"""The newest model of each pairing."""

ALIKE = (
    *("record_id", "weight_kg", "place", "country", "admin1", "place_name", "nationality"),
    *("hair", "eyes", "build", "handedness", "blood_group", "marks", "clothing"),
    *("belongings", "teeth", "names", "id_numbers", "phones", "group_id", "incident_id"),
    *("answers", "other"),
)
"""Fields that every table has and that mean the same in each."""

_SEEN_SEX = {Sex.FEMALE: RemainsSex.FEMALE, Sex.MALE: RemainsSex.MALE}
_TOLD_SEX = {
    RemainsSex.FEMALE: Sex.FEMALE,
    RemainsSex.PROBABLE_FEMALE: Sex.FEMALE,
    RemainsSex.MALE: Sex.MALE,
    RemainsSex.PROBABLE_MALE: Sex.MALE,
}


def as_told(record: MissingRecord | RemainsRecord) -> MissingRecord:
    """Read a record of the left table as what is told.

    Parameters
    ----------
    record : MissingRecord or RemainsRecord

    Returns
    -------
    MissingRecord
        Remains tell their estimated sex and age, and their day of recovery apart: it is no
        last contact, and nobody knows which of two parts was found first.
    """
    if isinstance(record, MissingRecord):
        return record
    measured = record.stature_basis is RemainsStatureBasis.MEASURED
    return MissingRecord(
        **_alike(record),
        sex=_TOLD_SEX.get(record.sex, Sex.UNKNOWN),
        found=record.found,
        age=record.age,
        stature_cm=record.stature_cm,
        stature_basis=StatureBasis.MEASURED if measured else StatureBasis.UNKNOWN,
    )


def as_seen(record: MissingRecord | RemainsRecord | LivingRecord) -> RemainsRecord:
    """Read a record of the right table as what is seen.

    Parameters
    ----------
    record : MissingRecord, RemainsRecord or LivingRecord

    Returns
    -------
    RemainsRecord
        Who is alive, or told of a second time, is whole and unchanged: condition 1,
        complete. Their age is that on the day they were seen, by the date of birth if there
        is one. A second report has no date of its own: two last contacts are no interval.
    """
    if isinstance(record, RemainsRecord):
        return record
    measured = record.stature_basis is StatureBasis.MEASURED
    estimated = RemainsStatureBasis.ESTIMATED
    found = record.found if isinstance(record, LivingRecord) else None
    day = record.last_contact if isinstance(record, MissingRecord) else found
    return RemainsRecord(
        **_alike(record),
        sex=_SEEN_SEX.get(record.sex, RemainsSex.UNKNOWN),
        sex_method=SexMethod.EXTERNAL,
        birth=record.birth,
        age=age_on(record.birth, day) or record.age,
        stature_cm=record.stature_cm,
        stature_basis=RemainsStatureBasis.MEASURED if measured else estimated,
        found=found,
        condition=Condition.FULLY_FLESHED,
        completeness=Completeness.COMPLETE,
    )


def age_on(birth: DateRange | None, day: DateRange | None) -> Range | None:
    """Years of age on a day, by the date of birth; None without both or before the birth."""
    if birth is None or day is None or day.latest < birth.earliest:
        return None
    youngest = max(_years(birth.latest, day.earliest), 0.0)
    return Range(youngest, _years(birth.earliest, day.latest))


def _years(first: date, last: date) -> float:
    return (last - first).days / DAYS_A_YEAR


def _alike(record: MissingRecord | RemainsRecord | LivingRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ALIKE}
