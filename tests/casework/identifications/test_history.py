"""What became of a pair is told in order, and to whoever speaks blind not what was said."""

from casework.identifications.history import history_of
from casework.identifications.model import DecisionOutcome
from casework.review.model import Conclusion
from casework.review.seats import open_review, take_seat
from tests.casework.identifications.conftest import REASON
from tests.casework.identifications.test_pages import asks  # noqa: F401 - used as a fixture

CONCLUSION = "excluye que sean la misma persona"


def test_a_pair_tells_its_history_but_not_what_was_said_to_who_speaks_blind(at_gate, asks):  # noqa: F811
    page = f"/pairings/{at_gate.id}/history"
    at_gate.is_examined(Conclusion.EXCLUDES)
    number = at_gate.excludes(at_gate.bruno)
    at_gate.signs(at_gate.gloria, number)
    at_gate.signs(at_gate.bruno, number)
    bruno = asks("bruno")
    bruno.sends(f"/decisions/{number}/end", f"/decisions/{number}", reason=REASON)

    told = bruno.reads(page)
    at_gate.of.does(at_gate.bruno, open_review, why=REASON)
    at_gate.of.does(at_gate.berta, take_seat)
    seats = [at_gate.of.does(each, history_of) for each in (at_gate.bruno, at_gate.berta)]

    order = ("por primera vez", "Se abrió la revisión", CONCLUSION, "exclusión", "la dejó sin")
    assert [told.index(each) for each in order] == sorted(told.index(each) for each in order)
    assert f'href="/decisions/{number}"' in told
    assert f'href="/pairings/{at_gate.id}/unblinding"' in told
    assert [each.is_withheld for each in seats] == [False, True]
    # The next one to sit, who may still take the free seat, is told no more.
    assert at_gate.of.does(at_gate.elena, history_of).is_withheld
    at_gate.of.does(at_gate.elena, take_seat)
    assert not at_gate.of.does(at_gate.celso, history_of).is_withheld


def test_both_files_say_that_an_identification_was_taken_back_and_what_to_do(at_gate, asks):  # noqa: F811
    at_gate.is_whole()
    number = at_gate.proposes(at_gate.bruno, DecisionOutcome.IDENTIFICATION)
    for each in (at_gate.bruno, at_gate.gloria):
        at_gate.signs(each, number)
    bruno, there = asks("bruno"), f"/decisions/{number}"
    person, remains = (
        f"/{kind}/{reference}/recalls"
        for kind, reference in (("missing", at_gate.of.person), ("remains", at_gate.of.remains))
    )
    before = bruno.reads(remains)
    bruno.sends(f"{there}/end", there, reason="Error de rótulo.", handed_over="yes")

    assert "ya no vale" not in before
    for page, other in ((person, at_gate.of.remains), (remains, at_gate.of.person)):
        said = bruno.reads(page)
        assert f"La identificación con {other} ya no vale." in said
        assert "Los restos ya se entregaron: acuerde" in said
        assert "Nadie que habla con la familia supo" in said
    assert f'hx-get="{remains}"' in bruno.reads(remains.removesuffix("/recalls"))
    # The family's side reads nothing of what was never released.
    assert asks("lidia").client.get(person).status_code == 403
    assert "recalls" not in asks("lidia").reads(person.removesuffix("/recalls"))
