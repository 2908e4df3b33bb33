"""Passwords: argon2id hashes, and the rules of NIST SP 800-63B-4 on length and known ones.

There are no rules of composition, nothing expires, and pasting is welcome.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from privacy.errors import TooManyHashes, UnsafePassword

# SP 800-63B-4 section 3.1.1.2: 15 where the password is the only factor. An analyst's is, and
# one rule for everybody is easier to say over the telephone.
SHORTEST = 15
LONGEST = 128  # the same section asks for at least 64; a bound keeps hashing affordable
LONGEST_PIECE = 16  # a word said over and over; a whole sentence said twice is still one
FEWEST_KINDS = 5  # "aaaaaaaaaaaaaaa" is long, and no secret

# docs/adr/0020: 64 MiB, three passes, four lanes. Never below OWASP's floor of 19 MiB, two
# passes, one lane: a hash made there is renewed when its holder next comes in.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)

# Four at a time are 256 MiB. Whoever waits longer than this is asked to come back.
AT_ONCE = 4
PATIENCE_S = 10.0
_room = BoundedSemaphore(AT_ONCE)


@cache
def _nobody() -> str:
    """Hash to verify against when nobody has the given name: it takes as long."""
    return _hasher.hash("nobody has this password, it only costs the same time")


def demand_safe(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Let only a password pass that is a secret; `about` are words of its holder.

    Raises
    ------
    UnsafePassword
        If it is shorter or longer than allowed, repeats itself, or is known to everybody.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UnsafePassword(
            f"A password has {SHORTEST} to {LONGEST} characters; a sentence is easiest."
        )
    plain = _plain(password)
    if len(set(password)) < FEWEST_KINDS or _repeats(plain):
        raise UnsafePassword("This password repeats a few characters; use a sentence.")
    if plain in known_passwords() or _only_says(plain, about):
        raise UnsafePassword("Everybody could guess this password; use a sentence of your own.")


def hash_password(password: str, *, about: tuple[str, ...] = ()) -> str:
    """Hash a new password.

    Raises
    ------
    UnsafePassword
        If it is no secret.
    TooManyHashes
        If there is no room to hash another.
    """
    demand_safe(password, about=about)
    with _one_of_few():
        return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Compare in the same time whether or not there is a hash to compare with.

    Raises
    ------
    TooManyHashes
        If there is no room to hash another.
    """
    with _one_of_few():
        try:
            _hasher.verify(password_hash or _nobody(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    # Cut above only to bound the hashing: what was longer is no password of anybody.
    return password_hash is not None and len(password) <= LONGEST


def renewed(password: str, password_hash: str) -> str | None:
    """Hash a right password anew if its hash costs less than today's; None if it does not."""
    if not _hasher.check_needs_rehash(password_hash):
        return None
    with _one_of_few():
        return _hasher.hash(password)


@cache
def known_passwords() -> frozenset[str]:
    """Read the long passwords that everybody tries first."""
    text = files("privacy").joinpath("known_passwords.txt").read_text("utf-8")
    return frozenset(_plain(line) for line in text.splitlines() if line[:1] not in {"", "#"})


@contextmanager
def _one_of_few() -> Iterator[None]:
    """Hash beside few others only: each hash takes 64 MiB for as long as it lasts."""
    if not _room.acquire(timeout=PATIENCE_S):
        raise TooManyHashes
    try:
        yield
    finally:
        _room.release()


def _plain(password: str) -> str:
    """Read a password as somebody guessing does: no capitals, accents, spaces or signs."""
    decomposed = unicodedata.normalize("NFKD", password.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


def _repeats(plain: str) -> bool:
    """Say whether a text is one piece over and over, as `qwer1234qwer1234` is."""
    return any(
        plain == (plain[:length] * len(plain))[: len(plain)]
        for length in range(1, min(LONGEST_PIECE, len(plain) // 2) + 1)
    )


def _only_says(plain: str, about: tuple[str, ...]) -> bool:
    """Say whether fewer than five characters are left without the holder's own words."""
    left = plain
    words = {_plain(part) for each in about for part in re.split(r"[\s@.]+", each)}
    for word in sorted(words, key=len, reverse=True):
        if len(word) > 2:  # noqa: PLR2004 - initials are in every sentence
            left = left.replace(word, "")
    return len(left) < FEWEST_KINDS
