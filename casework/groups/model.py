"""A travel group, what is said of it, and who is said to have been in it.

Nothing here is changed: what is said of a group, and of a record and a group, are rows, and
the newest stands. A membership belongs to its record and is there only for whoever may read
that record, so a group that somebody opens holds exactly the people they may know of. Somebody
known only by words is told within the report in which they were told of, sealed with it.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.incidents.model import Incident
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.model import Institution
from privacy.model import Base, Reveals, column
from privacy.sealing.columns import SealedRow, sealed


class GroupKind(StrEnum):
    """In or on what people travelled together."""

    BOAT = "boat"
    RAFT = "raft"
    SHIP = "ship"
    TRUCK = "truck"
    BUS = "bus"
    CAR = "car"
    TRAIN = "train"
    ON_FOOT = "on_foot"
    AEROPLANE = "aeroplane"
    OTHER = "other"


class ToldBy(StrEnum):
    """Who says what is said of a group."""

    SURVIVOR = "survivor"
    RELATIVE = "relative"
    WITNESS = "witness"
    AUTHORITY = "authority"
    DOCUMENT = "document"
    PRESS = "press"
    OTHER = "other"


class Aboard(StrEnum):
    """What is said of somebody and a group."""

    TRAVELLED = "travelled"
    NOT_WITH = "not_with"
    NOT_KNOWN = "not_known"


class Outcome(StrEnum):
    """What became of somebody (minimum data set, group 6)."""

    ARRIVED = "arrived"
    RETURNED = "returned"
    DEAD = "dead"
    MISSING = "missing"
    UNKNOWN = "unknown"


class TravelGroup(Base):
    """A group: nothing but its reference and who entered it. Its number cannot be guessed."""

    __tablename__ = "travel_group"

    id: Mapped[UUID] = column(
        primary_key=True, default=uuid4, sort_order=-20, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class TravelGroupFact(Base):
    """All that somebody says of a group at one time; it names nobody."""

    __tablename__ = "travel_group_fact"
    __table_args__ = (
        sa.CheckConstraint("departed_to >= departed_from", name="days_in_order"),
        sa.CheckConstraint("aboard_max >= aboard_min", name="aboard_in_order"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    group_id: Mapped[UUID] = column(
        sa.ForeignKey(TravelGroup.id, ondelete="CASCADE"), index=True, reveals=Reveals.NOTHING
    )
    kind: Mapped[GroupKind] = column(reveals=Reveals.CIRCUMSTANCE)
    vessel: Mapped[str] = column(sa.String(120), default="", reveals=Reveals.CIRCUMSTANCE)
    registration: Mapped[str] = column(sa.String(60), default="", reveals=Reveals.CIRCUMSTANCE)
    country: Mapped[str | None] = column(sa.String(2), reveals=Reveals.CIRCUMSTANCE)
    place: Mapped[str] = column(sa.String(200), default="", reveals=Reveals.CIRCUMSTANCE)
    departed_from: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    departed_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    aboard_min: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    aboard_max: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    incident_id: Mapped[int | None] = column(
        sa.ForeignKey(Incident.id, ondelete="SET NULL"), reveals=Reveals.CIRCUMSTANCE
    )
    told_by: Mapped[ToldBy] = column(reveals=Reveals.CIRCUMSTANCE)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class MemberColumns(PartOf, SealedRow):
    """One word about a record and a group; the newest of each institution stands."""

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    aboard: Mapped[Aboard] = column(reveals=Reveals.CIRCUMSTANCE)
    told_by: Mapped[ToldBy] = column(reveals=Reveals.CIRCUMSTANCE)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def group_id(cls) -> Mapped[UUID]:  # noqa: N805 - SQLAlchemy passes the class
        return column(
            sa.ForeignKey(TravelGroup.id, ondelete="CASCADE"),
            index=True,
            reveals=Reveals.NOTHING,
        )

    @declared_attr
    def institution_id(cls) -> Mapped[int]:  # noqa: N805 - as above
        return column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)


class MissingPersonMember(MemberColumns, Base):
    """What was said of a report and a group: of the person sought, or of somebody with them."""

    __tablename__ = "missing_person_member"
    record_table = "missing_person"

    # Empty: the person sought. Else which of the people whom their report tells of.
    entry: Mapped[str] = column(sa.String(20), default="", reveals=Reveals.NOTHING)
    outcome: Mapped[Outcome] = column(reveals=Reveals.CIRCUMSTANCE)
    # Who that was, as the report says it: companions are told of as the catalogue tells them.
    words = sealed(reveals=Reveals.CONTACT)
    reason = sealed(reveals=Reveals.IDENTITY)
    case: Mapped[MissingPerson] = relationship()


class RemainsMember(MemberColumns, Base):
    """What was said of remains and a group."""

    __tablename__ = "remains_member"
    record_table = "remains"

    reason = sealed(reveals=Reveals.BODY)
    case: Mapped[Remains] = relationship()
