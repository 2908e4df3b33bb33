"""Incidents: where and when people died or disappeared on their way, nobody singled out.

The fields are those of IOM's Missing Migrants Project, so that both registries can read
each other (minimum data set, group 21).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, relationship

from casework.envelope import VersionColumns
from casework.signin.model import Institution
from casework.values import DateRange, Place, dates_of
from privacy.model import Base, Reveals, column

FIRST = 1  # version


class IncidentKind(StrEnum):
    """One event, one event split over rows, or many events counted together."""

    INCIDENT = "incident"
    SPLIT = "split"
    CUMULATIVE = "cumulative"
    UNKNOWN = "unknown"


class Population(StrEnum):
    """Whether it is known who was there: a list of everybody closes it, a border does not."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Incident(Base):
    """The newest version of what a source says of one incident."""

    __tablename__ = "incident"
    __table_args__ = (
        sa.UniqueConstraint("source_scheme", "source_key"),
        sa.CheckConstraint("date_to >= date_from", name="date_in_order"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="whole_point"),
    )

    id: Mapped[int] = column(
        sa.BigInteger, sa.Identity(), primary_key=True, reveals=Reveals.NOTHING
    )
    reference: Mapped[str] = column(sa.String(40), unique=True, reveals=Reveals.NOTHING)
    source_scheme: Mapped[str] = column(sa.String(40), reveals=Reveals.NOTHING)
    source_key: Mapped[str] = column(sa.Text, reveals=Reveals.NOTHING)
    main_key: Mapped[str | None] = column(sa.Text, reveals=Reveals.NOTHING)
    version: Mapped[int] = column(default=FIRST, reveals=Reveals.NOTHING)
    content_hash: Mapped[str] = column(sa.String(64), reveals=Reveals.NOTHING)
    invented: Mapped[bool] = column(default=False, reveals=Reveals.NOTHING)
    recorded_at: Mapped[datetime] = column(reveals=Reveals.NOTHING)
    changed_at: Mapped[datetime] = column(index=True, reveals=Reveals.NOTHING)
    import_run_id: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
    # Of an incident entered by hand: who keeps it. Of an imported one, nobody but its source.
    institution_id: Mapped[int | None] = column(
        sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING
    )
    entered_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)

    kind: Mapped[IncidentKind] = column(
        default=IncidentKind.UNKNOWN, reveals=Reveals.CIRCUMSTANCE
    )
    date_from: Mapped[date | None] = column(index=True, reveals=Reveals.CIRCUMSTANCE)
    date_to: Mapped[date | None] = column(reveals=Reveals.CIRCUMSTANCE)
    dead: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    missing: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    survivors: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    females: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    males: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    children: Mapped[int | None] = column(reveals=Reveals.CIRCUMSTANCE)
    causes: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    cause_codes: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    countries_of_origin: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    regions_of_origin: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    country: Mapped[str | None] = column(sa.String(2), index=True, reveals=Reveals.CIRCUMSTANCE)
    admin1: Mapped[str | None] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    region: Mapped[str | None] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    subregion: Mapped[str | None] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    route: Mapped[str | None] = column(sa.Text, index=True, reveals=Reveals.CIRCUMSTANCE)
    place: Mapped[str | None] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    lat: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    lon: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    radius_km: Mapped[float | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # point, whole_degree, pile (many incidents at the very same point), none
    location_precision: Mapped[str] = column(
        sa.String(20), default="none", reveals=Reveals.CIRCUMSTANCE
    )
    title: Mapped[str | None] = column(sa.Text, reveals=Reveals.CIRCUMSTANCE)
    sources: Mapped[list[str]] = column(
        ARRAY(sa.Text), default=list, reveals=Reveals.CIRCUMSTANCE
    )
    urls: Mapped[list[str]] = column(ARRAY(sa.Text), default=list, reveals=Reveals.NOTHING)
    source_quality: Mapped[int | None] = column(sa.SmallInteger, reveals=Reveals.NOTHING)
    # Whether the Missing Migrants Project would count it: it leaves out deaths in detention,
    # by deportation, after a return and in the country of destination. None: nobody said.
    mmp_eligible: Mapped[bool | None] = column(reveals=Reveals.CIRCUMSTANCE)
    population: Mapped[Population] = column(
        default=Population.UNKNOWN, reveals=Reveals.CIRCUMSTANCE
    )
    # When the source wrote its row down, where it says so: no older row changes a newer one.
    source_date: Mapped[datetime | None] = column(reveals=Reveals.CIRCUMSTANCE)
    # Names of the rules that warned when the row was read (docs/reference/import-profiles.md).
    warnings: Mapped[list[str]] = column(ARRAY(sa.Text), default=list, reveals=Reveals.NOTHING)

    lists: Mapped[list["SurvivorsList"]] = relationship(passive_deletes=True)

    @property
    def survivors_list_ref(self) -> str | None:
        """Who holds a list of the survivors, for whoever may read it; None for all others."""
        return self.list_at(self.version)

    @survivors_list_ref.setter
    def survivors_list_ref(self, words: str | None) -> None:
        if words:
            version = self.version or FIRST
            mine = SurvivorsList(
                version=version, institution_id=self.institution_id, words=words
            )
            self.lists.append(mine)

    def list_at(self, version: int) -> str | None:
        """Say who held a list of the survivors by one version, as far as it may be read."""
        return next((each.words for each in self.lists if each.version == version), None)

    @property
    def date(self) -> DateRange | None:
        return dates_of(self.date_from, self.date_to)

    @property
    def point(self) -> Place | None:
        if self.lat is None or self.lon is None:
            return None
        return Place(self.lat, self.lon, self.radius_km or 0.0)


class SurvivorsList(Base):
    """Who holds a list of the survivors and its number, by one version of an incident.

    It leads to people who may be hiding. So it stands apart from what everybody reads: the
    database gives it to the institution that wrote it alone, and it leaves in no file.
    """

    __tablename__ = "survivors_list"

    incident_id: Mapped[int] = column(
        sa.ForeignKey(Incident.id, ondelete="CASCADE"),
        primary_key=True,
        reveals=Reveals.NOTHING,
    )
    version: Mapped[int] = column(primary_key=True, reveals=Reveals.NOTHING)
    institution_id: Mapped[int] = column(sa.ForeignKey(Institution.id), reveals=Reveals.NOTHING)
    words: Mapped[str] = column(sa.Text, reveals=Reveals.CONTACT)


class IncidentVersion(VersionColumns, Base):
    """What the source said before: nothing is overwritten in silence."""

    __tablename__ = "incident_version"
    __table_args__ = (sa.UniqueConstraint("case_id", "version"),)
    record_table = "incident"

    # In clear: an incident counts people and names nobody.
    content: Mapped[dict[str, Any]] = column(JSONB, reveals=Reveals.CIRCUMSTANCE)
    # Why somebody corrected it, and who; empty where the source itself said something else.
    reason: Mapped[str] = column(sa.Text, default="", reveals=Reveals.CIRCUMSTANCE)
    changed_by: Mapped[int | None] = column(sa.BigInteger, reveals=Reveals.NOTHING)
