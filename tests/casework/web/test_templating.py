"""Templates: found in every slice, strict about what they get, safe in what they write."""

import re

import pytest
from jinja2 import UndefinedError

from casework.web.gallery import gallery_context
from casework.web.languages import OFFERED
from casework.web.pieces import PageFrame
from casework.web.templating import FILTERS, Templates, make_environment, template_folders

# What the content policy would block, or what would let a record's text become markup.
FORBIDDEN = {
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)|<[^>]*\son\w+\s*=", re.IGNORECASE),
    "an address of another site": re.compile(
        r"<(?:script|link|img)[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
}


def faults(text):
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def a_frame(**changes):
    return PageFrame(**{"path": "/missing?page=2", "version": "0.1.0"} | changes)


def render_layout(language="es", **changes):
    return Templates(language).render("layout.html", frame=a_frame(**changes))


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p style="color:red">', "an inline style"),
        ("<style>p{}</style>", "an inline style"),
        ("<script>go()</script>", "an inline script"),
        ('<a href="#" onclick="go()">', "an inline script"),
        (
            '<script src="https://elsewhere.example/x.js"></script>',
            "an address of another site",
        ),
    ],
)
def test_the_guard_sees_a_planted_fault(planted, fault):
    assert faults(planted) == [fault]


def test_no_template_of_any_slice_holds_what_the_content_policy_blocks():
    pages = [page for folder in template_folders() for page in folder.rglob("*.html")]

    found = {page.name: faults(page.read_text(encoding="utf-8")) for page in pages}

    assert len(pages) > 20
    assert {name: named for name, named in found.items() if named} == {}


def test_only_the_shared_templates_may_let_markup_through():
    shared, *slices = template_folders()

    letting_through = [
        page.name
        for folder in slices
        for page in folder.rglob("*.html")
        if re.search(r"\|\s*safe\b", page.read_text(encoding="utf-8"))
    ]

    assert letting_through == []
    assert shared.name == "templates"


@pytest.mark.parametrize("language", [*OFFERED, "ar"])
def test_the_gallery_shows_every_component_in_every_language(language):
    html = Templates(language).render("components_gallery.html", **gallery_context(language))

    assert faults(html) == []
    components = next(template_folders()) / "components"
    gallery = next(template_folders()) / "components_gallery.html"
    shown = gallery.read_text(encoding="utf-8")
    assert [page.name for page in components.iterdir() if page.name not in shown] == []


def test_every_component_begins_with_its_signature():
    for page in (next(template_folders()) / "components").iterdir():
        text = page.read_text(encoding="utf-8")
        signature = re.match(r"\{#(.*?)#\}", text, flags=re.DOTALL)[1]
        for macro in re.findall(r"\{% macro ([a-z]\w*)\(", text):
            assert f"{macro}(" in signature, page.name


def test_the_page_says_its_language_and_direction():
    assert '<html lang="en" dir="ltr">' in render_layout("en")
    assert '<html lang="ar" dir="rtl">' in render_layout("ar")


def test_switching_the_language_keeps_the_page():
    html = render_layout("es")

    assert '<input type="hidden" name="next" value="/missing?page=2">' in html
    assert re.search(r'value="es" lang="es" aria-current="true"', html)


def test_forms_of_the_frame_carry_the_token_of_the_session():
    html = render_layout(person="Ana Ejemplo", form_token="token-of-this-session")

    assert html.count('name="form_token" value="token-of-this-session"') == 2


def test_a_page_that_shows_invented_people_says_so_and_no_other_does():
    assert "Personas inventadas" in render_layout(shows_invented=True)
    assert "Personas inventadas" not in render_layout()


def test_nobody_signed_in_means_nothing_to_sign_out_of():
    assert "/sign-out" not in render_layout()


def test_what_a_person_writes_is_escaped():
    html = render_layout(person="<script>go()</script>")

    assert "<script>go()" not in html
    assert "&lt;script&gt;go()" in html


def test_a_template_asking_for_what_it_was_not_given_fails():
    with pytest.raises(UndefinedError):
        Templates("es").render("layout.html")


def test_an_error_page_says_what_is_wrong_and_what_to_do():
    html = Templates("es").render(
        "error.html",
        frame=a_frame(),
        title="No encontrado",
        sentence="No hay nada aquí.",
        what_to_do=["Vuelva a la lista."],
        reference="",
    )

    assert "Vuelva a la lista." in html
    assert "Referencia" not in html


def test_what_is_not_known_is_told_apart():
    source = (
        '{% from "components/facts.html" import fact_text %}'
        "{% for each in facts %}{{ fact_text(each) }}|{% endfor %}"
    )
    names = ["not_recorded", "unknown", "refused", "none"]
    facts = [{"known": name, "text": "", "note": "", "lines": ()} for name in names]

    html = make_environment("es").from_string(source).render(facts=facts)

    said = [re.sub(r"<[^>]+>", "", part) for part in html.split("|")[:-1]]
    assert said == [
        "no registrado",
        "se preguntó: no se sabe",
        "prefirió no decir",
        "no tiene",
    ]


def test_every_filter_is_there_in_every_language():
    for language in OFFERED:
        assert set(FILTERS) <= set(make_environment(language).filters)
