"""The way from a list to a comparison and back without a mouse, and what a reader hears."""

import pytest

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


def tab_to(page, selector, limit=80):
    """Press Tab until what has the focus fits a selector."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
    pytest.fail(f"{selector} is not reached within {limit} presses")


def test_from_the_queue_to_a_comparison_and_back_without_a_mouse(visit):
    page = visit("examiner")
    page.goto("/pairings?sex=female")
    searched = page.url

    tab_to(page, "tbody tr:first-child a")
    page.keyboard.press("Enter")
    page.wait_for_selector(".comparison")
    tab_to(page, ".breadcrumbs a")
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr")

    assert page.url == searched


def test_what_has_the_focus_can_be_seen(visit):
    page = visit("examiner")
    page.goto("/pairings")

    tab_to(page, "tbody tr:first-child a")
    outline = page.evaluate(
        f"(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle({FOCUSED}))"
    )

    assert outline == ["solid", 3]


def test_a_comparison_is_heard_as_a_table_with_the_kind_as_its_row(visit):
    page = visit("examiner")
    page.goto("/pairings")
    page.click("tbody tr:first-child a")

    page.wait_for_load_state()
    table = page.get_by_role("table", name="Los dos registros, lado a lado")

    assert table.get_by_role("columnheader").count() == 3
    assert table.get_by_role("rowheader").count() == table.get_by_role("row").count() - 1


def test_no_probability_reads_as_certain(visit):
    page = visit("examiner")

    page.goto("/pairings")

    assert "100%" not in page.inner_text("main table")


def test_what_is_typed_into_a_file_is_saved_by_itself(visit):
    page = visit("liaison")
    page.goto("/missing")
    file = page.locator("tbody tr:first-child a").first.get_attribute("href")
    page.goto(f"{file}/record/looks")

    page.locator("#hair_style").fill("")  # another journey may have come by
    page.keyboard.type("una trenza corta")
    page.keyboard.press("Tab")
    page.locator("#saved:not(:empty)").wait_for()
    # The window is closed in mid-form; nobody pressed a button.
    page.goto("/")
    page.goto(f"{file}/record/looks")

    assert page.locator("#hair_style").input_value() == "una trenza corta"
    assert page.complaints == []


def test_a_mark_is_entered_on_the_drawing_by_the_keys_alone(visit):
    page = visit("liaison")
    page.goto("/missing/new")

    tab_to(page, "[data-body-picker] [role=option]")
    page.keyboard.type("antebrazo, lado i")
    page.keyboard.press("Enter")
    page.keyboard.type("tat")
    page.keyboard.press("Tab")

    assert page.input_value("#mark_site-0") == "forearm"
    assert page.input_value("#mark_side-0") == "left"
    assert page.input_value("#mark_kind-0") == "tattoo"
    number = page.locator("[data-body-numbers] text").first
    middle = page.locator(".body-view--front svg").bounding_box()
    assert number.bounding_box()["x"] > middle["x"] + middle["width"] / 2
    assert page.complaints == []


def test_teeth_are_dictated_and_shown_without_a_mouse(visit):
    page = visit("liaison")
    page.goto("/missing/new")

    tab_to(page, "#teeth", limit=120)
    page.keyboard.type("demás sanos, 36 ausente")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-tooth='36'][aria-label='36: perdido en vida']")
    tab_to(page, "[data-tooth]")
    page.keyboard.press("End")
    page.keyboard.press("Enter")

    assert page.input_value("#tooth_number") == page.locator("[data-tooth]").last.get_attribute(
        "data-tooth"
    )
    assert page.url.endswith("/missing/new")
    assert page.complaints == []


def test_marks_and_teeth_of_a_step_are_entered_on_the_drawings_and_saved(visit):
    page = visit("liaison")
    page.goto("/missing/new")
    page.fill("[name=given_names]", "Alguien Inventado")
    page.check("[name=consent][value=granted]")
    page.click("text=Guardar el reporte")
    page.wait_for_url("**/missing/MP-*")
    file = page.url

    page.goto(f"{file}/record/marks")
    page.fill("[name=said_by]", "Su hermana")
    page.locator("[data-place='forearm:left']").first.click()
    page.keyboard.type("tat")
    page.wait_for_selector("#saved:not(:empty)")
    page.click("text=Guardar y ver el expediente")
    page.wait_for_url(file)
    page.goto(f"{file}/record/teeth")
    page.fill("[name=said_by]", "Su dentista")
    page.fill("#teeth", "36 ausente")
    page.keyboard.press("Tab")  # to a button, which nobody presses
    page.wait_for_selector("#saved:not(:empty)")

    assert page.locator("#teeth").count() == 1
    page.goto(file)
    assert "tatuaje, antebrazo, lado izquierdo" in page.inner_text(".body-chart__legend")
    assert page.locator(".teeth [class*='tooth--gone'] title").all_text_contents() == [
        "36: perdido en vida"
    ]
    assert page.complaints == []
