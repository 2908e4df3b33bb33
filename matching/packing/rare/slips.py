"""Finds the words that lie one slip of the pen, or two, from a word, without comparing all."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from matching.evidence.written import NEAR_FROM, NEARER_FROM


class Near:
    """Words that may be looked up by a word that is nearly one of them.

    Parameters
    ----------
    words : iterable of str
    near : callable
        ``near(word, other)``: the definition, asked of few.
    slips : callable
        How many slips of the pen a word may be away from those near it, at most.

    Notes
    -----
    After a slip (a letter wrong, lost or more, or two neighbours swapped) two words are equal
    again once each has lost one letter or none: the one that slipped. So words that lie n
    slips apart share something that is left of both without n letters or fewer, and only
    words that share such a rest are compared.
    """

    def __init__(
        self,
        words: Iterable[str],
        near: Callable[[str, str], bool],
        slips: Callable[[str], int],
    ) -> None:
        self._near, self._slips = near, slips
        self._by_rest: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for rest in _rests(word, slips(word)):
                self._by_rest.setdefault(rest, []).append(word)

    def of(self, word: str) -> list[str]:
        """List the words that are near, each once."""
        by_rest = self._by_rest
        candidates = {
            other: None
            for rest in _rests(word, self._slips(word))
            if rest in by_rest
            for other in by_rest[rest]
        }
        return [other for other in candidates if self._near(word, other)]


def slips_in_part(part: str) -> int:
    """Give the slips that part of a name may be away from another, as `near_part` allows."""
    return (len(part) >= NEAR_FROM) + (len(part) >= NEARER_FROM)


def slips_in_number(_: str) -> int:
    """Give the slips that a number may be away from another, as `near_number` allows."""
    return 1


def _rests(word: str, slips: int) -> Iterator[str]:
    """Give what is left of a word without so many letters, or fewer; each once."""
    yield from {
        "".join(rest)
        for lost in range(min(slips, len(word)) + 1)
        for rest in combinations(word, len(word) - lost)
    }
