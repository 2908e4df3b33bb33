"""Finds the words that lie one slip of the pen, or two, from a word, without comparing all."""

from collections.abc import Callable, Iterable, Iterator

MOST_SLIPS = 2
SHORTEST = 4
"""Letters of the shortest words that may be near."""
ENDS = -100
"""Stands for the place of both ends of a word."""


class Near:
    """Words that may be looked up by a word that is nearly one of them.

    A word of n letters has n - 1 pairs of neighbours. One slip (a letter wrong, lost or more,
    or two swapped) spoils at most three of them and moves the others by a place at most. So
    words of five letters and one slip, and of eight and two, still share a pair at nearly
    the same place; of four letters, whose middle ones are swapped, the first and the last.
    Only words that share such a piece are compared.
    """

    def __init__(self, words: Iterable[str], near: Callable[[str, str], bool]) -> None:
        self._near = near
        self._by_piece: dict[tuple[str, int], list[str]] = {}
        self._found: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for piece in dict.fromkeys(_pieces(word)):
                self._by_piece.setdefault(piece, []).append(word)

    def of(self, word: str) -> list[str]:
        """List the words that are near, in the order in which their pieces were met."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> list[str]:
        candidates = {
            other: None
            for text, place in _pieces(word)
            for moved in range(-MOST_SLIPS, MOST_SLIPS + 1)
            for other in self._by_piece.get((text, place + moved), ())
        }
        return [other for other in candidates if self._near(word, other)]


def _pieces(word: str) -> Iterator[tuple[str, int]]:
    for place in range(len(word) - 1):
        yield word[place : place + 2], place
    if len(word) == SHORTEST:
        yield word[0] + word[-1], ENDS
