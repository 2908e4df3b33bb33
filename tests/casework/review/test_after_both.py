"""Two who differ: a third person reads both, or a board votes; and a review that follows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput
from casework.missing.model import MissingPerson
from casework.review.actions import give_opinion
from casework.review.boards import cast_vote, close_board, convene_board, name_members
from casework.review.model import BoardVote, Conclusion, Review, ReviewOutcome, Verdict
from casework.review.queries import State, board_of, last_review
from casework.review.rules import Lacking
from casework.review.said import OfKind, Said, Vote
from casework.review.seats import open_review, seat_person, sit_as_third, take_seat
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER


@pytest.fixture
def differing(pair, staff):
    """The same pair, after Berta and Elena differed about the stature."""
    berta, elena = staff["berta"], staff["elena"]
    for each in (berta, elena):
        pair.does(each, take_seat)
    pair.does(berta, give_opinion, pair.says(berta, stature=Verdict.UNEXPLAINABLE))
    pair.does(elena, give_opinion, pair.says(elena))
    return pair


def third_says(conclusion, verdict=Verdict.EXPLAINABLE):
    return Said({"stature": OfKind(verdict, "Midieron con zapatos.")}, conclusion, "Leí ambos.")


def votes(*conclusions, **more):
    return [Vote(each, "Lo que se vio en la junta.", **more) for each in conclusions]


def test_a_third_who_sat_in_neither_seat_reads_both_and_resolves(
    differing, staff, bruno, gloria, noon
):
    with pytest.raises(Conflict, match="no haya tenido ninguno"):
        differing.does(staff["berta"], sit_as_third)
    celso = staff["celso"]
    differing.does(bruno, seat_person, account_id=celso.account_id, due_on=noon.date())

    with pytest.raises(Lacking, match="Falta qué dice usted"):
        differing.does(celso, give_opinion, Said({}, Conclusion.SUPPORTS, "Leí ambos."))
    differing.does(celso, give_opinion, third_says(Conclusion.SUPPORTS))

    told = differing.standing(gloria)
    assert (told.state, told.conclusion) == (State.AGREED, Conclusion.SUPPORTS)
    assert not told.unexplained
    assert len(told.examiners) == 2
    assert not told.by_board


def test_a_third_may_leave_it_to_the_board(differing, gloria):
    differing.does(gloria, sit_as_third)
    differing.does(gloria, give_opinion, third_says(None, Verdict.UNEXPLAINABLE))

    told = differing.standing(gloria)

    assert (told.state, told.conclusion) == (State.AT_BOARD, None)
    assert told.unexplained == {"stature"}


def test_a_board_votes_blind_once_each_and_carries_what_more_than_half_say(
    differing, database, staff, amal, bruno, gloria
):
    berta, celso, elena = (staff[name] for name in ("berta", "celso", "elena"))
    ours = [each.account_id for each in (bruno, celso)]
    with pytest.raises(InvalidInput, match="de su institución"):
        differing.does(bruno, convene_board, members=[elena.account_id], question="")
    differing.does(bruno, convene_board, members=ours, question="¿La estatura?")
    with pytest.raises(Conflict, match="no está completa"):
        differing.does(celso, cast_vote, *votes(Conclusion.SUPPORTS))
    differing.does(gloria, name_members, members=[elena.account_id])
    assert differing.standing(bruno).state is State.AT_BOARD

    supports = votes(Conclusion.SUPPORTS, explained=frozenset({"stature"}))[0]
    differing.does(celso, cast_vote, supports)
    with pytest.raises(Conflict, match="no se cambia"):
        differing.does(celso, cast_vote, supports)
    with pytest.raises(Conflict, match="ya empezó"):
        differing.does(bruno, name_members, members=[amal.account_id])
    with pytest.raises(Conflict, match="no integra"):
        differing.does(berta, cast_vote, supports)
    assert votes_seen(database, elena) == 0
    assert votes_seen(database, gloria) == 0
    differing.does(elena, cast_vote, *votes(Conclusion.EXCLUDES))
    assert votes_seen(database, elena) == 1
    differing.does(bruno, cast_vote, supports)
    assert votes_seen(database, gloria) == 3

    with pytest.raises(InvalidInput, match="Escriba el acta"):
        differing.does(gloria, close_board, minutes=" ")
    differing.does(gloria, close_board, minutes="Dos a favor; Elena disiente.")

    told = differing.standing(berta)
    assert (told.state, told.conclusion) == (State.AGREED, Conclusion.SUPPORTS)
    assert told.by_board
    assert not told.unexplained
    kept = differing.does(berta, board_as_kept)
    assert [vote.conclusion for _, vote in kept.votes.values()] == [
        Conclusion.SUPPORTS,
        Conclusion.EXCLUDES,
        Conclusion.SUPPORTS,
    ]
    assert kept.minutes.minutes == "Dos a favor; Elena disiente."


def board_as_kept(session, viewer, proposal, *, at):
    review = last_review(session, viewer, proposal)
    return board_of(session, viewer, proposal, review, at=at)


def votes_seen(database, viewer):
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count(BoardVote.id)))


def test_a_board_closed_early_counts_who_did_not_vote_and_a_tie_is_insufficient(
    differing, staff, amal, bruno, gloria
):
    celso, elena = staff["celso"], staff["elena"]
    ours = [each.account_id for each in (amal, celso, bruno)]
    differing.does(bruno, convene_board, members=ours, question="")
    differing.does(gloria, name_members, members=[elena.account_id])
    for each in (bruno, celso):
        differing.does(each, cast_vote, *votes(Conclusion.SUPPORTS, carries_exception=True))

    differing.does(bruno, close_board, minutes="Se cerró con dos votos de cuatro.")

    told = differing.standing(bruno)
    assert told.conclusion is Conclusion.INSUFFICIENT
    assert not told.is_exception
    assert told.unexplained == {"stature"}


def test_two_who_speak_at_the_same_moment_lose_nothing(pair, database, staff):
    berta, elena = staff["berta"], staff["elena"]
    for each in (berta, elena):
        pair.does(each, take_seat)
    said = {each.account_id: pair.says(each) for each in (berta, elena)}

    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda each: pair.does(each, give_opinion, said[each.account_id]),
                (berta, elena),
            )
        )

    with database.transaction(KEEPER) as session:
        assert len(session.scalars(sa.select(ReviewOutcome)).all()) == 1
    assert pair.standing(berta).state is State.AGREED


def test_two_who_sit_down_at_the_same_moment_sit_at_two_places(pair, database, staff):
    both = (staff["berta"], staff["elena"])

    with ThreadPoolExecutor(2) as pool:
        seats = list(pool.map(lambda each: pair.does(each, take_seat), both))

    assert len({each.place for each in seats}) == 2
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(Review.id))) == 1


def test_a_pair_is_reviewed_again_with_a_reason_once_it_is_over_or_a_record_says_otherwise(
    pair, database, staff, bruno
):
    berta, celso = staff["berta"], staff["celso"]
    pair.does(berta, take_seat)
    with pytest.raises(Conflict, match="no han cambiado"):
        pair.does(bruno, open_review, why="Otra vez.")
    with database.transaction(KEEPER) as session:
        session.get(MissingPerson, pair.person_id).stature_cm_min = 150.0

    with pytest.raises(InvalidInput, match="por qué"):
        pair.does(bruno, open_review)
    pair.does(bruno, open_review, why="Se corrigió la estatura.")
    for each in (berta, celso):
        pair.does(each, take_seat)
        pair.does(each, give_opinion, pair.says(each))
    third = pair.does(bruno, open_review, why="Llegó el informe dental.")

    assert third.follows_id is not None
    assert pair.standing(bruno).state is State.AWAITED


def test_every_deed_names_both_records_in_the_log_and_says_nothing_of_what_was_said(
    differing, database, dora
):
    with database.transaction(dora) as session:
        lines = session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.OPINION_GIVEN.value)
            .order_by(Entry.position)
        ).all()

    assert len(lines) == 2
    for each in lines:
        assert {differing.person, differing.remains} <= set(each.concerning)
        assert set(each.details) == {"missing", "remains"}
