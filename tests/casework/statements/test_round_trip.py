"""Every question of the minimum data set: answered, shown, written to a file, read from it.

The answers are made from the catalogue, so a question that is added tomorrow is covered.
"""

import json
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from casework.dataset.catalogue import field_at, groups_of
from casework.dataset.checking import check_path
from casework.dataset.shape import Kind, RecordKind
from casework.dataset.telling import tell_entry, tell_value
from casework.living.model import LivingPerson
from casework.living.statements import LIVING_PERSON
from casework.missing.model import MissingPerson
from casework.missing.statements import MISSING_PERSON
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.reading import groups_opened, read_opened
from casework.statements.saying import Said, Sitting, say
from casework.statements.written import write_record
from casework.web.described import teller_for
from tests.builders import a_missing_person, remains_found, somebody_alive
from tests.casework.imports.imported import bring
from tests.casework.statements.samples import every_answer
from tests.conftest import on_a_copy

ROSA = Sitting(Method.INTERVIEW, "Rosa Inventada, la madre", date(2026, 3, 8))
LUIS = Sitting(Method.DOCUMENT, "Luis Inventado, el hermano", date(2026, 3, 9))
KINDS = {
    RecordKind.MISSING_PERSON: (MissingPerson, MISSING_PERSON, a_missing_person, "missing"),
    RecordKind.REMAINS: (Remains, REMAINS, remains_found, "remains"),
    RecordKind.LIVING_PERSON: (LivingPerson, LIVING_PERSON, somebody_alive, "living"),
}
KEPT_BY = {
    RecordKind.MISSING_PERSON: "lidia",
    RecordKind.REMAINS: "bruno",
    RecordKind.LIVING_PERSON: "lidia",
}


def a_whole_record(database, viewer, kind, noon):
    """Answer everything once, and let somebody else doubt every answer that has no parts."""
    model, described, builder, _ = KINDS[kind]
    answers = every_answer(kind)
    doubts = {path: {"none": "unknown"} for path in answers if "/" not in path}
    with database.transaction(viewer) as session:
        about = builder(session, viewer)
    with database.transaction(viewer) as session:
        hand = AtHand(session, viewer, session.get_one(model, about.id), described, noon)
        doubted = {
            path: Said(why, certainty=Certainty.DOUBTFUL) for path, why in doubts.items()
        }
        say(hand, doubted, LUIS)
        say(hand, {path: Said(value) for path, value in answers.items()}, ROSA)
    return about.reference, answers


def hand_of(session, viewer, kind, noon, **which):
    model, described, *_ = KINDS[kind]
    about = session.query(model).filter_by(**which).one()
    return AtHand(session, viewer, about, described, noon)


def told_by(hand, *, elsewhere=False):
    """All that stands, by path: what, by whom, when, how known and how sure.

    `elsewhere`: as whoever does not keep the record reads it.
    """
    opened = groups_opened(hand, hand.described.groups)
    assert opened == set(hand.described.groups)
    return {
        path: {
            (json.dumps(e.value, sort_keys=True), e.said_by, e.said_on, e.method, e.certainty)
            for each in standing
            for e in [hand.described.told_elsewhere(hand.about, each) if elsewhere else each]
        }
        for path, standing in read_opened(hand, opened).items()
    }


def as_file(*records):
    return json.dumps({"copy": "AAAA", "records": records}).encode()


def in_words(kind, path, value):
    field, teller = field_at(kind, path), teller_for("es")
    tell = tell_entry if field.kind is Kind.ENTRIES else tell_value
    return tell(field, value, teller)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_answer_is_shown_written_down_and_read_again_elsewhere(
    kind, database, server, template_database, signed_in, viewers, noon
):
    who = KEPT_BY[kind]
    writer = viewers[who]
    reference, answers = a_whole_record(database, writer, kind, noon)
    for path, value in answers.items():
        check_path(kind, path, value)

    # shown: in the history, and in its step
    browser, where = signed_in(who), f"/{KINDS[kind][3]}/{reference}"
    history = unescape(browser.get(f"{where}/history").text)
    lost = [p for p, value in answers.items() if in_words(kind, p, value) not in history]
    assert lost == []
    for group in groups_of(kind):
        step = browser.get(f"{where}/record/{group.key}").text
        seen = {path for path in answers if f'name="seen.{path.replace("/", ".")}"' in step}
        asked = {f.key for f in group.of(kind) if not f.said_there}
        assert {path.partition("/")[0] for path in seen} == asked
        for field in group.of(kind):
            assert not field.said_there or f'href="{where}/{field.kept_at}"' in step

    # written down, and read where nobody knows of it
    with database.transaction(writer) as session:
        hand = hand_of(session, writer, kind, noon, reference=reference)
        told, record_id = told_by(hand, elsewhere=True), hand.about.record_id
        file = as_file(write_record(hand, hand.described.groups))
    leaves = {path: said for path, said in told.items() if field_at(kind, path).leaves}
    assert not [path for path in told.keys() - leaves.keys() if f'"{path}"' in file.decode()]
    # by a colleague of the writer's whose duty it is
    brings_in = replace(viewers["bruno"], institution_id=writer.institution_id)
    name = f"elsewhere_{kind}"
    with on_a_copy(server, template_database, name) as elsewhere:
        first = bring(elsewhere, brings_in, file, "expediente.json")
        again = bring(elsewhere, brings_in, file, "expediente.json")
        assert (first.accepted, again.unchanged) == (1, 1)
        with elsewhere.transaction(writer) as session:
            hand = hand_of(session, writer, kind, noon, origin_record_id=record_id)
            assert hand.about.originality == "copy"
            assert told_by(hand) == leaves
