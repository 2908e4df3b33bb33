"""One proposal among those that compete with it, as far as its viewer may see them.

Everything here is reckoned from pairings whose two records, and whose numbers, are open to
the viewer; nothing else is even read. So what is said cannot tell that a pairing exists which
the viewer may not see: with and without it the answer is the same (a test holds that). What is
closed of the proposal itself is left out of the weights of all, so that all are weighed alike.
The price is said on the page: proposals that the viewer cannot see may change the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import MatchingRun, Pairing, PairingState
from casework.candidates.narrowing import (
    OPEN_NUMBERS,
    WHOLE_NUMBERS,
    is_excluded,
    readable_pairings,
)
from casework.candidates.open_numbers import open_sum
from casework.candidates.queries import Proposal
from casework.candidates.rules import MAY_BE_SEARCHED
from casework.database import any_of
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from matching.calibration import CalibrationParameters, calibrated
from matching.errors import UnknownModel
from matching.joint import Joint, WeighedPairs, odds_before, reason_at
from matching.learned_model import shipped_version
from matching.model_file import load_model
from privacy.door import recheck
from privacy.permissions import Permission, Viewer

MOST_PAIRS = 400
"""Pairings reasoned about on one page, the heaviest of those around; our choice."""

HEAVIER = 200
"""Of the pairings of all people around, how many are as heavy as those of the remains that are
asked for first; our choice: the heaviest `MOST_PAIRS` of both sides mostly are."""

SHOWN = 5
WORTH_SHOWING = 0.01


@dataclass(frozen=True, slots=True)
class Rival:
    """Another proposal of one of the two records, and what is believed of it."""

    pairing_id: int
    reference: str
    posterior: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What is believed of one proposal once those around it are weighed with it."""

    pairs: int
    posterior: float
    nobody_for_person: float
    nobody_for_remains: float
    is_chosen: bool
    is_tied: bool
    rivals_of_person: tuple[Rival, ...]
    rivals_of_remains: tuple[Rival, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """Whose records are named beside the two: the log is told."""
        return tuple(each.reference for each in self.rivals_of_person + self.rivals_of_remains)


def taken_together(
    session: Session, viewer: Viewer, proposal: Proposal, run: MatchingRun, *, at: datetime
) -> Together | None:
    """Reason about a proposal and those around it; None where its numbers are closed."""
    own = proposal.pairing
    if own.state is not PairingState.PROPOSED or not proposal.shows_numbers:
        return None
    around = _around(session, viewer, proposal, at=at)
    if own.id not in {each.id for each in around}:
        return None
    joint = _reason([open_sum(each, proposal.shows) for each in around], around, run)
    return _told(session, viewer, own, around, joint=joint, at=at)


def _around(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Sequence[Pairing]:
    """Read the open proposals of both records, and those of whom these name.

    Without what a standing exclusion keeps out: two people are no rivals of each other. It is
    asked each time, so that what opens again counts again.
    """
    own = proposal.pairing
    comparable = WHOLE_NUMBERS if proposal.shows_all else OPEN_NUMBERS
    proposed = readable_pairings(viewer, at, open_of_both=comparable).where(
        Pairing.state == PairingState.PROPOSED,
        sa.or_(Pairing.id == own.id, ~is_excluded(viewer)),
    )
    first = heaviest_around(session, proposed, {own.missing_person_id}, {own.remains_id})
    second = heaviest_around(
        session,
        proposed,
        {each.missing_person_id for each in first},
        {each.remains_id for each in first},
    )
    nearest = {each.id: each for each in (*first, *second)}
    chosen = list(nearest.values())[:MOST_PAIRS]
    return recheck(session, viewer, Permission.PAIRING_READ, chosen, at)


def heaviest_around(
    session: Session, proposed: sa.Select[Pairing], people: set[int], remains: set[int]
) -> Sequence[Pairing]:
    """Read those proposals that are of any of these records, heaviest first.

    Each side is asked for itself: of both in one question PostgreSQL guesses so few to be open
    that it goes through all remains. Of the remains the heavier ones are asked for first: each
    is looked at by all policies, and the lighter ones are wanted only if there are few.
    """
    of_people = _heaviest(session, proposed, Pairing.missing_person_id == any_of(people))
    of_remains = Pairing.remains_id == any_of(remains)
    if len(of_people) <= HEAVIER:
        others = _heaviest(session, proposed, of_remains)
    else:
        least = of_people[HEAVIER].log10_lr
        # Said twice over, so that PostgreSQL does not read the index of the whole queue for it.
        is_heavier = (Pairing.log10_lr >= least).is_(sa.true())
        others = _heaviest(session, proposed, of_remains, is_heavier)
        found = {each.id for each in (*of_people, *others) if each.log10_lr >= least}
        if len(found) < MOST_PAIRS:
            lighter = _heaviest(session, proposed, of_remains, ~is_heavier)
            others = [*others, *lighter]
    nearest = {each.id: each for each in (*of_people, *others)}
    return sorted(nearest.values(), key=lambda each: (-each.log10_lr, each.id))[:MOST_PAIRS]


def _heaviest(
    session: Session, proposed: sa.Select[Pairing], *which: sa.ColumnElement[bool]
) -> Sequence[Pairing]:
    nearest = (Pairing.log10_lr.desc(), Pairing.id)
    return session.scalars(proposed.where(*which).order_by(*nearest).limit(MOST_PAIRS)).all()


def _reason(log10_lr: Sequence[float], around: Sequence[Pairing], run: MatchingRun) -> Joint:
    pairs = WeighedPairs(
        [_name(each.missing_person_id) for each in around],
        [_name(each.remains_id) for each in around],
        calibrated(np.array(log10_lr), calibration_of(run)),
    )
    return reason_at(pairs, _odds_before(around[0].prior, run))


def _name(number: int) -> str:
    """Write a number so that names stand in its order."""
    return f"{number:020}"


def calibration_of(run: MatchingRun) -> CalibrationParameters | None:
    """Give what the model of a run takes its weights for; None where that model is gone."""
    try:
        name = shipped_version(f"{run.model_name}-{run.model_version}")
        return load_model(name).calibration
    except UnknownModel:
        return None


def sizes_of(run: MatchingRun) -> tuple[int, int]:
    """Say how many a run compared on either side; of two worlds at once nobody knows: 0."""
    sizes = run.missing_count or 0, run.remains_count or 0
    pairs = (run.pairs_scored or 0) + (run.pairs_skipped or 0)
    return sizes if sizes[0] * sizes[1] == pairs else (0, 0)


def _odds_before(prior: float, run: MatchingRun) -> float:
    """Odds of any pair; of a run over two worlds at once the size of one is not known."""
    sizes = sizes_of(run)
    pairs = sizes[0] * sizes[1]
    if not 0 < prior * pairs < min(sizes):
        return prior / (1 - prior)  # the least it can be
    return odds_before(prior, *sizes)


def _told(
    session: Session,
    viewer: Viewer,
    own: Pairing,
    around: Sequence[Pairing],
    *,
    joint: Joint,
    at: datetime,
) -> Together:
    believed = dict(zip([each.id for each in around], joint.posterior.tolist(), strict=True))
    here = [each.id for each in around].index(own.id)
    of_person = _rivals(around, believed, own, Pairing.missing_person_id.key)
    of_remains = _rivals(around, believed, own, Pairing.remains_id.key)
    remains = _references(session, readable_remains(viewer, at), Remains, of_person)
    people = _references(session, readable_missing(viewer, at), MissingPerson, of_remains)
    return Together(
        pairs=len(around),
        posterior=believed[own.id],
        nobody_for_person=joint.nobody_left[_name(own.missing_person_id)],
        nobody_for_remains=joint.nobody_right[_name(own.remains_id)],
        is_chosen=bool(joint.chosen[here]),
        is_tied=bool(joint.chosen[here] and joint.margin[here] == 0),
        rivals_of_person=tuple(
            Rival(each.id, remains[each.remains_id], believed[each.id])
            for each in of_person
            if each.remains_id in remains
        ),
        rivals_of_remains=tuple(
            Rival(each.id, people[each.missing_person_id], believed[each.id])
            for each in of_remains
            if each.missing_person_id in people
        ),
    )


def _rivals(
    around: Sequence[Pairing], believed: Mapping[int, float], own: Pairing, side: str
) -> list[Pairing]:
    """Choose the other pairings of one of the two records, the most probable first."""
    others = [
        each
        for each in around
        if each.id != own.id
        and getattr(each, side) == getattr(own, side)
        and believed[each.id] >= WORTH_SHOWING
    ]
    return sorted(others, key=lambda each: -believed[each.id])[:SHOWN]


def _references(
    session: Session, whole: sa.Select[Any], table: type[Any], rivals: Sequence[Pairing]
) -> dict[int, str]:
    """Name the other records of some pairings, as far as they may be read and searched."""
    side = Pairing.remains_id if table is Remains else Pairing.missing_person_id
    ids = [getattr(each, side.key) for each in rivals]
    query = whole.where(table.id == any_of(ids), table.search_consent.in_(MAY_BE_SEARCHED))
    return {row.id: row.reference for row in session.scalars(query)}
