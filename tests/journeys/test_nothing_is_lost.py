"""What hands and links do to a form in a browser: nothing is lost, and nothing doubled."""

import pytest

pytestmark = pytest.mark.browser

# A spreadsheet of nine thousand rows, pasted where one sentence was asked for.
PASTE = r"""() => {
    const field = document.querySelector('[name=content_summary]');
    field.value = 'nombre\tedad\n'.repeat(9000);
    field.dispatchEvent(new Event('change', {bubbles: true}));
}"""


@pytest.fixture(scope="module")
def kept():
    """What the tests of this file file once, by whichever comes first."""
    return {}


def typed(page, name):
    """Fill in a report as far as it takes to file it; the browser is left on the form."""
    page.goto("/missing/new")
    page.fill("[name=reporter_name]", "Rosa Inventada")
    page.check("[name=consent][value=granted]")
    page.fill("[name=given_names]", name)


@pytest.fixture
def file(visit, kept):
    """The file of a report."""
    if "file" not in kept:
        page = visit("liaison")
        typed(page, "Ng Inventado")
        page.click("text=Guardar el reporte")
        page.wait_for_url("**/missing/MP-*")
        kept["file"] = page.url
    return kept["file"]


def test_a_double_click_adds_one_relative(visit, file):
    page = visit("liaison")
    page.goto(f"{file}/consents")

    page.fill("#add [name=name]", "Doña Clic Inventada")
    page.dblclick("#add .button--primary")
    page.wait_for_url("**/relatives/*/consents")
    page.goto(f"{file}/consents")

    assert page.inner_text("main").count("Doña Clic Inventada") == 1
    assert page.complaints == []


def test_going_back_to_a_form_that_was_sent_makes_no_second_record(visit):
    page = visit("liaison")
    typed(page, "Vuelta Inventada")

    page.click("text=Guardar el reporte")
    page.wait_for_url("**/missing/MP-*")
    page.go_back()
    page.click("text=Guardar el reporte")
    page.wait_for_selector(".field__error")
    page.goto("/search?q=Vuelta+Inventada")

    assert page.locator(".hit", has_text="Vuelta Inventada").count() == 1


def test_a_form_that_meets_a_lost_connection_stays_and_is_sent_when_it_is_back(visit):
    page = visit("liaison")
    typed(page, "Enlace Inventado")
    page.fill("[name=nickname]", "la Ola 🌊")

    page.context.set_offline(True)
    page.click("text=Guardar el reporte")
    page.wait_for_selector("#unsent:visible")
    assert "Lo que escribió sigue aquí" in page.inner_text("#unsent")
    assert page.input_value("[name=given_names]") == "Enlace Inventado"
    page.complaints.clear()  # the browser's own word that nothing answered
    page.context.set_offline(False)
    page.click("text=Guardar el reporte")
    page.wait_for_url("**/missing/MP-*")

    assert "la Ola 🌊" in page.inner_text("main")
    assert page.complaints == []


def test_a_step_that_cannot_save_itself_says_so_and_saves_later(visit, file):
    page = visit("liaison")
    page.goto(f"{file}/record/looks")
    page.fill("[name=said_by]", "Su hermana")

    page.context.set_offline(True)
    page.fill("#hair_style", "una trenza larga")
    page.keyboard.press("Tab")
    page.wait_for_selector("#unsent:visible")
    page.context.set_offline(False)
    page.click("text=Guardar y ver el expediente")
    page.wait_for_url(file)

    assert "una trenza larga" in page.inner_text("main")


def test_two_tabs_of_one_step_take_nothing_from_each_other(visit, file):
    page = visit("liaison")
    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"{file}/record/last_contact")
        each.fill("[name=said_by]", "Su tío")

    page.fill("[name=phone_number_used]", "99-00-11-22")
    page.click("text=Guardar y ver el expediente")
    page.wait_for_url(file)
    other.fill("[name=last_contact_with]", "con su abuela")
    other.click("text=Guardar y ver el expediente")
    other.wait_for_url(file)
    page.goto(f"{file}/record/last_contact")

    assert page.input_value("[name=phone_number_used]") == "99-00-11-22"
    assert page.input_value("[name=last_contact_with]") == "con su abuela"


def test_two_tabs_that_answer_one_question_keep_both_answers(visit, file):
    page = visit("liaison")
    other = page.context.new_page()
    for each in (page, other):
        each.goto(f"{file}/record/last_contact")
        each.fill("[name=said_by]", "Su tía")

    page.fill("[name=content_summary]", "que ya iba a cruzar")
    page.click("text=Guardar y ver el expediente")
    page.wait_for_url(file)
    other.fill("[name=content_summary]", "que esperaba el autobús")
    other.click("text=Guardar y ver el expediente")
    other.wait_for_selector(".notice--warning")

    assert "Quedan las dos respuestas" in other.inner_text("#notices")
    assert "que ya iba a cruzar" in other.content()
    assert "que esperaba el autobús" in other.content()


def test_a_session_that_ends_in_mid_form_loses_nothing(visit):
    page = visit("liaison")
    typed(page, "Fin de Sesión Inventado")
    ours = page.context.cookies()
    page.context.clear_cookies()

    page.click("text=Guardar el reporte")
    page.wait_for_selector(".trouble")
    assert "La sesión terminó" in page.inner_text("main")
    page.complaints.clear()  # the browser's own word for an answer of 401
    page.context.add_cookies(ours)  # signed in again, in another tab
    page.click(".trouble .button--primary")
    page.wait_for_url("**/missing/MP-*")

    assert "Fin de Sesión Inventado" in page.inner_text("main")
    assert page.complaints == []


def test_what_is_dictated_and_not_understood_is_told_beside_the_words_that_stay(visit):
    page = visit("examiner")
    page.goto("/remains/new")
    page.fill("[name=post_mortem_number]", "PM-DICTADO-1")
    page.click("main form .actions .button--primary")
    page.wait_for_url("**/remains/HR-*")
    page.goto(f"{page.url}/skeleton")

    page.fill("[name=dictated]", "algo inventado, fémur izq ausente")
    page.click("[value=dictate]")
    page.wait_for_selector("#skeleton .notice--problem")

    assert page.input_value("[name=dictated]") == "algo inventado"
    assert "% de los huesos" in page.inner_text("#skeleton")


def test_a_step_that_is_refused_says_why_where_it_is_seen(visit, file):
    page = visit("liaison")
    page.goto(f"{file}/record/looks")
    page.fill("[name=said_by]", "Su hermana")
    # Somebody else's form, as after signing in as another in a second tab.
    page.evaluate("document.querySelector('form.step [name=form_token]').value = 'otra'")

    page.locator("#hair_style").scroll_into_view_if_needed()
    page.fill("#hair_style", "suelto")
    page.keyboard.press("Tab")
    page.wait_for_selector("#notices .notice--problem")

    assert "pulse Guardar" in page.inner_text("#notices")
    page.click("text=Guardar y ver el expediente")
    page.click(".trouble .button--primary")
    page.wait_for_url(file)
    assert "suelto" in page.inner_text("main")


def test_a_spreadsheet_pasted_beside_a_form_that_saves_itself_is_told_too(visit, file):
    page = visit("liaison")
    page.goto(f"{file}/record/last_contact")
    page.fill("[name=said_by]", "Su hermana")

    page.evaluate(PASTE)
    page.wait_for_selector("#saved:has-text('demasiado largo')")
    page.click("text=Guardar y ver el expediente")
    page.wait_for_selector("#notices .notice--problem")

    assert "revise los campos señalados" in page.inner_text("#notices")
    assert len(page.input_value("[name=content_summary]")) == len("nombre\tedad\n") * 9000
