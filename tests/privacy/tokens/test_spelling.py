"""Spellings of one name meet; names that sound unlike do not."""

import pytest

from privacy.tokens.spelling import Name, parts_of, sound_of

SAME = [
    ("Muñoz", "Munos"),
    ("Jiménez", "Gimenes"),
    ("Ximénez", "Jiménez"),
    ("Quispe", "Kispe"),
    ("Chávez", "Chabes"),
    ("Yépez", "Llepes"),
    ("Huamán", "Guamán"),
    ("Hernández", "Ernandes"),
    ("Hdez.", "Hernández"),
    ("Alexander", "Alecsander"),
    ("Joaquim", "Joaquín"),
    ("Philippe", "Filipe"),
    ("Zúñiga", "Suniga"),
    ("Cervantes", "Serbantes"),
    ("Ma.", "María"),
]
UNLIKE = [
    ("Hernández", "Fernández"),
    ("Mejía", "Mesa"),
    ("Rosa", "Rosales"),
    ("Juan", "Julián"),
]


def sound(name):
    (part,) = parts_of(name)
    return sound_of(part)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_name_have_one_sound(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_names_that_sound_unlike_stay_apart(one, other):
    assert sound(one) != sound(other)


def test_particles_titles_and_hyphens_do_not_tell_people_apart():
    assert parts_of("Sra. María de la Cruz-Ortiz y Delacruz") == ("maria", "cruz", "ortiz")


def test_a_surname_that_only_begins_like_a_particle_stays_whole():
    assert parts_of("Delgado Losada Eloy") == ("delgado", "losada", "eloy")


def test_what_is_no_name_in_our_letters_has_no_parts():
    assert parts_of("  ??? 123 ") == ()


def test_both_surnames_count_whichever_column_holds_them():
    apart = Name("Ana", "López", "Cruz")
    together = Name("Ana", "López Cruz")

    assert apart.surname_parts == together.surname_parts == ("lopez", "cruz")
