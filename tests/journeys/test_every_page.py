"""Every page of every duty, walked once in a real browser: opens, fits, and can be heard."""

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "examiner": [
        "/",
        "/pairings",
        "/pairings/runs",
        "/missing",
        "/remains",
        "/incidents",
        "/engine",
    ],
    "coordinator": ["/", "/pairings/runs", "/imports", "/remains/new"],
    "liaison": ["/", "/missing", "/missing/new", "/incidents", "/promises"],
    "consul": ["/", "/missing"],
    "analyst": ["/", "/incidents", "/imports"],
    "protection": ["/", "/log", "/protection"],
    "administrator": ["/", "/accounts", "/components", "/credits"],
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 900}
TWO_LINES = 116  # pixels: search and who is signed in, then the pages, with the padding
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNNAMED = """[...document.querySelectorAll('main input:not([type=hidden]):not([aria-label])')]
    .filter(each => !each.labels.length).map(each => each.outerHTML)"""


def amiss_of(page):
    """Name what is amiss with the page that is open, wide and narrow."""
    told = {
        "has one title": page.locator("h1").count() == 1,
        "says what each table holds": not page.locator("table:not(:has(caption))").count(),
        "names each field": page.evaluate(UNNAMED) == [],
        "fits a wide screen": page.evaluate(WIDER) <= 0,
    }
    page.set_viewport_size(NARROW)
    told["fits a telephone"] = page.evaluate(WIDER) <= 0
    page.set_viewport_size(WIDE)
    return [what for what, holds in told.items() if not holds]


def header_height(page):
    return page.evaluate("document.querySelector('.masthead').offsetHeight")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_every_duty_opens_fits_and_can_be_heard(visit, name):
    page = visit(name)

    amiss = {}
    for path in PAGES[name]:
        if page.url.split("/", 3)[3] != path[1:]:
            assert page.goto(path).status == 200, path
        amiss[path] = amiss_of(page)
    heights = [header_height(page)]
    # A page asked for in the middle of the change of language has no header yet.
    with page.expect_navigation():
        page.click("button[lang=en]")
    heights.append(header_height(page))

    assert {path: each for path, each in amiss.items() if each} == {}
    assert max(heights) <= TWO_LINES
    assert page.complaints == []


def test_what_is_amiss_would_be_noticed(visit):
    page = visit("consul")

    page.evaluate(
        """document.querySelector('main').innerHTML =
            '<h1>1</h1><h1>2</h1><table></table><input><p>' + 'x'.repeat(400)"""
    )

    assert len(amiss_of(page)) == 5
