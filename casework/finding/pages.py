"""One box for everything: people, remains and incidents, and the searches that one keeps."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qsl
from uuid import UUID

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from casework.codes import Sex
from casework.errors import InvalidInput
from casework.finding.asked import Search, read_asked
from casework.finding.gathering import gather, size_of
from casework.finding.keeping import KeptSearch, keep_search, list_kept, remove_search
from casework.finding.people import is_frequent_name
from casework.finding.presenters import GROUP_WORDS, ShownGroup, present_groups
from casework.web.access import ANY_DUTY, requires
from casework.web.described import Teller, teller_for
from casework.web.description_form import code_choices, country_choices
from casework.web.languages import marked
from casework.web.missing_words import STATUS_WORDS as PEOPLE_STATES
from casework.web.navigation import may_find
from casework.web.pieces import Choice, Notice, Pager, link_with, pager_of
from casework.web.remains_words import STATUS_WORDS as REMAINS_STATES
from casework.web.visit import Entered, Visit

router = APIRouter(include_in_schema=False)
Sent = Annotated[str, Form(max_length=200)]


@router.get("/search")
@requires(ANY_DUTY)
def search_page(visit: Entered, search: Annotated[Search, Query()]) -> Response:
    """Search everything that the visitor may read about."""
    return _show(visit, search)


@router.post("/search/saved")
@requires(ANY_DUTY)
def save_search(
    visit: Entered, name: Sent = "", asked: Annotated[str, Form()] = ""
) -> Response:
    """Keep a search for oneself; `asked` is the query of its address."""
    search = read_address(asked)
    try:
        keep_search(visit.session, visit.viewer, name, search, at=visit.at)
    except InvalidInput as refusal:
        return _show(visit, search, Notice(visit.gettext(str(refusal)), "problem"), status=422)
    return RedirectResponse(href_of(search), status_code=303)


@router.post("/search/saved/{number}/remove")
@requires(ANY_DUTY)
def forget_search(visit: Entered, number: UUID) -> Response:
    """Forget a search of one's own."""
    remove_search(visit.session, visit.viewer, number, at=visit.at)
    return RedirectResponse("/search", status_code=303)


def _show(
    visit: Visit, search: Search, notice: Notice | None = None, *, status: int = 200
) -> Response:
    teller = teller_for(visit.language)
    gathered = gather(visit, search)
    groups = present_groups(gathered, teller) if gathered else []
    hits = [hit for group in groups for hit in group.hits]
    asked = read_asked(search.q)
    return visit.show(
        "finding/search.html",
        status=status,
        notices=(notice,) if notice else (),
        shows_invented=any(hit.is_invented for hit in hits),
        shows_real=not all(hit.is_invented for hit in hits),
        search=search,
        groups=[group for group in groups if group.hits],
        searched=[group.title for group in groups],
        whole={group.kind: href_of(search, kind=group.kind, page=1) for group in groups},
        pager=_pager(search, groups),
        saved=[(each.name, href_of(each.search), each.id) for each in _kept(visit)],
        asked=href_of(search).partition("?")[2],
        choices=_choices(search, teller),
        finds=may_find(visit.viewer),
        name_is_too_common=is_frequent_name(asked),
        is_narrowed=bool(search.model_dump(exclude={"q", "page"}, exclude_none=True)),
        href_everything=href_of(Search.model_validate({"q": search.q})),
    )


def _kept(visit: Visit) -> Sequence[KeptSearch]:
    return list_kept(visit.session, visit.viewer)


def _pager(search: Search, groups: Sequence[ShownGroup]) -> Pager | None:
    """Lead through the pages of the one register that was chosen."""
    if search.kind is None or not groups:
        return None
    query = _query_of(search)
    size = size_of(search)
    return pager_of("/search", query, page=search.page, size=size, total=groups[0].total)


def href_of(search: Search, **changes: str | int) -> str:
    """Write the address of a search."""
    return link_with("/search", _query_of(search), **changes)


def _query_of(search: Search) -> dict[str, str]:
    told = search.model_dump(mode="json", exclude_defaults=True)
    return {name: str(value) for name, value in told.items()}


def read_address(query: str) -> Search:
    """Read a search from the query of its address.

    Raises
    ------
    InvalidInput
        If that is no search.
    """
    try:
        return Search.model_validate(dict(parse_qsl(query)))
    except ValidationError:
        raise InvalidInput(marked("Esa búsqueda no se puede leer.")) from None


def _choices(search: Search, teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    states: dict[str, str] = {}
    if search.kind == "people":
        states = {code.value: words for code, words in PEOPLE_STATES.items()}
    elif search.kind == "remains":
        states = {code.value: words for code, words in REMAINS_STATES.items()}
    return {
        "kind": tuple(Choice(kind, _(words)) for kind, words in GROUP_WORDS.items()),
        "countries": country_choices(teller),
        "sex": code_choices((Sex.FEMALE, Sex.MALE), teller),
        "state": tuple(Choice(code, _(words)) for code, words in states.items()),
        "own": (Choice("yes", _("solo los de mi institución")),),
    }
