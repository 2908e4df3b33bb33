"""`reunir index-words`: tokens for what was kept before there were any."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database, open_database
from casework.finding.texts import TEXTS, Texts, traits_in
from casework.settings import settings
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.sealing.columns import SealedRow
from privacy.sealing.opening import open_fields
from privacy.tokens.word_keeping import add_words

AT_ONCE = 2000


@click.command("index-words")
def index_words() -> None:
    """Make words and numbers of records that are already kept findable by the search.

    What is written from now on is findable by itself. It may be stopped and run again, while
    everybody works. Example: reunir index-words
    """
    database = open_database(settings())
    for model, kept in index_all(database):
        click.echo(f"{model.__tablename__}: {kept:,} tokens.")


def index_all(database: Database) -> Iterator[tuple[type[Any], int]]:
    """Keep the tokens of every row of each table that records are found by."""
    for model, texts in TEXTS.items():
        last, kept = 0, 0
        while True:
            with database.transaction(KEEPER) as session:
                rows = _rows_after(session, model, last)
                kept += _index(session, texts, rows)
                if not rows:
                    break
                last = rows[-1].id
        yield model, kept


def _rows_after(session: Session, model: type[Any], last: int) -> list[Any]:
    after = sa.select(model).where(model.id > last).order_by(model.id).limit(AT_ONCE)
    return list(session.scalars(after))


def _index(session: Session, texts: Texts, rows: list[Any]) -> int:
    """Open rows as the keeper, who shows nobody anything, and keep what they are found by."""
    if rows and isinstance(rows[0], SealedRow):
        for group in Reveals:
            open_fields(session, rows, group)
    said = (
        (getattr(row, texts.case), *trait)
        for row in rows
        for trait in traits_in(texts, partial(getattr, row), texts.fields)
    )
    return add_words(session, texts.words, said)
