"""Rows that whoever is signed in sends to the database past every page."""

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import rule

from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    DecisionRelease,
    DecisionSignature,
    SignedFor,
)
from casework.missing.model import MissingPerson
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.remains.model import Remains
from casework.review.model import (
    Conclusion,
    DecidedBy,
    Opinion,
    Place,
    ReviewOutcome,
    ReviewSeat,
)
from tests.casework.identifications.random_deeds import RandomDeeds, anybody


class DeedsPastThePages(RandomDeeds):
    """Everybody tries everything, forged rows too."""

    @rule(who=anybody, of=anybody, place=st.sampled_from(Place))
    def forges_an_opinion(self, who, of, place):
        review, seat = self.truth.last_review(), self.truth.last_seat()
        account = self.people[of].account_id
        common = {"review_id": review, "case_id": self.pair.person, "account_id": account}

        def a_seat(session, viewer):
            session.add(
                ReviewSeat(
                    **common,
                    place=place,
                    institution_id=viewer.institution_id,
                    due_on=self.noon.date(),
                    seated_at=self.noon,
                    seated_by=viewer.account_id,
                )
            )

        def an_opinion(session, viewer):
            del viewer
            session.add(Opinion(**common, seat_id=seat, given_at=self.noon))

        self.done["forged a seat"] += self._try(who, a_seat)
        self.done["forged an opinion"] += self._try(who, an_opinion)

    @rule(who=anybody, by=st.sampled_from(DecidedBy))
    def forges_an_outcome(self, who, by):
        def outcome(session, viewer):
            session.add(
                ReviewOutcome(
                    review_id=self.truth.last_review(),
                    case_id=self.pair.person,
                    decided_by=by,
                    conclusion=Conclusion.SUPPORTS,
                    unexplained=[],
                    is_exception=True,
                    reached_at=self.noon,
                    reached_by=viewer.account_id,
                )
            )

        self.done["forged an outcome"] += self._try(who, outcome)

    @rule(who=anybody, of=anybody, side=st.sampled_from(SignedFor))
    def forges_a_decision(self, who, of, side):
        number = self.truth.last_decision()
        own = self.people[of]
        common = {
            "case_id": self.pair.person,
            "remains_id": self.pair.remains,
            "institution_id": own.institution_id,
            "entered_by": own.account_id,
            "entered_at": self.noon,
        }
        rows = {
            "an identification": Decision(
                **common,
                outcome=DecisionOutcome.IDENTIFICATION,
                review_id=self.truth.last_review(),
            ),
            "a signature": DecisionSignature(
                **common, decision_id=number, signed_for=side, accepted=True
            ),
            "a release": DecisionRelease(**common, decision_id=number),
        }
        for name, row in rows.items():
            self.done[f"forged {name}"] += self._try(
                who, lambda session, _viewer, row=row: session.add(row)
            )

    @rule(who=anybody)
    def forges_a_name(self, who):
        named = sa.update(Remains).where(Remains.id == self.pair.remains)
        status = IdentificationStatus.IDENTIFIED
        self._try(who, lambda s, _v: s.execute(named.values(identification_status=status)))

    @rule(who=anybody)
    def forges_a_death(self, who):
        told = sa.update(MissingPerson).where(MissingPerson.id == self.pair.person)
        status = SearchStatus.IDENTIFIED_DECEASED
        self._try(who, lambda s, _v: s.execute(told.values(search_status=status)))
