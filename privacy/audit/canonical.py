"""The bytes that a line's hashes are made of, written independently of the database.

The trigger of migration 0004 says the same in SQL. Both write a JSON array with PostgreSQL's
spaces, so that no field can run over into its neighbour.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from privacy.audit.tree import hash_leaf

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as it stands in the database; `details` as its JSON text."""

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
    concerning: list[str] | None
    salt: bytes | None
    payload_hash: bytes
    leaf_hash: bytes


def leaf_of(line: Line) -> bytes:
    """Hash what `line` says, with its payload by its hash alone."""
    entry = [
        line.position,
        str(line.id),
        _microseconds(line.at),
        _microseconds(line.written_at),
        line.account_id,
        line.role,
        line.institution_id,
        line.deed,
        line.purpose,
        line.payload_hash.hex(),
    ]
    return hash_leaf(_json(entry).encode())


def payload_hash_of(line: Line) -> bytes | None:
    """Hash the payload of `line` with its salt; `None` once the payload was erased."""
    if line.salt is None:
        return None
    payload = f"[{_json(line.about)}, {line.details}, {_json(line.concerning)}]"
    return sha256(line.salt + payload.encode()).digest()


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
