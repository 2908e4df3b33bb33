"""Somebody is told that something waits, in the page and by mail, and of nobody."""

import re
import socketserver
import threading
from datetime import timedelta
from email import message_from_string, policy

import pytest
import sqlalchemy as sa

from casework.contacts.model import ContactEntry
from casework.desk.actions import Asking, send_request
from casework.desk.model import RequestKind
from casework.errors import Unavailable
from casework.missing.queries import get_missing_person
from casework.notifications.model import MailChoice, NotificationKind
from casework.notifications.posting import post_of
from casework.notifications.queries import count_new, list_waiting
from casework.notifications.rounds import go_round
from casework.notifications.sending import told_in, write_to_those_who_wait
from casework.notifications.writing import Told, tell
from casework.settings import Settings, settings
from casework.signin.model import Account, Institution
from casework.web.languages import OFFERED
from privacy.permissions import DOOR, KEEPER
from tests.builders import a_missing_person, a_relative

ADDRESS = "lidia@comite.invalid"


class Inbox(socketserver.ThreadingTCPServer):
    """A mail server of this machine: keeps what it takes, or says that it is full."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Clerk)
        self.mails, self.takes = [], True

    @property
    def port(self):
        return self.server_address[1]


class Clerk(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            match line.split()[0].upper():
                case "DATA":
                    self.say("354 go on")
                    self.server.mails.append(self.letter())
                    self.say("250 taken")
                case "RCPT":
                    self.say("250 known" if self.server.takes else "452 full")
                case "QUIT":
                    self.say("221 bye")
                    break
                case _:
                    self.say("250 yes")

    def letter(self):
        lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
        return message_from_string("".join(lines), policy=policy.default)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def inbox(monkeypatch):
    with Inbox() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("REUNIR_SMTP", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("REUNIR_MAIL_FROM", "reunir@registro.invalid")
        settings.cache_clear()
        yield server
        server.shutdown()
    monkeypatch.undo()
    settings.cache_clear()


def happen(database, who, at, number, **whom):
    whom = whom or {"institution_id": who.institution_id, "roles": [who.role]}
    told = Told(kind=NotificationKind.REQUEST_RECEIVED, path="/desk/1", key=number, **whom)
    with database.transaction(KEEPER) as session:
        tell(session, told, at=at)


def new_for(database, viewer):
    with database.transaction(viewer) as session:
        return count_new(session, viewer)


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text).group(1)


def choose(client, **form):
    token = token_of(client.get("/notifications"))
    return client.post("/notifications/mail", data={"form_token": token, **form})


def test_a_request_is_told_to_the_people_of_the_other_desk_and_to_nobody_else(
    database, viewers, lidia, carlos, signed_in, noon
):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False).reference
    with database.transaction(carlos) as session:
        asking = Asking(
            kind=RequestKind.SAMPLE,
            to=session.get_one(Institution, lidia.institution_id),
            about=get_missing_person(session, carlos, person, at=noon),
            due_on=noon.date(),
            words="Hace falta una muestra.",
        )
        request = send_request(session, carlos, asking, at=noon)
        path = f"/desk/{request.id}"

    told = {name: new_for(database, viewer) for name, viewer in viewers.items()}

    assert {name: count for name, count in told.items() if count} == {"lidia": 1}
    client = signed_in("lidia")
    assert 'Novedades <span class="count">1</span>' in client.get("/").text
    page = client.get("/notifications")
    assert person not in page.text
    address = re.search(r'href="(/notifications/\d+)"', page.text)[1]
    assert client.get(address, follow_redirects=False).headers["location"] == path
    assert new_for(database, lidia) == 0
    assert signed_in("bruno").get(address).status_code == 404


def test_a_happening_is_told_once_and_all_is_marked_as_seen_at_once(
    database, lidia, signed_in, noon
):
    happen(database, lidia, noon, "one")
    happen(database, lidia, noon, "one")
    happen(database, lidia, noon, "two", account_id=lidia.account_id)

    happen(database, lidia, noon - timedelta(days=2), "late and made last")

    client = signed_in("lidia")
    assert new_for(database, lidia) == 3
    with database.transaction(lidia) as session:
        told = [each.notification.made_at for each in list_waiting(session, lidia)]
    assert told == sorted(told, reverse=True)
    token = token_of(client.get("/notifications"))
    client.post("/notifications/seen", data={"form_token": token})
    assert new_for(database, lidia) == 0


def test_a_mail_says_how_many_and_where_to_sign_in_and_names_nobody(
    database, lidia, signed_in, inbox, noon
):
    choose(signed_in("lidia"), how_often="hour", address=ADDRESS)
    for number in ("one", "two", "three"):
        happen(database, lidia, noon, number)

    write_to_those_who_wait(database, noon)
    write_to_those_who_wait(database, noon)

    (mail,) = inbox.mails
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "Hay 3 asuntos nuevos en reunir")
    said = [line for line in mail.get_content().splitlines() if line]
    assert said == [
        "Hay 3 asuntos nuevos en reunir.",
        "Entre para verlo: http://127.0.0.1:8000/sign-in",
        "Cada cuánto se le avisa, o nunca, se elige en: http://127.0.0.1:8000/notifications",
    ]


def test_an_hour_is_waited_for_what_is_seen_is_not_written_of_and_never_is_never(
    database, lidia, signed_in, inbox, noon
):
    client = signed_in("lidia")
    choose(client, how_often="hour", address=ADDRESS)
    happen(database, lidia, noon, "one")
    write_to_those_who_wait(database, noon)
    happen(database, lidia, noon, "two")

    write_to_those_who_wait(database, noon + timedelta(minutes=50))
    assert len(inbox.mails) == 1
    write_to_those_who_wait(database, noon + timedelta(minutes=60))
    assert [each["Subject"] for each in inbox.mails[1:]] == ["Hay 1 asunto nuevo en reunir"]
    happen(database, lidia, noon, "three")
    client.get(re.findall(r'href="(/notifications/\d+)"', client.get("/notifications").text)[0])
    write_to_those_who_wait(database, noon + timedelta(hours=3))
    happen(database, lidia, noon, "four")
    choose(client, how_often="never", address=ADDRESS)
    write_to_those_who_wait(database, noon + timedelta(hours=9))
    assert len(inbox.mails) == 2
    with database.transaction(DOOR) as session:
        assert session.get_one(MailChoice, lidia.account_id).address == b""


def test_what_the_server_did_not_take_is_written_again_and_the_disabled_are_not_written_to(
    database, lidia, bruno, admin, signed_in, inbox, noon
):
    choose(signed_in("lidia"), how_often="day", address=ADDRESS)
    happen(database, lidia, noon, "one")
    inbox.takes = False
    write_to_those_who_wait(database, noon)
    assert inbox.mails == []

    inbox.takes = True
    write_to_those_who_wait(database, noon + timedelta(minutes=10))
    assert len(inbox.mails) == 1
    choose(signed_in("bruno"), how_often="hour", address="bruno@forense.invalid")
    happen(database, bruno, noon, "two")
    with database.transaction(DOOR) as session:
        opened = sa.select(MailChoice.address).where(MailChoice.account_id == bruno.account_id)
        assert b"bruno@forense.invalid" not in session.scalar(opened)
    with database.transaction(admin) as session:
        session.get_one(Account, bruno.account_id).disabled_at = noon
    write_to_those_who_wait(database, noon + timedelta(hours=2))
    assert len(inbox.mails) == 1


@pytest.mark.parametrize("address", ["", "nadie", "a@b.invalid\nBcc: x@y.invalid"])
def test_an_address_that_is_none_is_asked_for_again(signed_in, address):
    answer = choose(signed_in("lidia"), how_often="day", address=address)

    assert answer.status_code == 422
    assert "Escriba la dirección" in answer.text


def test_an_overdue_promise_is_told_once_a_day_to_who_promised(database, lidia, noon):
    with database.transaction(lidia) as session:
        mother = a_relative(session, a_missing_person(session, lidia))
        entry = ContactEntry(
            case=mother.case,
            relative_id=mother.id,
            happened_at=noon,
            direction="to_family",
            channel="phone",
            content_class="routine_update",
            outcome="spoke",
            promised_by=noon.date(),
            recorded_at=noon,
            recorded_by=lidia.account_id,
        )
        session.add(entry)

    go_round(database, noon)
    assert new_for(database, lidia) == 0
    for hours in (24, 25, 48):
        go_round(database, noon + timedelta(hours=hours))
    assert new_for(database, lidia) == 2
    go_round(database, noon + timedelta(days=200))
    # What nobody looked at in a season is forgotten; the promise itself is not.
    assert new_for(database, lidia) == 1


def test_every_language_has_its_mail_and_none_is_another():
    mails = {told_in(language, 3) for language in OFFERED}

    assert len(mails) == len(OFFERED)
    assert all("3" in subject for subject, _ in mails)


def test_a_server_that_cannot_be_meant_is_said_and_none_is_none():
    assert post_of(Settings(smtp=None)) is None
    with pytest.raises(Unavailable, match="REUNIR_MAIL_FROM"):
        post_of(Settings(smtp="smtp://localhost"))
    set_up = post_of(Settings(smtp="smtps://yo@correo.invalid", mail_from="a@b.invalid"))
    assert (set_up.port, set_up.user, set_up.over_tls) == (465, "yo", True)
