"""The bytes that a line's hashes are made of, written independently of the database.

The trigger of migration 0004 says the same in SQL. Both write a JSON array with PostgreSQL's
spaces, so that no field can run over into its neighbour.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from uuid import UUID

from privacy.audit.tree import hash_leaf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it stands in the database; the two lists as their JSON text."""

    position: int
    id: UUID
    at: datetime
    written_at: datetime
    account_id: int
    role: str
    institution_id: int
    deed: str
    purpose: str
    about: str | None
    details: str
    concerning: str | None
    salt: bytes | None
    payload_hash: bytes
    leaf_hash: bytes


def leaf_of(line: Line) -> bytes:
    """Hash what `line` says, with its payload by its hash alone."""
    entry = (
        f'[{line.position}, "{line.id}", {_microseconds(line.at)}, '
        f"{_microseconds(line.written_at)}, {line.account_id}, {_quoted(line.role)}, "
        f"{line.institution_id}, {_quoted(line.deed)}, {_quoted(line.purpose)}, "
        f'"{line.payload_hash.hex()}"]'
    )
    return hash_leaf(entry.encode())


def payload_hash_of(line: Line) -> bytes | None:
    """Hash the payload of `line` with its salt; `None` once the payload was erased."""
    if line.salt is None:
        return None
    about = "null" if line.about is None else _quoted(line.about)
    payload = f"[{about}, {line.details}, {line.concerning or 'null'}]"
    return sha256(line.salt + payload.encode()).digest()


def _microseconds(instant: datetime) -> int:
    since = instant - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
