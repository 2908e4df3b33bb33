"""One search over the API: the same records, order, reasons and walls as on the page."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from casework.finding.asked import Search
from casework.finding.gathering import gather, size_of
from casework.finding.keeping import (
    LONGEST_NAME,
    KeptSearch,
    keep_search,
    list_kept,
    remove_search,
)
from casework.finding.presenters import present_groups
from casework.web.access import ANY_DUTY, requires
from casework.web.described import teller_for
from casework.web.visit import Entered

router = APIRouter(prefix="/api/v1", tags=["search"])


class FoundReason(BaseModel):
    """Why a record was found; `not_there` is what was typed and not found in it."""

    model_config = ConfigDict(from_attributes=True)

    because: str
    words: str


class FoundRecord(BaseModel):
    """A record that was found: what is open of it, in the words of the page."""

    model_config = ConfigDict(from_attributes=True)

    reference: str
    href: str
    title: str
    facts: list[str]
    reasons: list[FoundReason]
    is_invented: bool


class FoundIn(BaseModel):
    """What was found in one register, counted within what the caller may see."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    total: int
    hits: list[FoundRecord]


class FoundPage(BaseModel):
    """A page of what was found; without `kind`, the first of each register."""

    page: int
    size: int
    groups: list[FoundIn]


class NewSavedSearch(BaseModel):
    """A search to keep, and its name; without a name, it is called as what was typed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "Los de Tapachula",
                "search": {"q": "tapachula", "kind": "people", "year": 2025},
            }
        }
    )

    name: str = Field("", max_length=LONGEST_NAME)
    search: Search


class SavedSearchEntry(BaseModel):
    """A search that the caller keeps; nobody else sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    search: Search


@router.get("/search", summary="Search people, remains and incidents at once")
@requires(ANY_DUTY)
def search_all(visit: Entered, search: Annotated[Search, Query()]) -> FoundPage:
    """Search by name, reference, number, place or words, within what the caller may read."""
    gathered = gather(visit, search)
    groups = present_groups(gathered, teller_for(visit.language)) if gathered else []
    return FoundPage(
        page=search.page,
        size=size_of(search),
        groups=[FoundIn.model_validate(each) for each in groups],
    )


@router.get("/search/saved", summary="List the searches that you keep")
@requires(ANY_DUTY)
def saved_searches(visit: Entered) -> list[SavedSearchEntry]:
    """List one's own, by name."""
    return _told(list_kept(visit.session, visit.viewer))


@router.post("/search/saved", status_code=201, summary="Keep a search for yourself")
@requires(ANY_DUTY)
def save_search(visit: Entered, wanted: NewSavedSearch) -> list[SavedSearchEntry]:
    """Keep a search; one of the same name is replaced."""
    keep_search(visit.session, visit.viewer, wanted.name, wanted.search, at=visit.at)
    return _told(list_kept(visit.session, visit.viewer))


@router.delete("/search/saved/{number}", summary="Forget a search that you keep")
@requires(ANY_DUTY)
def forget_search(visit: Entered, number: UUID) -> list[SavedSearchEntry]:
    """Forget one's own search."""
    remove_search(visit.session, visit.viewer, number, at=visit.at)
    return _told(list_kept(visit.session, visit.viewer))


def _told(kept: list[KeptSearch]) -> list[SavedSearchEntry]:
    return [SavedSearchEntry.model_validate(each) for each in kept]
