"""Tokens follow the texts: whoever writes a word writes its token, and cannot forget it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from casework.finding.texts import TEXTS, Texts, traits_in
from privacy.sealing.columns import fields_of
from privacy.tokens.word_keeping import Said, Words, add_words


def follow_rows(
    session: Session, model: type[Any], rows: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Write the tokens of rows that go into their table in bulk, still in clear.

    Each is given with the number of the record it belongs to.
    """
    texts = TEXTS.get(model)
    if texts is not None:
        said = (
            (case, group, trait)
            for case, row in rows
            for group, trait in traits_in(texts, row.get, texts.fields)
        )
        add_words(session, texts.words, said)


@event.listens_for(Session, "after_flush")
def _follow(session: Session, _flush: UOWTransaction) -> None:
    said: dict[Words, list[Said]] = {}
    for row in (*session.new, *session.dirty):
        texts = TEXTS.get(type(row))
        if texts is not None:
            found = traits_in(texts, partial(getattr, row), _written(row, texts))
            case = getattr(row, texts.case)
            said.setdefault(texts.words, []).extend((case, *trait) for trait in found)
    for table, each in said.items():
        add_words(session, table, each)


def _written(row: Any, texts: Texts) -> Iterable[str]:
    """Name the fields of a row that this flush wrote; of a sealed one its text is at hand."""
    sealed = {field.name: field.attribute for field in fields_of(type(row))}
    attributes = sa.inspect(row).attrs
    for name in texts.fields:
        if attributes[sealed.get(name, name)].history.has_changes():
            yield name
