"""Handing out copies, and the register of those that are out."""

import re
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from casework.dataset.shape import RecordKind
from casework.errors import InvalidInput
from casework.exports.actions import Wanted, hand_out
from casework.exports.delivering import MEDIA, deliver, deliver_whole
from casework.exports.presenters import shown_copies
from casework.exports.queries import MOST_RECORDS, list_copies, list_recipients
from casework.exports.whole import hand_out_whole
from casework.references import Prefix
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.purpose_words import PURPOSE_WORDS
from casework.web.visit import Entered, Visit
from privacy.audit.log import Deed, record
from privacy.permissions import PURPOSES, Permission, Purpose
from privacy.released.model import Form as CopyForm

router = APIRouter(include_in_schema=False)
Short = Annotated[str, Form(max_length=60)]
WHOLE = "whole"
FORM_WORDS = {
    CopyForm.PDF: marked("PDF, para leer e imprimir"),
    CopyForm.CSV: marked("CSV, para una hoja de cálculo"),
    CopyForm.JSON: marked("JSON, para otro sistema"),
    WHOLE: marked("Expedientes completos, para otro registro"),
}


@router.get("/missing/export")
@requires(Permission.MISSING_EXPORT)
def export_form(visit: Entered) -> Response:
    """Ask what is handed to whom, what for and why; only after proving again who one is."""
    visit.demand_step_up()
    return _show_form(visit, {})


@router.post("/missing/export")
@requires(Permission.MISSING_EXPORT)
def export(
    visit: Entered,
    recipient: Short = "",
    purpose: Short = "",
    form: Short = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
    references: Annotated[str, Form(max_length=8000)] = "",
) -> Response:
    """Hand out one copy, marked and registered, or say what is lacking."""
    visit.demand_step_up()
    typed = {
        "recipient": recipient,
        "purpose": purpose,
        "form": form,
        "reason": reason,
        "references": references,
    }
    try:
        wanted = Wanted(
            recipient_id=int(recipient),
            purpose=Purpose(purpose),
            reason=reason,
            form=CopyForm.JSON if form == WHOLE else CopyForm(form),
            references=tuple(re.findall(r"[A-Z0-9-]+", references.upper())),
        )
    except ValueError:
        sentence = marked("Falta algo: a quién, para qué o en qué forma.")
        return _show_form(visit, typed, sentence)
    try:
        number, content = _made(visit, wanted, is_whole=form == WHOLE)
    except InvalidInput as refusal:
        return _show_form(visit, typed, str(refusal))
    return Response(
        content,
        media_type=MEDIA[wanted.form],
        headers={"content-disposition": f'attachment; filename="{number}.{wanted.form}"'},
    )


@router.get("/copies")
@requires(Permission.COPY_READ)
def copies_page(visit: Entered) -> Response:
    """List the copies that are out, newest first."""
    copies = list_copies(visit.session, visit.viewer)
    record(visit.session, Deed.COPIES_READ, by=visit.viewer, at=visit.at, shown=len(copies))
    return visit.show(
        "exports/copies.html",
        copies=shown_copies(visit.session, copies, teller_for(visit.language)),
        may_export=visit.viewer.may(Permission.MISSING_EXPORT),
    )


def _made(visit: Visit, wanted: Wanted, *, is_whole: bool) -> tuple[str, bytes]:
    if not is_whole:
        copy = hand_out(visit.session, visit.viewer, wanted, at=visit.at)
        return copy.number, deliver(visit, copy, wanted.form)
    kinds = {_kind_of(reference) for reference in wanted.references}
    if len(kinds) > 1:
        raise InvalidInput(
            marked(
                "Entregue por separado los expedientes de personas desaparecidas, de restos "
                "y de personas con vida."
            )
        )
    kind = next(iter(kinds), RecordKind.MISSING_PERSON)
    whole = hand_out_whole(visit.session, visit.viewer, wanted, kind, at=visit.at)
    return whole.number, deliver_whole(visit, whole)


def _kind_of(reference: str) -> RecordKind:
    kinds = {
        Prefix.REMAINS: RecordKind.REMAINS,
        Prefix.LIVING_PERSON: RecordKind.LIVING_PERSON,
    }
    prefix = reference.partition("-")[0]
    return next((kind for of, kind in kinds.items() if of == prefix), RecordKind.MISSING_PERSON)


def _show_form(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    _ = visit.gettext
    blank = dict.fromkeys(("recipient", "purpose", "form", "reason", "references"), "")
    return visit.show(
        "exports/form.html",
        status=422 if problem else 200,
        notices=(Notice(_(problem), "problem"),) if problem else (),
        typed=blank | typed,
        recipients=[
            Choice(str(each.id), f"{each.name} ({each.country})")
            for each in list_recipients(visit.session, visit.viewer)
        ],
        purposes=[Choice(each, _(PURPOSE_WORDS[each])) for each in PURPOSES[visit.viewer.role]],
        forms=[Choice(each, _(words)) for each, words in FORM_WORDS.items()],
        most=MOST_RECORDS,
        trail=(
            NavLink(_("Copias entregadas"), "/copies"),
            NavLink(_("Entregar una copia"), "", is_current=True),
        ),
    )
