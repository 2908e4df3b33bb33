"""Sealing and opening plain rows of a table, thousands at a time, without objects.

For imports and matching runs only: nobody is asked here and nothing is logged, so a test names
the modules that may use it (`tests/architecture/test_who_opens.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from privacy.sealing.cipher import place_of, seal, unseal
from privacy.sealing.columns import SealedField, fields_of
from privacy.sealing.keyring import keys_of

Row = dict[str, Any]


def seal_cases(session: Session, model: type[Any], rows: Sequence[Row]) -> None:
    """Seal the rows of new cases in place, each with a key of its own."""
    for row in rows:
        row.setdefault("seal_id", uuid4())
    keys_of(session).make([row["seal_id"] for row in rows])
    seal_parts(session, model, [(row["seal_id"], row) for row in rows])


def seal_parts(session: Session, model: type[Any], rows: Sequence[tuple[UUID, Row]]) -> None:
    """Seal rows in place, each with the key of the case named beside it."""
    keyring = keys_of(session)
    keys = keyring.to_seal({case for case, _ in rows})
    table = model.__table__.name
    for case, row in rows:
        bound = row.setdefault("seal_id", uuid4())
        for field in fields_of(model):
            value = row.get(field.name)
            place = place_of(table, bound, field.name)
            row[field.name] = (
                seal(keys[case], field.kind.write(value), place, keyring.nonces)
                if value
                else None
            )


def open_plain(
    session: Session, model: type[Any], name: str, rows: Iterable[tuple[UUID, UUID, bytes]]
) -> list[Any]:
    """Open one column of many rows, each given as its case, its own number and its bytes."""
    rows = list(rows)
    keys = keys_of(session).to_open({case for case, _, sealed in rows if sealed})
    field = next(each for each in fields_of(model) if each.name == name)
    return [_opened(keys, model.__table__.name, field, row) for row in rows]


def _opened(
    keys: Mapping[UUID, bytearray],
    table: str,
    field: SealedField[Any],
    row: tuple[UUID, UUID, bytes],
) -> Any:
    case, bound, sealed = row
    # An erased case has no key, and says nothing.
    if not sealed or case not in keys:
        return field.kind.empty()
    place = place_of(table, bound, field.name)
    return field.kind.read(unseal(keys[case], sealed, place))
