"""The base of every table: nothing unclassified, times aware, codes by value, names on all."""

from datetime import datetime
from enum import StrEnum

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped

from privacy.model import Base, Reveals, column


class Weather(StrEnum):
    HEAVY_RAIN = "heavy_rain"
    DRY = "dry"


@pytest.fixture
def table():
    """A table beside ours: the same rules, another collection of tables."""

    class Beside(DeclarativeBase):
        metadata = sa.MetaData(naming_convention=Base.metadata.naming_convention)
        type_annotation_map = Base.type_annotation_map

    class Night(Beside):
        __tablename__ = "night"
        __table_args__ = (sa.CheckConstraint("id > 0", name="counts_from_one"),)

        id: Mapped[int] = column(primary_key=True, reveals=Reveals.NOTHING)
        fell_at: Mapped[datetime] = column(index=True, reveals=Reveals.CIRCUMSTANCE)
        before: Mapped[Weather] = column(reveals=Reveals.CIRCUMSTANCE)
        after: Mapped[Weather | None] = column(reveals=Reveals.CIRCUMSTANCE)
        station: Mapped[str] = column(sa.String(9), unique=True, reveals=Reveals.NOTHING)

    return Night.__table__


def test_a_column_cannot_be_declared_without_saying_what_it_reveals():
    with pytest.raises(TypeError, match="reveals"):
        column(sa.Text)  # type: ignore[call-arg]


def test_a_column_remembers_what_it_reveals(table):
    assert table.c.before.info["reveals"] is Reveals.CIRCUMSTANCE


def test_times_know_their_zone(table):
    assert table.c.fell_at.type.timezone


def test_codes_are_stored_by_value_in_plain_text(table):
    kind = table.c.before.type

    assert kind.enums == [each.value for each in Weather]
    assert not kind.native_enum


def test_every_constraint_has_a_name_it_can_be_dropped_by(table):
    names = {str(constraint.name) for constraint in table.constraints}

    assert names == {
        "pk_night",
        "uq_night_station",
        "ck_night_counts_from_one",
        "ck_night_before_code",
        "ck_night_after_code",
    }
    assert {index.name for index in table.indexes} == {"ix_night_fell_at"}
