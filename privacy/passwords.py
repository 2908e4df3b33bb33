"""Passwords: argon2id hashes, and the length rules of NIST SP 800-63B-4."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from privacy.errors import UnsafePassword

SHORTEST = 15  # SP 800-63B-4 section 3.1.1.2, where the password is the only factor
LONGEST = 128  # the same section asks for at least 64; a bound keeps hashing affordable

# docs/adr/0020: 64 MiB, three passes, four lanes.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


@cache
def _nobody() -> str:
    """Hash to verify against when nobody has the given name: it takes as long."""
    return _hasher.hash("nobody has this password, it only costs the same time")


def hash_password(password: str) -> str:
    """Hash a new password.

    Raises
    ------
    UnsafePassword
        If it is shorter or longer than allowed, or one character repeated.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UnsafePassword(
            f"A password has {SHORTEST} to {LONGEST} characters; a sentence is easiest."
        )
    if len(set(password)) < 5:  # noqa: PLR2004 - "aaaaaaaaaaaaaaa" is long, and no secret
        raise UnsafePassword("This password repeats a few characters; use a sentence.")
    return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Compare in the same time whether or not there is a hash to compare with."""
    try:
        _hasher.verify(password_hash or _nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    # Cut above only to bound the hashing: what was longer is no password of anybody.
    return password_hash is not None and len(password) <= LONGEST
