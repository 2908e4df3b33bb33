"""Asking for a list: what may be searched, how words are compared, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Row = TypeVar("Row")
Value = TypeVar("Value")

# The letters of es, pt, fr and ht with their accents, and what people type without them.
ACCENTED = "áàâãäéèêëíìîïóòôõöúùûüñç"
PLAIN = "aaaaaeeeeiiiiooooouuuunc"
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


def holds_word(text: sa.ColumnElement[Any], word: str) -> sa.ColumnElement[bool]:
    """Compare one folded word; `%` and `_` in it are letters like any other."""
    return folded(text).contains(word, autoescape=True)


def joined_text(*columns: Any) -> sa.ColumnElement[str]:
    """Put columns behind each other, so that one comparison searches them all."""
    return sa.func.concat_ws(" ", *columns)


def one_page(query: sa.Select[Any], search: ListSearch) -> sa.Select[Any]:
    """Cut the page out of an ordered query."""
    return query.limit(search.size).offset((search.page - 1) * search.size)


def order_of(
    sort: str, by_key: dict[str, Any], usual: str, tie: Any
) -> tuple[sa.ColumnElement[Any], ...]:
    """Order by a known key, `-key` downwards; what says nothing comes last; ties never swap."""
    key = sort if sort.removeprefix("-") in by_key else usual
    column = by_key[key.removeprefix("-")]
    way = sa.desc(column) if key.startswith("-") else sa.asc(column)
    return way.nulls_last(), sa.asc(tie)
