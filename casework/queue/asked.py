"""What the queue can be asked for, as it stands in its address."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import Session

from casework.candidates.narrowing import Wanted
from casework.candidates.queries import QueueSearch
from casework.listing import MaybeBlank
from casework.queue.evidence import Evidence, has_evidence
from casework.queue.parking import Parked
from casework.queue.states import PairState, among, condition_of, numbers_of, seats_held_by
from casework.review.blind import yet_to_speak
from privacy.permissions import Viewer

OLDEST = 120
NEW_WITHIN = (1, 7, 30, 90)  # days

Age = Annotated[int, Field(ge=0, le=OLDEST)]
Days = Annotated[int, Field(ge=1, le=3_650)]


class Order(StrEnum):
    """How the list is ordered."""

    WORTH = ""  # what a look is worth, fairly
    STRENGTH = "strength"


class QueueAsked(QueueSearch):
    """What the page of the queue can be asked for beyond what a program asks."""

    evidence: MaybeBlank[Evidence] = None
    state: MaybeBlank[PairState] = None
    nationality: str = Field("", max_length=2)
    institution: MaybeBlank[Annotated[int, Field(ge=1, le=2**53)]] = None
    age_min: MaybeBlank[Age] = None
    age_max: MaybeBlank[Age] = None
    seen_from: MaybeBlank[date] = None
    seen_to: MaybeBlank[date] = None
    new: MaybeBlank[Days] = None
    mine: str = Field("", max_length=3, pattern=r"^(yes)?$")
    order: Order = Order.WORTH

    @property
    def query(self) -> dict[str, str]:
        """Give what was asked as it stands in the address, without the page."""
        told = self.model_dump(mode="json", exclude={"page"})
        return {name: str(value) for name, value in told.items() if value not in {None, ""}}

    @property
    def narrows(self) -> bool:
        """Say whether anything but an order was asked for."""
        return bool(set(self.query) - {"order"})

    @property
    def asks_more(self) -> bool:
        """Say whether something was asked for that stands folded in the form."""
        folded = {"order", "q", "country", "sex", "least", "excluded"}
        return bool(set(self.query) - folded)

    def narrowed(
        self, session: Session, viewer: Viewer, parked: Parked, *, at: datetime
    ) -> Wanted:
        """Give what the query needs; what is parked stays out unless it is asked for."""
        more = []
        if self.state is PairState.PARKED:
            more.append(among(numbers_of(session, parked.resting)))
        elif self.state is PairState.BACK:
            more.append(among(numbers_of(session, parked.back)))
        elif self.state is not None:
            more.append(condition_of(session, viewer, self.state))
        elif parked.resting:
            more.append(~among(numbers_of(session, parked.resting)))
        if self.excluded:
            blind = yet_to_speak(session, viewer)
            more.append(~among(numbers_of(session, blind)))
        if self.mine:
            more.append(seats_held_by(session, viewer.account_id))
        if self.evidence is not None:
            more.append(has_evidence(session, viewer, self.evidence, at=at))
        return replace(
            self.wanted(),
            age_from=self.age_min,
            age_to=self.age_max,
            day_from=self.seen_from,
            day_to=self.seen_to,
            nationality=self.nationality,
            institution=self.institution,
            new_since=at - timedelta(days=self.new) if self.new else None,
            more=tuple(more),
            is_few=bool(self.mine) or self.state not in {None, PairState.UNSEEN},
        )
