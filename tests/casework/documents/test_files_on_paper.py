"""The file of a person and of remains on paper: what the page shows, and no more."""

import sqlalchemy as sa

from casework.codes import BodySite, MarkType, Side
from casework.exports.queries import list_copies
from casework.missing.model import MissingPersonMark
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found


def words_in(sheet, words_of):
    return " ".join(map(words_of, sheet.pages))


def test_a_persons_file_says_what_the_page_says_with_its_marks_drawn(
    database, lidia, signed_in, read_pdf, words_of
):
    mark = MissingPersonMark(
        kind=MarkType.TATTOO, site=BodySite.FOREARM, side=Side.LEFT, words="un ancla"
    )
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, marks=[mark], invented=True)

    sheet = read_pdf(signed_in("lidia").get(f"/missing/{person.reference}/file.pdf"))

    words = words_in(sheet, words_of)
    assert "Expediente de una persona desaparecida" in words
    assert "Marisol Inventada" in words
    assert "un ancla" in words
    assert "De frente" in words  # the drawing, and not only its legend
    assert "Nadie de este documento existe." in words
    for number, page in enumerate(sheet.pages, start=1):
        assert person.reference in words_of(page)
        assert f"página {number} de {len(sheet.pages)}" in words_of(page)
        assert "/verify con el número" in words_of(page)


def test_what_is_closed_to_the_reader_is_closed_on_paper(
    database, bruno, signed_in, read_pdf, words_of
):
    with database.transaction(KEEPER) as session:
        remains = remains_found(session, bruno)

    own = words_in(
        read_pdf(signed_in("amal").get(f"/remains/{remains.reference}/file.pdf")), words_of
    )
    elsewhere = signed_in("lidia").get(f"/remains/{remains.reference}/file.pdf")

    assert "Registro de los restos de una persona" in own
    assert elsewhere.status_code in (403, 404)


def test_the_paper_is_in_the_language_asked_for_and_not_of_the_page(
    database, lidia, signed_in, read_pdf, words_of
):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia)

    sheet = read_pdf(
        signed_in("lidia").get(f"/missing/{person.reference}/file.pdf?language=fr&paper=A4")
    )

    assert "Dossier d’une personne disparue" in words_in(sheet, words_of)
    assert sheet.root_object["/Lang"] == "fr"


def test_a_printed_file_stands_in_the_register_and_in_the_log(
    database, lidia, dora, signed_in, read_pdf
):
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia)

    read_pdf(signed_in("lidia").get(f"/missing/{person.reference}/file.pdf"))

    with database.transaction(lidia) as session:
        (copy,) = list_copies(session, lidia)
    with database.transaction(dora) as session:
        line = session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.MISSING_PRINTED.value)
            .order_by(Entry.position)
        ).one()
    assert (line.about, line.details["copy"]) == (person.reference, copy.copy)
