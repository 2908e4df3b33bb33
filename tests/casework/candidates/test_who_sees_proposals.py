"""A proposal is seen by forensic staff who may see both records, and by nobody else."""

import pytest
import sqlalchemy as sa

from casework.candidates.model import Pairing
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import get_proposal, latest_run, measure
from casework.errors import NotFound
from tests.casework.canaries import take_back_all

OUTSIDE = ["lidia", "carlos", "cora", "ana", "admin", "dora"]


def test_forensic_staff_see_proposals_among_those_who_may_be_searched(
    proposed, proposals_for, amal, bruno, gloria
):
    for viewer in (amal, bruno, gloria):
        assert [each.pairing.id for each in proposals_for(viewer)] == [proposed.pairing.id]


def test_others_find_no_proposal_by_any_query_of_ours(
    proposed, proposals_for, database, viewers, noon
):
    for viewer in map(viewers.get, OUTSIDE):
        assert proposals_for(viewer) == []
        with pytest.raises(NotFound), database.transaction(viewer) as session:
            get_proposal(session, viewer, proposed.pairing.id, at=noon)


def test_others_find_no_proposal_by_any_query_at_all(proposed, database, viewers):
    for name in OUTSIDE:
        with database.transaction(viewers[name]) as session:
            assert session.execute(sa.text("SELECT id FROM pairing")).all() == []
    assert proposed


@pytest.mark.parametrize("name", ["lidia", "carlos"])
def test_the_pages_turn_others_away_alike_whether_a_proposal_is_there_or_not(
    proposed, signed_in, name
):
    browser = signed_in(name)

    answers = [
        browser.get(f"/pairings/{number}").status_code
        for number in (proposed.pairing.id, proposed.pairing.id + 999)
    ]
    assert answers == [403, 403]


def test_others_see_no_run(proposed, database, viewers):
    for name in OUTSIDE:
        with database.transaction(viewers[name]) as session:
            assert latest_run(session, viewers[name]) is None
    assert proposed


def test_a_withdrawn_consent_hides_the_proposal_even_from_the_records_owner(
    proposed, proposals_for, database, bruno, gloria, noon
):
    assert [each.pairing.id for each in proposals_for(bruno)] == [proposed.pairing.id]

    take_back_all(database, bruno, noon)

    assert proposals_for(bruno) == proposals_for(gloria) == []


def test_the_application_cannot_write_a_proposal_in_a_persons_name(proposed, database, bruno):
    with database.transaction(bruno) as session:
        changed = session.execute(
            sa.update(Pairing).values(log10_lr=9.0).returning(Pairing.id)
        ).all()

    assert proposed
    assert changed == []


def test_a_withdrawn_consent_takes_the_proposal_out_of_every_count(
    proposed, database, bruno, noon
):
    with database.transaction(bruno) as session:
        before = measure(session, bruno, Wanted(), at=noon).count

    take_back_all(database, bruno, noon)

    with database.transaction(bruno) as session:
        after = measure(session, bruno, Wanted(), at=noon)
    assert before == len([proposed])
    assert (after.count, after.expected_true) == (0, 0.0)
