"""Keys in a local file, for one machine without a key server.

The folder holds every version of the wrapping key and the list of erased cases. It stands
outside the database's folder, and is backed up apart from the database: whoever has both
back-ups reads everything, whoever has one reads nothing.
"""

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import KeyDestroyed, KeysUnavailable, WrongKeys
from privacy.sealing.cipher import KEY_BYTES, NONCE_BYTES, Nonces, new_key
from privacy.sealing.providers import Wrapped, binding_of

KEYS, ERASED = "sealing-keys.json", "erased.txt"
_ONLY_OURS, _OURS_TO_ENTER = 0o600, 0o700
_OF_OTHERS = 0o077
_PUT_BACK = "Put it back from the back-up of the keys (docs/how-to/keep-the-keys.md)."
_FORMAT = "reunir sealing keys 1"


class FileKeys:
    """The keys of one folder, read again whenever its file changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._nonces = Nonces()
        self._read: tuple[Any, dict[int, bytes]] = (None, {})
        self._erased: tuple[Any, frozenset[UUID]] = (None, frozenset())

    def newest(self) -> int:
        return max(self._keys())

    def versions(self) -> frozenset[int]:
        return frozenset(self._keys())

    def wrap(self, keys: Mapping[UUID, bytes | bytearray]) -> dict[UUID, Wrapped]:
        """Wrap many keys with the newest version."""
        known = self._keys()
        version = max(known)
        cipher = AESGCM(known[version])
        wrapped = {}
        for case, key in keys.items():
            nonce = self._nonces.one()
            sealed = nonce + cipher.encrypt(nonce, bytes(key), binding_of(case))
            wrapped[case] = Wrapped(sealed, version)
        return wrapped

    def unwrap(self, wrapped: Mapping[UUID, Wrapped]) -> dict[UUID, bytearray]:
        """Unwrap many keys, none of an erased case."""
        if not self.destroyed().isdisjoint(wrapped):
            raise KeyDestroyed
        ciphers = {version: AESGCM(key) for version, key in self._keys().items()}
        return {case: _unwrapped(case, each, ciphers) for case, each in wrapped.items()}

    def rotate(self) -> int:
        """Make a new version and write it down before anything is wrapped with it."""
        with self._alone():
            known = self._keys()
            version = max(known) + 1
            _write_keys(self.folder, {**known, version: bytes(new_key())})
        return version

    def retire(self, version: int) -> None:
        """Forget an older version for ever."""
        with self._alone():
            known = self._keys()
            if version == max(known):
                raise KeysUnavailable("The newest key cannot be retired: rotate first.")
            _write_keys(self.folder, {v: key for v, key in known.items() if v != version})

    def destroy(self, case: UUID, *, at: datetime) -> None:
        """Write the case down as erased, and see that the disk has it."""
        if case in self.destroyed():
            return
        with self._alone(), (self.folder / ERASED).open("a", encoding="utf-8") as file:
            file.write(f"{case} {at.isoformat()}\n")
            file.flush()
            os.fsync(file.fileno())

    def destroyed(self) -> frozenset[UUID]:
        path = self.folder / ERASED
        found = _closed_to_others(path)
        if found != self._erased[0]:
            self._erased = found, _read_erased(path)
        return self._erased[1]

    def _keys(self) -> dict[int, bytes]:
        path = self.folder / KEYS
        found = _closed_to_others(path)
        if found != self._read[0]:
            self._read = found, _read_keys(path)
        return self._read[1]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process change the folder meanwhile."""
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, _ONLY_OURS)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def make_key_file(folder: Path) -> bool:
    """Make the first key and an empty list of erasures; say whether there was none.

    Only for a registry that has sealed nothing yet: see `casework.sealing_keys`.
    """
    folder.mkdir(mode=_OURS_TO_ENTER, parents=True, exist_ok=True)
    if (folder / KEYS).exists():
        return False
    if not (folder / ERASED).exists():
        _write(folder / ERASED, "")
    _write_keys(folder, {1: bytes(new_key())})
    return True


def _unwrapped(case: UUID, wrapped: Wrapped, ciphers: Mapping[int, AESGCM]) -> bytearray:
    cipher = ciphers.get(wrapped.version)
    if cipher is None:
        raise WrongKeys(
            f"A key of the database was wrapped by version {wrapped.version}, which the key "
            "file does not hold. Put back a key file that has it, or restore a younger back-up."
        )
    nonce, sealed = wrapped.sealed[:NONCE_BYTES], wrapped.sealed[NONCE_BYTES:]
    try:
        return bytearray(cipher.decrypt(nonce, sealed, binding_of(case)))
    except (InvalidTag, ValueError) as error:
        raise WrongKeys(
            "The key file does not belong to this database, or a wrapped key was changed. "
            "Put back the key file that was in use when the database was written."
        ) from error


def _closed_to_others(path: Path) -> tuple[int, int, int]:
    """Give what changes when a file does; refuse one that others may read."""
    try:
        found = path.stat()
    except OSError as error:
        raise KeysUnavailable(
            f"{path} cannot be read: {error.strerror}. {_PUT_BACK}"
        ) from error
    if found.st_mode & _OF_OTHERS:
        raise KeysUnavailable(
            f"{path} is open to others on this machine. Close it (chmod 600) and ask whether "
            "somebody may have copied it; if so, rotate: reunir keys rotate."
        )
    return found.st_mtime_ns, found.st_ino, found.st_size


def _read_keys(path: Path) -> dict[int, bytes]:
    try:
        written = json.loads(path.read_text("utf-8"))
        keys = {int(v): b64decode(key, validate=True) for v, key in written["keys"].items()}
        lengths = set(map(len, keys.values()))
    except OSError as error:
        raise KeysUnavailable(
            f"{path} cannot be read: {error.strerror}. {_PUT_BACK}"
        ) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise KeysUnavailable(f"{path} is damaged. {_PUT_BACK}") from error
    if written.get("format") != _FORMAT or lengths != {KEY_BYTES}:
        raise KeysUnavailable(f"{path} is damaged. {_PUT_BACK}")
    return keys


def _read_erased(path: Path) -> frozenset[UUID]:
    text = path.read_text("utf-8", errors="replace")
    lines = text.splitlines()
    try:
        erased = frozenset(UUID(line.split(" ")[0]) for line in lines)
    except ValueError as error:
        raise KeysUnavailable(f"The list of erased cases is damaged. {_PUT_BACK}") from error
    if text and not text.endswith("\n"):
        raise KeysUnavailable(f"The list of erased cases was cut short. {_PUT_BACK}")
    return erased


def _write_keys(folder: Path, keys: Mapping[int, bytes]) -> None:
    written = {
        "format": _FORMAT,
        "keys": {str(version): b64encode(key).decode() for version, key in keys.items()},
    }
    _write(folder / KEYS, json.dumps(written, indent=1))


def _write(path: Path, text: str) -> None:
    """Put a file in place whole or not at all, closed to others from its first byte."""
    half = path.with_suffix(".new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OURS)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
