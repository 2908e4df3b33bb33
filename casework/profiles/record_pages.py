"""One file of a laboratory with samples of many records: seen row by row, then kept."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from casework.errors import InvalidInput
from casework.profiles import forms, many, words
from casework.profiles.bringing import Kept, SaidOfFile
from casework.profiles.forms import BringForm
from casework.profiles.many import Row
from casework.profiles.many_presenters import counted_words, shown_row
from casework.profiles.model import ProfileSource
from casework.profiles.specimens import LARGEST_BYTES, MOST_SPECIMENS
from casework.profiles.weighing import Single
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.errors import StepUpNeeded
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
HERE = "/profiles/import"
Usual = Annotated[Single | None, BeforeValidator(lambda typed: typed or None)]


class ManyForm(BringForm):
    """What is said of the whole file; one allele alone means what is usual for whose it is."""

    single: Usual = None  # type: ignore[assignment]


class KeepManyForm(ManyForm):
    """Which rows are kept, by their place in the file."""

    packed: str = Field(default="", repr=False)
    keep: Annotated[
        list[int],
        BeforeValidator(lambda typed: typed if isinstance(typed, list) else [typed]),
        Field(default_factory=list, max_length=MOST_SPECIMENS),
    ]
    reason: forms.Short = ""


@router.get(HERE)
@requires(Permission.PROFILE_KEEP)
def begin(visit: Entered, kept: Annotated[int, Query(ge=0, le=MOST_SPECIMENS)] = 0) -> Response:
    """Ask for a file; asking who one is comes first, since a file would be lost on the way."""
    if not visit.viewer.stepped_up:
        raise StepUpNeeded
    notices = (Notice(counted_words(kept, teller_for(visit.language)), "done"),) if kept else ()
    return _show_form(visit, ManyForm(), notices=notices)


@router.post(f"{HERE}/read")
@requires(Permission.PROFILE_KEEP)
def read(
    visit: Entered,
    form: Annotated[ManyForm, Form()],
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Show what a file says and whose each specimen is, before anything of it is kept."""
    content = file.file.read(LARGEST_BYTES + 1) if file else b""
    try:
        said = _said(form)
        source, rows = many.bring_many(visit.session, visit.viewer, content, said, at=visit.at)
    except InvalidInput as refusal:
        return _show_form(visit, form, problem=str(refusal))
    return _show_rows(visit, form, (source, content), rows)


@router.post(HERE)
@requires(Permission.PROFILE_KEEP)
def keep(visit: Entered, form: Annotated[KeepManyForm, Form()]) -> Response:
    """Keep the rows that were chosen; what is left stays on the page, each with its reason."""
    try:
        content = forms.unpacked(form.packed)
        said = _said(form, reason=form.reason)
        source, rows = many.bring_many(visit.session, visit.viewer, content, said, at=visit.at)
    except InvalidInput as refusal:
        return _show_form(visit, form, problem=str(refusal))
    results = many.keep_many(
        visit.session,
        visit.viewer,
        rows,
        set(form.keep),
        said=said,
        file=(source, content),
        at=visit.at,
    )
    if all(each.kept and not each.refusals for each in results):
        return visit.leads_to(f"{HERE}?kept={len(results)}")
    return _show_rows(visit, form, (source, content), rows, results=results)


def _said(form: ManyForm, reason: str = "") -> SaidOfFile:
    return SaidOfFile(
        laboratory=form.laboratory,
        kit=form.kit,
        analysed_on=forms.read_day(form.analysed_on),
        single=form.single,
        reason=reason,
    )


def _show_form(
    visit: Visit, form: ManyForm, *, problem: str = "", notices: tuple[Notice, ...] = ()
) -> Response:
    teller = teller_for(visit.language)
    if problem:
        notices = (Notice(teller.gettext(problem), "problem"),)
    return visit.show(
        "profiles/many.html",
        status=422 if problem else 200,
        notices=notices,
        here=HERE,
        form=form,
        singles=[
            Choice(
                "",
                teller.gettext(
                    "según de quién es: en familiares es un homocigoto; en restos queda fuera"
                ),
            ),
            *(Choice(each, teller.gettext(text)) for each, text in words.SINGLE_WORDS.items()),
        ],
        trail=_trail(visit),
    )


def _show_rows(
    visit: Visit,
    form: ManyForm,
    file: tuple[ProfileSource, bytes],
    rows: Sequence[Row],
    *,
    results: Sequence[Kept] = (),
) -> Response:
    teller, (source, content) = teller_for(visit.language), file
    chosen = form.keep if isinstance(form, KeepManyForm) else None
    shown = [
        shown_row(
            row,
            number,
            teller,
            result=results[number] if results else None,
            is_chosen=None if chosen is None else number in chosen,
        )
        for number, row in enumerate(rows)
    ]
    kept = sum(each.was_kept for each in shown)
    sentence = counted_words(kept, teller)
    return visit.show(
        "profiles/many_rows.html",
        status=422 if results else 200,
        notices=(Notice(sentence, "done" if kept else "problem"),) if results else (),
        shows_invented=any(row.rack is not None and row.rack.case.invented for row in rows),
        here=HERE,
        source=teller.gettext(words.SOURCE_WORDS[source]),
        rows=shown,
        can_be_kept=sum(each.can_be_chosen for each in shown),
        unknown=[each.name for each in shown if each.is_unknown],
        packed=forms.packed(content),
        form=form,
        reason=getattr(form, "reason", ""),
        trail=_trail(visit, visit.gettext("Revisar el archivo")),
    )


def _trail(visit: Visit, further: str = "") -> tuple[NavLink, ...]:
    own = visit.gettext("Traer perfiles de muchos expedientes")
    if not further:
        return (NavLink(own, "", is_current=True),)
    return (NavLink(own, HERE), NavLink(further, "", is_current=True))
