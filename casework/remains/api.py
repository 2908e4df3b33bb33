"""Remains over the API: the rows and files of the pages, as data."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from casework.codes import (
    Answer,
    ArticleItem,
    BodySite,
    Colour,
    Completeness,
    Condition,
    MarkType,
    RemainsSex,
    RemainsStatureBasis,
    SexMethod,
    Side,
)
from casework.errors import InvalidInput
from casework.openings import Openings, WhyClosed, told_answers, told_fields
from casework.record_codes import IdentificationStatus, RemainsKind
from casework.remains.found_at import found_at
from casework.remains.model import Remains
from casework.remains.opening import open_listed, open_remains
from casework.remains.queries import RemainsSearch, get_remains, list_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.projecting import PLACE_COLUMNS
from casework.web.access import requires
from casework.web.closed import closed_reasons
from casework.web.form_values import try_days
from casework.web.visit import Entered
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["remains"])


class OfRow(BaseModel):
    """Read from a row; a column that is not named here does not leave."""

    model_config = ConfigDict(from_attributes=True)


class ObservedMark(OfRow):
    """A mark that an examiner observed."""

    kind: MarkType
    site: BodySite | None
    side: Side | None
    words: str


class FoundArticle(OfRow):
    """Something found on the remains or beside them."""

    worn: bool
    item: ArticleItem
    colour: Colour | None
    brand: str
    words: str


class RemainsSummary(OfRow):
    """The remains of one person in a list; what is closed is null, and `closed` says so."""

    reference: str
    post_mortem_number: str
    sex: RemainsSex | None
    age_min: float | None
    age_max: float | None
    stature_cm_min: float | None
    stature_cm_max: float | None
    found_from: date | None
    found_to: date | None
    country: str | None
    admin1: str
    place: str
    condition: Condition | None
    identification_status: IdentificationStatus
    invented: bool
    closed: dict[Reveals, WhyClosed]


class RemainsDetail(RemainsSummary):
    """The file of one person's remains, as far as it is compared and open to the caller."""

    remains_kind: RemainsKind
    sex_method: SexMethod | None
    stature_basis: RemainsStatureBasis | None
    completeness: Completeness | None
    death_days_min: float | None
    death_days_max: float | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    location_precision: int | None
    nationalities: list[str] | None
    weight_kg_min: float | None
    weight_kg_max: float | None
    hair: str | None
    eyes: str | None
    build: str | None
    handedness: str | None
    blood_group: str | None
    marks: list[ObservedMark] | None
    marks_answer: Answer | None
    articles: list[FoundArticle]
    clothing_answer: Answer
    belongings_answer: Answer
    answers: dict[str, str]


class RemainsPage(BaseModel):
    """One page of the register, counted within what the caller may see."""

    total: int
    readable: int
    page: int
    size: int
    remains: list[RemainsSummary]


@router.get("/remains", summary="List the remains the caller may read about")
@requires(Permission.REMAINS_READ)
def list_of_remains(visit: Entered, search: Annotated[RemainsSearch, Query()]) -> RemainsPage:
    """List one page; the same search, order and walls as on the page."""
    seen, problem = try_days(search.seen_from, search.seen_to)
    if problem:
        raise InvalidInput(visit.gettext(problem))
    listed = list_remains(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(visit.session, visit.viewer, listed.rows, at=visit.at, says_why=True)
    return RemainsPage(
        total=listed.total,
        readable=listed.readable,
        page=search.page,
        size=search.size,
        remains=[_summary(each, openings[each.id]) for each in listed.rows],
    )


@router.get("/remains/{reference}", summary="Open the file of one person's remains")
@requires(Permission.REMAINS_READ)
def one_of_remains(visit: Entered, reference: str) -> RemainsDetail:
    """Open one file; absent and hidden are answered alike."""
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_remains(visit.session, visit.viewer, remains, at=visit.at)
    told = _told(remains, RemainsDetail, openings) | {
        "answers": told_answers(remains, openings)
    }
    hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
    where = found_at(hand, openings)
    told |= {name: getattr(where, name) for name in PLACE_COLUMNS}
    return RemainsDetail.model_validate(told, from_attributes=True)


def _summary(remains: Remains, openings: Openings) -> RemainsSummary:
    told = _told(remains, RemainsSummary, openings)
    return RemainsSummary.model_validate(told, from_attributes=True)


def _told(remains: Remains, answer: type[RemainsSummary], openings: Openings) -> dict[str, Any]:
    """Read what is open; answers about fields are told of open groups only."""
    told = told_fields(remains, set(answer.model_fields) - {"closed"}, openings)
    if "answers" in told:
        told["answers"] = told_answers(remains, openings)
    return told | {"closed": closed_reasons(openings)}
