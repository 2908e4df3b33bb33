"""Sentences that say the same in any language: English text, beside its code and its values.

A command line prints the sentence. A registry has words of its own for the code, in the
languages of those who read it, and puts the values into them.
"""

from collections.abc import Mapping
from typing import Self

Value = str | float


class Sentence(str):
    """One sentence in English, that knows its code and what was put into it.

    Attributes
    ----------
    code
        Which sentence it is; stable, for whoever translates it.
    values
        What stands in it, by name. People and loci are named as the case names them.
    """

    __slots__ = ("code", "values")

    code: str
    values: Mapping[str, Value]

    def __new__(
        cls, code: str, sentence: str, values: Mapping[str, Value] | None = None
    ) -> Self:
        """Put values into a sentence with ``{places}``; `values` by the names of the places."""
        given = dict(values or {})
        said = super().__new__(cls, sentence.format_map(given) if given else sentence)
        said.code, said.values = code, given
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """Let a sentence travel between processes; its values go as state."""
        return self.code, str(self)
