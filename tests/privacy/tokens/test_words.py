"""By which words and numbers a record is found, and by which it is not."""

import pytest

from privacy.permissions import KEEPER
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.ranking import Alike, likeliest_partners
from privacy.tokens.spelling import Name
from privacy.tokens.word_keeping import add_words, tokens_of_words
from privacy.tokens.words import number_traits, part_traits, whole_number, word_traits


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("+504 9988-7766", {"number:50499887766", "end:99887766"}),
        ("carpeta 1234 5", {"number:12345"}),
        ("AB-123456", {"number:123456", "number:AB123456"}),
        ("rosa.P@correo.example", {"mail:rosa.p@correo.example"}),
        ("hace 30 años, en 2021", set()),
    ],
)
def test_a_number_is_found_whatever_stands_between_its_digits(text, traits):
    assert set(number_traits(text)) == traits


def test_a_number_of_a_file_may_be_short_and_a_reference_is_found_by_one_half():
    assert list(whole_number("a-7")) == []
    assert list(whole_number("a-71")) == ["number:A71"]
    assert list(part_traits("MP-7k3q-D9XT")) == ["part:7K3Q", "part:D9XT"]


def test_a_frequent_part_of_a_name_is_no_word_of_a_story_about_people():
    said = "vio a María con mochila"

    everything, without = list(word_traits(said)), list(word_traits(said, names_too=False))

    assert len(everything) == 3  # vio, María, mochila: the others are said of anything
    assert set(everything) - set(without) == {next(word_traits("maria"))}


def test_a_nickname_stands_for_the_name_it_is_short_for():
    (partner,) = likeliest_partners("chico", [Name("Francisco", "")])

    assert (partner.borne, partner.alike) == ("francisco", Alike.NICKNAME)


def test_one_word_has_another_token_in_each_table(database):
    with database.transaction(KEEPER) as session:
        of_people, of_remains = (
            tokens_of_words(session, table, ["word:mochila"])
            for table in (MissingPersonWord, RemainsWord)
        )

        assert add_words(session, RemainsWord, []) == 0
    assert of_people.keys() == of_remains.keys() == {"word:mochila"}
    assert of_people != of_remains
