"""Which language a reader gets, and where a switch may lead."""

import pytest

from casework.web.languages import (
    OFFERED,
    choose_language,
    direction_of,
    path_to_return_to,
    translations_for,
)


def test_what_a_reader_chose_wins_over_their_browser():
    assert choose_language("en", "es-MX,es;q=0.9") == "en"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en-US,en;q=0.9", "en"),
        ("de-DE,en;q=0.4,es;q=0.7", "es"),
        ("fr-FR,en;q=0.4,es;q=0.7", "fr"),
        ("de,fr", "fr"),
        ("ht", "ht"),
        ("de,nl", "es"),
        ("en;q=0,es;q=0.1", "es"),
        ("en;q=nonsense", "es"),
        ("", "es"),
        (None, "es"),
    ],
)
def test_without_a_choice_the_browser_is_asked_and_then_spanish(accepted, language):
    assert choose_language(None, accepted) == language


def test_a_cookie_that_names_no_language_of_ours_is_ignored():
    assert choose_language("../../etc", "en") == "en"


@pytest.mark.parametrize("path", ["/", "/missing?page=2&sort=-seen", "/pairings/12#marks"])
def test_a_switch_of_language_keeps_the_page(path):
    assert path_to_return_to(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
    ],
)
def test_a_switch_of_language_never_leads_to_another_site(path):
    assert path_to_return_to(path) == "/"


def test_every_language_offered_is_written_in_its_own_direction():
    assert {code: direction_of(code) for code in OFFERED} == dict.fromkeys(OFFERED, "ltr")
    assert direction_of("ar") == "rtl"


def test_english_words_come_from_the_file_the_translators_wrote():
    assert translations_for("en").gettext("Buscar") == "Search"


def test_the_source_language_needs_no_catalogue():
    assert translations_for("es").gettext("Buscar") == "Buscar"


def test_a_language_without_words_shows_the_source():
    assert translations_for("ar").gettext("Buscar") == "Buscar"


def test_no_line_of_french_begins_with_a_sign_of_the_line_before():
    french = translations_for("fr")
    one = "%(num)s indicio que falta en un registro: no pesa nada"
    many = "%(num)s indicios que faltan en un registro: no pesan nada"
    quoted = "%(locus)s no está en la tabla «%(table)s» y nadie lo tiene: quedó fuera."

    assert french.ngettext(one, many, 1).endswith("\N{NO-BREAK SPACE}: il ne pèse rien")
    assert "«\N{NO-BREAK SPACE}%(table)s\N{NO-BREAK SPACE}»" in french.gettext(quoted)
