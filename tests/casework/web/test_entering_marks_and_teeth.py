"""Marks and teeth entered by a form without a script: kept as typed, saved, weighed."""

import re

import pytest
import sqlalchemy as sa

from casework.candidates.reading import read_people
from casework.candidates.weighing import missing_record
from casework.codes import BodySite, MarkType, Side, ToothState
from casework.missing.model import MissingPersonMark
from casework.remains.model import Remains, RemainsMark
from matching.records import Tooth
from privacy.consent.model import DataCategory
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found
from tests.conftest import NOON

FIVE = {
    "mark_kind": ["scar", "scar", "tattoo", "mole", "burn"],
    "mark_site": ["knee", "chin", "forearm", "cheek", "hand"],
    "mark_side": ["left", "", "right", "left", "both"],
    "mark_words": ["", "", "una rosa", "", ""],
}
BUT_NO_BODY = [(DataCategory.CIRCUMSTANCES, "search", "forensic")]
ENTRY = {"given_names": "Ana Inventada", "consent": "granted", "reporter_kind": "relative"}


def with_token(client, path, **fields):
    page = client.get(path).text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    return {"form_token": token, **fields}


def post(client, path, **fields):
    return client.post(path, data=with_token(client, path, **fields), follow_redirects=False)


def typed(page, name):
    """Read the values of the fields of one name, as a browser shows them."""
    found = re.findall(rf'<input [^>]*name="{name}" value="([^"]*)"', page)
    return found or re.findall(rf'name="{name}">.*?</select>', page, flags=re.DOTALL)


@pytest.fixture
def lidias(signed_in):
    return signed_in("lidia")


def test_as_many_marks_are_kept_as_were_entered(lidias, database):
    answer = post(lidias, "/missing/new", **ENTRY, **FIVE)

    with database.transaction(KEEPER) as session:
        kept = session.scalars(sa.select(MissingPersonMark).order_by(MissingPersonMark.id))
        marks = [(mark.kind, mark.site, mark.side) for mark in kept]
    assert answer.status_code == 303
    assert len(marks) == 5
    assert marks[2] == (MarkType.TATTOO, BodySite.FOREARM, Side.RIGHT)


def test_another_mark_is_asked_for_without_saving_and_without_losing_anything(lidias, database):
    page = post(lidias, "/missing/new", **ENTRY, **FIVE, chart_do="add_mark")

    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(MissingPersonMark.id))) == 0
    assert page.status_code == 200
    assert typed(page.text, "mark_words") == ["", "", "una rosa", "", "", ""]
    assert 'value="Ana Inventada"' in page.text


def test_teeth_that_were_dictated_are_weighed(lidias, database):
    post(lidias, "/missing/new", **ENTRY, teeth="11 sano, 16 ausente, 26 OD amalgama")

    with database.transaction(MATCHER) as session:
        (told,) = read_people(session, NOON, with_names=False)
        weighed = missing_record(told).teeth
    assert set(weighed) == {
        Tooth(11, ToothState.SOUND),
        Tooth(16, ToothState.MISSING),
        Tooth(26, ToothState.RESTORED),
    }


def test_a_tooth_that_was_only_chosen_is_saved_as_well(signed_in, database):
    client = signed_in("amal")

    chosen = {"tooth_number": "36", "tooth_state": "restored", "tooth_surface": ["M", "O"]}
    post(client, "/remains/new", post_mortem_number="PM-1", teeth="11 sano", **chosen)

    with database.transaction(MATCHER) as session:
        (row,) = session.scalars(sa.select(Remains))
        assert row.post_mortem_number == "PM-1"
    page = signed_in("amal").get(f"/remains/{row.reference}").text
    assert "36: con empaste o relleno · MO" in page


def test_the_others_are_written_as_sound_by_one_button(lidias):
    page = post(lidias, "/missing/new", teeth="16 ausente", chart_do="others_sound").text

    assert "17 sano, 16 perdido en vida, 15-27 sano, 47-37 sano</textarea>" in page


def test_what_was_not_understood_is_said_and_nothing_is_saved(lidias):
    answer = post(lidias, "/missing/new", **ENTRY, teeth="11 sano, 26 bonito")

    assert answer.status_code == 422
    assert "Diente 26: no se entiende «bonito»." in answer.text
    assert "11 sano, 26 bonito</textarea>" in answer.text


def test_marks_of_a_closed_description_are_not_drawn(signed_in, database, lidia, amal):
    mark = {"kind": MarkType.TATTOO, "site": BodySite.FOREARM, "side": Side.LEFT, "words": "x"}
    with database.transaction(KEEPER) as session:
        closed = a_missing_person(
            session, lidia, grants=BUT_NO_BODY, marks=[MissingPersonMark(**mark)]
        )
        opened = remains_found(session, amal, marks=[RemainsMark(**mark)])

    reading = signed_in("amal")

    assert "body-number" in reading.get(f"/remains/{opened.reference}").text
    page = reading.get(f"/missing/{closed.reference}")
    assert page.status_code == 200
    assert "body-number" not in page.text
