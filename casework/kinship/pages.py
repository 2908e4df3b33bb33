"""What DNA says of one proposal: the result whole, earlier ones, and a laboratory's form."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from casework.errors import CaseworkError, NotFound
from casework.kinship import actions, words
from casework.kinship.forms import LaboratoryForm, Problems, RecordId, read_laboratory
from casework.kinship.model import Computed
from casework.kinship.presenters import trail_of
from casework.kinship.queries import Kept, Pair
from casework.kinship.showing import show_result
from casework.pedigree.kin_words import kin_words
from casework.pedigree.queries import Family, open_tree
from casework.pedigree.tree import MISSING
from casework.samples.queries import dna_consents
from casework.web.access import requires
from casework.web.closed import closed_part
from casework.web.described import Teller, teller_for
from casework.web.languages import Spoken
from casework.web.pieces import Choice, NavLink, Notice
from casework.web.visit import Entered, Visit
from privacy.permissions import Permission

router = APIRouter(include_in_schema=False)


@router.get("/pairings/{pairing_id:int}/dna")
@requires(Permission.PAIRING_READ)
def standing(visit: Entered, pairing_id: RecordId) -> Response:
    """Show the result that holds, or that there is none yet."""
    pair = actions.read_pair(visit.session, visit.viewer, pairing_id, at=visit.at)
    return _show(visit, pair, pair.standing)


@router.get("/pairings/{pairing_id:int}/dna/{number:int}")
@requires(Permission.PAIRING_READ)
def one_result(visit: Entered, pairing_id: RecordId, number: RecordId) -> Response:
    """Show one result, also one that was replaced."""
    pair = actions.read_pair(visit.session, visit.viewer, pairing_id, at=visit.at)
    return _show(visit, pair, pair.result(number))


@router.get("/pairings/{pairing_id:int}/dna/beside")
@requires(Permission.PAIRING_READ)
def beside_the_rest(
    visit: Entered,
    pairing_id: RecordId,
    spoken: Annotated[Spoken | None, Query(alias="in")] = None,
) -> Response:
    """Give the comparison page what DNA says, or how it opens; nothing is opened unasked."""
    pair = actions.read_pair(visit.session, visit.viewer, pairing_id, at=visit.at, proves=False)
    teller, kept = teller_for(spoken or visit.language), pair.standing
    return visit.show(
        "kinship/_beside.html",
        here=f"/pairings/{pairing_id}",
        closed=closed_part(pair.closed, teller) if pair.closed else None,
        result=show_result(visit, pair, kept, teller) if kept else None,
    )


@router.get("/pairings/{pairing_id:int}/dna/new")
@requires(Permission.PROFILE_KEEP)
def begin(
    visit: Entered, pairing_id: RecordId, replaces: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """Ask for a laboratory's result."""
    pair = actions.open_to_write(visit.session, visit.viewer, pairing_id, at=visit.at)
    family = open_tree(visit.session, visit.viewer, pair.proposal.person, at=visit.at)
    form = LaboratoryForm(replaces=replaces, typed=sorted(family.sampled - {MISSING}))
    return _show_form(visit, pair, family, form)


@router.post("/pairings/{pairing_id:int}/dna/new")
@requires(Permission.PROFILE_KEEP)
def keep(
    visit: Entered, pairing_id: RecordId, form: Annotated[LaboratoryForm, Form()]
) -> Response:
    """Keep what a laboratory sent."""
    pair = actions.open_to_write(visit.session, visit.viewer, pairing_id, at=visit.at)
    family = open_tree(visit.session, visit.viewer, pair.proposal.person, at=visit.at)
    told, problems = read_laboratory(form, family, today=visit.at.date())
    if told is None:
        return _show_form(visit, pair, family, form, problems)
    try:
        replaces = pair.result(form.replaces) if form.replaces else None
        agreed = dna_consents(visit.session, pair.proposal.person.id, at=visit.at)
        actions.refuse_without_consent(family.tree, told.typed, agreed)
        actions.keep_result(
            visit.session,
            visit.viewer,
            pair,
            told,
            computed=Computed.LABORATORY,
            replaces=replaces,
            at=visit.at,
        )
    except NotFound:
        raise
    except CaseworkError as refusal:
        return _show_form(visit, pair, family, form, refusal=refusal)
    return visit.leads_to(f"/pairings/{pairing_id}/dna")


def _show(visit: Visit, pair: Pair, kept: Kept | None) -> Response:
    teller = teller_for(visit.language)
    proposal = pair.proposal
    here = f"/pairings/{proposal.pairing.id}/dna"
    return visit.show(
        "kinship/result.html",
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=here,
        closed=closed_part(pair.closed, teller) if pair.closed else None,
        result=show_result(visit, pair, kept, teller) if kept else None,
        others=tuple(
            NavLink(teller.wording.instant(each.result.entered_at), f"{here}/{each.result.id}")
            for each in pair.results
            if kept is None or each.result.id != kept.result.id
        ),
        may_keep=visit.viewer.may(Permission.PROFILE_KEEP) and pair.closed is None,
        may_print=kept is not None and not kept.is_withdrawn,
        trail=trail_of(proposal, teller),
    )


def _show_form(
    visit: Visit,
    pair: Pair,
    family: Family,
    form: LaboratoryForm,
    problems: Problems | None = None,
    *,
    refusal: CaseworkError | None = None,
) -> Response:
    teller = teller_for(visit.language)
    proposal = pair.proposal
    notices = (Notice(teller.gettext(str(refusal)), "problem"),) if refusal else ()
    return visit.show(
        "kinship/new.html",
        status=422 if problems or refusal else 200,
        notices=notices,
        shows_invented=proposal.person.invented or proposal.remains.invented,
        here=f"/pairings/{proposal.pairing.id}/dna",
        form=form,
        problems=_told(problems or {}, teller),
        choices={
            name: [Choice(code.value, teller.gettext(said)) for code, said in pairs.items()]
            for name, pairs in words.CHOICES.items()
        },
        people=[
            Choice(str(each.number), teller.gettext(kin_words(family.tree, each)))
            for each in family.tree.members
            if each.number != MISSING
        ],
        person=proposal.person.reference,
        trail=trail_of(proposal, teller),
    )


def _told(problems: Problems, teller: Teller) -> Mapping[str, str]:
    return {
        name: teller.gettext(sentence) % {"typed": typed} if typed else teller.gettext(sentence)
        for name, (sentence, typed) in problems.items()
    }
