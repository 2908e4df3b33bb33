"""The officer reads what was agreed in one file, for a reason, and opens no file for it."""

import pytest
import sqlalchemy as sa

from casework.errors import NotFound
from casework.oversight.ledger import Why, open_ledger
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import NotPermitted
from tests.builders import a_missing_person, a_relative, grant_of

NAME, KIN, PHONE = "Zulmabela", "Hermanacanaria", "+504 9999 0000"


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, given_names=NAME, grants=[], place=NAME)
        sister = a_relative(session, person, name=KIN, contact=PHONE)
        grant_of(session, person, ("contact", "notify", "consulate:HN"), giver=sister)
    return person


def look(browser, reference, why="complaint"):
    page = browser.get("/log/consents").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    asked = {"form_token": token, "reference": reference, "why": why}
    return browser.post("/log/consents", data=asked)


def lines(database, dora):
    with database.transaction(dora) as session:
        return session.scalars(
            sa.select(Entry).where(Entry.deed == Deed.CONSENT_READ).order_by(Entry.position)
        ).all()


def test_the_officer_reads_what_was_agreed_and_nobodys_name(signed_in, database, dora, person):
    answer = look(signed_in("dora"), person.reference.lower())

    assert "cómo llegar a quien informa" in answer.text
    assert "consulados de Honduras" in answer.text or "Honduras" in answer.text
    assert [word for word in (NAME, KIN, PHONE) if word in answer.text] == []
    (line,) = lines(database, dora)
    assert (line.about, line.details["reason"]) == (person.reference, "complaint")
    assert "motivo: una queja" in signed_in("dora").get("/log").text


@pytest.mark.usefixtures("person")
def test_what_is_not_there_is_answered_as_ever_and_shows_nothing(signed_in, database, dora):
    answer = look(signed_in("dora"), "MP-2222-2222")

    assert answer.status_code == 404
    assert lines(database, dora) == []


def test_without_a_reason_nothing_is_shown(signed_in, database, dora, person):
    answer = look(signed_in("dora"), person.reference, why="curiosity")

    assert answer.status_code == 422
    assert "cómo llegar a quien informa" not in answer.text
    assert lines(database, dora) == []


@pytest.mark.parametrize("name", ["lidia", "bruno", "amal", "carlos", "admin", "ana"])
def test_nobody_else_reads_ledgers_there(signed_in, database, viewers, person, noon, name):
    assert signed_in(name).get("/log/consents").status_code == 403
    with database.transaction(viewers[name]) as session, pytest.raises(NotPermitted):
        open_ledger(session, viewers[name], person.reference, Why.REVIEW, at=noon)


def test_remains_have_no_ledger(database, dora, noon):
    with database.transaction(dora) as session, pytest.raises(NotFound):
        open_ledger(session, dora, "HR-2222-2222", Why.REVIEW, at=noon)
