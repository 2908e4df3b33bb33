"""What two examiners said of a pair, for paper: only once both have spoken (ADR 0049)."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.candidates.queries import Proposal
from casework.review.model import Review
from casework.review.presenters import (
    ShownOpinion,
    conclusion_words,
    kind_words,
    shown_opinions,
)
from casework.review.queries import (
    Given,
    Laid,
    Standing,
    State,
    given_in,
    last_review,
    outcomes_of,
    standing_in,
)
from casework.review.words import DECIDED_WORDS, VERDICT_WORDS
from casework.signin.queries import institution_names, names_behind
from casework.web.described import Teller
from casework.web.visit import Visit

NOT_YET = frozenset({State.NONE, State.AWAITED})


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What one person said of one kind, and why."""

    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownVerdicts:
    """One kind of evidence, as each of them saw it, in the order of those who speak."""

    kind: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOpinions:
    """Both opinions, the third's if there is one, and what came of them."""

    people: tuple[ShownOpinion, ...]
    offices: tuple[str, ...]
    rows: tuple[ShownVerdicts, ...]
    outcome: str
    decided_by: str
    reached_on: str
    unexplained: tuple[str, ...]


def last_opinions(visit: Visit, proposal: Proposal, teller: Teller) -> ShownOpinions | None:
    """Give what was said in the last review of a pair."""
    review = last_review(visit.session, visit.viewer, proposal)
    return agreed_opinions(visit, proposal, review, teller) if review else None


def agreed_opinions(
    visit: Visit, pair: Laid, review: Review, teller: Teller
) -> ShownOpinions | None:
    """Give what was said in one review; nothing before both have spoken, nor one's own."""
    session, viewer = visit.session, visit.viewer
    standing = standing_in(session, review)
    if standing.state in NOT_YET:
        return None
    given = given_in(session, viewer, pair, review, at=visit.at)
    if not given:
        return None
    ordered = sorted(given, key=lambda one: one.seat.place.value == "third")
    names = names_behind(session, {each.row.account_id for each in given})
    offices = institution_names(session, {each.seat.institution_id for each in given})
    return ShownOpinions(
        people=tuple(shown_opinions(given, names, teller)),
        offices=tuple(offices.get(each.seat.institution_id, "") for each in ordered),
        rows=_rows(ordered, teller),
        unexplained=tuple(kind_words(each, teller) for each in sorted(standing.unexplained)),
        **_came_of(visit, review, standing, teller),
    )


def _rows(given: Sequence[Given], teller: Teller) -> tuple[ShownVerdicts, ...]:
    kinds = list(dict.fromkeys(kind for each in given for kind in each.said.kinds))
    return tuple(
        ShownVerdicts(
            kind_words(kind, teller), tuple(_cell(each, kind, teller) for each in given)
        )
        for kind in kinds
    )


def _cell(given: Given, kind: str, teller: Teller) -> ShownCell:
    of = given.said.kinds.get(kind)
    if of is None or of.verdict is None:
        return ShownCell("—", "")
    return ShownCell(teller.gettext(VERDICT_WORDS[of.verdict]), of.note)


def _came_of(
    visit: Visit, review: Review, standing: Standing, teller: Teller
) -> dict[str, str]:
    outcomes = outcomes_of(visit.session, [review.id])[review.id]
    last = max(outcomes.values(), key=lambda each: each.id)
    agreed = standing.state is State.AGREED
    differ = teller.gettext("los dos dictámenes difieren, y falta conciliarlos")
    return {
        "outcome": conclusion_words(last.conclusion, teller) if agreed else differ,
        "decided_by": teller.gettext(DECIDED_WORDS[last.decided_by]) if agreed else "",
        "reached_on": teller.wording.instant(last.reached_at),
    }
