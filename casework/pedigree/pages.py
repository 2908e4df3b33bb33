"""The family of a missing person, drawn as a chart, and the forms that draw it."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.errors import CaseworkError
from casework.pedigree import forms, presenters
from casework.pedigree.actions import draw_family
from casework.pedigree.forms import AddForm, ChangeForm, OfPerson, PlaceForm
from casework.pedigree.queries import Family, open_family
from casework.pedigree.tree import MISSING, without
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/missing/{reference}/pedigree")
@requires(Permission.SAMPLE_KEEP)
def pedigree(
    visit: Entered, reference: str, person: Annotated[int | None, Query(ge=1, le=10_000)] = None
) -> Response:
    """Show the tree, and beside it whoever was chosen."""
    return _show(visit, _open(visit, reference), person)


@router.post("/missing/{reference}/pedigree/people")
@requires(Permission.CONTACT_KEEP)
def add(visit: Entered, reference: str, form: Annotated[AddForm, Form()]) -> Response:
    """Put somebody new into the tree."""
    family = _open(visit, reference)
    try:
        drawn, number = forms.with_added(family, form)
        _draw(visit, family, drawn, form.version)
    except CaseworkError as refusal:
        return _show(visit, family, form.person, refusal=refusal, typed=form)
    return _back(visit, reference, number)


@router.post("/missing/{reference}/pedigree/people/{number:int}")
@requires(Permission.CONTACT_KEEP)
def change(
    visit: Entered, reference: str, number: int, form: Annotated[ChangeForm, Form()]
) -> Response:
    """Say something else of somebody."""
    family = _open(visit, reference)
    try:
        _draw(visit, family, forms.with_changed(family, number, form), form.version)
    except CaseworkError as refusal:
        return _show(visit, family, number, refusal=refusal, typed=form)
    return _back(visit, reference, number)


@router.post("/missing/{reference}/pedigree/people/{number:int}/remove")
@requires(Permission.CONTACT_KEEP)
def remove(
    visit: Entered, reference: str, number: int, form: Annotated[OfPerson, Form()]
) -> Response:
    """Take somebody out of the tree; the drawings before keep them."""
    family = _open(visit, reference)
    try:
        tree = without(family.tree, number)
        _draw(visit, family, (tree, dict(family.names)), form.version)
    except CaseworkError as refusal:
        return _show(visit, family, number, refusal=refusal)
    return _back(visit, reference, MISSING)


@router.post("/missing/{reference}/pedigree/place")
@requires(Permission.CONTACT_KEEP)
def place(visit: Entered, reference: str, form: Annotated[PlaceForm, Form()]) -> Response:
    """Put somebody registered where they belong."""
    family = _open(visit, reference)
    try:
        drawn = forms.with_placed(family, form)
        _draw(visit, family, drawn, form.version)
    except CaseworkError as refusal:
        return _show(visit, family, None, refusal=refusal)
    found = drawn[0].of_relative(form.relative_id)
    return _back(visit, reference, found.number if found else MISSING)


def _open(visit: Visit, reference: str) -> Family:
    family = open_family(visit.session, visit.viewer, reference, at=visit.at)
    record(visit.session, Deed.PEDIGREE_READ, by=visit.viewer, at=visit.at, about=reference)
    return family


def _draw(visit: Visit, family: Family, drawn: forms.Drawn, seen: int) -> None:
    tree, names = drawn
    draw_family(visit.session, visit.viewer, family, tree, names=names, seen=seen, at=visit.at)


def _back(visit: Visit, reference: str, number: int) -> Response:
    return visit.leads_to(f"/missing/{reference}/pedigree?person={number}")


def _show(
    visit: Visit,
    family: Family,
    person: int | None,
    *,
    refusal: CaseworkError | None = None,
    typed: AddForm | ChangeForm | None = None,
) -> Response:
    teller = teller_for(visit.language)
    chosen = family.tree.by_number.get(person or MISSING) or family.tree.member(MISSING)
    added = typed if isinstance(typed, AddForm) else AddForm(version=family.version)
    changed = typed if isinstance(typed, ChangeForm) else ChangeForm.of(chosen, family)
    reference = family.person.reference
    notices = (Notice(teller.gettext(str(refusal)), "problem"),) if refusal else ()
    return visit.show(
        "pedigree/pedigree.html",
        status=422 if refusal else 200,
        notices=notices,
        shows_invented=family.person.invented,
        reference=reference,
        version=family.version,
        chart=presenters.shown_chart(family, chosen.number, teller),
        chosen=chosen,
        who=presenters.spoken_of(family, chosen, teller),
        unplaced=presenters.shown_unplaced(family, teller),
        may_draw=family.names_are_open and visit.viewer.may(Permission.CONTACT_KEEP),
        names_are_open=family.names_are_open,
        may_ask=visit.viewer.may(Permission.CONSENT_RECORD),
        added=added,
        changed=changed,
        choices=presenters.choices(teller),
        people=presenters.people_choices(family, chosen.number, teller),
        trail=(
            NavLink(teller.gettext("Personas desaparecidas"), "/missing"),
            NavLink(reference, f"/missing/{reference}"),
            NavLink(teller.gettext("Árbol de la familia"), "", is_current=True),
        ),
    )
