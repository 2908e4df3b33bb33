"""Signed papers: remade, sealed, and opened only by those who keep them."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image

from casework.errors import NotFound
from casework.missing.model import MissingPerson
from casework.papers.actions import open_paper
from casework.papers.model import SignedPaper
from casework.papers.queries import get_own_file, get_paper
from casework.retention.erasing import erase
from privacy.audit.model import Entry
from privacy.errors import NotPermitted, StillSealed
from privacy.permissions import KEEPER
from tests.builders import a_missing_person

CANARY = "Canario-Camara"
MODEL = 0x0110


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia)


def a_photograph():
    exif = Image.Exif()
    exif[MODEL] = CANARY
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG", exif=exif.tobytes())
    return made.getvalue()


def token_of(page):
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def bring(browser, person, content, name="hoja.pdf"):
    address = f"/missing/{person.reference}/papers"
    token = token_of(browser.get(address).text)
    return browser.post(
        address, data={"form_token": token}, files={"scan": (name, content, "text/plain")}
    )


def test_r53_a_paper_that_is_brought_is_kept_without_its_camera(
    database, signed_in, person, lidia
):
    brought = a_photograph()
    assert CANARY.encode() in brought

    answer = bring(signed_in("lidia"), person, brought)

    assert answer.status_code == 200
    with database.transaction(lidia) as session:
        (kept,) = session.scalars(sa.select(SignedPaper))
        assert kept.kind == "image/jpeg"  # by its content, whatever it was called
        assert kept.sha256 in answer.text
    scan = signed_in("lidia").get(f"/missing/{person.reference}/papers/{kept.id}")
    assert scan.headers["content-type"] == "image/jpeg"
    assert CANARY.encode() not in scan.content
    assert not Image.open(io.BytesIO(scan.content)).getexif()


def test_a_paper_lies_sealed_in_the_database(database, signed_in, server, person, lidia):
    bring(signed_in("lidia"), person, a_photograph())

    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    with engine.connect() as connection:
        stored = connection.scalar(sa.text("SELECT content FROM signed_paper"))
    engine.dispose()
    assert stored[:2] != b"\xff\xd8"
    with database.transaction(lidia) as session:
        kept = session.scalar(sa.select(SignedPaper))
        with pytest.raises(StillSealed):
            _ = kept.content


def test_the_papers_are_found_from_the_file_and_from_the_consents(signed_in, person):
    leads = f'href="/missing/{person.reference}/papers"'
    lidia = signed_in("lidia")

    assert leads in lidia.get(f"/missing/{person.reference}").text
    assert leads in lidia.get(f"/missing/{person.reference}/consents").text
    assert leads not in signed_in("bruno").get(f"/missing/{person.reference}").text


def test_what_is_no_paper_is_refused_in_a_sentence(signed_in, person):
    answer = bring(signed_in("lidia"), person, b"<script>alert(1)</script>", "hoja.jpg")

    assert answer.status_code == 422
    assert "Solo se reciben" in answer.text


def test_the_same_scan_is_kept_once(database, signed_in, person, lidia):
    browser = signed_in("lidia")
    bring(browser, person, a_photograph())

    answer = bring(browser, person, a_photograph())

    assert answer.status_code == 422
    with database.transaction(lidia) as session:
        assert session.scalar(sa.select(sa.func.count(SignedPaper.id))) == 1


@pytest.mark.parametrize("who", ["bruno", "gloria", "amal", "carlos", "dora"])
def test_papers_of_another_institution_do_not_exist(
    database, viewers, signed_in, person, noon, who
):
    bring(signed_in("lidia"), person, a_photograph())
    viewer = viewers[who]

    with database.transaction(viewer) as session:
        assert session.scalar(sa.select(sa.func.count(SignedPaper.id))) == 0
        with pytest.raises((NotFound, NotPermitted)):
            get_own_file(session, viewer, person.reference, at=noon)


def test_a_large_paper_may_be_brought_by_whose_duty_it_is_and_nobody_else(signed_in, person):
    address = f"/missing/{person.reference}/papers"
    large = {"content-length": str(9 * 2**20)}
    for who, too_large in (("lidia", False), ("amal", True)):
        browser = signed_in(who)

        answer = browser.post(address, content=b"", headers=large)

        assert (answer.status_code == 413) is too_large


def test_opening_a_paper_stands_in_the_log(database, signed_in, person, lidia, dora, noon):
    bring(signed_in("lidia"), person, a_photograph())
    with database.transaction(lidia) as session:
        own = get_own_file(session, lidia, person.reference, at=noon)
        scan = get_paper(session, own, session.scalar(sa.select(SignedPaper.id)))
        open_paper(session, lidia, own, scan, at=noon)

    with database.transaction(dora) as session:
        deeds = session.scalars(
            sa.select(Entry.deed)
            .where(Entry.about == person.reference)
            .order_by(Entry.position)
        ).all()
    assert {"paper:scan:kept", "paper:list:read", "paper:scan:read"} <= set(deeds)


def test_papers_go_with_the_person_they_are_about(database, signed_in, person, noon):
    bring(signed_in("lidia"), person, a_photograph())

    with database.transaction(KEEPER) as session:
        erase(session, KEEPER, session.get_one(MissingPerson, person.id), basis="test", at=noon)

    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(SignedPaper.id))) == 0
