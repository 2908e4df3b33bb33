"""Putting a run's proposals into the registry, many at a time."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing, PairingState
from casework.candidates.weighing import Weighed

AT_ONCE = 25_000
DIGITS = 4  # of a weight in log10: finer than any number of the model is known

# Column of the pairing → its type, in the order in which the arrays are handed over.
HANDED_OVER: dict[str, sa.types.TypeEngine[Any]] = {
    "missing_person_id": sa.BigInteger(),
    "remains_id": sa.BigInteger(),
    "log10_lr": sa.Double(),
    "posterior": sa.Double(),
    "rank_for_missing": sa.Integer(),
    "rank_for_remains": sa.Integer(),
    "weights": sa.Text(),
}


# What a pairing is that the engine lets go: one that somebody opened stays open.
LET_GO = sa.case(
    (Pairing.found_by.is_(None), PairingState.NO_LONGER_PROPOSED.value),
    else_=PairingState.BY_HAND.value,
)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Pairings of one world as they are put down, by row: see `HANDED_OVER`."""

    columns: Sequence[Sequence[Any]]
    prior: float


def propose(session: Session, run_id: int, weighed: Weighed, *, at: datetime) -> None:
    """Enter the pairings of one world; those known already are weighed anew, never doubled."""
    for start in range(0, len(weighed.ranking), AT_ONCE):
        part = _columns(weighed, slice(start, start + AT_ONCE))
        put_down(session, run_id, Proposed(part, weighed.ranking.prior.value), at=at)


def retire_all_but(session: Session, run_id: int) -> None:
    """Say of every pairing that this run did not list that it is no longer proposed."""
    session.execute(
        sa.update(Pairing)
        .where(Pairing.state == PairingState.PROPOSED, Pairing.matching_run_id != run_id)
        .values(state=LET_GO)
        .execution_options(synchronize_session=False)
    )


def put_down(session: Session, run_id: int, proposed: Proposed, *, at: datetime) -> None:
    """Enter some pairings, or weigh anew those known already."""
    arrays = [
        sa.cast(sa.bindparam(None, values, ARRAY(kind)), ARRAY(kind))
        for kind, values in zip(HANDED_OVER.values(), proposed.columns, strict=True)
    ]
    rows = sa.func.unnest(*arrays).table_valued(*HANDED_OVER).render_derived(name="proposed")
    common = {
        "matching_run_id": sa.literal(run_id, sa.BigInteger()),
        "state": sa.literal(PairingState.PROPOSED.value, sa.String()),
        "prior": sa.literal(proposed.prior, sa.Double()),
        "first_proposed_at": sa.literal(at, sa.DateTime(timezone=True)),
        "last_proposed_at": sa.literal(at, sa.DateTime(timezone=True)),
    }
    given = [
        sa.cast(rows.c[name], JSONB) if name == "weights" else rows.c[name]
        for name in HANDED_OVER
    ]
    new = insert(Pairing).from_select(
        [*HANDED_OVER, *common], sa.select(*given, *common.values()), include_defaults=False
    )
    kept = {"missing_person_id", "remains_id", "first_proposed_at"}
    session.execute(
        new.on_conflict_do_update(
            index_elements=["missing_person_id", "remains_id"],
            set_={
                name: new.excluded[name] for name in (*HANDED_OVER, *common) if name not in kept
            },
        )
    )


def _columns(weighed: Weighed, part: slice) -> list[list[Any]]:
    ranking = weighed.ranking
    missing = np.asarray(weighed.world.missing_ids)[ranking.left[part]]
    remains = np.asarray(weighed.world.remains_ids)[ranking.right[part]]
    numbers = (
        missing,
        remains,
        ranking.log10_lr[part],
        ranking.posterior[part],
        ranking.rank_for_left[part],
        ranking.rank_for_right[part],
    )
    return [*(each.tolist() for each in numbers), _weights(weighed, part)]


def _weights(weighed: Weighed, part: slice) -> list[str]:
    kinds = list(weighed.ranking.weights)
    columns = [weighed.ranking.weights[kind][part].tolist() for kind in kinds]
    return weights_in_words(kinds, zip(*columns, strict=True))


def weights_in_words(kinds: Sequence[str], rows: Iterable[Sequence[float]]) -> list[str]:
    """Write the weights of each pairing as JSON; a kind that weighs nothing is left out."""
    return [
        json.dumps(
            {
                kind: round(weight, DIGITS)
                for kind, weight in zip(kinds, row, strict=True)
                if isfinite(weight)
            }
        )
        for row in rows
    ]
