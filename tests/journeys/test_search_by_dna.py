"""All remains against all families: what nothing but DNA leads to, and what it cannot tell."""

import pytest
import sqlalchemy as sa

from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.queries import find_account, viewer_of
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import DOOR, KEEPER


@pytest.fixture
def called(world):
    """Give the references of the records with DNA, by what a file called them."""
    with world.database.transaction(KEEPER) as session:
        rows = [
            session.execute(
                sa.select(model.origin_record_id, model.reference).where(
                    model.origin_record_id.startswith("INV-D-")
                )
            ).all()
            for model in (MissingPerson, Remains)
        ]
    return {origin: reference for side in rows for origin, reference in side}


def searched(visit, name="examiner"):
    page = visit(name)
    page.goto("/dna-search")
    with page.expect_navigation():
        page.click("main form.stack button")
    return page


def test_the_true_pairs_come_first_and_what_the_engine_did_not_propose_is_said(visit, called):
    page = searched(visit)

    heads = page.locator("main section h2, main .card h2").all_inner_texts()
    pairs = [each for each in heads if each.startswith("MP-")]
    text = page.inner_text("main")

    true = {
        f"{called[f'INV-D-M-0{number}']} · {called[f'INV-D-R-0{number}']}"
        for number in (1, 2, 3, 4, 5)
    }
    assert true <= set(pairs)
    only_dna = f"{called['INV-D-M-05']} · {called['INV-D-R-05']}"
    card = page.locator(".card", has=page.get_by_role("heading", name=only_dna))
    assert "no propuso este par" in card.inner_text()
    assert "el sexo anotado es distinto" in card.inner_text()
    assert "no distingue quién es quién" in text
    assert page.complaints == []


def test_who_took_their_yes_back_and_who_keeps_no_profile_here_is_not_compared(
    visit, called, world
):
    text = searched(visit, "coordinator").inner_text("main")

    assert called["INV-D-M-08"] not in text
    assert called["INV-D-M-06"] not in text
    with world.database.transaction(DOOR) as session:
        dora = viewer_of(find_account(session, "protection"))
    with world.database.transaction(dora) as session:
        lines = sa.select(Entry).where(Entry.deed == Deed.DNA_SEARCHED).order_by(Entry.position)
        assert session.scalars(lines).first() is not None


def test_a_liaison_officer_searches_nobody(visit):
    page = visit("liaison")

    assert page.goto("/dna-search").status == 403
