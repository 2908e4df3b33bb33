"""The profiles of one record: which there are, bringing a file of a laboratory, opening one."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response

from casework.errors import CaseworkError, InvalidInput
from casework.profiles import actions, bringing, forms, presenters, words
from casework.profiles.bringing import Brought, SaidOfFile
from casework.profiles.forms import BringForm, KeepForm
from casework.profiles.model import ProfileSource
from casework.profiles.queries import Opened, list_profiles
from casework.profiles.queries import kept_in as profile_in
from casework.profiles.specimens import LARGEST_BYTES
from casework.profiles.weighing import Single
from casework.samples.model import Sample
from casework.samples.queries import MISSING, REMAINS, Rack, Side, open_rack
from casework.web.access import requires
from casework.web.described import teller_for
from casework.web.languages import marked
from casework.web.pieces import NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
REGISTERS = {"missing": marked("Personas desaparecidas"), "remains": marked("Restos humanos")}
Reason = Annotated[str, Form(max_length=300)]


def serve(side: Side) -> None:
    """Add the pages of one register: those of a family's profiles, or of remains'."""
    base = f"/{side.register}/{{reference}}/profiles"

    @router.get(base)
    @requires(Permission.PROFILE_KEEP)
    def profiles(visit: Entered, reference: str) -> Response:
        """Show which profiles there are; none is opened by this."""
        return _show_list(visit, _open(visit, side, reference), BringForm(single=_usual(side)))

    @router.post(f"{base}/read")
    @requires(Permission.PROFILE_KEEP)
    def read(
        visit: Entered,
        reference: str,
        form: Annotated[BringForm, Form()],
        file: Annotated[UploadFile | None, File()] = None,
        pasted: Annotated[str, Form(max_length=100_000)] = "",
    ) -> Response:
        """Show what a file says, before anything of it is kept."""
        content = file.file.read(LARGEST_BYTES + 1) if file else b""
        by_hand = not content and bool(pasted.strip())
        content = content or pasted.encode()
        return _preview(visit, _open(visit, side, reference), form, content, by_hand=by_hand)

    @router.post(base)
    @requires(Permission.PROFILE_KEEP)
    def keep(visit: Entered, reference: str, form: Annotated[KeepForm, Form()]) -> Response:
        """Keep the specimens for which a sample was chosen."""
        return _keep(visit, _open(visit, side, reference), form)

    @router.get(f"{base}/{{profile}}")
    @requires(Permission.PROFILE_KEEP)
    def one(visit: Entered, reference: str, profile: str) -> Response:
        """Open one profile."""
        return _show_one(visit, _open(visit, side, reference), profile)

    @router.post(f"{base}/{{profile}}/withdraw")
    @requires(Permission.PROFILE_KEEP)
    def withdraw(visit: Entered, reference: str, profile: str, reason: Reason = "") -> Response:
        """Say that a profile was wrong, and that nothing takes its place."""
        return _withdraw(visit, _open(visit, side, reference), profile, reason)


def serve_beside(side: Side) -> None:
    """Add what the page of samples asks for; before `serve`, whose paths would take it."""

    @router.get(f"/{side.register}/{{reference}}/profiles/beside")
    @requires(Permission.PROFILE_KEEP)
    def beside(visit: Entered, reference: str) -> Response:
        """Tell how whole each profile is; none is opened by this."""
        rack = _open(visit, side, reference)
        kept = actions.read_list(visit.session, visit.viewer, rack.case, at=visit.at)
        shown = presenters.shown_profiles(rack, kept, teller_for(visit.language))
        standing = [each for each in shown if each.stands and each.has_consent]
        return visit.show("profiles/_whole.html", profiles=standing)


for _side in (MISSING, REMAINS):
    serve_beside(_side)
    serve(_side)


def _usual(side: Side) -> Single:
    """Say what one allele usually means: bone loses alleles, a relative's swab hardly ever."""
    return Single.HOMOZYGOTE if side is MISSING else Single.LEFT_OUT


def _open(visit: Visit, side: Side, reference: str) -> Rack:
    return open_rack(visit.session, visit.viewer, side, reference, at=visit.at)


def _preview(
    visit: Visit, rack: Rack, form: BringForm, content: bytes, *, by_hand: bool
) -> Response:
    try:
        said = _said(form, by_hand=by_hand)
        source, brought = bringing.bring(content, rack, said)
    except InvalidInput as refusal:
        return _show_list(visit, rack, form, str(refusal))
    return _show_preview(visit, rack, form, source, brought, content=content, by_hand=by_hand)


def _keep(visit: Visit, rack: Rack, form: KeepForm) -> Response:
    try:
        content = forms.unpacked(form.packed)
        said = _said(form, by_hand=form.by_hand, reason=form.reason)
        source, brought = bringing.bring(content, rack, said)
    except InvalidInput as refusal:
        return _show_list(visit, rack, form, str(refusal))
    chosen = [_sample(rack, number) for number in form.sample]
    chosen += [None] * (len(brought) - len(chosen))
    pairs = list(zip(brought, chosen, strict=False))
    results = bringing.keep_brought(
        visit.session, visit.viewer, pairs, said, file=(source, content), at=visit.at
    )
    if any(each.refusals for each in results) or not any(each.kept for each in results):
        return _show_preview(
            visit,
            rack,
            form,
            source,
            brought,
            content=content,
            by_hand=form.by_hand,
            results=results,
        )
    return visit.leads_to(presenters.base_of(rack))


def _withdraw(visit: Visit, rack: Rack, reference: str, reason: str) -> Response:
    profiles = list_profiles(visit.session, visit.viewer, rack.case, at=visit.at)
    wrong = profile_in(profiles, reference).profile
    try:
        actions.withdraw_profile(visit.session, visit.viewer, wrong, reason, at=visit.at)
    except CaseworkError as refusal:
        return _show_one(visit, rack, reference, str(refusal))
    return visit.leads_to(presenters.base_of(rack))


def _said(form: BringForm, *, by_hand: bool, reason: str = "") -> SaidOfFile:
    return SaidOfFile(
        laboratory=form.laboratory,
        kit=form.kit,
        analysed_on=forms.read_day(form.analysed_on),
        single=form.single,
        by_hand=by_hand,
        reason=reason,
    )


def _sample(rack: Rack, number: str) -> Sample | None:
    """Find the sample that was chosen; of another record, none."""
    return next((each.sample for each in rack.samples if str(each.sample.id) == number), None)


def _show_list(visit: Visit, rack: Rack, form: BringForm, refusal: str = "") -> Response:
    profiles = actions.read_list(visit.session, visit.viewer, rack.case, at=visit.at)
    teller = teller_for(visit.language)
    return visit.show(
        "profiles/list.html",
        status=422 if refusal else 200,
        notices=(Notice(teller.gettext(refusal), "problem"),) if refusal else (),
        shows_invented=rack.case.invented,
        base=presenters.base_of(rack),
        reference=rack.case.reference,
        register=rack.side.register,
        profiles=presenters.shown_profiles(rack, profiles, teller),
        has_samples=bool(rack.samples),
        form=form,
        singles=presenters.single_choices(teller),
        trail=_trail(visit, rack),
    )


def _show_preview(
    visit: Visit,
    rack: Rack,
    form: BringForm,
    source: ProfileSource,
    brought: Sequence[Brought],
    *,
    content: bytes,
    by_hand: bool,
    results: Sequence[bringing.Kept] = (),
) -> Response:
    teller = teller_for(visit.language)
    chosen = form.sample if isinstance(form, KeepForm) else []
    kept = sum(each.kept for each in results)
    is_amiss = bool(results)
    return visit.show(
        "profiles/preview.html",
        status=422 if is_amiss else 200,
        notices=_notices(visit, kept) if is_amiss else (),
        shows_invented=rack.case.invented,
        base=presenters.base_of(rack),
        reference=rack.case.reference,
        source=teller.gettext(words.SOURCE_WORDS[source]),
        specimens=[
            presenters.shown_specimen(
                each,
                teller,
                of_remains=rack.side is REMAINS,
                chosen=chosen[number] if number < len(chosen) else "",
                result=results[number] if results else None,
            )
            for number, each in enumerate(brought)
        ],
        samples=presenters.sample_choices(rack, teller),
        packed=forms.packed(content),
        by_hand=by_hand,
        form=form,
        reason=getattr(form, "reason", ""),
        trail=_trail(visit, rack, visit.gettext("Revisar el archivo")),
    )


def _notices(visit: Visit, kept: int) -> tuple[Notice, ...]:
    if kept:
        sentence = visit.gettext("Lo demás se guardó. Revise lo que no.")
    else:
        sentence = visit.gettext("No se guardó nada: revise de qué muestra es cada perfil.")
    return (Notice(sentence, "problem"),)


def _show_one(visit: Visit, rack: Rack, reference: str, refusal: str = "") -> Response:
    kept = actions.read_profile(visit.session, visit.viewer, rack.case, reference, at=visit.at)
    teller = teller_for(visit.language)
    return visit.show(
        "profiles/profile.html",
        status=422 if refusal else 200,
        notices=(Notice(teller.gettext(refusal), "problem"),) if refusal else (),
        shows_invented=rack.case.invented,
        profile=presenters.shown_profile(rack, kept, teller),
        facts=presenters.profile_facts(kept, teller),
        loci=presenters.shown_loci(kept.genotypes) if isinstance(kept, Opened) else (),
        trail=_trail(visit, rack, reference),
    )


def _trail(visit: Visit, rack: Rack, here: str = "") -> tuple[NavLink, ...]:
    register, reference = rack.side.register, rack.case.reference
    own = visit.gettext("Perfiles de ADN")
    trail = (
        NavLink(visit.gettext(REGISTERS[register]), f"/{register}"),
        NavLink(reference, f"/{register}/{reference}"),
        NavLink(visit.gettext("Muestras"), f"/{register}/{reference}/samples"),
    )
    if not here:
        return (*trail, NavLink(own, "", is_current=True))
    return (
        *trail,
        NavLink(own, presenters.base_of(rack)),
        NavLink(here, "", is_current=True),
    )
