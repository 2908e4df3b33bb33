"""No reader meets a sentence in another language, or one that a machine guessed."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import casework
from casework.web.catalogues import (
    catalogue_path,
    collect,
    main,
    misfitting,
    read_catalogue,
    update,
    wanting,
    with_typewriter_marks,
)
from casework.web.languages import OFFERED, SOURCE

TRANSLATED = [language for language in OFFERED if language != SOURCE]


@pytest.fixture(scope="module")
def words():
    return collect()


@pytest.fixture
def a_slice(tmp_path):
    """A slice with one sentence in code and one in a template, neither of them translated."""
    templates = tmp_path / "planted" / "templates" / "planted"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text('{{ gettext("En la plantilla, sin traducir") }}')
    (tmp_path / "planted" / "rules.py").write_text(
        'KEPT = marked("En el código, sin traducir")'
    )
    return tmp_path


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language, words):
    assert wanting(words, read_catalogue(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_keeps_the_placeholders_of_its_original(language):
    assert misfitting(read_catalogue(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_an_apostrophe_is_written_one_way(language):
    assert with_typewriter_marks(read_catalogue(language)) == []


def test_a_planted_typewriter_mark_is_named_and_minutes_of_an_angle_are_not():
    planted = Catalog()
    planted.add("mesa", "l'une")
    planted.add(("tabla", "tablas"), ("l’une", "les familles' planches"))
    planted.add("lugar", "92°15'36\"O, l’un")

    assert with_typewriter_marks(planted) == ["mesa", "tabla"]


def test_sentences_of_code_and_of_templates_are_both_collected(words):
    texts = {message.id for message in words}

    assert {"Ir al contenido", "No inclina la balanza hacia ningún lado.", "Bitácora"} <= texts


def test_a_planted_sentence_without_translation_is_named(a_slice):
    found = wanting(collect(a_slice), read_catalogue("en"))

    assert sorted(found) == ["En el código, sin traducir", "En la plantilla, sin traducir"]


def test_a_guessed_translation_counts_as_none():
    words, guessed = Catalog(), Catalog(locale="en")
    words.add("no se sabe")
    guessed.add("no se sabe", "does not exist", flags=["fuzzy"])

    assert wanting(words, guessed) == ["no se sabe"]


def test_a_plural_with_one_form_missing_counts_as_none():
    words, half = Catalog(), Catalog(locale="en")
    words.add(("%(num)s resto", "%(num)s restos"))
    half.add(("%(num)s resto", "%(num)s restos"), ("%(num)s set of remains", ""))

    assert wanting(words, half) == ["%(num)s resto"]


def test_a_translation_that_lost_its_number_is_named():
    wrong = Catalog(locale="en")
    wrong.add("%(times)s veces", "many times", flags=["python-format"])

    assert misfitting(wrong) == ["%(times)s veces"]


def test_updating_keeps_what_is_translated_and_adds_what_is_new(tmp_path, words):
    path = catalogue_path("en", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Buscar"\nmsgstr "Look for"\n\nmsgid "Ya no se usa"\nmsgstr "Gone"\n'
    )

    left = update("en", tmp_path)

    kept = read_catalogue("en", tmp_path)
    assert kept["Buscar"].string == "Look for"
    assert "Ya no se usa" not in kept
    assert left == len([message for message in words if message.id]) - 1


def test_an_order_that_is_not_known_is_refused():
    assert main(["guess"]) == 2


def test_every_sentence_that_code_translates_is_collected(words):
    # What stands inside an f-string is not found by whoever gathers sentences for translators.
    texts = {each for message in words for each in always_tuple(message.id)}

    assert sorted(set(spoken(Path(casework.__file__).parent)) - texts) == []


def test_a_planted_sentence_inside_another_is_found(tmp_path):
    (tmp_path / "rules.py").write_text("told = f\"{_('Dentro de otra')}: {state}\"")

    assert list(spoken(tmp_path)) == ["Dentro de otra"]


def spoken(folder):
    """The sentences that code under a folder has translated, read as Python reads it."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = node.args[0]
            if name in {"_", "gettext", "marked"} and isinstance(said, ast.Constant):
                yield said.value


def always_tuple(said):
    return said if isinstance(said, tuple) else (said,)
