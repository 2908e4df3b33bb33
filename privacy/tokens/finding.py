"""Whose name may be meant: the cases that share most tokens with what was typed, as a query."""

from collections.abc import Collection, Mapping
from math import log10

import sqlalchemy as sa

from privacy.tokens.model import NameToken

# Reading every row of the commonest tokens finds hardly anybody whom the rarer ones miss. Taken
# together, the tokens asked for may stand at this share of all people. From a public list, not
# from our own counts: what is asked for must not follow from rows the searcher may not see.
GREATEST_SHARE = 0.012


def asked_for(sought: Mapping[int, float]) -> dict[int, float]:
    """Choose the rarest of the tokens, and give the weight of each: how rare it is."""
    weights: dict[int, float] = {}
    taken = 0.0
    for token, share in sorted(sought.items(), key=lambda each: (each[1], each[0])):
        taken += share
        if weights and taken > GREATEST_SHARE:
            break
        weights[token] = -log10(share)
    return weights


def resemblance(sought: Mapping[int, float]) -> sa.Subquery:
    """Query the cases that have any of the tokens, with the summed weight of those they have.

    Row-level security stands before the sum: tokens of cases whose names the viewer may not
    open are neither counted nor able to crowd out others.
    """
    weights = asked_for(sought)
    wanted = sa.func.unnest(
        sa.literal(list(weights), sa.ARRAY(sa.BigInteger)),
        sa.literal(list(weights.values()), sa.ARRAY(sa.Float)),
    ).table_valued(sa.column("token", sa.BigInteger), sa.column("weight", sa.Float))
    wanted = wanted.render_derived()
    return (
        sa.select(NameToken.case_id, sa.func.sum(wanted.c.weight).label("weight"))
        # nosemgrep: ci.secrets-are-compared-in-constant-time - PostgreSQL does
        .join(wanted, wanted.c.token == NameToken.token)
        .group_by(NameToken.case_id)
        .subquery("resemblance")
    )


def bearers(tokens: Collection[int], *, most: int) -> sa.Select[int]:
    """Query the cases that have any of these tokens, the last entered first."""
    return (
        sa.select(NameToken.case_id)
        .where(NameToken.token.in_(tokens))
        .distinct()
        .order_by(NameToken.case_id.desc())
        .limit(most)
    )
