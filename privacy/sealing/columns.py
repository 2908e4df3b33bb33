"""Sealed columns: set in clear, stored sealed, readable only after somebody opened them.

A class declares `names = sealed(reveals=…)`. The database's column of that name holds bytes;
the mapped attribute of those bytes is `<name>_sealed`. What was set is sealed when the session
flushes (`privacy.sealing.flushing`); what was loaded is opened by `privacy.sealing.opening`.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, overload
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, object_session

from privacy.errors import NotSealed, StillSealed
from privacy.model import Reveals, column
from privacy.permissions import Permission
from privacy.sealing.cipher import Ciphertext, padded, unpadded

T = TypeVar("T")
_SUFFIX = "_sealed"
_OPENED, _WAITING = "_opened_fields", "_waiting_fields"
# Stands in the mapped attribute from the setting to the flush; no column takes it.
_TO_BE_SEALED = b"to be sealed"


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How a value becomes bytes and back, and what stands for nothing said."""

    write: Callable[[T], bytes]
    read: Callable[[bytes], T]
    empty: Callable[[], T]


def _as_json(value: Any) -> bytes:
    return padded(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


TEXT: Kind[str] = Kind(
    lambda text: padded(text.encode()), lambda raw: unpadded(raw).decode(), str
)
JSON: Kind[dict[str, Any]] = Kind(_as_json, lambda raw: json.loads(unpadded(raw)), dict)
JSON_LIST: Kind[list[Any]] = Kind(_as_json, lambda raw: json.loads(unpadded(raw)), list)
BYTES: Kind[bytes] = Kind(bytes, bytes, bytes)


class SealedBytes(sa.types.TypeDecorator[bytes]):
    """A column that takes nothing but what sealing made."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: sa.Dialect) -> bytes | None:
        """Refuse clear text on its way to the database, by whatever way it comes."""
        del dialect
        if value is not None and not isinstance(value, Ciphertext):
            raise NotSealed
        return value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> bytes | None:
        del dialect
        return None if value is None else Ciphertext(value)


class SealedField(Generic[T]):
    """One sealed attribute of a mapped class."""

    def __init__(self, kind: Kind[T], reveals: Reveals, *, deferred: bool) -> None:
        self.kind, self.reveals, self._deferred = kind, reveals, deferred
        self.name = ""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.name = name
        mapped = column(
            name, SealedBytes, nullable=True, reveals=self.reveals, deferred=self._deferred
        )
        setattr(owner, self.attribute, mapped)

    @property
    def attribute(self) -> str:
        """Name the mapped attribute that holds the sealed bytes."""
        return self.name + _SUFFIX

    @overload
    def __get__(self, row: None, owner: type[Any]) -> "SealedField[T]": ...
    @overload
    def __get__(self, row: object, owner: type[Any]) -> T: ...
    def __get__(self, row: object | None, owner: type[Any]) -> "SealedField[T] | T":
        if row is None:
            return self
        sealed = getattr(row, self.attribute)
        if not sealed:
            return self.kind.empty()
        waiting: dict[str, T] = row.__dict__.get(_WAITING, {})
        if sealed is _TO_BE_SEALED:
            return waiting[self.name]
        opened = row.__dict__.get(_OPENED, {}).get(self.name)
        # Opened values hold for the very bytes they came from: a reloaded row is sealed again.
        if opened is None or opened[0] is not sealed:
            raise StillSealed(f"{type(row).__name__}.{self.name}")
        value: T = opened[1]
        return value

    def __set__(self, row: object, value: T) -> None:
        if not value:
            setattr(row, self.attribute, None)
            return
        row.__dict__.setdefault(_WAITING, {})[self.name] = value
        setattr(row, self.attribute, _TO_BE_SEALED)

    def is_waiting(self, row: object) -> bool:
        """Say whether clear text waits to be sealed."""
        return row.__dict__.get(self.attribute) is _TO_BE_SEALED

    def put_sealed(self, row: object, sealed: Ciphertext) -> None:
        """Put the sealed bytes in the place of the text that waited for them."""
        value = row.__dict__[_WAITING].pop(self.name)
        setattr(row, self.attribute, sealed)
        row.__dict__.setdefault(_OPENED, {})[self.name] = (sealed, value)

    def put_opened(self, row: object, raw: bytes | None) -> None:
        """Make the value readable; `None` is of an erased case and reads as nothing."""
        value = self.kind.empty() if raw is None else self.kind.read(raw)
        opened = row.__dict__.setdefault(_OPENED, {})
        opened[self.name] = (getattr(row, self.attribute), value)


@overload
def sealed(*, reveals: Reveals, deferred: bool = ...) -> SealedField[str]: ...
@overload
def sealed(*, reveals: Reveals, kind: Kind[T], deferred: bool = ...) -> SealedField[T]: ...
def sealed(
    *, reveals: Reveals, kind: Kind[Any] = TEXT, deferred: bool = False
) -> SealedField[Any]:
    """Declare a sealed column together with what it reveals."""
    return SealedField(kind, reveals, deferred=deferred)


class SealedRow:
    """A row with sealed columns. A case has its key; a part is sealed with its case's."""

    # Name of the relationship to the case; empty for a case itself.
    case_of_key: ClassVar[str] = ""
    # For a case: what opens each group of its fields and of its parts'.
    opened_by: ClassVar[Mapping[Reveals, Permission]] = {}

    # Client-made, so that a value can be bound to its row before the row is written.
    seal_id: Mapped[UUID] = column(default=uuid4, unique=True, reveals=Reveals.NOTHING)

    def bind(self) -> UUID:
        """Give the number to which this row's values are bound."""
        bound: UUID | None = self.seal_id
        if bound is None:
            bound = self.seal_id = uuid4()
        return bound


def case_of(row: SealedRow) -> Any:
    """Give the case with whose key a row is sealed: itself, or what it is part of."""
    if not row.case_of_key:
        return row
    return getattr(row, row.case_of_key) or _case_by_key(row)


def _case_by_key(row: SealedRow) -> Any:
    """Find the case of a new part that was given its number instead of itself."""
    link = sa.inspect(type(row)).relationships[row.case_of_key]
    (column_here, _), *_ = link.local_remote_pairs
    number = getattr(row, sa.inspect(type(row)).get_property_by_column(column_here).key)
    session = object_session(row)
    case = session.get(link.mapper.class_, number) if session and number else None
    if case is None:
        raise NotSealed(f"{type(row).__name__}: of no case")
    return case


def fields_of(model: type[Any]) -> tuple[SealedField[Any], ...]:
    """List the sealed fields of a class."""
    found = _FIELDS.get(model)
    if found is None:
        found = _FIELDS[model] = tuple(_fields(model))
    return found


_FIELDS: dict[type[Any], tuple[SealedField[Any], ...]] = {}


def _fields(model: type[Any]) -> Iterator[SealedField[Any]]:
    seen = set()
    for each in model.__mro__:
        for name, value in vars(each).items():
            if isinstance(value, SealedField) and name not in seen:
                seen.add(name)
                yield value
