"""A report and a withdrawal with the keys alone, on a screen, a telephone and at 200 %."""

import pytest

from tests.journeys.by_keys import press_on, tab_to
from tests.journeys.walking import WIDER, WIDTHS

pytestmark = pytest.mark.browser

# In the order in which the form asks: one way through it, and never back.
TYPED = {
    "[name=kinship]": "hermana",
    "[name=reporter_name]": "Rosa Inventada",
    "[name=given_names]": "Amado Inventado",
    "[name=surname_1]": "Quiñónez",
    "[name=birth_from]": "14 mayo 2001",
    "[name=last_contact_from]": "marzo 2026",
    "[name=country]": "México",
}


@pytest.mark.parametrize(
    "window",
    [
        "telephone",
        pytest.param("screen", marks=pytest.mark.slow),
        pytest.param("window at 200 %", marks=pytest.mark.slow),
    ],
)
def test_a_report_is_filed_and_taken_back_by_the_keys_alone(visit, window):
    page = visit("liaison", width=WIDTHS[window])
    press_on(page, "main a[href='/missing/new']")

    assert page.evaluate("document.activeElement.name") == "reporter_kind"
    tab_to(page, "[name=kinship]")
    page.keyboard.type(TYPED["[name=kinship]"])
    tab_to(page, "[name=reporter_name]")
    page.keyboard.type(TYPED["[name=reporter_name]"])
    tab_to(page, "[name=consent]")
    page.keyboard.press("Space")
    tab_to(page, "[name=shows_name]")
    page.keyboard.press("Space")
    for field in list(TYPED)[2:]:
        tab_to(page, field)
        page.keyboard.type(TYPED[field])
    assert page.evaluate(WIDER) <= 0
    press_on(page, "main form .actions .button--primary")
    file = page.inner_text("main")
    assert "/missing/MP-" in page.url
    assert "Amado Inventado Quiñónez" in file
    assert "14 de mayo de 2001" in file or "14 may 2001" in file
    assert page.evaluate(WIDER) <= 0

    press_on(page, "main a[href$='/consents']")
    assert "Rosa Inventada" in page.inner_text("main")
    press_on(page, ".actions a[href*='/consents/withdraw']")
    press_on(page, "form[action$='/withdraw'] .button--primary")

    assert "Nada vale ahora: todo está cerrado." in page.inner_text("main")
    assert page.evaluate(WIDER) <= 0
    assert page.complaints == []
