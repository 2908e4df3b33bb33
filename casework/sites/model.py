"""A site, what is said of it, and the graves within it.

Nothing here is changed: what is said of a site and of a grave are rows, and the newest stands.
Where exactly it is, what is noted of it and what stands on a marker are sealed with the site's
own key; in clear stands a point rounded so far that nobody is led to a grave by it. Who lies
there is not kept here at all: that is said of the remains, by the reference of site or grave.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, relationship

from casework.envelope import PartOf
from casework.signin.model import Institution
from privacy.model import Base, Reveals, column
from privacy.permissions import Permission
from privacy.sealing.columns import JSON, SealedRow, sealed


class SiteKind(StrEnum):
    """What kind of place it is."""

    CEMETERY = "cemetery"
    COMMON_GRAVE = "common_grave"
    CLANDESTINE_GRAVE = "clandestine_grave"
    MORGUE = "morgue"
    HOSPITAL = "hospital"
    ROUTE_POINT = "route_point"
    OTHER = "other"


class SiteState(StrEnum):
    """What has become of it."""

    OPEN = "open"
    EXHUMED = "exhumed"
    PROTECTED = "protected"
    DESTROYED = "destroyed"
    UNKNOWN = "unknown"


class GraveKind(StrEnum):
    """What people of a cemetery call a place where somebody is laid."""

    GRAVE = "grave"
    NICHE = "niche"
    VAULT = "vault"
    OSSUARY = "ossuary"
    COMMON_GRAVE = "common_grave"
    OTHER = "other"


class Site(SealedRow, Base):
    """A site: nothing but its reference and whose it is; the rest is said of it."""

    __tablename__ = "site"
    opened_by: ClassVar[Mapping[Reveals, Permission]] = {
        Reveals.IDENTITY: Permission.SITE_EXACT_READ
    }

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)


class _OfSite(PartOf, SealedRow):
    """What one officer wrote of a site at one time."""

    record_table = "site"
    case_of_key = "case"

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, sort_order=-20, reveals=Reveals.NOTHING
    )
    entered_by: Mapped[int] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    entered_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)

    @declared_attr
    def case(cls) -> Mapped[Site]:  # noqa: N805 - SQLAlchemy passes the class
        return relationship()


class SiteFact(_OfSite, Base):
    """All that is said of a site at one time; the point is coarse."""

    __tablename__ = "site_fact"
    __table_args__ = (sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),)

    kind: Mapped[SiteKind] = column(reveals=Reveals.CIRCUMSTANCE)
    state: Mapped[SiteState] = column(reveals=Reveals.CIRCUMSTANCE)
    name: Mapped[str] = column(sa.String(200), reveals=Reveals.CIRCUMSTANCE)
    kept_by: Mapped[str] = column(sa.String(200), default="", reveals=Reveals.CIRCUMSTANCE)
    country: Mapped[str | None] = column(sa.String(2), reveals=Reveals.CIRCUMSTANCE)
    admin1: Mapped[str] = column(sa.String(120), default="", reveals=Reveals.CIRCUMSTANCE)
    lat: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    lon: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    radius_km: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # `lat`, `lon`, `radius_km`, `place` and `notes`, as far as they were said.
    exact = sealed(reveals=Reveals.IDENTITY, kind=JSON)


class SiteGrave(_OfSite, Base):
    """All that is said of one grave of a site at one time; rows of one reference are one."""

    __tablename__ = "site_grave"

    reference: Mapped[str] = column(sa.String(40), index=True, reveals=Reveals.NOTHING)
    kind: Mapped[GraveKind] = column(reveals=Reveals.CIRCUMSTANCE)
    section: Mapped[str] = column(sa.String(80), default="", reveals=Reveals.CIRCUMSTANCE)
    line: Mapped[str] = column(sa.String(80), default="", reveals=Reveals.CIRCUMSTANCE)
    number: Mapped[str] = column(sa.String(80), default="", reveals=Reveals.CIRCUMSTANCE)
    plan: Mapped[str] = column(sa.String(120), default="", reveals=Reveals.CIRCUMSTANCE)
    state: Mapped[SiteState] = column(reveals=Reveals.CIRCUMSTANCE)
    # What stands on the grave may be a name, true or not.
    marker = sealed(reveals=Reveals.IDENTITY)
