"""What the engine is told about a missing person and about remains: plain, frozen records.

A field that says nothing holds ``None``, the member ``UNKNOWN`` of its code list, or a list
without items; each of these weighs nothing. *Why* it says nothing stands in ``answers``
(columns asked about without result) and, for lists, in the list itself: only
``Answer.ABSENT`` ("asked, has none") may count against a pairing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from matching.codes import (
    Answer,
    ArticleItem,
    BloodGroup,
    BodySite,
    Build,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    Handedness,
    MarkType,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    Side,
    StatureBasis,
    ToothState,
)
from matching.errors import ImpossibleRange

Item = TypeVar("Item")

LATITUDES = (-90.0, 90.0)
LONGITUDES = (-180.0, 180.0)


@dataclass(frozen=True, slots=True)
class Range:
    """A number known to lie between two ends, both included and finite."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ImpossibleRange(f"the range {self.low:g} to {self.high:g} is reversed")

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class DateRange:
    """A day known to lie between two days, both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ImpossibleRange(f"the dates {self.earliest} to {self.latest} are reversed")


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees (WGS 84), with how far off it may be where that was said."""

    lat: float
    lon: float
    radius_km: float | None = None

    def __post_init__(self) -> None:
        within = LATITUDES[0] <= self.lat <= LATITUDES[1]
        if not (within and LONGITUDES[0] <= self.lon <= LONGITUDES[1]):
            raise ImpossibleRange(f"no place on Earth is at {self.lat:g}, {self.lon:g}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A distinguishing mark; site and side are ``None`` where they were not said."""

    kind: MarkType
    site: BodySite | None = None
    side: Side | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A piece of clothing or a belonging; brand and words are empty where not said."""

    item: ArticleItem
    colour: Colour | None = None
    brand: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tooth:
    """One tooth of a chart; `number` is that of ISO 3950 (FDI): 11 to 48, 51 to 85."""

    number: int
    state: ToothState


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number on a paper or an implant; `scheme` says what gives such numbers, if known."""

    scheme: str
    number: str


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """A list and what became of the question it answers.

    It has items exactly when the answer is ``RECORDED``.
    """

    items: tuple[Item, ...] = ()
    answer: Answer = Answer.NOT_RECORDED

    def __post_init__(self) -> None:
        if bool(self.items) != (self.answer is Answer.RECORDED):
            raise ImpossibleRange(
                f"{len(self.items)} listed items do not fit the answer “{self.answer}”"
            )

    @classmethod
    def of(cls, *items: Item) -> "Listed[Item]":
        return cls(items, Answer.RECORDED if items else Answer.NOT_RECORDED)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What somebody is called, or what a paper found says; empty where nothing is said."""

    given_names: str = ""
    surname_1: str = ""
    surname_2: str = ""
    other_names: Listed[str] = field(default=Listed())
    mother_name: str = ""
    father_name: str = ""
    birth_place: str = ""


NAMELESS = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRecord:
    """What is said about a missing person.

    Ages are years at last contact; places and dates are those of the last contact;
    ``destination`` is where they were going, in words or as a country code. ``found`` is the
    recovery of remains that are read as told, and of nobody else. ``other`` holds the cells
    about teeth, names and numbers as they stood, for registries that keep the text.
    """

    record_id: str
    sex: Sex = Sex.UNKNOWN
    birth: DateRange | None = None
    age: Range | None = None
    stature_cm: Range | None = None
    stature_basis: StatureBasis = StatureBasis.UNKNOWN
    weight_kg: Range | None = None
    last_contact: DateRange | None = None
    found: DateRange | None = None
    place: Place | None = None
    country: str | None = None
    admin1: str = ""
    place_name: str = ""
    destination: str = ""
    nationality: Listed[str] = field(default=Listed())
    hair: HairColour | None = None
    eyes: EyeColour | None = None
    build: Build | None = None
    handedness: Handedness | None = None
    blood_group: BloodGroup | None = None
    marks: Listed[Mark] = field(default=Listed())
    clothing: Listed[Article] = field(default=Listed())
    belongings: Listed[Article] = field(default=Listed())
    teeth: Listed[Tooth] = field(default=Listed())
    names: Names = NAMELESS
    id_numbers: Listed[Numbered] = field(default=Listed())
    phones: Listed[str] = field(default=Listed())
    group_id: str = ""
    incident_id: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainsRecord:
    """What is said about remains.

    Ages are years at death; the place is that of recovery, ``found`` its date;
    ``death_days`` counts days from death to recovery. ``condition`` is ``None`` where it was
    not said. ``names``, ``id_numbers`` and ``phones`` are those of papers and belongings
    found, which may be another's. ``birth`` is known only of people read as seen
    (`matching.pairings`), never of remains. ``other`` holds the cells about teeth, names and
    numbers as they stood.
    """

    record_id: str
    sex: RemainsSex = RemainsSex.UNKNOWN
    sex_method: SexMethod = SexMethod.UNKNOWN
    birth: DateRange | None = None
    age: Range | None = None
    stature_cm: Range | None = None
    stature_basis: RemainsStatureBasis = RemainsStatureBasis.UNKNOWN
    weight_kg: Range | None = None
    found: DateRange | None = None
    death_days: Range | None = None
    condition: Condition | None = None
    completeness: Completeness = Completeness.UNKNOWN
    place: Place | None = None
    country: str | None = None
    admin1: str = ""
    place_name: str = ""
    nationality: Listed[str] = field(default=Listed())
    hair: HairColour | None = None
    eyes: EyeColour | None = None
    build: Build | None = None
    handedness: Handedness | None = None
    blood_group: BloodGroup | None = None
    marks: Listed[Mark] = field(default=Listed())
    clothing: Listed[Article] = field(default=Listed())
    belongings: Listed[Article] = field(default=Listed())
    teeth: Listed[Tooth] = field(default=Listed())
    names: Names = NAMELESS
    id_numbers: Listed[Numbered] = field(default=Listed())
    phones: Listed[str] = field(default=Listed())
    group_id: str = ""
    incident_id: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingRecord:
    """What is said about somebody who is alive and whom somebody may be missing.

    A person in a hospital, a shelter or a place of detention, who may not be able to say who
    they are. Ages are years on the day they were seen (``found``), there and then.
    """

    record_id: str
    sex: Sex = Sex.UNKNOWN
    birth: DateRange | None = None
    age: Range | None = None
    stature_cm: Range | None = None
    stature_basis: StatureBasis = StatureBasis.UNKNOWN
    weight_kg: Range | None = None
    found: DateRange | None = None
    place: Place | None = None
    country: str | None = None
    admin1: str = ""
    place_name: str = ""
    nationality: Listed[str] = field(default=Listed())
    hair: HairColour | None = None
    eyes: EyeColour | None = None
    build: Build | None = None
    handedness: Handedness | None = None
    blood_group: BloodGroup | None = None
    marks: Listed[Mark] = field(default=Listed())
    clothing: Listed[Article] = field(default=Listed())
    belongings: Listed[Article] = field(default=Listed())
    teeth: Listed[Tooth] = field(default=Listed())
    names: Names = NAMELESS
    id_numbers: Listed[Numbered] = field(default=Listed())
    phones: Listed[str] = field(default=Listed())
    group_id: str = ""
    incident_id: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)
