"""What one viewer is shown of one pairing: two files side by side, kind by kind."""

from dataclasses import dataclass

from casework.candidates.both import COMPARED
from casework.candidates.compared_facts import can_compare, facts_of
from casework.candidates.doubts import ShownUnknown, argument_words, shown_unknown
from casework.candidates.drawn import Drawn, drawn_of
from casework.candidates.drawn_way import ShownWay, shown_way
from casework.candidates.explaining import Explanation
from casework.candidates.model import MatchingRun, PairingState
from casework.candidates.presenters import (
    FOUND_WORDS,
    KIND_WORDS,
    band_words,
    chance_words,
    prior_basis_words,
    share_words,
)
from casework.candidates.queries import Proposal
from casework.candidates.sensitivity import counted_words, open_posterior
from casework.candidates.sentences import sentence_of, why_not
from casework.candidates.stations import NO_JOURNEY, Journey
from casework.candidates.unseen_parts import ALL_SEEN, Unseen
from casework.candidates.weighing import Explained
from casework.openings import Closed
from casework.web.charts import widest_of
from casework.web.closed import NEVER_SAID, closed_part
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.pieces import ClosedPart, Compared
from privacy.model import Reveals


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNumbers:
    """All together, by what is open; where a body is closed, a word stands for every number.

    `not_counted`: what would open the rest, whether or not anything is recorded there.
    """

    log10_lr: float | None
    band: str
    closed: ClosedPart | None
    not_counted: ClosedPart | None
    total_words: str
    counted_words: str
    share: str
    chance: str
    prior_chance: str
    prior_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComparison:
    """Everything the comparison page is given."""

    id: int
    person_title: str
    person_href: str
    remains_title: str
    remains_href: str
    person_name: str
    rows: tuple[Compared, ...]
    widest: float
    unknown: tuple[ShownUnknown, ...]
    unknown_widest: float
    argument: str
    closed_kinds: tuple[str, ...]
    numbers: ShownNumbers
    is_proposed: bool
    found_by: str
    is_found_twice: bool
    has_changed: bool
    is_invented: bool
    drawn: Drawn
    way: ShownWay
    model: str
    model_hash: str
    proposed_first: str
    proposed_last: str


def shown_comparison(
    explanation: Explanation,
    teller: Teller,
    *,
    unseen: Unseen = ALL_SEEN,
    journey: Journey = NO_JOURNEY,
) -> ShownComparison:
    """Put one pairing into the words of its page.

    `unseen`: parts that the drawing hatches; `journey`: what was told of the person's way.
    """
    proposal, run = explanation.proposal, explanation.run
    pairing, person, remains = proposal.pairing, proposal.person, proposal.remains
    laid = laid_out(proposal, explanation.explained, teller)
    closed = [kind for kind in laid if _is_closed(kind, proposal)]
    every = {kind: row for kind, row in laid.items() if kind not in closed}
    rows = tuple(row for row in every.values() if row.log10_lr is not None)
    unknown = shown_unknown(every, explanation.explained, teller)
    return ShownComparison(
        id=pairing.id,
        person_title=f"{teller.gettext('Persona desaparecida')} {person.reference}",
        person_href=f"/missing/{person.reference}",
        remains_title=f"{teller.gettext('Restos humanos')} {remains.reference}",
        remains_href=f"/remains/{remains.reference}",
        person_name=_name(proposal),
        rows=rows,
        widest=widest_of([row.log10_lr for row in rows]),
        unknown=unknown,
        unknown_widest=widest_of([each.worth for each in unknown]),
        argument=argument_words(explanation, every, teller),
        closed_kinds=tuple(laid[kind].kind for kind in closed),
        numbers=_numbers(proposal, run, teller),
        is_proposed=pairing.state is not PairingState.NO_LONGER_PROPOSED,
        found_by=teller.gettext(FOUND_WORDS[pairing.found_by]) if pairing.found_by else "",
        is_found_twice=pairing.state is PairingState.PROPOSED,
        has_changed=max(person.changed_at, remains.changed_at) > pairing.last_proposed_at,
        is_invented=person.invented or remains.invented,
        drawn=drawn_of(proposal, unseen, teller),
        way=shown_way(proposal, journey, explanation.explained, teller),
        model=f"{run.model_name} {run.model_version}",
        model_hash=run.model_hash or "",
        proposed_first=teller.wording.instant(pairing.first_proposed_at),
        proposed_last=teller.wording.instant(pairing.last_proposed_at),
    )


def _numbers(proposal: Proposal, run: MatchingRun, teller: Teller) -> ShownNumbers:
    log10_lr, posterior = proposal.log10_lr, open_posterior(proposal, run)
    is_told = log10_lr is not None
    return ShownNumbers(
        log10_lr=log10_lr,
        band=band_words(proposal.band, teller),
        closed=None if is_told else closed_part(_why_closed(proposal, Reveals.BODY), teller),
        not_counted=_not_counted(proposal, teller) if is_told else None,
        total_words="" if log10_lr is None else _total_words(log10_lr, teller),
        counted_words=counted_words(proposal, run, teller) if is_told else "",
        share=share_words(posterior, teller) if is_told else "",
        chance=chance_words(posterior, teller) if is_told else "",
        prior_chance=chance_words(proposal.pairing.prior, teller),
        prior_basis=prior_basis_words(run, teller),
    )


def _name(proposal: Proposal) -> str:
    """Give the first name of the person, where their identity is open."""
    if not proposal.of_person.shows(Reveals.IDENTITY):
        return ""
    return next((name.full for name in proposal.person.names if name.full), "")


def _why_closed(proposal: Proposal, group: Reveals) -> Closed:
    """Say what would open a group that is closed, the person's first."""
    for openings in (proposal.of_person, proposal.of_remains):
        if not openings.shows(group):
            return openings.closed.get(group, NEVER_SAID)
    return NEVER_SAID


def laid_out(proposal: Proposal, explained: Explained, teller: Teller) -> dict[str, Compared]:
    """Lay both records side by side, by kind in the order in which kinds are summed."""
    left, right = facts_of(proposal, teller)
    weights = proposal.weights
    return {
        kind: Compared(
            teller.gettext(label),
            left[kind],
            right[kind],
            weights.get(kind),
            _sentence(kind, weights.get(kind), explained, teller),
        )
        for kind, label in KIND_WORDS.items()
        if kind in left  # the registry tells the engine of no other kind yet
    }


def _is_closed(kind: str, proposal: Proposal) -> bool:
    """Say whether nobody here can say what a kind weighs, nor that it lacks."""
    return kind not in proposal.weights and not can_compare(kind, proposal)


def _not_counted(proposal: Proposal, teller: Teller) -> ClosedPart | None:
    """Say what would open the first group that counts for nothing here, recorded or not."""
    for group in COMPARED:
        if not proposal.shows(group):
            return closed_part(_why_closed(proposal, group), teller)
    return None


def _sentence(kind: str, weight: float | None, explained: Explained, teller: Teller) -> str:
    """Say what was compared, and then how strongly it speaks."""
    if weight is None:
        return why_not(explained.lacking.get(kind, ""), teller)
    reason, facts = explained.reasons.get(kind, ("", {}))
    strength = teller.wording.weight_in_words(weight)
    return f"{sentence_of(reason, facts, teller)} {strength}".strip()


def _total_words(log10_lr: float, teller: Teller) -> str:
    times = teller.wording.times(log10_lr)
    if log10_lr >= 0:
        said = marked(
            "Todo junto es %(times)s veces más probable si los dos registros hablan de la "
            "misma persona que si hablan de dos personas distintas."
        )
    else:
        said = marked(
            "Todo junto es %(times)s veces más probable si los dos registros hablan de dos "
            "personas distintas que si hablan de la misma."
        )
    return teller.gettext(said) % {"times": times}
