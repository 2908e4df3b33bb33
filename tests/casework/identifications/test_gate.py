"""No score names anybody: the gate asks for people, papers and a plan, item by item."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput
from casework.identifications.actions import withdraw_item
from casework.identifications.model import (
    Decision,
    DecisionOutcome,
    DecisionRelease,
    DecisionSignature,
    GateEntry,
    GateKind,
    HandedOver,
    SignedFor,
)
from casework.identifications.queries import DecisionState, get_decision, open_gate
from casework.identifications.releasing import list_released, release
from casework.identifications.rules import Numbers, NumbersLack, items_of
from casework.identifications.signing import end
from casework.missing.model import MissingPerson
from casework.record_codes import IdentificationStatus, SearchStatus
from casework.remains.model import Remains
from casework.review.model import Conclusion, Verdict
from casework.review.queries import Standing, State
from privacy.permissions import KEEPER
from tests.casework.identifications.conftest import ITEMS, REASON


def of_record(database, model, number):
    with database.transaction(KEEPER) as session:
        return session.scalars(sa.select(model).where(model.id == number)).one()


def says(refused, words):
    return words in str(refused.value)


def test_an_identification_takes_the_whole_gate_both_keepers_and_a_release(
    at_gate, database, lidia, noon
):
    berta, bruno, gloria = at_gate.berta, at_gate.bruno, at_gate.gloria
    nothing = at_gate.lacking(bruno)
    at_gate.is_whole()
    whole = at_gate.lacking(bruno)
    number = at_gate.proposes(berta, DecisionOutcome.IDENTIFICATION)
    with pytest.raises(Conflict):
        at_gate.proposes(bruno, DecisionOutcome.PREMATURE)
    one = at_gate.signs(bruno, number)
    before = at_gate.decided(gloria, number).waits_for
    both = at_gate.signs(gloria, number)

    assert nothing == ["examiners", "primary", "discrepancy", "legal", "completeness", "plan"]
    assert whole == []
    assert (one, both) == (DecisionState.WAITS, DecisionState.LOCKED)
    assert [each.value for each in before] == ["person"]
    found = of_record(database, Remains, at_gate.of.remains_id)
    person = of_record(database, MissingPerson, at_gate.of.person_id)
    assert found.identification_status is IdentificationStatus.IDENTIFIED
    assert person.search_status is SearchStatus.OPEN  # the family reads it: nothing yet

    with database.transaction(KEEPER) as session, pytest.raises(sa.exc.IntegrityError):
        session.execute(
            sa.update(MissingPerson)
            .where(MissingPerson.id == at_gate.of.person_id)
            .values(search_status=SearchStatus.IDENTIFIED_DECEASED)
        )
    with database.transaction(gloria) as session:
        decided = get_decision(session, gloria, number, at=noon)
        release(session, gloria, decided, words="Que fue identificada.", at=noon)
    person = of_record(database, MissingPerson, at_gate.of.person_id)
    assert person.search_status is SearchStatus.IDENTIFIED_DECEASED
    with database.transaction(gloria) as session:
        (told,) = list_released(session, gloria, at=noon)
        assert told.row.told["plan"]["who"] == "Oficina inventada"
    # Of another institution's people nobody who speaks with families reads anything.
    with database.transaction(replace(lidia, stepped_up=True)) as session:
        assert list_released(session, lidia, at=noon) == []

    with database.transaction(bruno) as session:
        decided = get_decision(session, bruno, number, at=noon)
        with pytest.raises(InvalidInput):
            end(session, bruno, decided, reason=REASON, handed_over=None, at=noon)
        end(session, bruno, decided, reason=REASON, handed_over=HandedOver.YES, at=noon)
    recalled = at_gate.decided(gloria, number)
    assert recalled.state is DecisionState.ENDED
    assert (recalled.end.handed_over, recalled.release is None) == (HandedOver.YES, False)
    found = of_record(database, Remains, at_gate.of.remains_id)
    person = of_record(database, MissingPerson, at_gate.of.person_id)
    assert found.identification_status is IdentificationStatus.UNDER_EXAMINATION
    assert person.search_status is SearchStatus.OPEN  # looked for again


def test_whoever_lacks_something_writes_premature_and_what_lacked(at_gate):
    at_gate.is_whole(but={GateKind.LEGAL_ACT})
    with pytest.raises(Conflict) as refused:
        at_gate.proposes(at_gate.bruno, DecisionOutcome.IDENTIFICATION)
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.PREMATURE)

    assert says(refused, "prematura")
    assert at_gate.decided(at_gate.gloria, number).row.told["lacks"] == ["legal"]


def test_the_database_refuses_what_the_gate_does_not_let_pass_whoever_writes_it(
    at_gate, database, noon
):
    """Around every page and every deed: here as the keeper, who may write all rows."""

    def refused(row, *before):
        with database.transaction(KEEPER) as session:
            session.add_all(map(of_pair, before))
            session.flush()
            session.add(of_pair(row))
            with pytest.raises(sa.exc.IntegrityError) as told:
                session.flush()
            session.rollback()
        return told.value.orig.diag.message_primary

    def of_pair(row):
        row.case_id, row.remains_id = at_gate.of.person_id, at_gate.of.remains_id
        row.institution_id = row.institution_id or at_gate.bruno.institution_id
        row.entered_by, row.entered_at = row.entered_by or at_gate.bruno.account_id, noon
        return row

    def named():
        return Decision(outcome=DecisionOutcome.IDENTIFICATION, review_id=review)

    review = None
    for kind, (about, told) in ITEMS.items():
        at_gate.enter(at_gate.bruno, kind, about, **told)
    unseen = refused(named())
    at_gate.is_examined()
    with database.transaction(at_gate.bruno) as session:
        review = session.scalar(sa.text("SELECT max(id) FROM review"))
    withdrawn = {
        kind.value: refused(named(), GateEntry(kind=kind, about=about, is_withdrawn=True))
        for kind, (about, _told) in ITEMS.items()
    }
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.IDENTIFICATION)
    by_examiner = refused(
        DecisionSignature(
            decision_id=number,
            signed_for=SignedFor.PERSON,
            accepted=True,
            entered_by=at_gate.elena.account_id,
            institution_id=at_gate.gloria.institution_id,
        )
    )
    for_both = refused(
        DecisionSignature(decision_id=number, signed_for=SignedFor.BOTH, accepted=True)
    )
    too_early = refused(DecisionRelease(decision_id=number))

    assert unseen == "the gate lacks: examiners"
    assert withdrawn == {kind.value: f"the gate lacks: {kind.value}" for kind in ITEMS}
    assert by_examiner == "an examiner of the pair does not sign"
    assert for_both == "signed for records that are kept otherwise"
    assert too_early == "only a locked identification is released"


def test_what_was_put_on_record_and_holds_no_more_shuts_the_gate_again(at_gate, database, noon):
    at_gate.is_whole()
    number = at_gate.proposes(at_gate.berta, DecisionOutcome.IDENTIFICATION)
    with database.transaction(at_gate.bruno) as session:
        gate = open_gate(session, at_gate.bruno, at_gate.id, at=noon)
        act = next(item for item in gate.items if item.need == "legal").entries[0]
        withdraw_item(session, at_gate.bruno, gate, act.number, reason=REASON, at=noon)

    with pytest.raises(Conflict):
        at_gate.signs(at_gate.bruno, number)
    assert at_gate.lacking(at_gate.bruno) == ["legal"]


def test_a_difference_that_nobody_explains_shuts_the_gate(at_gate):
    at_gate.is_examined(sex=Verdict.UNEXPLAINABLE)
    left = at_gate.gate(at_gate.bruno).items[2]
    at_gate.enter(
        at_gate.bruno, GateKind.RESOLVED_DISCREPANCY, "sex", why="Error de transcripción."
    )

    assert (left.stands, left.open_kinds) == (False, ("sex",))
    assert at_gate.gate(at_gate.bruno).items[2].stands


AGREED = Standing(State.AGREED, 1, Conclusion.SUPPORTS, (1, 2))


@pytest.mark.parametrize(
    ("standing", "numbers", "lacks"),
    [
        (AGREED, Numbers(), set()),
        (AGREED, Numbers(lacks=NumbersLack.BELOW), {"numbers"}),
        (replace(AGREED, examiners=(1, 1)), Numbers(), {"examiners"}),
        (replace(AGREED, conclusion=Conclusion.EXCLUDES), Numbers(), {"examiners"}),
        (replace(AGREED, state=State.AT_BOARD), Numbers(), {"examiners"}),
        (replace(AGREED, unexplained=frozenset({"age"})), Numbers(), {"discrepancy"}),
        (Standing(State.AWAITED, 1), Numbers(), {"examiners", "discrepancy"}),
    ],
)
def test_no_number_and_no_single_person_opens_the_gate(standing, numbers, lacks):
    papers = {"primary", "legal", "completeness", "plan"}  # nothing was put on record

    found = items_of(standing, (), numbers)

    assert {each.need.value for each in found if not each.stands} == lacks | papers
