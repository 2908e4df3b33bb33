"""Photographs: bare of their history, cropped, sealed, seen with a consent or a reason."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw

from casework.missing.model import MissingPerson
from casework.photos.model import MissingPersonPhoto, RemainsPhoto
from casework.retention.erasing import erase
from privacy.audit.model import Entry
from privacy.consent.ledger import Case, withdraw
from privacy.consent.model import Consent
from privacy.errors import StillSealed
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, grant_of, remains_found

CANARY = "Canario-Camara"
MODEL = 0x0110
FORENSIC = [("circumstances", "search", "forensic"), ("antemortem", "search", "forensic")]


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, grants=FORENSIC)


@pytest.fixture
def found(database, amal):
    with database.transaction(amal) as session:
        return remains_found(session, amal)


def a_photograph(size=(400, 300), kind="JPEG"):
    """An invented picture: the left half red, the right half blue, and a camera's name."""
    exif = Image.Exif()
    exif[MODEL] = CANARY
    drawn = Image.new("RGB", size, "blue")
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 2, size[1]), fill="red")
    made = io.BytesIO()
    drawn.save(made, kind, exif=exif.tobytes())
    return made.getvalue()


def case_of(person):
    return Case(person.id, person.reference, person.owner_institution_id, person.protected)


def token_of(page):
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def album(record):
    register = "missing" if record.reference.startswith("MP") else "remains"
    return f"/{register}/{record.reference}/photos"


def bring(browser, record, content=None, **typed):
    said = {"kind": "tattoo", "people_shown": "alone", **typed}
    said["form_token"] = token_of(browser.get(album(record)).text)
    files = {"photo": ("foto.jpg", content or a_photograph(), "image/jpeg")}
    return browser.post(album(record), data=said, files=files)


def kept_in(database, viewer, model=MissingPersonPhoto):
    with database.transaction(viewer) as session:
        return session.scalars(sa.select(model).order_by(model.id)).all()


def picture(answer):
    assert answer.headers["content-type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


def test_r53_a_photograph_is_kept_without_its_camera_and_no_larger_than_needed(
    database, signed_in, person, lidia
):
    brought = a_photograph((4200, 3000))
    assert CANARY.encode() in brought

    bring(signed_in("lidia"), person, brought, taken_from="2024-12")

    (kept,) = kept_in(database, lidia)
    assert (kept.width, kept.height) == (2000, 1429)  # 2000 × 3000 / 4200
    whole = signed_in("lidia").get(f"{album(person)}/{kept.id}")
    assert CANARY.encode() not in whole.content
    assert not picture(whole).getexif()
    assert whole.headers["cache-control"] == "no-store"
    small = signed_in("lidia").get(f"{album(person)}/{kept.id}/small")
    assert max(picture(small).size) == 240


def test_what_is_cut_away_is_not_kept(database, signed_in, person, lidia):
    browser = signed_in("lidia")
    sides = {"crop_left": "60", "crop_top": "0", "crop_right": "100", "crop_bottom": "50"}

    bring(browser, person, people_shown="with_others", **sides)

    (kept,) = kept_in(database, lidia)
    assert (kept.width, kept.height) == (160, 150)
    shown = picture(browser.get(f"{album(person)}/{kept.id}"))
    red, _, blue = shown.getpixel((2, 2))
    assert blue - red > 200  # the right half alone


def test_with_others_in_it_a_photograph_is_not_kept_whole(database, signed_in, person, lidia):
    answer = bring(signed_in("lidia"), person, people_shown="with_others", taken_from="2024-12")

    assert answer.status_code == 422
    assert "recorte solo a la persona" in answer.text
    assert 'value="2024-12"' in answer.text
    assert kept_in(database, lidia) == []


def test_a_photograph_of_80_mb_is_refused_in_a_sentence_and_what_was_typed_stays(
    database, signed_in, person, lidia
):
    answer = bring(
        signed_in("lidia"), person, b"\xff\xd8\xff" + bytes(80 * 2**20), taken_from="2024-12"
    )

    assert answer.status_code == 422
    assert "pesa más de 25 MB" in answer.text
    assert 'value="2024-12"' in answer.text
    assert '<option value="tattoo" selected>' in answer.text
    assert kept_in(database, lidia) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0", "Más compatible"),
        (b"%PDF-1.7 ...", "no es una fotografía"),
        (b"<script>", "Solo se reciben"),
        (a_photograph()[:900], "dañado"),
    ],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(signed_in, person, content, sentence):
    answer = bring(signed_in("lidia"), person, content)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_photograph_lies_sealed_in_the_column_of_what_it_reveals(
    database, signed_in, server, person, lidia
):
    bring(signed_in("lidia"), person, kind="face")

    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    with engine.connect() as connection:
        stored = connection.execute(
            sa.text("SELECT identity, body, circumstance FROM missing_person_photo")
        ).one()
    engine.dispose()
    assert stored.identity[:2] != b"\xff\xd8"
    assert (stored.body, stored.circumstance) == (None, None)
    with database.transaction(lidia) as session, pytest.raises(StillSealed):
        _ = session.scalar(sa.select(MissingPersonPhoto)).identity


def test_others_see_a_photograph_only_by_the_consent_of_whoever_agreed_to_it(
    database, signed_in, person, lidia, viewers, noon
):
    with database.transaction(lidia) as session:
        file = session.get_one(MissingPerson, person.id)
        (agreed,) = grant_of(session, file, ("photo", "search", "forensic"))
    lidias = signed_in("lidia")
    bring(lidias, person, a_photograph((310, 300)))
    bring(lidias, person, a_photograph((320, 300)), consent_id=str(agreed.id))
    bring(lidias, person, a_photograph((330, 300)), consent_id=str(agreed.id), kind="face")
    own, shown, face = (f"{album(person)}/{each.id}/small" for each in kept_in(database, lidia))
    amal = signed_in("amal")

    # Nobody agreed to showing the first; identity was not granted, so a face is not there.
    assert [amal.get(each).status_code for each in (own, shown, face)] == [404, 200, 404]
    assert "la cara" not in amal.get(album(person)).text
    with database.transaction(lidia) as session:
        withdraw(session, lidia, case_of(person), session.get_one(Consent, agreed.id), at=noon)
    assert amal.get(shown).status_code == 404
    assert signed_in("carlos").get(shown).status_code == 404
    for viewer in (viewers["amal"], viewers["carlos"]):
        with database.transaction(viewer) as session:
            assert session.scalar(sa.select(sa.func.count(MissingPersonPhoto.id))) == 0


def test_the_face_of_somebody_dead_is_spots_of_colour_until_somebody_says_why(
    database, signed_in, found, amal, dora
):
    browser = signed_in("amal")
    bring(browser, found, kind="face")
    (kept,) = kept_in(database, amal, RemainsPhoto)
    address = f"{album(found)}/{kept.id}"

    asked = browser.get(address, follow_redirects=False)
    blurred = picture(browser.get(f"{address}/small")).convert("L")
    token = token_of(browser.get(album(found)).text)
    refused = browser.post(f"{address}/look", data={"form_token": token, "reason": ""})
    opened = browser.post(f"{address}/look", data={"form_token": token, "reason": "compare"})

    assert (asked.status_code, refused.status_code) == (303, 422)
    steps = [abs(blurred.getpixel((x + 1, 90)) - blurred.getpixel((x, 90))) for x in range(200)]
    assert max(steps) < 8  # where the sharp picture jumps from red to blue within a pixel
    assert picture(opened).size == (400, 300)
    with database.transaction(dora) as session:
        lines = session.execute(
            sa.select(Entry.deed, Entry.details)
            .where(Entry.about == found.reference)
            .order_by(Entry.position)
        ).all()
    assert ("photo:picture:read", {"kind": "face", "reason": "compare"}) in [
        tuple(x) for x in lines
    ]


def test_a_photograph_is_cropped_further_and_taken_away_by_whose_it_is_alone(
    database, signed_in, found, amal
):
    browser = signed_in("amal")
    bring(browser, found)
    (kept,) = kept_in(database, amal, RemainsPhoto)
    address = f"{album(found)}/{kept.id}"

    for who, status in (("gloria", 404), ("amal", 303)):
        other = signed_in(who)
        token = token_of(other.get("/remains").text)
        sides = {"crop_left": "0", "crop_top": "0", "crop_right": "50", "crop_bottom": "100"}
        answer = other.post(
            f"{address}/crop", data={"form_token": token, **sides}, follow_redirects=False
        )
        assert answer.status_code == status
    assert picture(browser.get(address)).size == (200, 300)
    token = token_of(browser.get(album(found)).text)
    browser.post(f"{address}/remove", data={"form_token": token, "reason": "of_no_use"})
    assert kept_in(database, amal, RemainsPhoto) == []


def test_nothing_is_publishable_without_a_consent(signed_in, person):
    answer = bring(signed_in("lidia"), person, publishable="yes")

    assert answer.status_code == 422
    assert "Sin una autorización para fotografías" in answer.text


def test_photographs_go_with_the_person_they_are_of(database, signed_in, person, noon):
    bring(signed_in("lidia"), person)

    with database.transaction(KEEPER) as session:
        erase(session, KEEPER, session.get_one(MissingPerson, person.id), basis="test", at=noon)

    assert kept_in(database, KEEPER) == []
