"""The demonstration's DNA as its examiner meets it: computed here, sent, partial."""

import re

import pytest
import sqlalchemy as sa

from casework.candidates.model import Pairing
from casework.demonstration.loading import tell_of_dna
from casework.kinship.model import DnaResult
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.permissions import KEEPER, MATCHER
from tests.conftest import NOON

BOTH = sa.select(MissingPerson.origin_record_id, Remains.origin_record_id, Pairing.id)


@pytest.fixture
def pages(world):
    """Give the pages of the true pairs whose families gave DNA, by the report."""
    joined = BOTH.select_from(Pairing).join(
        MissingPerson, MissingPerson.id == Pairing.missing_person_id
    )
    whole = joined.join(Remains, Remains.id == Pairing.remains_id)
    with world.database.transaction(MATCHER) as session:
        found = session.execute(
            whole.where(MissingPerson.origin_record_id.startswith("INV-D-M"))
        ).all()
    return {
        person: f"/pairings/{number}"
        for person, remains, number in found
        if remains == person.replace("-M-", "-R-")
    }


def test_an_examiner_sees_a_computed_result_a_sent_one_and_what_there_is_to_compute(
    visit, pages
):
    page = visit("examiner")

    page.goto(f"{pages['INV-D-M-01']}/dna")
    here = page.inner_text("main")
    page.goto(f"{pages['INV-D-M-06']}/dna")
    sent = page.inner_text("main")
    page.goto(f"{pages['INV-D-M-02']}/dna/compute")
    partial = page.inner_text("main")

    assert "Lo calculó reunir" in here
    assert "NIST 1036" in here
    assert "apoyo extremadamente fuerte" in here
    assert "scaled" not in here
    assert "Laboratorio inventado de genética" in sent
    assert "4,300 comparaciones" in sent
    assert re.search(r"hermana · .*21 loci", partial)
    assert re.search(r"los restos · .*9 loci", partial)  # amelogenin among them
    assert "Nadie de esta página existe" in page.inner_text("body")


def test_the_true_remains_are_proposed_but_where_nothing_but_dna_leads_to_them(pages):
    assert set(pages) == {f"INV-D-M-{number:02}" for number in (1, 2, 3, 4, 6)}


def test_what_dna_says_is_entered_once(world):
    tell_of_dna(world.database, NOON)

    of_two = MissingPerson.origin_record_id.in_(["INV-D-M-01", "INV-D-M-06"])
    entered = sa.select(sa.func.count(DnaResult.id)).join(DnaResult.case).where(of_two)
    with world.database.transaction(KEEPER) as session:
        assert session.scalar(entered) == 2
