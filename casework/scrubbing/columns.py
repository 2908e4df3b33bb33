"""What becomes of one value in the copy: kept, moved, invented or dropped.

Kept is only what is named here, or what by its type can say nothing of one person: a code, a
flag, a number of ours. A column that is added later is dropped or invented until somebody
names it.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from casework.references import ALPHABET
from privacy.sealing.columns import SealedBytes

# Text that says nothing of anybody: versions of ours, codes, words of the ledger.
KEPT = frozenset(
    {
        *("form_version", "dataset_version", "data_category", "purpose", "recipient"),
        *("language", "model_name", "model_version", "model_hash", "inputs_hash"),
        *("prior_basis", "owner_country", "country", "legal_basis", "decision"),
    }
)
# Text by which rows belong together: another word, and the same one for the same.
TIES = frozenset({"group_key", "incident_key", "origin_record_id"})
_CODE = re.compile(r"[A-Z]{2}")
_DAYS, _DEGREES, _SHARE = 180, 2.0, 0.1
INVENTED = "texto inventado"


@dataclass(frozen=True, slots=True)
class Scrubber:
    """One scrubbing: its key ties what belonged together and is thrown away at the end."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def row(
        self, table: sa.Table, row: Mapping[str, Any], kept: frozenset[str]
    ) -> dict[str, Any]:
        """Scrub one row; `kept` names the tables that are in the copy."""
        case = row.get("case_id") or row.get("missing_person_id") or row.get("id") or 0
        return {
            column.name: self._value(column, row[column.name], (table.name, case), kept)
            for column in table.columns
        }

    def _value(
        self, column: sa.Column[Any], value: Any, case: tuple[str, Any], kept: frozenset[str]
    ) -> Any:
        sealed = isinstance(column.type, SealedBytes)
        if value is None or sealed or _points_outside(column, kept):
            return None
        told: Any = b""
        match value:
            case Enum() | bool() | int():
                told = value
            case UUID():
                told = uuid4()
            case date():
                told = value + timedelta(days=round(self._moved(case, "day") * _DAYS))
            case float():
                told = self._number(column.name, value, case)
            case str():
                told = self._text(column, value)
            case list():
                told = [each for each in value if _CODE.fullmatch(str(each))]
            case dict():
                told = value if column.name == "weights" else {}
        return told

    def _number(self, name: str, value: float, case: tuple[str, Any]) -> float:
        if name in {"lat", "lon"}:
            return value + self._moved(case, name) * _DEGREES
        if name in {"log10_lr", "posterior", "prior", "expected_true_matches"}:
            return value
        # One share for a whole record, so that no range is turned round.
        return value * (1 + self._moved(case, "share") * _SHARE)

    def _text(self, column: sa.Column[Any], value: str) -> str:
        name = column.name
        if name in KEPT or value == "":
            return value
        if name == "reference":
            return f"{value[:3]}{self._drawn(value, 4)}-{self._drawn(value + '-', 4)}"
        if name == "record_id":
            return f"scrubbed.invalid/{uuid4()}"
        if name in TIES or column.unique:
            return self._tied(value)
        # Ours are all ASCII hex; of nobody's words is a hash kept, which could be guessed at.
        return "" if name.endswith(("hash", "sha256")) else INVENTED

    def _tied(self, value: str) -> str:
        return hmac.new(self.key, value.encode(), hashlib.sha256).hexdigest()[:16]

    def _drawn(self, value: str, letters: int) -> str:
        made = hmac.new(self.key, value.encode(), hashlib.sha256).digest()
        return "".join(ALPHABET[each % len(ALPHABET)] for each in made[:letters])

    def _moved(self, case: tuple[str, Any], what: str) -> float:
        """Give one number between -1 and 1 for each case and kind of move."""
        text = f"{case[1]}:{what}".encode()
        made = hmac.new(self.key, text, hashlib.sha256).digest()
        return int.from_bytes(made[:6], "big") / 2**47 - 1


def _points_outside(column: sa.Column[Any], kept: frozenset[str]) -> bool:
    return any(key.column.table.name not in kept for key in column.foreign_keys)
