"""What is missing, its worth and the argument against, in the words of five languages."""

import re

import pytest

from casework.candidates.presenters import KIND_WORDS
from casework.codes import HairColour
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found

ASKED = "Falta en el registro de los restos: preguntar a quien los examina."


@pytest.fixture
def page_of(run_of_all, proposals_for, database, bruno, signed_in):
    """Open the comparison of one pair in a language; black hair is told and not seen."""
    with database.transaction(KEEPER) as session:
        a_missing_person(session, bruno, hair=HairColour.BLACK)
        remains_found(session, bruno)
    run_of_all()
    (proposal,) = proposals_for(bruno)
    return lambda address="": signed_in("amal").get(f"/pairings/{proposal.pairing.id}{address}")


def test_a_page_says_what_is_missing_what_it_is_worth_and_what_speaks_against(page_of):
    page = page_of().text

    assert "Lo que más habla en contra" in page
    assert "Lo que falta, y qué valdría saberlo" in page
    assert ASKED in page
    assert re.search(
        r"se espera que sume \+\d\.\d \(lo usual: de [+−]?\d\.\d a \+\d\.\d\)", page
    )


@pytest.mark.parametrize(
    ("language", "against", "number"),
    [
        ("en", "What speaks most against it", r"\+\d\.\d"),
        ("pt", "O que mais fala contra", r"\+\d,\d"),
        ("fr", "Ce qui parle le plus contre", r"\+\d,\d"),
        ("ht", "Sa ki pale plis kont li", r"\+\d,\d"),
    ],
)
def test_the_explanation_is_read_in_another_language_than_the_page(
    page_of, language, against, number
):
    page = page_of(f"?in={language}").text

    assert '<html lang="es"' in page
    explanation = page[page.index(f'<div class="stack" lang="{language}">') :]
    assert against in explanation
    assert "Lo que más habla en contra" not in page
    assert re.search(number, explanation)


def test_a_language_that_nobody_speaks_here_is_refused(page_of):
    assert page_of("?in=xx").status_code == 422


def test_the_answer_of_the_api_holds_the_same(page_of, signed_in):
    address = page_of().url.path
    told = signed_in("amal").get(f"/api/v1{address}").json()

    first = told["unknown"][0]
    assert first["if_same"] == max(each["if_same"] for each in told["unknown"])
    assert first["if_not"] < 0 < first["if_same"]
    assert told["argument_against"]["rests_on"] in {"kind", "others", "unknown", "nothing"}
    assert {each["kind"] for each in told["unknown"]} <= set(KIND_WORDS)
