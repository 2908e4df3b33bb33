"""The glossary over the API: reading it, and proposing a word."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from casework.errors import NotFound
from casework.terminology.actions import decide_term, enter_term
from casework.terminology.concepts import concept
from casework.terminology.model import TermState
from casework.terminology.queries import entries_in, find, regional_words
from casework.terminology.rules import Draft, Entry
from casework.terminology.standard import as_skos
from casework.web.access import ANY_DUTY, requires
from casework.web.visit import Entered
from privacy.permissions import Permission

router = APIRouter(prefix="/api/v1", tags=["terminology"])
_EXAMPLE: dict[str, Any] = {
    "list": "article_item",
    "code": "t_shirt",
    "language": "es",
    "country": "MX",
    "term": "playera",
    "shown": True,
    "note": "",
    "source": "",
}


class NewTerm(BaseModel):
    """A word for a code; an empty country is wherever the language is spoken."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    list: str = Field(max_length=60)
    code: str = Field(max_length=60)
    language: str = Field(max_length=8, description="ISO 639-1 of ours, else ISO 639-3")
    country: str = Field(default="", max_length=2)
    term: str = Field(max_length=200)
    shown: bool = Field(default=False, description="put before the regional word")
    note: str = Field(default="", max_length=1000)
    source: str = Field(default="", max_length=1000)


class TermDetail(NewTerm):
    """A word as it stands, with the regional words of its code."""

    key: str
    state: TermState
    entered_at: datetime | None = Field(description="none: it came with the product")
    regional: dict[str, str]


class Verdict(BaseModel):
    """What is decided of a word."""

    key: str = Field(max_length=200)
    state: TermState


@router.get("/terminology", summary="Find the words that countries say for codes")
@requires(ANY_DUTY)
def terms(
    visit: Entered,
    q: Annotated[str, Query(max_length=60)] = "",
    list: Annotated[str, Query(max_length=60)] = "",  # noqa: A002 - the column's own name
    country: Annotated[str, Query(max_length=2)] = "",
) -> list[TermDetail]:
    """List up to 200 words that hold what was asked for, the exact ones first."""
    found = find(visit.session, q, list_key=list, country=country.upper())
    return [_detail(each) for each in found]


@router.get("/terminology/skos", summary="Read the whole glossary as SKOS in JSON-LD")
@requires(ANY_DUTY)
def skos(visit: Entered) -> JSONResponse:
    """Give every code with its regional words and those of countries, by language tag."""
    return JSONResponse(
        as_skos(entries_in(visit.session).values()), media_type="application/ld+json"
    )


@router.post("/terminology", status_code=201, summary="Propose a word for a code")
@requires(Permission.TERM_PROPOSE)
def propose(visit: Entered, new: NewTerm) -> TermDetail:
    """Enter a word; it is accepted at once if your duty decides on words."""
    known: dict[str, Any] = new.model_dump()
    draft = Draft(list_key=known.pop("list"), is_shown=known.pop("shown"), **known)
    enter_term(visit.session, visit.viewer, draft, at=visit.at)
    return _detail(entries_in(visit.session)[draft.key])


@router.post("/terminology/verdicts", summary="Accept, decline or take back a word")
@requires(Permission.TERM_DECIDE)
def decide(visit: Entered, verdict: Verdict) -> TermDetail:
    """Say what becomes of a word; what was said of it before stays."""
    draft = decide_term(visit.session, visit.viewer, verdict.key, verdict.state, at=visit.at)
    return _detail(entries_in(visit.session)[draft.key])


def _detail(entry: Entry) -> TermDetail:
    step = entry.shown
    known = concept(step.draft.list_key, step.draft.code)
    if known is None:
        raise NotFound("code")
    return TermDetail(
        key=entry.key,
        list=step.draft.list_key,
        code=step.draft.code,
        language=step.draft.language,
        country=step.draft.country,
        term=step.draft.term,
        shown=step.draft.is_shown,
        note=step.draft.note,
        source=step.draft.source,
        state=step.state,
        entered_at=step.entered_at,
        regional=regional_words(known),
    )
