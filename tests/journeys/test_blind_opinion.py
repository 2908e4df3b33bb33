"""An examiner in gloves: one key for each kind of evidence, and nothing written is lost."""

import re

from tests.journeys import walking

NUMBER = re.compile(r"/pairings/\d+$")


def test_an_opinion_is_written_by_keys_and_its_draft_is_there_on_another_machine(visit):
    page = visit("examiner")
    page.goto("/pairings")
    links = page.locator("a[href^='/pairings/']").evaluate_all("all => all.map(a => a.href)")
    page.goto(next(each for each in links if NUMBER.search(each)))
    page.click("#review button[value=take]")
    page.wait_for_url("**/opinion")

    page.locator("[data-verdicts] input").first.focus()
    for key in ("c", "u"):
        page.keyboard.press(key)
    page.keyboard.type("Hay que volver a medir.")
    page.keyboard.press("Tab")
    page.get_by_text("Borrador guardado").wait_for()

    assert walking.hurdles(page) == []
    assert page.complaints == []
    other = visit("examiner", javascript=False, width=390)
    other.goto(page.url)
    assert other.locator("input:checked[value=unexplainable]").count() == 1
    assert other.get_by_text("Hay que volver a medir.").count() == 1
    other.click("button[value=draft]")
    assert other.get_by_text("El borrador quedó guardado.").count() == 1
