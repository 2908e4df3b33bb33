"""`reunir index-words`: tokens for what was kept before there were any, and of nothing else."""

from collections.abc import Iterator

import click
import sqlalchemy as sa

from casework.database import Database, open_database
from casework.finding.standing import mend
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.settings import settings
from privacy.permissions import KEEPER
from privacy.tokens.model import MissingPersonWord, RemainsWord
from privacy.tokens.word_keeping import Words

AT_ONCE = 500
RECORDS: tuple[tuple[type[MissingPerson] | type[Remains], Words], ...] = (
    (MissingPerson, MissingPersonWord),
    (Remains, RemainsWord),
)


@click.command("index-words")
def index_words() -> None:
    """Make words and numbers of records that are already kept findable by the search.

    What is written from now on is findable by itself. Words that a correction replaced are
    taken out. It may be stopped and run again, while everybody works.
    Example: reunir index-words
    """
    database = open_database(settings())
    for table, kept in index_all(database):
        click.echo(f"{table.__tablename__}: {kept:,} tokens.")


def index_all(database: Database) -> Iterator[tuple[Words, int]]:
    """Keep the tokens of every record, and of what it says now alone."""
    for record, table in RECORDS:
        last, kept = 0, 0
        while True:
            with database.transaction(KEEPER) as session:
                after = sa.select(record.id).where(record.id > last).order_by(record.id)
                cases = session.scalars(after.limit(AT_ONCE)).all()
                kept += mend(session, table, cases)
            if not cases:
                break
            last = cases[-1]
        yield table, kept
