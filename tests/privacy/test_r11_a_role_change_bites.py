"""r11: what somebody may read changes with their duty, on their very next request."""

import pytest
import sqlalchemy as sa

from casework.signin import actions
from casework.signin.model import Account
from privacy.permissions import KEEPER, Role
from tests.builders import remains_found
from tests.casework.canaries import REFERENCE, a_canary, to_all
from tests.conftest import ADMINISTRATOR

PLACES = (f"/missing/{REFERENCE}", f"/api/v1/missing/{REFERENCE}", "/remains", "/pairings")


@pytest.fixture
def working(database, lidia, bruno, signed_in):
    """An examiner in the middle of their work."""
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, protected=False, grants=to_all("forensic", "search"))
        remains_found(session, bruno)
    browser = signed_in("amal")
    assert [browser.get(place).status_code for place in PLACES] == [200] * len(PLACES)
    return browser


def change(database, **changed):
    with database.transaction(ADMINISTRATOR) as session:
        session.execute(
            sa.update(Account).where(Account.sign_in_name == "amal").values(**changed)
        )


def test_r11_a_new_duty_holds_on_the_next_request(working, database):
    change(database, role=Role.ANALYST)

    for place in PLACES:
        answer = working.get(place, follow_redirects=False)
        assert answer.status_code in {303, 401, 403}
        assert "Nombrenario" not in answer.text


def test_r11_a_duty_that_did_not_change_would_be_noticed(working, database):
    change(database, display_name="Amal de siempre")

    assert [working.get(place).status_code for place in PLACES] == [200] * len(PLACES)


def on_the_page(signed_in, browser, deed, amal, **typed):
    """Let the administrator press a button about amal, and give the browser back to amal."""
    hers = browser.cookies["reunir_session"]
    administrator = signed_in("admin")
    page = administrator.get("/accounts").text
    token = page.partition('name="form_token" value="')[2].partition('"')[0]
    pressed = administrator.post(
        f"/accounts/{amal.account_id}/{deed}", data={"form_token": token} | typed
    )
    assert pressed.status_code == 200
    browser.cookies.set("reunir_session", hers, domain="127.0.0.1", path="/")


@pytest.mark.parametrize(
    ("deed", "typed"), [("role", {"role": "forensic_coordinator"}), ("disable", {})]
)
def test_r11_what_an_administrator_changes_on_the_page_holds_on_the_next_request(
    working, signed_in, amal, deed, typed
):
    on_the_page(signed_in, working, deed, amal, **typed)

    for place in PLACES:
        answer = working.get(place, follow_redirects=False)
        assert answer.status_code in {303, 401}
        assert "Nombrenario" not in answer.text


def test_r11_an_administrators_page_that_changed_nothing_would_be_noticed(
    working, signed_in, amal, monkeypatch
):
    monkeypatch.setattr(actions, "disable_account", lambda *_, **__: None)

    on_the_page(signed_in, working, "disable", amal)

    assert [working.get(place).status_code for place in PLACES] == [200] * len(PLACES)
