"""Counts of what few records hold: charts, papers, nationalities, groups."""

from collections import Counter
from collections.abc import Sequence

from matching.evidence.birth import day_of_birth
from matching.evidence.group import company_of
from matching.evidence.nationality import seen_nationality
from matching.evidence.papers import told_papers
from matching.evidence.rarity import (
    BirthRarity,
    ChartRarity,
    GroupRarity,
    NationalityRarity,
    PaperRarity,
)
from matching.evidence.teeth import seen_teeth
from matching.records import MissingRecord, RemainsRecord


def count_charts(remains: Sequence[RemainsRecord]) -> ChartRarity:
    """Count the dental charts of the remains."""
    patterns = Counter(seen.chart for one in remains if (seen := seen_teeth(one)) is not None)
    return ChartRarity(patterns.total(), patterns)


def count_papers(missing: Sequence[MissingRecord]) -> PaperRarity:
    """Count on how many reports each part of a name, each number and telephone stands."""
    parts, numbers, phones = _Counted(), _Counted(), _Counted()
    for one in missing:
        told = told_papers(one)
        if told is not None:
            parts.add({*told.given, *told.surnames, *told.other})
            numbers.add({number for _, number in told.numbers})
            phones.add(set(told.phones))
    return PaperRarity(
        named=parts.reports,
        parts=parts.each,
        numbered=numbers.reports,
        numbers=numbers.each,
        with_phone=phones.reports,
        phones=phones.each,
    )


class _Counted:
    """How many reports say anything, and on how many each thing stands, in their order."""

    def __init__(self) -> None:
        self.reports = 0
        self.each = Counter[str]()

    def add(self, said: set[str]) -> None:
        self.reports += bool(said)
        self.each.update(sorted(said))


def count_nationalities(
    missing: Sequence[MissingRecord], remains: Sequence[RemainsRecord]
) -> NationalityRarity:
    """Count nationalities told, and indicated by country of recovery."""
    seen: dict[str, Counter[str]] = {}
    for one in remains:
        if (indicated := seen_nationality(one)) is not None:
            seen.setdefault(indicated[1], Counter()).update(indicated[0])
    return NationalityRarity(Counter(code for one in missing for code in one.nationality), seen)


def count_births(missing: Sequence[MissingRecord]) -> BirthRarity:
    """Count on which days of the year missing people were born."""
    days = (day_of_birth(one.birth) for one in missing)
    return BirthRarity(Counter(day for day in days if day is not None))


def count_groups(remains: Sequence[RemainsRecord]) -> GroupRarity:
    """Count the remains of each incident and of each group."""
    companies = [company_of(one) for one in remains]
    incidents = Counter(one.incident for one in companies if one.incident)
    groups = Counter(one.group for one in companies if one.group)
    return GroupRarity(incidents.total(), incidents, groups.total(), groups)
