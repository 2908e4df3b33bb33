"""One person and one set of remains about which everything is known: tests change one thing."""

from dataclasses import replace
from datetime import date

from matching.codes import (
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
from matching.model_file import load_model
from matching.records import (
    Article,
    DateRange,
    Listed,
    Mark,
    MissingRecord,
    Names,
    Numbered,
    Place,
    Range,
    RemainsRecord,
    Tooth,
)

NEWEST = load_model("missing-remains-2026.3")
"""The model that weighs most kinds, whether or not the search knows them all already."""

TAPACHULA = Place(14.9, -92.26, 5.0)
ROSE = Mark(MarkType.TATTOO, BodySite.FOREARM, Side.LEFT, "rosa Ana")
JEANS = Article(ArticleItem.JEANS, Colour.BLUE, "Wrangler", "rodilla rota")

FILLED = Listed.of(Tooth(16, ToothState.RESTORED), Tooth(11, ToothState.SOUND))
PAPERS = {
    "teeth": FILLED,
    "names": Names(given_names="Ana Lucía", surname_1="Xol", surname_2="de la Cruz"),
    "id_numbers": Listed.of(
        Numbered("dpi", "1234 56789 0101"), Numbered("implant", "ZX-99017")
    ),
    "phones": Listed.of("+502 5555 0101"),
    "nationality": Listed.of("GT"),
    "build": Build.SLIM,
    "handedness": Handedness.LEFT,
    "blood_group": BloodGroup.B,
    "group_id": "G1",
    "incident_id": "I1",
}
"""What both sides say alike of the later kinds of evidence."""


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
        destination="US",
        hair=HairColour.BLACK,
        eyes=EyeColour.BROWN,
        marks=Listed.of(ROSE),
        clothing=Listed.of(JEANS),
        weight_kg=Range(70, 70),
        **PAPERS,
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
        **PAPERS,
    )
    return replace(remains, **changed)
