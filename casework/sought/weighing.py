"""People alive laid beside missing persons by the engine, and one pair explained."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.candidates.apart import Keeping, companies
from casework.candidates.proposing import weights_in_words
from casework.candidates.reading import Told
from casework.candidates.rules import LEAST_LOG10_LR
from casework.candidates.weighing import (
    Counted,
    carried_of,
    counted_of,
    missing_record,
    names_of,
    shared_of,
)
from casework.sought.rules import PROPOSED_OF_EACH
from casework.values import dates_of
from matching.errors import UnknownModel
from matching.explanation import explain
from matching.judgement import believed, judge
from matching.model_file import load_model
from matching.pairings import NEWEST, Pairing, as_seen, as_told
from matching.records import LivingRecord
from matching.search import rank_companies
from matching.unknowns.commonness import read_kept

MODEL = NEWEST[Pairing.MISSING_LIVING]


@dataclass(frozen=True, slots=True)
class Found:
    """One pair worth proposing, by the numbers of its rows."""

    missing_person_id: int
    living_person_id: int
    log10_lr: float
    posterior: float
    prior: float
    weights: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """By kind of evidence: the reason with its values, or the side that says nothing."""

    reasons: Mapping[str, tuple[str, Mapping[str, str | float]]]
    lacking: Mapping[str, str]


def weigh(people: Sequence[Told], alive: Sequence[Told]) -> Iterator[Found]:
    """Weigh everybody alive against all missing persons; real and invented ones apart."""
    for invented in (False, True):
        left = [each for each in people if each.row.invented is invented]
        right = [each for each in alive if each.row.invented is invented]
        if left and right:
            yield from _of_world(left, right)


def _of_world(people: Sequence[Told], alive: Sequence[Told]) -> Iterator[Found]:
    model = load_model(MODEL)
    may_meet = companies(
        [Keeping.of(each.row) for each in people], [Keeping.of(each.row) for each in alive]
    )
    if not may_meet:
        return
    ranked = rank_companies(
        [as_told(missing_record(each)) for each in people],
        [as_seen(living_record(each)) for each in alive],
        model,
        may_meet,
        top=PROPOSED_OF_EACH,
        jobs=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        min_log10_lr=LEAST_LOG10_LR,
    )
    found = believed(ranked, judge(ranked, model, counts=(len(people), len(alive))))
    # Read from the side of the living alone: what is among the best of a report and not of
    # theirs nobody would come to, and there are as many reports as in the whole registry.
    of_theirs = found.rank_for_right > 0
    kinds = list(found.weights)
    columns = [found.weights[kind][of_theirs].tolist() for kind in kinds]
    weights = weights_in_words(kinds, zip(*columns, strict=True))
    numbers = (found.left, found.right, found.log10_lr, found.posterior)
    for left, right, log10_lr, posterior, said in zip(
        *(each[of_theirs].tolist() for each in numbers), weights, strict=True
    ):
        yield Found(
            people[left].row.id,
            alive[right].row.id,
            log10_lr,
            posterior,
            found.prior.value,
            said,
        )


def living_record(told: Told) -> LivingRecord:
    """Give the engine's view of somebody alive; where they are is none of its business."""
    person = told.row
    return LivingRecord(
        **shared_of(told),
        **carried_of(told, of_remains=False),
        birth=dates_of(person.birth_from, person.birth_to) if told.tells_birth else None,
        found=dates_of(person.found_from, person.found_to),
        names=names_of(told.names),
    )


def counted_in_living(told: Told) -> Counted:
    """Count what a record of somebody alive carries beside its columns."""
    return counted_of(living_record(told))


def explain_sought(person: Told, alive: Told, model: str) -> Reasons:
    """Give the reasons behind the weights of one pair; the weights are those put down."""
    try:
        numbers = load_model(model)
    except UnknownModel:
        numbers = load_model(MODEL)
    pair: tuple[Any, Any] = as_told(missing_record(person)), as_seen(living_record(alive))
    found = explain(*pair, numbers, read_kept(None))
    return Reasons(
        {each.kind.value: (each.reason.value, dict(each.facts)) for each in found.weights},
        {each.kind.value: each.side.value for each in found.lacking},
    )
