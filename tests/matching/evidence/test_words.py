"""Words of descriptions are made comparable across spelling and language."""

import pytest

from matching.evidence.words import MOST_WORDS, words_of


@pytest.mark.parametrize("words", ["Rosa roja", "ROSAS rojas", "rose", "una rosa con espinas"])
def test_one_picture_has_one_motif_in_every_language(words):
    assert "=rose" in words_of(words)


def test_accents_and_case_make_no_difference():
    assert words_of("José ÁNGEL") == words_of("jose angel")


def test_words_without_detail_are_left_out():
    assert words_of("el tatuaje de la Ana, brazo derecho y a") == ("ana",)


def test_a_word_counts_once():
    assert words_of("Ana ana ANA") == ("ana",)


def test_long_descriptions_are_read_up_to_a_limit():
    assert len(words_of(" ".join(f"palabra{n}" for n in range(50)))) == MOST_WORDS


def test_nothing_said_has_no_words():
    assert words_of("") == ()
