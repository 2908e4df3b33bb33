"""A session that ends in mid-form loses nothing of what was typed."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', re.DOTALL)
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
STORY = "Salió de Danlí el lunes,\ncon «el primo»; <b>nadie</b> más lo vio."


def hidden_in(page):
    """Every field that the page's own form hands back."""
    form = page.text.partition('<article class="trouble">')[2].partition("</article>")[0]
    return {name: unescape(text) for name, text in HIDDEN.findall(form)}


@pytest.fixture
def typed(signed_in):
    """A report typed in a session that has ended by the time it is sent."""
    token = TOKEN.search(signed_in("lidia").get("/missing/new").text)[1]
    return {
        "form_token": token,
        "nickname": "el Chepe inventado",
        "story": STORY,
        "consent": "granted",
    }


def count(database, viewer):
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count(MissingPerson.id)))


def test_what_was_typed_is_handed_back_and_kept_after_signing_in_again(
    client, signed_in, typed, database, lidia
):
    client.cookies.clear()
    ended = client.post("/missing/new", data=typed)
    signed_in("lidia")
    again = client.post("/missing/new", data=hidden_in(ended))
    before = count(database, lidia)
    kept = client.post("/missing/new", data=hidden_in(again))

    assert (ended.status_code, again.status_code, before) == (401, 403, 0)
    assert hidden_in(ended) == typed
    assert "Se guardará en nombre de" in again.text
    assert kept.url.path.startswith("/missing/MP-")
    assert "Chepe" in kept.text
    assert count(database, lidia) == 1


def test_nothing_is_handed_to_a_page_of_another_site(client, typed):
    client.cookies.clear()

    answers = [
        client.post("/missing/new", data=typed, headers=headers, follow_redirects=False)
        for headers in (
            {"origin": "http://elsewhere.invalid"},
            {"sec-fetch-site": "cross-site"},
        )
    ]

    assert [(each.status_code, "Chepe" in each.text) for each in answers] == [(303, False)] * 2


def test_a_password_is_never_handed_back(client, signed_in, typed):
    signed_in("lidia")
    client.cookies.clear()

    answer = client.post(
        "/me/password",
        data={"form_token": typed["form_token"], "new_password": "una frase larga"},
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert "una frase larga" not in answer.text


def test_a_step_that_saves_itself_says_that_the_session_ended_and_stays(client, typed):
    client.cookies.clear()

    answer = client.post(
        "/missing/MP-2222-2222/record/looks", data=typed, headers={"hx-request": "true"}
    )

    assert answer.status_code == 401
    assert "pulse Guardar" in answer.text
    assert "<html" not in answer.text


def test_a_form_without_anything_typed_leads_to_the_door_as_before(client):
    assert client.post("/missing/new", follow_redirects=False).status_code == 303


def test_a_spreadsheet_pasted_into_a_field_comes_back_to_be_shortened(
    signed_in, typed, database, lidia
):
    browser = signed_in("lidia")
    token = TOKEN.search(browser.get("/missing/new").text)[1]
    cells = "nombre\tedad\r\n" * 8000
    pasted = typed | {"form_token": token, "nickname": cells}

    answer = browser.post("/missing/new", data=pasted)
    kept = browser.post("/missing/new", data=hidden_in(answer) | {"nickname": "el Chepe"})

    assert answer.status_code == 422
    assert "Acórtelo y siga" in answer.text
    assert unescape(answer.text).count("nombre\tedad") == 8000
    assert hidden_in(answer) == {
        name: each for name, each in pasted.items() if name != "nickname"
    }
    assert kept.url.path.startswith("/missing/MP-")
    assert count(database, lidia) == 1


@pytest.mark.parametrize("name", ["🌊💙", "Ng", "Li\tWu"])
def test_a_drawn_a_short_or_a_tabbed_name_is_kept_and_found(signed_in, typed, name):
    browser = signed_in("lidia")
    token = TOKEN.search(browser.get("/missing/new").text)[1]
    names = {"given_names": "Zulema", "surname_1": name, "nickname": ""}

    kept = browser.post("/missing/new", data=typed | names | {"form_token": token})
    found = browser.get("/search", params={"q": f"Zulema {name}"})

    assert name.split()[0] in unescape(kept.text)
    assert kept.url.path.rsplit("/", 1)[1] in found.text
