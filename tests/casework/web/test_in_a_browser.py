"""The gallery in a real browser, under the content policy the product serves.

No server: the browser's requests are answered here, so nothing needs the network.
"""

import mimetypes
from importlib.resources import files

import pytest

from casework.web.gallery import gallery_context
from casework.web.headers import CONTENT_SECURITY_POLICY
from casework.web.templating import Templates

ORIGIN = "http://reunir.test"

pytestmark = pytest.mark.browser


def answer(route):
    """Give the gallery, or a file of ours; anything else does not exist."""
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    if path in {"/es", "/en", "/ar"}:
        language = path[1:]
        body = Templates(language).render(
            "components_gallery.html", **gallery_context(language)
        )
        headers = {"content-security-policy": CONTENT_SECURITY_POLICY}
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)
        return
    file = files("casework.web") / path.strip("/")
    if path.startswith("/static/") and file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(path)[0])
    else:
        route.fulfill(status=404, body="")


@pytest.fixture
def open_gallery(browser):
    """Open the gallery at a width, and keep what the browser complained about."""
    contexts = []

    def open_at(width, language="es", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto(f"{ORIGIN}/{language}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_never_scrolls_sideways(open_gallery, width):
    page = open_gallery(width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_page_in_arabic_never_scrolls_sideways(open_gallery):
    page = open_gallery(360, "ar")

    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_content_policy_blocks_nothing_of_ours(open_gallery):
    page = open_gallery(1280)

    assert page.complaints == []
    assert page.evaluate("typeof htmx") == "object"


def test_the_content_policy_blocks_a_planted_style(open_gallery):
    page = open_gallery(1280)

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x')")

    assert any("style" in complaint for complaint in page.complaints)


def test_a_page_works_without_javascript(open_gallery):
    page = open_gallery(1280, java_script_enabled=False)

    page.get_by_text("Los mismos lugares en una tabla").first.click()

    assert page.locator(".map-table p").is_visible()


def test_the_first_key_press_leads_past_the_header(open_gallery):
    page = open_gallery(1280)

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_on_a_phone_every_cell_of_a_table_says_what_it_is(open_gallery):
    page = open_gallery(360)

    label = page.evaluate(
        "getComputedStyle(document.querySelector('tbody td'), '::before').content"
    )

    assert label == '"Último contacto"'


def test_a_bar_that_argues_against_lies_on_the_other_side_in_a_page_read_from_the_right(
    open_gallery,
):
    def offset(page):
        return page.evaluate(
            """() => {
                const bar = document.querySelector('.weight--against .weight__bar')
                const track = bar.parentElement.querySelector('.weight__track')
                const middle = box => box.left + box.width / 2
                const [one, other] = [bar, track].map(each => each.getBoundingClientRect())
                return middle(one) - middle(other)
            }"""
        )

    assert offset(open_gallery(1280, "es")) < 0 < offset(open_gallery(1280, "ar"))
