"""Every distinct word of a table once: what is known of it is known of all who bear it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.names import kernels
from matching.names.letters import folding_table
from matching.names.parts import (
    ABBREVIATED,
    FORENAMED,
    MOST_GIVEN,
    MOST_WORDS,
    NOISE,
    PARTICLES,
)
from matching.names.sounds import sound_rules

Indices = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Number = TypeVar("Number", bound=np.generic)
_Arrays = tuple[Indices, NDArray[np.uint64], Bytes, NDArray[np.int64], NDArray[np.int64]]
FIRST_ROOM = 1 << 14
LETTERS_A_WORD = 12


class Vocabulary:
    """Words by number, in the order in which they were met.

    Attributes
    ----------
    letters : uint8 array
        The letters of all words, one after the other (UTF-8).
    starts : int64 array
        Word k is ``letters[starts[k]:starts[k + 1]]``.
    """

    def __init__(self) -> None:
        self._count = np.zeros(1, dtype=np.int64)
        self._hashes = np.zeros(0, dtype=np.uint64)
        self.letters: Bytes = np.zeros(0, dtype=np.uint8)
        self.starts: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._table: Indices = np.zeros(0, dtype=np.int32)
        self._roles: Indices = np.zeros(0, dtype=np.int32)
        self._make_room()
        self._roles = self._special_words()

    def __len__(self) -> int:
        return int(self._count[0])

    def word(self, number: int) -> str:
        """Give a word by its number."""
        return bytes(self.letters[self.starts[number] : self.starts[number + 1]]).decode()

    def words(self) -> list[str]:
        """Give all words in their order."""
        return [self.word(number) for number in range(len(self))]

    def split(self, cells: Sequence[str]) -> Indices:
        """Split cells into words, as `matching.names.parts.words_of` defines.

        Parameters
        ----------
        cells : sequence of str

        Returns
        -------
        int32 array, shape (n_cells, MOST_WORDS)
            Numbers of words, -1 where there are no more.
        """
        text, begins = _text(cells)
        found = np.full((len(cells), MOST_WORDS), -1, dtype=np.int32)
        word = np.empty(2 * _longest(begins) + 256, dtype=np.uint8)
        done = 0
        while done < len(cells):
            done = kernels.split_cells(
                text, begins, done, found, self._roles, folding_table(), word, *self._arrays()
            )
            if done < len(cells):
                self._make_room()
        return found

    def name_parts(self, called: Indices, first: Indices, second: Indices) -> "Parts":
        """Tell given names and surnames apart, as `matching.names.parts.name_of` defines.

        Parameters
        ----------
        called, first, second : int32 arrays, shape (n, MOST_WORDS)
            Words of the fields of given names, first and second surname.

        Returns
        -------
        Parts
        """
        given = np.full((len(called), MOST_GIVEN), -1, dtype=np.int32)
        surnames = np.full((len(called), 2), -1, dtype=np.int32)
        done = 0
        while done < len(called):
            word = np.empty(MOST_WORDS * self._longest_word() + 256, dtype=np.uint8)
            done = kernels.name_parts(
                called, first, second, done, given, surnames, *self._arrays(), word
            )
            if done < len(called):
                self._make_room()
        return Parts(given, surnames)

    def joined(self, words: Indices) -> Indices:
        """Give the number of the words of each cell written as one; -1 for none."""
        found = np.full(len(words), -1, dtype=np.int32)
        done = 0
        while done < len(words):
            word = np.empty(MOST_WORDS * self._longest_word() + 256, dtype=np.uint8)
            done = kernels.joined_words(words, done, found, *self._arrays(), word)
            if done < len(words):
                self._make_room()
        return found

    def described(self) -> "Described":
        """Say of each word how it is heard and which letters it has."""
        size = len(self)
        rules, scratch = sound_rules(), np.empty(self._longest_word() + 1, dtype=np.uint8)
        sounds, bags = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.uint64)
        kernels.sounds_and_bags(
            size, self.letters, self.starts, rules, sounds, bags, *self._room(size), scratch
        )
        return Described(self, sounds, bags)

    def _room(
        self, size: int
    ) -> tuple[Indices, NDArray[np.uint64], Bytes, NDArray[np.int64], NDArray[np.int64]]:
        """Give the empty arrays of a vocabulary of at most `size` words as long as these."""
        table = np.full(1 << (2 * size + 2).bit_length(), -1, dtype=np.int32)
        letters = np.empty(int(self.starts[size]) + 1, dtype=np.uint8)
        starts = np.zeros(size + 2, dtype=np.int64)
        return (
            table,
            np.zeros(size + 1, dtype=np.uint64),
            letters,
            starts,
            np.zeros(1, dtype=np.int64),
        )

    def _arrays(
        self,
    ) -> tuple[Indices, NDArray[np.uint64], Bytes, NDArray[np.int64], NDArray[np.int64]]:
        return self._table, self._hashes, self.letters, self.starts, self._count

    def _longest_word(self) -> int:
        return int(np.diff(self.starts[: len(self) + 1]).max(initial=1))

    def _make_room(self) -> None:
        """Double the room; numbers stay."""
        size = max(FIRST_ROOM, 2 * len(self._hashes))
        longest = max(LETTERS_A_WORD * size, 2 * len(self.letters))
        self._hashes = _longer(self._hashes, size)
        self.starts = _longer(self.starts, size + 1)
        self.letters = _longer(self.letters, longest)
        self._table = np.full(4 * size, -1, dtype=np.int32)
        kernels.fill_table(*self._arrays())

    def _special_words(self) -> Indices:
        """Enter words that are left out, written out or joined; give what becomes of them."""
        written_out = sorted(set(ABBREVIATED.values()) - FORENAMED)
        special = [*sorted(PARTICLES | NOISE), *sorted(FORENAMED), *written_out, *ABBREVIATED]
        numbers = dict(zip(special, self._enter(special), strict=True))
        roles = np.arange(len(self), dtype=np.int32)
        roles[[numbers[word] for word in PARTICLES | NOISE]] = kernels.DROPPED
        roles[[numbers[word] for word in FORENAMED]] = kernels.JOINING
        for short, word in ABBREVIATED.items():
            roles[numbers[short]] = numbers[word]
        return roles

    def _enter(self, words: Iterable[str]) -> list[int]:
        """Enter plain words one by one, none of them treated as special."""
        return [int(numbers[0]) for numbers in self.split(list(words))]


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of names by number: given (n, MOST_GIVEN) and surnames (n, 2); -1 for none."""

    given: Indices
    surnames: Indices


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of each word of a vocabulary.

    Attributes
    ----------
    sounds : int32 array
        Equal numbers are heard alike.
    bags : uint64 array
        Two bits a letter; 0 for words that are not in Latin letters.
    """

    vocabulary: Vocabulary = field(repr=False)
    sounds: Indices
    bags: NDArray[np.uint64]

    def nearness(self, left: Indices, right: Indices) -> NDArray[np.int8]:
        """Say of pairs of words by number: 2 the same, 1 similar, 0 different."""
        letters, starts = self.vocabulary.letters, self.vocabulary.starts
        found: NDArray[np.int8] = kernels.pairs_spelt_alike(
            left, right, self.sounds, letters, starts, self.bags
        )
        return found

    def similar_shares(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Say what share of people bears a name similar to each word, but not the same.

        Parameters
        ----------
        share : float array, shape (n_words,)
            How common each word is among all, in [0, 1].

        Returns
        -------
        float array, shape (n_words,)
            In [0, 1]; words one slip away and words heard alike.
        """
        vocabulary, size = self.vocabulary, len(share)
        variants = int(vocabulary.starts[size]) + size
        room = 1 << (2 * variants).bit_length()
        found = np.zeros(size)
        kernels.similar_shares(
            share, self.bags, vocabulary.letters, vocabulary.starts,
            np.zeros(room, dtype=np.uint64), np.zeros(room), found,
        )  # fmt: skip
        heard = np.bincount(self.sounds, weights=share)[self.sounds] - share
        return np.minimum(found + heard, 1.0)


def _text(cells: Sequence[str]) -> tuple[Bytes, NDArray[np.int64]]:
    """Give all cells as one text in UTF-8, each ended by a line's end, and where they begin."""
    joined = "\n".join(cells)
    if joined.count("\n") != len(cells) - 1:
        joined = "\n".join(cell.replace("\n", " ") for cell in cells)
    text = np.frombuffer((joined + "\n").encode("utf-8", "replace"), dtype=np.uint8)
    ends = np.flatnonzero(text == kernels.NEWLINE)
    return text, np.concatenate(([0], ends + 1)).astype(np.int64)


def _longest(begins: NDArray[np.int64]) -> int:
    return int(np.diff(begins).max(initial=1))


def _longer(array: NDArray[Number], size: int) -> NDArray[Number]:
    grown = np.zeros(size, dtype=array.dtype)
    grown[: len(array)] = array
    return grown
