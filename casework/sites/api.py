"""Sites over the API: what the pages show, as data."""

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.errors import InvalidInput
from casework.remains.queries import get_remains
from casework.sites.actions import (
    Working,
    correct_grave,
    correct_site,
    enter_grave,
    enter_site,
)
from casework.sites.model import GraveKind, Site, SiteKind, SiteState
from casework.sites.naming import How, name_site, place_within
from casework.sites.opening import open_site, open_to_correct
from casework.sites.queries import get_site, know_site, list_sites
from casework.sites.rules import NO_SUCH_GRAVE, GraveDraft, SiteDraft
from casework.web.access import requires
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["sites"])
Said = TypeVar("Said", bound=BaseModel)
EXACT = frozenset({"lat", "lon", "radius_km", "place", "notes"})  # sealed, and coarse in clear


class SiteSummary(BaseModel):
    """What was said of a site last; the point is rounded to a district."""

    reference: str = Field(examples=["ST-7K3Q-D9XT"])
    kind: SiteKind
    state: SiteState
    name: str = Field(examples=["Panteón inventado"])
    kept_by: str
    country: str | None
    admin1: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    invented: bool


class Grave(BaseModel):
    """One grave; `marker` is null where it is closed."""

    reference: str = Field(examples=["GV-4H2M-W8RB"])
    version: int
    kind: GraveKind
    section: str
    line: str
    number: str
    plan: str
    state: SiteState
    marker: str | None


class SiteDetail(SiteSummary):
    """A site; `exact` is null where it is closed. Of remains only those that you may read."""

    version: int
    exact: dict[str, Any] | None = Field(examples=[{"lat": 14.9, "lon": -92.26, "place": "x"}])
    graves: list[Grave]
    lying: dict[str, str] = Field(
        examples=[{"HR-5N6T-K3VC": "GV-4H2M-W8RB"}], description="remains, and where they lie"
    )
    lay_before: list[str]
    kept: list[str]
    found: list[str]
    entered_at: datetime


class NewSite(BaseModel):
    """What is said of a site; place, point and notes are sealed."""

    model_config = ConfigDict(extra="forbid")

    kind: SiteKind
    name: str
    state: SiteState = SiteState.OPEN
    kept_by: str = ""
    country: str | None = None
    admin1: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = Field(default=None, ge=0)
    notes: str = ""


class NewGrave(BaseModel):
    """What is said of a grave; what stands on its marker is sealed."""

    model_config = ConfigDict(extra="forbid")

    kind: GraveKind = GraveKind.GRAVE
    number: str = Field(
        default="", examples=["14"], description="an ossuary or common grave may have none"
    )
    section: str = ""
    line: str = ""
    plan: str = ""
    marker: str = ""
    state: SiteState = SiteState.UNKNOWN


class Correction(BaseModel):
    """What is said from now on; a field that is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(description="the version that was looked at")
    changes: dict[str, Any] = Field(examples=[{"state": "exhumed"}])


class NewAtSite(BaseModel):
    """Remains that lie, are kept or were found at a site, or in one of its graves."""

    remains: str = Field(max_length=40, examples=["HR-5N6T-K3VC"])
    how: How
    grave: str = Field(default="", max_length=40, examples=["GV-4H2M-W8RB"])
    on: date | None = None


@router.get("/sites", summary="List sites")
@requires(Permission.SITE_READ)
def sites(
    visit: Entered, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> list[SiteSummary]:
    """List the sites that you may know of, 200 on a page."""
    listed = list_sites(visit.session, visit.viewer, at=visit.at, page=page)
    record(visit.session, Deed.SITE_LISTED, by=visit.viewer, at=visit.at, shown=len(listed))
    return [_summary(site, fact) for site, fact in listed]


@router.post("/sites", status_code=201, summary="Enter a site")
@requires(Permission.SITE_RECORD)
def enter(visit: Entered, new: NewSite) -> SiteDetail:
    """Enter a site; your institution keeps it."""
    site = enter_site(_by(visit), SiteDraft(**new.model_dump()))
    return _detail(visit, site)


@router.get("/sites/{reference}", summary="Open a site")
@requires(Permission.SITE_READ)
def one_site(visit: Entered, reference: str) -> SiteDetail:
    """Give what was said of a site last, its graves, and who lies there."""
    return _detail(visit, get_site(visit.session, visit.viewer, reference, at=visit.at))


@router.post("/sites/{reference}/graves", status_code=201, summary="Enter a grave")
@requires(Permission.SITE_RECORD)
def add_grave(visit: Entered, reference: str, new: NewGrave) -> SiteDetail:
    """Enter a grave of a site that your institution keeps."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    enter_grave(_by(visit), site, GraveDraft(**new.model_dump()))
    return _detail(visit, site)


@router.patch("/sites/{reference}", summary="Correct a site of your institution")
@requires(Permission.SITE_RECORD)
def correct(visit: Entered, reference: str, change: Correction) -> SiteDetail:
    """Say anew what is known of a site; what was said before stays, and is told on its page."""
    known = open_to_correct(visit, reference)
    fact, exact = known.newest, known.newest.exact
    now = {
        name: exact.get(name) if name in EXACT else getattr(fact, name)
        for name in NewSite.model_fields
    }
    said = _changed(NewSite, now, change)
    correct_site(_by(visit), known.site, SiteDraft(**said.model_dump()), seen=change.version)
    return _detail(visit, known.site)


@router.patch("/sites/{reference}/graves/{grave}", summary="Correct a grave")
@requires(Permission.SITE_RECORD)
def change_grave(visit: Entered, reference: str, grave: str, change: Correction) -> SiteDetail:
    """Say anew what is known of a grave; what was said before stays."""
    known = open_to_correct(visit, reference)
    place = place_within(known, grave)
    held = next((each for each in known.graves if each.reference == place), None)
    if held is None:
        raise InvalidInput(NO_SUCH_GRAVE)
    now = {name: getattr(held, name) for name in NewGrave.model_fields}
    draft = GraveDraft(**_changed(NewGrave, now, change).model_dump())
    correct_grave(_by(visit), known.site, place, draft, seen=change.version)
    return _detail(visit, known.site)


@router.post("/sites/{reference}/remains", status_code=201, summary="Say who lies at a site")
@requires(Permission.REMAINS_RECORD)
def add_remains(visit: Entered, reference: str, new: NewAtSite) -> SiteDetail:
    """Say of remains that they lie, are kept or were found there; it is said of the remains."""
    site = get_site(visit.session, visit.viewer, reference, at=visit.at)
    known = know_site(visit.session, visit.viewer, site, at=visit.at)
    place = place_within(known, new.grave)
    remains = get_remains(visit.session, visit.viewer, new.remains.strip().upper(), at=visit.at)
    name_site(_by(visit), remains, site, reference=place, how=new.how, on=new.on)
    return _detail(visit, site)


def _changed(kind: type[Said], now: dict[str, Any], change: Correction) -> Said:
    told = {name: value for name, value in now.items() if value is not None}
    try:
        return kind.model_validate(told | change.changes)
    except ValidationError as error:
        raise InvalidInput from error


def _detail(visit: Visit, site: Site) -> SiteDetail:
    known, resting = open_site(visit, site)
    return SiteDetail(
        **_summary(site, known.newest).model_dump(),
        version=known.newest.id,
        exact=known.newest.exact if known.is_open else None,
        graves=[_grave(each, is_open=known.is_open) for each in known.graves],
        lying={each.reference: place for each, place in resting.lying},
        lay_before=[each.reference for each in resting.lay],
        kept=[each.reference for each in resting.kept],
        found=[each.reference for each in resting.found],
        entered_at=site.entered_at,
    )


def _grave(grave: Any, *, is_open: bool) -> Grave:
    own = {"version": grave.id}
    names = Grave.model_fields.keys() - own.keys() - {"marker"}
    plain = {name: getattr(grave, name) for name in names}
    return Grave(**own, **plain, marker=grave.marker if is_open else None)


def _summary(site: Site, fact: Any) -> SiteSummary:
    own: dict[str, Any] = {"reference": site.reference, "invented": site.invented}
    said = {name: getattr(fact, name) for name in SiteSummary.model_fields if name not in own}
    return SiteSummary(**own, **said)


def _by(visit: Visit) -> Working:
    return Working(visit.session, visit.viewer, visit.at)
