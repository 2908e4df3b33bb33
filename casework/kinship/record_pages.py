"""Computing what DNA says of a pair here, from the profiles that the registry keeps."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from casework.errors import CaseworkError, NotFound
from casework.frequencies.queries import get_table, list_tables
from casework.kinship import actions
from casework.kinship.computing import (
    NO_FAMILY,
    THETAS,
    CannotCompute,
    Chromosome,
    computed,
    computed_on_x,
    without_number,
)
from casework.kinship.engine_words import note_words
from casework.kinship.family import FamilyAsked, FamilyFound, looked_at
from casework.kinship.family_words import shown_family
from casework.kinship.forms import Number, RecordId
from casework.kinship.gathering import Gathered, GatheredFamily, gather, gather_family
from casework.kinship.line_words import lines_compared, used_words
from casework.kinship.lines import Counted, Line, Uncountable, compared, counted
from casework.kinship.model import Computed
from casework.kinship.presenters import trail_of
from casework.kinship.queries import Pair
from casework.kinship.told import Outcome, Told
from casework.pedigree.tree import MISSING, Tree
from casework.web.access import requires
from casework.web.described import Teller, teller_for
from casework.web.languages import marked
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)

USUAL_THETA = "0.01"


LINE_FIELDS = {Line.PATERNAL: "y", Line.MATERNAL: "mt"}
LINE_PARTS = ("count", "size", "database")
Typed = Annotated[str, StringConstraints(max_length=200)]
NO_TABLE = marked("Elija una tabla de frecuencias.")


class ComputingForm(BaseModel):
    """What is chosen for a computation."""

    model_config = ConfigDict(extra="ignore")

    table: Number = None
    theta: Annotated[str, StringConstraints(pattern=r"^0(\.0[13])?$")] = USUAL_THETA
    replaces: Number = None
    why_anew: Annotated[str, StringConstraints(max_length=300)] = ""
    table_x: Number = None
    y_count: Typed = ""
    y_size: Typed = ""
    y_database: Typed = ""
    mt_count: Typed = ""
    mt_size: Typed = ""
    mt_database: Typed = ""

    def seen(self, line: Line) -> Counted | None:
        """Read what was typed of the database of one line."""
        start = LINE_FIELDS[line]
        return counted(*(getattr(self, f"{start}_{name}") for name in LINE_PARTS))


@router.get("/missing/{reference}/family-dna")
@requires(Permission.PROFILE_KEEP)
def family_dna(
    visit: Entered, reference: str, table: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """Show whether a family fits its tree, and whom to ask for a sample."""
    gathered = gather_family(visit.session, visit.viewer, reference, at=visit.at)
    teller, problem, found = teller_for(visit.language), "", None
    try:
        found = _looked_at(visit, gathered, table)
    except CannotCompute as cannot:
        problem = _refusal(cannot, gathered.tree, teller)
    return visit.show(
        "kinship/family.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=gathered.person.invented,
        here=f"/missing/{reference}/family-dna",
        reference=reference,
        typed=[used_words(each, teller) for each in gathered.used],
        tables=[
            Choice(str(each.id), f"{each.name} · {each.population}")
            for each in list_tables(visit.session, visit.viewer)
        ],
        table=str(table or ""),
        family=shown_family(found, gathered.tree, teller) if found else None,
        may_send=visit.viewer.may(Permission.REQUEST_SEND),
        trail=(
            NavLink(teller.gettext("Personas desaparecidas"), "/missing"),
            NavLink(reference, f"/missing/{reference}"),
            NavLink(teller.gettext("Muestras"), f"/missing/{reference}/samples"),
            NavLink(teller.gettext("El ADN de la familia"), "", is_current=True),
        ),
    )


@router.get("/pairings/{pairing_id:int}/dna/compute")
@requires(Permission.PROFILE_KEEP)
def choose(
    visit: Entered, pairing_id: RecordId, replaces: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """Show what there is to compute with."""
    pair = actions.open_to_write(visit.session, visit.viewer, pairing_id, at=visit.at)
    return _show(visit, pair, _gather(visit, pair), ComputingForm(replaces=replaces))


@router.post("/pairings/{pairing_id:int}/dna/compute")
@requires(Permission.PROFILE_KEEP)
def compute(
    visit: Entered, pairing_id: RecordId, form: Annotated[ComputingForm, Form()]
) -> Response:
    """Compute, and keep what came of it beside the pair."""
    pair = actions.open_to_write(visit.session, visit.viewer, pairing_id, at=visit.at)
    gathered = _gather(visit, pair)
    try:
        replaces = pair.result(form.replaces) if form.replaces else None
        told = _computed(visit, gathered, form)
        actions.keep_result(
            visit.session,
            visit.viewer,
            pair,
            told,
            computed=Computed.REGISTRY,
            replaces=replaces,
            at=visit.at,
        )
    except Uncountable as refusal:
        return _show(visit, pair, gathered, form, problem=visit.gettext(str(refusal)))
    except CannotCompute as cannot:
        sentence = _refusal(cannot, gathered.tree, teller_for(visit.language))
        return _show(visit, pair, gathered, form, problem=sentence)
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show(visit, pair, gathered, form, problem=visit.gettext(str(refusal)))
    return visit.leads_to(f"/pairings/{pairing_id}/dna")


def _looked_at(visit: Visit, gathered: GatheredFamily, table: int | None) -> FamilyFound | None:
    """Look at a family with one table; without one there is nothing to look with."""
    if table is None:
        return None
    chosen = get_table(visit.session, visit.viewer, table)
    return looked_at(
        FamilyAsked(
            gathered.tree, gathered.family, gathered.available, chosen.name, chosen.loci
        )
    )


def _computed(visit: Visit, gathered: Gathered, form: ComputingForm) -> Told:
    """Weigh what is weighed, compare the lines, and say whose profiles were used."""
    theta, used = float(form.theta), set()
    told = without_number(gathered.tree, why_anew=form.why_anew)
    if gathered.autosomal.is_enough and (form.table or not gathered.lines):
        if not form.table:
            raise CannotCompute(NO_TABLE)
        table = get_table(visit.session, visit.viewer, form.table)
        told = computed(gathered.asked(table, theta), why_anew=form.why_anew)
        used |= set(told.typed)
    if gathered.on_x.is_enough and form.table_x:
        table = get_table(visit.session, visit.viewer, form.table_x)
        on_x = computed_on_x(gathered.asked(table, theta, Chromosome.X))
        told = replace(told, on_x=on_x)
        used |= set(gathered.on_x.family) | ({MISSING} if gathered.on_x.own else set())
    lines = [
        each
        for asked in gathered.lines
        for each in compared(asked, gathered.tree, form.seen(asked.line))
    ]
    if told.outcome is Outcome.NO_NUMBER and told.on_x is None and not lines:
        raise CannotCompute(NO_FAMILY)
    used |= {each.who for each in lines}
    return replace(told, lines=lines, typed=sorted(used))


def _refusal(cannot: CannotCompute, tree: Tree, teller: Teller) -> str:
    """Say why nothing was computed, in the reader's words."""
    sentence = teller.gettext(cannot.sentence)
    if cannot.engine is None:
        return sentence
    return sentence % {"engine": note_words(cannot.engine, tree, teller).words}


def _gather(visit: Visit, pair: Pair) -> Gathered:
    return gather(visit.session, visit.viewer, pair.proposal, at=visit.at)


def _show(
    visit: Visit, pair: Pair, gathered: Gathered, form: ComputingForm, *, problem: str = ""
) -> Response:
    teller, proposal = teller_for(visit.language), pair.proposal
    return visit.show(
        "kinship/compute.html",
        status=422 if problem else 200,
        notices=(Notice(problem, "problem"),) if problem else (),
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=f"/pairings/{proposal.pairing.id}/dna",
        form=form,
        lacking=[teller.gettext(each) for each in gathered.lacking],
        used=[used_words(each, teller) for each in gathered.used],
        is_enough=gathered.is_enough,
        has_autosomal=gathered.autosomal.is_enough,
        has_x=gathered.on_x.is_enough,
        lines=[
            (LINE_FIELDS[asked.line], lines_compared(asked, gathered.tree, teller))
            for asked in gathered.lines
        ],
        tables=[
            Choice(str(each.id), f"{each.name} · {each.population}")
            for each in list_tables(visit.session, visit.viewer)
        ],
        thetas=[Choice(f"{each:g}", f"{each:g}") for each in THETAS],
        trail=trail_of(proposal, teller, teller.gettext("Calcular aquí")),
    )
