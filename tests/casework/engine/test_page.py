"""The page about the engine: who may read it, and what it says."""

import re

import pytest

from casework.candidates.actions import request_matching
from casework.candidates.running import run_matching
from casework.engine.judged import last_judged
from casework.engine.presenters import engine_context
from casework.engine.weighing import in_force
from casework.web.described import teller_for
from casework.web.pieces import PageFrame
from casework.web.templating import Templates
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

CHARTS = 5  # ages, statures, distances, intervals, and what was said against what was so


@pytest.fixture
def finished_run(database, bruno, noon):
    with database.transaction(KEEPER) as session:
        assert a_missing_person(session, bruno)
        assert remains_found(session, bruno)
    with database.transaction(bruno) as session:
        run_id = request_matching(session, bruno, at=noon).id
    run_matching(database, run_id, lambda: noon)
    return run_id


@pytest.fixture(params=["es", "en"])
def page(request):
    """The page as it is without any registry behind it."""
    context = engine_context(in_force(), last_judged(), teller_for(request.param))
    frame = PageFrame(path="/engine")
    return Templates(request.param).render(
        "engine/engine.html", frame=frame, last_run=None, **context
    )


def test_whoever_weighs_proposals_or_watches_over_them_reads_it(signed_in, finished_run):
    for name in ("amal", "bruno", "dora"):
        answer = signed_in(name).get("/engine")

        assert answer.status_code == 200
        assert 'href="/engine"' in signed_in(name).get("/").text
        # The last comparison is told to whoever reads proposals alone.
        told = f'href="/pairings/runs/{finished_run}"' in answer.text
        assert told == (name != "dora")


def test_nobody_else_reads_it_or_is_led_to_it(signed_in):
    for name in ("lidia", "carlos", "ana"):
        assert signed_in(name).get("/engine").status_code == 403
        assert 'href="/engine"' not in signed_in(name).get("/").text


def test_it_names_the_model_in_force_and_every_version_before(page):
    assert in_force().hash[:16] in page
    for edition in in_force().editions:
        assert f"<h3>{edition.name}" in page


def test_every_chart_has_its_words_and_its_figures_in_a_table(page):
    drawn = re.findall(r'<svg[^>]*role="img" aria-label="([^"]+)"', page)

    assert len(drawn) == CHARTS
    for title in drawn:
        assert f'<caption class="visually-hidden">{title}</caption>' in page


def test_it_says_plainly_that_the_figures_are_of_invented_worlds(page):
    assert re.search("mundos inventados: nadie|invented worlds: nobody", page)
    assert "tests.benchmarks.judging" in page


def test_it_needs_no_script_and_no_style_of_its_own(page):
    assert "hx-" not in page.split("<main", 1)[1]
    assert "style=" not in page
