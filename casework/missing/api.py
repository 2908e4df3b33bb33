"""Missing persons over the API: the rows and files of the pages, as data."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from casework.codes import Answer, ArticleItem, BodySite, Colour, MarkType, Sex, Side
from casework.errors import InvalidInput
from casework.missing.model import MissingPerson, NameKind, SearchStatus
from casework.missing.queries import MissingSearch, get_missing_person, list_missing
from casework.web.access import requires
from casework.web.form_values import try_days
from casework.web.visit import Entered
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["missing persons"])


class OfRow(BaseModel):
    """Read from a row; a column that is not named here does not leave."""

    model_config = ConfigDict(from_attributes=True)


class ReportedName(OfRow):
    """A name of a missing person, of any kind."""

    kind: NameKind
    given_names: str
    surname_1: str
    surname_2: str


class ReportedMark(OfRow):
    """A mark that somebody remembers."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


class ReportedArticle(OfRow):
    """Something worn or carried when last seen."""

    worn: bool
    item: ArticleItem
    colour: Colour | None
    brand: str
    words: str


class MissingSummary(OfRow):
    """A missing person in a list."""

    reference: str
    names: list[ReportedName]
    sex: Sex
    age_min: float | None
    age_max: float | None
    nationalities: list[str]
    last_contact_from: date | None
    last_contact_to: date | None
    country: str | None
    admin1: str
    place: str
    search_status: SearchStatus
    invented: bool


class MissingDetail(MissingSummary):
    """The file of a missing person, as far as it is compared."""

    birth_from: date | None
    birth_to: date | None
    birth_place: str
    destination: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    stature_cm_min: float | None
    stature_cm_max: float | None
    weight_kg_min: float | None
    weight_kg_max: float | None
    hair: str | None
    eyes: str | None
    build: str | None
    handedness: str | None
    blood_group: str | None
    marks: list[ReportedMark]
    marks_answer: Answer
    articles: list[ReportedArticle]
    clothing_answer: Answer
    belongings_answer: Answer
    answers: dict[str, str]


class MissingPage(BaseModel):
    """One page of the register, counted within what the caller may see."""

    total: int
    readable: int
    page: int
    size: int
    persons: list[MissingSummary]


@router.get("/missing", summary="List the missing persons the caller may read about")
@requires(Permission.MISSING_READ)
def list_of_missing(visit: Entered, search: Annotated[MissingSearch, Query()]) -> MissingPage:
    """List one page; the same search, order and walls as on the page."""
    seen, problem = try_days(search.seen_from, search.seen_to)
    if problem:
        raise InvalidInput(visit.gettext(problem))
    listed = list_missing(visit.session, visit.viewer, search, seen)
    record(
        visit.session, Deed.MISSING_LISTED, by=visit.viewer, at=visit.at, shown=len(listed.rows)
    )
    return MissingPage(
        total=listed.total,
        readable=listed.readable,
        page=search.page,
        size=search.size,
        persons=[MissingSummary.model_validate(person) for person in listed.rows],
    )


@router.get("/missing/{reference}", summary="Open the file of one missing person")
@requires(Permission.MISSING_READ)
def one_missing_person(visit: Entered, reference: str) -> MissingDetail:
    """Open one file; absent and hidden are answered alike."""
    person: MissingPerson = get_missing_person(visit.session, visit.viewer, reference)
    record(
        visit.session, Deed.MISSING_READ, by=visit.viewer, at=visit.at, about=person.reference
    )
    return MissingDetail.model_validate(person)
