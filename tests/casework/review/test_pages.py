"""The pages: a form that keeps what was typed, and pages that tell nothing of the other."""

import re

import pytest

from casework.candidates.comparison import laid_out
from casework.candidates.explaining import explain_proposal
from casework.candidates.queries import get_proposal
from casework.review.actions import give_opinion
from casework.review.kinds import kinds_before
from casework.review.model import Conclusion, Verdict
from casework.review.seats import take_seat
from casework.web.described import teller_for


def bare(text):
    """Take out what is new on every page: tokens and sheets."""
    return re.sub(r'(name="(?:form_token|sheet)" value=")[^"]*|data-at="[^"]*"', r"\1", text)


def posted(client, path, **said):
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/reviews").text)[1]
    said = {name.replace("__", "."): value for name, value in said.items()}
    return client.post(path, data={"form_token": token, **said}, follow_redirects=False)


@pytest.fixture
def amal_in(signed_in):
    return signed_in("amal", purpose="identify")


def test_an_examiner_takes_a_seat_keeps_a_draft_and_gives_an_opinion(pair, amal_in, amal):
    here = f"/pairings/{pair.id}"
    assert "Todavía nadie la examina" in amal_in.get(f"{here}/review/bar").text
    taken = posted(amal_in, f"{here}/review", do="take")
    assert taken.headers["location"] == f"{here}/opinion"
    form = {f"verdict__{kind}": "consistent" for kind in pair.kinds(amal)}
    half = {**form, "verdict__stature": "explainable", "reason": "Me falta medir."}

    kept = posted(amal_in, f"{here}/opinion", do="draft", **half)
    assert kept.headers["location"] == f"{here}/opinion?done=kept"
    assert "Me falta medir." in amal_in.get(f"{here}/opinion").text
    assert f"{pair.person} · {pair.remains}" in amal_in.get("/reviews").text
    lacking = posted(amal_in, f"{here}/opinion", do="give", **half)
    assert lacking.status_code == 422
    assert "Una diferencia se explica" in lacking.text
    assert "Falta la conclusión" in lacking.text
    assert "Me falta medir." in lacking.text
    whole = {**half, "note__stature": "Midieron con zapatos.", "conclusion": "supports"}
    given = posted(amal_in, f"{here}/opinion", do="give", **whole)

    assert given.headers["location"] == f"{here}/review?done=opinion"
    page = amal_in.get(f"{here}/review").text
    assert "Usted dio su dictamen" in page
    assert "Midieron con zapatos." not in page  # not even one's own, until both are there
    assert amal_in.get(f"{here}/opinion").status_code == 404


def test_every_page_is_the_same_before_and_after_the_other_has_spoken(
    pair, staff, signed_in, amal
):
    elena = staff["elena"]
    pair.does(amal, take_seat)
    pair.does(elena, take_seat)
    here = f"/pairings/{pair.id}"
    readers = {
        "amal": ("/review", "/review/bar", "/opinion"),
        "bruno": ("/review", "/review/bar", "/board"),
    }

    def seen():
        told = {}
        for name, paths in readers.items():
            reader = signed_in(name, purpose="identify")
            for path in [*(f"{here}{each}" for each in paths), "/reviews"]:
                told[name, path] = bare(reader.get(path).text)
        return told

    before = seen()
    pair.does(elena, give_opinion, pair.says(elena, Conclusion.EXCLUDES))

    assert seen() == before


def test_once_both_have_spoken_a_coordinator_reads_both_and_a_third_reconciles(
    pair, staff, signed_in, amal
):
    elena = staff["elena"]
    for each, verdict in ((amal, Verdict.UNEXPLAINABLE), (elena, Verdict.CONSISTENT)):
        pair.does(each, take_seat)
        pair.does(each, give_opinion, pair.says(each, stature=verdict))
    bruno, here = signed_in("bruno", purpose="identify"), f"/pairings/{pair.id}"

    page = bruno.get(f"{here}/review").text
    assert "Los dos dictámenes difieren" in page
    assert "Se explica en el acta." in page
    assert posted(bruno, f"{here}/review", do="third").status_code == 303
    form = bruno.get(f"{here}/opinion").text
    assert "Conciliar dos dictámenes" in form
    assert "difiere, sin explicación" in form
    said = {"verdict__stature": "explainable", "note__stature": "Zapatos.", "reason": "Leí."}
    posted(bruno, f"{here}/opinion", do="give", conclusion="supports", **said)

    assert "Conclusión: apoya que sean la misma persona." in bruno.get(f"{here}/review").text


def test_a_board_is_convened_named_and_closed_by_its_pages(
    pair, staff, signed_in, amal, bruno, gloria
):
    elena = staff["elena"]
    for each, conclusion in ((amal, Conclusion.SUPPORTS), (elena, Conclusion.EXCLUDES)):
        pair.does(each, take_seat)
        pair.does(each, give_opinion, pair.says(each, conclusion))
    board = f"/pairings/{pair.id}/board"
    ours = [bruno.account_id, amal.account_id]

    def coming(name):
        return signed_in(name, purpose="identify")

    posted(coming("bruno"), board, do="convene", member=ours, words="¿Alcanza?")
    assert "Aún no está completa" in coming("bruno").get(board).text
    posted(coming("gloria"), board, do="name", member=[gloria.account_id])
    unreasoned = posted(coming("gloria"), f"{board}/vote", conclusion="supports")
    assert "Diga en qué se basa" in unreasoned.text
    voted = {"conclusion": "supports", "reason": "Alcanza, con lo dicho."}
    for name in ("gloria", "bruno"):
        posted(coming(name), f"{board}/vote", **voted)
    assert coming("amal").get(board).text.count("Alcanza, con lo dicho.") == 0
    posted(coming("amal"), f"{board}/vote", **voted)
    assert coming("gloria").get(board).text.count("Alcanza, con lo dicho.") == 3
    posted(coming("gloria"), board, do="close", words="Por unanimidad.")

    closed = coming("bruno").get(board).text
    assert "Conclusión: apoya que sean la misma persona." in closed
    assert "Por unanimidad." in closed


def test_seats_are_given_paused_and_freed_by_the_pages(pair, staff, signed_in):
    bruno, here = signed_in("bruno", purpose="identify"), f"/pairings/{pair.id}/review"
    person = str(staff["berta"].account_id)

    assert "Elija un día" in posted(bruno, here, do="ask", person=person, due_on="ayer").text
    posted(bruno, here, do="ask", person=person, due_on="2026-03-12")
    assert "Berta" in bruno.get(here).text
    posted(bruno, here, do="paused", seat="1")
    assert "en pausa" in bruno.get(here).text
    posted(bruno, here, do="handed_over", seat="1")

    assert "Espera desde" not in bruno.get(here).text


def test_the_form_has_every_kind_that_the_comparison_has(pair, database, amal, noon):
    with database.transaction(amal) as session:
        proposal = get_proposal(session, amal, pair.id, at=noon)
        explained = explain_proposal(session, amal, proposal, at=noon).explained

        assert list(kinds_before(proposal)) == list(
            laid_out(proposal, explained, teller_for("es"))
        )
