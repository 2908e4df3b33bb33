"""The file with the key that signs the log's roots: made once, closed to everybody else."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from privacy.audit.checkpoint import Verifier
from privacy.errors import NoSigningKey

_ONLY_OURS = 0o600
_OF_OTHERS = 0o077


def make_signing_key(path: Path, *, name: str) -> bool:
    """Make the key where there is none, and its public half beside it; say whether it did.

    `name` is the log's, which becomes part of the public key.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        # Exclusively: of two that start together, the second must not replace the first's.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    public = path.with_suffix(".pub")
    public.write_text(f"{Verifier(name, key.public_key()).text()}\n", "utf-8")
    return True


def load_signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the key.

    Raises
    ------
    NoSigningKey
        If it is absent, open to others, or not such a key; the message says what to do.
    """
    try:
        found = path.stat()
        pem = path.read_bytes()
    except OSError as error:
        raise NoSigningKey(
            f"The key that signs the log's roots cannot be read: {path} ({error.strerror}). "
            "Put it back from its back-up; only for a new registry make it: reunir migrate."
        ) from error
    if found.st_mode & _OF_OTHERS:
        raise NoSigningKey(
            f"The key {path} is open to others on this machine. Close it (chmod 600) and ask "
            "whether somebody may have copied it."
        )
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NoSigningKey(
            f"{path} holds no key, or a damaged one. Put it back from its back-up."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoSigningKey(f"{path} holds another kind of key. Put back the right one.")
    return key
