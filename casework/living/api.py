"""People alive over the API: the rows and files of the pages, as data."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field

from casework.codes import Answer, ArticleItem, BodySite, Colour, MarkType, Sex, Side
from casework.envelope import SearchConsent
from casework.errors import InvalidInput
from casework.living import actions
from casework.living.forms import LivingForm, read_living
from casework.living.model import LivingPerson
from casework.living.opening import open_listed, open_living
from casework.living.queries import LivingSearch, get_living, get_own_living, list_living
from casework.openings import Openings, WhyClosed, told_answers, told_fields
from casework.record_codes import Communication, LivingStatus, NameKind, WhereSeen
from casework.settings import settings
from casework.web.access import requires
from casework.web.closed import closed_reasons
from casework.web.form_values import try_days
from casework.web.visit import Entered
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["people alive"])


class OfRow(BaseModel):
    """Read from a row; a column that is not named here does not leave."""

    model_config = ConfigDict(from_attributes=True)


class GivenName(OfRow):
    """A name that the person gave, or that others know them by."""

    kind: NameKind
    given_names: str
    surname_1: str
    surname_2: str


class SeenMark(OfRow):
    """A mark that somebody saw."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


class BroughtArticle(OfRow):
    """Something worn or carried on arrival."""

    worn: bool
    item: ArticleItem
    colour: Colour | None
    brand: str
    words: str


class LivingSummary(OfRow):
    """Somebody alive in a list; what is closed to the caller is null, `closed` says why."""

    reference: str
    names: list[GivenName] | None
    sex: Sex | None
    age_min: float | None
    age_max: float | None
    where_seen: WhereSeen
    found_from: date | None
    found_to: date | None
    country: str | None
    admin1: str
    living_status: LivingStatus
    search_consent: SearchConsent
    invented: bool
    closed: dict[Reveals, WhyClosed]


class LivingDetail(LivingSummary):
    """The file of somebody alive, as far as it is open; `host` and the like are their place."""

    host: str | None
    whereabouts: dict[str, Any] | None
    list_name: str | None
    list_number: str | None
    communication: Communication | None
    nationalities: list[str] | None
    birth_from: date | None
    birth_to: date | None
    stature_cm_min: float | None
    stature_cm_max: float | None
    hair: str | None
    eyes: str | None
    build: str | None
    marks: list[SeenMark] | None
    marks_answer: Answer | None
    articles: list[BroughtArticle]
    answers: dict[str, str]


class LivingPage(BaseModel):
    """One page of the register, counted within what the caller may see."""

    total: int
    readable: int
    page: int
    size: int
    persons: list[LivingSummary]


class Registered(BaseModel):
    """The record that was made; nobody searches for the person before they were asked."""

    reference: str
    search_consent: SearchConsent


class Decided(BaseModel):
    """What the person said to being searched for, or why nobody can ask them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"decision": "granted", "reason": "lo dijo el 3"}]},
    )

    decision: SearchConsent = Field(description="never `public_interest`: that is of remains")
    reason: str = Field(
        "", max_length=4000, description="for `vital_interest`, in at least twenty letters"
    )


@router.get("/living", summary="List the people alive the caller may read about")
@requires(Permission.LIVING_READ)
def list_of_living(visit: Entered, search: Annotated[LivingSearch, Query()]) -> LivingPage:
    """List one page; the same search, order and walls as on the page."""
    seen, problem = try_days(search.seen_from, search.seen_to)
    if problem:
        raise InvalidInput(visit.gettext(problem))
    listed = list_living(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(visit.session, visit.viewer, listed.rows, at=visit.at, says_why=True)
    return LivingPage(
        total=listed.total,
        readable=listed.readable,
        page=search.page,
        size=search.size,
        persons=[
            LivingSummary.model_validate(
                _told(person, LivingSummary, openings[person.id]), from_attributes=True
            )
            for person in listed.rows
        ],
    )


@router.post("/living", summary="Register somebody alive")
@requires(Permission.LIVING_RECORD)
def register(visit: Entered, form: Annotated[LivingForm, Body()]) -> Registered:
    """Register with one way to tell the person from others; the rest is said by statements."""
    person, problems = read_living(form, at=visit.at)
    if problems:
        field, text = next(iter(problems.items()))
        raise InvalidInput(f"{field}: {visit.gettext(text)}")
    made = actions.register_living(
        visit.session, visit.viewer, person, domain=settings().domain, at=visit.at
    )
    return Registered(reference=made.reference, search_consent=made.search_consent)


@router.get("/living/{reference}", summary="Open the file of somebody alive")
@requires(Permission.LIVING_READ)
def one_of_the_living(visit: Entered, reference: str) -> LivingDetail:
    """Open one file; absent and hidden are answered alike."""
    person = get_living(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_living(visit.session, visit.viewer, person, at=visit.at)
    told = _told(person, LivingDetail, openings)
    return LivingDetail.model_validate(told, from_attributes=True)


@router.post("/living/{reference}/search", summary="Enter whether somebody may be searched for")
@requires(Permission.LIVING_RECORD)
def decide(visit: Entered, reference: str, decided: Annotated[Decided, Body()]) -> Registered:
    """Enter what they said; the last word holds, and none before it is lost."""
    visit.demand_step_up()
    person = get_own_living(visit.session, visit.viewer, reference, at=visit.at)
    actions.decide_search(
        visit.session,
        visit.viewer,
        person,
        decided.decision,
        reason=decided.reason,
        at=visit.at,
    )
    return Registered(reference=person.reference, search_consent=person.search_consent)


def _told(
    person: LivingPerson, answer: type[LivingSummary], openings: Openings
) -> dict[str, Any]:
    """Read what is open; answers about fields are told of open groups only."""
    told = told_fields(person, set(answer.model_fields) - {"closed"}, openings)
    if "answers" in told:
        told["answers"] = told_answers(person, openings)
    return told | {"closed": closed_reasons(openings)}
