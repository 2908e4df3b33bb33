"""The action log is read by the data-protection officer, and by nobody else."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import casework
import privacy
from casework.oversight.presenters import DEED_WORDS, DETAIL_WORDS, SOUGHT
from casework.oversight.queries import LogFilter, list_log
from privacy.audit.log import Deed, record
from privacy.audit.model import Entry
from privacy.errors import NotPermitted


def test_the_data_protection_officer_reads_who_did_what(signed_in, database, amal, noon):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon, about="MP-7K3Q-D9XT")

    page = signed_in("dora").get("/log?about=MP-7K3Q-D9XT").text

    assert "Amal" in page
    assert "abrió el expediente de una persona desaparecida" in page


def test_r25_asking_without_a_fresh_proof_is_a_refusal_in_the_log(
    signed_in, database, dora, app, noon
):
    browser = signed_in("lidia")
    app.state.clock = lambda: noon + timedelta(minutes=29)
    browser.get("/me")
    app.state.clock = lambda: noon + timedelta(minutes=31)

    browser.get("/missing/export")

    asked = LogFilter(deed=Deed.UNPROVEN.value)
    with database.transaction(dora) as session:
        (line,), total = list_log(session, dora, asked, page=1)
    assert (line.about, line.person, total) == ("/missing/export", "Lidia", 1)


@pytest.mark.parametrize("name", ["amal", "bruno", "lidia", "carlos", "ana", "admin"])
def test_nobody_else_reads_the_log(signed_in, name):
    answer = signed_in(name).get("/log")

    assert answer.status_code == 403


def test_an_examiner_asking_past_the_page_is_refused_too(database, amal):
    with database.transaction(amal) as session, pytest.raises(NotPermitted):
        list_log(session, amal, LogFilter(), page=1)


def test_the_database_itself_shows_an_examiner_no_line(database, amal, noon):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon, about="MP-7K3Q-D9XT")

    with database.transaction(amal) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 0


def test_asking_for_a_page_one_may_not_see_is_itself_recorded(signed_in, database, dora):
    signed_in("amal").get("/log")

    with database.transaction(dora) as session:
        lines, _ = list_log(session, dora, LogFilter(deed=Deed.ACCESS_REFUSED), page=1)
    assert [(line.person, line.about) for line in lines] == [("Amal", "/log")]


def test_reading_the_log_is_recorded_in_it(signed_in):
    client = signed_in("dora")

    client.get("/log")

    assert "leyó esta bitácora" in client.get("/log").text


def test_every_deed_has_words():
    assert set(DEED_WORDS) == set(Deed)


def test_a_day_that_is_none_is_refused_with_what_to_write(signed_in):
    answer = signed_in("dora").get("/log?day=yesterday")

    assert answer.status_code == 422
    assert "2026-03-09" in answer.text


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ({"group": "identity"}, "qué datos: identidad"),
        ({"wanted": "missing:identity:read"}, "qué pidió: leer quién es una persona"),
        ({"items": ["contact/notify"]}, "puntos: cómo llegar a quien informa, avisar"),
        ({"asked_for": None, "role": "analyst"}, "función: observatorio"),
    ],
)
def test_a_line_is_told_in_words_and_not_in_codes(
    signed_in, database, amal, noon, details, told
):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon, about="MP-7K3Q-D9XT", **details)

    assert told in signed_in("dora").get("/log?about=MP-7K3Q-D9XT").text


def test_every_key_of_the_log_has_words():
    assert _keys_written() - {SOUGHT} <= set(DETAIL_WORDS)


def test_a_key_without_words_would_be_noticed():
    planted = "record(session, deed, by=viewer, at=at, about=reference, planted=1)"

    assert _keys_of(planted) == {"planted"}


def _keys_written():
    """Collect the names of all details that the product's code writes into the log."""
    files = [
        *Path(casework.__file__).parent.rglob("*.py"),
        *Path(privacy.__file__).parent.rglob("*.py"),
    ]
    return {key for file in files for key in _keys_of(file.read_text(encoding="utf-8"))}


def _keys_of(code):
    lines = (
        each
        for each in ast.walk(ast.parse(code))
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "record"
    )
    keys = {keyword.arg for line in lines for keyword in line.keywords}
    return keys - {None, "by", "at", "about", "concerning"}
