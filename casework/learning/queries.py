"""Reading what was decided, as the worker; and reports, as whoever may read of the engine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.adopted import WeightSet, WeightSetSignature
from casework.candidates.model import PairByHand, Pairing, PairingState
from casework.errors import NotFound
from casework.identifications.model import (
    Decision,
    DecisionEnd,
    DecisionOutcome,
    DecisionSignature,
    GateEntry,
    GateKind,
    SignedFor,
)
from casework.learning.model import DecidedProposal
from casework.learning.rules import looked_at_by, teaches
from casework.missing.ages import age_by_birth
from casework.missing.model import MissingPerson

MOST_LISTED = 200_000
SHOWN_SETS = 20
BOTH = {SignedFor.PERSON, SignedFor.REMAINS}
AGES = ((18, "under 18"), (30, "18–29"), (45, "30–44"), (60, "45–59"), (200, "60 and older"))


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """One locked decision, what had been said of its pair, and whose it is by group alone."""

    number: int
    is_true: bool
    invented: bool
    teaches: bool
    left_out: frozenset[str]
    said: DecidedProposal
    groups: Mapping[str, str]


class Listed(NamedTuple):
    """One proposal of the last run: its number, whose list, its place there, its weights."""

    id: int
    person: int
    rank: int
    weights: Mapping[str, float]
    model_version: str


def all_decided(session: Session) -> list[DecidedPair]:
    """Read every identification and exclusion that is locked and stands, in its order."""
    rows = session.execute(
        sa.select(Decision, DecidedProposal, MissingPerson)
        .join(DecidedProposal, DecidedProposal.decision_id == Decision.id)
        .join(MissingPerson, MissingPerson.id == Decision.case_id)
        .where(
            Decision.outcome.in_([DecisionOutcome.IDENTIFICATION, DecisionOutcome.EXCLUSION]),
            ~sa.exists().where(DecisionEnd.decision_id == Decision.id),
            # The engine did not choose these: they would say nothing of how it chooses.
            # Who opened them says so: the keeper, who reads this, sees no proposals.
            ~sa.exists().where(
                PairByHand.case_id == Decision.case_id,
                PairByHand.remains_id == Decision.remains_id,
                ~PairByHand.was_proposed,
            ),
        )
        .order_by(Decision.id)
    ).all()
    locked = _locked(session)
    methods = _methods(session)
    return [
        _pair(decision, said, person, methods[decision.case_id, decision.remains_id])
        for decision, said, person in rows
        if decision.id in locked
    ]


def _pair(
    decision: Decision, said: DecidedProposal, person: MissingPerson, methods: Iterable[str]
) -> DecidedPair:
    is_true = decision.outcome == DecisionOutcome.IDENTIFICATION
    named = frozenset(methods) if is_true else frozenset()
    return DecidedPair(
        decision.id,
        is_true,
        person.invented,
        teaches(decision.outcome, (decision.method, decision.strength), named),
        looked_at_by(decision.method, named),
        said,
        {
            "year": str(decision.entered_at.year),
            "sex": person.sex.value,
            "age_group": _age_group(person),
            "nationality": min(person.nationalities, default="unknown"),
            "institution": str(person.owner_institution_id),
        },
    )


def _age_group(person: MissingPerson) -> str:
    age = person.age or age_by_birth(person)
    if age is None:
        return "unknown"
    return next(name for below, name in AGES if age.middle < below)


def _locked(session: Session) -> set[int]:
    """Say which decisions all keepers have accepted."""
    given: dict[int, set[SignedFor]] = defaultdict(set)
    declined: set[int] = set()
    rows = sa.select(
        DecisionSignature.decision_id, DecisionSignature.signed_for, DecisionSignature.accepted
    )
    for number, signed_for, accepted in session.execute(rows):
        given[number].add(signed_for)
        if not accepted:
            declined.add(number)
    whole = {n for n, signed in given.items() if SignedFor.BOTH in signed or signed >= BOTH}
    return whole - declined


def _methods(session: Session) -> Mapping[tuple[int, int], set[str]]:
    """Name the primary identifiers that stand on record of each pair."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    rows = (
        sa.select(
            GateEntry.case_id, GateEntry.remains_id, GateEntry.about, GateEntry.is_withdrawn
        )
        .where(GateEntry.kind == GateKind.PRIMARY_REPORT)
        .order_by(GateEntry.id)
    )
    for case_id, remains_id, about, is_withdrawn in session.execute(rows):
        change = found[case_id, remains_id].discard if is_withdrawn else None
        (change or found[case_id, remains_id].add)(about)
    return found


def all_listed(session: Session, run_id: int, version: str) -> list[Listed]:
    """Read what the last run proposes, list by list; of a very large registry a part."""
    rows = session.execute(
        sa.select(
            Pairing.id, Pairing.missing_person_id, Pairing.rank_for_missing, Pairing.weights
        )
        .where(
            Pairing.matching_run_id == run_id,
            Pairing.state == PairingState.PROPOSED,
            Pairing.rank_for_missing > 0,
        )
        .order_by(Pairing.missing_person_id, Pairing.rank_for_missing)
        .limit(MOST_LISTED)
    )
    return [
        Listed(number, person, rank, weights, version) for number, person, rank, weights in rows
    ]


def all_factors(session: Session) -> dict[str, Mapping[str, Any]]:
    """Give the factors of every set by its name, to say which were in force when."""
    rows = session.execute(sa.select(WeightSet.id, WeightSet.factors))
    return {str(number): factors or {} for number, factors in rows}


def list_sets(session: Session) -> Sequence[WeightSet]:
    """List the newest reports; the database shows them to whoever may read of the engine."""
    return session.scalars(
        sa.select(WeightSet).order_by(WeightSet.id.desc()).limit(SHOWN_SETS)
    ).all()


def get_set(session: Session, number: int) -> WeightSet:
    """Fetch one report.

    Raises
    ------
    NotFound
        If there is none of that number, or it is hidden.
    """
    found = session.get(WeightSet, number)
    if found is None:
        raise NotFound("weight_set")
    return found


def signatures_of(
    session: Session, sets: Iterable[WeightSet]
) -> Mapping[int, list[WeightSetSignature]]:
    """Read who signed what of some sets, the first first."""
    found: dict[int, list[WeightSetSignature]] = defaultdict(list)
    rows = (
        sa.select(WeightSetSignature)
        .where(WeightSetSignature.weight_set_id.in_([each.id for each in sets]))
        .order_by(WeightSetSignature.id)
    )
    for each in session.scalars(rows):
        found[each.weight_set_id].append(each)
    return found
