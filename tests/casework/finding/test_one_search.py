"""One box finds people, remains and incidents, and tells of nothing that is closed."""

import re

import pytest
import sqlalchemy as sa

from casework.codes import ArticleItem, MarkType
from casework.contacts.model import Channel, ContactPoint
from casework.missing.model import MissingPersonArticle, MissingPersonMark
from casework.oversight.presenters import SOUGHT
from casework.remains.model import RemainsMark
from casework.retention.erasing import erase
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from privacy.tokens.model import MissingPersonWord
from tests.builders import ENTERED, a_missing_person, a_relative, an_incident, remains_found

JOHN = {"given_names": "Jhon Alexander", "surname_1": "González", "surname_2": "Quispe"}


@pytest.fixture
def john(database, lidia):
    """A man whose report holds a tattoo, a shirt, a document and his mother's telephone."""
    with database.transaction(lidia) as session:
        person = a_missing_person(
            session,
            lidia,
            **JOHN,
            place="Villa Inventada",
            marks=[MissingPersonMark(kind=MarkType.TATTOO, words="águilas y un ancla")],
            articles=[
                MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, words="de cuadros")
            ],
            carried={"id_numbers": "passport:X-123456|0801-1990-12345"},
        )
        mother = a_relative(session, person, contact="")
        point = ContactPoint(
            missing_person_id=person.id,
            relative_id=mother.id,
            kind=Channel.PHONE,
            value="+504 9876-5432",
            entered_at=ENTERED,
            entered_by=lidia.account_id,
        )
        session.add(point)
    return person


@pytest.fixture
def found(signed_in):
    """What somebody's search finds: the references, or what is asked about each."""

    def find(name, typed, *, of="reference", **narrowed):
        answer = signed_in(name).get("/api/v1/search", params={"q": typed, **narrowed})
        assert answer.status_code == 200, answer.text
        return [hit[of] for group in answer.json()["groups"] for hit in group["hits"]]

    return find


def test_whoever_keeps_the_file_finds_it_by_whatever_they_know(found, john):
    by_name = ("Jhon González", "Gonzales Jhon", "quispe gonsalez", "John Gonzalez Kispe")
    by_words = ("aguila", "cuadros", "Gonzalez Villa Inventada", "Quispe ancla")
    by_number = ("X 123456", "0801 1990 12345", "0801199012345", "98765432", "+504 9876 5432")

    for typed in (*by_name, *by_words, *by_number):
        assert found("lidia", typed) == [john.reference], typed


@pytest.mark.usefixtures("john")
def test_a_hit_says_why_it_was_found(found):
    (reasons,) = found("lidia", "Gonzales Jhon ancla", of="reasons")

    assert [each["words"] for each in reasons] == [
        "suena igual: Gonzales – González",
        "el nombre: Jhon",
        "en las señas o la descripción: ancla",
    ]


def test_what_was_typed_and_is_not_there_is_said(found, john):
    typed = "Jhon González Mamani"

    assert found("lidia", typed) == [john.reference]
    assert "no se encontró aquí: Mamani" in str(found("lidia", typed, of="reasons"))


def test_references_are_found_whole_in_part_and_as_they_are_read_out(found, john):
    prefix, first, last = john.reference.split("-")

    for typed in (john.reference.lower(), f"{prefix} {first} {last}"):
        assert found("lidia", typed) == [john.reference]


def test_remains_and_incidents_stand_beside_people(found, database, bruno):
    with database.transaction(KEEPER) as session:
        marks = [RemainsMark(kind=MarkType.TATTOO, words="un velero")]
        remains = remains_found(session, bruno, marks=marks, place="Turquesa")
        incident = an_incident(session)

    assert found("bruno", "turquesa") == [remains.reference, incident.reference]
    assert found("bruno", "turquesa", kind="incidents") == [incident.reference]
    assert found("bruno", "turquesa", own="yes") == [remains.reference]
    assert found("bruno", "velero") == [remains.reference]
    assert found("bruno", "pm-inventado-1") == [remains.reference]
    assert found("bruno", "turquesa 1999") == []


def test_a_search_is_narrowed_only_by_what_is_open(found, john):
    assert found("lidia", "cuadros", sex="female", age=24) == [john.reference]
    assert found("lidia", "cuadros", sex="male") == []
    assert found("lidia", "cuadros", year=2024) == []
    assert found("lidia", "cuadros", country="MX", state="open") == [john.reference]


def test_r06_a_group_that_is_closed_to_the_searcher_finds_nothing(found, database, lidia):
    """Forensic institutions may read the circumstances alone."""
    with database.transaction(lidia) as session:
        person = a_missing_person(
            session,
            lidia,
            **JOHN,
            marks=[MissingPersonMark(kind=MarkType.TATTOO, words="un ancla")],
            carried={"id_numbers": "0801-1990-12345", "phones": "9876-5432"},
            grants=[("circumstances", "search", "forensic")],
        )

    assert found("amal", "tapachula") == [person.reference]
    for typed in ("ancla", "Jhon González", "0801199012345", "98765432", "tapachula ancla"):
        assert found("amal", typed) == []
    assert found("amal", "tapachula", sex="female") == []


def test_r01_a_protected_person_is_neither_found_nor_counted_by_a_consulate(
    signed_in, database, lidia
):
    def answers():
        browser = signed_in("carlos")
        typed = ("tapachula", "Jhon González", "ancla", "0801199012345", "zzz")
        return [
            browser.get(path, params={"q": each}).content
            for path in ("/search", "/api/v1/search")
            for each in typed
        ]

    with database.transaction(lidia) as session:
        seen = a_missing_person(session, lidia, protected=False)
    before = answers()

    with database.transaction(lidia) as session:
        a_missing_person(
            session,
            lidia,
            **JOHN,
            protected=True,
            marks=[MissingPersonMark(kind=MarkType.TATTOO, words="un ancla")],
            carried={"id_numbers": "0801-1990-12345"},
        )

    assert seen.reference in str(before)
    assert [strip(each) for each in answers()] == [strip(each) for each in before]


def strip(page):
    return re.sub(rb'name="form_token" value="[^"]+"', b"", page)


def test_a_search_is_logged_without_what_was_typed(found, database, john, dora):
    found("lidia", "Gonzales Jhon")
    found("lidia", "Jhon Gonzales")
    found("lidia", "98765432")

    with database.transaction(dora) as session:
        log = sa.select(Entry).where(Entry.deed == "missing:list:read").order_by(Entry.position)
        lines = session.scalars(log).all()
    assert [each.concerning for each in lines] == [[john.reference]] * 3
    one, other, number = (each.details[SOUGHT] for each in lines)
    assert one == other != number
    assert "onzales" not in str([each.details for each in lines])


def test_an_erased_record_leaves_no_word(database, john, noon):
    with database.transaction(KEEPER) as session:
        person = session.get_one(type(john), john.id)
        assert session.scalar(sa.select(sa.func.count()).select_from(MissingPersonWord))
        erase(session, KEEPER, person, basis="asked", at=noon)

        assert not session.scalar(sa.select(sa.func.count()).select_from(MissingPersonWord))


def test_a_kept_search_survives_signing_out_and_is_nobody_elses(signed_in, database, lidia):
    kept = {"name": "La señora de Choluteca", "search": {"q": "Gonzales Jhon", "age": 30}}
    browser = signed_in("lidia")
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/search?q=a").text)[1]
    headers = {"x-form-token": token}
    (entry,) = browser.post("/api/v1/search/saved", json=kept, headers=headers).json()
    browser.post("/sign-out", data={"form_token": token})

    again = signed_in("lidia").get("/search").text

    assert 'href="/search?q=Gonzales+Jhon&amp;age=30"' in again
    assert "Choluteca" in again
    assert "Choluteca" not in signed_in("gloria").get("/search").text
    with database.transaction(lidia) as session:
        stored = bytes(session.scalars(sa.text("SELECT asked FROM saved_search")).one())
    assert b"Gonzales" not in stored
    theirs = signed_in("gloria")
    other = re.search(r'name="form_token" value="([^"]+)"', theirs.get("/search?q=a").text)[1]
    path = f"/search/saved/{entry['id']}/remove"
    assert theirs.post(path, data={"form_token": other}).status_code == 404


def test_nothing_found_says_what_else_to_try(signed_in):
    page = signed_in("lidia").get("/search?q=Nadienunca+Desconocido&year=2020").text

    assert "No se halló nada" in page
    assert 'href="/search?q=Nadienunca+Desconocido"' in page
