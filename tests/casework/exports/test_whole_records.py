"""Whole records leave as any copy does (r47), and come in elsewhere or are refused in words."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from casework.dataset.catalogue import field_at
from casework.dataset.shape import RecordKind
from casework.errors import InvalidInput
from casework.exports.whole import as_file, hand_out_whole
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.reading import groups_opened, read_picture
from casework.statements.saying import Said, Sitting, say
from casework.statements.written import write_record
from privacy.errors import NotPermitted, StepUpNeeded
from privacy.permissions import Purpose
from privacy.released.register import copies_of
from tests.builders import a_missing_person
from tests.casework.exports.test_exports import REASON, token_of, wanted
from tests.casework.imports.imported import bring, counts, rules_of_run, stored

ROSA = Sitting(Method.INTERVIEW, "Rosacanaria", date(2026, 3, 8))
SAID = {
    "hair_style": "Trenzacanaria",
    "mother_name": "Madrecanaria",
    "reporter_name": "Quiencanaria",
    "reserved_marks": "Reservacanaria",
}
GROUPS = ("circumstances", "antemortem")


def a_record(database, viewer, noon, *groups):
    """Enter somebody of whom much was said, and let `groups` of it reach forensic services."""
    with database.transaction(viewer) as session:
        grants = [(each, "search", "forensic") for each in groups]
        person = a_missing_person(session, viewer, grants=grants)
    with database.transaction(viewer) as session:
        hand = hand_of(session, viewer, person.reference, noon)
        say(hand, {path: Said(value) for path, value in SAID.items()}, ROSA)
    return person


def hand_of(session, viewer, reference, at):
    about = get_missing_person(session, viewer, reference, at=at)
    return AtHand(session, viewer, about, MISSING_PERSON, at)


def handed(database, viewer, request, at):
    with database.transaction(viewer) as session:
        copy = hand_out_whole(session, viewer, request, RecordKind.MISSING_PERSON, at=at)
        return as_file(copy, f"Ejemplar {copy.number}")


def test_r47_a_whole_record_holds_what_the_recipient_may_read_and_never_what_stays(
    database, lidia, bruno, noon
):
    person = a_record(database, lidia, noon, *GROUPS)

    told = handed(database, lidia, wanted(bruno.institution_id), noon).decode()

    assert "Trenzacanaria" in told
    for closed in ("Madrecanaria", "Quiencanaria", "Rosacanaria", "Reservacanaria"):
        assert closed not in told
    with database.transaction(lidia) as session:
        (kept,) = copies_of(session, missing_person_id=person.id)
    assert kept.groups == ["body", "circumstance"]
    assert told.count(kept.copy) == len(("above", "in the mark", "in the record"))


def test_r47_what_stays_stays_even_where_every_group_is_open(
    database, lidia, noon, monkeypatch
):
    person = a_record(database, lidia, noon)
    with database.transaction(lidia) as session:
        hand = hand_of(session, lidia, person.reference, noon)
        groups_opened(hand, MISSING_PERSON.groups)

        told = json.dumps(write_record(hand, MISSING_PERSON.groups))

        assert "Quiencanaria" in told
        assert "reserved_marks" not in told
        # a field that forgot to say so would be noticed
        forgetful = "casework.statements.written.field_at"
        monkeypatch.setattr(forgetful, lambda *at: replace(field_at(*at), leaves=True))
        assert "reserved_marks" in json.dumps(write_record(hand, MISSING_PERSON.groups))


def test_r47_a_whole_record_needs_the_duty_a_proof_and_a_purpose(
    database, lidia, amal, bruno, noon
):
    a_record(database, lidia, noon, *GROUPS)
    to_them = wanted(bruno.institution_id)
    lacking = [
        (amal, to_them, NotPermitted),
        (replace(lidia, stepped_up=False), to_them, StepUpNeeded),
        (lidia, replace(to_them, purpose=Purpose.STATISTICS), InvalidInput),
        (lidia, replace(to_them, reason="porque"), InvalidInput),
    ]

    for viewer, request, refusal in lacking:
        with pytest.raises(refusal):
            handed(database, viewer, request, noon)


def test_a_whole_record_comes_from_the_page_and_over_the_api_and_is_read_again(
    database, lidia, bruno, noon, signed_in
):
    person = a_record(database, lidia, noon, *GROUPS)
    browser = signed_in("lidia")
    token = token_of(browser.get("/missing/export").text)
    asked = {"recipient": str(bruno.institution_id), "purpose": "search", "reason": REASON}

    page = browser.post("/missing/export", data=asked | {"form_token": token, "form": "whole"})
    answer = browser.post(
        "/api/v1/missing/export/records",
        json={"recipient_id": bruno.institution_id, "purpose": "search", "reason": REASON},
        headers={"x-form-token": token},
    )

    said = [each["records"][0]["statements"] for each in (page.json(), answer.json())]
    assert said[0] == said[1]
    run = bring(database, bruno, page.content, "expediente.json")
    assert (run.profile, run.quarantined) == ("reunir-record", 1)
    assert rules_of_run(database, run) == ["record_is_ours"]
    assert page.json()["records"][0]["reference"] == person.reference


def test_a_newer_file_of_the_same_record_adds_what_is_new_and_nothing_twice(
    database, lidia, bruno, noon
):
    brings_in = replace(bruno, institution_id=lidia.institution_id)
    file = a_file(database, lidia, noon)
    (record,) = file["records"]
    bring(database, brings_in, as_json(file), "primero.json")
    (before,) = [e["number"] for e in record["statements"] if "hair_style" in e["assertions"]]
    newer = {"hair_style": {"value": "rapada", "replaces": [before]}}
    record["statements"].append(record["statements"][-1] | {"number": 99, "assertions": newer})

    run = bring(database, brings_in, as_json(file), "segundo.json")

    assert run.updated == 1
    with database.transaction(lidia) as session:
        copy = session.query(MissingPerson).filter_by(origin_record_id=record["record_id"])
        hand = AtHand(session, lidia, copy.one(), MISSING_PERSON, noon)
        picture = read_picture(hand, MISSING_PERSON.groups)
        said = session.query(MISSING_PERSON.statement).filter_by(case_id=hand.about.id).count()
    assert [each.value for each in picture["hair_style"]] == ["rapada"]
    assert said == len(record["statements"])


def test_a_record_that_is_not_written_as_agreed_is_refused_in_a_sentence(
    database, lidia, bruno, noon
):
    file = a_file(database, lidia, noon)

    for spoil, rule in SPOILT:
        spoilt = deepcopy(file)
        spoil(spoilt["records"][0])
        run = bring(database, bruno, as_json(spoilt), "malo.json")
        assert counts(run) == {"quarantined": 1}
        assert set(rules_of_run(database, run)) == {rule}
    assert len(stored(database, MissingPerson)) == 1


def first_word(record, **said):
    (word,) = [e["assertions"] for e in record["statements"] if "hair_style" in e["assertions"]]
    word.update(said)


SPOILT = [
    (lambda record: record.update(missing_person_record=2), "newer_record"),
    (lambda record: record.update(record_id=""), "no_record_id"),
    (lambda record: record.update(statements="nada"), "record_unreadable"),
    (lambda record: record["statements"][0].update(method="guessed"), "record_unreadable"),
    (lambda record: record["statements"][0].update(entered_at="ayer"), "record_unreadable"),
    (lambda record: record["statements"][0].update(number=0), "record_unreadable"),
    (lambda record: record["statements"].append(record["statements"][0]), "record_unreadable"),
    (lambda record: first_word(record, hair={"value": "purple"}), "no_value_of_field"),
    (lambda record: first_word(record, hair={"value": None}), "no_value_of_field"),
    (lambda record: first_word(record, asylum={"value": "x"}), "no_value_of_field"),
    (lambda record: first_word(record, hair={"value": "grey", "why": 1}), "record_unreadable"),
    (lambda record: first_word(record, place={"value": {"lat": "x"}}), "no_value_of_field"),
]


def a_file(database, viewer, noon):
    """Write down somebody's record, as if another registry kept it."""
    person = a_record(database, viewer, noon)
    with database.transaction(viewer) as session:
        hand = hand_of(session, viewer, person.reference, noon)
        record = write_record(hand, groups_opened(hand, MISSING_PERSON.groups))
    return {"records": [record | {"record_id": "registro.ejemplo/1"}]}


def as_json(file):
    return json.dumps(file).encode()
