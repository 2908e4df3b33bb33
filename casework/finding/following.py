"""Tokens follow the texts: whoever writes a word writes its token, and cannot forget it.

What a correction replaced is taken out by a job (`casework.finding.standing`), asked for in
the same transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from casework.finding.texts import TEXTS, Texts, traits_in
from casework.jobs.at_commit import ask_at_commit
from casework.statements.columns import StatementColumns
from privacy.sealing.columns import fields_of
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.word_keeping import Said, Words, add_words

# Which job takes out what a correction replaced.
MENDS: Mapping[Words, str] = {
    MissingPersonWord: "mend_words_of_person",
    RemainsWord: "mend_words_of_remains",
}


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


def outdate(session: Session, model: type[Any], case_id: int) -> None:
    """Say that texts of a record were replaced past the session, as an import does in bulk."""
    texts = TEXTS.get(model)
    if texts is not None:
        ask_at_commit(session, MENDS[texts.words], case_id)


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
    for words, case in set(_outdated(session)):
        ask_at_commit(session, MENDS[words], case)


def _outdated(session: Session) -> Iterator[tuple[Words, int]]:
    """Name the records of which some text stands no more after this flush."""
    gone = set(session.deleted)
    for row in (*session.new, *session.dirty, *gone):
        texts = TEXTS.get(type(row))
        if texts is None:
            continue
        is_new = row in session.new
        if row in gone or (_replaces(row) if is_new else _had_words(row, texts)):
            yield texts.words, getattr(row, texts.case)


def _replaces(row: Any) -> bool:
    """Say whether a new row takes the place of what another one says."""
    if isinstance(row, StatementColumns):
        told = (each for group in _groups(row) for each in getattr(row, group).values())
        return any(each.get("replaces") or each.get("undoes") for each in told)
    return getattr(row, "replaces_id", None) is not None


def _had_words(row: Any, texts: Texts) -> bool:
    """Say whether a field that was written said something before."""
    sealed = {field.name: field.attribute for field in fields_of(type(row))}
    attributes = sa.inspect(row).attrs
    return any(
        any(attributes[sealed.get(name, name)].history.deleted) for name in _written(row, texts)
    )


def _groups(row: Any) -> Iterable[str]:
    return TEXTS[type(row)].fields


def _written(row: Any, texts: Texts) -> Iterable[str]:
    """Name the fields of a row that this flush wrote; of a sealed one its text is at hand."""
    sealed = {field.name: field.attribute for field in fields_of(type(row))}
    attributes = sa.inspect(row).attrs
    for name in texts.fields:
        if attributes[sealed.get(name, name)].history.has_changes():
            yield name
