"""Every page that some duty can open, looked at in a real browser: opens, fits, can be used."""

from functools import partial

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.journeys import walking
from tests.journeys.conftest import visitors
from tests.journeys.furnishing import furnish

pytestmark = pytest.mark.browser

DUTIES = (
    "liaison",
    "examiner",
    "coordinator",
    "analyst",
    "protection",
    "administrator",
    "consul",
)
NOBODY = ["/sign-in", "/status"]
# What no link leads to here, and why not.
REACHED_OTHERWISE = {
    "/health": "for the machine that watches over the service",
    "/sign-in/enrol": "between the password and the second factor",
    "/sign-in/second": "between the password and the second factor",
    "/sign-in/institution/{institution_id}": "leads to an institution's provider",
    "/sign-in/institution/back": "comes back from it",
    "/invitation/{token}": "by a link that is sent",
    "/incidents/{reference}/correct": "from what was entered by hand; the form of a new one",
    "/imports/{run_id}/progress": "asked for while an import runs",
    "/pairings/runs/{run_id:int}/progress": "asked for while a comparison runs",
    "/pairings/{pairing_id:int}/history/beside": "asked for by the page of the comparison",
    "/pairings/{pairing_id:int}/history": "leads there without a script",
    "/missing/{reference}/recalls": "asked for by the page of the file",
    "/remains/{reference}/recalls": "asked for by the page of the record",
    "/pairings/{pairing_id:int}/review/bar": "asked for by the page of the comparison",
    "/unblindings/bar": "asked for by the page of the proposals",
    "/pairings/{pairing_id:int}/dna/beside": "asked for by the page of the comparison",
    "/pairings/{pairing_id:int}/dna/new": "where the DNA of both records is open",
    "/pairings/{pairing_id:int}/dna/compute": "where the DNA of both records is open",
    "/pairings/{pairing_id:int}/board/minutes.pdf": "once the board is closed",
    "/released/{number:int}/letter.pdf": "prints what was entered there",
    "/released/{number:int}/note.pdf": "prints what was entered there",
    "/frequencies": "from the page where a result is computed",
    "/frequencies/{number:int}": "a table that was brought in",
    "/pairings/{pairing_id:int}/dna/{number:int}": "a result that was replaced",
    "/pairings/{pairing_id:int}/dna/{number:int}/sheet.pdf": "prints a result",
    "/missing/{reference}/papers/{number}": "hands out a scan",
    "/missing/{reference}/photos/{number:int}": "hands out a picture",
    "/missing/{reference}/photos/{number:int}/small": "hands out a picture",
    "/remains/{reference}/photos/{number:int}": "hands out a picture",
    "/remains/{reference}/photos/{number:int}/small": "hands out a picture",
    "/missing/{reference}/samples/{number:int}": "the same page as that of remains",
    "/missing/{reference}/family-dna": "where one institution keeps file and profiles",
    "/missing/{reference}/profiles/beside": "asked for by the page of the samples",
    "/remains/{reference}/profiles/beside": "asked for by the page of the samples",
    "/missing/{reference}/links/{other}/report.pdf": "prints two records side by side",
    "/remains/{reference}/links/{other}/report.pdf": "prints two records side by side",
    "/missing/{reference}/samples/{number:int}/custody.pdf": "the same paper as of remains",
    "/missing/{reference}/profiles": "the same page as that of remains",
    "/missing/{reference}/profiles/{profile}": "the same page as that of remains",
    "/living/{reference}/record/{step}/place/{name}": "the same page as that of a report",
}
TWO_LINES = 116  # pixels: search and who is signed in, then the pages, with the padding
IN_THE_DARK = ("/pairings", "/remains", "/terminology", "/engine", "/search?q=Inventada")


@pytest.fixture(scope="module")
def furnished(browser, address, world):
    """Leave no page empty; where each duty begins its walk."""
    with visitors(browser, address, world) as visit:
        return furnish(world, visit)


@pytest.fixture(scope="module")
def walked(browser, built_app, address, world, furnished):
    """Walk once as everybody, each kind of page looked at by the first who comes to it."""
    walk = walking.Walk(built_app, partial(walking.look, seen=set()))
    with visitors(browser, address, world) as visit:
        walk.as_somebody(visit(None), NOBODY)
        for each in DUTIES:
            walk.as_somebody(visit(each), [*furnished.get(each, []), "/"])
    return walk.walked


def test_no_page_keeps_anybody_from_reading_or_using_it(walked):
    assert walked.amiss == {}


def test_every_link_leads_somewhere(walked):
    assert walked.led_nowhere == {}


def test_no_page_is_left_out(walked, built_app):
    reached = {walking.route_of(kind) for kind in walked.looked_at}
    routes = set(walking.page_routes(built_app))

    assert sorted(routes - reached - set(REACHED_OTHERWISE)) == []


def test_what_is_written_can_be_read_in_the_dark(visit):
    page = visit("examiner", scheme="dark")

    amiss, seen = {}, set()
    for each in IN_THE_DARK:
        page.goto(each)
        page.evaluate(AXE_SCRIPT)
        amiss[each] = walking.pale(page, seen)

    assert {each: found for each, found in amiss.items() if found} == {}


@pytest.mark.parametrize("name", DUTIES)
def test_the_header_takes_two_lines_in_spanish_and_in_english(visit, name):
    page = visit(name)

    heights = [header_height(page)]
    # A page asked for in the middle of the change of language has no header yet.
    with page.expect_navigation():
        page.click("button[lang=en]")
    heights.append(header_height(page))

    assert max(heights) <= TWO_LINES


def header_height(page):
    return page.evaluate("document.querySelector('.masthead').offsetHeight")


def test_what_is_amiss_would_be_noticed(visit):
    page = visit("consul")

    page.evaluate(
        """() => {document.querySelector('main').innerHTML = '<h1>1</h1><h1>2</h1>' +
            '<table></table><p id="pale">pálido</p><input><p>' + 'x'.repeat(400);
        const pale = document.getElementById('pale').style;
        [pale.color, pale.background] = ['#999', '#fff']}"""
    )
    told = walking.look(page)

    assert [each for each in told if each.startswith("color-contrast (serious)")]
    assert [each for each in told if each.startswith("label (critical)")]
    assert {each for each in told if "(" not in each} == {
        "has one title",
        "says what each table holds",
        "names each field",
        "fits a telephone",
        "fits a window at 200 %",
        "fits a screen",
    }


def test_a_dead_link_and_a_page_nobody_comes_to_would_be_noticed(visit, built_app):
    walk = walking.Walk(built_app, lambda _page: [])
    page = visit("consul")
    page.goto("/credits")

    walk.as_somebody(page, ["/missing/MP-2222-2222"])

    assert walk.walked.led_nowhere == {"/missing/MP-2222-2222": 404}
    assert "/missing" not in walk.walked.looked_at


@pytest.mark.slow
@pytest.mark.parametrize("name", DUTIES)
@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("pt", "dark", 360), ("fr", "light", 360), ("ht", "dark", 1280), ("en", "dark", 640)],
)
def test_every_page_of_every_duty_can_be_used_in_its_language_and_light(
    visit, built_app, furnished, name, language, scheme, width
):
    walk = walking.Walk(built_app, partial(walking.look, width=width, seen=set()))
    page = visit(name, width=width, scheme=scheme, locale=language)

    walk.as_somebody(page, [*furnished.get(name, []), "/"])

    assert walk.walked.amiss == {}
    assert walk.walked.led_nowhere == {}
