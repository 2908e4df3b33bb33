"""How common things are in the registry: what agrees rarely by chance weighs more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from matching.errors import UnreadableRarity
from matching.evidence.crowding import Crowds
from matching.evidence.numbers import Share
from matching.evidence.stored import figures, plain
from matching.records import MissingRecord, RemainsRecord

Region = tuple[str, str]
REGIONS_IN_A_COUNTRY = 30
COUNTRIES_ON_THE_ROUTES = 20
"""Among how many the strength of an unseen region or country is spread; our choice."""

Code = tuple[str, str | None, str | None]
"""Kind, detail and side of a thing."""
Codes = Mapping[str | None, Mapping[Code, int]]
"""Things of a group: by region, None where it was not said, then by code."""


@dataclass(frozen=True, slots=True)
class ListRarity:
    """Counts over the lists of the registry's remains, and over all described things.

    ``groups`` counts lists with at least one such thing, ``things`` the things of a group by
    region and code; ``described`` and ``words`` count the descriptions of all things, and those
    that hold a word; ``described_of`` and ``words_of`` the same for each kind.
    """

    lists: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)
    things: Mapping[str, Codes] = field(default_factory=dict)
    described: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    described_of: Mapping[str, int] = field(default_factory=dict)
    words_of: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def group_share(self, group: str, default: Share, records: float) -> float:
        """Share of lists that name a group at all, in (0, 1)."""
        return (self.groups.get(group, 0) + records * default) / (self.lists + records)

    def word_share(self, kind: str, word: str, records: float) -> float:
        """Share of the descriptions of a kind that hold a word, never 0 and never 1.

        "Gold" is rare among all marks and common among teeth: what counts is the kind. Its
        few descriptions lean on those of all kinds, (X + 1) / (N + 2), as on so many more.
        """
        anywhere = (self.words.get(word, 0) + 1) / (self.described + 2)
        here = self.words_of.get((kind, word), 0) + records * anywhere
        return here / (self.described_of.get(kind, 0) + records)


@dataclass(frozen=True, slots=True)
class ColourRarity:
    """How many remains were seen with each colour, soon after death and later."""

    fresh: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rarity:
    """What the registry's own records say about chance agreement."""

    found_years: Mapping[int, int] = field(default_factory=dict)
    dated_remains: int = 0
    crowds: Crowds = field(default_factory=Crowds)
    regions: Mapping[Region, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    located_remains: int = 0
    marks: ListRarity = field(default_factory=ListRarity)
    clothing: ListRarity = field(default_factory=ListRarity)
    hair: ColourRarity = field(default_factory=ColourRarity)
    eyes: ColourRarity = field(default_factory=ColourRarity)

    def as_dict(self) -> dict[str, Any]:
        """Give everything as JSON can keep it, to explain a run later by its own figures.

        Holds words of descriptions and places, gathered: keep it where descriptions are.
        """
        stored: dict[str, Any] = plain(self)
        return stored

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_dict` gave; explains to the last digit as the first one did.

        Raises
        ------
        UnreadableRarity
            If it was stored by a version that counted otherwise.
        """
        try:
            read: Self = figures(cls, stored)
        except (TypeError, ValueError, AttributeError) as fault:
            raise UnreadableRarity(f"these figures were counted otherwise: {fault}") from fault
        return read

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


def region_of(record: MissingRecord | RemainsRecord) -> Region:
    """Country and region as they are compared; empty where not said."""
    return record.country or "", record.admin1.strip().casefold()
