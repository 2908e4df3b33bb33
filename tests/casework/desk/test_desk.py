"""Offices ask something of each other, and neither learns of a record by being asked."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.desk import queries
from casework.desk.actions import Asking, read_thread, send_request, write
from casework.desk.finding import NO_SUCH_RECORD
from casework.desk.model import OfficeMessage, OfficeReading, OfficeRequest, RequestKind, Step
from casework.desk.queries import Tray, count_waiting, get_request, list_requests, states_of
from casework.errors import Conflict, InvalidInput, NotFound
from casework.missing.queries import get_missing_person
from casework.retention.erasing import erase
from casework.signin.model import Institution
from casework.status.model import StatusCode
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER, Permission
from privacy.sealing.model import DataKey
from tests.builders import a_missing_person, a_relative, grant_of, withdraw_all

WORDS = "La madre puede dar una muestra el jueves."


@pytest.fixture
def person(database, lidia):
    """Somebody from Honduras whose mother agreed to all that is asked, not protected."""
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, protected=False).reference


def send(database, sender, to, about, at, **stated):
    """Ask as one office of another; give the number of the request."""
    with database.transaction(sender) as session:
        found = about and get_missing_person(session, sender, about, at=at)
        usual = {
            "kind": RequestKind.SAMPLE,
            "to": session.get_one(Institution, to.institution_id),
            "about": found or None,
            "due_on": at.date() + timedelta(days=3),
            "words": WORDS,
        }
        return send_request(session, sender, Asking(**(usual | stated)), at=at).id


def do(database, viewer, number, at, words="", step=None):
    with database.transaction(viewer) as session:
        request = get_request(session, viewer, number, at=at)
        write(session, viewer, request, words, step, at=at)


def tray_of(database, viewer, tray, at):
    with database.transaction(viewer) as session:
        rows, total = list_requests(session, viewer, tray, at, page=1, size=20)
        assert total == len(rows)
        return [(each.request.id, each.state, each.unread) for each in rows]


def thread_of(database, viewer, number, at):
    with database.transaction(viewer) as session:
        request = get_request(session, viewer, number, at=at)
        messages = read_thread(session, viewer, request, at=at)
        return [request.words, *(each.words for each in messages)]


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text).group(1)


def test_a_consulate_asks_the_keeper_answers_and_each_sees_what_waits(
    database, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, person, noon)

    assert tray_of(database, lidia, Tray.RECEIVED, noon) == [(number, Step.OPEN, True)]
    assert thread_of(database, lidia, number, noon) == [WORDS]
    do(database, lidia, number, noon, step=Step.ACCEPTED)
    do(database, lidia, number, noon, "Enviada hoy.", Step.ANSWERED)
    assert tray_of(database, lidia, Tray.RECEIVED, noon) == []
    assert tray_of(database, carlos, Tray.CLOSED, noon) == [(number, Step.ANSWERED, True)]
    assert thread_of(database, carlos, number, noon) == [WORDS, "", "Enviada hoy."]
    assert tray_of(database, carlos, Tray.CLOSED, noon) == [(number, Step.ANSWERED, False)]
    with pytest.raises(Conflict):
        do(database, carlos, number, noon, step=Step.WITHDRAWN)


def test_what_fell_due_first_comes_first_and_is_counted_by_its_day(
    database, carlos, lidia, person, noon
):
    days = (9, 0, 2, 40)
    sent = {
        each: send(
            database, carlos, lidia, person, noon, due_on=noon.date() + timedelta(days=each)
        )
        for each in days
    }
    later = noon + timedelta(days=1)

    with database.transaction(lidia) as session:
        due = count_waiting(session, lidia, at=later)
    with database.transaction(carlos) as session:
        own = count_waiting(session, carlos, at=later)

    assert (due.overdue, due.today, due.soon, due.later) == (1, 0, 1, 2)
    assert (own.received, own.own_overdue) == (0, 1)
    rows = tray_of(database, lidia, Tray.RECEIVED, later)
    assert [each[0] for each in rows] == [sent[each] for each in sorted(days)]


def test_r13_a_request_about_whom_the_other_office_may_not_know_is_refused_as_about_nobody(
    database, lidia, carlos, signed_in
):
    with database.transaction(lidia) as session:
        protected = a_missing_person(session, lidia, protected=True).reference
        not_agreed = a_missing_person(session, lidia, protected=False, grants=[]).reference
        guatemalan = a_missing_person(
            session, lidia, protected=False, nationalities=["GT"]
        ).reference
    client = signed_in("lidia")
    sheet = {"form_token": token_of(client.get("/desk/new")), "sheet": "0" * 32}

    def answered(about):
        typed = sheet | {
            "kind": "record",
            "to": str(carlos.institution_id),
            "about": about,
            "due_on": "2026-03-20",
            "words": WORDS,
        }
        answer = client.post("/desk/new", data=typed, follow_redirects=False)
        return answer.status_code, answer.text.replace(about, "…")

    to_none = answered("MP-ZZZZ-9999")
    assert to_none[0] == 422
    assert [answered(each) for each in (protected, not_agreed, guatemalan)] == [to_none] * 3
    with database.transaction(KEEPER) as session:
        table = OfficeRequest.__table__
        assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_a_request_goes_out_of_sight_with_the_record_it_is_about(
    database, carlos, lidia, person, noon
):
    number = send(database, lidia, carlos, person, noon)
    with database.transaction(carlos) as session:
        assert count_waiting(session, carlos, at=noon).received == 1

    with database.transaction(KEEPER) as session:
        withdraw_all(session, get_missing_person(session, KEEPER, person, at=noon))

    with database.transaction(carlos) as session:
        assert count_waiting(session, carlos, at=noon).received == 0
        for model in (OfficeRequest, OfficeMessage, OfficeReading):
            table = model.__table__
            assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        with pytest.raises(NotFound):
            get_request(session, carlos, number, at=noon)
    assert tray_of(database, lidia, Tray.SENT, noon) == [(number, Step.OPEN, False)]


def test_nobody_but_the_two_offices_sees_a_request_even_in_sql(
    database, viewers, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, person, noon)
    do(database, lidia, number, noon, "Sí.")
    thread_of(database, lidia, number, noon)

    for name in ("bruno", "gloria", "cora", "ana", "dora", "admin"):
        with database.transaction(viewers[name]) as session:
            for model in (OfficeRequest, OfficeMessage, OfficeReading):
                table = model.__table__
                assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0, name


def test_words_without_a_record_are_asked_for_and_no_other_record_is_named_in_them(
    database, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, None, noon, words="¿Quién atiende los lunes?")

    assert tray_of(database, lidia, Tray.RECEIVED, noon) == [(number, Step.OPEN, True)]
    with pytest.raises(InvalidInput, match="sin datos de ninguna persona"):
        send(database, carlos, lidia, None, noon, words=" ")
    with pytest.raises(InvalidInput, match="nombra otro registro"):
        send(database, carlos, lidia, None, noon, words=f"Es {person.lower()}.")
    with pytest.raises(InvalidInput, match="nombra otro registro"):
        do(database, lidia, number, noon, f"Vea {person}.")


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ({"due_on": -1}, "un día que ya pasó"),
        ({"due_on": 400}, "a más de un año"),
    ],
)
def test_a_day_that_nobody_can_keep_is_refused(
    database, carlos, lidia, person, noon, stated, sentence
):
    stated = {"due_on": noon.date() + timedelta(days=stated["due_on"])}
    with pytest.raises(InvalidInput, match=sentence):
        send(database, carlos, lidia, person, noon, **stated)


def test_a_no_needs_a_reason_and_only_who_is_asked_answers(
    database, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, person, noon)

    with pytest.raises(InvalidInput, match="por qué no se puede"):
        do(database, lidia, number, noon, step=Step.DECLINED)
    with pytest.raises(Conflict):
        do(database, carlos, number, noon, step=Step.ANSWERED)


def test_what_was_asked_and_written_is_neither_changed_nor_removed(
    database, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, person, noon)
    do(database, lidia, number, noon, "Sí.")

    for viewer in (carlos, lidia):
        with database.transaction(viewer) as session:
            for model in (OfficeRequest, OfficeMessage):
                table = model.__table__
                emptied = session.execute(sa.update(table).values(words=None))
                gone = session.execute(sa.delete(table))
                assert (emptied.rowcount, gone.rowcount) == (0, 0)


def test_erasing_a_person_erases_what_offices_wrote_and_its_key(
    database, carlos, lidia, person, noon
):
    number = send(database, carlos, lidia, person, noon)
    do(database, lidia, number, noon, "Sí.")
    with database.transaction(KEEPER) as session:
        seal = session.scalar(sa.select(OfficeRequest.__table__.c.seal_id))

    with database.transaction(lidia) as session:
        found = get_missing_person(session, lidia, person, at=noon)
        erase(session, lidia, found, basis="test", at=noon)

    with database.transaction(KEEPER) as session:
        for model in (OfficeRequest, OfficeMessage):
            table = model.__table__
            assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        assert session.get_one(DataKey, seal).destroyed_at == noon


def test_helping_with_a_file_needs_a_family_that_named_the_institution(
    database, lidia, gloria, person, noon
):
    def refer():
        return send(database, lidia, gloria, person, noon, kind=RequestKind.REFERRAL)

    with pytest.raises(InvalidInput, match="por su nombre"):
        refer()
    named = f"institution:{gloria.institution_id}"
    with database.transaction(lidia) as session:
        found = get_missing_person(session, lidia, person, at=noon)
        grant_of(session, found, ("circumstances", "search", named))

    number = refer()

    assert tray_of(database, gloria, Tray.RECEIVED, noon) == [(number, Step.OPEN, True)]
    with pytest.raises(InvalidInput, match="Solo quien atiende a la familia"):
        send(database, gloria, lidia, person, noon, kind=RequestKind.REFERRAL)


@pytest.fixture
def offered(database, lidia, gloria, person, noon):
    """A file whose family agreed that a forensic service keeps it, offered to that service."""
    named = f"institution:{gloria.institution_id}"
    with database.transaction(lidia) as session:
        found = get_missing_person(session, lidia, person, at=noon)
        mother = a_relative(session, found)
        grant_of(
            session,
            found,
            ("circumstances", "search", named),
            ("identity", "search", named),
            ("contact", "notify", named),
            giver=mother,
        )
        code = StatusCode(
            missing_person_id=found.id,
            relative_id=mother.id,
            reference=person,
            institution_id=lidia.institution_id,
            code_hash=b"0" * 32,
            pin_hash="x",
            language="es",
            made_at=noon,
            made_by=lidia.account_id,
        )
        session.add(code)
    return send(database, lidia, gloria, person, noon, kind=RequestKind.TRANSFER)


def test_a_file_taken_over_goes_whole_and_who_kept_it_keeps_what_was_agreed(
    database, lidia, gloria, carlos, person, offered, noon, dora
):
    asked = send(database, carlos, lidia, person, noon)

    do(database, gloria, offered, noon, step=Step.ACCEPTED)

    with database.transaction(gloria) as session:
        found = get_missing_person(session, gloria, person, at=noon)
        assert found.owner_institution_id == gloria.institution_id
        assert found.owner_country == gloria.country
        owners = session.scalars(sa.text("SELECT DISTINCT owner_institution_id FROM consent"))
        assert owners.all() == [gloria.institution_id]
        assert session.scalars(sa.select(StatusCode.institution_id)).all() == [
            gloria.institution_id
        ]
    # A liaison officer reads the files of their own institution and no others.
    with database.transaction(lidia) as session, pytest.raises(NotFound):
        get_missing_person(session, lidia, person, at=noon)
    assert [each[0] for each in tray_of(database, gloria, Tray.RECEIVED, noon)] == [asked]
    assert thread_of(database, gloria, offered, noon) == [WORDS, ""]
    with database.transaction(dora) as session:
        told = set(session.scalars(sa.select(Entry.deed).where(Entry.about == person)))
    assert {Deed.REQUEST_SENT, Deed.KEEPER_CHANGED, Deed.REQUEST_MOVED} <= told


def test_a_file_is_not_taken_over_once_the_family_no_longer_agrees(
    database, lidia, gloria, person, offered, noon
):
    with database.transaction(lidia) as session:
        found = get_missing_person(session, lidia, person, at=noon)
        withdraw_all(session, found)
        grant_of(session, found, ("circumstances", "search", "forensic"))

    with pytest.raises(Conflict, match="ya no lo autoriza"):
        do(database, gloria, offered, noon, step=Step.ACCEPTED)

    with database.transaction(lidia) as session:
        found = get_missing_person(session, lidia, person, at=noon)
        assert found.owner_institution_id == lidia.institution_id
        assert states_of(session, [offered]) == {}


def test_the_desk_of_a_consulate_shows_its_people_and_asks_in_one_form(
    lidia, person, signed_in
):
    client = signed_in("carlos")
    page = client.get("/desk").text
    form = client.get(f"/desk/new?about={person}")

    assert "Búsqueda abierta" in page
    assert person in page
    # The keeper, the day and the reference are filled: what is wanted is all there is to say.
    assert f'value="{lidia.institution_id}" selected' in form.text
    assert 'value="2026-03-23"' in form.text
    typed = dict(re.findall(r'name="(about|due_on)" [^>]*value="([^"]*)"', form.text))
    typed |= {"kind": "sample", "to": str(lidia.institution_id), "words": WORDS}
    sent = client.post("/desk/new", data={"form_token": token_of(form), **typed})
    assert "El pedido quedó enviado." in sent.text
    assert WORDS in sent.text
    again = client.get("/desk?tray=sent").text
    assert person in again
    other = signed_in("cora").get("/desk").text
    assert person not in other


def test_over_the_api_a_request_is_sent_read_and_answered(lidia, person, signed_in):
    client = signed_in("carlos")
    headers = {"x-form-token": token_of(client.get("/me"))}
    asked = {"kind": "record", "to": lidia.institution_id, "about": person, "words": WORDS}
    sent = client.post("/api/v1/requests", json=asked, headers=headers).json()

    client = signed_in("lidia")
    headers = {"x-form-token": token_of(client.get("/me"))}
    (listed,) = client.get("/api/v1/requests").json()
    said = {"words": "Enviado.", "step": "answered"}
    address = f"/api/v1/requests/{sent['id']}"
    answered = client.post(f"{address}/messages", json=said, headers=headers).json()

    assert (listed["id"], listed["about"], listed["unread"]) == (sent["id"], person, True)
    assert (answered["state"], answered["messages"][0]["words"]) == ("answered", "Enviado.")
    assert client.get(address).json()["unread"] is False


def test_every_duty_that_reads_requests_is_one_of_a_desk(viewers):
    desks = {name for name, each in viewers.items() if each.may(Permission.REQUEST_READ)}

    assert desks == {"amal", "bruno", "gloria", "lidia", "carlos", "cora"}
    assert all(viewers[name].role in queries.AT_A_DESK for name in desks)


def test_a_form_about_what_nobody_finds_says_so_before_it_is_filled(signed_in):
    form = signed_in("lidia").get("/desk/new?about=MP-ZZZZ-9999")

    assert form.status_code == 422
    assert NO_SUCH_RECORD in form.text
    assert 'value="MP-ZZZZ-9999"' in form.text
