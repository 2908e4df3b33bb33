"""The pages tell either side its own record, a band, who asks and why; nothing of the other."""

import pytest

from casework.signin.actions import let_in
from casework.signin.queries import find_account
from privacy.permissions import DOOR, Purpose
from tests.casework.unblinding.conftest import ASSESSMENT, TODAY, UNTIL, WHY


@pytest.fixture
def visiting(client, app, database):
    """Let somebody in today: what opens is asked of the clock of the database."""
    app.state.clock = lambda: TODAY

    def visit(name):
        with database.transaction(DOOR) as session:
            account = find_account(session, name)
            token, opened = let_in(session, account, at=TODAY, second_factor=True)
            if name in {"bruno", "amal", "gloria"}:
                opened.purpose = Purpose.IDENTIFY
            opened.stepped_up_at = TODAY
        client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")
        return client

    return visit


def sent(browser, path, **fields):
    """Fill in a form as it stands on its page, and send it."""
    page = browser.get(path).text
    kept = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("form_token", "sheet")
    }
    return browser.post(path, data=kept | fields)


def test_the_request_and_its_answer_as_pages(blind, visiting):
    browser = visiting("bruno")
    closed = browser.get(f"/pairings/{blind.id}").text
    asking = f"/pairings/{blind.id}/unblinding"
    wrong = sent(browser, asking, words="", until=UNTIL.isoformat())
    asked = sent(browser, asking, words=WHY, until=UNTIL.isoformat())
    again = browser.get(asking)
    path = asked.url.path
    browser = visiting("gloria")
    theirs = browser.get(path).text
    listed = browser.get("/unblindings").text
    bare = sent(browser, path, answer="agreed", until=UNTIL.isoformat(), assessment="")
    sent(browser, path, answer="agreed", until=UNTIL.isoformat(), assessment=ASSESSMENT)
    browser = visiting("bruno")
    opened = browser.get(f"/pairings/{blind.id}").text
    line = browser.get("/unblindings/bar").text
    sent(browser, path, answer="withdrawn", words="Ya no hace falta.")
    ended = browser.get(path).text
    again_closed = browser.get(f"/pairings/{blind.id}").text
    browser = visiting("dora")
    watched = browser.get("/unblindings").text + browser.get(path).text

    assert asking in closed
    assert (wrong.status_code, "Escriba para qué" in wrong.text) == (422, True)
    assert again.url.path == path
    assert blind.person not in asked.text
    assert (blind.person in theirs, WHY in theirs) == (True, True)
    assert blind.remains not in theirs
    assert "Esperan una respuesta de su institución" in listed
    assert (bare.status_code, "20 letras" in bare.text) == (422, True)
    assert (blind.person in opened, blind.remains in opened) == (True, True)
    assert "0 en curso, 1 abiertas" in line
    assert "reservado otra vez" in ended
    assert blind.person not in again_closed
    for word in (blind.person, blind.remains, WHY, ASSESSMENT):
        assert word not in watched


@pytest.mark.parametrize("name", ["lidia", "carlos", "cora", "ana", "admin"])
def test_nobody_else_reads_a_request(blind, visiting, name):
    number = blind.asks(blind.bruno)

    assert visiting(name).get(f"/unblindings/{number}").status_code == 403
