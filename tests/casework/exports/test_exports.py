"""A copy leaves with purpose, recipient, step-up and watermark, or not at all (r47)."""

import csv
import io
import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.codes import MarkType
from casework.errors import InvalidInput, NotFound
from casework.exports import actions
from casework.exports.actions import Wanted, hand_out
from casework.exports.rows import Row, as_csv, as_json, lines_of
from casework.missing.model import MissingPersonMark
from casework.record_codes import NameKind, SearchStatus
from casework.signin.model import Institution
from casework.web.described import teller_for
from privacy.audit.model import Entry
from privacy.errors import NotPermitted, StepUpNeeded
from privacy.permissions import Purpose
from privacy.released.model import Form, ReleasedCopy
from privacy.released.register import copies_of, recall
from tests.builders import a_missing_person, a_relative, grant_of

REASON = "Búsqueda conjunta acordada"
NAME, PLACE, MARK = "Zulmabela", "Lugarcanario", "Señacanaria"


@pytest.fixture
def forensic(bruno):
    return bruno.institution_id


@pytest.fixture
def consulate(carlos):
    return carlos.institution_id


def person_with(database, lidia, *grants, **stated):
    with database.transaction(lidia) as session:
        return a_missing_person(
            session,
            lidia,
            given_names=NAME,
            place=PLACE,
            marks=[MissingPersonMark(kind=MarkType.SCAR, words=MARK)],
            grants=list(grants),
            **stated,
        )


def wanted(recipient, **stated):
    usual = {
        "recipient_id": recipient,
        "purpose": Purpose.SEARCH,
        "reason": REASON,
        "form": Form.JSON,
    }
    return Wanted(**(usual | stated))


def handed(database, viewer, request, at):
    with database.transaction(viewer) as session:
        copy = hand_out(session, viewer, request, at=at)
        return as_json(copy.rows, copy.number, "", made_at=at).decode()


def test_r47_a_copy_holds_what_the_recipients_grants_cover_and_no_more(
    database, lidia, forensic, noon
):
    person_with(
        database,
        lidia,
        ("circumstances", "search", "forensic"),
        ("antemortem", "search", "forensic"),
    )

    told = handed(database, lidia, wanted(forensic), noon)

    assert PLACE in told
    assert MARK in told
    assert NAME not in told


def test_r47_with_consent_to_the_name_the_name_goes_too(database, lidia, forensic, noon):
    groups = ("circumstances", "identity")
    person_with(database, lidia, *((group, "search", "forensic") for group in groups))

    told = handed(database, lidia, wanted(forensic), noon)

    assert NAME in told
    assert MARK not in told


def test_r47_a_copy_that_took_all_groups_would_be_noticed(
    database, lidia, forensic, noon, monkeypatch
):
    person_with(database, lidia, ("circumstances", "search", "forensic"))
    monkeypatch.setattr(
        "casework.exports.queries.groups_open",
        lambda _session, _viewer, rows, _at: {
            each.id: frozenset(["circumstance", "identity", "body"]) for each in rows
        },
    )

    assert NAME in handed(database, lidia, wanted(forensic), noon)


@pytest.mark.parametrize(
    "grants",
    [
        [],
        [("circumstances", "search", "institution:999999")],
        [("circumstances", "justice", "forensic")],
    ],
)
def test_r47_without_a_grant_that_reaches_them_nothing_leaves(
    database, lidia, forensic, noon, grants
):
    person_with(database, lidia, *grants)

    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        hand_out(session, lidia, wanted(forensic), at=noon)


def test_r47_a_protected_person_is_in_no_copy_for_a_consulate(database, lidia, consulate, noon):
    to_them = ("circumstances", "search", "consulate:HN")
    person_with(database, lidia, to_them, protected=True)
    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        hand_out(session, lidia, wanted(consulate), at=noon)

    open_to_them = person_with(database, lidia, to_them, protected=False)
    assert open_to_them.reference in handed(database, lidia, wanted(consulate), noon)


def test_r47_another_institutions_file_is_not_ours_to_hand_out(
    database, lidia, bruno, gloria, noon
):
    person_with(database, lidia, ("circumstances", "search", "forensic"))

    with database.transaction(bruno) as session, pytest.raises(InvalidInput):
        hand_out(session, bruno, wanted(gloria.institution_id), at=noon)


def test_r47_only_who_has_just_proved_who_they_are_hands_out_anything(
    database, lidia, forensic, noon
):
    person_with(database, lidia, ("circumstances", "search", "forensic"))
    a_while_ago = replace(lidia, stepped_up=False)

    with database.transaction(a_while_ago) as session, pytest.raises(StepUpNeeded):
        hand_out(session, a_while_ago, wanted(forensic), at=noon)


@pytest.mark.parametrize("who", ["amal", "carlos", "ana", "admin", "dora"])
def test_r47_only_those_with_the_duty_hand_anything_out(database, viewers, forensic, noon, who):
    viewer = viewers[who]
    with database.transaction(viewer) as session, pytest.raises(NotPermitted):
        hand_out(session, viewer, wanted(forensic), at=noon)


def test_r47_a_copy_needs_a_purpose_of_both_sides_a_reason_and_a_recipient(
    database, lidia, forensic, ana, noon
):
    person_with(database, lidia, ("circumstances", "search", "forensic"))
    for lacking in (
        {"reason": "porque"},
        {"purpose": Purpose.NOTIFY},  # an examiner notifies nobody
        {"purpose": Purpose.STATISTICS},
    ):
        with database.transaction(lidia) as session, pytest.raises(InvalidInput):
            hand_out(session, lidia, wanted(forensic, **lacking), at=noon)
    for nobody in (ana.institution_id, lidia.institution_id, 10**9):
        with database.transaction(lidia) as session, pytest.raises(NotFound):
            hand_out(session, lidia, wanted(nobody), at=noon)


def test_r47_every_copy_is_registered_for_each_record_and_logged(
    database, lidia, dora, forensic, noon
):
    person = person_with(database, lidia, ("circumstances", "search", "forensic"))
    with database.transaction(lidia) as session:
        copy = hand_out(session, lidia, wanted(forensic), at=noon)

    with database.transaction(lidia) as session:
        (kept,) = copies_of(session, missing_person_id=person.id)
        assert (kept.copy, kept.groups, kept.reason) == (copy.number, ["circumstance"], REASON)
    with database.transaction(dora) as session:
        line = session.scalar(sa.select(Entry).where(Entry.deed == "missing:list:exported"))
    assert line.concerning == [person.reference]


def test_r47_a_copy_that_cannot_be_registered_does_not_leave(
    database, lidia, forensic, noon, monkeypatch
):
    person_with(database, lidia, ("circumstances", "search", "forensic"))

    def broken(*_args, **_named):
        raise RuntimeError("the register is full")

    monkeypatch.setattr(actions, "release", broken)

    with database.transaction(lidia) as session, pytest.raises(RuntimeError):
        hand_out(session, lidia, wanted(forensic), at=noon)


def test_copies_are_called_back_by_whom_the_record_belongs_to(
    database, lidia, gloria, forensic, noon
):
    person = person_with(database, lidia, ("circumstances", "search", "forensic"))
    handed(database, lidia, wanted(forensic), noon)

    with database.transaction(gloria) as session:
        assert copies_of(session, missing_person_id=person.id) == []
    with database.transaction(lidia) as session:
        recall(session, copies_of(session, missing_person_id=person.id), at=noon)
        assert copies_of(session, missing_person_id=person.id) == []
        assert session.scalar(sa.select(ReleasedCopy.recalled_at)) == noon


def test_an_expired_grant_ends_what_leaves_today(database, lidia, forensic, noon):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        giver = a_relative(session, person)
        item = ("circumstances", "search", "forensic")
        grant_of(session, person, item, giver=giver, expires=noon)

    with database.transaction(lidia) as session, pytest.raises(InvalidInput):
        hand_out(session, lidia, wanted(forensic), at=noon)


def test_r47_the_mark_stands_above_a_table_and_in_every_row(noon):
    rows = [Row(f"MP-{i}", {"place": "x"}, is_invented=True) for i in range(3)]

    told_to = "Ejemplar ABC123 para otra institución"
    text = as_csv(rows, "ABC123", told_to, made_at=noon).decode("utf-8-sig")

    head, columns, *told = csv.reader(io.StringIO(text))
    assert "ABC123" in head[0]
    assert columns[:2] == ["copy", "reference"]
    assert [each[0] for each in told] == ["ABC123"] * 3
    data = json.loads(as_json(rows, "ABC123", "Ejemplar ABC123", made_at=noon))
    assert data["watermark"] == "Ejemplar ABC123"
    assert {each["copy"] for each in data["records"]} == {"ABC123"}


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+49 x", "-2+3", "\t=1", "=cmd|' /C'!A0"])
def test_no_cell_of_a_table_is_a_formula(cell, noon):
    row = Row("MP-1", {"place": cell}, is_invented=True)
    text = as_csv([row], "A", "m", made_at=noon).decode("utf-8-sig")

    (row,) = list(csv.reader(io.StringIO(text)))[2:]
    assert f"'{cell}" in row


def test_a_negative_number_stays_a_number(noon):
    row = Row("MP-1", {"lon": -92.26}, is_invented=True)
    text = as_csv([row], "A", "m", made_at=noon).decode("utf-8-sig")

    assert "-92.26" in list(csv.reader(io.StringIO(text)))[2]


def test_r47_the_page_asks_again_who_one_is_before_anything_leaves(database, signed_in, lidia):
    person_with(database, lidia, ("circumstances", "search", "forensic"))
    browser = signed_in("lidia", second_factor=False)

    answer = browser.get("/missing/export", follow_redirects=False)

    assert answer.status_code in {303, 403}
    assert PLACE not in answer.text


def test_r47_a_copy_comes_from_the_page_with_its_mark(database, signed_in, lidia, forensic):
    person = person_with(database, lidia, ("circumstances", "search", "forensic"))
    browser = signed_in("lidia")
    token = token_of(browser.get("/missing/export").text)

    answer = browser.post(
        "/missing/export",
        data={
            "form_token": token,
            "recipient": str(forensic),
            "purpose": "search",
            "form": "csv",
            "reason": REASON,
        },
    )

    assert answer.status_code == 200
    with database.transaction(lidia) as session:
        (copy,) = copies_of(session, missing_person_id=person.id)
    assert answer.text.count(copy.copy) == 2
    assert institution_name(database, lidia, forensic) in answer.text


def test_r47_a_copy_comes_over_the_api_with_its_mark(database, signed_in, lidia, forensic):
    person_with(database, lidia, ("circumstances", "search", "forensic"))
    browser = signed_in("lidia")
    token = token_of(browser.get("/missing/export").text)

    answer = browser.post(
        "/api/v1/missing/export",
        json={"recipient_id": forensic, "purpose": "search", "reason": REASON},
        headers={"x-form-token": token},
    ).json()

    assert answer["copy_number"] in answer["watermark"]
    assert {each["copy_number"] for each in answer["records"]} == {answer["copy_number"]}


def token_of(page):
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def institution_name(database, viewer, number):
    with database.transaction(viewer) as session:
        return session.get_one(Institution, number).name


def test_a_copy_on_paper_says_words_and_not_codes():
    name = {"kind": NameKind.LEGAL, "given_names": "Ana", "surname_1": "Inventada"}
    values = {
        "country": "MX",
        "search_status": SearchStatus.OPEN,
        "nationalities": ["HN"],
        "names": [name | {"surname_2": ""}],
    }

    told = [
        text for _, text in lines_of(Row("MP-1", values, is_invented=True), teller_for("es"))
    ]

    assert told == ["México", "búsqueda abierta", "Honduras", "Nombre legal: Ana Inventada"]
