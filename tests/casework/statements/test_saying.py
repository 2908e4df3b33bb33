"""What is said of a record stays: beside what others said, and in the columns it stands for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.codes import Answer, HairColour, MarkType
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.picture import is_contradicted, preferred
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from privacy.errors import NotPermitted, StepUpNeeded
from privacy.model import Reveals
from tests.builders import a_missing_person, remains_found

ROSA = Sitting(Method.INTERVIEW, "Rosa Inventada, la madre", date(2026, 3, 9))
LUIS = Sitting(Method.INTERVIEW, "Luis Inventado, el hermano", date(2026, 3, 9))
MENDING = Sitting(Method.CORRECTION, "Rosa Inventada, la madre", date(2026, 3, 9))
ALL = tuple(MISSING_PERSON.groups)


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, hair=HairColour.BLACK).reference


def at_hand(session, viewer, reference, at):
    about = get_missing_person(session, viewer, reference, at=at)
    return AtHand(session, viewer, about, MISSING_PERSON, at)


def told(hand, said, sitting):
    """Say as somebody does who has the page before them."""
    picture = read_picture(hand, ALL)
    seen = {path: frozenset(each.statement for each in picture.get(path, ())) for path in said}
    return say(hand, {path: Said(said[path], seen[path]) for path in said}, sitting)


def test_what_is_said_stands_in_the_columns_that_lists_and_the_engine_read(
    database, lidia, person, noon
):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)

        told(hand, {"hair": "brown", "stature_cm": {"min": 160.0, "max": 165.0}}, ROSA)

    with database.transaction(lidia) as session:
        about = get_missing_person(session, lidia, person, at=noon)
        assert about.hair is HairColour.BROWN
        assert (about.stature_cm_min, about.stature_cm_max) == (160.0, 165.0)
        assert about.version == 1 + 1


def test_two_who_contradict_each_other_stand_side_by_side(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        told(at_hand(session, lidia, person, noon), {"eyes": "brown"}, ROSA)
    with database.transaction(lidia) as session:
        told(at_hand(session, lidia, person, noon), {"eyes": "green"}, LUIS)

    with database.transaction(lidia) as session:
        picture = read_picture(at_hand(session, lidia, person, noon), ALL)
    assert {(each.said_by, each.value) for each in picture["eyes"]} == {
        (ROSA.said_by, "brown"),
        (LUIS.said_by, "green"),
    }
    assert is_contradicted(picture, "eyes")


def test_whoever_is_surer_is_believed_first(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        say(hand, {"eyes": Said("brown", certainty=Certainty.CERTAIN)}, ROSA)
        say(hand, {"eyes": Said("green", certainty=Certainty.DOUBTFUL)}, LUIS)

        assert preferred(read_picture(hand, ALL), "eyes") == "brown"


def test_the_same_person_saying_otherwise_replaces_their_own_word(
    database, lidia, person, noon
):
    for later, colour in enumerate(("brown", "green")):
        with database.transaction(lidia) as session:
            hand = at_hand(session, lidia, person, noon + timedelta(days=later))
            told(hand, {"eyes": colour}, ROSA)

    with database.transaction(lidia) as session:
        picture = read_picture(at_hand(session, lidia, person, noon), ALL)
    assert [each.value for each in picture["eyes"]] == ["green"]


def test_what_was_written_down_wrongly_is_corrected_whoever_had_said_it(
    database, lidia, person, noon
):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        told(hand, {"eyes": "brown"}, LUIS)
        told(hand, {"eyes": "green"}, MENDING)

        assert [each.value for each in read_picture(hand, ALL)["eyes"]] == ["green"]


def test_what_was_there_before_statements_were_kept_is_the_first_word(
    database, lidia, person, noon
):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        before = preferred(read_picture(hand, ALL), "hair")

        told(hand, {"hair": "grey"}, ROSA)

        now = [each.value for each in read_picture(hand, ALL)["hair"]]
        kept = session.query(MISSING_PERSON.statement).count()
    assert (before, now) == ("black", ["grey"])
    assert kept == len(("black", "grey"))


def test_what_a_file_changes_later_is_seen_as_said(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        told(at_hand(session, lidia, person, noon), {"hair": "grey"}, ROSA)
    with database.transaction(lidia) as session:
        get_missing_person(session, lidia, person, at=noon).hair = HairColour.WHITE

    with database.transaction(lidia) as session:
        picture = read_picture(at_hand(session, lidia, person, noon), ALL)
    assert {each.value for each in picture["hair"]} == {"grey", "white"}


def test_nothing_is_said_twice(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        told(hand, {"hair": "black"}, ROSA)

        assert session.query(MISSING_PERSON.statement).count() == 0
        assert hand.about.version == 1


def test_what_nobody_saw_is_not_replaced_but_stands_beside(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        told(at_hand(session, lidia, person, noon), {"eyes": "brown"}, ROSA)
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon + timedelta(days=1))

        clashes = say(hand, {"eyes": Said("green", seen=frozenset())}, MENDING).clashes

        both = {each.value for each in read_picture(hand, ALL)["eyes"]}
    assert clashes == ("eyes",)
    assert both == {"brown", "green"}


def test_emptying_a_field_takes_back_what_stood_there(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        told(hand, {"hair": None}, ROSA)

        assert "hair" not in read_picture(hand, ALL)
        assert hand.about.hair is None


def test_why_nothing_is_known_is_an_answer(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        told(hand, {"hair": {"none": "refused"}}, ROSA)

        assert hand.about.hair is None
        assert hand.about.answers["hair"] == Answer.REFUSED


def test_each_mark_is_changed_alone(database, lidia, person, noon):
    scar = {"kind": "scar", "site": "forearm", "words": "de una quemadura"}
    with database.transaction(lidia) as session:
        hand = at_hand(session, lidia, person, noon)
        told(hand, {"marks/aaaa11": scar, "marks/bbbb22": {"kind": "mole"}}, ROSA)
        told(hand, {"marks/bbbb22": None}, ROSA)

        kinds = [mark.kind for mark in hand.about.marks]
        answer = hand.about.marks_answer
    assert kinds == [MarkType.SCAR]
    assert answer is Answer.RECORDED


def test_only_whoever_keeps_the_record_says_anything_of_it(database, bruno, person, noon):
    with database.transaction(bruno) as session, pytest.raises(NotPermitted):
        told(at_hand(session, bruno, person, noon), {"hair": "grey"}, ROSA)


def test_a_protected_name_asks_its_writer_to_show_that_they_are_there(
    database, lidia, person, noon
):
    long_ago = replace(lidia, stepped_up=False)
    with database.transaction(long_ago) as session:
        hand = at_hand(session, long_ago, person, noon)

        with pytest.raises(StepUpNeeded):
            say(hand, {"mother_name": Said("Rosa Inventada")}, ROSA)


def test_every_column_gives_back_what_was_written_into_it(database, lidia, person, noon):
    said = {
        "age": {"min": 24.0, "max": 26.0},
        "birth": {"from": "2001-01-01", "to": "2001-12-31"},
        "nationalities": ["HN", "GT"],
        "place": {"country": "MX", "place": "Tapachula", "lat": 14.9, "lon": -92.26},
        "destination": {"country": "US", "place": "Houston"},
        "mother_name": "Rosa Inventada",
        "sex": "male",
        "teeth/11": {"status": "crown", "material": "gold"},
        "phones/pppp11": {"number": "+504 0000 0000"},
        "id_numbers/dddd11": {"kind": "passport", "number": "X-000"},
        "articles/rrrr11": {"worn": True, "item": "shirt", "colour": "red"},
        "names/nnnn11": {"kind": "nickname", "given_names": "Mari"},
    }
    with database.transaction(lidia) as session:
        told(at_hand(session, lidia, person, noon), said, ROSA)

    with database.transaction(lidia) as session:
        picture = read_picture(at_hand(session, lidia, person, noon), ALL)
    assert {path: preferred(picture, path) for path in said} == said
    assert not [path for path in said if len(picture[path]) > 1]


def test_examiners_say_what_they_find_in_their_own_names(database, amal, noon):
    found = Sitting(Method.EXAMINATION, "Amal Inventada", date(2026, 3, 9))
    with database.transaction(amal) as session:
        reference = remains_found(session, amal).reference
    with database.transaction(amal) as session:
        about = get_remains(session, amal, reference, at=noon)
        hand = AtHand(session, amal, about, REMAINS, noon)

        say(hand, {"teeth/46": Said({"status": "missing_post_mortem"})}, found)

        picture = read_picture(hand, (Reveals.BODY, Reveals.IDENTITY))
    assert picture["teeth/46"][0].said_by == found.said_by
    assert about.carried["teeth"] == "46:missing_post_mortem"
