"""One's own last edit is taken back: nothing is erased, and what was before stands again."""

from datetime import timedelta

import pytest

from casework.errors import Conflict
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.picture import preferred
from casework.statements.reading import read_assertions, read_picture
from casework.statements.saying import Said, Sitting, say
from casework.statements.undoing import last_edit, undo
from tests.builders import a_missing_person

ROSA = Sitting(Method.INTERVIEW, "Rosa Inventada")
LUIS = Sitting(Method.INTERVIEW, "Luis Inventado")
MENDING = Sitting(Method.CORRECTION)
ALL = MISSING_PERSON.groups


class Keeper:
    """Somebody who keeps a record, minute after minute."""

    def __init__(self, session, viewer, reference, at):
        about = get_missing_person(session, viewer, reference, at=at)
        self.hand = AtHand(session, viewer, about, MISSING_PERSON, at)

    def later(self):
        hand = self.hand
        at = hand.at + timedelta(minutes=1)
        self.hand = AtHand(hand.session, hand.viewer, hand.about, hand.described, at)
        return self.hand

    def says(self, sitting, **said):
        picture = self.picture()
        seen = {path: {each.statement for each in picture.get(path, ())} for path in said}
        told = {path: Said(value, frozenset(seen[path])) for path, value in said.items()}
        return say(self.later(), told, sitting)

    def picture(self):
        return read_picture(self.hand, ALL)

    def edit(self):
        return last_edit(self.hand.viewer.account_id, read_assertions(self.hand, ALL))

    def undoes(self):
        edit = self.edit()
        return undo(self.later(), edit.statement, edit.at)

    def words(self, path):
        return [(each.value, each.said_by) for each in self.picture().get(path, ())]


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, hair="black").reference


@pytest.fixture
def lidias(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        yield Keeper(session, lidia, person, noon)


def test_what_an_edit_replaced_stands_again_in_its_own_words_and_columns(lidias):
    lidias.says(LUIS, eyes="green")
    lidias.says(MENDING, eyes="brown", hair="grey")

    lidias.undoes()

    assert lidias.words("eyes") == [("green", LUIS.said_by)]
    assert lidias.hand.about.eyes == "green"
    assert lidias.hand.about.hair == "black"


def test_what_was_said_for_the_first_time_is_then_not_said(lidias):
    lidias.says(ROSA, skin_words="morena")

    lidias.undoes()

    assert lidias.words("skin_words") == []


def test_an_edit_within_a_sitting_goes_back_to_what_the_sitting_said_before(lidias):
    lidias.says(LUIS, eyes="green")
    lidias.says(ROSA, eyes="brown")
    lidias.says(ROSA, eyes="blue")

    lidias.undoes()

    assert set(lidias.words("eyes")) == {("brown", ROSA.said_by), ("green", LUIS.said_by)}


def test_edits_are_taken_back_one_after_another_and_the_page_goes_on_after_it(lidias):
    lidias.says(ROSA, eyes="brown")
    lidias.says(ROSA, skin_words="morena")

    lidias.undoes()
    lidias.undoes()
    assert lidias.edit() is None
    lidias.says(ROSA, eyes="grey")

    assert lidias.words("eyes") == [("grey", ROSA.said_by)]
    assert lidias.words("skin_words") == []


def test_nothing_is_erased_by_it(lidias):
    lidias.says(ROSA, eyes="brown")

    lidias.undoes()

    word, undoing = (e for e in read_assertions(lidias.hand, ALL) if e.path == "eyes")
    assert word.value == "brown"
    assert undoing.undoes == {word.statement}


def test_what_somebody_replaced_since_is_not_taken_back(lidias):
    lidias.says(ROSA, eyes="brown")
    (said,) = read_picture(lidias.hand, ALL)["eyes"]
    shown = lidias.edit()
    told = {"eyes": Said("green", frozenset({said.statement}))}
    say(lidias.later(), told, Sitting(Method.CORRECTION, "otra persona"))

    with pytest.raises(Conflict):
        undo(lidias.later(), shown.statement, shown.at)

    assert preferred(lidias.picture(), "eyes") == "green"


def test_nobody_takes_back_what_another_wrote(lidias):
    lidias.says(ROSA, eyes="brown")

    somebody_else = lidias.hand.viewer.account_id + 1

    assert last_edit(somebody_else, read_assertions(lidias.hand, ALL)) is None
