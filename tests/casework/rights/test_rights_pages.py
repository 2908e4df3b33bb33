"""The pages of requests: whoever has the duty can do it all by forms, without JavaScript."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
import sqlalchemy as sa

from casework.rights.model import RequestKind, RequestState, RightsRequest
from casework.signin.model import SignInSession
from privacy.permissions import DOOR
from tests.builders import a_missing_person

REASON = "Le corresponde por ley"


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, given_names="Zulmabela")


def token_of(page):
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def receive(browser, person, kind):
    """Fill in the form of a request and give the address it leads to."""
    token = token_of(browser.get("/rights/new").text)
    answer = browser.post(
        "/rights/new",
        data={
            "form_token": token,
            "about": person.reference,
            "kind": kind,
            "asker": "person",
            "identity_proof": "document_seen",
            "received_on": "2026-03-09",
            "reason": "Quiere saber",
        },
    )
    assert answer.status_code == 200, answer.text
    return str(answer.url.path), token


def press(browser, address, deed, token, **data):
    return browser.post(f"{address}/{deed}", data={"form_token": token, **data})


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_r51_the_report_is_made_from_the_page(signed_in, person, form):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "access")
    alone = press(browser, address, "decide", token, decision="grant", reason=REASON)
    assert alone.status_code == 409
    assert "la concede otra persona" in browser.get(address).text
    browser, token = by_another(signed_in, address)
    press(browser, address, "decide", token, decision="grant", reason=REASON)
    browser = signed_in("lidia")
    page = browser.get(address)
    token = token_of(page.text)
    assert "Informe de todo lo que se guarda" in page.text

    answer = press(browser, address, "report", token, form=form)

    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    if form == "pdf":
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
    else:
        assert "Zulmabela" in answer.text
    assert "cumplida" in press(browser, address, "answered", token).text


def by_another(signed_in, address):
    """Let the data-protection officer stand at a request that somebody else wrote down."""
    browser = signed_in("dora")
    return browser, token_of(browser.get(address).text)


def granted_access(signed_in, person):
    address, _ = receive(signed_in("lidia"), person, "access")
    browser, token = by_another(signed_in, address)
    press(browser, address, "decide", token, decision="grant", reason=REASON)
    browser = signed_in("lidia")
    return browser, address, token_of(browser.get(address).text)


def test_r31_a_whole_file_leaves_only_by_who_has_just_proved_who_they_are(
    database, signed_in, person
):
    browser, address, token = granted_access(signed_in, person)
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))

    answer = press(browser, address, "report", token, form="json")

    assert answer.status_code == 403
    assert "Confirme que es usted" in answer.text
    assert "Zulmabela" not in answer.text


def test_r24_a_report_counts_as_what_a_person_opens_in_an_hour(
    database, signed_in, person, monkeypatch
):
    browser, address, token = granted_access(signed_in, person)
    monkeypatch.setattr(database, "sealing", replace(database.sealing, openings_per_hour=1))

    answer = press(browser, address, "report", token, form="json")

    # Names and contacts are two; the quota of this hour is one.
    assert answer.status_code == 429
    assert "Zulmabela" not in answer.text


def test_r51_no_report_is_made_before_somebody_granted_it(signed_in, person):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "access")

    assert press(browser, address, "report", token, form="json").status_code == 409


def test_a_correction_is_made_and_shown_with_what_was_there(signed_in, person):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "rectification")
    press(browser, address, "decide", token, decision="grant", reason=REASON)

    page = press(browser, address, "correct", token, field="given_names", value="Marisela")

    assert page.status_code == 200
    assert "Lo que decía antes" in page.text
    assert "Zulmabela" in page.text


def test_whoever_oversees_sees_that_it_was_corrected_and_not_what_it_said(signed_in, person):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "rectification")
    press(browser, address, "decide", token, decision="grant", reason=REASON)
    press(browser, address, "correct", token, field="given_names", value="Marisela")

    page = signed_in("dora").get(address)

    assert page.status_code == 200
    assert "Se corrigió un dato" in page.text
    assert "Zulmabela" not in page.text
    assert "Marisela" not in page.text


def test_an_erasure_takes_two_people_on_the_pages_too(database, signed_in, person, dora):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "erasure")
    page = press(browser, address, "decide", token, decision="grant", reason=REASON)
    assert "Nadie borra a solas" in page.text
    alone = press(browser, address, "confirm", token, decision="agree", reason=REASON)
    assert alone.status_code == 409

    browser = signed_in("dora")
    token = token_of(browser.get(address).text)
    page = press(browser, address, "confirm", token, decision="agree", reason=REASON)

    assert page.status_code == 200
    assert "Se borró el expediente" in page.text
    with database.transaction(dora) as session:
        state = session.scalar(sa.select(RightsRequest.state))
    assert state is RequestState.CARRIED_OUT


def test_r10_nothing_is_erased_but_by_who_has_just_proved_who_they_are(
    database, signed_in, person, dora
):
    browser = signed_in("lidia")
    address, token = receive(browser, person, "erasure")
    press(browser, address, "decide", token, decision="grant", reason=REASON)
    browser, token = by_another(signed_in, address)
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))

    answer = press(browser, address, "confirm", token, decision="agree", reason=REASON)

    assert answer.status_code == 403
    assert "Confirme que es usted" in answer.text
    with database.transaction(dora) as session:
        assert session.scalar(sa.select(RightsRequest.state)) is RequestState.PROPOSED


def test_restriction_and_objection_are_carried_out_by_forms(signed_in, person):
    browser = signed_in("lidia")
    for kind, deed, data in (
        ("restriction", "restrict", {}),
        ("restriction", "release", {"reason": REASON}),
        ("objection", "stop", {"purpose": "search"}),
    ):
        if deed != "release":
            address, token = receive(browser, person, kind)
            press(browser, address, "decide", token, decision="grant", reason=REASON)

        page = press(browser, address, deed, token, **data)

        assert page.status_code == 200, deed


@pytest.mark.parametrize("kind", list(RequestKind))
def test_every_kind_of_request_has_its_page(signed_in, person, kind):
    browser = signed_in("lidia")
    address, token = receive(browser, person, kind.value)
    press(browser, address, "decide", token, decision="grant", reason=REASON)

    assert browser.get(address).status_code == 200
    listed = browser.get("/rights").text
    assert re.search(address.rpartition("/")[2], listed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "enforcement"},
        {"asker": ""},
        {"received_on": "mañana"},
        {"received_on": "2999-01-01"},
        {"about": "MP-XXXX-XXXX"},
        {"asker": "relative", "relative_id": "999999"},
    ],
)
def test_a_form_that_lacks_something_is_shown_again_with_what_was_typed(
    signed_in, person, wrong
):
    browser = signed_in("lidia")
    token = token_of(browser.get("/rights/new").text)
    typed = {
        "form_token": token,
        "about": person.reference,
        "kind": "access",
        "asker": "person",
        "identity_proof": "document_seen",
        "received_on": "2026-03-09",
        "reason": "Palabrasescritas",
    }

    answer = browser.post("/rights/new", data=typed | wrong)

    assert answer.status_code == 422
    assert "Palabrasescritas" in answer.text


@pytest.mark.parametrize("who", ["amal", "carlos", "ana", "admin"])
@pytest.mark.parametrize(
    "address", ["/rights", "/retention", "/copies", "/rights/SR-2222-2222"]
)
def test_nobody_else_opens_these_pages(signed_in, who, address):
    assert signed_in(who).get(address).status_code == 403
