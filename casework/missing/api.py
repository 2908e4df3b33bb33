"""Missing persons over the API: the rows and files of the pages, as data."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from casework.codes import Answer, ArticleItem, BodySite, Colour, MarkType, Sex, Side
from casework.errors import InvalidInput
from casework.missing.model import MissingPerson
from casework.missing.opening import open_listed, open_person
from casework.missing.queries import MissingSearch, get_missing_person, list_missing
from casework.openings import Openings, WhyClosed, told_answers, told_fields
from casework.record_codes import NameKind, SearchStatus
from casework.web.access import requires
from casework.web.closed import closed_reasons
from casework.web.form_values import try_days
from casework.web.visit import Entered
from privacy.model import Reveals
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
    """A missing person in a list; what is closed to the caller is null, `closed` says why."""

    reference: str
    names: list[ReportedName] | None
    sex: Sex | None
    age_min: float | None
    age_max: float | None
    nationalities: list[str] | None
    last_contact_from: date | None
    last_contact_to: date | None
    country: str | None
    admin1: str
    place: str
    search_status: SearchStatus
    invented: bool
    closed: dict[Reveals, WhyClosed]


class MissingDetail(MissingSummary):
    """The file of a missing person, as far as it is compared and open to the caller."""

    birth_from: date | None
    birth_to: date | None
    birth_place: str | None
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
    marks: list[ReportedMark] | None
    marks_answer: Answer | None
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
    listed = list_missing(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(
        visit.session,
        visit.viewer,
        listed.rows,
        at=visit.at,
        words=search.words,
        says_why=True,
    )
    return MissingPage(
        total=listed.total,
        readable=listed.readable,
        page=search.page,
        size=search.size,
        persons=[_summary(person, openings[person.id]) for person in listed.rows],
    )


@router.get("/missing/{reference}", summary="Open the file of one missing person")
@requires(Permission.MISSING_READ)
def one_missing_person(visit: Entered, reference: str) -> MissingDetail:
    """Open one file; absent and hidden are answered alike."""
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_person(visit.session, visit.viewer, person, at=visit.at)
    told = _told(person, MissingDetail, openings)
    return MissingDetail.model_validate(told, from_attributes=True)


def _summary(person: MissingPerson, openings: Openings) -> MissingSummary:
    told = _told(person, MissingSummary, openings)
    return MissingSummary.model_validate(told, from_attributes=True)


def _told(
    person: MissingPerson, answer: type[MissingSummary], openings: Openings
) -> dict[str, Any]:
    """Read what is open; answers about fields are told of open groups only."""
    told = told_fields(person, set(answer.model_fields) - {"closed"}, openings)
    if "answers" in told:
        told["answers"] = told_answers(person, openings)
    return told | {"closed": closed_reasons(openings)}
