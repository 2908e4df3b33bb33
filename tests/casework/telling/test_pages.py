"""Whoever speaks with the family enters what was done, and prints what a person hands over."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.telling.model import StepKind
from tests.casework.identifications.test_pages import asks  # noqa: F401 - a fixture
from tests.casework.telling.conftest import TOLD


@pytest.fixture
def page(family):
    return f"/released/{family.number}"


def words_in(answer):
    assert answer.status_code == 200, answer.text
    pages = PdfReader(BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages)), len(pages)


def test_a_coordinator_enters_steps_and_nothing_typed_is_lost(family, asks, page):  # noqa: F811
    family.is_released()
    gloria = asks("gloria")
    assert f'href="{page}"' in gloria.reads("/released")
    first = gloria.reads(page)
    unsaid = gloria.sends(f"{page}/told", page, **{**TOLD, "who": ""})
    done = gloria.sends(f"{page}/told", page, **TOLD)
    after = gloria.reads(page)
    days = asks("bruno").reads(f"/decisions/{family.number}/telling")

    assert "Acordar cuándo se habla con la familia" in first
    assert "Oficina inventada" in first  # the plan
    assert unsaid.status_code == 422
    assert "Falta: quién lo hace o lo hizo." in unsaid.text
    assert "Que su hija fue identificada." in unsaid.text
    assert done.headers["location"] == page
    assert "Acordar con la familia la devolución de los restos" in after
    assert "Se habló con la familia" in days
    assert "Que su hija" not in days
    for name in ("lidia", "bruno"):
        assert asks(name).client.get(page).status_code == 404
    assert asks("amal").client.get(page).status_code == 403


def test_after_a_recall_the_page_says_what_was_told_and_what_to_say(family, luz, asks, page):  # noqa: F811
    family.is_released()
    family.enters(luz, StepKind.TOLD, **TOLD)
    family.is_recalled()
    recalled = asks("gloria").reads(page)

    assert "Esta identificación ya no vale desde el" in recalled
    assert "la madre. Que su hija fue identificada." in recalled
    assert "Los restos ya se entregaron." in recalled
    assert "Que lo que se le dijo ya no puede sostenerse" in recalled
    assert f'action="{page}/left"' not in recalled


def test_the_letter_is_plain_and_the_note_says_no_more_than_it_needs(family, luz, asks, page):  # noqa: F811
    family.is_released()
    gloria = asks("gloria")
    unwritten = gloria.client.get(f"{page}/letter.pdf").status_code
    family.enters(
        luz, StepKind.LETTER, language="es", phone="Luz, 555 0100", free="La esperamos."
    )
    family.enters(
        luz,
        StepKind.NOTE,
        language="en",
        addressed_to="Consulado inventado",
        asks=["notification"],
    )
    letter, letter_pages = words_in(gloria.client.get(f"{page}/letter.pdf"))
    note, note_pages = words_in(gloria.client.get(f"{page}/note.pdf?language=es"))
    family.is_recalled()
    recalled = gloria.client.get(f"{page}/letter.pdf").status_code

    assert unwritten == 404
    assert "Se compararon los dientes" in letter
    assert "Luz, 555 0100" in letter
    assert "La esperamos." in letter
    assert "pedir otra opinión" in letter
    assert "%" not in letter
    assert family.of.of.remains not in letter + note
    assert "que colabore en el aviso" in note
    assert "Nacimiento" not in note
    assert "la madre" not in note
    assert (letter_pages, note_pages) == (1, 1)
    assert recalled == 409
