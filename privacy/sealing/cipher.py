"""AES-256-GCM for one field: bound to its table, its row, its column and its key's version.

A ciphertext moved to another row or column does not open there. Layout of a sealed value:
one byte with the version of the data key, twelve of nonce, then the ciphertext and its tag.
"""

import os
from collections.abc import Callable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import BrokenSeal, NonceRepeated

KEY_VERSION = 1
NONCE_BYTES = 12
KEY_BYTES = 32
_TAG_BYTES = 16
_SHORTEST = 1 + NONCE_BYTES + _TAG_BYTES
_BLOCK = 32

Key = bytes | bytearray


class Ciphertext(bytes):
    """Bytes that sealing made: the only ones that a sealed column takes."""

    __slots__ = ()


class Nonces:
    """Draws the numbers that GCM must never see twice under one key."""

    def __init__(self, draw: Callable[[int], bytes] = os.urandom) -> None:
        self._draw = draw
        self._given: set[bytes] = set()

    def one(self) -> bytes:
        """Draw a nonce.

        Raises
        ------
        NonceRepeated
            If the machine's source of chance repeats itself: nothing may be sealed with it.
        """
        nonce = self._draw(NONCE_BYTES)
        if nonce in self._given or len(nonce) != NONCE_BYTES:
            raise NonceRepeated
        self._given.add(nonce)
        return nonce


def place_of(table: str, row: UUID, column: str, version: int = KEY_VERSION) -> bytes:
    """Say where a sealed value belongs; it opens nowhere else."""
    return f"{table}|{row}|{column}|{version}".encode()


def new_key() -> bytearray:
    """Draw a key; as an array, which can be overwritten when it is no longer needed."""
    return bytearray(os.urandom(KEY_BYTES))


def seal(key: Key, clear: bytes, place: bytes, nonces: Nonces) -> Ciphertext:
    """Seal a value for its place."""
    nonce = nonces.one()
    return Ciphertext(bytes([KEY_VERSION]) + nonce + AESGCM(key).encrypt(nonce, clear, place))


def unseal(key: Key, sealed: bytes, place: bytes) -> bytes:
    """Open a value at its place.

    Raises
    ------
    BrokenSeal
        If it was changed, cut short, moved here from elsewhere, or sealed with another key.
    """
    if len(sealed) < _SHORTEST or sealed[0] != KEY_VERSION:
        raise BrokenSeal(place.decode())
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, place)
    except InvalidTag as error:
        raise BrokenSeal(place.decode()) from error


def padded(clear: bytes) -> bytes:
    """Round the length up, so that a sealed name does not tell how long it is."""
    marked = clear + b"\x80"
    return marked + b"\x00" * (-len(marked) % _BLOCK)


def unpadded(padded_text: bytes) -> bytes:
    """Take off what `padded` put on.

    Raises
    ------
    BrokenSeal
        If it was never padded.
    """
    clear, mark, _ = padded_text.rpartition(b"\x80")
    if not mark:
        raise BrokenSeal("padding")
    return clear
