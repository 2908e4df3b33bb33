"""The queue, the comparison and the runs, as a browser without JavaScript meets them."""

import re

import sqlalchemy as sa

from casework.codes import BodySite, HairColour, MarkType, Side
from casework.missing.model import MissingPerson, MissingPersonMark
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

NOT_AN_IDENTIFICATION = "no es una identificación"


def form_token(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


def deeds(database, dora, deed):
    with database.transaction(dora) as session:
        return session.scalars(
            sa.select(Entry).where(Entry.deed == deed.value).order_by(Entry.position)
        ).all()


def test_the_queue_shows_both_references_and_how_many_are_expected_to_be_true(
    proposed, signed_in
):
    page = signed_in("amal").get("/pairings")

    assert proposed.person.reference in page.text
    assert proposed.remains.reference in page.text
    assert "En esta lista hay 1 propuesta. Verdaderas se esperan: menos de 1." in page.text
    assert NOT_AN_IDENTIFICATION in page.text


def test_the_queue_says_nobodys_name(proposed, signed_in):
    page = signed_in("amal").get("/pairings")

    assert proposed
    assert "Marisol" not in page.text


def test_reading_the_queue_is_a_deed(proposed, signed_in, database, dora):
    signed_in("amal").get("/pairings")

    (listed,) = deeds(database, dora, Deed.PAIRING_LISTED)
    assert proposed
    assert listed.details == {"shown": 1}


SEARCHES = {
    "": True,
    "?q=Tapachula": True,
    "?q=arriaga": True,
    "?q=Panamá": False,
    "?q=%25": False,  # a percent sign is only a percent sign
    "?sex=female": True,
    "?sex=male": False,
    "?country=HN": True,
    "?country=GT": False,
    "?least=0": True,
    "?least=9": False,
    "?q=&country=&sex=&least=": True,
    "?page=2": False,
}


def test_the_queue_is_narrowed_by_what_is_asked(proposed, signed_in):
    browser = signed_in("amal")

    shown = {
        query: proposed.person.reference in browser.get(f"/pairings{query}").text
        for query in SEARCHES
    }

    assert shown == SEARCHES


def test_a_reference_finds_its_proposals(proposed, signed_in):
    page = signed_in("amal").get(f"/pairings?q={proposed.remains.reference}")

    assert proposed.person.reference in page.text


def test_what_is_no_number_is_refused(signed_in):
    assert signed_in("amal").get("/pairings?least=mucho").status_code == 422


def test_an_examiner_is_not_offered_a_new_run(proposed, signed_in):
    page = signed_in("amal").get("/pairings")

    assert proposed
    assert "Comparar todo de nuevo" not in page.text


def test_a_coordinator_begins_a_run_watches_it_and_stops_it(signed_in):
    browser = signed_in("bruno")
    token = form_token(browser.get("/pairings"))

    waiting = browser.post("/pairings/runs", data={"form_token": token})
    assert "en espera" in waiting.text
    assert '<meta http-equiv="refresh"' in waiting.text

    stopped = browser.post(f"{waiting.url.path}/cancel", data={"form_token": token})
    assert "detenida" in stopped.text
    assert '<meta http-equiv="refresh"' not in stopped.text


def test_the_moving_part_reloads_the_page_once_the_run_has_ended(proposed, signed_in):
    browser = signed_in("amal")

    moving = browser.get(f"/pairings/runs/{proposed.pairing.matching_run_id}/progress")

    assert moving.headers["hx-refresh"] == "true"


def test_a_run_page_names_model_and_hashes(proposed, signed_in):
    browser = signed_in("amal")

    page = browser.get(f"/pairings/runs/{proposed.pairing.matching_run_id}")

    assert "missing-remains 2026." in page.text
    assert "Huella de lo comparado" in page.text
    assert (
        f"/pairings/runs/{proposed.pairing.matching_run_id}"
        in browser.get("/pairings/runs").text
    )


def test_the_comparison_tells_each_kind_in_a_sentence(proposed, signed_in):
    page = signed_in("amal").get(f"/pairings/{proposed.pairing.id}")

    assert "cae dentro de la estimada en los restos" in page.text
    assert "veces más probable si son la misma persona" in page.text
    assert NOT_AN_IDENTIFICATION in page.text
    assert "Marisol Inventada" in page.text


def test_what_cannot_be_compared_says_where_it_lacks(
    run_of_all, proposals_for, database, bruno, signed_in
):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, hair=HairColour.BLACK)
        remains_found(session, bruno)
    run_of_all()
    (proposal,) = proposals_for(bruno)

    page = signed_in("amal").get(f"/pairings/{proposal.pairing.id}")

    assert "Falta en el registro de los restos: preguntar a quien los examina." in page.text
    assert "No se puede comparar: falta en los dos registros." in page.text


def test_a_destination_that_is_a_countrys_code_is_told_by_its_name(
    run_of_all, proposals_for, database, bruno, signed_in
):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, destination="DO")
        remains_found(session, bruno)
    run_of_all()
    (proposal,) = proposals_for(bruno)

    page = signed_in("amal").get(f"/pairings/{proposal.pairing.id}")

    assert "República Dominicana" in page.text


def test_words_of_a_report_are_escaped(run_of_all, proposals_for, database, bruno, signed_in):
    mark = MissingPersonMark(
        kind=MarkType.TATTOO,
        site=BodySite.FOREARM,
        side=Side.LEFT,
        words="<script>alert(1)</script>",
    )
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, marks=[mark])
        remains_found(session, bruno)
    run_of_all()
    (proposal,) = proposals_for(bruno)

    page = signed_in("amal").get(f"/pairings/{proposal.pairing.id}")

    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text


def test_opening_a_comparison_is_a_deed_about_both_records(proposed, signed_in, database, dora):
    signed_in("amal").get(f"/pairings/{proposed.pairing.id}")

    (read,) = deeds(database, dora, Deed.PAIRING_READ)
    assert read.about == f"pairing:{proposed.pairing.id}"
    assert read.details == {
        "missing": proposed.person.reference,
        "remains": proposed.remains.reference,
    }


def test_a_record_that_changed_since_is_pointed_out(proposed, signed_in, database, noon):
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, proposed.person.id)
        person.changed_at = noon.replace(year=noon.year + 1)

    page = signed_in("amal").get(f"/pairings/{proposed.pairing.id}")

    assert "cambió después de la última comparación" in page.text


def test_a_proposal_that_is_not_there_is_not_found(signed_in):
    assert signed_in("amal").get("/pairings/424242").status_code == 404


def test_the_api_gives_the_queue_and_the_reasons(proposed, signed_in):
    browser = signed_in("amal")

    listed = browser.get("/api/v1/pairings").json()
    read = browser.get(f"/api/v1/pairings/{proposed.pairing.id}").json()

    assert (listed["count"], listed["proposals"][0]["id"]) == (1, proposed.pairing.id)
    assert {each["kind"] for each in read["reasons"]} == set(read["weights"])
    assert set(read["lacking"]).isdisjoint(read["weights"])
    assert read["log10_lr"] == listed["proposals"][0]["log10_lr"]
    assert not {each for each in read if each.startswith("rank")}  # hidden rivals would show


def test_the_api_gives_the_runs(proposed, signed_in):
    browser = signed_in("amal")

    (run,) = browser.get("/api/v1/matching-runs").json()

    assert run["id"] == proposed.pairing.matching_run_id
    assert browser.get(f"/api/v1/matching-runs/{run['id']}").json() == run


def test_the_api_turns_others_away(proposed, signed_in):
    browser = signed_in("lidia")

    assert browser.get("/api/v1/pairings").status_code == 403
    assert browser.get(f"/api/v1/pairings/{proposed.pairing.id}").status_code == 403
