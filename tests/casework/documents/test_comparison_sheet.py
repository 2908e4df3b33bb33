"""The comparison sheet on paper: what every page of it says, and who may print it."""

import re

import sqlalchemy as sa

from casework.codes import HairColour, MarkType
from casework.missing.model import MissingPerson, MissingPersonMark
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.casework.canaries import take_back_all

NOBODY_EXISTS = "Nadie de este documento existe."


def address_of(proposal):
    return f"/pairings/{proposal.pairing.id}/sheet.pdf"


def printings(database, dora):
    with database.transaction(dora) as session:
        return session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.PAIRING_PRINTED.value)
            .order_by(Entry.position)
        ).all()


def test_every_page_says_which_records_that_it_identifies_nobody_and_whose_printing_it_is(
    propose, signed_in, read_pdf, words_of
):
    proposal = propose()

    sheet = read_pdf(signed_in("amal").get(address_of(proposal)))

    for number, page in enumerate(sheet.pages, start=1):
        words = words_of(page)
        assert f"{proposal.person.reference} · {proposal.remains.reference}" in words
        assert "Una propuesta no es una identificación." in words
        assert "Impreso el 9 mar 2026, 12:00 UTC por Amal (perita o perito forense," in words
        assert "Institución inventada forense). Finalidad: búsqueda." in words
        assert "Modelo missing-remains 2026." in words
        assert NOBODY_EXISTS in words
        assert f"página {number} de {len(sheet.pages)}" in words


def test_each_kind_stands_with_both_values_its_weight_and_its_sentence(
    propose, signed_in, read_pdf, words_of
):
    proposal = propose(hair=HairColour.BLACK, invented=False)

    sheet = read_pdf(signed_in("amal").get(address_of(proposal)))

    words = " ".join(map(words_of, sheet.pages))
    assert "24 años" in words
    assert "entre 20 y 30 años" in words
    assert "cae dentro de la estimada en los restos" in words
    assert "Falta en el registro de los restos: preguntar a quien los examina." in words
    assert "Marisol Inventada El nombre solo se compara con documentos hallados." in words
    assert "Rombo: recuperación" in words
    assert NOBODY_EXISTS not in words


def test_words_of_a_report_reach_for_nothing(propose, signed_in, read_pdf, words_of):
    reaching = "<img src=https://elsewhere.example/seen.png>"
    mark = MissingPersonMark(kind=MarkType.TATTOO, words=reaching)
    proposal = propose(marks=[mark])

    sheet = read_pdf(signed_in("amal").get(address_of(proposal)))

    words = " ".join(map(words_of, sheet.pages)).replace(" ", "")
    assert reaching.replace(" ", "") in words


def test_a_record_that_changed_since_is_pointed_out_on_paper_too(
    propose, signed_in, read_pdf, words_of, database, noon
):
    proposal = propose()
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, proposal.person.id)
        person.changed_at = noon.replace(year=noon.year + 1)

    sheet = read_pdf(signed_in("amal").get(address_of(proposal)))

    assert "cambió después de la última comparación" in words_of(sheet.pages[0])


def test_printing_is_a_deed_and_each_copy_bears_the_number_the_log_knows(
    propose, signed_in, read_pdf, words_of, database, dora
):
    proposal, browser = propose(), signed_in("amal")

    sheets = [read_pdf(browser.get(address_of(proposal))) for _ in range(2)]

    first, second = printings(database, dora)
    assert first.about == f"pairing:{proposal.pairing.id}"
    assert first.details == {
        "missing": proposal.person.reference,
        "remains": proposal.remains.reference,
        "copy": first.details["copy"],
        "language": "es",
    }
    copies = {f"Ejemplar {each.details['copy']}" for each in (first, second)}
    assert {re.search(r"Ejemplar \w+", words_of(each.pages[0]))[0] for each in sheets} == copies
    assert len(copies) == 2


def test_the_sheet_speaks_the_readers_language(propose, signed_in, read_pdf, words_of):
    proposal, browser = propose(), signed_in("amal")

    sheet = read_pdf(browser.get(address_of(proposal), headers={"accept-language": "en"}))

    words = words_of(sheet.pages[0])
    assert sheet.trailer["/Root"]["/Lang"] == "en"
    assert "A proposal is not an identification." in words
    assert f"page 1 of {len(sheet.pages)}" in words
    assert "Purpose: search" in words


def test_it_is_shown_and_not_left_on_a_shared_computer(propose, signed_in):
    answer = signed_in("amal").get(address_of(propose()))

    assert answer.headers["content-type"] == "application/pdf"
    assert re.fullmatch(
        r'inline; filename="MP-[\w-]+\.pdf"', answer.headers["content-disposition"]
    )
    assert answer.headers["cache-control"] == "no-store"


def test_a_hidden_proposal_and_an_absent_one_get_the_same_answer(
    propose, signed_in, database, dora, bruno, noon
):
    proposal, browser = propose(), signed_in("amal")
    take_back_all(database, bruno, noon)

    hidden = browser.get(address_of(proposal))
    absent = browser.get("/pairings/424242/sheet.pdf")

    assert hidden.status_code == absent.status_code == 404
    assert re.sub(r"pairings/\d+", "", hidden.text) == re.sub(r"pairings/\d+", "", absent.text)
    assert printings(database, dora) == []


def test_whoever_may_not_read_proposals_may_not_print_them(propose, signed_in, database, dora):
    answer = signed_in("lidia").get(address_of(propose()))

    assert answer.status_code == 403
    assert printings(database, dora) == []


def test_nobody_prints_without_signing_in(client):
    answer = client.get("/pairings/1/sheet.pdf", follow_redirects=False)

    assert answer.headers["location"] == "/sign-in"


def test_an_unknown_paper_is_refused(signed_in):
    assert signed_in("amal").get("/pairings/1/sheet.pdf?paper=A0").status_code == 422
