"""The samples of a family and of remains, and the hands each went through."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.errors import CaseworkError, NotFound
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.samples import actions, forms, presenters, queries, words
from casework.samples.forms import EntryForm, SampleForm
from casework.samples.model import Happening, SampleEntry
from casework.samples.queries import MISSING, REMAINS, Kept, Rack, Side
from casework.signin.queries import names_behind
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
REGISTERS = {"missing": marked("Personas desaparecidas"), "remains": marked("Restos humanos")}
# The entry that a correction says anew.
Corrected = Annotated[int | None, Query(ge=1, le=2**62)]


def serve(side: Side) -> None:
    """Add the pages of one register: those of a family's samples, or of remains'."""
    base = f"/{side.register}/{{reference}}/samples"

    @router.get(base)
    @requires(Permission.SAMPLE_KEEP)
    def samples(visit: Entered, reference: str) -> Response:
        """Show the samples there are."""
        return _show_rack(visit, _open(visit, side, reference), SampleForm(), {})

    @router.post(base)
    @requires(Permission.SAMPLE_KEEP)
    def take(visit: Entered, reference: str, form: Annotated[SampleForm, Form()]) -> Response:
        """Register a sample; one of a family if its donor agreed."""
        return _take(visit, _open(visit, side, reference), form)

    @router.get(f"{base}/{{number:int}}")
    @requires(Permission.SAMPLE_KEEP)
    def sample(
        visit: Entered, reference: str, number: int, corrects: Corrected = None
    ) -> Response:
        """Show one sample and its chain."""
        rack = _open(visit, side, reference)
        return _show_sample(visit, rack, queries.kept_in(rack, number), corrects=corrects)

    @router.post(f"{base}/{{number:int}}/entries")
    @requires(Permission.SAMPLE_KEEP)
    def follow(
        visit: Entered, reference: str, number: int, form: Annotated[EntryForm, Form()]
    ) -> Response:
        """Add what happened to a sample."""
        return _follow(visit, _open(visit, side, reference), number, form)


for _side in (MISSING, REMAINS):
    serve(_side)


def _open(visit: Visit, side: Side, reference: str) -> Rack:
    return actions.read_rack(visit.session, visit.viewer, side, reference, at=visit.at)


def _take(visit: Visit, rack: Rack, form: SampleForm) -> Response:
    taken, problems = forms.read_sample(form, rack.side.kinds[0])
    if taken is None:
        return _show_rack(visit, rack, form, problems)
    try:
        sample = actions.register_sample(visit.session, visit.viewer, rack, taken, at=visit.at)
    except CaseworkError as refusal:
        return _show_rack(visit, rack, form, {}, refusal)
    return visit.leads_to(f"{_base(rack)}/{sample.id}")


def _follow(visit: Visit, rack: Rack, number: int, form: EntryForm) -> Response:
    kept = queries.kept_in(rack, number)
    happened, problems = forms.read_entry(form, today=visit.at.date())
    if happened is None:
        return _show_sample(visit, rack, kept, form=form, problems=problems)
    try:
        corrects = queries.entry_in(kept, form.corrects) if form.corrects else None
        actions.add_entry(
            visit.session,
            visit.viewer,
            rack,
            kept,
            happened=actions.with_other(happened, _other(visit, form)),
            corrects=corrects,
            at=visit.at,
        )
    except CaseworkError as refusal:
        return _show_sample(visit, rack, kept, form=form, refusal=refusal)
    return visit.leads_to(f"{_base(rack)}/{number}")


def _other(visit: Visit, form: EntryForm) -> MissingPerson | None:
    """Find another own file; of one that is hidden it is said what is said of none."""
    if form.happening is not Happening.SERVES_ALSO or not form.other.strip():
        return None
    try:
        typed = form.other.strip().upper()
        return get_own_missing_person(visit.session, visit.viewer, typed, at=visit.at)
    except NotFound:
        return None


def _show_rack(
    visit: Visit,
    rack: Rack,
    form: SampleForm,
    problems: Mapping[str, str],
    refusal: CaseworkError | None = None,
) -> Response:
    teller = teller_for(visit.language)
    others = queries.serves_also(visit.session, visit.viewer, rack, at=visit.at)
    served = (
        queries.served_from(visit.session, visit.viewer, rack.case, at=visit.at)
        if rack.side is MISSING
        else ()
    )
    return visit.show(
        "samples/list.html",
        status=422 if problems or refusal else 200,
        notices=_notices(refusal, teller),
        shows_invented=rack.case.invented,
        base=_base(rack),
        reference=rack.case.reference,
        is_missing=rack.side is MISSING,
        samples=[
            presenters.shown_sample(rack, each, teller, officers={}, others=others)
            for each in rack.samples
        ],
        served=served,
        profiles_href=_profiles_href(visit, rack),
        may_ask=visit.viewer.may(Permission.CONSENT_RECORD),
        form=form,
        details=[(name, teller.gettext(text)) for name, text in words.SAMPLE_DETAILS.items()],
        problems={name: teller.gettext(text) for name, text in problems.items()},
        choices=presenters.choices(rack, teller),
        trail=_trail(rack, teller),
    )


def _show_sample(
    visit: Visit,
    rack: Rack,
    kept: Kept,
    *,
    form: EntryForm | None = None,
    problems: Mapping[str, str] | None = None,
    refusal: CaseworkError | None = None,
    corrects: int | None = None,
) -> Response:
    teller = teller_for(visit.language)
    others = queries.serves_also(visit.session, visit.viewer, rack, at=visit.at)
    if form is None:
        form = _form_of(queries.entry_in(kept, corrects)) if corrects else EntryForm()
    return visit.show(
        "samples/sample.html",
        status=422 if problems or refusal else 200,
        notices=_notices(refusal, teller),
        shows_invented=rack.case.invented,
        sample=presenters.shown_sample(
            rack,
            kept,
            teller,
            officers=names_behind(visit.session, {each.entered_by for each in kept.entries}),
            others=others,
        ),
        form=form,
        typed=form.model_dump(by_alias=True),
        details=[(name, teller.gettext(text)) for name, text in words.ENTRY_DETAILS.items()],
        problems={name: teller.gettext(text) for name, text in (problems or {}).items()},
        choices=presenters.choices(rack, teller),
        is_missing=rack.side is MISSING,
        trail=_trail(rack, teller, kept.sample.reference),
    )


def _form_of(entry: SampleEntry) -> EntryForm:
    """Fill the form with an entry that is to be said anew."""
    said = {
        "happening": entry.happening,
        "happened_on": entry.happened_on.isoformat(),
        "corrects": entry.id,
        **({"state": entry.state} if entry.state else {}),
        **entry.details,
    }
    return EntryForm.model_validate(said)


def _profiles_href(visit: Visit, rack: Rack) -> str:
    may = visit.viewer.may(Permission.PROFILE_KEEP)
    return f"/{rack.side.register}/{rack.case.reference}/profiles" if may else ""


def _notices(refusal: CaseworkError | None, teller: Teller) -> tuple[Notice, ...]:
    return (Notice(teller.gettext(str(refusal)), "problem"),) if refusal else ()


def _base(rack: Rack) -> str:
    return f"/{rack.side.register}/{rack.case.reference}/samples"


def _trail(rack: Rack, teller: Teller, sample: str = "") -> tuple[NavLink, ...]:
    register, reference = rack.side.register, rack.case.reference
    here = teller.gettext("Muestras")
    trail = (
        NavLink(teller.gettext(REGISTERS[register]), f"/{register}"),
        NavLink(reference, f"/{register}/{reference}"),
    )
    if not sample:
        return (*trail, NavLink(here, "", is_current=True))
    return (*trail, NavLink(here, _base(rack)), NavLink(sample, "", is_current=True))
