"""Two opinions are given blind, and it is the database that holds them apart."""

import pytest
import sqlalchemy as sa

from casework.candidates.queries import get_proposal
from casework.errors import Conflict, NotFound
from casework.review.actions import give_opinion, keep_draft
from casework.review.model import (
    Conclusion,
    Opinion,
    OpinionDraft,
    Place,
    ReviewOutcome,
    ReviewSeat,
    SeatChange,
    Verdict,
)
from casework.review.queries import State, given_in, last_review
from casework.review.seats import change_seat, seat_person, take_seat


def seen(database, viewer, model):
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count(model.id)))


def readable(database, viewer, pair, noon):
    with database.transaction(viewer) as session:
        proposal = get_proposal(session, viewer, pair.id, at=noon)
        review = last_review(session, viewer, proposal)
        return given_in(session, viewer, proposal, review, at=noon)


def forced_seat(session, viewer, proposal, *, at):
    """Sit down where another sits, past all that asks beforehand."""
    session.add(
        ReviewSeat(
            review_id=session.scalar(sa.text("SELECT max(id) FROM review")),
            case_id=proposal.person.id,
            place=Place.FIRST,
            account_id=viewer.account_id,
            institution_id=viewer.institution_id,
            due_on=at.date(),
            seated_at=at,
            seated_by=viewer.account_id,
        )
    )
    session.flush()


def test_an_opinion_is_its_authors_alone_until_both_are_given(
    pair, database, staff, bruno, gloria, noon
):
    berta, elena, celso = staff["berta"], staff["elena"], staff["celso"]
    pair.does(berta, take_seat)
    pair.does(elena, take_seat)
    before = {name: pair.standing(each) for name, each in staff.items()}

    pair.does(berta, give_opinion, pair.says(berta))

    assert before == {name: pair.standing(each) for name, each in staff.items()}
    assert [seen(database, each, Opinion) for each in (berta, elena, celso, bruno, gloria)] == [
        1,
        0,
        0,
        0,
        0,
    ]
    assert seen(database, elena, ReviewSeat) == 1  # her own: not who sits beside her
    assert seen(database, celso, ReviewSeat) == 0
    assert [seen(database, each, ReviewSeat) for each in (bruno, gloria)] == [2, 2]
    assert seen(database, bruno, ReviewOutcome) == 0

    pair.does(elena, give_opinion, pair.says(elena))

    assert [seen(database, each, Opinion) for each in (berta, elena, celso, bruno, gloria)] == [
        2
    ] * 5
    assert pair.standing(bruno).state is State.AGREED
    assert pair.standing(bruno).conclusion is Conclusion.SUPPORTS
    assert set(pair.standing(bruno).examiners) == {berta.account_id, elena.account_id}
    assert [each.said.reason for each in readable(database, bruno, pair, noon)] == [
        "Se miró todo lo que hay."
    ] * 2


@pytest.mark.parametrize("hole", ["true", "(SELECT viewer_role()) = 'forensic_coordinator'"])
def test_a_planted_hole_in_the_wall_is_seen(pair, database, server, staff, bruno, hole):
    berta = staff["berta"]
    pair.does(berta, take_seat)
    pair.does(berta, give_opinion, pair.says(berta))
    name = database.engine.url.database
    owner = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        told = connection.scalar(
            sa.text(
                "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy"
                " WHERE polname = 'reads' AND polrelid = 'opinion'::regclass"
            )
        )
        connection.execute(sa.text(f"ALTER POLICY reads ON opinion USING ({hole})"))
        try:
            assert seen(database, bruno, Opinion) == 1
        finally:
            connection.execute(sa.text(f"ALTER POLICY reads ON opinion USING ({told})"))
    assert seen(database, bruno, Opinion) == 0
    owner.dispose()


def test_a_draft_is_read_by_its_author_alone_and_is_gone_once_it_is_given(
    pair, database, staff, bruno
):
    berta, elena = staff["berta"], staff["elena"]
    for each in (berta, elena):
        pair.does(each, take_seat)
    pair.does(berta, keep_draft, pair.says(berta, None))
    pair.does(berta, keep_draft, pair.says(berta, Conclusion.EXCLUDES))

    assert [seen(database, each, OpinionDraft) for each in (berta, elena, bruno)] == [1, 0, 0]

    pair.does(berta, give_opinion, pair.says(berta))
    assert seen(database, berta, OpinionDraft) == 0
    with pytest.raises(Conflict, match="ya dio su dictamen"):
        pair.does(berta, keep_draft, pair.says(berta))


def test_a_seat_is_taken_once_and_two_seats_are_two_people(pair, staff):
    berta, celso, elena = (staff[name] for name in ("berta", "celso", "elena"))
    pair.does(berta, take_seat)

    with pytest.raises(Conflict, match="personas distintas"):
        pair.does(berta, take_seat)
    pair.does(celso, take_seat)
    with pytest.raises(Conflict, match="No queda un asiento libre"):
        pair.does(elena, take_seat)
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
        pair.does(elena, forced_seat)


def test_a_seat_that_is_handed_over_tells_nothing_of_whether_somebody_spoke_in_it(
    pair, staff, bruno, noon
):
    berta, celso, elena = (staff[name] for name in ("berta", "celso", "elena"))
    first = pair.does(bruno, seat_person, account_id=berta.account_id, due_on=noon.date())
    pair.does(elena, take_seat)
    pair.does(berta, give_opinion, pair.says(berta, Conclusion.EXCLUDES))

    with pytest.raises(NotFound):  # a colleague's seat is not an examiner's to give
        pair.does(celso, change_seat, seat_id=first.id, change=SeatChange.HANDED_OVER)
    pair.does(bruno, change_seat, seat_id=first.id, change=SeatChange.HANDED_OVER)
    pair.does(bruno, seat_person, account_id=celso.account_id, due_on=noon.date())
    pair.does(elena, give_opinion, pair.says(elena))
    assert pair.standing(bruno).state is State.AWAITED  # hers was set aside with her seat

    pair.does(celso, give_opinion, pair.says(celso))
    told = pair.standing(bruno)
    assert (told.state, told.conclusion) == (State.AGREED, Conclusion.SUPPORTS)
    assert set(told.examiners) == {celso.account_id, elena.account_id}


def test_what_one_calls_unexplainable_and_the_other_consistent_is_a_difference(pair, staff):
    berta, elena = staff["berta"], staff["elena"]
    for each in (berta, elena):
        pair.does(each, take_seat)
    pair.does(berta, give_opinion, pair.says(berta, stature=Verdict.UNEXPLAINABLE))
    pair.does(elena, give_opinion, pair.says(elena))

    told = pair.standing(elena)

    assert (told.state, told.conclusion) == (State.DIFFER, None)
    assert told.unexplained == {"stature"}
