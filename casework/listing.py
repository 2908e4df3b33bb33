"""Asking for a list: what may be searched, how words are compared, one page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

Row = TypeVar("Row")
Value = TypeVar("Value")

# The letters of es, pt, fr and ht with their accents, and what people type without them.
ACCENTED = "áàâãäéèêëíìîïóòôõöúùûüñç"
PLAIN = "aaaaaeeeeiiiiooooouuuunc"
COUNTED = 1_000  # rows; beyond that a list says "more than"
EVERY_ROW = 2**40
_SPECIAL, _ESCAPED = re.compile(r"([%_\\])"), r"\\\1"
_PLAIN_LETTERS = str.maketrans(ACCENTED, PLAIN)


def _blank_is_none(given: object) -> object:
    return None if given == "" else given


# A form without JavaScript sends every field, the untouched ones empty.
MaybeBlank = Annotated[Value | None, BeforeValidator(_blank_is_none)]
Country = Annotated[str, Field(max_length=10)]


class ListSearch(BaseModel):
    """What every register can be searched by; each register adds its own."""

    model_config = ConfigDict(frozen=True)

    q: str = Field("", max_length=200)
    country: MaybeBlank[Country] = None
    seen_from: str = Field("", max_length=10)
    seen_to: str = Field("", max_length=10)
    invented: MaybeBlank[Literal["yes", "no"]] = None
    sort: str = Field("", max_length=40)
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(25, ge=1, le=50)

    @property
    def words(self) -> list[str]:
        return folded_text(self.q).split()

    @property
    def narrows(self) -> bool:
        """Say whether more was asked for than an order and a page."""
        return bool(self.model_dump(exclude={"sort", "page", "size"}, exclude_defaults=True))


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of a list: its rows, how many match, and how many the viewer may see at all."""

    rows: Sequence[Row]
    total: int
    readable: int


def folded_text(text: str) -> str:
    """Write text as it is compared: lower case, without accents."""
    return text.lower().translate(_PLAIN_LETTERS)


def folded(text: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Fold a column as `folded_text` folds what was typed."""
    return sa.func.translate(sa.func.lower(text), ACCENTED, PLAIN)


def holds_all(text: sa.ColumnElement[Any], words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Ask for every folded word, folding the column once; `%` and `_` are only letters."""
    patterns = [f"%{re.sub(_SPECIAL, _ESCAPED, word)}%" for word in words]
    wanted = sa.all_(sa.literal(patterns, ARRAY(sa.Text)))
    return folded(text).op("LIKE", is_comparison=True)(wanted)


def joined_text(*columns: Any) -> sa.ColumnElement[str]:
    """Put columns behind each other, so that one comparison searches them all."""
    return sa.func.concat_ws(" ", *columns)


class AtLeast(int):
    """A count that stopped there: it is more than this."""


def page_of(
    session: Session,
    matching: sa.Select[Any],
    *,
    key: Any,
    order: Sequence[sa.ColumnElement[Any]],
    search: ListSearch,
    exact: bool = False,
) -> tuple[list[int], int]:
    """Find the keys of one page, and how many match: exactly, or as far as `counted` goes."""
    first = (search.page - 1) * search.size
    ordered = matching.with_only_columns(key).order_by(*order)
    if exact:
        keys = list(session.scalars(ordered.limit(search.size).offset(first)))
        return keys, total_of(session, matching, keys, key=key, search=search, exact=True)
    # The page and what is counted come of one walk: to ask twice who may see each row, and
    # which of them holds a word, takes twice as long.
    most = max(COUNTED, first + search.size)
    found = session.scalars(ordered.limit(most + 1)).all()
    total = AtLeast(most) if len(found) > most else len(found)
    return list(found[first : first + search.size]), total


def page_of_said(
    session: Session,
    matching: sa.Select[Any],
    says: sa.ColumnElement[bool],
    *,
    key: Any,
    order: Sequence[sa.ColumnElement[Any]],
    search: ListSearch,
) -> tuple[list[int], int]:
    """Find one page sorted by what only rows of which `says` holds say: the others come last.

    First those that do, which an index has in their order, then the others; sorting all of
    them by what only some may say would read every one.
    """
    telling, silent = matching.where(says), matching.where(says.is_not(sa.true()))
    first = (search.page - 1) * search.size
    page = telling.with_only_columns(key).order_by(*order).limit(search.size).offset(first)
    keys = list(session.scalars(page))
    if len(keys) < search.size:
        before = counted(session, telling, key=key, least=EVERY_ROW) if first else len(keys)
        left, passed = search.size - len(keys), max(0, first - before)
        others = silent.with_only_columns(key).order_by(key).limit(left).offset(passed)
        keys += session.scalars(others)
    return keys, total_of(session, matching, keys, key=key, search=search)


def total_of(
    session: Session,
    matching: sa.Select[Any],
    keys: Sequence[int],
    *,
    key: Any,
    search: ListSearch,
    exact: bool = False,
) -> int:
    """Count what matches, unless the page itself tells: one that is not full is the last."""
    first = (search.page - 1) * search.size
    if len(keys) < search.size and (keys or not first):
        return first + len(keys)
    # So far that a page after this one is always known of.
    least = EVERY_ROW if exact else first + search.size
    return counted(session, matching, key=key, least=least)


def counted(session: Session, query: sa.Select[Any], *, key: Any, least: int = 0) -> int:
    """Count the rows of a query; beyond a thousand only that there are more.

    Who may see which row is asked of each row: to count a hundred thousand exactly takes
    longer than all the rest of a page, and nobody reads the difference.
    """
    most = max(COUNTED, least)
    some = query.with_only_columns(key).order_by(None).limit(most + 1).subquery()
    # The query came through the door; around it stands only the count.
    whole = sa.select(sa.func.count()).select_from(some)
    found = session.scalar(whole.execution_options(**query.get_execution_options())) or 0
    return AtLeast(most) if found > most else found


def order_of(
    sort: str, by_key: dict[str, Any], usual: str, tie: Any
) -> tuple[sa.ColumnElement[Any], ...]:
    """Order by a known key, `-key` downwards; what says nothing comes last; ties never swap."""
    key = sort if sort.removeprefix("-") in by_key else usual
    column = by_key[key.removeprefix("-")]
    way = sa.desc(column) if key.startswith("-") else sa.asc(column)
    # An index has its own place for nulls: where there are none it must not be passed over.
    if not getattr(column, "nullable", True):
        return way, sa.asc(tie)
    return way.nulls_last(), sa.asc(tie)
