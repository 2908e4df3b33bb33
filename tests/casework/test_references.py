"""References can be read over a telephone and tell nothing of their neighbours."""

import re

from casework.references import ALPHABET, LENGTH, Prefix, new_reference


def test_a_reference_tells_nothing_of_its_neighbours():
    drawn = [new_reference(Prefix.MISSING_PERSON) for _ in range(2000)]

    assert len(set(drawn)) == len(drawn)
    assert drawn != sorted(drawn)


def test_every_sign_of_the_alphabet_is_drawn():
    # Of 2,000 references the rarest of 28 signs is missing with probability
    # (27/28)^16000, which is below 1e-250.
    signs = {sign for _ in range(2000) for sign in new_reference(Prefix.REMAINS)[3:]}

    assert signs == set(ALPHABET) | {"-"}


def test_a_reference_says_its_kind_and_has_two_groups_of_four():
    for prefix in Prefix:
        reference = new_reference(prefix)

        assert re.fullmatch(rf"{prefix}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", reference)
        assert LENGTH == 4 + 4


def test_no_sign_can_be_misheard_misread_or_make_a_word():
    assert not set(ALPHABET) & set("AEIOU01L")
