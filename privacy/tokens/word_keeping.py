"""Keeping the tokens of a record's words and numbers, and reading which ones it has."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from privacy.model import Reveals
from privacy.sealing.keyring import keys_of
from privacy.tokens.blind import token
from privacy.tokens.keeping import AT_ONCE
from privacy.tokens.model import MissingPersonWord, RemainsWord

Words = type[MissingPersonWord] | type[RemainsWord]
# One key for each table: that two records share a word cannot be seen across them.
KEYS: Mapping[Words, str] = {
    MissingPersonWord: "word:missing_person",
    RemainsWord: "word:remains",
}
Said = tuple[int, Reveals, str]
"""A case, the group in which something stands, and the trait of what stands there."""
Kept = tuple[int, Reveals, int]
"""The same with its token in place of the trait."""


def add_words(session: Session, table: Words, said: Iterable[Said]) -> int:
    """Keep the tokens of what records say, beside those there are; count them.

    Raises
    ------
    KeysUnavailable
        If the session was given no keys.
    """
    rows = sorted(set(said), key=str)
    if not rows:
        return 0
    key = keys_of(session).token_key(KEYS[table])
    # Once for each trait: a place stands in a thousand records of one file.
    tokens = {trait: token(key, trait) for trait in {trait for _, _, trait in rows}}
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        columns = sa.func.unnest(
            sa.literal([tokens[trait] for _, _, trait in some], sa.ARRAY(sa.BigInteger)),
            sa.literal([case for case, _, _ in some], sa.ARRAY(sa.BigInteger)),
            sa.literal([group.value for _, group, _ in some], sa.ARRAY(sa.String)),
        ).table_valued("token", "case_id", "reveals")
        columns = columns.render_derived()
        chosen = sa.select(columns.c.token, columns.c.case_id, columns.c.reveals)
        session.execute(
            insert(table)
            .from_select(["token", "case_id", "reveals"], chosen)
            .on_conflict_do_nothing()
        )
    return len(rows)


def kept_words(session: Session, table: Words, case_ids: Collection[int]) -> set[Kept]:
    """Read which tokens some records have; before their texts are read, see `mend_words`."""
    rows = session.execute(
        sa.select(table.case_id, table.reveals, table.token).where(table.case_id.in_(case_ids))
    )
    return {(case, group, token_) for case, group, token_ in rows}


def mend_words(
    session: Session, table: Words, kept: Collection[Kept], said: Iterable[Said]
) -> int:
    """Take out of `kept` what `said` says no more, and add what is new; count them all.

    What somebody writes meanwhile is not in `kept`, and stays: `kept` is read first.
    """
    rows = set(said)
    tokens = tokens_of_words(session, table, {trait for _, _, trait in rows})
    now = {(case, group, tokens[trait]) for case, group, trait in rows}
    gone = sorted(set(kept) - now, key=str)
    for begin in range(0, len(gone), AT_ONCE):
        some = gone[begin : begin + AT_ONCE]
        stands = sa.tuple_(table.case_id, table.reveals, table.token)
        session.execute(sa.delete(table).where(stands.in_(some)))
    before = set(kept)
    add_words(
        session, table, (each for each in rows if (*each[:2], tokens[each[2]]) not in before)
    )
    return len(now)


def tokens_of_words(session: Session, table: Words, traits: Iterable[str]) -> dict[str, int]:
    """Make the tokens to ask a table for, by their traits."""
    key = keys_of(session).token_key(KEYS[table])
    return {trait: token(key, trait) for trait in traits}


def forget_words(session: Session, table: Any, case_ids: Any) -> None:
    """Remove every token of these records: after erasure nobody is found by a word."""
    session.execute(sa.delete(table).where(table.case_id.in_(case_ids)))
