"""Erasing a case: its key is destroyed, here and in every back-up that is ever restored.

The list of the erased stands with the wrapping keys, outside the database. It is written
before anything else, so that an interruption leaves a case erased rather than half kept.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.errors import KeysUnavailable
from privacy.model import Base
from privacy.sealing.columns import SealedRow, fields_of
from privacy.sealing.keyring import sealing_of
from privacy.sealing.model import DataKey
from privacy.tokens.following import FoundByTokens
from privacy.tokens.keeping import forget
from privacy.tokens.word_keeping import KEYS, Words, forget_words

_TABLE = cast("sa.Table", DataKey.__table__)


def destroy_key(session: Session, case: UUID, *, at: datetime) -> None:
    """Destroy the key of one case and empty what it sealed; there is no way back.

    Raises
    ------
    KeysUnavailable
        If the list of the erased cannot be written. Nothing is erased then.
    """
    sealing_of(session).provider.destroy(case, at=at)
    _empty(session, {case}, at)


def reapply_erasures(session: Session, *, at: datetime) -> frozenset[UUID]:
    """Erase again what a restored back-up brought back; name the cases.

    Raises
    ------
    KeysUnavailable
        If the list is older than the database: then it is not known who must stay erased.
    """
    listed = sealing_of(session).provider.destroyed()
    kept = set(session.scalars(sa.select(_TABLE.c.case_seal_id)))
    gone = sa.select(_TABLE.c.case_seal_id).where(_TABLE.c.destroyed_at.is_not(None))
    erased_here = set(session.scalars(gone))
    if not erased_here <= listed:
        raise KeysUnavailable(
            "The list of erased cases beside the keys is older than the database: put back the "
            "newest one (docs/how-to/keep-the-keys.md). Nobody is served until then, because "
            "an erased case could come back."
        )
    again = (listed & kept) - erased_here
    if again:
        _empty(session, again, at)
    return frozenset(again)


def _empty(session: Session, cases: Collection[UUID], at: datetime) -> None:
    session.flush()
    session.execute(
        sa.update(_TABLE)
        .where(_TABLE.c.case_seal_id.in_(cases), _TABLE.c.destroyed_at.is_(None))
        .values(wrapped=b"", destroyed_at=at)
    )
    for statement in _emptyings(cases):
        session.execute(statement)
    for found in _found_by_tokens(cases):
        forget(session, session.scalars(found).all())
    for words in KEYS:
        forget_words(session, words, _records_of(words, cases))
    session.expire_all()


def _emptyings(cases: Collection[UUID]) -> Iterator[sa.Update]:
    """Empty every sealed column of the cases and of what hangs on them."""
    for mapper in Base.registry.mappers:
        model: Any = mapper.class_
        if not issubclass(model, SealedRow) or not fields_of(model):
            continue
        nothing = dict.fromkeys((field.name for field in fields_of(model)), None)
        table = cast("sa.Table", mapper.local_table)
        yield sa.update(table).where(_belongs_to(model, cases)).values(nothing)


def _found_by_tokens(cases: Collection[UUID]) -> Iterator[sa.Select[Any]]:
    """Find the numbers of the cases whose names have blind tokens."""
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, FoundByTokens):
            case = mapper.relationships["case"].mapper.local_table
            yield sa.select(case.c.id).where(case.c.seal_id.in_(cases))


def _records_of(words: Words, cases: Collection[UUID]) -> sa.Select[Any]:
    """Find the numbers of the erased records whose words have blind tokens."""
    record = next(iter(words.__table__.c.case_id.foreign_keys)).column.table
    return sa.select(record.c.id).where(record.c.seal_id.in_(cases))


def _belongs_to(model: Any, cases: Collection[UUID]) -> sa.ColumnElement[bool]:
    if not model.case_of_key:
        return model.__table__.c.seal_id.in_(cases)  # type: ignore[no-any-return]
    link = sa.inspect(model).relationships[model.case_of_key]
    (part_side, case_side), *_ = link.local_remote_pairs
    case = link.mapper.local_table
    erased = sa.select(case_side).where(case.c.seal_id.in_(cases))
    return part_side.in_(erased)  # type: ignore[no-any-return]
