"""What is closed of a pairing is told neither by itself nor in a sum, nor called missing."""

import pytest
import sqlalchemy as sa

from casework.candidates.joint import taken_together
from casework.candidates.model import MatchingRun, Pairing
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import get_proposal, measure
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.model import DataCategory
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found

BUT_NO_NAMES = [
    (DataCategory.CIRCUMSTANCES, "search", "forensic"),
    (DataCategory.ANTEMORTEM, "search", "forensic"),
]
HONDURAN = {"nationalities": ["HN"]}
TEETH = {"carried": {"teeth": "16:restored | 26:crown"}}
NOT_COUNTED = "Lo reservado en alguno de los dos registros no se cuenta en estos números."


@pytest.fixture
def weigh(database, bruno, gloria, run_of_all):
    """Weigh Gloria's person, whose names Mexico may not read, against Bruno's remains."""

    def weigh(person=HONDURAN, remains=HONDURAN, *, owner=gloria, grants=BUT_NO_NAMES):
        with database.transaction(KEEPER) as session:
            a_missing_person(session, owner, grants=grants, **person)
            remains_found(session, bruno, **remains)
        run_of_all()
        with database.transaction(MATCHER) as session:
            return session.scalars(sa.select(Pairing)).one()

    return weigh


def test_the_sum_is_that_of_the_weights_that_are_shown(weigh, signed_in):
    stored, browser = weigh(), signed_in("amal")

    read = browser.get(f"/api/v1/pairings/{stored.id}").json()

    assert "nationality" in stored.weights
    assert "nationality" not in read["weights"]
    assert read["log10_lr"] == pytest.approx(sum(read["weights"].values()))
    assert read["log10_lr"] < stored.log10_lr
    assert read["posterior"] < stored.posterior


def test_a_list_tells_no_stored_number(weigh, signed_in, database, amal, noon):
    stored, browser = weigh(), signed_in("amal")

    listed = browser.get("/api/v1/pairings").json()

    (row,) = listed["proposals"]
    assert (row["posterior"], listed["expected_true"]) == (None, 0.0)
    assert row["log10_lr"] == pytest.approx(sum(row["weights"].values()))
    assert browser.get("/api/v1/pairings?least=-9").json()["count"] == 0
    assert "verdaderas se esperan" not in browser.get("/pairings").text.lower()
    with database.transaction(amal) as session:
        assert measure(session, amal, Wanted(), at=noon).known == 0
    assert stored.posterior > 0


def test_a_page_says_what_it_does_not_count_whether_anything_is_recorded_or_not(
    weigh, signed_in
):
    nothing_told = weigh(person={"nationalities": []}, remains={})

    page = signed_in("amal").get(f"/pairings/{nothing_told.id}").text

    assert "nationality" not in nothing_told.weights
    assert NOT_COUNTED in page
    assert "Está reservado, y por eso aquí no se compara:" in page


def test_whoever_reads_everything_is_told_the_whole(weigh, signed_in, bruno):
    stored, browser = weigh(owner=bruno, grants=None), signed_in("amal")

    read = browser.get(f"/api/v1/pairings/{stored.id}").json()

    assert (read["log10_lr"], read["posterior"]) == (stored.log10_lr, stored.posterior)
    assert NOT_COUNTED not in browser.get(f"/pairings/{stored.id}").text


def test_what_is_closed_is_not_called_missing(weigh, signed_in):
    stored, browser = weigh(person=HONDURAN | TEETH, remains=HONDURAN), signed_in("amal")

    read = browser.get(f"/api/v1/pairings/{stored.id}").json()
    page = browser.get(f"/pairings/{stored.id}").text

    closed = {"teeth", "medical", "papers", "nationality"}
    assert closed.isdisjoint(read["lacking"])
    assert closed.isdisjoint(each["kind"] for each in read["unknown"])
    assert "dentadura" in page[page.index("Está reservado, y por eso") :]
    assert "Nada de lo comparado habla en contra" not in page


def test_all_proposals_at_once_leave_out_what_is_closed(weigh, database, amal, noon):
    stored = weigh()

    def together():
        with database.transaction(amal) as session:
            proposal = get_proposal(session, amal, stored.id, at=noon)
            run = session.get_one(MatchingRun, stored.matching_run_id)
            return taken_together(session, amal, proposal, run, at=noon)

    before = together()
    with database.transaction(MATCHER) as session:
        pairing = session.get_one(Pairing, stored.id)
        pairing.weights = {**pairing.weights, "nationality": -3.0}
        pairing.log10_lr = sum(pairing.weights.values())

    assert together() == before


def test_a_list_opens_no_identity_that_it_does_not_show(proposed, signed_in, database, dora):
    browser = signed_in("amal")
    for page in ("/pairings", "/", "/api/v1/pairings"):
        browser.get(page)

    opened = (
        sa.select(Entry).where(Entry.deed == Deed.SEALED_OPENED.value).order_by(Entry.position)
    )
    with database.transaction(dora) as session:
        details = [each.details for each in session.scalars(opened)]
    assert proposed
    assert not [each for each in details if "identity" in str(each)]
