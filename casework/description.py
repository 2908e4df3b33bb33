"""How a person looked and what they wore: the same columns on both sides of a comparison.

Groups 7 to 9 of the minimum data set. What relatives report and what an examiner observes
carry the same names and codes, otherwise the two could not be laid side by side.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped

from casework.codes import (
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
from casework.record_codes import NameKind
from casework.values import Place, Range
from privacy.model import Reveals, column
from privacy.sealing.columns import JSON, SealedRow, sealed


class LooksColumns:
    """Numbers and codes of the physical description, and in which region it was taken down."""

    age_min: Mapped[float | None] = column(reveals=Reveals.BODY)
    age_max: Mapped[float | None] = column(reveals=Reveals.BODY)
    stature_cm_min: Mapped[float | None] = column(reveals=Reveals.BODY)
    stature_cm_max: Mapped[float | None] = column(reveals=Reveals.BODY)
    weight_kg_min: Mapped[float | None] = column(reveals=Reveals.BODY)
    weight_kg_max: Mapped[float | None] = column(reveals=Reveals.BODY)
    hair: Mapped[HairColour | None] = column(reveals=Reveals.BODY)
    eyes: Mapped[EyeColour | None] = column(reveals=Reveals.BODY)
    build: Mapped[Build | None] = column(reveals=Reveals.BODY)
    handedness: Mapped[Handedness | None] = column(reveals=Reveals.BODY)
    blood_group: Mapped[BloodGroup | None] = column(reveals=Reveals.BODY)
    nationalities: Mapped[list[str]] = column(
        ARRAY(sa.String(10)), default=list, reveals=Reveals.IDENTITY
    )
    marks_answer: Mapped[Answer] = column(default=Answer.NOT_RECORDED, reveals=Reveals.BODY)
    clothing_answer: Mapped[Answer] = column(
        default=Answer.NOT_RECORDED, reveals=Reveals.CIRCUMSTANCE
    )
    belongings_answer: Mapped[Answer] = column(
        default=Answer.NOT_RECORDED, reveals=Reveals.CIRCUMSTANCE
    )
    # Field → why it says nothing, where somebody asked: unknown, refused or absent.
    answers: Mapped[dict[str, str]] = column(JSONB, default=dict, reveals=Reveals.CIRCUMSTANCE)

    country: Mapped[str | None] = column(sa.String(2), index=True, reveals=Reveals.CIRCUMSTANCE)
    admin1: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    group_key: Mapped[str] = column(
        sa.Text, default="", index=True, reveals=Reveals.CIRCUMSTANCE
    )
    incident_key: Mapped[str] = column(
        sa.Text, default="", index=True, reveals=Reveals.CIRCUMSTANCE
    )
    # Columns that were read and are not weighed yet (names, numbers, teeth), word for word.
    carried = sealed(reveals=Reveals.IDENTITY, kind=JSON)

    @property
    def age(self) -> Range | None:
        return range_of(self.age_min, self.age_max)

    @property
    def stature_cm(self) -> Range | None:
        return range_of(self.stature_cm_min, self.stature_cm_max)

    @property
    def weight_kg(self) -> Range | None:
        return range_of(self.weight_kg_min, self.weight_kg_max)


class DescriptionColumns(LooksColumns):
    """The same with the place where it was said or seen."""

    place: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    lat: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    lon: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    radius_km: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)

    @property
    def point(self) -> Place | None:
        if self.lat is None or self.lon is None:
            return None
        return Place(self.lat, self.lon, self.radius_km)


def range_of(low: float | None, high: float | None) -> Range | None:
    """Build a range from its two columns; one alone stands for both ends."""
    if low is None and high is None:
        return None
    return Range(low if low is not None else high, high if high is not None else low)  # type: ignore[arg-type]


def range_checks(*names: str) -> tuple[sa.CheckConstraint, ...]:
    """Make the database refuse reversed ranges of the named column pairs."""
    return tuple(
        sa.CheckConstraint(f"{name}_max >= {name}_min", name=f"{name}_in_order")
        for name in names
    )


class NameColumns(SealedRow):
    """A name somebody goes by: of what kind, and its parts."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    kind: Mapped[NameKind] = column(reveals=Reveals.IDENTITY)
    given_names = sealed(reveals=Reveals.IDENTITY)
    surname_1 = sealed(reveals=Reveals.IDENTITY)
    surname_2 = sealed(reveals=Reveals.IDENTITY)

    @property
    def full(self) -> str:
        parts = (self.given_names, self.surname_1, self.surname_2)
        return " ".join(part for part in parts if part)


class MarkColumns(SealedRow):
    """A scar, a tattoo, a birthmark: kind, place on the body, and the words used for it."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    kind: Mapped[MarkType] = column(reveals=Reveals.BODY)
    site: Mapped[BodySite | None] = column(reveals=Reveals.BODY)
    side: Mapped[Side | None] = column(reveals=Reveals.BODY)
    words = sealed(reveals=Reveals.BODY)


class ArticleColumns:
    """Something worn or carried."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    worn: Mapped[bool] = column(reveals=Reveals.CIRCUMSTANCE)
    item: Mapped[ArticleItem] = column(reveals=Reveals.CIRCUMSTANCE)
    colour: Mapped[Colour | None] = column(reveals=Reveals.CIRCUMSTANCE)
    brand: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    words: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
