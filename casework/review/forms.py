"""The form of an opinion and of a vote, read into what is kept."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from casework.review.model import Conclusion, Verdict
from casework.review.rules import NO_CONCLUSION, Lacking
from casework.review.said import OfKind, Said, Vote

Code = TypeVar("Code", bound=StrEnum)
Words = Annotated[str, StringConstraints(max_length=20_000)]
TO_THE_BOARD = "board"


class OpinionForm(BaseModel):
    """An opinion as it is sent; beside these `verdict.<kind>` and `note.<kind>`."""

    model_config = ConfigDict(extra="allow")

    conclusion: Words = ""
    reason: Words = ""
    do: Words = ""

    def said(self, kinds: Collection[str]) -> Said:
        """Read it; a code that is none says nothing, and lacks when it is given."""
        typed = {name: str(value) for name, value in (self.model_extra or {}).items()}
        return Said(
            {
                kind: OfKind(
                    _code(Verdict, typed.get(f"verdict.{kind}", "")),
                    typed.get(f"note.{kind}", "").strip(),
                )
                for kind in kinds
                if f"verdict.{kind}" in typed or f"note.{kind}" in typed
            },
            _code(Conclusion, self.conclusion),
            self.reason.strip(),
        )


class BoardForm(BaseModel):
    """Who is named to a board, and what is asked of it or written of it."""

    member: list[int] = Field(default_factory=list, max_length=50)
    words: Words = ""
    do: Words = ""


class VoteForm(BaseModel):
    """A vote as it is sent."""

    conclusion: Words = ""
    reason: Words = ""
    explained: list[str] = Field(default_factory=list, max_length=50)
    carries_exception: bool = False

    def vote(self) -> Vote:
        """Read it.

        Raises
        ------
        Lacking
            If no conclusion is chosen.
        """
        conclusion = _code(Conclusion, self.conclusion)
        if conclusion is None:
            raise Lacking({"conclusion": NO_CONCLUSION})
        return Vote(
            conclusion,
            self.reason.strip(),
            frozenset(self.explained),
            carries_exception=self.carries_exception,
        )


def _code(kind: type[Code], typed: str) -> Code | None:
    try:
        return kind(typed)
    except ValueError:
        return None
