"""Signed roots of the log: what an outsider keeps, to prove later that nothing was changed.

Written as a C2SP tlog-checkpoint, which is a C2SP signed note: the origin, how many lines,
their root in base64, then the time as an extension line, an empty line and the signature.
Other people's tools can read them: https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from privacy.errors import UnreadableCheckpoint

_ED25519 = b"\x01"  # the signature type of the signed-note specification
_SIGNATURE = "\N{EM DASH} "
_TIME = "time "
_HASH_BYTES, _ID_BYTES = 32, 4


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many lines a log had at a moment, and the root over them."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def text(self) -> str:
        """Write what is signed."""
        instant = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{_TIME}{instant}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A log's name and the public half of its key."""

    name: str
    key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """Tell keys apart: the first four bytes of a hash over name and key."""
        named = self.name.encode() + b"\n" + _ED25519 + self.key.public_bytes_raw()
        return sha256(named).digest()[:_ID_BYTES]

    def text(self) -> str:
        """Write the key as signed notes do: `<name>+<key id>+<key>`."""
        key = _base64(_ED25519 + self.key.public_bytes_raw())
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def of(cls, text: str) -> "Verifier":
        """Read a key as `text()` writes it.

        Raises
        ------
        UnreadableCheckpoint
            If it is not one.
        """
        try:
            name, _, key = text.strip().split("+", 2)
            raw = b64decode(key, validate=True)
            found = cls(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
        except ValueError as error:
            raise UnreadableCheckpoint("This is not the public key of a log.") from error
        if found.text() != text.strip():
            raise UnreadableCheckpoint("This public key was changed or cut short.")
        return found


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Write `checkpoint` as a signed note."""
    verifier = Verifier(checkpoint.origin, key.public_key())
    text = checkpoint.text()
    signature = _base64(verifier.key_id + key.sign(text.encode()))
    return f"{text}\n{_SIGNATURE}{checkpoint.origin} {signature}\n"


def read_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Read a signed note, if `verifier`'s key signed it; other signatures may stand beside.

    Raises
    ------
    UnreadableCheckpoint
        If it is cut short, not of this log, not signed by this key, or changed since.
    """
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not note.endswith("\n"):
        raise UnreadableCheckpoint("The file is cut short.")
    _demand_signature(f"{text}\n", signatures, verifier)
    try:
        origin, size, root, time = text.split("\n")
        checkpoint = Checkpoint(
            origin=origin,
            size=int(size),
            root=b64decode(root, validate=True),
            at=datetime.fromisoformat(time.removeprefix(_TIME)),
        )
    except ValueError as error:
        raise UnreadableCheckpoint("What was signed is no checkpoint of ours.") from error
    if origin != verifier.name:
        raise UnreadableCheckpoint(f"It is of another log: {origin}.")
    # What we would write ourselves, byte for byte: one checkpoint has one text.
    if checkpoint.text() != f"{text}\n" or len(checkpoint.root) != _HASH_BYTES:
        raise UnreadableCheckpoint("What was signed is no checkpoint of ours.")
    return checkpoint


def _demand_signature(text: str, signatures: str, verifier: Verifier) -> None:
    beginning = f"{_SIGNATURE}{verifier.name} "
    for line in signatures.splitlines():
        if not line.startswith(beginning):
            continue
        try:
            signature = b64decode(line.removeprefix(beginning), validate=True)
        except binascii.Error as error:
            raise UnreadableCheckpoint("Its signature is cut short.") from error
        if signature[:_ID_BYTES] != verifier.key_id:
            continue
        try:
            verifier.key.verify(signature[_ID_BYTES:], text.encode())
        except InvalidSignature as error:
            raise UnreadableCheckpoint("It was changed after it was signed.") from error
        return
    raise UnreadableCheckpoint("It is not signed with the key that was given.")


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
