"""Random deeds of random people on one pair: every page's deed, and rows written past them all.

What is true is reckoned here from bare rows, as the owner of the database reads them: not one
line of the product decides whether the product kept its promises.
"""

from collections import Counter
from types import SimpleNamespace

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.candidates.model import Pairing
from casework.candidates.queries import get_proposal
from casework.errors import CaseworkError, NotFound
from casework.identifications.actions import Proposing, propose, put_on_record, withdraw_item
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    DecisionRelease,
    ExclusionMethod,
    ExclusionStrength,
    GateEntry,
    GateKind,
    HandedOver,
)
from casework.identifications.queries import get_decision, open_gate
from casework.identifications.releasing import list_released, release
from casework.identifications.signing import end, sign
from casework.missing.model import MissingPerson
from casework.record_codes import SearchStatus
from casework.review.actions import give_opinion, keep_draft
from casework.review.boards import cast_vote, close_board, convene_board, name_members
from casework.review.kinds import kinds_before
from casework.review.model import (
    BoardVote,
    Conclusion,
    Opinion,
    Review,
    SeatChange,
    Verdict,
)
from casework.review.queries import free_place, last_review, seats_of
from casework.review.said import OfKind, Said, Vote
from casework.review.seats import change_seat, open_review, seat_person, sit_as_third, take_seat
from privacy.errors import PrivacyError
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found
from tests.casework.identifications.reckoning import Truth

EXAMINERS = ("berta", "celso", "elena", "fabio")
COORDINATORS = ("bruno", "gloria", "ofelia")
FAMILY_SIDE = ("lola", "lidia", "cora", "carlos")
OTHERS = ("ana", "dora", "admin")
FORENSIC = EXAMINERS + COORDINATORS
REASON = "Se miró todo lo que hay."
TOLD = {
    GateKind.PRIMARY_REPORT: ("odontology", {"signatory": "Dra. Inventada", "number": "OD-1"}),
    GateKind.BOARD_EXCEPTION: ("", {"why": "Solo quedó un fragmento."}),
    GateKind.RESOLVED_DISCREPANCY: ("sex", {"why": "Error de transcripción."}),
    GateKind.LEGAL_ACT: ("", {"authority": "Juzgado inventado", "number": "J-1"}),
    GateKind.COMPLETENESS: ("", {"parts": "cráneo y torso", "commingling": "none_found"}),
    GateKind.NOTIFICATION_PLAN: ("", {"who": "Oficina inventada", "how": "en persona"}),
}

# Those who may do most of it do most of it; everybody else tries too.
anybody = st.sampled_from(FORENSIC * 3 + FAMILY_SIDE + OTHERS)
coordinators = st.sampled_from(COORDINATORS)
conclusions = st.sampled_from([Conclusion.SUPPORTS, *Conclusion])
verdicts = st.sampled_from([Verdict.CONSISTENT, Verdict.CONSISTENT, *Verdict])


class RandomDeeds(RuleBasedStateMachine):
    """Everybody tries everything on a pair that two institutions of two countries keep."""

    database = owner = noon = people = None
    done: Counter  # of each deed, how often it was let through; and how many were tried

    @initialize()
    def begin(self):
        with self.database.transaction(KEEPER) as session:
            person = a_missing_person(
                session, self.people["gloria"], protected=False, invented=True
            )
            found = remains_found(session, self.people["bruno"], invented=True)
            self.pair = SimpleNamespace(id=None, person=person.id, remains=found.id)
        self.truth = Truth(self.owner, self.pair)
        self.pair.id = self.truth.propose()
        self.looked_at = None

    # -- how somebody does something -------------------------------------------------------

    def _try(self, name, deed):
        """Let somebody do something; what is refused is undone whole."""
        viewer = self.people[name]
        self.done["tried"] += 1
        try:
            with self.database.transaction(viewer) as session:
                deed(session, viewer)
                session.flush()
        except (CaseworkError, PrivacyError, sa.exc.DBAPIError):
            return False
        return True

    def _does(self, name, deed, *given, **said):
        """Let somebody do one deed of the review."""

        def about(session, viewer):
            proposal = get_proposal(session, viewer, self.pair.id, at=self.noon)
            deed(session, viewer, proposal, *given, at=self.noon, **said)

        done = self._try(name, about)
        self.done[deed.__name__] += done
        return done

    def _at_gate(self, name, deed, label):
        def about(session, viewer):
            deed(session, viewer, open_gate(session, viewer, self.pair.id, at=self.noon))

        done = self._try(name, about)
        self.done[label] += done
        return done

    def _decides(self, name, deed, label, *given, **said):
        """Let somebody do one deed about the last decision of the pair."""
        number = self.truth.last_decision()
        if number is None:
            return False

        def about(session, viewer):
            decided = get_decision(session, viewer, number, at=self.noon)
            deed(session, viewer, decided, *given, at=self.noon, **said)

        done = self._try(name, about)
        self.done[label] += done
        return done

    def _opinion(self, name, conclusion, verdict):
        def kinds(session, viewer):
            proposal = get_proposal(session, viewer, self.pair.id, at=self.noon)
            self.kinds = list(kinds_before(proposal))

        self.kinds = ["sex"]
        self._try(name, kinds)
        every = {kind: OfKind(Verdict.CONSISTENT) for kind in self.kinds}
        note = "Se explica en el acta." if verdict is not Verdict.CONSISTENT else ""
        return Said({**every, "sex": OfKind(verdict, note)}, conclusion, REASON)

    # -- the review ------------------------------------------------------------------------

    @rule(who=anybody)
    def sits(self, who):
        self._does(who, take_seat)

    @rule(who=anybody, whom=st.sampled_from(FORENSIC))
    def seats(self, who, whom):
        account = self.people[whom].account_id
        self._does(who, seat_person, account_id=account, due_on=self.noon.date())

    @rule(who=anybody, change=st.sampled_from(SeatChange))
    def changes_a_seat(self, who, change):
        number = self.truth.last_seat()
        self._does(who, change_seat, seat_id=number or 1, change=change)

    @rule(who=anybody, verdict=verdicts)
    def drafts(self, who, verdict):
        self._does(who, keep_draft, self._opinion(who, None, verdict))

    @rule(who=anybody, conclusion=conclusions, verdict=verdicts)
    def speaks(self, who, conclusion, verdict):
        """Nobody else can tell afterwards that the first of two has spoken."""
        others = [each for each in ("elena", "berta", "gloria") if each != who]
        said = self._opinion(who, conclusion, verdict)
        before = {each: self._sees(each) for each in others}
        spoken = self.truth.spoken_reviews()
        given = self._does(who, give_opinion, said)
        if given and self.truth.spoken_reviews() == spoken:
            self.done["spoke first"] += self.truth.count("opinion") > 0
            assert {each: self._sees(each) for each in others} == before

    @rule(conclusion=conclusions, verdict=verdicts)
    def two_examine(self, conclusion, verdict):
        for each in ("berta", "elena"):
            self._does(each, take_seat)
        for each in ("berta", "elena"):
            self.speaks(each, conclusion, verdict)

    @rule(who=anybody)
    def sits_as_third(self, who):
        self._does(who, sit_as_third)

    @rule(who=anybody)
    def reviews_again(self, who):
        self._does(who, open_review, why="Llegó una prueba nueva.")

    @rule(who=anybody)
    def convenes(self, who):
        both = {
            "bruno": [self.people[each].account_id for each in ("bruno", "celso")],
            "gloria": [self.people["fabio"].account_id],
        }
        if self._does(who, convene_board, members=both.get(who, []), question="¿Y ahora?"):
            other = "gloria" if who == "bruno" else "bruno"
            self._does(other, name_members, members=both[other])

    @rule(who=anybody, conclusion=conclusions, exception=st.booleans())
    def votes(self, who, conclusion, exception):
        explained = frozenset({"sex"}) if exception else frozenset()
        self._does(who, cast_vote, Vote(conclusion, REASON, explained, exception))

    @rule(conclusion=conclusions, exception=st.booleans(), of=st.integers(1, 3))
    def a_board_votes(self, conclusion, exception, of):
        self.convenes("bruno")
        for each in ("bruno", "celso", "fabio")[:of]:
            self.votes(each, conclusion, exception)
        self.closes("gloria")

    @rule(who=anybody)
    def closes(self, who):
        self._does(who, close_board, minutes="Acta inventada.")

    # -- the gate and the decision ---------------------------------------------------------

    @rule(who=anybody, kind=st.sampled_from(GateKind))
    def enters(self, who, kind):
        about, told = TOLD[kind]
        self._at_gate(
            who,
            lambda session, viewer, gate: put_on_record(
                session, viewer, gate, kind=kind, about=about, told=told, at=self.noon
            ),
            f"entered {kind.value}",
        )

    @rule(who=coordinators, but=st.none() | st.sampled_from(GateKind))
    def enters_all(self, who, but):
        for kind in GateKind:
            if kind is not but:
                self.enters(who, kind)

    @rule(who=anybody, which=st.integers(0, 5))
    def withdraws(self, who, which):
        def deed(session, viewer, gate):
            entries = [each for item in gate.items for each in item.entries]
            number = entries[which % len(entries)].number if entries else 1
            withdraw_item(session, viewer, gate, number, reason=REASON, at=self.noon)

        self._at_gate(who, deed, "withdrew an item")

    @rule(
        who=anybody,
        outcome=st.sampled_from([*DecisionOutcome, DecisionOutcome("identification")]),
    )
    def proposes(self, who, outcome):
        self._proposes(who, outcome)

    def _proposes(self, who, outcome):
        asked = Proposing(
            outcome=outcome,
            reason=REASON,
            method=ExclusionMethod.ANTHROPOLOGY,
            strength=ExclusionStrength.CONCLUSIVE,
            facts=("sex",),
        )
        self._at_gate(
            who,
            lambda session, viewer, gate: propose(session, viewer, gate, asked, at=self.noon),
            f"proposed {outcome.value}",
        )

    @rule(who=anybody, accepts=st.sampled_from([True, True, True, False]))
    def signs(self, who, accepts):
        self._decides(who, sign, "signed", accepts=accepts, reason=REASON)

    @rule(who=anybody, handed_over=st.none() | st.sampled_from(HandedOver))
    def takes_back(self, who, handed_over):
        self._decides(who, end, "took back", reason=REASON, handed_over=handed_over)

    @rule(who=anybody)
    def releases(self, who):
        self._decides(who, release, "released", words="Que fue identificada.")

    @rule(but=st.none() | st.sampled_from(GateKind), ends=st.integers(0, 3))
    def goes_the_whole_way(self, but, ends):
        """Everything is done as it should be, but for what is left out."""
        self.two_examine(Conclusion.SUPPORTS, Verdict.CONSISTENT)
        self.enters_all("bruno", but)
        self._proposes("berta", DecisionOutcome.IDENTIFICATION)
        for deed in (
            lambda: self.signs("bruno", accepts=True),
            lambda: self.signs("gloria", accepts=True),
            lambda: self.releases("gloria"),
        )[:ends]:
            deed()

    # -- what holds after every deed -------------------------------------------------------

    @invariant()
    def the_promises_hold(self):
        """Look as everybody, once for every state of the rows, not for every refusal."""
        state = self.truth.state()
        if state != self.looked_at:
            self.looked_at = state
            self.nobody_is_named_around_the_gate()
            self.nobody_reads_an_opinion_early()
            self.no_family_reads_what_is_not_released()

    def nobody_is_named_around_the_gate(self):
        for number in self.truth.newly_locked():
            assert self.truth.lacks(number, self.people) == []
            self.done["identified"] += 1
        assert self.truth.is_named() <= self.truth.has_locked()

    def nobody_reads_an_opinion_early(self):
        opinions, votes = self.truth.opinions_open(), self.truth.votes_open()
        for name in FORENSIC:
            account = self.people[name].account_id
            read = self._reads(name, (Opinion, BoardVote))
            assert read[Opinion] <= opinions[None] | opinions.get(account, set())
            assert read[BoardVote] <= votes[None] | votes.get(account, set())

    def no_family_reads_what_is_not_released(self):
        released = self.truth.releases()
        hidden = (Pairing, Review, Opinion, GateEntry, Decision)
        for name in FAMILY_SIDE:
            read = self._reads(name, (*hidden, DecisionRelease))
            assert [read[each] for each in hidden] == [set()] * len(hidden)
            assert read[DecisionRelease] <= released
        for name in ("lola", "cora"):  # of the keeper itself, and a consulate of the country
            assert self._is_told(name) <= bool(released)
        assert self.truth.is_told_dead() <= bool(released)

    def _reads(self, name, models):
        """Give the rows about the person that the database gives somebody, by table."""
        asked = [
            sa.select(sa.literal(each.__tablename__), each.id).where(
                (each.missing_person_id if each is Pairing else each.case_id)
                == self.pair.person
            )
            for each in models
        ]
        read = {each: set() for each in models}
        tables = {each.__tablename__: each for each in models}
        with self.database.transaction(self.people[name]) as session:
            for table, number in session.execute(sa.union_all(*asked)):
                read[tables[table]].add(number)
        return read

    def _is_told(self, name):
        """Say whether the list of releases or the record itself tells somebody of a death."""
        viewer = self.people[name]
        with self.database.transaction(viewer) as session:
            status = session.scalar(
                sa.select(MissingPerson.search_status).where(
                    MissingPerson.id == self.pair.person
                )
            )
        try:
            with self.database.transaction(viewer) as session:
                listed = any(
                    each.person.id == self.pair.person
                    for each in list_released(session, viewer, at=self.noon)
                )
        except PrivacyError:
            listed = False
        return listed or status is SearchStatus.IDENTIFIED_DECEASED

    def _sees(self, name):
        """Give all that somebody can learn of the review, the gate and decisions."""
        viewer = self.people[name]
        with self.database.transaction(viewer) as session:
            try:
                gate = open_gate(session, viewer, self.pair.id, at=self.noon)
            except NotFound:
                return None
            review = last_review(session, viewer, gate.proposal)
            seats = seats_of(session, review) if review else []
            return (
                gate.standing,
                free_place(session, review) if review else None,
                [(each.row.id, each.is_held) for each in seats],
                gate.items,
                [each.state for each in gate.decisions],
            )
