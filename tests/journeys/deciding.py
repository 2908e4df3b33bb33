"""Four pairs for the walk: one to look at, one before the board, one named, one closed.

Done by the product's own functions as people would do it; only the records, two more examiners
and the proposals are written down at once. The proposals are the least probable of all, so
that the queue of other journeys stays as it is.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from casework.candidates.model import MatchingRun, Pairing, PairingState
from casework.candidates.queries import get_proposal
from casework.identifications.actions import Proposing, propose, put_on_record
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import get_decision, open_gate
from casework.identifications.releasing import release
from casework.identifications.signing import sign
from casework.queue.hours import Week, say_hours
from casework.review.actions import give_opinion
from casework.review.boards import convene_board
from casework.review.kinds import kinds_before
from casework.review.model import Conclusion, Verdict
from casework.review.said import OfKind, Said
from casework.review.seats import seat_person, take_seat
from casework.signin.actions import add_account
from casework.signin.model import Institution
from casework.signin.queries import find_account, viewer_of
from casework.telling.actions import enter_step
from casework.telling.forms import StepForm, read_step
from casework.telling.model import StepKind
from casework.telling.queries import open_telling
from casework.unblinding.actions import Saying, ask
from casework.unblinding.model import Answer
from casework.unblinding.queries import get_pair
from privacy.permissions import DOOR, KEEPER, MATCHER, Purpose, Role
from tests.builders import a_missing_person, a_relative, grant_of, remains_found
from tests.casework.identifications.conftest import ITEMS, REASON
from tests.conftest import ADMINISTRATOR

AT = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
TOLD = {
    "happened_on": "2026-03-01",
    "who": "Luz Inventada",
    "whom": "la madre",
    "language": "es",
    "how": "in_person",
    "said": "Que su hija fue identificada.",
}


class Deciding:
    """Lets people of one institution do things about pairs, each in a transaction."""

    def __init__(self, world):
        self.database = world.database
        with self.database.transaction(DOOR) as session:
            amal, bruno = (
                viewer_of(find_account(session, each)) for each in ("examiner", "coordinator")
            )
        self.amal, self.bruno = map(_at_work, (amal, bruno))
        self.berta, self.celso = (self._examiner(name) for name in ("Berta", "Celso"))

    def does(self, viewer, number, deed, *given, **said):
        with self.database.transaction(viewer) as session:
            proposal = get_proposal(session, viewer, number, at=AT)
            return deed(session, viewer, proposal, *given, at=AT, **said)

    def are_of(self, *conclusions, pair):
        """Let Berta and Celso look at a pair, and say what they conclude."""
        both = (self.berta, self.celso)
        for each in both:
            self.does(each, pair, take_seat)
        for each, conclusion in zip(both, conclusions, strict=True):
            self.does(each, pair, self._says, conclusion)

    def a_pair(self, owner=None, **of_person):
        """Propose a person and remains to each other; `owner`: who keeps the person."""
        owner = owner or self.bruno
        with self.database.transaction(KEEPER) as session:
            person = a_missing_person(
                session, owner, protected=False, invented=True, **of_person
            )
            found = remains_found(session, self.bruno, invented=True)
            if of_person:
                mother = a_relative(session, person)
                grant_of(session, person, ("antemortem", "search", "forensic"), giver=mother)
            sides = (person.id, found.id)
        with self.database.transaction(MATCHER) as session:
            run = session.scalars(sa.select(sa.func.max(MatchingRun.id))).one()
            pairing = Pairing(
                missing_person_id=sides[0],
                remains_id=sides[1],
                matching_run_id=run,
                state=PairingState.PROPOSED,
                log10_lr=0.3,
                posterior=1e-9,
                prior=1e-9,
                rank_for_missing=1,
                rank_for_remains=1,
                weights={"sex": 0.3},
                first_proposed_at=AT,
                last_proposed_at=AT,
            )
            session.add(pairing)
            session.flush()
            return pairing.id

    def names(self, pair):
        """Decide, sign, release and tell; gives the number of the decision."""
        bruno, berta = self.bruno, self.berta
        for kind, (about, told) in ITEMS.items():
            with self.database.transaction(bruno) as session:
                gate = open_gate(session, bruno, pair, at=AT)
                put_on_record(session, bruno, gate, kind=kind, about=about, told=told, at=AT)
        with self.database.transaction(berta) as session:
            gate = open_gate(session, berta, pair, at=AT)
            asked = Proposing(outcome=DecisionOutcome.IDENTIFICATION, reason=REASON)
            number = propose(session, berta, gate, asked, at=AT).id
        with self.database.transaction(bruno) as session:
            decided = get_decision(session, bruno, number, at=AT)
            sign(session, bruno, decided, accepts=True, reason=REASON, at=AT)
        with self.database.transaction(bruno) as session:
            decided = get_decision(session, bruno, number, at=AT)
            release(session, bruno, decided, words="Puede decirse.", at=AT)
        with self.database.transaction(bruno) as session:
            telling = open_telling(session, bruno, number, at=AT)
            said = read_step(StepKind.TOLD, StepForm(**TOLD), today=AT.date())
            enter_step(session, bruno, telling, said, at=AT)
        return number

    def asks_to_open(self, pair):
        """Ask the institution that keeps the person; gives the number of the asking."""
        now = datetime.now(UTC).replace(microsecond=0)
        until = (now + timedelta(days=60)).date()
        with self.database.transaction(self.bruno) as session:
            closed = get_pair(session, self.bruno, pair, at=now)
            yes = Saying(answer=Answer.AGREED, until=until)
            words = "Los restos llevan un año sin nombre."
            return ask(session, self.bruno, closed, words=words, yes=yes, at=now).id

    @staticmethod
    def _says(session, viewer, proposal, conclusion, *, at):
        kinds = {each: OfKind(Verdict.CONSISTENT) for each in kinds_before(proposal)}
        said = Said(kinds, conclusion, "Se miró todo lo que hay.")
        give_opinion(session, viewer, proposal, said, at=at)

    def _examiner(self, name):
        with self.database.transaction(ADMINISTRATOR) as session:
            account = add_account(
                session,
                ADMINISTRATOR,
                session.get(Institution, self.bruno.institution_id),
                sign_in_name=name.lower(),
                display_name=f"{name} Inventada",
                role=Role.FORENSIC_EXAMINER,
                at=AT,
            )
            return _at_work(viewer_of(account))


def decide(world):
    """Bring four pairs as far as there are pages; where each duty begins to come by them."""
    people = Deciding(world)
    bruno = people.bruno
    looked_at, disputed, named = (people.a_pair() for _ in range(3))
    with world.database.transaction(bruno) as session:
        hours = {each.account_id: Week(4) for each in (people.amal, people.berta)}
        say_hours(session, bruno, hours, at=AT)
    asked = {"account_id": people.amal.account_id, "due_on": AT.date()}
    people.does(bruno, looked_at, seat_person, **asked)
    people.are_of(Conclusion.SUPPORTS, Conclusion.EXCLUDES, pair=disputed)
    members = [each.account_id for each in (bruno, people.amal, people.berta)]
    people.does(bruno, disputed, convene_board, members=members, question="¿Son la misma?")
    people.are_of(Conclusion.SUPPORTS, Conclusion.SUPPORTS, pair=named)
    number = people.names(named)
    with world.database.transaction(DOOR) as session:
        elsewhere = session.scalars(
            sa.select(Institution.id).where(Institution.name.startswith("Oficina forense"))
        ).one()
    closed = people.a_pair(replace(bruno, institution_id=elsewhere), grants=[])
    opening = people.asks_to_open(closed)
    return {
        "examiner": [f"/pairings/{looked_at}/opinion"],
        "coordinator": [
            f"/pairings/{disputed}/board",
            f"/pairings/{disputed}/decision",
            f"/decisions/{number}",
            f"/decisions/{number}/telling",
            f"/released/{number}",
            f"/pairings/{closed}/unblinding",
            f"/unblindings/{opening}",
            f"/reviews/sharing?pair={looked_at}&pair={disputed}",
        ],
    }


def _at_work(viewer):
    return replace(viewer, second_factor=True, stepped_up=True, purpose=Purpose.IDENTIFY)
