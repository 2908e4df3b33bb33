"""What a search finds: records with the reasons why each of them was found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.finding.asked import Asked, Need, Search
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.tokens.word_keeping import Words, tokens_of_words

# Beyond so many records a word finds nobody; what is newest among them is shown.
MOST_BY_WORDS = 1000
# So many have a word that is rare enough to ask for the names of all who have it.
FEW = 30


class Because(StrEnum):
    """Why a record was found."""

    REFERENCE = "reference"
    NAME = "name"
    SURNAME = "surname"
    SOUND = "sound"
    LETTERS = "letters"
    NICKNAME = "nickname"
    INITIAL = "initial"
    TEXT = "text"
    # Typed, and not found in what the searcher may read of this record.
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was typed, and what in the record accounts for it."""

    because: Because
    typed: str
    found: str = ""
    group: Reveals = Reveals.CIRCUMSTANCE


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found, with how well it fits, from 0 to 1."""

    case_id: int
    score: float
    reasons: tuple[Reason, ...]

    @property
    def groups(self) -> frozenset[Reveals]:
        """Name the groups that have to be open, or the finding itself would tell of them."""
        named = {each.group for each in self.reasons if each.because is not Because.NOT_THERE}
        return frozenset(named - {Reveals.CIRCUMSTANCE, Reveals.NOTHING})


@dataclass(frozen=True, slots=True)
class Looking:
    """Whose search it is, what it asks for, and when."""

    session: Session
    viewer: Viewer
    search: Search
    asked: Asked
    at: datetime


# Of a record and something typed: in which group it stands. The least that has to be open.
Where = Mapping[int, Mapping[str, Reveals]]
_LEAST_FIRST = tuple(Reveals)


def found_by_words(looking: Looking, table: Words, needs: Sequence[Need]) -> Where:
    """Find the records that hold all of `needs` as words or numbers.

    The database shows tokens to whom it shows what they were made of; the door is asked next,
    about these alone.
    """
    if not needs or not all(need.traits for need in needs):
        return {}
    tokens = tokens_of_words(looking.session, table, looking.asked.traits)
    stands: list[Any] = [aliased(table) for _ in needs]
    first = stands[0]
    query = sa.select(first.case_id, *(each.reveals for each in stands))
    for each, need in zip(stands, needs, strict=True):
        if each is not first:
            query = query.join(each, each.case_id == first.case_id)
        query = query.where(each.token.in_([tokens[trait] for trait in need.traits]))
    rows = looking.session.execute(query.limit(MOST_BY_WORDS)).all()
    return _least(
        (case, {need.typed: group for need, group in zip(needs, groups, strict=True)})
        for case, *groups in rows
    )


def few_with_a_word(looking: Looking, table: Words) -> list[int]:
    """Name the records with any word of those typed that few records have."""
    found: set[int] = set()
    for need in looking.asked.needs:
        having = found_by_words(looking, table, [need])
        if len(having) <= FEW:
            found |= having.keys()
    return sorted(found, reverse=True)[:FEW]


def words_of(looking: Looking, table: Words, case_ids: Collection[int]) -> Where:
    """Say of some records what of everything typed stands in their texts."""
    traits = looking.asked.traits
    if not case_ids or not traits:
        return {}
    tokens = tokens_of_words(looking.session, table, traits)
    typed = {tokens[trait]: need.typed for need in looking.asked.needs for trait in need.traits}
    rows = looking.session.execute(
        sa.select(table.case_id, table.token, table.reveals).where(
            table.case_id.in_(case_ids), table.token.in_(tokens.values())
        )
    )
    return _least((case, {typed[token]: group}) for case, token, group in rows)


def _least(stands: Iterable[tuple[int, Mapping[str, Reveals]]]) -> Where:
    found: dict[int, dict[str, Reveals]] = {}
    for case, groups in stands:
        known = found.setdefault(case, {})
        for typed, group in groups.items():
            before = known.get(typed, group)
            known[typed] = min(before, group, key=_LEAST_FIRST.index)
    return found


def by_text(where: Where) -> list[Hit]:
    """Make hits of records that hold everything typed."""
    return [
        Hit(
            case,
            0.5,
            tuple(Reason(Because.TEXT, typed, group=group) for typed, group in told.items()),
        )
        for case, told in where.items()
    ]


def best_first(hits: Iterable[Hit], newest: Sequence[int]) -> list[Hit]:
    """Order what the door let through: what fits best, and of that the newest."""
    rank = {case: place for place, case in enumerate(newest)}
    let_through = {each.case_id: each for each in hits if each.case_id in rank}
    return sorted(let_through.values(), key=lambda hit: (-hit.score, rank[hit.case_id]))
