"""What people do with the demonstration on their first evening, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_an_examiner_reads_a_proposal_and_both_files(visit):
    page = visit("examiner")

    page.click("nav >> text=Propuestas")
    page.click("table tbody tr:first-child a")
    comparison = page.inner_text("main")
    person = page.get_attribute("main a[href^='/missing/']", "href")

    assert "no es una identificación" in comparison
    for kind in ("Sexo", "Edad", "Estatura", "Tiempo", "Lugar", "Ropa"):
        assert kind in comparison
    assert page.goto(person).status == 200
    assert "Personas inventadas" in page.inner_text("body")


def test_everything_works_without_javascript(visit):
    page = visit("examiner", javascript=False)

    page.click("nav >> text=Propuestas")
    page.click("table tbody tr:first-child a")

    assert "/pairings/" in page.url
    page.click("button[lang=en]")
    assert page.get_attribute("html", "lang") == "en"
    assert "/pairings/" in page.url


def test_a_switch_of_language_keeps_the_page_and_leaves_no_word_of_spanish(visit):
    page = visit("examiner")
    page.goto("/remains?sex=male")

    page.click("button[lang=en]")

    assert page.url.endswith("/remains?sex=male")
    assert page.inner_text("h1") == "Human remains"


def test_the_keyboard_alone_reaches_the_content(visit):
    page = visit("examiner")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_a_liaison_officer_keeps_a_report_that_says_almost_nothing(visit):
    page = visit("liaison", width=360)

    page.goto("/missing/new")
    page.fill("[name=nickname], [name=referred_to], [name=given_names]", "el Chepe inventado")
    page.check("input[name=consent][value=granted]")
    page.click("main form button.button--primary")
    page.wait_for_url("**/missing/MP-*")

    assert "Chepe" in page.inner_text("main")


def test_a_liaison_officer_is_shown_no_proposal(visit):
    page = visit("liaison")

    assert "Propuestas" not in page.inner_text("header")
    assert page.goto("/pairings").status == 403


def test_a_consul_sees_only_nationals_who_need_no_protection(visit):
    page = visit("consul")

    page.goto("/missing")

    shown = page.inner_text("main")
    assert "protegida" not in shown
    assert "Guatemala" not in page.inner_text("main table")


def test_the_protection_officer_finds_who_opened_a_file(visit):
    examiner = visit("examiner")
    examiner.goto("/missing")
    examiner.click("main table tbody tr:first-child a")
    reference = examiner.url.rsplit("/", 1)[1]

    page = visit("protection")
    page.goto(f"/log?about={reference}")

    assert "Amal Inventada" in page.inner_text("main table")
