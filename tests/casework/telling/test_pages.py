"""Whoever speaks with the family enters what was done, and prints what a person hands over."""

import re
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from casework.documents.model import DocumentBasis, DocumentKind, IssuedDocument
from casework.documents.verifying import Verdict, verify
from casework.identifications.model import Decision, DecisionOutcome
from casework.telling.model import StepKind
from privacy.model import Reveals
from privacy.permissions import DOOR, KEEPER
from privacy.released.model import Form
from privacy.released.register import Record, Release, release
from tests.builders import remains_found
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


def letter_on_paper(database, family, noon, copy, rests_on=None):
    """A letter about the same person, printed before; it may say of which decision."""
    luz = family.luz_
    of_luz = {"copy": copy, "institution_id": luz.institution_id, "issued_by": luz.account_id}
    said = {"kind": DocumentKind.FAMILY_LETTER, "language": "es", "invented": True}
    prints = {"sha256": "0" * 64, "said_sha256": "0" * 64, "page_count": 1, "issued_at": noon}
    named = Record(
        luz.institution_id,
        frozenset({Reveals.IDENTITY}),
        missing_person_id=family.of.of.person_id,
    )
    with database.transaction(luz) as session:
        session.add(IssuedDocument(**of_luz, **said, **prints))
        released = Release(
            copy=copy,
            form=Form.PDF,
            recipient_institution_id=luz.institution_id,
            purpose="notify",
            reason="Carta.",
        )
        release(session, luz, released, [named], at=noon)
        if rests_on is not None:
            session.execute(sa.insert(DocumentBasis).values(copy=copy, decision_id=rests_on))


def another_decision(database, family, noon):
    """Other remains that may be of the same person: a decision about them, unsigned."""
    with database.transaction(KEEPER) as session:
        other = remains_found(session, family.of.bruno).id
        decision = Decision(
            outcome=DecisionOutcome.PREMATURE,
            case_id=family.of.of.person_id,
            remains_id=other,
            institution_id=family.of.bruno.institution_id,
            entered_by=family.of.bruno.account_id,
            entered_at=noon,
        )
        session.add(decision)
        session.flush()
        return decision.id


def verdicts(database, copies, noon):
    with database.transaction(DOOR) as session:
        return [verify(session, each, "", at=noon).verdict for each in copies]


def test_a_recall_calls_back_the_letters_of_that_identification_alone(
    family, database, luz, noon
):
    family.is_released()
    other = another_decision(database, family, noon)
    letter_on_paper(database, family, noon, "THIS", family.number)
    letter_on_paper(database, family, noon, "OTHER", other)
    letter_on_paper(database, family, noon, "OLD")  # as if nothing said what it rests on
    family.is_recalled()

    this_one, the_other, old = verdicts(database, ["THIS", "OTHER", "OLD"], noon)
    assert this_one is Verdict.CALLED_BACK
    assert the_other is Verdict.ISSUED
    assert old is Verdict.CALLED_BACK  # what the line above is there to see
    with database.transaction(luz) as session:
        assert session.scalars(sa.select(DocumentBasis)).all() == []


def test_the_letter_is_plain_and_the_note_says_no_more_than_it_needs(
    family,
    luz,
    asks,  # noqa: F811
    page,
    database,
):
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
    with database.transaction(KEEPER) as session:
        rests_on = session.scalars(sa.select(DocumentBasis.decision_id)).all()
    family.is_recalled()
    recalled = gloria.client.get(f"{page}/letter.pdf").status_code

    assert rests_on == [family.number] * 2
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
