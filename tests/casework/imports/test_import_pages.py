"""Bringing a file in by hand, without JavaScript, and what each visitor is shown of it."""

import csv
import io
import json

import pytest
import sqlalchemy as sa

from casework.imports import pages
from casework.imports.downloads import harmless
from casework.imports.running import run_import
from casework.missing.model import MissingPerson
from casework.signin.model import SignInSession
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import DOOR
from tests.casework.imports.imported import NOON, a_csv, bring, stored

PERSON = {"record_id": "p1", "sex": "female", "last_contact_from": "2024-05-02"}
WRONG = {**PERSON, "record_id": "p2", "hair": "purple", "place": "<b>=1+1</b>"}


@pytest.fixture
def hand_in(client):
    """Press the form's button, as a browser would, with the session's own token."""

    def press(address="/imports", files=None, **fields):
        token = client.get("/imports").text.split('name="form_token" value="')[1].split('"')[0]
        return client.post(address, data={"form_token": token, **fields}, files=files)

    return press


def as_upload(content, name="datos.csv"):
    return {"file": (name, content)}


def test_nothing_is_kept_before_somebody_has_looked(signed_in, hand_in, database):
    signed_in("bruno")

    page = hand_in(files=as_upload(a_csv(PERSON, WRONG)))

    assert "Todavía no se ha guardado nada" in page.text
    assert "el más cercano es" in page.text
    assert stored(database, MissingPerson) == []


def test_a_file_is_started_watched_and_reported(signed_in, client, hand_in, database):
    signed_in("bruno")
    preview = hand_in(files=as_upload(a_csv(PERSON, WRONG)), consent="granted")
    run_id = int(preview.url.path.rsplit("/", 1)[1])

    watched = hand_in(f"/imports/{run_id}/start")
    run_import(database, run_id, NOON)
    report = client.get(watched.url)

    assert "Espera su turno" in watched.text
    assert "Se leyeron 2 filas" in report.text
    (person,) = stored(database, MissingPerson)
    assert person.search_consent == "granted"


def test_the_page_that_watches_is_told_to_load_anew_at_the_end(signed_in, database, bruno):
    run = bring(database, bruno, a_csv(PERSON))

    answer = signed_in("bruno").get(f"/imports/{run.id}/progress")

    assert answer.headers["hx-refresh"] == "true"


@pytest.mark.parametrize("address", ["quarantined", "quarantined.csv"])
def test_r31_rows_of_people_are_shown_to_who_has_just_proved_who_they_are(
    signed_in, database, bruno, address
):
    run = bring(database, bruno, a_csv(PERSON, WRONG))
    browser = signed_in("bruno")
    shown = browser.get(f"/imports/{run.id}/{address}")
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))

    answer = browser.get(f"/imports/{run.id}/{address}")

    assert shown.url.path.endswith(address)
    assert answer.url.path == "/step-up"


def test_a_file_that_was_looked_at_can_be_left(signed_in, hand_in, database):
    signed_in("bruno")
    preview = hand_in(files=as_upload(a_csv(PERSON)))

    left = hand_in(f"{preview.url.path}/cancel")

    assert "La importación se canceló" in left.text
    assert stored(database, MissingPerson) == []


def test_starting_twice_is_refused(signed_in, hand_in):
    signed_in("bruno")
    preview = hand_in(files=as_upload(a_csv(PERSON)))
    hand_in(f"{preview.url.path}/start")

    assert hand_in(f"{preview.url.path}/start").status_code == 409


def test_rows_in_quarantine_stand_word_for_word_and_run_nothing(signed_in, database, bruno):
    run = bring(database, bruno, a_csv(PERSON, WRONG))

    page = signed_in("bruno").get(f"/imports/{run.id}/quarantined").text

    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert "<b>=1+1" not in page


def test_rows_to_mend_come_in_the_order_of_the_file_with_their_reasons(
    signed_in, database, bruno
):
    run = bring(database, bruno, a_csv(PERSON, {**WRONG, "place": '=HYPERLINK(""x"")'}))

    text = (
        signed_in("bruno").get(f"/imports/{run.id}/quarantined.csv").content.decode("utf-8-sig")
    )

    (row,) = csv.DictReader(io.StringIO(text))
    assert list(row)[:4] == ["record_id", "sex", "last_contact_from", "hair"]
    assert row["place"] == '\'=HYPERLINK("x")'
    assert row["reunir_linea"] == "3"
    assert "hair" in row["reunir_motivos"]


def test_mended_rows_can_be_imported_again(signed_in, database, bruno):
    run = bring(database, bruno, a_csv(PERSON, WRONG))
    text = signed_in("bruno").get(f"/imports/{run.id}/quarantined.csv").content

    again = bring(database, bruno, text.replace(b"purple", b"black"))

    assert (again.read, again.accepted) == (1, 1)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3+cmd", "\t=1"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-92.26", "-33.04, -71.6", "+52 555 1234", "Ana", ""])
def test_numbers_and_words_stay_as_they_were(text):
    assert harmless(text) == text


def test_the_report_is_the_one_of_the_command_line(signed_in, database, bruno):
    run = bring(database, bruno, a_csv(PERSON, WRONG))

    client = signed_in("bruno")

    report = json.loads(client.get(f"/imports/{run.id}/report.json").text)

    assert (report["read"], report["accepted"], report["quarantined"]) == (2, 1, 1)
    (fault,) = report["problems"]
    assert (fault["row"], fault["column"], fault["value"]) == (3, "hair", "purple")
    assert report == client.get(f"/api/v1/imports/{run.id}").json()


def test_opening_a_report_is_recorded(signed_in, database, bruno, dora):
    run = bring(database, bruno, a_csv(PERSON))

    signed_in("bruno").get(f"/imports/{run.id}")

    with database.transaction(dora) as session:
        read = session.query(Entry).filter_by(deed=Deed.IMPORT_READ).all()
    assert [each.about for each in read] == [f"import:{run.id}"]


@pytest.mark.parametrize("name", ["gloria", "ana"])
def test_an_import_of_people_is_absent_for_everybody_else(signed_in, database, bruno, name):
    run = bring(database, bruno, a_csv(PERSON))

    client = signed_in(name)

    assert client.get(f"/imports/{run.id}").status_code == 404
    assert client.get(f"/api/v1/imports/{run.id}").status_code == 404
    assert "datos.csv" not in client.get("/imports").text


@pytest.mark.parametrize("name", ["amal", "lidia", "carlos", "dora", "admin"])
def test_whose_duty_it_is_not_cannot_import(signed_in, name):
    assert signed_in(name).get("/imports").status_code == 403


def test_an_analyst_is_not_offered_profiles_of_people(signed_in):
    page = signed_in("ana").get("/imports").text

    assert 'value="iom"' in page
    assert 'value="plain-missing"' not in page


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Elija el archivo"),
        (as_upload(b""), "está vacío"),
        (as_upload(b"%PDF-1.7 \xff\xfe"), "es un documento PDF"),
        (as_upload(b"a,b\n1,2\n"), "no son las de ningún perfil conocido"),
        (as_upload(b"x" * 101), "pasa de 50 MB"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_a_sentence(
    signed_in, hand_in, monkeypatch, upload, sentence
):
    signed_in("bruno")
    monkeypatch.setattr(pages, "LARGEST", 100)

    answer = hand_in(files=upload)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_refusal_is_said_in_the_readers_language(signed_in, hand_in, client):
    signed_in("bruno")
    client.headers["accept-language"] = "en"

    assert "is a PDF document" in hand_in(files=as_upload(b"%PDF-1.7 \xff\xfe")).text


def test_a_files_name_keeps_no_folder_and_no_hidden_sign(signed_in, hand_in):
    signed_in("bruno")

    page = hand_in(files=as_upload(a_csv(PERSON), "..\\..\\ca\u202esos.csv"))

    assert "<h1>casos.csv</h1>" in page.text
