"""The demonstration shows work under way: a boat, an act planned, somebody unclaimed."""

import pytest

from casework.demonstration.loading import load
from tests.conftest import NOON

pytestmark = pytest.mark.browser


def test_what_is_under_way_waits_for_each_and_is_entered_once(visit, world):
    load(world.database, at=NOON, step=lambda _text: None)
    officer = visit("liaison")
    officer.goto("/groups")
    # Other journeys enter groups of their own into this world.
    boats = officer.locator("main tbody tr", has_text="lancha blanca de motor")
    assert boats.count() == 1
    boats.first.locator("a").first.click()
    assert "doña Mencha" in officer.inner_text("main")

    examiner = visit("examiner")
    assert "acto previsto" in examiner.inner_text("main")
    examiner.goto("/acts")
    assert "fosa común" in examiner.inner_text("main")
    examiner.goto("/remains?family=unclaimed")
    assert examiner.locator("main tbody tr").count() == 1
    assert officer.complaints == examiner.complaints == []
