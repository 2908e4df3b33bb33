"""Passwords are hashed with argon2id, are long, and say nothing by the time they take."""

from threading import BoundedSemaphore

import pytest
from argon2 import PasswordHasher

from privacy import passwords
from privacy.errors import TooManyHashes, UnsafePassword
from privacy.passwords import LONGEST, SHORTEST, hash_password, is_right, renewed

GOOD = "el río suena cuando llueve"


def of_length(length):
    return ("una frase bastante larga " * 8)[:length]


def test_the_right_password_opens():
    hashed = hash_password(GOOD)

    assert is_right(GOOD, hashed)


@pytest.mark.parametrize("wrong", ["", GOOD + " ", GOOD.upper(), GOOD[:-1], "\x00" + GOOD])
def test_any_other_password_does_not(wrong):
    hashed = hash_password(GOOD)

    assert not is_right(wrong, hashed)


def test_the_same_password_is_never_hashed_to_the_same_text():
    assert hash_password(GOOD) != hash_password(GOOD)


def test_the_hash_is_argon2id_with_the_cost_that_owasp_asks_for_at_least():
    # OWASP Password Storage Cheat Sheet: argon2id, at least 19 MiB with two passes.
    kind, version, cost = hash_password(GOOD).split("$")[1:4]
    spent = dict(each.split("=") for each in cost.split(","))

    assert (kind, version) == ("argon2id", "v=19")
    assert int(spent["m"]) >= 19 * 1024
    assert int(spent["t"]) >= 2


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
def test_the_shortest_and_the_longest_are_taken(length):
    password = of_length(length)

    assert is_right(password, hash_password(password))


@pytest.mark.parametrize("length", [0, SHORTEST - 1, LONGEST + 1])
def test_shorter_and_longer_ones_are_refused(length):
    with pytest.raises(UnsafePassword, match=f"{SHORTEST} .*{LONGEST}"):
        hash_password(of_length(length))


@pytest.mark.parametrize("password", ["a" * 20, "abababababababab", "1234" * 5])
def test_a_few_characters_repeated_are_refused(password):
    with pytest.raises(UnsafePassword, match="repeats"):
        hash_password(password)


def test_a_refusal_does_not_repeat_the_password():
    with pytest.raises(UnsafePassword) as refusal:
        hash_password("secreto")

    assert "secreto" not in str(refusal.value)


@pytest.mark.parametrize(
    "password", [GOOD, "nobody has this password, it only costs the same time"]
)
def test_nobody_is_let_in_where_there_is_no_account(password):
    assert not is_right(password, None)


def test_a_broken_hash_lets_nobody_in():
    assert not is_right(GOOD, "not a hash")


def test_what_is_typed_beyond_the_longest_password_opens_nothing():
    # Only the first 128 characters are hashed, to keep hashing affordable; no password is
    # longer, so a longer text must not pass for the one it begins with.
    longest = of_length(LONGEST)

    assert not is_right(longest + "x", hash_password(longest))


@pytest.mark.parametrize(
    "password",
    [
        "Correct Horse Battery Staple",
        "esta es mi contraseña",
        "1qaz2wsx3edc4rfv",
        "Dios es mi pastor",
    ],
)
def test_what_everybody_tries_first_is_refused_however_it_is_written(password):
    with pytest.raises(UnsafePassword, match="guess"):
        hash_password(password)


@pytest.mark.parametrize(
    "password", ["qwer1234qwer1234", "contraseñacontraseña", "Reunir reunir reunir"]
)
def test_a_word_over_and_over_is_refused(password):
    with pytest.raises(UnsafePassword, match="repeats"):
        hash_password(password)


def test_ones_own_names_are_no_password():
    about = ("reunir", "rosa.martinez@comite.example", "Rosa Martínez")

    with pytest.raises(UnsafePassword, match="guess"):
        hash_password("Rosa Martínez comité 26", about=about)


def test_a_hash_below_todays_cost_is_renewed_and_others_are_not():
    cheap = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(GOOD)

    assert is_right(GOOD, renewed(GOOD, cheap))
    assert renewed(GOOD, hash_password(GOOD)) is None


def test_initials_of_the_holder_do_not_count_against_a_sentence():
    assert hash_password(GOOD, about=("el", "Lu"))


def test_whoever_finds_no_room_to_hash_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE_S", 0)
    monkeypatch.setattr(passwords, "_room", BoundedSemaphore(1))

    # Shown to see: as long as there is room, it is taken and given back.
    assert hash_password(GOOD)
    passwords._room.acquire()  # noqa: SLF001 - somebody else hashes just now
    with pytest.raises(TooManyHashes):
        hash_password(GOOD)
