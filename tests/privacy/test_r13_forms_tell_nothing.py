"""r13: a form filled for somebody hidden answers as one filled for nobody, byte for byte.

Every POST address that takes a reference, in its path or in its fields, is asked twice: with
the reference of a file that the asker may not know, and with one that no file has.
"""

import re

import pytest
import sqlalchemy as sa
from fastapi.routing import APIRoute, iter_route_contexts

from casework.errors import Conflict
from casework.families import reporting
from casework.missing.model import PersonName
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.sealing.opening import open_fields
from tests.builders import a_missing_person, remains_found
from tests.casework.canaries import a_canary
from tests.casework.walking import PLACES

HIDDEN, ABSENT = "MP-CNRY-2222", "MP-ZZZZ-9999"
HIDDEN_REMAINS, ABSENT_REMAINS = "HR-CNRY-2222", "HR-ZZZZ-9999"
# Fields of forms that take a reference; with the path, all ways to name a file.
IN_FIELDS = {
    "/rights/new": "about",
    "/missing/export": "references",
    "/log/consents": "reference",
    "/desk/new": "about",
}
# So filled that no form is refused before it looks for the file.
FILLED = {
    "sheet": "5f0c2d7e-3b1a-4c8e-9d64-2a7f1e90b3c5",
    "kind": "access",
    "asker": "person",
    "identity_proof": "video_call",
    "received_on": "2026-03-01",
    "reason": "Una frase con su motivo.",
    "kinship": "mother",
    "name": "Rosa",
    "contact": "por la tarde",
    "language": "es",
    "story": "yes",
    "entry": "1",
    "grounds": "La propia persona lo pidió por teléfono.",
    "until": "2026-09-01",
    "decision": "grant",
    "verdict": "approve",
    "agrees": "yes",
    "form": "csv",
    "purpose": "search",
    "why": "review",
    "field": "given_names",
    "value": "Rosa",
}
WHO = ["amal", "bruno", "gloria", "carlos", "cora", "ana", "admin"]
# What differs from answer to answer whatever was asked.
CHANCE = re.compile(r'name="form_token" value="[^"]*"|[?&]next=[^"&]*')


@pytest.fixture
def hidden(database, lidia, bruno):
    """Somebody whose family told one institution only, and remains that nobody may look for."""
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, reference=HIDDEN)
        remains_found(session, bruno, reference=HIDDEN_REMAINS, search_consent="refused")


def forms(app):
    """List the POST addresses that take a reference, and the field it is typed into."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and "POST" in context.methods:
            path = context.path
            if "{reference}" in path or path in IN_FIELDS:
                yield path, IN_FIELDS.get(path, "")


def ask(browser, token, recipient, path, field, reference):
    """Post one filled form about one reference; give what came back, without the reference."""
    filled = PLACES.sub(lambda place: reference if place[1] == "reference" else "1", path)
    typed = FILLED | {"form_token": token, "recipient": str(recipient)}
    answer = browser.post(
        filled,
        data=typed | ({field: reference} if field else {}),
        files={"scan": ("hoja.txt", b"no paper", "text/plain")} if "papers" in path else None,
        follow_redirects=False,
    )
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    headers.pop("content-length", None)  # the reference is as long in both
    told = f"{answer.status_code}\n{headers}\n{answer.text}"
    return CHANCE.sub("", told.replace(reference, "…").replace(reference.lower(), "…"))


def token_of(browser):
    return re.search(r'name="form_token" value="([^"]*)"', browser.get("/me").text)[1]


def differing(app, browser, recipient, hidden, absent):
    """Name the forms that answer about a hidden file as they do not about an absent one."""
    token = token_of(browser)
    return [
        path
        for path, field in forms(app)
        if ask(browser, token, recipient, path, field, hidden)
        != ask(browser, token, recipient, path, field, absent)
    ]


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("name", WHO)
def test_r13_a_form_about_somebody_hidden_answers_as_about_nobody(app, signed_in, carlos, name):
    told = differing(app, signed_in(name), carlos.institution_id, HIDDEN, ABSENT)

    assert told == []


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("name", ["gloria", "lidia", "carlos"])
def test_r13_a_form_about_hidden_remains_answers_as_about_none(app, signed_in, carlos, name):
    told = differing(
        app, signed_in(name), carlos.institution_id, HIDDEN_REMAINS, ABSENT_REMAINS
    )

    assert told == []


@pytest.mark.usefixtures("hidden")
def test_r13_a_form_that_told_would_be_noticed(app, signed_in, carlos):
    told = differing(app, signed_in("lidia"), carlos.institution_id, HIDDEN, ABSENT)

    # She keeps the file: of each kind of form, some look it up and say so.
    assert {
        "/missing/{reference}/relatives",
        "/missing/{reference}/protection/lift",
        "/missing/{reference}/papers",
        "/retention/{reference}/hold",
        "/rights/new",
    } <= set(told)


@pytest.mark.usefixtures("hidden")
def test_r13_over_the_api_a_copy_of_somebody_hidden_is_refused_as_of_nobody(
    signed_in, bruno, carlos
):
    browser = signed_in("bruno")
    token = token_of(browser)

    def answer(reference):
        asked = {
            "recipient_id": carlos.institution_id,
            "purpose": "search",
            "reason": "Una frase con su motivo.",
            "references": [reference],
        }
        told = browser.post(
            "/api/v1/missing/export", json=asked, headers={"x-form-token": token}
        )
        return told.status_code, told.content

    assert bruno.institution_id != carlos.institution_id
    assert answer(HIDDEN) == answer(ABSENT)
    assert answer(HIDDEN)[0] == 422


def report(browser, given, surname):
    """Take a report about somebody of this name; give the page that comes of it."""
    typed = {
        "form_token": token_of(browser),
        "referred_to": f"{given} {surname}",
        "given_names": given,
        "surname_1": surname,
        "nationality": "HN",
        "reporter_kind": "relative",
        "kinship": "mother",
        "consent": "granted",
    }
    answer = browser.post("/missing/new", data=typed)
    told = re.sub(r"MP-[2-9A-Z]{4}-[2-9A-Z]{4}", "…", answer.text)
    for word in (given, surname):
        told = told.replace(word, "…")
    return CHANCE.sub("", told)


@pytest.fixture
def namesake(database, bruno):
    """Somebody in another institution's care, of whom lidia may know nothing."""
    with database.transaction(KEEPER) as session:
        a_missing_person(
            session,
            bruno,
            given_names="Nombrenario",
            surname_1="Apellidonario",
            grants=[],
            nationalities=["HN"],
        )


@pytest.mark.usefixtures("namesake")
def test_r13_a_report_like_a_hidden_one_is_answered_as_a_report_like_none(signed_in):
    browser = signed_in("lidia")

    like_hidden = report(browser, "Nombrenario", "Apellidonario")
    like_nobody = report(browser, "Nadienaria", "Ningunonaria1")

    assert like_hidden == like_nobody


@pytest.mark.usefixtures("namesake")
def test_r13_a_report_that_warned_of_the_hidden_one_would_be_noticed(
    database, signed_in, monkeypatch
):
    take_report = reporting.take_report

    def warns(session, viewer, taken, **stated):
        with database.transaction(KEEPER) as apart:
            known = apart.scalars(sa.select(PersonName)).all()
            open_fields(apart, known, Reveals.IDENTITY)
            surnames = {each.surname_1 for each in known}
        if taken.report.names[0].surname_1 in surnames:
            raise Conflict
        return take_report(session, viewer, taken, **stated)

    monkeypatch.setattr(reporting, "take_report", warns)
    browser = signed_in("lidia")

    assert report(browser, "Nombrenario", "Apellidonario") != report(
        browser, "Nadienaria", "Ningunonaria1"
    )
