"""The glossary: found by any word, read by list and by country, mended by who knows better."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from casework.errors import InvalidInput, NotFound
from casework.signin.queries import institution_names
from casework.terminology.actions import TakenIn, decide_term, enter_term, take_in
from casework.terminology.concepts import concept, concepts_of, list_title, lists
from casework.terminology.model import TermState
from casework.terminology.packaged import read_table, write_table
from casework.terminology.presenters import (
    language_choices,
    list_choices,
    present_concept,
    present_concepts,
    present_lists,
)
from casework.terminology.queries import entries_about, entries_in, find, find_concepts
from casework.terminology.rules import Draft
from casework.terminology.standard import as_skos
from casework.web.access import ANY_DUTY, requires
from casework.web.described import teller_for
from casework.web.description_form import country_choices
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
LARGEST_TABLE = 900_000


class GlossarySearch(BaseModel):
    """What the glossary is searched by."""

    q: str = Field(default="", max_length=60)
    list: str = Field(default="", max_length=60)
    country: str = Field(default="", max_length=2)


class SentTerm(BaseModel):
    """What the form of one word sends."""

    term: str = Field(default="", max_length=200)
    language: str = Field(default="es", max_length=8)
    country: str = Field(default="", max_length=2)
    is_shown: str = ""
    note: str = Field(default="", max_length=1000)
    source: str = Field(default="", max_length=1000)


Sent = Annotated[SentTerm, Form()]


@router.get("/terminology")
@requires(ANY_DUTY)
def glossary(visit: Entered, search: Annotated[GlossarySearch, Query()]) -> Response:
    """Find words, or show which lists there are and what waits for a word."""
    return _show_glossary(visit, search)


@router.get("/terminology/export.csv")
@requires(ANY_DUTY)
def glossary_table(visit: Entered) -> Response:
    """Hand out every word that holds or waits, as a table that can be brought back."""
    every = entries_in(visit.session).values()
    table = write_table(each.shown for each in every if each.standing or each.waiting)
    headers = {"content-disposition": 'attachment; filename="glossary.csv"'}
    return Response("\ufeff" + table, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/terminology/export.jsonld")
@requires(ANY_DUTY)
def glossary_as_skos(visit: Entered) -> Response:
    """Hand out every word that holds, as SKOS."""
    headers = {"content-disposition": 'attachment; filename="glossary.jsonld"'}
    return JSONResponse(
        as_skos(entries_in(visit.session).values()),
        media_type="application/ld+json",
        headers=headers,
    )


@router.post("/terminology/import")
@requires(Permission.TERM_PROPOSE)
def bring_table(visit: Entered, table: Annotated[UploadFile, File()]) -> Response:
    """Enter the words of a table, and say which lines were not taken."""
    try:
        text = table.file.read(LARGEST_TABLE).decode("utf-8")
        taken = take_in(visit.session, visit.viewer, read_table(text), at=visit.at)
    except UnicodeDecodeError:
        problem = visit.gettext("La tabla tiene que estar en UTF-8; guárdela así y vuelva.")
        return _show_glossary(visit, GlossarySearch(), Notice(problem, "problem"))
    except InvalidInput as refusal:
        said = Notice(visit.gettext(str(refusal)), "problem")
        return _show_glossary(visit, GlossarySearch(), said)
    return _show_glossary(visit, GlossarySearch(), taken=taken)


@router.post("/terminology/decide")
@requires(Permission.TERM_DECIDE)
def decide(
    visit: Entered,
    key: Annotated[str, Form(max_length=200)],
    verdict: Annotated[TermState, Form()],
) -> Response:
    """Accept or decline what was proposed, or take back what holds."""
    draft = decide_term(visit.session, visit.viewer, key, verdict, at=visit.at)
    return visit.leads_to(f"/terminology/{draft.list_key}/{draft.code}")


@router.get("/terminology/{list_key}")
@requires(ANY_DUTY)
def one_list(visit: Entered, list_key: str) -> Response:
    """Show every code of one list with what countries say for it."""
    if list_key not in lists():
        raise NotFound("list")
    teller = teller_for(visit.language)
    title = list_title(list_key, teller.gettext)
    return visit.show(
        "terminology/list.html",
        title=title,
        concepts=present_concepts(
            concepts_of(list_key), entries_about(visit.session, list_key), teller, {}
        ),
        trail=_trail(visit, title),
    )


@router.get("/terminology/{list_key}/{code}")
@requires(ANY_DUTY)
def one_concept(visit: Entered, list_key: str, code: str) -> Response:
    """Show one code: its regional words, what countries say, and who said so."""
    return _show_concept(visit, list_key, code)


@router.post("/terminology/{list_key}/{code}")
@requires(Permission.TERM_PROPOSE)
def enter(visit: Entered, list_key: str, code: str, form: Sent) -> Response:
    """Enter a word for one code."""
    draft = Draft(
        list_key=list_key,
        code=code,
        language=form.language,
        country=form.country,
        term=" ".join(form.term.split()),
        is_shown=form.is_shown == "yes",
        note=" ".join(form.note.split()),
        source=" ".join(form.source.split()),
    )
    try:
        enter_term(visit.session, visit.viewer, draft, at=visit.at)
    except InvalidInput as refusal:
        return _show_concept(visit, list_key, code, form, visit.gettext(str(refusal)))
    return visit.leads_to(f"/terminology/{list_key}/{code}")


def _show_glossary(
    visit: Visit,
    search: GlossarySearch,
    notice: Notice | None = None,
    taken: TakenIn | None = None,
) -> Response:
    teller = teller_for(visit.language)
    is_search = bool(search.q or search.list or search.country)
    found = find(visit.session, search.q, list_key=search.list, country=search.country)
    # A country says what it says: codes that it has no word for are not its own.
    by_regional = () if search.country else find_concepts(search.q, list_key=search.list)
    every = entries_in(visit.session).values()
    institutions = institution_names(visit.session)
    waiting = [each for each in every if each.waiting]
    refused = taken.refused if taken else ()
    return visit.show(
        "terminology/glossary.html",
        status=422 if notice else 200,
        notices=(notice,) if notice else (),
        search=search,
        is_search=is_search,
        concepts=present_concepts(by_regional, found, teller, institutions)
        if is_search
        else [],
        waiting=present_concepts((), waiting, teller, institutions),
        lists=present_lists(every, teller),
        list_choices=list_choices(teller),
        countries=country_choices(teller),
        taken=taken,
        refused=[(line, visit.gettext(why)) for line, why in refused],
        may_propose=visit.viewer.may(Permission.TERM_PROPOSE),
    )


def _show_concept(
    visit: Visit, list_key: str, code: str, form: SentTerm | None = None, problem: str = ""
) -> Response:
    known = concept(list_key, code)
    if known is None:
        raise NotFound("code")
    teller = teller_for(visit.language)
    shown = present_concept(
        known,
        entries_about(visit.session, list_key, code),
        teller,
        institution_names(visit.session),
    )
    title = list_title(list_key, teller.gettext)
    return visit.show(
        "terminology/concept.html",
        status=422 if problem else 200,
        concept=shown,
        form=form or SentTerm(language=visit.language, country=visit.viewer.country),
        problem=problem,
        languages=language_choices(teller),
        countries=country_choices(teller),
        may_propose=visit.viewer.may(Permission.TERM_PROPOSE),
        may_decide=visit.viewer.may(Permission.TERM_DECIDE),
        trail=_trail(visit, shown.regional, NavLink(title, f"/terminology/{list_key}")),
    )


def _trail(visit: Visit, here: str, *between: NavLink) -> tuple[NavLink, ...]:
    first = NavLink(visit.gettext(marked("Glosario")), "/terminology")
    return (first, *between, NavLink(here, "", is_current=True))
