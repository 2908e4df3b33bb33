"""The register of missing persons: the list, a file, and the form of a first report."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from casework.codes import Sex
from casework.missing.model import MissingPerson
from casework.missing.names import too_common
from casework.missing.opening import open_listed, open_person
from casework.missing.presenters import present_file, present_row
from casework.missing.queries import MissingSearch, get_missing_person, list_missing
from casework.missing.statements import MISSING_PERSON
from casework.signin.model import Institution
from casework.signin.rules import may_employ
from casework.statements.describing import AtHand
from casework.statements.told import told_beyond_cards
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.description_form import (
    code_choices,
    country_choices,
)
from casework.web.form_values import try_days
from casework.web.missing_words import STATUS_WORDS
from casework.web.pieces import Choice, NavLink, pager_of, sorted_headings
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission, Role

router = APIRouter(include_in_schema=False)


@router.get("/missing")
@requires(Permission.MISSING_READ)
def missing_list(visit: Entered, search: Annotated[MissingSearch, Query()]) -> Response:
    """List the missing persons whom the visitor may read about."""
    teller = teller_for(visit.language)
    seen, problem = try_days(search.seen_from, search.seen_to)
    listed = list_missing(visit.session, visit.viewer, search, seen, at=visit.at)
    openings = open_listed(
        visit.session, visit.viewer, listed.rows, at=visit.at, words=search.words
    )
    rows = [present_row(person, openings[person.id], teller) for person in listed.rows]
    query = dict(visit.request.query_params)
    return visit.show(
        "missing/list.html",
        shows_invented=any(row.is_invented for row in rows),
        shows_real=not all(row.is_invented for row in rows),
        rows=rows,
        listed=listed,
        search=search,
        seen_problem=visit.gettext(problem) if problem else "",
        headings=sorted_headings("/missing", query, _columns(teller)),
        pager=pager_of(
            "/missing", query, page=search.page, size=search.size, total=listed.total
        ),
        choices=_search_choices(teller),
        may_report=visit.viewer.may(Permission.MISSING_REPORT),
        name_is_too_common=bool(search.words) and too_common(search.words),
    )


@router.get("/missing/{reference}")
@requires(Permission.MISSING_READ)
def missing_file(visit: Entered, reference: str) -> Response:
    """Open the file of one missing person."""
    person = get_missing_person(visit.session, visit.viewer, reference, at=visit.at)
    openings = open_person(visit.session, visit.viewer, person, at=visit.at)
    owner = visit.session.get_one(Institution, person.owner_institution_id)
    file = present_file(
        person, visit.viewer, openings, teller_for(visit.language), owner=owner.name
    )
    return visit.show(
        "missing/file.html",
        shows_invented=file.is_invented,
        file=file,
        told=told_beyond_cards(
            AtHand(visit.session, visit.viewer, person, MISSING_PERSON, visit.at),
            openings,
            teller_for(visit.language),
        ),
        record_href=_own_href(visit, person, Permission.MISSING_REPORT, "record"),
        history_href=_own_href(visit, person, Permission.MISSING_REPORT, "history"),
        consents_href=_own_href(visit, person, Permission.CONSENT_RECORD, "consents"),
        family_href=_own_href(visit, person, Permission.CONTACT_KEEP, "family"),
        pedigree_href=_own_href(visit, person, Permission.SAMPLE_KEEP, "pedigree"),
        samples_href=_own_href(visit, person, Permission.SAMPLE_KEEP, "samples"),
        papers_href=_own_href(visit, person, Permission.PAPER_KEEP, "papers"),
        signing_href=_signing_href(visit, person, owner),
        agreed_href=_own_href(visit, person, Permission.SOUGHT_AGREED_READ, "agreed"),
        recalls_href=f"/missing/{person.reference}/recalls"
        if visit.viewer.may(Permission.DECISION_READ)
        else "",
        links_href=f"/missing/{person.reference}/links"
        if visit.viewer.may(Permission.LINK_READ)
        else "",
        ask_href=f"/desk/new?about={person.reference}"
        if visit.viewer.may(Permission.REQUEST_SEND)
        else "",
        trail=(NavLink(visit.gettext("Personas desaparecidas"), "/missing"), _here(file.name)),
    )


def _own_href(visit: Visit, person: MissingPerson, duty: Permission, part: str) -> str:
    """Lead those who keep the file to a part of it that stands on a page of its own."""
    is_own = person.owner_institution_id == visit.viewer.institution_id
    return f"/missing/{person.reference}/{part}" if is_own and visit.viewer.may(duty) else ""


def _signing_href(visit: Visit, person: MissingPerson, owner: Institution) -> str:
    """Lead to who signs for a file, where its keeper has no coordinators of its own."""
    signs_itself = may_employ(owner.kind, Role.FORENSIC_COORDINATOR)
    return (
        "" if signs_itself else _own_href(visit, person, Permission.CONSENT_RECORD, "signing")
    )


def _here(label: str) -> NavLink:
    return NavLink(label, "", is_current=True)


def _columns(teller: Teller) -> tuple[tuple[str, str | None], ...]:
    _ = teller.gettext
    return (
        (_("Persona"), None),
        (_("Sexo"), None),
        (_("Edad"), "age"),
        (_("Nacionalidad"), None),
        (_("Último contacto"), "last_contact"),
        (_("Lugar"), None),
        (_("Búsqueda"), None),
    )


def _search_choices(teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    return {
        "sex": code_choices(Sex, teller),
        "countries": country_choices(teller),
        "status": tuple(Choice(code, _(words)) for code, words in STATUS_WORDS.items()),
        "invented": (
            Choice("no", _("solo personas reales")),
            Choice("yes", _("solo personas inventadas")),
        ),
    }
