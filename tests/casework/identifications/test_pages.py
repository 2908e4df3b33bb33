"""A coordinator sees at one glance what stands, what lacks and who could bring it."""

import re

import pytest

from casework.review.model import Conclusion
from tests.casework.identifications.conftest import REASON

LEGAL = {"authority": "Juzgado inventado", "document": "auto", "number": "J-1"}


@pytest.fixture
def asks(signed_in):
    """Give a browser that fills in forms of the gate."""

    inside = []

    class Asks:
        def __init__(self, name):
            self.name = name

        @property
        def client(self):
            """One browser for all: whoever goes on signs in anew."""
            if inside[:1] != [self.name]:
                inside[:] = [self.name, signed_in(self.name, purpose="identify")]
            return inside[1]

        def reads(self, path):
            return re.sub(r"\s+", " ", self.client.get(path).text)

        def sends(self, path, of, **said):
            token = self.client.get(of).text.split('name="form_token" value="')[1]
            sent = {"form_token": token.split('"')[0], **said}
            return self.client.post(path, data=sent, follow_redirects=False)

    return Asks


def test_the_gate_is_filled_item_by_item_and_nothing_typed_is_lost(at_gate, asks):
    bruno, page = asks("bruno"), f"/pairings/{at_gate.id}/gate"
    first = bruno.reads(page)
    misdated = bruno.sends(f"{page}/legal_act", page, **LEGAL, day="2027-01-01")
    empty = bruno.sends(f"{page}/legal_act", page, **LEGAL | {"authority": ""}, day="")
    done = bruno.sends(f"{page}/legal_act", page, **LEGAL, day="2026-03-01")
    after = bruno.reads(page)
    nobody = bruno.sends(f"{page}/99/withdrawal", page, reason=REASON)
    gone = bruno.sends(f"{page}/1/withdrawal", page, reason=REASON)

    assert "Están 1 de 7." in first
    assert "Todavía nadie abrió la revisión." in first
    assert "Un rostro, una foto o un documento hallado no bastan." in first
    assert f"/desk/new?about={at_gate.of.person}" in first  # kept elsewhere: ask there
    assert (misdated.status_code, empty.status_code) == (422, 422)
    assert "Ese día todavía no llega." in misdated.text
    assert 'value="Juzgado inventado"' in misdated.text
    assert "Falta: autoridad, fecha." in empty.text
    assert done.headers["location"] == page
    assert "Están 2 de 7." in after
    assert "Juzgado inventado" in after
    assert (nobody.status_code, gone.headers["location"]) == (404, page)
    assert "Están 1 de 7." in bruno.reads(page)


def test_a_decision_is_proposed_signed_released_and_taken_back_on_its_pages(at_gate, asks):
    bruno, gloria = asks("bruno"), asks("gloria")
    form = f"/pairings/{at_gate.id}/decision"
    offered = bruno.reads(form)
    refused = bruno.sends(form, form, outcome="identification", reason=REASON)
    at_gate.is_whole()
    made = bruno.sends(form, form, outcome="identification", reason=REASON)
    there = made.headers["location"]
    unreasoned = bruno.sends(f"{there}/signature", there, answer="accept", reason="")
    for each in (bruno, gloria):
        assert "Esperan la firma de su institución" in each.reads("/decisions")
        each.sends(f"{there}/signature", there, answer="accept", reason=REASON)
    locked = gloria.reads(there)
    gloria.sends(f"{there}/release", there, reason="Que fue identificada.")
    released = gloria.reads(there)
    unsaid = bruno.sends(f"{there}/end", there, reason=REASON)
    bruno.sends(f"{there}/end", there, reason="Error de rótulo.", handed_over="yes")
    ended = gloria.reads(there)

    assert 'value="identification"' not in offered
    assert 'value="premature"' in offered
    assert "Que dos personas lo examinen, cada una por su lado" in offered  # not that they did
    assert (refused.status_code, unreasoned.status_code, unsaid.status_code) == (422, 422, 422)
    assert "falta liberarla" in locked
    assert "no deciden nada" in locked
    assert re.search(r"1 a favor por \d+ en contra", locked)  # the prior, as people bet
    assert "Quien habla con la familia ya puede verla." in released
    assert "Diga si los restos ya se entregaron." in unsaid.text
    assert "Los restos ya se entregaron." in ended
    assert "Error de rótulo." in ended


def test_who_sees_no_proposals_sees_no_gate_and_no_decision(at_gate, asks):
    at_gate.is_examined(Conclusion.EXCLUDES)
    number = at_gate.excludes(at_gate.bruno)
    pages = (f"/pairings/{at_gate.id}/gate", f"/decisions/{number}", "/decisions")

    for name in ("lidia", "carlos", "ana", "admin", "dora"):
        assert {asks(name).client.get(each).status_code for each in pages} == {403}
    said = asks("bruno").reads(f"/decisions/{number}")
    assert "antropología" in said
    assert "Sexo, Estatura" in said
    assert asks("lidia").client.get("/released").status_code == 200
