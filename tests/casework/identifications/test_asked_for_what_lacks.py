"""What a premature decision lacks is asked of who keeps it; an answer brings the pair back."""

import re
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.desk.actions import write
from casework.desk.model import OfficeRequest, Step
from casework.desk.queries import get_request
from casework.desk.wishes import Wish
from casework.errors import InvalidInput
from casework.identifications.asking import ask_for, asked_since, wishes_of
from casework.identifications.model import DecisionOutcome
from casework.identifications.queries import get_decision
from casework.missing.model import MissingPerson
from casework.models import metadata
from casework.notifications.model import Notification, NotificationKind
from casework.queue.parking import Back, parked_of
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_relative

FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
# Which number a row has, how it is sealed, and where a line stands in the log say nothing.
OWN = {"id", "seal_id", "words"}
COUNTED = {"id", "position", "written_at", "salt", "payload_hash", "leaf_hash"}
CHANCE = re.compile(r'value="[^"]{30,}"|"id":\d+')


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
            ask_for(session, at_gate.bruno, decided, {Wish.PARTS}, spoken=str, at=at)
        wished = {Wish.RELATIVE_SAMPLE}
        (sent,) = ask_for(session, at_gate.bruno, decided, wished, spoken=str, at=at)
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


def test_a_request_is_the_same_whether_or_not_a_decision_stands_behind_it(
    database, at_gate, lidia, dora, signed_in
):
    at_gate.is_examined()
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.PREMATURE)
    for each in (at_gate.gloria, at_gate.bruno):
        at_gate.signs(each, number)
    with database.transaction(KEEPER) as session:
        # Whoever speaks with the family reads the desk of who keeps the file.
        kept = session.get_one(MissingPerson, at_gate.of.person_id)
        kept.owner_institution_id, kept.owner_country = lidia.institution_id, "HN"
        a_relative(session, kept)
    asked = {"ask": ["relative_sample", "dental_record"]}
    more = "  Antes del día 9.\r\nGracias. "

    def sent(page, path, **typed):
        before = counted(database, lidia)
        client = signed_in("bruno")
        token = FORM_TOKEN.search(client.get(page).text)[1]
        answer = client.post(path, data={**typed, **asked, "form_token": token})
        assert answer.status_code == 200, answer.text
        return counted(database, lidia) - before

    behind = sent(f"/decisions/{number}", f"/decisions/{number}/requests", more=more)
    form = signed_in("bruno").get(f"/desk/new?about={at_gate.of.person}").text
    filled = dict(re.findall(r'name="(about|due_on)" [^>]*value="([^"]*)"', form))
    filled["to"] = re.search(r'value="(\d+)" selected', form)[1]
    alone = sent("/desk/new", "/desk/new", words=more, **filled)

    assert behind == alone
    assert alone["office_request"] == 2
    with database.transaction(lidia) as session:
        table = OfficeRequest.__table__
        rows = session.execute(sa.select(table).order_by(table.c.id)).mappings().all()
    numbers = [row["id"] for row in rows]
    told = [but(OWN, row) | {"words": len(row["words"])} for row in rows]
    with database.transaction(dora) as session:
        lines = [
            of_request(session, Entry, Entry.details["request"].astext == str(each), each)
            for each in numbers
        ]
    with database.transaction(KEEPER) as session:
        notices = [
            of_request(session, Notification, Notification.key == f"request:{each}", each)
            for each in numbers
        ]
    client = signed_in("lidia")
    pages = [
        [
            CHANCE.sub("", client.get(f"{path}{each}").text.replace(f"{path}{each}", path))
            for path in ("/desk/", "/api/v1/requests/")
        ]
        for each in numbers
    ]
    # A dental record and a sample were asked for, with a decision and then without.
    for seen in (told, lines, notices, pages):
        assert all(seen)
        assert seen[:2] == seen[2:]
    assert "Antes del día 9." in pages[0][0]
    whom = "la muestra que más diría ahora: madre (2)"  # for who keeps the family's tree
    assert whom in pages[1][0]
    assert whom not in signed_in("bruno").get(f"/desk/{numbers[1]}").text


def counted(database, viewer):
    """Count, table by table, what a session of theirs reads in the database."""
    with database.transaction(viewer) as session:
        every = [
            sa.select(sa.literal(name), sa.func.count()).select_from(table)
            for name, table in metadata.tables.items()
            if session.scalar(sa.select(sa.func.has_table_privilege(name, "SELECT")))
        ]
        return Counter(dict(session.execute(sa.union_all(*every)).all()))


def of_request(session, model, about, number):
    """Give the one row about a request, without the request's own number."""
    row = session.execute(sa.select(model.__table__).where(about)).mappings().one()
    whole = str(but(COUNTED, row))
    for said in (f"/desk/{number}'", f"'request:{number}'", f"'request': '{number}'"):
        whole = whole.replace(said, "")
    return whole


def but(left_out, row):
    """Give all that is in a row, but some columns."""
    return {name: row[name] for name in row if name not in left_out}
