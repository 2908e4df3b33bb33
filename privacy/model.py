"""The declarative base: no column exists until someone says what it reveals."""

from datetime import datetime
from enum import Enum, StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column


class Reveals(StrEnum):
    """What a stranger would learn about a person from one column alone."""

    NOTHING = "nothing"  # keys, row versions, states of our own workflow
    CIRCUMSTANCE = "circumstance"  # where, when and how; nobody singled out
    IDENTITY = "identity"  # names, birth dates, faces, stories that name someone
    CONTACT = "contact"  # how to reach a relative or a reporter
    BODY = "body"  # teeth, health, injuries, build
    DNA = "dna"  # genotypes, and what is computed from them about kin


def _check_name(constraint: sa.Constraint, _table: sa.Table) -> str:
    """Name the CHECK of a code list after its column: one list may serve several columns."""
    if getattr(constraint, "_type_bound", False):
        columns = cast("sa.CheckConstraint", constraint).columns
        return f"{next(iter(columns)).name}_code"
    return str(constraint.name)


class Base(DeclarativeBase):
    """Base of every table: aware times, enums by value, constraints with names."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "constraint_name": _check_name,
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Codes are stored as text with a CHECK, not as a PostgreSQL type: a new code is then
    # one small migration instead of a type that cannot be altered in a transaction.
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: sa.DateTime(timezone=True),
        Enum: sa.Enum(
            Enum,
            native_enum=False,
            create_constraint=True,
            length=64,
            values_callable=lambda kind: [each.value for each in kind],
        ),
    }


def column(*args: Any, reveals: Reveals, **kwargs: Any) -> MappedColumn[Any]:
    """Declare a column together with what it reveals."""
    return mapped_column(*args, info={"reveals": reveals}, **kwargs)
