"""A day's work in English: nothing of it is met in Spanish, and all of it is kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.browser

GIVEN, SURNAMES = "Noel Inventado", ("Amaya", "Quintanilla")
# Words that only Spanish has, and that no invented name or place on these pages has.
SPANISH = re.compile(r"\b(el|las|los|una|que|con|para|por|sin|está|nombre|fecha|expediente)\b")


def in_english(page):
    """Give what somebody reads on a page, having seen that none of it is Spanish."""
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == "en"
    for part in ("header", "main"):
        said = page.inner_text(part)
        assert not SPANISH.findall(said.replace("Español", "")), said
    assert page.complaints == []
    return page.inner_text("main")


def test_a_report_is_filed_completed_found_and_withdrawn(visit):
    page = visit("liaison", locale="en-GB")
    page.goto("/missing/new")
    in_english(page)
    page.select_option("[name=kinship]", label="mother")
    page.fill("[name=reporter_name]", "Alba Quintanilla")
    page.check("[name=consent][value=granted]")
    page.check("[name=shows_name]")
    page.fill("[name=given_names]", GIVEN)
    page.fill("[name=surname_1]", SURNAMES[0])
    page.fill("[name=surname_2]", SURNAMES[1])
    page.fill("[name=birth_from]", "May 14 2001")
    page.fill("[name=last_contact_from]", "3 March 2026")
    page.select_option("[name=country]", label="Mexico")
    page.click("text=Save the report")
    page.wait_for_url("**/missing/MP-*")
    file = page.url
    assert "14 May 2001" in in_english(page)

    page.goto(f"{file}/record/teeth")
    in_english(page)
    page.fill("[name=said_by]", "Her dentist")
    page.fill("#teeth", "36 missing, others sound")
    page.keyboard.press("Tab")
    page.click("text=Save and see the file")
    page.wait_for_url(file)
    in_english(page)
    assert page.locator(".teeth title", has_text="36:").count() == 1

    page.keyboard.press("/")
    page.keyboard.type("Noell Amalla Kintanilla")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search*")
    in_english(page)
    page.click(".hit a")
    page.wait_for_url(file)

    page.goto(f"{file}/consents")
    in_english(page)
    page.click("text=Take back all of theirs")
    page.wait_for_url("**/consents/withdraw*")
    in_english(page)
    page.click("text=Take it back now")
    page.wait_for_url("**/consents")
    # What no longer holds is told too, folded together under how much of it there is.
    assert "Nothing holds now: everything is closed." in in_english(page)
    assert "took it back" in page.text_content("main details")


def test_an_office_asks_another_for_something_by_a_day(visit):
    page = visit("liaison", locale="en-GB")
    page.goto("/desk/new")
    in_english(page)

    day = datetime.now(UTC).date() + timedelta(days=30)
    page.select_option("[name=to]", index=1)
    page.fill("[name=due_on]", day.isoformat())
    page.fill("[name=words]", "Which days is the office open to families?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/(?!new)"))

    told = in_english(page)
    assert f"{day.day} {day:%B %Y}" in told
    assert "Which days is the office open" in told
