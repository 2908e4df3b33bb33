"""A name is taken apart as clerks mean it, and the kernels do what the definitions say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.names.frequencies import listed_names, shares_of_words
from matching.names.letters import plain
from matching.names.nearness import Nearness, edit_distance, nearness
from matching.names.nicknames import nickname_pairs
from matching.names.parts import MOST_WORDS, Name, name_of, words_of
from matching.names.sounds import sound_of
from matching.names.vocabulary import FIRST_ROOM, Vocabulary

CODES = {Nearness.SAME: 2, Nearness.SIMILAR: 1, Nearness.DIFFERENT: 0}
SYLLABLES = [
    "gu",
    "hu",
    "que",
    "ça",
    "ñan",
    "lle",
    "rrez",
    "cel",
    "xim",
    "th",
    "sh",
    "eaux",
    "ou",
    "de",
    "la",
    "san",
    "ma",
    "fco",
    "k",
    "Öz",
    "ł",
    "3",
    "'",
    "-",
    ".",
]

written = st.lists(st.sampled_from([*SYLLABLES, " "]), max_size=9).map("".join)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("MUÑOZ", "munoz"),
        ("  José-María  ", "jose maria"),
        ("D'Angelo", "dangelo"),
        ("Garc1a?", "garca"),
        ("Straße Æro", "strasse aero"),
        ("Mun\u0303oz", "munoz"),
        ("علي", "علي"),
        ("a\u2014b ×", "a b"),
    ],
)
def test_letters_are_those_every_keyboard_has(said, read):
    assert plain(said) == read


@pytest.mark.parametrize(
    ("given_names", "surname_1", "surname_2", "parts"),
    [
        ("María del Carmen", "de la Cruz", "López", (("maria", "carmen"), "cruz", "lopez")),
        ("Ma. Gpe.", "Hdez.", "", (("maria", "guadalupe"), "hernandez", "")),
        ("Juan", "García López", "", (("juan",), "garcia", "lopez")),
        ("Juan Carlos García López", "", "", (("juan", "carlos"), "garcia", "lopez")),
        ("Juan García", "", "", (("juan",), "garcia", "")),
        ("Ana", "", "Pérez", (("ana",), "perez", "")),
        ("Luis", "San Martín", "Sto. Domingo", (("luis",), "sanmartin", "santodomingo")),
        ("Luis", "Ponce de León", "Díaz", (("luis",), "ponceleon", "diaz")),
        ("NN desconocido", "", "", ((), "", "")),
        ("José San", "Vda. de Ruiz", "", (("jose", "san"), "ruiz", "")),
    ],
)
def test_a_name_is_taken_apart_by_the_places_of_its_words(
    given_names, surname_1, surname_2, parts
):
    assert name_of(given_names, surname_1, surname_2) == Name(*parts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gonzalez", "gonsales"),
        ("jimenez", "gimenez"),
        ("ximena", "jimena"),
        ("huaman", "guaman"),
        ("quispe", "kispe"),
        ("baca", "vaca"),
        ("yanez", "llanes"),
        ("moreau", "moro"),
    ],
)
def test_spellings_that_sound_alike_have_one_code(one, other):
    assert sound_of(one) == sound_of(other)


def test_what_is_not_heard_at_all_stays_as_it_is_written():
    assert [sound_of("h"), sound_of("علي")] == ["h", "علي"]


def test_swapped_letters_are_one_slip():
    assert edit_distance("ahmed", "ahmde") == 1


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("cruz", "cruz", "same"),
        ("cruz", "crux", "similar"),
        ("ana", "ada", "different"),
        ("hernandez", "hermandes", "similar"),
        ("ponce", "ponceleon", "similar"),
        ("cruz", "cruzado", "different"),
        ("perez", "lopez", "different"),
        ("علي", "علو", "different"),
    ],
)
def test_two_parts_are_near_by_sound_by_slips_or_as_part_of_one_another(one, other, near):
    assert nearness(one, other) == near
    assert nearness(other, one) == near


def test_nicknames_are_ambiguous_and_single_words():
    pairs = nickname_pairs()

    assert len({formal for formal, short in pairs if short == "beto"}) > 1
    assert all(" " not in formal + short for formal, short in pairs)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(written, written, written), min_size=1, max_size=20))
def test_the_vocabulary_takes_names_apart_as_the_definition_does(names):
    vocabulary = Vocabulary()

    split = [vocabulary.split(column) for column in zip(*names, strict=True)]
    parts = vocabulary.name_parts(*split)

    words = [*vocabulary.words(), ""]
    for name, numbers, given_parts, surnames in zip(
        names, split[0], parts.given, parts.surnames, strict=True
    ):
        assert tuple(words[k] for k in numbers if k >= 0) == words_of(name[0])
        read = Name(
            tuple(words[k] for k in given_parts if k >= 0), *(words[k] for k in surnames)
        )
        assert read == name_of(*name)


def test_lines_within_a_cell_part_words_and_not_cells():
    vocabulary = Vocabulary()

    found = vocabulary.split(["ana\nluz", "rosa"])

    words = vocabulary.words()
    assert [[words[k] for k in row if k >= 0] for row in found] == [["ana", "luz"], ["rosa"]]


def test_a_vocabulary_grows_and_keeps_its_numbers():
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [a + b + c + d for a in letters for b in letters for c in letters for d in "bfg"]
    vocabulary = Vocabulary()

    numbers = vocabulary.split(many)[:, 0]
    surnames = vocabulary.name_parts(*(vocabulary.split(cells) for cells in (
        ["x"] * len(many), [f"q{word} w" for word in many], [f"{word} w" for word in many]
    ))).surnames  # fmt: skip
    places = vocabulary.joined(vocabulary.split([f"{word} z" for word in many]))

    assert len(many) > FIRST_ROOM
    assert [vocabulary.word(k) for k in numbers[[0, 17_000, -1]]] == [
        many[0],
        many[17_000],
        many[-1],
    ]
    assert vocabulary.split(many)[:, 0].tolist() == numbers.tolist()
    assert vocabulary.word(surnames[-1, 1]) == f"{many[-1]}w"
    assert vocabulary.word(places[-1]) == f"{many[-1]}z"


@st.composite
def misspellings(draw):
    """Draw a name and a clumsy copy of it: two random strings are hardly ever near."""
    name = draw(st.text(alphabet="aeglnrz", min_size=3, max_size=11))
    at = draw(st.integers(0, len(name) - 2))
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    copies = [swapped, swapped[1:], swapped + "na", name + "leon", name[:at] + "x" + name[at:]]
    return name, draw(st.sampled_from(copies))


@settings(deadline=None, max_examples=200)
@given(st.lists(misspellings(), min_size=1, max_size=30))
def test_nearness_in_bulk_agrees_with_the_definition(pairs):
    vocabulary = Vocabulary()
    numbers = vocabulary.split([word for pair in pairs for word in pair])[:, 0]
    known = numbers.reshape(-1, 2)
    kept = known[(known >= 0).all(axis=1)]
    words = vocabulary.words()

    near = vocabulary.described().nearness(kept[:, 0].copy(), kept[:, 1].copy())

    expected = [CODES[nearness(words[a], words[b])] for a, b in kept]
    assert near.tolist() == expected


@settings(deadline=None, max_examples=60)
@given(st.lists(written, min_size=1, max_size=30))
def test_sounds_in_bulk_agree_with_the_definition(cells):
    vocabulary = Vocabulary()
    vocabulary.split(cells)

    sounds = vocabulary.described().sounds

    heard = [sound_of(word) for word in vocabulary.words()]
    assert len(set(zip(heard, sounds.tolist(), strict=True))) == len(set(heard))
    assert len(set(heard)) == len(set(sounds.tolist()))


def test_the_share_of_similar_names_is_that_of_spellings_one_slip_away_or_heard_alike():
    vocabulary = Vocabulary()
    names = ["gonzalez", "gonzales", "gonzalz", "perez", "zoto"]
    numbers = vocabulary.split(names)[:, 0]
    share = np.zeros(len(vocabulary))
    share[numbers] = [0.4, 0.3, 0.1, 0.15, 0.05]

    similar = vocabulary.described().similar_shares(share)[numbers]

    assert similar[2] == pytest.approx(0.4)
    # gonzales is one slip from gonzalez and heard alike: counted twice, an upper estimate.
    assert similar[0] == pytest.approx(0.3 + 0.3 + 0.1)
    assert similar[3] == similar[4] == 0.0


def test_an_empty_vocabulary_of_shares_is_similar_to_nothing():
    vocabulary = Vocabulary()

    assert not vocabulary.described().similar_shares(np.zeros(len(vocabulary))).any()


def test_the_lists_say_what_is_common_where():
    vocabulary = Vocabulary()

    shares = shares_of_words("surnames", ("", "MX", "XX", "HT"), vocabulary)

    assert set(shares) == {1, 3}
    words, share = shares[1]
    common = {vocabulary.word(k) for k in words[np.argsort(-share)[:3]]}
    assert common <= {"hernandez", "garcia", "martinez", "lopez"}
    assert share.sum() == pytest.approx(1.0)
    assert set(listed_names("given")) == set(listed_names("surnames"))


def test_no_more_words_are_read_than_anybody_has():
    assert len(words_of("uno dos tres cuatro cinco seis siete ocho")) == MOST_WORDS
