"""Keeping somebody's tokens in step with their names: written, replaced, and gone with them."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from privacy.sealing.keyring import keys_of
from privacy.tokens.blind import KEY, token_rows
from privacy.tokens.model import NameToken
from privacy.tokens.spelling import Name

AT_ONCE = 5000


def add_tokens(session: Session, names: Iterable[tuple[int, Name]]) -> int:
    """Keep the tokens of names, each given with its case, beside those there are; count them.

    Raises
    ------
    KeysUnavailable
        If the session was given no keys: a name that could not be found is not kept.
    """
    rows = list(token_rows(keys_of(session).token_key(KEY), names))
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        columns = sa.func.unnest(
            sa.literal([row["token"] for row in some], sa.ARRAY(sa.BigInteger)),
            sa.literal([row["case_id"] for row in some], sa.ARRAY(sa.BigInteger)),
        ).table_valued("token", "case_id")
        columns = columns.render_derived()
        session.execute(
            insert(NameToken)
            .from_select(["token", "case_id"], sa.select(columns.c.token, columns.c.case_id))
            .on_conflict_do_nothing()
        )
    return len(rows)


def replace_tokens(session: Session, names: Collection[tuple[int, Name]]) -> int:
    """Keep the tokens of these names only: `names` are all names of each case among them."""
    forget(session, {case_id for case_id, _ in names})
    return add_tokens(session, names)


def forget(session: Session, case_ids: Collection[int]) -> None:
    """Remove every token of these cases: after erasure nobody is found by a name."""
    if case_ids:
        among = sa.any_(sa.literal(list(case_ids), sa.ARRAY(sa.BigInteger)))
        session.execute(sa.delete(NameToken).where(NameToken.case_id == among))
