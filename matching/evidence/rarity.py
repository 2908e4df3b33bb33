"""How common things are in the registry: what agrees rarely by chance weighs more."""

from collections import Counter
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

DAYS_OF_THE_YEAR = 366

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
class HairRarity(ColourRarity):
    """The same for hair, and once more apart for younger and older people: hair turns grey."""

    by_age: Mapping[str, ColourRarity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChartRarity:
    """How many dental charts of remains there are, and how often each is met."""

    charts: int = 0
    patterns: Mapping[str, int] = field(default_factory=dict)

    def least_share(self, chart: str, reference: float) -> float:
        """Least share of people with a chart that may be claimed: (X + 1) / (N + 1).

        X of the N charts at hand are like this one, itself among them; the `reference`
        charts behind the model count as so many more. A chart that was met once in N is not
        said to be rarer than that.
        """
        return max(self.patterns.get(chart, 0), 1) / (self.charts + reference)


@dataclass(frozen=True, slots=True)
class NationalityRarity:
    """Nationalities told of missing people, and indicated by remains, by country of recovery.

    A record that names several counts each; ``seen`` holds "" for an unknown country.
    """

    told: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def share(
        self, nationality: str, country: str, population: Mapping[str, Share], records: float
    ) -> float:
        """Share of a nationality among indications on remains found in a country, in (0, 1).

        Few indications in that country lean on all of the registry, those on its missing
        people, and those on the population of the routes, each as on `records` more.
        """
        others = max(COUNTRIES_ON_THE_ROUTES - len(population), 1)
        share = population.get(nationality, max(1 - sum(population.values()), 0) / others)
        everywhere = Counter[str]()
        for counts in self.seen.values():
            everywhere.update(counts)
        for counts in (self.told, everywhere, self.seen.get(country, {})):
            here = counts.get(nationality, 0)
            share = (here + records * share) / (sum(counts.values()) + records)
        return share


@dataclass(frozen=True, slots=True)
class PaperRarity:
    """On how many reports of missing people each part of a name, number or telephone stands."""

    named: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    numbered: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)
    with_phone: int = 0
    phones: Mapping[str, int] = field(default_factory=dict)

    def part_share(self, part: str) -> float:
        """Share of other people whose name has this part: (X + 1) / (N + 2), X others of N.

        Never 1: where nobody else is known, half of everybody may be called so.
        """
        return max(self.parts.get(part, 0), 1) / (self.named + 2)

    def number_share(self, number: str, unshared: float) -> float:
        """Chance that somebody else gave this number: those who did, and `unshared` more."""
        others = max(self.numbers.get(number, 0) - 1, 0)
        return (others + unshared) / (self.numbered + 1)

    def phone_share(self, phone: str, unshared: float) -> float:
        """Chance that somebody else gave this telephone: a guide's is given by many."""
        others = max(self.phones.get(phone, 0) - 1, 0)
        return (others + unshared) / (self.with_phone + 1)


@dataclass(frozen=True, slots=True)
class GroupRarity:
    """How many remains are of each incident, and of each group recovered together."""

    with_incident: int = 0
    incidents: Mapping[str, int] = field(default_factory=dict)
    with_group: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)

    def incident_share(self, incident: str) -> float:
        """Share of the remains that are of an incident: (X + ½) / (N + 1)."""
        return (self.incidents.get(incident, 0) + 0.5) / (self.with_incident + 1)

    def group_share(self, group: str) -> float:
        """Share of the remains that were recovered with a group: (X + ½) / (N + 1)."""
        return (self.groups.get(group, 0) + 0.5) / (self.with_group + 1)


@dataclass(frozen=True, slots=True)
class BirthRarity:
    """How many missing people were born on each day of the year, by month and day."""

    days: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def share(self, day: tuple[int, int], records: float) -> float:
        """Share of births on a day; all days of the year count as `records` more."""
        counted = self.days.get(day, 0) + records / DAYS_OF_THE_YEAR
        return counted / (sum(self.days.values()) + records)


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
    hair: HairRarity = field(default_factory=HairRarity)
    eyes: ColourRarity = field(default_factory=ColourRarity)
    teeth: ChartRarity = field(default_factory=ChartRarity)
    papers: PaperRarity = field(default_factory=PaperRarity)
    nationality: NationalityRarity = field(default_factory=NationalityRarity)
    build: ColourRarity = field(default_factory=ColourRarity)
    handedness: ColourRarity = field(default_factory=ColourRarity)
    group: GroupRarity = field(default_factory=GroupRarity)
    births: BirthRarity = field(default_factory=BirthRarity)
    ways: Mapping[tuple[float, float, str], int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Give everything as JSON can keep it, to explain a run later by its own figures.

        Holds words of descriptions, places, and the names, numbers and telephones of people:
        keep it sealed, as those are.
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
