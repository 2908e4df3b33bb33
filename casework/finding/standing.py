"""What records say now: their tokens follow a correction, and what stood before goes out.

Whoever corrects something writes the new word's token at once, and asks for this as a job:
which other texts still say the old word is seen only with all of the record open, and whoever
writes seldom may open all of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.contacts.model import ContactPoint
from casework.database import Database
from casework.finding.texts import TEXTS, traits_in
from casework.statements.columns import StatementColumns
from casework.statements.picture import replaced_words
from casework.statements.reading import assertions_of
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.sealing.columns import SealedRow
from privacy.sealing.opening import open_fields
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.word_keeping import Said, Words, kept_words, mend_words


def mend_words_of_person(database: Database, case_id: int, at: datetime) -> None:
    """Keep the tokens of what one missing person's file says now, and of nothing else."""
    del at
    with database.transaction(KEEPER) as session:
        mend(session, MissingPersonWord, [case_id])


def mend_words_of_remains(database: Database, case_id: int, at: datetime) -> None:
    """Keep the tokens of what one file of remains says now, and of nothing else."""
    del at
    with database.transaction(KEEPER) as session:
        mend(session, RemainsWord, [case_id])


def mend(session: Session, table: Words, case_ids: Collection[int]) -> int:
    """Bring the tokens of some records in line with their texts, as the keeper; count them.

    The keeper shows nobody anything, and leaves no line in anybody's name.
    """
    kept = kept_words(session, table, case_ids)
    return mend_words(session, table, kept, list(_said_now(session, table, case_ids)))


def _said_now(session: Session, table: Words, case_ids: Collection[int]) -> Iterator[Said]:
    for model, texts in TEXTS.items():
        if texts.words is not table:
            continue
        of_these = sa.select(model).where(getattr(model, texts.case).in_(case_ids))
        rows = session.scalars(of_these.order_by(model.id)).all()
        if rows and isinstance(rows[0], SealedRow):
            for group in Reveals:
                open_fields(session, rows, group)
        gone = _gone_from(rows) if issubclass(model, StatementColumns) else None
        for row in _in_force(model, rows):
            read = partial(getattr, row) if gone is None else partial(_told, gone, row)
            for trait in traits_in(texts, read, texts.fields):
                yield (getattr(row, texts.case), *trait)


def _in_force(model: type[Any], rows: Iterable[Any]) -> Iterable[Any]:
    if model is not ContactPoint:
        return rows
    held = list(rows)
    replaced = {each.replaces_id for each in held}
    return [each for each in held if each.id not in replaced and not each.is_ended]


# Of a statement, the paths that another one replaced or took back.
Gone = dict[int, set[str]]


def _gone_from(rows: Iterable[Any]) -> Gone:
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_case[row.case_id].append(row)
    gone: Gone = defaultdict(set)
    for statements in by_case.values():
        said = [
            each
            for statement in statements
            for group in TEXTS[type(statement)].fields
            for each in assertions_of(statement, Reveals(group), names=False)
        ]
        for path, number in replaced_words(said):
            gone[number].add(path)
    return gone


def _told(gone: Gone, row: Any, group: str) -> dict[str, Any]:
    told: dict[str, Any] = getattr(row, group)
    return {path: each for path, each in told.items() if path not in gone.get(row.id, ())}
