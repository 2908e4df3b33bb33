"""Examining remains: the board, the skeleton, and what must be kept before it is too late."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.bones.atlas import Region, Stage, bones_of
from casework.bones.inventory import (
    absent_regions,
    completeness_of,
    minimum_individuals,
)
from casework.bones.words import REGION_WORDS, STAGE_WORDS, STATE_WORDS
from casework.dataset.code_lists.remains import EXAMINATION_STATE
from casework.errors import InvalidInput
from casework.examination.actions import (
    last_statement,
    say_bones,
    say_fields,
    set_examination,
    who_examines,
)
from casework.examination.beside import beside_file, planned_alert
from casework.examination.board import board_of
from casework.examination.bone_words import bone_words
from casework.examination.forms import (
    EVERYTHING,
    TAKE_BACK,
    BoneForm,
    BonesRead,
    read_bones,
)
from casework.examination.listing import shown_acts, shown_unclaimed
from casework.examination.queries import MOST_SHOWN
from casework.examination.reading import Examined, examined
from casework.examination.seen_bones import STAGE_FIELD, seen_in, stage_in
from casework.examination.skeleton_drawing import draw_skeleton
from casework.statements.columns import Method
from casework.statements.saying import Kept, Sitting
from casework.web.access import requires
from casework.web.closed import NEVER_SAID, closed_part
from casework.web.described import Teller, teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, ClosedPart, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.model import Reveals
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)
OTHERS_WROTE = marked(
    "Alguien anotó otra cosa mientras usted miraba esta página. Quedan las dos respuestas."
)


@router.get("/remains/{reference}/examinations")
@requires(Permission.REMAINS_READ)
def examinations(visit: Entered, reference: str) -> Response:
    """Show the board: what is done, what waits, and what an act would make impossible."""
    return _show_board(visit, examined(visit, reference))


@router.post("/remains/{reference}/examinations")
@requires(Permission.REMAINS_RECORD)
def take_examination(
    visit: Entered,
    reference: str,
    chosen: Annotated[str, Form(alias="set", max_length=60)] = "",
) -> Response:
    """Set how one examination stands: one button, `radiology:done`."""
    about = examined(visit, reference, to_write=True)
    kind, _, status = chosen.partition(":")
    rows = {row.kind: row for row in board_of(about.picture, teller_for("es")).rows}
    if kind not in rows or status not in EXAMINATION_STATE.words:
        raise InvalidInput(marked("Elija una opción de la lista."))
    person = visit.signed_in.person if visit.signed_in else ""
    set_examination(about, rows[kind], status, by=person, on=visit.at.date())
    return visit.leads_to(f"/remains/{reference}/examinations")


@router.get("/remains/{reference}/examinations/beside")
@requires(Permission.REMAINS_READ)
def examinations_beside(visit: Entered, reference: str) -> Response:
    """Tell on a file how far its examination is."""
    return visit.show("examination/_beside.html", beside=beside_file(visit, reference))


@router.get("/remains/{reference}/skeleton")
@requires(Permission.REMAINS_READ)
def skeleton(visit: Entered, reference: str) -> Response:
    """Show which bones are there, drawn and in words."""
    return _show_skeleton(visit, examined(visit, reference), BoneForm(), BonesRead({}))


@router.post("/remains/{reference}/skeleton")
@requires(Permission.REMAINS_RECORD)
def take_bones(visit: Entered, reference: str, form: Annotated[BoneForm, Form()]) -> Response:
    """Write down the bones that were pointed at or dictated; what was not understood stays."""
    about = examined(visit, reference, to_write=True)
    sitting = Sitting(Method.EXAMINATION, form.said_by.strip(), visit.at.date())
    if form.do == "stage":
        stage = form.stage if form.stage in set(Stage) else Stage.ADULT
        say_fields(about, {STAGE_FIELD: str(stage)}, sitting, shown=form.shown)
        return _back(visit, reference)
    read = read_bones(form, stage_in(about.picture), seen_in(about.picture))
    kept = say_bones(about, read.bones, sitting, shown=form.shown) if read.bones else Kept()
    if read.refused or kept.clashes:
        visit.session.expire_all()
        return _show_skeleton(visit, examined(visit, reference), form, read, kept)
    return _back(visit, reference)


def _back(visit: Visit, reference: str) -> Response:
    return visit.leads_to(f"/remains/{reference}/skeleton")


def _show_board(visit: Visit, about: Examined) -> Response:
    teller = teller_for(visit.language)
    return visit.show(
        "examination/board.html",
        shows_invented=about.remains.invented,
        board=board_of(about.picture, teller),
        closed=closed_body(about, teller),
        is_own=about.is_own,
        alert=planned_alert(visit, about.hand, about.openings, about.picture),
        href=f"/remains/{about.remains.reference}",
        trail=trail_of(visit, about, visit.gettext("Exámenes")),
        over=about.remains.post_mortem_number,
    )


def _show_skeleton(
    visit: Visit, about: Examined, form: BoneForm, read: BonesRead, kept: Kept | None = None
) -> Response:
    teller = teller_for(visit.language)
    _ = teller.gettext
    seen, stage = seen_in(about.picture), stage_in(about.picture)
    notices = [Notice(each.told(_), "problem") for each in read.refused]
    if kept and kept.clashes:
        notices.append(Notice(_(OTHERS_WROTE), "warning"))
    individuals = minimum_individuals(seen)
    return visit.show(
        "examination/skeleton.html",
        status=422 if read.refused else 200,
        told=notices,
        shows_invented=about.remains.invented,
        drawing=draw_skeleton(seen, stage, _),
        whole=completeness_of(seen, stage) if seen else None,
        regions=[(region, completeness_of(seen, stage, region)) for region in Region if seen],
        individuals=individuals,
        because=[(bone_words(bone, _), count) for bone, count in individuals.because],
        absent=[_(REGION_WORDS[region]) for region in absent_regions(seen, stage)],
        stage=stage,
        choices=_choices(stage, teller),
        form=form.model_copy(update={"dictated": read.left}),
        said_by=who_examines(about) if about.is_own else "",
        shown=last_statement(about),
        closed=closed_body(about, teller),
        is_own=about.is_own,
        href=f"/remains/{about.remains.reference}",
        trail=trail_of(visit, about, _("Esqueleto")),
        over=about.remains.post_mortem_number,
    )


def _choices(stage: Stage, teller: Teller) -> dict[str, tuple[Choice, ...]]:
    _ = teller.gettext
    return {
        "states": (
            *(Choice(state, _(words)) for state, words in STATE_WORDS.items()),
            Choice(TAKE_BACK, _("quitar lo anotado")),
        ),
        "regions": (
            Choice(EVERYTHING, _("todo el esqueleto")),
            *(Choice(region, _(words)) for region, words in REGION_WORDS.items()),
        ),
        "bones": tuple(Choice(bone.code, bone_words(bone, _)) for bone in bones_of(stage)),
        "stages": tuple(Choice(each, _(words)) for each, words in STAGE_WORDS.items()),
    }


def closed_body(about: Examined, teller: Teller) -> ClosedPart | None:
    """Say why what was seen of the body is closed, if it is."""
    if about.openings.shows(Reveals.BODY):
        return None
    return closed_part(about.openings.closed.get(Reveals.BODY, NEVER_SAID), teller)


def trail_of(visit: Visit, about: Examined, here: str) -> tuple[NavLink, ...]:
    """Lead back to the file and the register."""
    reference = about.remains.reference
    return (
        NavLink(visit.gettext("Restos humanos"), "/remains"),
        NavLink(reference, f"/remains/{reference}"),
        NavLink(here, "", is_current=True),
    )


@router.get("/acts")
@requires(Permission.REMAINS_READ)
def acts(visit: Entered) -> Response:
    """List the acts that cannot be undone, the one that comes first above."""
    shown = shown_acts(visit)
    return visit.show(
        "examination/acts.html",
        shows_invented=any(each.is_invented for each in shown),
        shows_real=not all(each.is_invented for each in shown),
        acts=shown,
        trail=_list_trail(visit, visit.gettext("Actos previstos")),
    )


@router.get("/unclaimed")
@requires(Permission.REMAINS_IDENTITY_READ)
def unclaimed(visit: Entered, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """List people whose name is known and whose family was not found."""
    shown = shown_unclaimed(visit, page=page)
    return visit.show(
        "examination/unclaimed.html",
        shows_invented=any(each.is_invented for each in shown),
        shows_real=not all(each.is_invented for each in shown),
        people=shown,
        next_page=page + 1 if len(shown) == MOST_SHOWN else 0,
        trail=_list_trail(visit, visit.gettext("Con nombre y sin familia")),
    )


def _list_trail(visit: Visit, here: str) -> tuple[NavLink, ...]:
    return (
        NavLink(visit.gettext("Restos humanos"), "/remains"),
        NavLink(here, "", is_current=True),
    )
