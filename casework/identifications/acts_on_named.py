"""An act that cannot be undone on remains that somebody is about to name, or has named.

Where no sample is on record as kept, everybody who is party to such a pair is alerted: when
the act is planned, and when it was done. It is recorded either way (rule 9 of *From a pairing
to a name*). A notice says what presses and where to look, and nothing of whom.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.examination.acts import keeps_a_sample
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
)
from casework.identifications.queries import neither_ended_nor_declined
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.notifications.model import NotificationKind
from casework.notifications.writing import Told, tell
from casework.remains.model import Remains
from casework.remains.opening import open_all_remains
from casework.remains.queries import readable_remains
from casework.remains.statements import REMAINS
from casework.review.model import Conclusion, Review, ReviewOutcome
from casework.samples.queries import count_retained
from casework.statements.describing import AtHand
from casework.statements.picture import Picture, entries_in
from casework.statements.reading import read_opened
from privacy.model import Reveals
from privacy.permissions import FORENSIC_ROLES, KEEPER

READ = (Reveals.CIRCUMSTANCE, Reveals.BODY)
# A transfer can be undone; what was called off did not happen.
CANNOT_BE_UNDONE = frozenset({"burial", "common_burial", "cremation", "donation", "handover"})


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A pair that is being examined, or of which an identification stands."""

    person: int
    path: str


def tell_of_act_on_named(database: Database, remains_id: int, at: datetime) -> None:
    """Alert both keepers of each pair under way, if an act presses and no sample is kept."""
    with database.transaction(KEEPER) as session:
        found = readable_remains(KEEPER, at).where(Remains.id == remains_id)
        remains = session.scalars(found).one_or_none()
        pairs = _pairs_under_way(session, remains_id) if remains else []
        if remains is None or not pairs:
            return
        acts = _acts_without_a_sample(session, remains, at)
        keepers = _keepers_of(session, pairs, at)
        for pair in pairs:
            offices = {remains.owner_institution_id, keepers.get(pair.person, 0)} - {0}
            for told in _those_to_tell(remains_id, pair, offices, acts):
                tell(session, told, at=at)


def _pairs_under_way(session: Session, remains_id: int) -> list[UnderWay]:
    """Give each person once: by the decision that stands, or by the review that goes on."""
    decided = sa.select(Decision.case_id, Decision.id).where(
        Decision.remains_id == remains_id,
        Decision.outcome == DecisionOutcome.IDENTIFICATION,
        neither_ended_nor_declined(),
    )
    excluded = sa.exists().where(
        ReviewOutcome.review_id == Review.id,
        ReviewOutcome.conclusion == Conclusion.EXCLUDES,
    )
    examined = sa.select(Review.case_id).where(Review.remains_id == remains_id, ~excluded)
    paths = dict.fromkeys(session.scalars(examined), "/reviews")
    paths |= {row[0]: f"/decisions/{row[1]}" for row in session.execute(decided)}
    return [UnderWay(person, path) for person, path in sorted(paths.items())]


def _acts_without_a_sample(session: Session, remains: Remains, at: datetime) -> list[str]:
    """Name acts that are planned or done, or none where a sample is on record as kept."""
    opened = open_all_remains(session, KEEPER, [remains], at=at, groups=READ)
    openings = opened[remains.id]
    hand = AtHand(session, KEEPER, remains, REMAINS, at)
    picture = read_opened(hand, openings.open)
    if keeps_a_sample(picture, openings, retained=count_retained(session, remains.id)):
        return []
    return list(_acts_in(picture))


def _acts_in(picture: Picture) -> Iterator[str]:
    for entry in entries_in(picture, "irreversible_act_planned").values():
        if entry.get("act") in CANNOT_BE_UNDONE and entry.get("outcome") != "called_off":
            yield f"{entry['act']}:{entry.get('outcome', 'planned')}"


def _keepers_of(
    session: Session, pairs: Collection[UnderWay], at: datetime
) -> Mapping[int, int]:
    people = readable_missing(KEEPER, at).where(
        MissingPerson.id.in_({each.person for each in pairs})
    )
    columns = (MissingPerson.id, MissingPerson.owner_institution_id)
    return {row[0]: row[1] for row in session.execute(people.with_only_columns(*columns))}


def _those_to_tell(
    remains_id: int, pair: UnderWay, offices: Collection[int], acts: Collection[str]
) -> Iterator[Told]:
    for act in acts:
        for office in sorted(offices):
            yield Told(
                kind=NotificationKind.NAMED_ACT,
                institution_id=office,
                roles=tuple(sorted(FORENSIC_ROLES)),
                path=pair.path,
                key=f"named_act:{remains_id}:{pair.person}:{act}:{office}",
            )
