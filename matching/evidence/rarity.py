"""How common things are in the registry: what agrees rarely by chance weighs more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from matching.evidence.numbers import Positive, Share
from matching.records import MissingRecord, Place, RemainsRecord

Cell = tuple[int, int]
Region = tuple[str, str]
REGIONS_IN_A_COUNTRY = 30
COUNTRIES_ON_THE_ROUTES = 20
"""Among how many the strength of an unseen region or country is spread; our choice."""
REGIONS_OF_A_KIND = 8
DETAILS_OF_A_REGION = 5
"""Among how many body regions, or colour families, and details of each, likewise."""


@dataclass(frozen=True, slots=True)
class Commonness:
    """Shares of lists that name a thing: its group, its group and region, and its detail."""

    group: Positive
    region: Positive
    detail: Positive


@dataclass(frozen=True, slots=True)
class ListRarity:
    """Counts over the lists of the registry's remains, and over all described things.

    ``groups``, ``regions`` and ``details`` count lists with at least one such thing;
    ``words`` counts descriptions holding a word.
    """

    lists: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    details: Mapping[tuple[str, str], int] = field(default_factory=dict)
    described: int = 0
    words: Mapping[str, int] = field(default_factory=dict)

    def commonness(
        self, thing: tuple[str, str | None, str | None], default: Share, records: float
    ) -> Commonness:
        """Shares of lists with this thing; each lies strictly within the one before it."""
        group, region, detail = thing
        in_group = self.groups.get(group, 0)
        in_region = self.regions.get((group, region or ""), 0)
        in_detail = self.details.get((group, detail or ""), 0)
        share = (in_group + records * default) / (self.lists + records)
        narrow = (in_region + records / REGIONS_OF_A_KIND) / (in_group + records)
        narrower = (in_detail + records / DETAILS_OF_A_REGION) / (in_region + records)
        return Commonness(share, share * narrow, share * narrow * narrower)

    def word_share(self, word: str) -> float:
        """Share of descriptions holding a word: (X + 1) / (N + 2), never 0 and never 1."""
        return (self.words.get(word, 0) + 1) / (self.described + 2)


@dataclass(frozen=True, slots=True)
class Rarity:
    """What the registry's own records say about chance agreement."""

    found_years: Mapping[int, int] = field(default_factory=dict)
    dated_remains: int = 0
    crowds: Mapping[Cell, float] = field(default_factory=dict)
    placed_remains: int = 0
    regions: Mapping[Region, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    located_remains: int = 0
    marks: ListRarity = field(default_factory=ListRarity)
    clothing: ListRarity = field(default_factory=ListRarity)

    def found_around(self, year: int, reach: int) -> tuple[int, int]:
        """Remains recovered in the years around `year`, and how many years those are."""
        years = range(year - reach, year + reach + 1)
        return sum(self.found_years.get(near, 0) for near in years), len(years)

    def country_share(self, country: str, records: float) -> float:
        """Share of the remains found in a country, in (0, 1)."""
        unseen = records / COUNTRIES_ON_THE_ROUTES
        return (self.countries.get(country, 0) + unseen) / (self.located_remains + records)

    def region_share(self, region: Region, records: float) -> float:
        """Share of a country's remains found in one of its regions, in (0, 1)."""
        unseen = records / REGIONS_IN_A_COUNTRY
        found = self.countries.get(region[0], 0)
        return (self.regions.get(region, 0) + unseen) / (found + records)


def cell_of(place: Place, degrees: float) -> Cell:
    """Cell of a grid of so many degrees."""
    return floor(place.lat / degrees), floor(place.lon / degrees)


def region_of(record: MissingRecord | RemainsRecord) -> Region:
    """Country and region as they are compared; empty where not said."""
    return record.country or "", record.admin1.strip().casefold()
