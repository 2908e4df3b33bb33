"""The register of remains, as a browser sees it."""

import re

import pytest
import sqlalchemy as sa

from casework.codes import Answer, Colour, MarkType
from casework.remains.model import Remains, RemainsMark
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import remains_found


@pytest.fixture
def found(database, amal):
    """Remains found near Arriaga, recorded by the Mexican forensic service."""
    with database.transaction(KEEPER) as session:
        return remains_found(
            session,
            amal,
            marks=[RemainsMark(kind=MarkType.TATTOO, words="una rosa")],
            answers={"hair": Answer.UNKNOWN},
            clothing_answer=Answer.ABSENT,
        ).reference


def test_the_list_counts_what_the_visitor_may_see(signed_in, found):
    answer = signed_in("gloria").get("/remains")

    assert "Usted puede ver el registro de 1 persona sin nombre." in answer.text
    assert found in answer.text


def test_every_page_with_invented_people_says_so(signed_in, found):
    client = signed_in("amal")

    for path in ("/remains", f"/remains/{found}"):
        assert "Nadie de esta página existe." in client.get(path).text


def test_unknown_absent_and_not_recorded_read_differently(signed_in, found):
    page = signed_in("amal").get(f"/remains/{found}").text

    assert "tatuaje: «una rosa»" in page
    assert fact(page, "Cabello") == "se preguntó: no se sabe"
    assert fact(page, "Ropa") == "no tiene"
    assert fact(page, "Ojos") == "no registrado"


def test_a_file_leads_to_its_proposals(signed_in, found):
    page = signed_in("amal").get(f"/remains/{found}").text

    assert f"/pairings?q={found}" in page


@pytest.mark.parametrize("name", ["lidia", "carlos"])
def test_only_forensic_staff_may_open_the_register(signed_in, found, name):
    client = signed_in(name)

    assert client.get("/remains").status_code == 403
    assert client.get(f"/remains/{found}").status_code == 403


def test_remains_are_recorded_with_nothing_but_a_number(signed_in, database, dora):
    client = signed_in("amal")

    answer = client.post(
        "/remains/new", data=with_token(client, post_mortem_number="PM-2026-7")
    )

    assert answer.url.path.startswith("/remains/HR-")
    with database.transaction(dora) as session:
        about = session.scalars(
            sa.select(Entry.about)
            .where(Entry.deed == Deed.REMAINS_RECORDED)
            .order_by(Entry.position)
        ).one()
    assert answer.url.path == f"/remains/{about}"


def test_what_was_typed_is_kept_as_it_was_said(signed_in, database, amal):
    client = signed_in("amal")

    client.post(
        "/remains/new",
        data=with_token(
            client,
            post_mortem_number="PM-2026-8",
            found_from="2026-02",
            age_min="20",
            age_max="30",
            stature_cm_min="158,5",
            location_precision="4",
            sex="probable_female",
            article_item=["cap", ""],
            article_colour=["red", ""],
        ),
    )

    with database.transaction(amal) as session:
        kept = session.scalars(sa.select(Remains)).one()
        assert (kept.found_from.isoformat(), kept.found_to.isoformat()) == (
            "2026-02-01",
            "2026-02-28",
        )
        assert (kept.stature_cm_min, kept.stature_cm_max) == (158.5, 158.5)
        assert [article.colour for article in kept.articles] == [Colour.RED]
        assert kept.clothing_answer is Answer.RECORDED
        assert kept.marks_answer is Answer.NOT_RECORDED


def test_a_form_with_mistakes_comes_back_as_it_was_typed(signed_in, database, amal):
    client = signed_in("amal")

    answer = client.post(
        "/remains/new",
        data=with_token(
            client,
            post_mortem_number="PM-2026-9",
            age_min="30",
            age_max="20",
            found_from="2031",
            coordinates="14.9",
        ),
    )

    assert answer.status_code == 422
    assert "El segundo número es menor que el primero." in answer.text
    assert "Esa fecha todavía no ha llegado." in answer.text
    assert "Falta una de las dos" in answer.text
    assert 'value="PM-2026-9"' in answer.text
    with database.transaction(amal) as session:
        assert session.scalar(sa.select(sa.func.count(Remains.id))) == 0


def test_the_api_gives_the_same_file_without_what_is_not_compared(signed_in, found):
    answer = signed_in("amal").get(f"/api/v1/remains/{found}")

    assert answer.json()["marks"][0]["words"] == "una rosa"
    assert "carried" not in answer.json()


def with_token(client, **fields):
    home = client.get("/").text
    token = re.search(r'name="form_token" value="([^"]+)"', home)[1]
    return {"form_token": token, **fields}


def fact(page: str, label: str) -> str:
    """Read the value that stands beside a label."""
    value = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page, re.DOTALL)[1]
    return re.sub(r"<[^>]+>", "", value).strip()
