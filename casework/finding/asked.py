"""Reading what somebody typed into one box: references, numbers, words that may be names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from casework.listing import Country, MaybeBlank, folded_text
from casework.references import ALPHABET
from privacy.tokens.spelling import parts_of
from privacy.tokens.words import (
    number_traits,
    part_traits,
    whole_number,
    word_traits,
)

LONGEST = 200
MOST_NEEDS = 8
YEARS = range(1990, 2101)
_HALF = f"[{ALPHABET}]{{4}}"
_REFERENCE = re.compile(rf"\b(MP|HR|IN|ST|GV)[-\s]?({_HALF})[-\s]?({_HALF})\b", re.IGNORECASE)
_ONE_HALF = re.compile(rf"(?=.*\d){_HALF}", re.IGNORECASE)
_SPELT = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
# With the letters that stand before it: `X 123456` is the number of a passport.
_SPACED_NUMBER = re.compile(
    r"(?:\b[A-Za-z]{1,3}[\s.\-]?)?\+?\d(?:[\s().\-/]{0,2}\d){4,}(?![^\W_])"
)


class Search(BaseModel):
    """One search: what was typed and what it is narrowed to, as it stands in its address."""

    model_config = ConfigDict(frozen=True)

    q: str = Field("", max_length=LONGEST)
    kind: MaybeBlank[Literal["people", "remains", "incidents", "sites"]] = None
    country: MaybeBlank[Country] = None
    year: MaybeBlank[Annotated[int, Field(ge=YEARS.start, lt=YEARS.stop)]] = None
    sex: MaybeBlank[Literal["female", "male"]] = None
    age: MaybeBlank[Annotated[int, Field(ge=0, le=125)]] = None
    state: MaybeBlank[Annotated[str, Field(max_length=40)]] = None
    own: MaybeBlank[Literal["yes"]] = None
    page: int = Field(1, ge=1, le=1000)

    @property
    def of_somebody(self) -> bool:
        """Say whether it asks for what only a record of one person can answer."""
        return any(each is not None for each in (self.sex, self.age, self.state, self.own))


@dataclass(frozen=True, slots=True)
class Need:
    """Something typed that a record must account for: by a trait of its texts, or by a name."""

    typed: str
    traits: tuple[str, ...] = ()
    part: str = ""  # as a part of a name; empty for what can be none
    # What it may mean: lists and codes, of those that have a column (`casework.finding.coded`).
    codes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, taken apart."""

    references: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    year: int | None = None
    # Folded, for registers that name nobody and are read as text.
    words: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.part)

    @property
    def with_one_name(self) -> str:
        """Give the one part of a name that was typed; empty if there is more or less."""
        return self.needs[0].part if len(self.needs) == 1 and not self.references else ""

    @property
    def traits(self) -> set[str]:
        return {trait for need in self.needs for trait in need.traits}


def read_asked(text: str) -> Asked:
    """Take apart what was typed; a year in it narrows the search."""
    references = tuple(
        f"{prefix}-{first}-{last}".upper() for prefix, first, last in _REFERENCE.findall(text)
    )
    left = _REFERENCE.sub(" ", text)
    numbers = _SPACED_NUMBER.findall(left)
    pieces = _SPACED_NUMBER.sub(" ", left).split()
    coded = [piece for piece in pieces if any(letter.isdigit() for letter in piece)]
    years = [int(piece) for piece in coded if piece.isdecimal() and int(piece) in YEARS]
    needs = [
        *map(_number, numbers),
        *(_number(piece) for piece in coded if piece not in map(str, years[:1])),
        *_words(" ".join(piece for piece in pieces if piece not in coded)),
    ]
    return Asked(
        references,
        tuple(dict.fromkeys(needs))[:MOST_NEEDS],
        years[0] if years else None,
        tuple(word for word in folded_text(left).split() if word not in map(str, years[:1])),
    )


def _number(typed: str) -> Need:
    halves = part_traits(f"-{typed}") if _ONE_HALF.fullmatch(typed) else ()
    return Need(typed.strip(), tuple({*whole_number(typed), *number_traits(typed), *halves}))


def _words(text: str) -> Iterator[Need]:
    for spelt in _SPELT.findall(text):
        traits = tuple(word_traits(spelt))
        part = next(iter(parts_of(spelt)), "")
        if part or traits:
            yield Need(spelt, traits, part)
