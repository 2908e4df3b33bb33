"""Records aimed at disagreement: remains are clumsy copies of the people of the same draw.

Two records drawn blindly hardly ever share a mark, a word or a day; a copy with one thing
changed does nearly always, and meets the branches where a kernel could go wrong.
"""

from datetime import date, timedelta

from hypothesis import strategies as st

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

FIRST_DAY = date(2019, 11, 20)
FEW_MARKS = (MarkType.TATTOO, MarkType.SCAR, MarkType.BURN, MarkType.OLD_FRACTURE)
FEW_SITES = (None, BodySite.FOREARM, BodySite.WRIST, BodySite.THIGH)
FEW_ITEMS = (ArticleItem.JEANS, ArticleItem.TROUSERS, ArticleItem.CAP, ArticleItem.KEYS)
FEW_COLOURS = (None, Colour.BLACK, Colour.DARK_BLUE, Colour.RED)
FEW_TEETH = (11, 14, 16, 26, 36, 46, 18)
FEW_NAMES = ("Ana", "Anna", "González", "Gonsález", "Xol", "López de la Cruz", "")
FEW_NUMBERS = ("1234567", "1234576", "123456", "99-99-99", "7")
FEW_PHONES = ("+502 5555 0101", "55550101", "5555 0110", "44440202", "911")
FEW_SCHEMES = ("", "dpi", "passport", "implant")
FEW_NATIONALITIES = ("HN", "GT", "MX")
FEW_WORDS = st.lists(st.sampled_from(["rosa", "rose", "Ana", "2014", "águila"]), max_size=3)

marks = st.builds(
    Mark,
    st.sampled_from(FEW_MARKS),
    st.sampled_from(FEW_SITES),
    st.sampled_from([None, *Side]),
    FEW_WORDS.map(" ".join),
)
articles = st.builds(
    Article,
    st.sampled_from(FEW_ITEMS),
    st.sampled_from(FEW_COLOURS),
    st.sampled_from(["", "Rosa"]),
    FEW_WORDS.map(" ".join),
)
teeth = st.lists(
    st.builds(Tooth, st.sampled_from(FEW_TEETH), st.sampled_from(list(ToothState))),
    unique_by=lambda tooth: tooth.number,
    min_size=1,
)
numbers = st.builds(Numbered, st.sampled_from(FEW_SCHEMES), st.sampled_from(FEW_NUMBERS))
nicknames = st.lists(st.sampled_from(FEW_NAMES[:-1]), max_size=2)
names = st.builds(
    Names,
    given_names=st.sampled_from(FEW_NAMES),
    surname_1=st.sampled_from(FEW_NAMES),
    surname_2=st.sampled_from(FEW_NAMES),
    other_names=nicknames.map(lambda some: Listed.of(*some)),
)
days = st.integers(0, 900).map(lambda days: FIRST_DAY + timedelta(days=days))


def perhaps(values):
    return st.one_of(st.none(), values)


@st.composite
def date_ranges(draw):
    first = draw(days)
    return DateRange(first, first + timedelta(days=draw(st.sampled_from([0, 0, 30, 365]))))


@st.composite
def places(draw):
    near = st.integers(0, 8).map(lambda step: step * step * 0.05)
    radius = draw(st.sampled_from([None, 0.0, 5.0, 400.0]))
    return Place(15 + draw(near), -92 - draw(near), radius)


@st.composite
def ranges(draw, low, high, widest):
    start = draw(st.integers(low, high)) / 2
    return Range(start, start + draw(st.integers(0, widest)) / 2)


def lists(items):
    recorded = st.lists(items, min_size=1, max_size=4).map(lambda some: Listed.of(*some))
    nothing = st.sampled_from([Listed(), Listed(answer=Answer.ABSENT)])
    return st.one_of(recorded, recorded, nothing)


def few(items, most=3):
    return st.lists(items, max_size=most).map(lambda some: Listed.of(*some))


LATER_KINDS = {
    "weight_kg": perhaps(ranges(80, 200, 20)),
    "nationality": few(st.sampled_from(FEW_NATIONALITIES), 2),
    "build": perhaps(st.sampled_from(list(Build))),
    "handedness": perhaps(st.sampled_from(list(Handedness))),
    "blood_group": perhaps(st.sampled_from(list(BloodGroup))),
    "teeth": st.one_of(st.just(Listed()), teeth.map(lambda some: Listed.of(*some))),
    "names": st.one_of(st.just(Names()), names),
    "id_numbers": few(numbers),
    "phones": few(st.sampled_from(FEW_PHONES)),
    "group_id": st.sampled_from(["", "G1", "G2"]),
    "incident_id": st.sampled_from(["", "I1", "i2 "]),
}

people = st.builds(
    MissingRecord,
    record_id=st.just("M"),
    sex=st.sampled_from(list(Sex)),
    birth=perhaps(st.just(DateRange(date(1990, 1, 1), date(1990, 12, 31)))),
    age=perhaps(ranges(0, 180, 10)),
    stature_cm=perhaps(ranges(280, 400, 20)),
    stature_basis=st.sampled_from(list(StatureBasis)),
    last_contact=perhaps(date_ranges()),
    place=perhaps(places()),
    country=st.sampled_from([None, "MX", "GT"]),
    admin1=st.sampled_from(["", "Chiapas", "Sonora "]),
    destination=st.sampled_from(["", "US", "Estados Unidos", "Houston", "MX"]),
    hair=perhaps(st.sampled_from(list(HairColour))),
    eyes=perhaps(st.sampled_from(list(EyeColour))),
    marks=lists(marks),
    clothing=lists(articles),
    belongings=lists(articles),
    **LATER_KINDS,
)


@st.composite
def clumsy_copies(draw, person):
    """Draw remains that tell most of what the person's report tells, and one thing wrong."""
    return RemainsRecord(
        record_id="R",
        sex=draw(st.sampled_from(list(RemainsSex))),
        sex_method=draw(st.sampled_from(list(SexMethod))),
        age=draw(st.one_of(st.just(person.age), perhaps(ranges(0, 180, 40)))),
        stature_cm=draw(st.one_of(st.just(person.stature_cm), perhaps(ranges(280, 400, 30)))),
        stature_basis=draw(st.sampled_from(list(RemainsStatureBasis))),
        found=draw(st.one_of(st.just(person.last_contact), perhaps(date_ranges()))),
        death_days=draw(perhaps(ranges(0, 400, 400))),
        condition=draw(perhaps(st.sampled_from(list(Condition)))),
        completeness=draw(st.sampled_from(list(Completeness))),
        place=draw(st.one_of(st.just(person.place), perhaps(places()))),
        country=draw(st.one_of(st.just(person.country), st.sampled_from([None, "MX", "US"]))),
        admin1=draw(st.sampled_from(["", "chiapas", "Sonora"])),
        hair=draw(st.one_of(st.just(person.hair), perhaps(st.sampled_from(list(HairColour))))),
        eyes=draw(st.one_of(st.just(person.eyes), perhaps(st.sampled_from(list(EyeColour))))),
        marks=draw(st.one_of(_copied(person.marks, marks), lists(marks))),
        clothing=draw(st.one_of(_copied(person.clothing, articles), lists(articles))),
        belongings=draw(lists(articles)),
        **{
            field: draw(st.one_of(st.just(getattr(person, field)), drawn))
            for field, drawn in LATER_KINDS.items()
        },
    )


def _copied(listed, items):
    """Keep a list, with one thing put in front of it."""
    return items.map(lambda one: Listed.of(one, *listed.items))


@st.composite
def registries(draw, most=5):
    """Draw people, and for each one clumsy copy."""
    missing = draw(st.lists(people, min_size=1, max_size=most))
    return missing, [draw(clumsy_copies(person)) for person in missing]
