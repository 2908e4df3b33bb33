"""A proposal is weighed with those around it, and with none that its reader may not see."""

import pytest
import sqlalchemy as sa

from casework.candidates import joint
from casework.candidates.joint import taken_together
from casework.candidates.joint_presenters import ShownTogether
from casework.candidates.model import MatchingRun, Pairing, PairingState
from casework.candidates.narrowing import readable_pairings
from casework.candidates.queries import get_proposal
from casework.missing.model import MissingPerson
from casework.web.described import teller_for
from casework.web.templating import Templates
from privacy.consent.model import DataCategory
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found

TO_WEIGH_ONLY = [(DataCategory.ANTEMORTEM, "search", "forensic")]


@pytest.fixture
def rivals(database, bruno, gloria, run_of_all):
    """Two women who fit the same remains: Bruno's, whom all examiners read, and Gloria's."""
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno)
        hers = a_missing_person(session, gloria, surname_1="Otra", grants=TO_WEIGH_ONLY)
        remains_found(session, bruno)
        number = hers.id
    run_of_all()
    return number


@pytest.fixture
def together_for(database, noon):
    """Take the pairing of one missing person together with what a viewer may see around it."""

    def together(viewer, *, not_of):
        with database.transaction(viewer) as session:
            pairing = session.scalars(
                sa.select(Pairing).where(Pairing.missing_person_id != not_of)
            ).one()
            proposal = get_proposal(session, viewer, pairing.id, at=noon)
            run = session.get_one(MatchingRun, pairing.matching_run_id)
            return taken_together(session, viewer, proposal, run, at=noon)

    return together


def test_whoever_sees_both_women_sees_them_share_the_remains(rivals, together_for, gloria):
    together = together_for(gloria, not_of=rivals)

    (rival,) = together.rivals_of_remains
    assert together.pairs == 2
    assert together.posterior == pytest.approx(rival.posterior, rel=1e-6)
    assert together.references == (rival.reference,)
    assert together.nobody_for_remains == pytest.approx(1 - 2 * rival.posterior)


def test_a_proposal_that_is_hidden_changes_nothing_that_is_told(
    rivals, together_for, database, amal, gloria
):
    with_hidden = together_for(amal, not_of=rivals)
    with database.transaction(MATCHER) as session:
        hidden = session.scalars(
            sa.select(Pairing).where(Pairing.missing_person_id == rivals)
        ).one()
        hidden.log10_lr = 30.0
    louder = together_for(amal, not_of=rivals)
    with database.transaction(MATCHER) as session:
        session.execute(
            sa.update(Pairing)
            .where(Pairing.missing_person_id == rivals)
            .values(state=PairingState.NO_LONGER_PROPOSED)
        )

    assert with_hidden == louder == together_for(amal, not_of=rivals)
    assert with_hidden.rivals_of_remains == ()
    assert together_for(gloria, not_of=rivals) == with_hidden


def test_where_numbers_are_closed_nothing_is_taken_together(
    database, gloria, bruno, amal, run_of_all, together_for
):
    with database.transaction(KEEPER) as session:
        a_missing_person(
            session, gloria, grants=[(DataCategory.CIRCUMSTANCES, "search", "forensic")]
        )
        remains_found(session, bruno)
    run_of_all()

    assert together_for(amal, not_of=0) is None
    assert together_for(gloria, not_of=0) is not None


def test_what_is_no_longer_proposed_is_not_taken_together(
    proposed, database, together_for, amal
):
    with database.transaction(MATCHER) as session:
        pairing = session.get_one(Pairing, proposed.pairing.id)
        pairing.state = PairingState.NO_LONGER_PROPOSED

    assert together_for(amal, not_of=0) is None


def test_a_model_that_is_gone_leaves_weights_as_they_are(
    proposed, database, together_for, amal
):
    with database.transaction(MATCHER) as session:
        run = session.get_one(MatchingRun, proposed.pairing.matching_run_id)
        run.model_version = "1900.1"
        run.pairs_scored = 7  # of more than one world: the size of each is not known

    together = together_for(amal, not_of=0)

    prior = proposed.pairing.prior
    odds = prior / (1 - prior) * 10**proposed.pairing.log10_lr
    assert together.posterior == pytest.approx(odds / (1 + odds))


def test_the_heaviest_are_the_same_however_many_are_asked_for_first(
    database, bruno, noon, run_of_all, monkeypatch
):
    with database.transaction(KEEPER) as session:
        for number in range(3):
            a_missing_person(session, bruno, surname_1=f"Otra {number}")
            remains_found(session, bruno)
    run_of_all()
    with database.transaction(MATCHER) as session:
        everything = list(session.scalars(sa.select(Pairing).order_by(Pairing.id)))
        for pairing, weight in zip(everything, [1, 5, 4, 4, 2, 3, 0, 4, 1], strict=True):
            pairing.log10_lr = weight
    person, remains = everything[0].missing_person_id, everything[-1].remains_id
    around = [
        each
        for each in everything
        if each.missing_person_id == person or each.remains_id == remains
    ]
    heaviest = sorted(around, key=lambda each: (-each.log10_lr, each.id))[:4]
    monkeypatch.setattr(joint, "MOST_PAIRS", 4)

    found = []
    for first in range(4):
        monkeypatch.setattr(joint, "HEAVIER", first)
        with database.transaction(bruno) as session:
            proposed = readable_pairings(bruno, noon)
            read = joint.heaviest_around(session, proposed, {person}, {remains})
            found.append([each.id for each in read])

    assert found == [[each.id for each in heaviest]] * 4


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_block_says_what_it_leaves_out(rivals, together_for, gloria, database, language):
    shown = ShownTogether.of(together_for(gloria, not_of=rivals), teller_for(language))

    block = Templates(language).fragment("candidates/_together.html", together=shown)

    with database.transaction(gloria) as session:
        reference = session.get_one(MissingPerson, rivals).reference
    assert reference in block
    assert shown.rivals_of_remains[0].href in block
    assert {"es": "No es una identificación", "en": "no identification"}[language] in block
