"""What was concluded before is read by nobody who has yet to speak blind of the pair."""

import pytest

from casework.errors import SpeakFirst
from casework.identifications.model import DecisionOutcome, GateKind
from casework.review.actions import give_opinion
from casework.review.blind import yet_to_speak
from casework.review.model import Conclusion
from casework.review.seats import open_review, take_seat
from tests.casework.identifications.conftest import REASON
from tests.casework.identifications.test_pages import asks  # noqa: F401 - used as a fixture

FIRST = "Primero dé su dictamen"
CONCLUDED = ("rematura", "Exclusi", "excluye que", "Juzgado inventado", REASON)
LEGAL = {"authority": "Juzgado inventado", "document": "auto", "number": "J-1"}


@pytest.fixture
def again(at_gate):
    """Decide a pair twice, and open a second review of it: Berta sits, one seat is free."""
    at_gate.is_examined(Conclusion.EXCLUDES)
    at_gate.enter(at_gate.bruno, GateKind.LEGAL_ACT, **LEGAL)
    at_gate.premature = at_gate.proposes(at_gate.bruno, DecisionOutcome.PREMATURE)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, at_gate.premature)
    at_gate.of.does(at_gate.bruno, open_review, why=REASON)
    at_gate.of.does(at_gate.berta, take_seat)
    return at_gate


def test_no_page_list_or_paper_tells_who_speaks_blind_what_was_concluded(again, asks):  # noqa: F811
    here, number = f"/pairings/{again.id}", again.premature
    listed = f'href="{here}"'
    quiet = ("/gate", "/decision", "/review", "/review/bar", "/board", "/history")
    closed = ("", "/report.pdf", "/telling")
    before = asks("bruno").reads(here + "/gate")
    for name in ("berta", "elena"):
        browser = asks(name)
        told = {each: browser.reads(here + each) for each in quiet}
        told |= {each: browser.reads(each) for each in ("/decisions", "/reviews")}
        queue = browser.reads("/pairings")
        told["queue"] = queue[queue.index(listed) : queue.index("</form>", queue.index(listed))]
        assert [(each, w) for each, said in told.items() for w in CONCLUDED if w in said] == []
        assert (FIRST in told["/gate"], FIRST in told["/decision"]) == (True, True)
        assert "De pares que le falta examinar" in told["/decisions"]
        assert "en revisión" in told["queue"]
        for state in ("premature", "parked"):
            assert listed not in browser.reads(f"/pairings?state={state}")
        refused = [browser.client.get(f"/decisions/{number}{each}") for each in closed]
        assert {each.status_code for each in refused} == {409}
        assert all("Primero su dictamen" in each.text for each in refused)
        with pytest.raises(SpeakFirst):
            again.proposes(getattr(again, name), DecisionOutcome.PREMATURE)

    # Who sees to the seats reads on, and so does whoever has spoken.
    assert "Juzgado inventado" in before
    excluded = again.excludes(again.bruno)
    berta = asks("berta")
    assert listed not in berta.reads("/pairings?excluded=yes")
    again.of.does(again.berta, give_opinion, again.of.says(again.berta, Conclusion.SUPPORTS))
    assert listed in berta.reads("/pairings?excluded=yes&state=parked")
    assert "Juzgado inventado" in berta.reads(here + "/gate")
    assert "Prematura" in berta.reads(f"/decisions/{number}")
    assert "Exclusión" in berta.reads("/decisions")
    assert "Sexo, Estatura" in berta.reads(f"/decisions/{excluded}")
    assert berta.client.get(f"/decisions/{number}/telling").status_code == 200


def test_one_rule_says_who_has_yet_to_speak(again, database):
    pair = (again.of.person_id, again.of.remains_id)

    def silent():
        found = []
        for name in ("berta", "elena", "celso", "bruno", "gloria"):
            viewer = getattr(again, name)
            with database.transaction(viewer) as session:
                if yet_to_speak(session, viewer) == {pair}:
                    found.append(name)
                assert yet_to_speak(session, viewer, []) == frozenset()
                assert yet_to_speak(session, viewer, [(pair[0], 0)]) == frozenset()
        return found

    one = silent()
    again.of.does(again.gloria, take_seat)  # a coordinator who sits speaks blind too
    both_sit = silent()
    again.of.does(again.berta, give_opinion, again.of.says(again.berta, Conclusion.SUPPORTS))
    one_spoke = silent()
    again.of.does(again.gloria, give_opinion, again.of.says(again.gloria, Conclusion.SUPPORTS))

    assert one == ["berta", "elena", "celso"]
    assert (both_sit, one_spoke, silent()) == (["berta", "gloria"], ["gloria"], [])
