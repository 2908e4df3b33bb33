"""The part of a form that both registers share: how somebody looked, what they wore, where.

Everything is optional. What was asked without result is chosen as such, so that it is never
mistaken for a question nobody put.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import Annotated, Any, TypeVar

from pydantic import Field

from casework.codes import (
    COUNTRIES,
    STATELESS,
    Answer,
    ArticleItem,
    BloodGroup,
    BodySite,
    Build,
    Colour,
    EyeColour,
    HairColour,
    Handedness,
    MarkType,
    Side,
)
from casework.values import Range
from casework.web.described import Teller
from casework.web.form_values import Unreadable, read_code, read_numbers
from casework.web.languages import marked
from casework.web.pieces import Choice, by_label
from casework.web.place_form import PlaceForm, read_place
from casework.web.teeth_form import TeethForm

Value = TypeVar("Value")
Code = TypeVar("Code", bound=StrEnum)
Short = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=4000)]
Several = Annotated[list[Long], Field(max_length=12)]
# More than anybody has told of one person; the limit is that of a form that nobody fills in.
Many = Annotated[list[Long], Field(max_length=200)]

YEARS_OF_AGE = (0.0, 125.0)
STATURE_CM = (20.0, 250.0)
WEIGHT_KG = (0.2, 400.0)
CODES: Mapping[str, type[StrEnum]] = {
    "hair": HairColour,
    "eyes": EyeColour,
    "build": Build,
    "handedness": Handedness,
    "blood_group": BloodGroup,
}
WITHOUT_VALUE = (Answer.UNKNOWN, Answer.REFUSED)


class DescriptionForm(PlaceForm, TeethForm):
    """What a browser sends of the shared part, as it was typed."""

    age_min: Short = ""
    age_max: Short = ""
    stature_cm_min: Short = ""
    stature_cm_max: Short = ""
    weight_kg_min: Short = ""
    weight_kg_max: Short = ""
    hair: Short = ""
    eyes: Short = ""
    build: Short = ""
    handedness: Short = ""
    blood_group: Short = ""
    nationality: Several = Field(default=[])
    marks_answer: Short = ""
    mark_kind: Many = Field(default=[])
    mark_site: Many = Field(default=[])
    mark_side: Many = Field(default=[])
    mark_words: Many = Field(default=[])
    clothing_answer: Short = ""
    belongings_answer: Short = ""
    article_worn: Several = Field(default=[])
    article_item: Several = Field(default=[])
    article_colour: Several = Field(default=[])
    article_brand: Several = Field(default=[])
    article_words: Several = Field(default=[])

    @property
    def mark_rows(self) -> int:
        """Give how many rows of marks to show: those sent, and one more if it was asked for."""
        return max(1, len(self.mark_kind)) + (self.chart_do == "add_mark")


@dataclass(slots=True)
class Reading:
    """What has been read of a form so far, and what could not be."""

    problems: dict[str, str] = field(default_factory=dict)
    # Field → why it says nothing, where that is what was answered.
    answers: dict[str, str] = field(default_factory=dict)

    def attempt(self, name: str, read: Callable[[], Value]) -> Value | None:
        """Read one field; keep the sentence of what is wrong with it."""
        try:
            return read()
        except Unreadable as error:
            self.problems[name] = str(error)
            return None

    def code(self, name: str, codes: type[Code], given: str) -> Code | None:
        """Read a choice of a list, or that the question had no answer."""
        if given in WITHOUT_VALUE:
            self.answers[name] = given
            return None
        return self.attempt(name, lambda: read_code(codes, given))


def read_description(form: DescriptionForm, reading: Reading) -> dict[str, Any]:
    """Read the columns that both registers describe a person with."""
    numbers = {
        "age": (form.age_min, form.age_max, YEARS_OF_AGE),
        "stature_cm": (form.stature_cm_min, form.stature_cm_max, STATURE_CM),
        "weight_kg": (form.weight_kg_min, form.weight_kg_max, WEIGHT_KG),
    }
    columns: dict[str, Any] = {}
    for name, (low, high, bounds) in numbers.items():
        columns |= ends_of(name, _numbers(reading, name, (low, high), bounds))
    for name, codes in CODES.items():
        columns[name] = reading.code(name, codes, getattr(form, name))
    return columns | read_place(form, reading.problems)


def ends_of(name: str, numbers: Range | None) -> dict[str, float | None]:
    """Spread a range over its two columns."""
    return {
        f"{name}_min": numbers.low if numbers else None,
        f"{name}_max": numbers.high if numbers else None,
    }


def read_marks(form: DescriptionForm, reading: Reading) -> list[dict[str, Any]]:
    """Read the rows of marks; a row whose kind was not chosen is no mark."""
    rows = zip_longest(
        form.mark_kind, form.mark_site, form.mark_side, form.mark_words, fillvalue=""
    )
    marks = []
    for kind, site, side, words in rows:
        if not kind and (site or side or words.strip()):
            reading.problems["marks"] = marked("Elija qué clase de seña es, en cada fila.")
        if not kind:
            continue
        marks.append(
            {
                "kind": reading.attempt("marks", lambda: read_code(MarkType, kind)),  # noqa: B023 - called at once
                "site": reading.attempt("marks", lambda: read_code(BodySite, site)),  # noqa: B023 - called at once
                "side": reading.attempt("marks", lambda: read_code(Side, side)),  # noqa: B023 - called at once
                "words": words.strip(),
            }
        )
    return marks


def read_articles(form: DescriptionForm, reading: Reading) -> list[dict[str, Any]]:
    """Read the rows of clothing and belongings; a row without a thing chosen is none."""
    rows = zip_longest(
        form.article_item,
        form.article_worn,
        form.article_colour,
        form.article_brand,
        form.article_words,
        fillvalue="",
    )
    articles = []
    for item, worn, colour, brand, words in rows:
        if not item and (colour or brand.strip() or words.strip()):
            reading.problems["articles"] = marked("Elija qué prenda u objeto es, en cada fila.")
        if not item:
            continue
        articles.append(
            {
                "item": reading.attempt("articles", lambda: read_code(ArticleItem, item)),  # noqa: B023 - called at once
                "colour": reading.attempt("articles", lambda: read_code(Colour, colour)),  # noqa: B023 - called at once
                "worn": worn != "carried",
                "brand": brand.strip()[:120],
                "words": words.strip(),
            }
        )
    return articles


def answers_of(
    form: DescriptionForm, marks: list[dict[str, Any]], articles: list[dict[str, Any]]
) -> dict[str, Answer]:
    """Say what became of the three questions that are answered by lists."""
    listed = {
        "marks_answer": bool(marks),
        "clothing_answer": any(each["worn"] for each in articles),
        "belongings_answer": any(not each["worn"] for each in articles),
    }
    return {
        name: Answer.RECORDED if has_items else _answer(getattr(form, name))
        for name, has_items in listed.items()
    }


def countries_of(chosen: Iterable[str], name: str, reading: Reading) -> list[str]:
    """Read the countries chosen in the inputs of one name, each once."""
    codes = sorted({code for code in chosen if code})
    if not set(codes) <= set(COUNTRIES):
        reading.problems[name] = marked("Elija una opción de la lista.")
    return codes


def nationalities_of(form: DescriptionForm, reading: Reading) -> list[str]:
    """Read the chosen nationalities, each once."""
    chosen = list(dict.fromkeys(code for code in form.nationality if code))
    if any(code not in COUNTRIES and code != STATELESS for code in chosen):
        reading.problems["nationality"] = marked("Elija una opción de la lista.")
    return chosen


def country_choices(teller: Teller) -> tuple[Choice, ...]:
    """List the countries by the name that the reader's language gives them."""
    return by_label(Choice(code, teller.country(code)) for code in COUNTRIES)


def code_choices(codes: Iterable[StrEnum], teller: Teller) -> tuple[Choice, ...]:
    """List codes of a shared list in words."""
    return tuple(Choice(code, teller.code(code)) for code in codes)


def answerable_choices(codes: type[StrEnum], teller: Teller) -> tuple[Choice, ...]:
    """List the codes in words, and after them the two ways to have no answer."""
    return (
        *(each for each in code_choices(codes, teller) if each.value not in WITHOUT_VALUE),
        Choice(Answer.UNKNOWN, teller.gettext("se preguntó: no se sabe")),
        Choice(Answer.REFUSED, teller.gettext("prefirió no decir")),
    )


def absence_choices(teller: Teller) -> tuple[Choice, ...]:
    """List what can be said of a list without anything in it."""
    return (
        Choice(Answer.NOT_RECORDED, teller.gettext("no se preguntó")),
        Choice(Answer.ABSENT, teller.gettext("se preguntó: no tiene")),
        Choice(Answer.UNKNOWN, teller.gettext("se preguntó: no se sabe")),
        Choice(Answer.REFUSED, teller.gettext("prefirió no decir")),
    )


def description_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    """List the choices of every field of the shared part."""
    return {
        **{name: answerable_choices(codes, teller) for name, codes in CODES.items()},
        "countries": country_choices(teller),
        "absence": absence_choices(teller),
        "mark_kind": code_choices(MarkType, teller),
        "mark_site": code_choices(BodySite, teller),
        "mark_side": code_choices(Side, teller),
        "article_item": code_choices(ArticleItem, teller),
        "article_colour": code_choices(Colour, teller),
        "article_worn": (
            Choice("worn", teller.gettext("lo llevaba puesto")),
            Choice("carried", teller.gettext("lo llevaba consigo")),
        ),
    }


def _numbers(
    reading: Reading, name: str, ends: tuple[str, str], bounds: tuple[float, float]
) -> Range | None:
    least, most = bounds
    return reading.attempt(name, lambda: read_numbers(*ends, least=least, most=most))


def _answer(given: str) -> Answer:
    sayable = {Answer.ABSENT, Answer.UNKNOWN, Answer.REFUSED}
    return Answer(given) if given in sayable else Answer.NOT_RECORDED
