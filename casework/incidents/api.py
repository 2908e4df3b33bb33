"""Incidents over the API: the rows and files of the pages, as data."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from casework.incidents.model import IncidentKind
from casework.incidents.queries import (
    IncidentSearch,
    get_incident,
    list_incidents,
    list_versions,
)
from casework.web.access import requires
from casework.web.visit import Entered
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
    region: str | None
    route: str | None
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    title: str | None
    sources: list[str]
    urls: list[str]
    source_quality: int | None
    warnings: list[str]
    invented: bool


class EarlierVersion(BaseModel):
    """What the source stated before."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    recorded_at: datetime
    content: dict[str, Any]


class IncidentDetail(IncidentSummary):
    """An incident with everything its source stated before."""

    versions: list[EarlierVersion]


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
    summary = IncidentSummary.model_validate(incident)
    versions = [
        EarlierVersion.model_validate(each) for each in list_versions(visit.session, incident)
    ]
    return IncidentDetail(**summary.model_dump(), versions=versions)
