"""What holds the keys that wrap the keys of cases, outside the database and its back-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A case's key as the database keeps it: useless without the version that wrapped it."""

    sealed: bytes
    version: int


class KeyProvider(Protocol):
    """Wraps and unwraps the keys of cases, and remembers which were destroyed.

    Every method raises `KeysUnavailable` when the keys cannot be had, with a sentence that
    says what to do. None ever makes a key because one is missing.
    """

    def newest(self) -> int:
        """Give the version that wraps now."""

    def wrap(self, keys: Mapping[UUID, bytes | bytearray]) -> dict[UUID, Wrapped]:
        """Wrap many keys with the newest version, each bound to its case."""

    def unwrap(self, wrapped: Mapping[UUID, Wrapped]) -> dict[UUID, bytearray]:
        """Unwrap many keys.

        Raises
        ------
        KeyDestroyed
            If one of the cases was erased.
        WrongKeys
            If one was wrapped by another key, for another case, or was changed.
        """

    def rotate(self) -> int:
        """Make a new version, which wraps from now on; give its number."""

    def retire(self, version: int) -> None:
        """Forget a version for ever. What only it wrapped, also in old back-ups, is gone."""

    def versions(self) -> frozenset[int]:
        """Name the versions that can still unwrap."""

    def destroy(self, case: UUID, *, at: datetime) -> None:
        """Put a case on the list of the erased, which no restored back-up undoes."""

    def destroyed(self) -> frozenset[UUID]:
        """Name the cases that were erased."""


def binding_of(case: UUID) -> bytes:
    """Say whose key a wrapped key is; it unwraps for no other case."""
    return f"data_key|{case}".encode()
