"""A relative looks up how their search stands, and nobody else learns anything."""

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from casework.contacts.actions import Spoken, log_contact
from casework.contacts.model import Channel, ContentClass, Direction, Outcome
from casework.documents.model import IssuedDocument
from casework.documents.verifying import Verdict, verify
from casework.errors import Conflict
from casework.families.model import Relative
from casework.missing.model import MissingPerson
from casework.retention.erasing import erase
from casework.signin.throttling import FREE_BY_NAME
from casework.status import actions, looking
from casework.status.model import PublicLine, StatusCode
from casework.status.queries import get_code
from casework.web.languages import Spoken as Language
from casework.web.templating import Templates
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import DOOR, KEEPER
from tests.builders import a_missing_person, a_relative

LINE = "+504 2222 0000"


@pytest.fixture
def mother(database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, given_names="Zulmabela", protected=False)
        return a_relative(session, person)


@pytest.fixture
def given(database, lidia, mother, noon):
    """A code and its PIN, as they were told once."""
    with database.transaction(lidia) as session:
        actions.set_line(session, lidia, line=LINE, hours="de 8 a 16", at=noon)
        return give(session, lidia, mother, noon)


def give(session, viewer, mother, at):
    return actions.give_code(
        session,
        viewer,
        session.get(Relative, mother.id),
        language=Language.HT,
        next_contact_on=None,
        at=at,
    )


def look(client, code, pin, language="es"):
    return client.post("/status", data={"code": code, "pin": pin, "language": language})


def deeds(database, dora):
    with database.transaction(dora) as session:
        return session.scalars(sa.select(Entry.deed).order_by(Entry.position)).all()


def test_the_page_says_who_keeps_the_file_and_where_to_call_and_no_name(client, given):
    answer = look(client, f"{given.code[:4]}-{given.code[4:].lower()}", given.pin)

    assert answer.status_code == 200
    assert LINE in answer.text
    assert "Institución inventada comite" in answer.text
    for hidden in ("Zulmabela", "Rosa", "MP-", given.code, given.pin):
        assert hidden not in answer.text


def test_who_chose_no_language_is_told_in_that_of_their_code_and_dials_by_one_press(
    client, given
):
    answer = client.post("/status", data={"code": given.code, "pin": given.pin})

    assert '<html lang="ht"' in answer.text
    assert f'<a href="tel:+50422220000">{LINE}</a>' in answer.text


def test_the_page_follows_what_was_promised_and_not_what_was_said(
    client, database, given, lidia, mother, noon
):
    spoken = Spoken(
        happened_at=noon,
        direction=Direction.TO_FAMILY,
        channel=Channel.PHONE,
        content=ContentClass.ROUTINE,
        outcome=Outcome.SPOKE,
        said="algo muy reservado",
        promised="llevarle la carta",
        promised_by=(noon + timedelta(days=9)).date(),
    )
    with database.transaction(lidia) as session:
        relative = session.get(Relative, mother.id)
        log_contact(session, lidia, relative, spoken, at=noon)
        actions.note_message(session, lidia, get_code(session, relative), waits=True, at=noon)

    page = look(client, given.code, given.pin).text

    assert "18 de marzo de 2026" in page
    assert "se da en persona" in page
    assert "reservado" not in page
    assert "la carta" not in page


@pytest.mark.parametrize("language", list(Language))
def test_the_page_speaks_all_five_languages(client, language):
    titles = {each: client.get(f"/status?language={each}").text for each in Language}

    assert f'<html lang="{language}"' in titles[language]
    assert len({re.search(r"<h1>(.*?)</h1>", page)[1] for page in titles.values()}) == 5
    assert len(titles[language].encode()) < 10_000


def test_r34_a_wrong_code_and_a_wrong_pin_get_the_same_bytes(client, given):
    wrong_pin = look(client, given.code, "0" * 6 if given.pin != "0" * 6 else "1" * 6)
    wrong_code = look(client, "BCDFGHJK", given.pin)

    assert wrong_pin.status_code == wrong_code.status_code == 401
    assert wrong_pin.content == wrong_code.content


def test_r34_a_wrong_code_costs_a_hash_like_a_wrong_pin(database, given, noon, monkeypatch):
    hashed = []
    real = looking.is_right
    monkeypatch.setattr(
        looking, "is_right", lambda typed, kept: hashed.append(typed) or real(typed, kept)
    )

    with database.transaction(DOOR) as session:
        for code in (given.code, "BCDFGHJK"):
            assert looking.look_up(session, code, "999", at=noon) is None

    assert len(hashed) == 2


def test_guessing_a_pin_is_slow_and_the_owner_elsewhere_is_not_kept_out(client, given):
    answers = [look(client, given.code, "wrong").status_code for _ in range(FREE_BY_NAME)]
    refused = look(client, given.code, given.pin)

    assert answers == [401] * FREE_BY_NAME
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    elsewhere = {each.key for each in looking.buckets_of(given.code, "198.51.100.7")}
    here = {each.key for each in looking.buckets_of(given.code, "testclient")}
    assert elsewhere.isdisjoint(here)


def test_a_renewed_code_ends_the_one_before_and_a_revoked_one_opens_nothing(
    client, database, given, lidia, mother, noon
):
    with database.transaction(lidia) as session:
        second = give(session, lidia, mother, noon)
    assert look(client, given.code, given.pin).status_code == 401
    assert look(client, second.code, second.pin).status_code == 200

    with database.transaction(lidia) as session:
        code = get_code(session, session.get(Relative, mother.id))
        actions.revoke_code(session, lidia, code, at=noon)

    assert look(client, second.code, second.pin).status_code == 401


def test_no_code_is_given_before_it_is_known_where_to_call(database, lidia, mother, noon):
    with (
        database.transaction(lidia) as session,
        pytest.raises(Conflict, match="teléfono público"),
    ):
        give(session, lidia, mother, noon)


def test_neither_code_nor_pin_is_kept(database, given):
    with database.transaction(KEEPER) as session:
        (row,) = session.execute(sa.select(StatusCode.__table__)).all()

    assert given.code not in str(row)
    assert given.pin not in str(row)


@pytest.mark.usefixtures("given")
def test_the_door_reads_the_code_and_no_file(database):
    with database.transaction(DOOR) as session:
        assert session.scalars(sa.select(StatusCode.message_waits)).all() == [False]
        assert session.scalars(sa.select(Relative)).all() == []
        assert session.scalars(sa.select(MissingPerson)).all() == []


def test_each_look_stands_in_the_log(client, database, given, dora):
    look(client, given.code, "wrong")
    look(client, given.code, given.pin)

    assert deeds(database, dora)[-2:] == [Deed.STATUS_REFUSED, Deed.STATUS_READ]


@pytest.mark.usefixtures("given")
def test_other_institutions_and_duties_see_no_code_and_change_no_line(database, viewers):
    for name in ("bruno", "gloria", "carlos", "ana", "dora", "admin"):
        with database.transaction(viewers[name]) as session:
            assert session.scalars(sa.select(StatusCode)).all() == [], name
            session.execute(sa.update(PublicLine).values(line="+1 000"))
    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(PublicLine.line)).all() == [LINE]


def test_erasing_a_file_ends_its_codes(client, database, given, lidia, mother, noon):
    with database.transaction(lidia) as session:
        person = session.get(Relative, mother.id).case
        erase(session, lidia, person, basis="test", at=noon)

    assert look(client, given.code, given.pin).status_code == 401


def test_an_officer_is_shown_a_code_once_and_prints_it_without_its_pin(
    database, signed_in, lidia, mother, noon
):
    with database.transaction(lidia) as session:
        actions.set_line(session, lidia, line=LINE, hours="", at=noon)
        reference = session.get(Relative, mother.id).case.reference
    client = signed_in("lidia")
    here = f"/missing/{reference}/family"
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(here).text)[1]

    shown = client.post(
        f"{here}/{mother.id}/status/new", data={"form_token": token, "code_language": "fr"}
    ).text
    code = re.search(r"<b>(\w{4}-\w{4})</b>", shown)[1]
    slip = client.post(
        f"{here}/{mother.id}/status/slip.pdf", data={"form_token": token, "code": code}
    )
    with database.transaction(DOOR) as session:
        before = verify(session, "", sha256(slip.content).hexdigest(), at=noon)
    client.post(f"{here}/{mother.id}/status/revoke", data={"form_token": token})
    with database.transaction(DOOR) as session:
        after = verify(session, before.copy, "", at=noon)

    assert code not in client.get(here).text
    (page,) = PdfReader(BytesIO(slip.content)).pages
    text = page.extract_text()
    assert code in text
    assert before.copy in text
    # Whoever finds it learns nothing of what it is about, neither from it nor at the door.
    for telling in ("dispar", "recherche", "famil", "reunir", "institu"):
        assert telling not in text.lower()
    assert (before.verdict, after.verdict) == (Verdict.UNCHANGED, Verdict.CALLED_BACK)
    assert before.institution == ""
    # A fingerprint of what it says would let whoever knows the rest guess the code.
    assert (before.fingerprint, "Empreinte" in text) == ("", False)
    with database.transaction(KEEPER) as session:
        kept = session.get_one(IssuedDocument, before.copy).said_sha256
    wordless = Templates(Language.FR).render(
        "status/slip.html",
        code="",
        address=re.search(r"\S+/status\b", text)[0],
        printing=SimpleNamespace(copy=before.copy),
    )
    assert kept == sha256(wordless.encode()).hexdigest()
