"""Incidents over the API: the rows and files of the pages, as data."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.errors import InvalidInput
from casework.incidents.actions import Correction, correct_incident, enter_incident
from casework.incidents.forms import said_of
from casework.incidents.model import Incident, IncidentKind, Population
from casework.incidents.queries import (
    IncidentSearch,
    get_incident,
    list_incidents,
    list_similar,
    list_versions,
)
from casework.incidents.rules import (
    SaidIncident,
    told_to,
    warnings_of,
    why_not_correctable,
)
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["incidents"])


class IncidentSummary(BaseModel):
    """An incident as its source states it now."""

    model_config = ConfigDict(from_attributes=True)

    reference: str
    source_scheme: str
    source_key: str
    version: int
    kind: IncidentKind
    date_from: date | None
    date_to: date | None
    dead: int | None
    missing: int | None
    survivors: int | None
    females: int | None
    males: int | None
    children: int | None
    causes: list[str]
    cause_codes: list[str]
    countries_of_origin: list[str]
    regions_of_origin: list[str]
    country: str | None
    admin1: str | None
    region: str | None
    subregion: str | None
    route: str | None
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    location_precision: str
    title: str | None
    sources: list[str]
    urls: list[str]
    source_quality: int | None
    mmp_eligible: bool | None
    population: Population
    warnings: list[str]
    invented: bool


class EarlierVersion(BaseModel):
    """What was stated before; `reason` is whoever's who corrected it by hand."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    reason: str
    recorded_at: datetime
    content: dict[str, Any]


class IncidentDetail(IncidentSummary):
    """An incident with everything its source stated before."""

    survivors_list_ref: str | None = Field(
        None, description="told to the institution that wrote it alone"
    )
    versions: list[EarlierVersion]


class NewIncident(BaseModel):
    """What an institution says of an incident; what nobody counted is left out."""

    kind: IncidentKind = IncidentKind.INCIDENT
    date_from: date
    date_to: date
    dead: int | None = None
    missing: int | None = Field(default=None, description="at least so many")
    survivors: int | None = None
    females: int | None = Field(default=None, description="of the dead and the missing")
    males: int | None = None
    children: int | None = None
    cause_codes: list[str] = Field(default=[], examples=[["drowning"]])
    countries_of_origin: list[str] = Field(default=[], examples=[["HN", "VE"]])
    country: str | None = None
    admin1: str = ""
    region: str = Field(default="", examples=["Central America"])
    route: str = Field(default="", examples=["Darien"])
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = Field(default=None, ge=0, description="how far off it may be")
    title: str = ""
    sources: list[str]
    urls: list[str] = Field(default=[], examples=[["https://fuente.example/nota"]])
    source_quality: int | None = None
    mmp_eligible: bool | None = Field(
        default=None, description="whether IOM's Missing Migrants Project would count it"
    )
    population: Population = Population.UNKNOWN
    survivors_list_ref: str = ""
    read: list[str] = Field(
        default=[],
        examples=[["sexes_exceed_total"]],
        description="the warnings, and references of similar incidents, that somebody read",
    )

    def said(self) -> SaidIncident:
        """Give what is said, without what was read."""
        return SaidIncident(**self.model_dump(exclude={"read"}))


class IncidentCorrection(BaseModel):
    """What an incident says from now on; a field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(description="the version that was looked at")
    reason: str = Field(max_length=2000, examples=["La autoridad contó otra vez."])
    changes: dict[str, Any] = Field(examples=[{"dead": 3}])
    read: list[str] = Field(default=[], examples=[["sexes_exceed_total"]])


class IncidentPage(BaseModel):
    """One page of the register."""

    total: int
    readable: int
    page: int
    size: int
    incidents: list[IncidentSummary]


@router.get("/incidents", summary="List incidents")
@requires(Permission.INCIDENT_READ)
def list_of_incidents(
    visit: Entered, search: Annotated[IncidentSearch, Query()]
) -> IncidentPage:
    """List one page; the same search and order as on the page."""
    listed = list_incidents(visit.session, visit.viewer, search)
    record(
        visit.session,
        Deed.INCIDENT_LISTED,
        by=visit.viewer,
        at=visit.at,
        shown=len(listed.rows),
    )
    return IncidentPage(
        total=listed.total,
        readable=listed.readable,
        page=search.page,
        size=search.size,
        incidents=[IncidentSummary.model_validate(each) for each in listed.rows],
    )


@router.post("/incidents", status_code=201, summary="Enter an incident")
@requires(Permission.INCIDENT_RECORD)
def enter(visit: Entered, new: NewIncident) -> IncidentDetail:
    """Enter an incident. What is odd of it is refused once, named; send it as `read`."""
    said = new.said()
    _demand_read(visit, said, new.read)
    entered = enter_incident(visit.session, visit.viewer, said, at=visit.at)
    return _detail(visit, entered)


@router.patch("/incidents/{reference}", summary="Correct an incident of your institution")
@requires(Permission.INCIDENT_RECORD)
def correct(visit: Entered, reference: str, change: IncidentCorrection) -> IncidentDetail:
    """Correct what your institution entered; what was said before stays as a version."""
    incident = get_incident(visit.session, visit.viewer, reference)
    now = asdict(said_of(incident))
    try:
        typed = NewIncident.model_validate(now | dict(change.changes))
    except ValidationError as error:
        raise InvalidInput from error
    if unknown := set(change.changes) - set(now):
        raise InvalidInput(", ".join(sorted(unknown)))
    said = typed.said()
    _demand_read(visit, said, [*incident.warnings, *change.read], but=incident.reference)
    correct_incident(
        visit.session,
        visit.viewer,
        incident,
        Correction(said, change.reason, change.version),
        at=visit.at,
    )
    return _detail(visit, incident)


def _demand_read(
    visit: Visit, said: SaidIncident, read: Sequence[str], *, but: str = ""
) -> None:
    """Refuse once what is odd, by its name, so that somebody reads it."""
    similar = list_similar(visit.session, visit.viewer, said, but=but)
    found = [*warnings_of(said), *(each.reference for each in similar)]
    if unread := [each for each in found if each not in read]:
        raise InvalidInput(", ".join(unread))


@router.get("/incidents/{reference}", summary="Open the file of one incident")
@requires(Permission.INCIDENT_READ)
def one_incident(visit: Entered, reference: str) -> IncidentDetail:
    """Open one file, with its earlier versions."""
    incident = get_incident(visit.session, visit.viewer, reference)
    record(
        visit.session,
        Deed.INCIDENT_READ,
        by=visit.viewer,
        at=visit.at,
        about=incident.reference,
    )
    return _detail(visit, incident)


def _detail(visit: Visit, incident: Incident) -> IncidentDetail:
    summary = IncidentSummary.model_validate(incident)
    is_own = not why_not_correctable(incident, visit.viewer.institution_id)
    versions = [
        EarlierVersion(
            version=each.version,
            reason=each.reason,
            recorded_at=each.recorded_at,
            content=told_to(incident, each.version, each.content, is_keeper=is_own),
        )
        for each in list_versions(visit.session, incident)
    ]
    return IncidentDetail(
        **summary.model_dump(),
        survivors_list_ref=incident.survivors_list_ref if is_own else None,
        versions=versions,
    )
