"""Seals what was set, just before the session writes it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from privacy.sealing.cipher import Ciphertext, place_of, seal
from privacy.sealing.columns import SealedField, SealedRow, case_of, fields_of
from privacy.sealing.keyring import Keyring, keys_of

Waiting = tuple[SealedRow, list[SealedField[object]]]


@event.listens_for(Session, "before_flush")
def _seal_what_waits(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    waiting = list(_waiting_of({*session.new, *session.dirty}))
    if not waiting:
        return
    cases = {id(row): case_of(row).bind() for row, _ in waiting}
    keyring = keys_of(session)
    keyring.to_seal(cases.values())
    for row, fields in waiting:
        _seal_row(keyring, cases[id(row)], row, fields)


def _waiting_of(rows: Iterable[object]) -> Iterable[Waiting]:
    for row in rows:
        if isinstance(row, SealedRow):
            fields = [field for field in fields_of(type(row)) if field.is_waiting(row)]
            if fields:
                yield row, fields


def _seal_row(
    keyring: Keyring, case: UUID, row: SealedRow, fields: list[SealedField[object]]
) -> None:
    key = keyring.to_seal([case])[case]
    table = row.__table__.name  # type: ignore[attr-defined]
    for field in fields:
        place = place_of(table, row.bind(), field.name)
        clear = field.kind.write(getattr(row, field.name))
        sealed: Ciphertext = seal(key, clear, place, keyring.nonces)
        field.put_sealed(row, sealed)
