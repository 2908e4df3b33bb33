"""A laboratory's result is kept sealed beside the pair; read by whom both sides are open to."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from casework.candidates.actions import request_matching
from casework.candidates.running import run_matching
from casework.families.queries import case_of
from casework.kinship.model import DnaResult
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.retention.erasing import erase
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.ledger import live, withdraw
from privacy.consent.model import Consent, DataCategory
from privacy.permissions import KEEPER
from privacy.released.model import ReleasedCopy
from tests.builders import grant_of, remains_found

LOCI = "D3S1358 2000\nvWA 1600"
NEW = {"replaces": "1", "why_anew": "El laboratorio repitió el análisis."}


def words_of(text):
    return re.sub(r"\s+", " ", text)


def printed_words(sheet):
    return words_of(
        " ".join(each.extract_text() for each in PdfReader(BytesIO(sheet.content)).pages)
    )


def results_in(database, viewer=KEEPER):
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count(DnaResult.id)))


def lines_of(database, dora, deed):
    with database.transaction(dora) as session:
        return session.scalars(
            sa.select(Entry).where(Entry.deed == deed.value).order_by(Entry.position)
        ).all()


def test_a_result_is_told_whole_on_its_page_in_short_beside_the_pair_and_on_paper(
    pair, database, dora
):
    amal = pair.amal()
    entered = pair.enter(amal, loci=LOCI, typed=["2"], comparisons="120000", theta="0.01")
    assert entered.headers["location"] == pair.page, entered.text
    whole, short = amal.get(pair.page).text, amal.get(f"{pair.page}/beside").text
    printed = printed_words(amal.get(f"{pair.page}/1/sheet.pdf"))
    compared = printed_words(amal.get(f"{pair.comparison}/sheet.pdf"))

    said = (
        "son unas 3,200,000 veces más probables si estos restos son de la persona desaparecida"
    )
    for text in (words_of(whole), words_of(short), printed, compared):
        assert said in text
        assert "Ningún número identifica a nadie: deciden personas" in text
    assert "No diga: «es 3,200,000 veces más probable que sean sus restos»." in compared
    for text in (words_of(whole), printed):
        assert "No diga: «es 3,200,000 veces más probable que sean sus restos»." in text
        assert "1 a favor por 9 en contra" in text
        assert "El motor comparó (personas por restos): 1 × 1." in text
        assert "la partida cuenta solo 1: puede ser demasiado alta" in text
        assert "uno en cada 27 búsquedas así, como mucho" in text
        assert "2,000 veces a favor" in text
        assert "El sexo cuenta una sola vez, con los demás indicios" in text
        assert "LG-2026-017" in text
    assert "Madre; se usó su perfil" in whole  # as it is read aloud
    with database.transaction(KEEPER) as session:
        copies = session.scalars(sa.select(ReleasedCopy)).all()
        kept = session.scalars(sa.text("SELECT told FROM dna_result")).one()
    # The result alone, and the comparison with it.
    assert [tuple(each.groups) for each in copies[:2]] == [("dna",)] * 2
    assert all("dna" in each.groups and len(each.groups) > 1 for each in copies[2:])
    assert b"LG-2026" not in bytes(kept)
    (line,) = lines_of(database, dora, Deed.DNA_RESULT_ENTERED)
    assert {pair.person, pair.remains} <= set(line.concerning)
    assert len(lines_of(database, dora, Deed.DNA_RESULT_READ)) == 4
    assert len(lines_of(database, dora, Deed.DNA_RESULT_PRINTED)) == 2


def test_a_later_result_replaces_an_earlier_one_that_stays_and_says_why(pair):
    amal = pair.amal()
    pair.enter(amal)

    unreasoned = pair.enter(amal, replaces="1")
    replaced = pair.enter(amal, total="0", **NEW)
    again = pair.enter(amal, **NEW)

    assert "Diga por qué este resultado reemplaza al anterior." in unreasoned.text
    assert replaced.status_code == 303
    assert "Otra persona ya anotó uno más nuevo" in again.text
    latest, earlier = amal.get(pair.page).text, amal.get(f"{pair.page}/1").text
    assert "no pueden darse si estos restos son" in latest
    assert "El laboratorio repitió el análisis." in latest
    assert "Otro resultado reemplazó a este." in earlier
    assert pair.amal().get(f"{pair.page}/3").status_code == 404


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"laboratory": " "}, "Diga qué laboratorio lo calculó."),
        ({"total": ""}, "Falta el número."),
        ({"holds_sex": ""}, "el sexo no debe contar dos veces"),
        ({"loci": "D3S1358 2\nvWA 3"}, "Los loci multiplicados dan 10^0.78"),
        ({"reported_on": "2026-04-01"}, "Ese día todavía no llega"),
        ({"comparisons": "muchas"}, "Escriba solo cifras"),
        ({"against": "other"}, "Diga contra qué se comparó."),
    ],
)
def test_what_lacks_or_contradicts_itself_is_refused_beside_its_field(pair, said, sentence):
    answer = pair.enter(**said)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Dra. Inventada" in answer.text  # nothing that was typed is lost


def test_where_chance_alone_would_do_it_that_is_said_beside_the_pair_at_once(pair):
    amal = pair.amal()
    pair.enter(amal, comparisons="32000000")
    likely = amal.get(f"{pair.page}/beside").text
    pair.enter(amal, comparisons="32000")

    assert "llegarían por puro azar a un número así: 10 como mucho." in words_of(likely)
    assert "por puro azar" not in amal.get(f"{pair.page}/beside").text


def test_the_sex_is_taken_out_of_a_total_where_its_ratio_is_known(pair):
    amal = pair.amal()
    pair.enter(amal, total="6400000", holds_sex="yes", loci=f"{LOCI}\nAmelogenina 2")

    page = amal.get(pair.page).text

    assert "unas 3,200,000 veces" in page
    assert "la amelogenina se quitó del total" in page
    assert '<th scope="row">Amelogenina' not in page


def test_nobodys_profile_is_used_without_their_own_leave_and_no_longer_once_it_is_withdrawn(
    pair, database, bruno, noon
):
    amal = pair.amal()
    pair.enter(amal, typed=["2"])
    with database.transaction(bruno) as session:
        case = case_of(session.get_one(MissingPerson, pair.person_id))
        to_dna = sa.and_(Consent.data_category == DataCategory.DNA, live(noon))
        for granted in session.scalars(sa.select(Consent).where(to_dna)).all():
            withdraw(session, bruno, case, granted, at=noon)

    page = amal.get(pair.page).text
    printed = amal.get(f"{pair.page}/1/sheet.pdf")
    entered = pair.enter(amal, typed=["2"])

    assert "retiró su autorización. Este resultado no se usa más" in page
    assert printed.status_code == 409
    assert "no ha autorizado que se compare su ADN, o lo retiró" in words_of(entered.text)
    assert results_in(database) == 1


def test_neither_families_side_nor_consuls_learn_that_there_is_a_result(
    pair, signed_in, database, viewers
):
    pair.enter()
    outsiders = [
        name for name in ("lidia", "carlos", "cora", "ana", "dora", "admin") if name in viewers
    ]

    answers = {
        signed_in(name).get(f"{pair.page}{more}").status_code
        for name in outsiders
        for more in ("", "/1", "/beside", "/1/sheet.pdf")
    }

    assert len(outsiders) >= 2
    assert answers <= {403, 404}
    assert {results_in(database, viewers[name]) for name in outsiders} == {0}


def test_who_did_not_just_prove_to_be_there_is_sent_to_do_so_and_reads_nothing(pair, app, noon):
    amal = pair.amal()
    pair.enter(amal)
    for minutes in (29, 31):
        app.state.clock = lambda minutes=minutes: noon + timedelta(minutes=minutes)
        asked = amal.get(pair.page, follow_redirects=False)
    short = amal.get(f"{pair.page}/beside").text
    sheet = printed_words(amal.get(f"{pair.comparison}/sheet.pdf"))

    assert asked.headers["location"].startswith("/step-up")
    assert "Para leerlo confirme que es usted quien está aquí." in short
    assert "Lo que dice el ADN no está en esta hoja." in sheet
    assert "3,200,000" not in short + sheet


def test_the_other_institution_reads_it_for_identifying_and_else_is_told_what_would_open_it(
    pair, signed_in
):
    """Her family agreed to forensic services, and the law of both countries lets it travel."""
    pair.enter()
    gloria = signed_in("gloria", purpose="search")
    closed = gloria.get(pair.page).text
    answers = {gloria.get(f"{pair.page}/{more}").status_code for more in ("1", "new")}

    opened = signed_in("gloria", purpose="identify").get(pair.page).text

    assert "Se abre para otra finalidad: identificación." in closed
    assert "3,200,000" not in closed
    assert answers == {404}
    assert "3,200,000" in opened


def test_the_other_institution_is_told_as_well_that_a_donor_took_their_yes_back(
    pair, database, bruno, noon, signed_in
):
    """Another relative's yes still opens the DNA of the family to them."""
    pair.enter(typed=["2"])
    with database.transaction(bruno) as session:
        person = session.get_one(MissingPerson, pair.person_id)
        grant_of(session, person, ("dna", "search", "forensic"))
        hers = sa.select(Consent).where(
            Consent.giver_id == pair.mother_id,
            Consent.data_category == DataCategory.DNA,
            live(noon),
        )
        for granted in session.scalars(hers).all():
            withdraw(session, bruno, case_of(person), granted, at=noon)

    gloria = signed_in("gloria", purpose="identify")
    page = gloria.get(pair.page).text
    printed = gloria.get(f"{pair.page}/1/sheet.pdf")

    assert "retiró su autorización. Este resultado no se usa más" in page
    assert printed.status_code == 409


def test_what_was_believed_on_the_day_is_kept_and_told_beside_todays_where_they_differ(
    pair, database, bruno, noon
):
    amal = pair.amal()
    pair.enter(amal)
    same = amal.get(pair.page).text
    with database.transaction(KEEPER) as session:
        remains_found(session, bruno, invented=True)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)

    other = words_of(amal.get(pair.page).text)
    printed = printed_words(amal.get(f"{pair.page}/1/sheet.pdf"))

    assert "El día que se anotó" not in same
    for text in (other, printed):
        assert "El día que se anotó: 9 de marzo de 2026" in text
    assert "<td>1 × 1</td><td>1 × 2</td>" in other


@pytest.mark.parametrize("side", ["person", "remains"])
def test_a_result_goes_when_either_record_is_erased(pair, database, bruno, noon, side):
    pair.enter()
    model, number = {
        "person": (MissingPerson, pair.person_id),
        "remains": (Remains, pair.remains_id),
    }[side]

    with database.transaction(bruno) as session:
        erase(session, bruno, session.get_one(model, number), basis="test", at=noon)

    assert results_in(database) == 0
