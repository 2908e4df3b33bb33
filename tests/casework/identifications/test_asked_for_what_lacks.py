"""What a premature decision lacks is asked of who keeps it; an answer brings the pair back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.desk.actions import write
from casework.desk.model import Step
from casework.desk.queries import get_request
from casework.errors import InvalidInput
from casework.identifications.asking import WISHES, Wish, ask_for, asked_since, wishes_of
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import get_decision
from casework.missing.model import MissingPerson
from casework.notifications.model import Notification, NotificationKind
from casework.queue.parking import Back, parked_of
from privacy.permissions import KEEPER


def test_each_thing_goes_to_who_keeps_that_side_and_the_answer_brings_the_pair_back(
    database,
    at_gate,
    noon,
    signed_in,
):
    at_gate.is_examined()
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.PREMATURE)
    for each in (at_gate.gloria, at_gate.bruno):
        at_gate.signs(each, number)
    pair = (at_gate.of.person_id, at_gate.of.remains_id)
    at = noon + timedelta(minutes=5)
    with database.transaction(at_gate.bruno) as session:
        decided = get_decision(session, at_gate.bruno, number, at=at)
        offered = wishes_of(decided)
        assert {Wish.DENTAL_RECORD, Wish.RELATIVE_SAMPLE, Wish.PARTS} <= set(offered)
        with pytest.raises(InvalidInput, match="al menos una"):  # remains are their own
            ask_for(session, at_gate.bruno, decided, {Wish.PARTS: "x"}, at=at)
        words = WISHES[Wish.RELATIVE_SAMPLE].words
        (sent,) = ask_for(session, at_gate.bruno, decided, {Wish.RELATIVE_SAMPLE: words}, at=at)
        asked, about = sent.id, (sent.missing_person_id, sent.remains_id)
        assert about == (at_gate.of.person_id, None)  # the desk reads of one record alone
        assert sent.to_institution_id == at_gate.gloria.institution_id
        assert pair in parked_of(session, at_gate.bruno, at=at).resting
        assert [
            each.request.id for each in asked_since(session, at_gate.bruno, decided, at=at)
        ] == [asked]
    page = signed_in("bruno").get(f"/decisions/{number}")
    assert f"/desk/{asked}" in page.text
    assert "El registro dental más reciente" in page.text

    with database.transaction(at_gate.gloria) as session:
        request = get_request(session, at_gate.gloria, asked, at=at)
        write(session, at_gate.gloria, request, "Su padre la dio hoy.", Step.ANSWERED, at=at)

    with database.transaction(at_gate.bruno) as session:
        assert parked_of(session, at_gate.bruno, at=at).back[pair] == {Back.ANSWERED}
    with database.transaction(KEEPER) as session:
        # By its clock alone: what lacks is mostly what nobody weighs.
        session.get(MissingPerson, pair[0]).changed_at = at
    with database.transaction(at_gate.bruno) as session:
        back = parked_of(session, at_gate.bruno, at=at).back[pair]
        assert back == {Back.ANSWERED, Back.PERSON}
    with database.transaction(KEEPER) as session:
        told = sa.select(Notification.institution_id).where(
            Notification.kind == NotificationKind.REQUEST_ANSWERED
        )
        assert session.scalars(told).all() == [at_gate.bruno.institution_id]
