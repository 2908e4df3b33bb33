"""What a search finds: records with the reasons why each of them was found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.finding.asked import Asked, Need, Search
from casework.finding.coded import coded_rows
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.tokens.word_keeping import Words, tokens_of_words

# Beyond so many records a word finds nobody; what is newest among them is shown.
MOST_BY_WORDS = 1000
# Of one register that was chosen.
A_PAGE = 20
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
    RELATIVE = "relative"
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
    def accounts_for_all(self) -> bool:
        return all(each.because is not Because.NOT_THERE for each in self.reasons)

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


def found_by_words(
    looking: Looking, table: Words, needs: Sequence[Need], *, codes: bool = True
) -> Where:
    """Find the records that hold all of `needs` as words or numbers, or as `codes`.

    The database shows tokens to whom it shows what they were made of; the door is asked next,
    about these alone.
    """
    if not needs or not all(need.traits or (codes and need.codes) for need in needs):
        return {}
    tokens = tokens_of_words(looking.session, table, looking.asked.traits)
    stands = [_standing(table, need, tokens, codes=codes) for need in needs]
    first = stands[0]
    query = sa.select(first.c.case_id, *(each.c.reveals for each in stands))
    for each in stands[1:]:
        query = query.join(each, each.c.case_id == first.c.case_id)
    rows = looking.session.execute(query.limit(MOST_BY_WORDS)).all()
    return _least(
        (case, {need.typed: group for need, group in zip(needs, groups, strict=True)})
        for case, *groups in rows
    )


def _standing(
    table: Words, need: Need, tokens: Mapping[str, int], *, codes: bool
) -> sa.Subquery:
    """Query the records in which something typed stands, each with its group."""
    words = table.__table__
    held = sa.select(words.c.case_id, words.c.reveals)
    by_token = held.where(words.c.token.in_([tokens[trait] for trait in need.traits]))
    coded = coded_rows(table, need) if codes else ()
    return sa.union_all(by_token, *coded).subquery()


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
    if not case_ids:
        return {}
    tokens = tokens_of_words(looking.session, table, looking.asked.traits)
    stands = [
        (need.typed, _standing(table, need, tokens, codes=True)) for need in looking.asked.needs
    ]
    return _least(
        (case, {typed: group})
        for typed, each in stands
        for case, group in looking.session.execute(
            sa.select(each.c.case_id, each.c.reveals).where(each.c.case_id.in_(case_ids))
        )
    )


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
