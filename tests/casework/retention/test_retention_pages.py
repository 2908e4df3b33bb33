"""The pages of retention: what is due, a hold and its lifting, and the clock."""

import pytest

from casework.record_codes import SearchStatus
from casework.retention.rounds import go_round
from tests.builders import ENTERED, a_missing_person


@pytest.fixture
def due(database, lidia, noon):
    """Somebody found a year ago, whose time is over at noon."""
    with database.transaction(lidia) as session:
        return a_missing_person(
            session,
            lidia,
            search_status=SearchStatus.LOCATED_ALIVE,
            changed_at=noon.replace(year=noon.year - 2),
        ).reference


def token_of(page):
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def test_r52_the_preview_says_what_is_due_when_and_why(signed_in, due):
    page = signed_in("lidia").get("/retention").text

    assert due in page
    assert "un año después" in page
    assert "se borra a partir del" in page


def test_a_hold_is_placed_questioned_and_lifted_by_another(signed_in, due):
    browser = signed_in("lidia")
    token = token_of(browser.get(f"/retention/{due}").text)
    held = browser.post(
        f"/retention/{due}/hold",
        data={"form_token": token, "reason": "Queja en trámite", "until": "2026-12-01"},
    )
    assert "se conserva hasta el" in held.text
    number = (
        browser.get(f"/retention/{due}")
        .text.partition("/retention/holds/")[2]
        .partition("/")[0]
    )
    browser.post(f"/retention/holds/{number}/question", data={"form_token": token})
    alone = browser.post(f"/retention/holds/{number}/lift", data={"form_token": token})
    assert alone.status_code == 409

    browser = signed_in("dora")
    page = browser.get(f"/retention/{due}").text
    assert "Estoy de acuerdo" in page
    lifted = browser.post(
        f"/retention/holds/{number}/lift", data={"form_token": token_of(page)}
    )

    assert "se borra a partir del" in lifted.text


@pytest.mark.parametrize("until", ["", "mañana", "2020-01-01", "2099-01-01"])
def test_a_hold_without_a_day_is_asked_again(signed_in, due, until):
    browser = signed_in("lidia")
    token = token_of(browser.get(f"/retention/{due}").text)

    answer = browser.post(
        f"/retention/{due}/hold",
        data={"form_token": token, "reason": "Queja en trámite", "until": until},
    )

    assert answer.status_code == 422


def test_who_is_still_searched_for_is_kept_by_one_press(database, signed_in, lidia, noon):
    with database.transaction(lidia) as session:
        sought = a_missing_person(session, lidia, review_due_on=noon.date()).reference
    browser = signed_in("lidia")
    page = browser.get(f"/retention/{sought}").text
    assert "nunca por el paso del tiempo" in page

    answer = browser.post(f"/retention/{sought}/review", data={"form_token": token_of(page)})

    assert sought not in answer.text


def test_what_becomes_of_a_record_that_nobody_answers_for_is_decided_and_shown(
    database, signed_in, lidia, noon
):
    with database.transaction(lidia) as session:
        sought = a_missing_person(session, lidia, review_due_on=noon.date()).reference
    browser = signed_in("lidia")
    token = {"form_token": token_of(browser.get(f"/retention/{sought}").text)}

    wrong = browser.post(f"/retention/{sought}/ending", data=token | {"action": "erase"})
    chosen = browser.post(f"/retention/{sought}/ending", data=token | {"action": "restrict"})

    assert wrong.status_code == 422
    assert "Se cierra" in chosen.text
    assert "se cierra a partir del" in browser.get("/retention").text
    assert "se cierra a las demás instituciones" in browser.get(f"/missing/{sought}").text


def test_r52_a_doubted_clock_is_shown_to_the_overseer_who_confirms_it(
    database, signed_in, noon
):
    go_round(database, ENTERED.replace(year=2020))
    go_round(database, noon)
    browser = signed_in("dora")
    page = browser.get("/retention").text
    assert "El reloj saltó" in page

    answer = browser.post("/retention/clock", data={"form_token": token_of(page)})

    assert "El reloj saltó" not in answer.text


def test_another_institutions_record_has_no_page(signed_in, due):
    assert signed_in("bruno").get(f"/retention/{due}").status_code == 404
