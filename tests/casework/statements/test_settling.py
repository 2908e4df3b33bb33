"""Contradictory words are settled by people, with who and why; nobody's word is erased."""

import re

import pytest

from casework.errors import Conflict
from casework.missing.queries import get_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.statements.columns import Certainty, Method
from casework.statements.describing import AtHand
from casework.statements.picture import is_settled, preferred
from casework.statements.reading import read_assertions, read_picture
from casework.statements.saying import Said, Sitting, say
from casework.statements.settling import go_by
from casework.statements.undoing import last_edit
from tests.builders import a_missing_person

LUIS = Sitting(Method.INTERVIEW, "Luis Inventado")
ANA = Sitting(Method.INTERVIEW, "Ana Inventada")
ALL = MISSING_PERSON.groups


@pytest.fixture
def person(database, lidia):
    with database.transaction(lidia) as session:
        return a_missing_person(session, lidia, hair="black").reference


@pytest.fixture
def hand(database, lidia, person, noon):
    with database.transaction(lidia) as session:
        about = get_missing_person(session, lidia, person, at=noon)
        hand = AtHand(session, lidia, about, MISSING_PERSON, noon)
        say(hand, {"hair": Said("grey", certainty=Certainty.DOUBTFUL)}, LUIS)
        yield hand


def word(hand, value):
    standing = read_picture(hand, ALL)["hair"]
    return next(each.statement for each in standing if each.value == value)


def test_what_was_decided_goes_before_what_is_surer_and_into_the_column(hand):
    before = preferred(read_picture(hand, ALL), "hair")

    go_by(hand, "hair", word(hand, "grey"), "Luis la vio después")

    picture = read_picture(hand, ALL)
    assert (before, preferred(picture, "hair"), hand.about.hair) == ("black", "grey", "grey")
    assert {each.value for each in picture["hair"]} == {"black", "grey"}
    assert picture["hair"][0].decision.why == "Luis la vio después"
    assert is_settled(picture, "hair")


def test_a_decision_is_looked_at_again_once_somebody_says_something_new(hand):
    go_by(hand, "hair", word(hand, "grey"), "")

    say(hand, {"hair": Said("brown")}, ANA)

    picture = read_picture(hand, ALL)
    assert preferred(picture, "hair") == "grey"
    assert not is_settled(picture, "hair")


def test_the_last_decision_holds_and_can_be_taken_back(hand):
    go_by(hand, "hair", word(hand, "grey"), "")
    go_by(hand, "hair", word(hand, "black"), "")

    assert preferred(read_picture(hand, ALL), "hair") == "black"
    edit = last_edit(hand.viewer.account_id, read_assertions(hand, ALL))
    assert edit.changes[0].again[0].value == "grey"


def test_only_words_that_stand_and_contradict_each_other_are_decided_on(hand):
    say(hand, {"eyes": Said("brown")}, LUIS)

    for path, statement in (("hair", 10**9), ("eyes", word(hand, "grey"))):
        with pytest.raises(Conflict):
            go_by(hand, path, statement, "")


def sent_back(page, **typed):
    form = page.text[page.text.index('class="step"') :]
    values = dict(re.findall(r'<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"', form))
    return values | {"method": "interview", "said_on": "2026-03-09"} | typed


def test_on_its_page_a_step_shows_who_says_what_and_the_officer_decides_sets_doubt_and_undoes(
    signed_in, person
):
    browser = signed_in("lidia")
    address = f"/missing/{person}/record/looks"
    page = browser.get(address)
    unseen = {"seen.hair": ""}
    browser.post(address, data=sent_back(page, hair="grey", said_by="Luis") | unseen)
    shown = browser.get(address).text
    assert "según Luis" in shown
    assert "(no coinciden)" in browser.get(f"/missing/{person}").text

    black = re.search(r'name="go_by" value="(hair:\d+)"[^<]*<span[^>]*>: negro', shown).group(1)
    decided = sent_back(browser.get(address), hair="grey", sayer="Luis")
    browser.post(address, data=decided | {"go_by": black, "why.hair": "lo dice su carné"})

    settled = browser.get(address).text
    assert "lo dice su carné" in settled
    assert "(no coinciden)" not in browser.get(f"/missing/{person}").text
    undo = settled.partition('id="last-edit"')[2]
    back = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', undo))
    answer = browser.post(f"/missing/{person}/undo", data=back)
    assert "Se deshizo" in answer.text
    assert "(no coinciden)" in browser.get(f"/missing/{person}").text
    assert browser.post(f"/missing/{person}/undo", data=back).status_code == 409


def test_how_sure_somebody_is_is_kept_and_alone_a_change(signed_in, person):
    browser = signed_in("lidia")
    address = f"/missing/{person}/record/looks"
    said = sent_back(browser.get(address), hair="grey", said_by="Luis")
    browser.post(address, data=said | {"sure.hair": "doubtful"})

    told = browser.get(f"/api/v1/missing/{person}/record").json()["values"]["hair"]["told"]

    assert [(each["value"], each["certainty"]) for each in told if each["said_by"]] == [
        ("grey", "doubtful")
    ]
