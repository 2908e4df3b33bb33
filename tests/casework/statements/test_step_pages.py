"""Completing a record on its pages: step by step, saved as one types, by nobody else."""

import re

import pytest

from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.signin.model import SignInSession
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from privacy.model import Reveals
from privacy.permissions import DOOR
from tests.builders import a_missing_person, remains_found

LUIS = Sitting(Method.INTERVIEW, "Luis Inventado, el hermano")
BODY = (Reveals.BODY,)


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia).reference


@pytest.fixture
def lidias(signed_in):
    return signed_in("lidia")


def sent_back(page, **typed):
    """Send a page's form back as a browser does, with what was typed."""
    form = page.text[page.text.index('class="step"') :]
    values = dict(re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', form))
    values |= {"method": "interview", "said_by": "Rosa Inventada", "said_on": "2026-03-09"}
    return values | typed


def test_every_step_of_a_file_opens(lidias, person):
    overview = lidias.get(f"/missing/{person}/record")
    steps = set(re.findall(rf'/missing/{person}/record/(\w+)"', overview.text))

    answers = {step: lidias.get(f"/missing/{person}/record/{step}") for step in steps}

    assert len(steps) > len({"identity", "looks", "marks", "teeth"})
    assert {answer.status_code for answer in answers.values()} == {200}


def test_what_is_typed_in_a_step_stands_in_the_file(database, lidia, lidias, person, noon):
    page = lidias.get(f"/missing/{person}/record/looks")

    answer = lidias.post(
        f"/missing/{person}/record/looks",
        data=sent_back(page, hair="brown", hair_style="trenza larga", go="next"),
        follow_redirects=False,
    )

    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/record/marks")
    with database.transaction(lidia) as session:
        assert get_missing_person(session, lidia, person, at=noon).hair == "brown"
    assert "trenza larga" in lidias.get(f"/missing/{person}/record/looks").text
    history = lidias.get(f"/missing/{person}/history").text
    assert "trenza larga" in history
    assert "Según Rosa Inventada" in history


def test_a_step_saves_itself_and_says_when(lidias, person):
    page = lidias.get(f"/missing/{person}/record/looks")

    answer = lidias.post(
        f"/missing/{person}/record/looks",
        data=sent_back(page, hair="brown", autosave="yes"),
    )

    assert answer.status_code == 200
    assert "Guardado a las" in answer.text
    assert 'id="was-hair"' in answer.text


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(lidias, person):
    page = lidias.get(f"/missing/{person}/record/looks")

    answer = lidias.post(
        f"/missing/{person}/record/looks",
        data=sent_back(page, stature_cm_min="muy alta", hair_style="rizos"),
    )

    assert answer.status_code == 422
    assert "Escriba solo un número" in answer.text
    assert "muy alta" in answer.text
    assert "rizos" in lidias.get(f"/missing/{person}/record/looks").text


def test_a_mark_is_added_changed_and_taken_away(lidias, person):
    address = f"/missing/{person}/record/marks"
    new = re.search(r'name="seen\.(marks\.\w+)"', lidias.get(address).text).group(1)
    page = lidias.get(address)
    lidias.post(
        address,
        data=sent_back(page)
        | {f"seen.{new}": "", f"{new}.kind": "tattoo", f"{new}.text": "Ana", "go": "stay"},
    )
    kept = lidias.get(address)
    assert "Ana" in kept.text

    lidias.post(address, data=sent_back(kept, **{f"{new}.remove": "yes"}))

    assert "Ana" not in lidias.get(address).text.partition('id="last-edit"')[0]
    assert "Ana" in lidias.get(f"/missing/{person}/history").text


def test_a_history_says_which_colleague_wrote_it_down(database, bruno, signed_in):
    with database.transaction(bruno) as session:
        address = f"/remains/{remains_found(session, bruno).reference}"
    looks, writer = f"{address}/record/looks", signed_in("bruno")
    writer.post(looks, data=sent_back(writer.get(looks), hair="brown"))

    history = signed_in("amal").get(f"{address}/history")

    assert "anotado por Bruno" in history.text


def test_nobody_else_completes_or_reads_the_history_of_a_file(signed_in, person):
    examiner = signed_in("bruno")

    answers = [
        examiner.get(f"/missing/{person}/{part}")
        for part in ("record", "record/looks", "history")
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}


def test_teeth_are_dictated_and_each_is_taken_back_alone(lidias, person):
    address = f"/missing/{person}/record/teeth"
    page = lidias.get(address)
    lidias.post(address, data=sent_back(page, teeth="11 corona oro, 26 OD amalgama", go="stay"))
    charted = lidias.get(address)
    assert 'name="seen.teeth.26"' in charted.text

    lidias.post(address, data=sent_back(charted, teeth="11 corona oro", go="stay"))

    left = lidias.get(address).text
    assert 'name="seen.teeth.11"' in left
    assert 'name="seen.teeth.26"' not in left


def test_a_tooth_that_cannot_be_so_is_refused_and_nothing_of_the_chart_is_lost(lidias, person):
    address = f"/missing/{person}/record/teeth"
    page = lidias.get(address)

    answer = lidias.post(address, data=sent_back(page, teeth="11 corona, 99 sano"))

    assert answer.status_code == 422
    assert "99" in answer.text
    assert "11 corona, 99 sano" in answer.text


def test_the_file_tells_what_no_card_shows_and_who_says_otherwise(lidias, person):
    address = f"/missing/{person}/record/looks"
    for who, hair, style in (("Rosa Inventada", "brown", "trenza"), ("Luis", "grey", "rapado")):
        page = lidias.get(address)
        said = {"seen.hair": "", "seen.hair_style": "", "said_by": who}
        lidias.post(address, data=sent_back(page, hair=hair, hair_style=style) | said)

    told = lidias.get(f"/missing/{person}").text.partition('id="told"')[2]

    assert "rapado" in told
    assert "también se dijo: trenza, según Rosa Inventada" in told
    assert "castaño, según Rosa Inventada" in told
    assert "rapado" not in lidias.get("/missing").text


def otherwise(database, lidia, person, noon, **said):
    """Somebody else says something while a page is open."""
    with database.transaction(lidia) as session:
        about = get_missing_person(session, lidia, person, at=noon)
        hand = AtHand(session, lidia, about, MISSING_PERSON, noon)
        say(hand, {path: Said(value) for path, value in said.items()}, LUIS)


def test_what_others_wrote_meanwhile_is_not_taken_for_seen_when_a_step_saves_itself(
    database, lidia, lidias, person, noon
):
    address = f"/missing/{person}/record/looks"
    page = lidias.get(address)
    shown = sent_back(page, hair="", eyes="brown", autosave="yes")
    otherwise(database, lidia, person, noon, hair="grey")

    saved = lidias.post(address, data=shown)
    lidias.post(address, data=shown | kept_in(saved) | {"skin_words": "morena"})

    with database.transaction(lidia) as session:
        about = get_missing_person(session, lidia, person, at=noon)
        picture = read_picture(AtHand(session, lidia, about, MISSING_PERSON, noon), BODY)
    assert [each.value for each in picture["hair"]] == ["grey"]
    assert [each.value for each in picture["skin_words"]] == ["morena"]
    assert len(picture["eyes"]) == 1


def test_a_step_shown_again_for_a_problem_stands_on_what_was_before_its_writer(
    database, lidia, lidias, person, noon
):
    address = f"/missing/{person}/record/looks"
    shown = sent_back(lidias.get(address), stature_cm_min="muy alta")
    otherwise(database, lidia, person, noon, hair="grey")

    again = lidias.post(address, data=shown)
    lidias.post(address, data=sent_back(again, stature_cm_min="170"))

    with database.transaction(lidia) as session:
        assert get_missing_person(session, lidia, person, at=noon).hair == "grey"


def test_a_step_that_could_not_save_itself_never_says_that_it_did(lidias, person):
    address = f"/missing/{person}/record/looks"
    shown = sent_back(lidias.get(address), hair="brown", autosave="yes")

    answer = lidias.post(address, data=shown | {"said_on": "2026-13-45"})

    assert "Guardado" not in answer.text
    assert "Esa fecha no existe" in answer.text


def test_a_step_that_closed_meanwhile_says_so_beside_the_form(database, lidias, person):
    address = f"/missing/{person}/record/identity"
    shown = sent_back(lidias.get(address), mother_name="Rosa Inventada", autosave="yes")
    with database.transaction(DOOR) as session:
        for opened in session.query(SignInSession):
            opened.stepped_up_at = None

    answer = lidias.post(address, data=shown)

    assert answer.text.startswith('<p id="saved"')
    assert "Guardado" not in answer.text
    assert "confirme que es usted" in answer.text


def kept_in(saved):
    """Read what a page stands on after it saved itself."""
    return dict(
        re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', saved.text)
    )


def test_a_birth_after_the_last_contact_is_an_error_beside_what_is_kept(lidias, person):
    address = f"/missing/{person}/record/identity"

    answer = lidias.post(
        address,
        data=sent_back(lidias.get(address), birth_from="2025-12", mother_name="Inés Inventada"),
    )

    assert answer.status_code == 422
    assert "El nacimiento queda después del último contacto" in answer.text
    assert 'value="2025-12"' in answer.text
    page = lidias.get(address).text
    assert "Inés Inventada" in page
    assert "2025-12" not in page
