"""One sealed value: where it opens, where it does not, and what is never used twice."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import BrokenSeal, NonceRepeated
from privacy.sealing.cipher import (
    NONCE_BYTES,
    Nonces,
    new_key,
    padded,
    place_of,
    seal,
    unpadded,
    unseal,
)

ROW = UUID("f4f30703-c811-4b00-a541-57ce8909cbe7")
OTHER_ROW = UUID("b41cec68-3e75-4022-8c63-f0762094fd1d")
PLACE = place_of("missing_person", ROW, "mother_name")
KEY = new_key()


@given(st.binary(max_size=200))
def test_what_was_sealed_opens_at_its_place(clear):
    assert unseal(KEY, seal(KEY, clear, PLACE, Nonces()), PLACE) == clear


@pytest.mark.parametrize(
    "elsewhere",
    [
        place_of("remains", ROW, "mother_name"),
        place_of("missing_person", OTHER_ROW, "mother_name"),
        place_of("missing_person", ROW, "father_name"),
        place_of("missing_person", ROW, "mother_name", 2),
    ],
)
def test_r18_a_ciphertext_opens_in_no_other_table_row_or_column(elsewhere):
    sealed = seal(KEY, b"Ana", PLACE, Nonces())

    with pytest.raises(BrokenSeal):
        unseal(KEY, sealed, elsewhere)


@pytest.mark.parametrize("at", range(0, 45, 4))
def test_a_changed_byte_is_noticed(at):
    sealed = bytearray(seal(KEY, b"a" * 20, PLACE, Nonces()))
    sealed[at] ^= 1

    with pytest.raises(BrokenSeal):
        unseal(KEY, bytes(sealed), PLACE)


@pytest.mark.parametrize("kept", [0, 1, 12, 28, 30])
def test_a_truncated_ciphertext_is_refused(kept):
    sealed = seal(KEY, b"Ana", PLACE, Nonces())

    with pytest.raises(BrokenSeal):
        unseal(KEY, sealed[:kept], PLACE)


def test_another_key_does_not_open_it():
    with pytest.raises(BrokenSeal):
        unseal(new_key(), seal(KEY, b"Ana", PLACE, Nonces()), PLACE)


def test_a_refusal_names_the_place_and_never_the_content():
    sealed = seal(KEY, b"Ana", PLACE, Nonces())

    with pytest.raises(BrokenSeal) as refusal:
        unseal(KEY, sealed, place_of("remains", ROW, "carried"))

    assert str(refusal.value) == place_of("remains", ROW, "carried").decode()


def test_a_source_of_chance_that_repeats_itself_is_noticed():
    stuck = Nonces(draw=lambda size: b"\x07" * size)
    seal(KEY, b"Ana", PLACE, stuck)

    with pytest.raises(NonceRepeated):
        seal(KEY, b"Eva", PLACE, stuck)


def test_no_two_seals_share_a_nonce():
    nonces = Nonces()
    sealed = [seal(KEY, b"Ana", PLACE, nonces) for _ in range(2_000)]

    assert len({each[1 : 1 + NONCE_BYTES] for each in sealed}) == len(sealed)


@given(st.text(max_size=90))
def test_padding_is_taken_off_again(text):
    assert unpadded(padded(text.encode())).decode() == text


def test_a_short_name_is_sealed_as_long_as_a_longer_one():
    short, long = (
        seal(KEY, padded(each), PLACE, Nonces()) for each in (b"Eva", b"Maximiliana")
    )

    assert len(short) == len(long)


@pytest.mark.parametrize("never_padded", [b"", b"\x00" * 64, b"Ixchel"])
def test_what_was_never_padded_is_refused(never_padded):
    with pytest.raises(BrokenSeal):
        unpadded(never_padded)
