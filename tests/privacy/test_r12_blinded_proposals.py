"""r12: a proposal is read with both records, or blinded: it exists, a band, and whom to ask.

Amal and Bruno keep the remains; the person's file is Gloria's, in Guatemala, and nothing of
it was granted to Mexico but to weigh it.
"""

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.rules import Band, band_of
from casework.candidates.running import run_matching
from casework.missing.model import MissingPerson
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER
from tests.builders import remains_found
from tests.casework.canaries import ALL_CANARIES, REFERENCE, a_canary, give

HERS = "HR-HHHH-2222"
# The engine may weigh what was told of the body; nobody in Mexico may read of the person.
TO_WEIGH = [(Reveals.BODY, "search", "forensic")]
TO_READ = [(Reveals.CIRCUMSTANCE, "search", "forensic")]


@pytest.fixture
def propose(database, bruno, gloria, noon):
    """Weigh one person of Gloria's against one set of Bruno's remains; gives the pairing."""

    def propose(grants):
        with database.transaction(KEEPER) as session:
            a_canary(session, gloria, protected=False, grants=grants)
            remains_found(session, bruno, reference=HERS)
        with database.transaction(bruno) as session:
            run_id = request_matching(session, bruno, at=noon).id
        run_matching(database, run_id, lambda: noon)
        with database.transaction(MATCHER) as session:
            (pairing,) = session.scalars(sa.select(Pairing)).all()
            return pairing

    return propose


def numbers_of(pairing):
    """Write every number of a pairing as a page or an answer might."""
    numbers = [pairing.log10_lr, pairing.posterior, *pairing.weights.values()]
    return [
        text
        for number in numbers
        for text in (str(number), f"{number:+.1f}", f"{number:+.1f}".replace(".", ","))
    ]


@pytest.mark.parametrize("name", ["amal", "bruno"])
def test_r12_who_may_read_one_side_learns_a_band_and_an_institution(propose, signed_in, name):
    pairing, browser = propose(TO_WEIGH), signed_in(name)

    page = browser.get(f"/pairings/{pairing.id}").text
    answer = browser.get(f"/api/v1/pairings/{pairing.id}").json()

    assert answer == {
        "id": pairing.id,
        "own_reference": HERS,
        "band": band_of(pairing.log10_lr),
        "institution": "Institución inventada forense_gt",
        "country": "GT",
    }
    assert HERS in page
    assert "Institución inventada forense_gt" in page
    assert "Guatemala" in page
    assert told_of_her(page, pairing) == []


def test_r12_the_queue_counts_the_blinded_apart_and_expects_nothing_of_them(propose, signed_in):
    pairing, browser = propose(TO_WEIGH), signed_in("bruno")

    queue = browser.get("/api/v1/pairings").json()
    page = browser.get("/pairings").text

    assert (queue["count"], queue["expected_true"], queue["proposals"]) == (0, 0.0, [])
    assert (queue["blinded_count"], len(queue["blinded"])) == (1, 1)
    assert told_of_her(page, pairing) == []
    assert "Hay 1 propuesta para un registro de su institución" in page


def test_r12_a_blinded_proposal_has_no_sheet_and_no_search_finds_it(propose, signed_in):
    pairing, browser = propose(TO_WEIGH), signed_in("bruno")

    assert browser.get(f"/pairings/{pairing.id}/sheet.pdf").status_code == 404
    for word in (*ALL_CANARIES, REFERENCE):
        found = browser.get("/api/v1/pairings", params={"q": word}).json()
        assert (found["count"], found["proposals"]) == (0, [])


def test_r12_who_may_read_both_sides_reads_it_in_full(propose, signed_in):
    pairing = propose(TO_WEIGH)
    browser = signed_in("gloria")  # her person, and remains that may be searched for

    answer = browser.get(f"/api/v1/pairings/{pairing.id}").json()

    assert (answer["missing_person"], answer["remains"]) == (REFERENCE, HERS)
    assert answer["log10_lr"] == pairing.log10_lr


def test_r12_with_the_body_closed_on_one_side_no_number_is_told(propose, signed_in):
    pairing, browser = propose(TO_READ), signed_in("amal")

    answer = browser.get(f"/api/v1/pairings/{pairing.id}").json()
    queue = browser.get("/api/v1/pairings").json()
    page = browser.get(f"/pairings/{pairing.id}").text

    assert (answer["log10_lr"], answer["posterior"]) == (None, None)
    assert set(answer["weights"]) <= {"time", "place", "clothing"}
    assert (queue["count"], queue["expected_true"]) == (1, 0.0)
    assert browser.get("/api/v1/pairings?least=-9").json()["count"] == 0
    assert browser.get("/api/v1/pairings?sex=female&q=" + REFERENCE).json()["count"] in {0, 1}
    assert "Senanaria" not in page
    assert "Hace falta una autorización vigente" in page
    assert f"{pairing.log10_lr:.1f}".replace(".", ",") not in page


@pytest.mark.parametrize("name", ["lidia", "carlos", "cora", "ana", "dora", "admin"])
def test_r12_nobody_else_learns_that_there_is_a_proposal(propose, signed_in, name):
    pairing, browser = propose(TO_WEIGH), signed_in(name)

    for address in (f"/pairings/{pairing.id}", "/pairings", "/api/v1/pairings"):
        assert browser.get(address).status_code == 403


def test_r12_the_database_draws_the_bands_where_the_page_does(propose, database, bruno):
    pairing = propose(TO_WEIGH)
    cases = {-1.0: Band.WEAK, 1.99: Band.WEAK, 2.0: Band.MODERATE, 4.0: Band.STRONG}

    for log10_lr, band in cases.items():
        with database.transaction(MATCHER) as session:
            session.execute(
                sa.update(Pairing).where(Pairing.id == pairing.id).values(log10_lr=log10_lr)
            )
        with database.transaction(bruno) as session:
            told = session.scalar(sa.text("SELECT band FROM blinded_pairings()"))
        assert (band_of(log10_lr), told) == (band, band)


def test_r12_a_proposal_that_was_not_blinded_would_be_noticed(
    propose, database, signed_in, gloria
):
    pairing = propose(TO_WEIGH)
    assert signed_in("amal").get(f"/api/v1/pairings/{pairing.id}").json().get("band")

    # The planted fault: the other side is granted, and nobody blinds any more.
    with database.transaction(KEEPER) as session:
        person = session.scalars(sa.select(MissingPerson)).one()
        give(session, person, [(Reveals.CIRCUMSTANCE, "search", "forensic:MX")])
    page = signed_in("amal").get(f"/pairings/{pairing.id}").text

    assert gloria
    assert told_of_her(page, pairing) != []


def told_of_her(text, pairing):
    """List what a blinded page must not hold."""
    return [word for word in (*ALL_CANARIES, REFERENCE, *numbers_of(pairing)) if word in text]
