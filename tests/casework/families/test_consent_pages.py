"""A liaison officer records consents and takes them back; nothing is ticked beforehand."""

import re

import pytest
import sqlalchemy as sa

from casework.families.model import Notice, ProtectionRequest, Relative
from casework.missing.model import MissingPerson
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.model import Consent, Decision
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, a_relative, grant_of

SEARCHED = ("circumstances", "search", "forensic")


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text).group(1)


def send(client, path, form_page, **form):
    return client.post(path, data={"form_token": token_of(form_page), **form})


@pytest.fixture
def file(database, lidia):
    """An unprotected person of the committee, who agreed to nothing yet."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=[])
        mother = a_relative(session, person)
    return person, mother


def entries(database, person):
    with database.transaction(KEEPER) as session:
        return session.scalars(
            sa.select(Consent)
            .where(Consent.missing_person_id == person.id)
            .order_by(Consent.id)
        ).all()


def test_nothing_is_ticked_on_the_form(file, signed_in):
    person, mother = file
    client = signed_in("lidia")

    page = client.get(f"/missing/{person.reference}/relatives/{mother.id}/consents")

    checked = re.findall(r'name="(\w+)" value="(\w*)" checked', page.text)
    assert page.status_code == 200
    assert {answer for name, answer in checked if name != "years"} == {""}


def test_each_yes_and_each_no_becomes_an_entry(file, signed_in, database):
    person, mother = file
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/relatives/{mother.id}/consents"

    answer = send(
        client, path, client.get(path), story="yes", name="no", recipient="forensic", years="2"
    )

    assert answer.status_code == 200
    said = {(each.data_category, each.decision) for each in entries(database, person)}
    assert said == {("circumstances", "granted"), ("identity", "refused")}


def test_an_answer_without_a_recipient_is_asked_again(file, signed_in, database):
    person, mother = file
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/relatives/{mother.id}/consents"

    answer = send(client, path, client.get(path), story="yes")

    assert answer.status_code == 422
    assert entries(database, person) == []


def test_a_recipient_that_the_form_does_not_offer_reaches_nobody(file, signed_in, database):
    person, mother = file
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/relatives/{mother.id}/consents"

    answer = send(client, path, client.get(path), story="yes", recipient="police:US")

    assert answer.status_code == 422
    assert entries(database, person) == []


def test_two_clicks_take_a_consent_back_and_tell_what_cannot_be_undone(
    file, signed_in, database
):
    person, mother = file
    with database.transaction(KEEPER) as session:
        (granted,) = grant_of(session, person, SEARCHED, giver=mother)
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/consents/withdraw"

    page = client.get(path, params={"entry": granted.id})
    answer = send(client, path, page, entry=granted.id)

    assert "Lo ya leído no puede dejar de haberse leído" in page.text
    assert answer.status_code == 200
    assert [each.decision for each in entries(database, person)] == [
        Decision.GRANTED,
        Decision.WITHDRAWN,
    ]


def test_a_mother_takes_back_what_reaches_the_consulate_and_keeps_the_rest(
    file, signed_in, database
):
    person, mother = file
    to_consulate = [
        (what, use, "consulate:HN")
        for what in ("circumstances", "identity")
        for use in ("search", "notify")
    ]
    with database.transaction(KEEPER) as session:
        grant_of(session, person, SEARCHED, *to_consulate, giver=mother)
    client = signed_in("lidia")

    page = client.get(f"/missing/{person.reference}/consents")
    offered = re.search(
        r'href="([^"]+)">Retirar lo que llega a los consulados de Honduras<', page.text
    )
    address = offered.group(1).replace("&amp;", "&")
    asked = client.get(address)
    withdrawn = re.findall(r'name="entry" value="(\d+)"', asked.text)
    send(client, address.partition("?")[0], asked, entry=withdrawn)

    standing = [
        each.recipient
        for each in entries(database, person)
        if each.decision is Decision.GRANTED and each.withdrawn_at is None
    ]
    assert len(withdrawn) == len(to_consulate)
    assert standing == ["forensic"]


def test_what_was_granted_twice_is_taken_back_at_once(file, signed_in, database):
    person, mother = file
    with database.transaction(KEEPER) as session:
        grant_of(session, person, SEARCHED, giver=mother)
        grant_of(session, person, SEARCHED, giver=mother)
    client = signed_in("lidia")

    page = client.get(f"/missing/{person.reference}/consents")
    (address,) = re.findall(r'href="([^"]+)">Retirar<', page.text)
    asked = client.get(address.replace("&amp;", "&"))
    withdrawn = re.findall(r'name="entry" value="(\d+)"', asked.text)
    send(client, address.partition("?")[0], asked, entry=withdrawn)

    granted = [each for each in entries(database, person) if each.decision == "granted"]
    assert asked.text.count("circunstancias · buscar") == 1
    assert len(granted) == 2
    assert all(each.withdrawn_at is not None for each in granted)


def test_a_language_that_the_sheet_does_not_speak_is_asked_again(file, signed_in, database):
    person, mother = file
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/relatives/{mother.id}/consents"
    answers = {"story": "yes", "recipient": "forensic", "years": "2"}

    answer = send(client, path, client.get(path), language="xx", **answers)

    assert answer.status_code == 422
    assert "Elija la lengua de la hoja que se leyó." in answer.text
    assert entries(database, person) == []


def test_an_entry_of_another_file_cannot_be_withdrawn_through_this_one(
    file, signed_in, database, lidia
):
    person, _ = file
    with database.transaction(lidia) as session:
        other = a_missing_person(session, lidia, grants=[])
        (granted,) = grant_of(session, other, SEARCHED)
    client = signed_in("lidia")
    page = client.get(f"/missing/{person.reference}/consents")

    answer = send(
        client, f"/missing/{person.reference}/consents/withdraw", page, entry=granted.id
    )

    assert answer.status_code == 404
    assert entries(database, other)[0].withdrawn_at is None


@pytest.mark.parametrize("name", ["amal", "bruno", "carlos"])
def test_consents_of_another_institutions_file_are_nobodys_business(file, signed_in, name):
    person, _ = file
    client = signed_in(name)

    answer = client.get(f"/missing/{person.reference}/consents")

    assert answer.status_code in {403, 404}


def test_r04_a_report_is_protected_and_its_reporter_speaks_for_themselves(signed_in, database):
    client = signed_in("lidia")
    form = client.get("/missing/new")

    answer = send(
        client,
        "/missing/new",
        form,
        referred_to="la hermana de Ana",
        reporter_kind="relative",
        kinship="sibling",
        reporter_name="Ana Inventada",
        consent="granted",
        shows_name="yes",
        may_reach_consulate="yes",
        nationality="HN",
    )

    assert answer.status_code == 200
    with database.transaction(KEEPER) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        relative = session.scalars(sa.select(Relative)).one()
        granted = session.scalars(sa.select(Consent)).all()
    assert person.protected
    assert person.search_consent == "granted"
    assert {each.giver_id for each in granted} == {relative.id}
    assert {each.recipient for each in granted} == {"forensic", "consulate:HN"}


def test_what_was_not_answered_on_the_telephone_is_closed(signed_in, database):
    client = signed_in("lidia")
    form = client.get("/missing/new")

    send(
        client,
        "/missing/new",
        form,
        referred_to="un muchacho de Tela",
        reporter_kind="anonymous",
        consent="not_asked",
    )

    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(Consent)).all() == []
        assert session.scalars(sa.select(MissingPerson.search_consent)).one() == "not_asked"


def test_r10_a_protection_is_lifted_by_a_second_person_only(signed_in, database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
    client = signed_in("lidia")
    page = client.get(f"/missing/{person.reference}/consents")
    send(
        client,
        f"/missing/{person.reference}/protection/lift",
        page,
        grounds="Llamó el 3 de marzo y dijo que no pidió asilo.",
    )
    with database.transaction(KEEPER) as session:
        assert session.get_one(MissingPerson, person.id).protected
        request = session.scalars(sa.select(ProtectionRequest)).one()

    client = signed_in("dora")
    page = client.get("/protection")
    answer = send(
        client,
        f"/protection/{request.id}",
        page,
        verdict="approve",
        reason="Lo dijo la propia persona.",
    )

    assert answer.status_code == 200
    with database.transaction(KEEPER) as session:
        assert not session.get_one(MissingPerson, person.id).protected


def test_a_notice_tells_whoever_had_it_and_is_marked_as_read(file, signed_in, database, bruno):
    person, mother = file
    with database.transaction(KEEPER) as session:
        (granted,) = grant_of(session, person, SEARCHED, giver=mother)
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/consents/withdraw"
    send(client, path, client.get(path, params={"entry": granted.id}), entry=granted.id)

    client = signed_in("bruno")
    page = client.get("/notices")
    with database.transaction(bruno) as session:
        notice = session.scalars(sa.select(Notice)).one()
    send(client, f"/notices/{notice.id}/read", page)

    assert person.reference in page.text
    with database.transaction(bruno) as session:
        assert session.scalars(sa.select(Notice.read_by)).one() == bruno.account_id


def test_reading_and_writing_the_ledger_is_in_the_log(file, signed_in, database, dora):
    person, mother = file
    client = signed_in("lidia")
    path = f"/missing/{person.reference}/relatives/{mother.id}/consents"

    send(client, path, client.get(path), story="yes", recipient="forensic", years="1")

    with database.transaction(dora) as session:
        deeds = set(session.scalars(sa.select(Entry.deed)))
    assert {Deed.CONSENT_GRANTED, Deed.CONSENT_READ} <= deeds
