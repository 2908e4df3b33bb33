"""Putting one result into words for a visit: with its run, and the name of who entered it."""

from casework.candidates.queries import run_of
from casework.kinship.presenters import ShownResult, shown_result
from casework.kinship.queries import Kept, Pair
from casework.signin.queries import names_behind
from casework.web.described import Teller
from casework.web.visit import Visit


def show_result(visit: Visit, pair: Pair, kept: Kept, teller: Teller) -> ShownResult:
    """Show one result on a page or on paper."""
    run = run_of(visit.session, visit.viewer, pair.proposal.pairing)
    officers = names_behind(visit.session, {kept.result.entered_by})
    who = officers.get(kept.result.entered_by) or teller.gettext("otra institución")
    return shown_result(pair, kept, run, teller, entered_by=who)
