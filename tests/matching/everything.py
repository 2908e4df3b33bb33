"""One person and one set of remains about which everything is known: tests change one thing."""

from dataclasses import replace
from datetime import date

from matching.codes import (
    ArticleItem,
    BodySite,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    MarkType,
    RemainsSex,
    RemainsStatureBasis,
    Sex,
    SexMethod,
    Side,
    StatureBasis,
)
from matching.records import (
    Article,
    DateRange,
    Listed,
    Mark,
    MissingRecord,
    Place,
    Range,
    RemainsRecord,
)

TAPACHULA = Place(14.9, -92.26, 5.0)
ROSE = Mark(MarkType.TATTOO, BodySite.FOREARM, Side.LEFT, "rosa Ana")
JEANS = Article(ArticleItem.JEANS, Colour.BLUE, "Wrangler", "rodilla rota")


def on(day: str) -> DateRange:
    return DateRange(date.fromisoformat(day), date.fromisoformat(day))


def between(first: str, last: str) -> DateRange:
    return DateRange(date.fromisoformat(first), date.fromisoformat(last))


def a_missing_person(**changed) -> MissingRecord:
    person = MissingRecord(
        record_id="M1",
        sex=Sex.MALE,
        age=Range(31, 31),
        stature_cm=Range(170, 170),
        stature_basis=StatureBasis.FAMILY,
        last_contact=on("2020-03-01"),
        place=TAPACHULA,
        country="MX",
        admin1="Chiapas",
        hair=HairColour.BLACK,
        eyes=EyeColour.BROWN,
        marks=Listed.of(ROSE),
        clothing=Listed.of(JEANS),
    )
    return replace(person, **changed)


def some_remains(**changed) -> RemainsRecord:
    remains = RemainsRecord(
        record_id="R1",
        sex=RemainsSex.MALE,
        sex_method=SexMethod.PELVIS,
        age=Range(25, 35),
        stature_cm=Range(165, 175),
        stature_basis=RemainsStatureBasis.LONG_BONE,
        found=on("2020-03-21"),
        condition=Condition.DECOMPOSED,
        completeness=Completeness.COMPLETE,
        place=TAPACHULA,
        country="MX",
        admin1="Chiapas",
        hair=HairColour.BLACK,
        eyes=EyeColour.BROWN,
        marks=Listed.of(ROSE),
        clothing=Listed.of(JEANS),
    )
    return replace(remains, **changed)
