"""Text columns turned into the tables of numbers that kernels compare."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.linking import layout as at
from matching.linking.births import births_of
from matching.linking.comparing import kernels
from matching.linking.layout import GIVEN, NOTHING, NUMBERS, OTHERS, PARENT, SURNAMES
from matching.linking.numbers import id_number_words, phone_words
from matching.linking.parameters import LinkingModel
from matching.linking.rarity import Known, cost, cost_of_codes, shares_by_country
from matching.linking.records import Records
from matching.linking.together import togetherness
from matching.names.frequencies import shares_of_words
from matching.names.nicknames import nickname_pairs
from matching.names.vocabulary import Described, Parts, Vocabulary

Indices = NDArray[np.int32]
Costs = NDArray[np.float32]

MOST_COUNTRIES = 60
"""Nationalities counted apart; the rarest others count as not known. Our choice."""
SEXES = {"female": 0, "male": 1, "intersex": 2}
NAME = ("given_names", "surname_1", "surname_2")
SPLIT = (*NAME, "other_names", "birth_place", "mother_name", "father_name")
Said = dict[str, Indices]
"""Words of each column that is split, shape (n_records, MOST_WORDS)."""


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Everything the kernels need to compare any two records: the tables of `layout`.

    Attributes
    ----------
    whole, costs, bits : arrays with a row for each record
        In the order of their names, so that what is compared lies close together.
    position : int32 array, shape (n_records,)
        Where the record of each row stands in the table that was packed.
    words : int64 array with a row for each word
    letters : uint8 array
    nicknames : int32 array
    vocabulary : Vocabulary
    """

    position: Indices
    whole: Indices
    costs: Costs
    bits: NDArray[np.uint64]
    words: NDArray[np.int64]
    letters: NDArray[np.uint8]
    nicknames: Indices
    vocabulary: Vocabulary = field(repr=False)

    def __len__(self) -> int:
        return len(self.whole)


def pack(records: Records, model: LinkingModel) -> Packed:
    """Turn a table of text into rows of numbers.

    Parameters
    ----------
    records : Records
    model : LinkingModel
        For how rare a name may be called that nobody, or hardly anybody, bears.

    Returns
    -------
    Packed
    """
    vocabulary = Vocabulary()
    said = {name: vocabulary.split(records.cells(name)) for name in SPLIT}
    parts = vocabulary.name_parts(*(said[name] for name in NAME))
    places = vocabulary.joined(said["birth_place"])
    numbers = [_numbers(records.cells(name), read, vocabulary) for name, read in READERS]
    table = _Table(len(records), model)
    countries = table.put_countries(records.cells("nationality"))
    listed = [shares_of_words(what, countries, vocabulary) for what in ("surnames", "given")]
    nicknames_at, nicknames = _nicknames(vocabulary)
    described = vocabulary.described()
    known = [_known(each, len(countries), len(vocabulary), model) for each in listed]
    table.put_births(records)
    table.put_sex(records.cells("sex"))
    surnames = _with_mothers_surname(parts, said["mother_name"])
    table.put_names(SURNAME_COLUMNS, surnames, described, known[0])
    table.put_names(GIVEN_COLUMNS, parts.given, described, known[1])
    table.put_together(parts.given)
    table.put_initials(parts.given, vocabulary)
    table.put_further(said, places, numbers)
    table.put_rest(model)
    words = _words(described, nicknames_at)
    position = table.sort_by_name()
    kernels.called_bits(table.whole, words, nicknames, table.bits)
    return Packed(
        position, table.whole, table.costs, table.bits, words, vocabulary.letters, nicknames,
        vocabulary,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a name stand in the tables of `layout`."""

    words: int
    sounds: int
    count: int
    costs: int
    loose: int
    bags: int


SURNAME_COLUMNS = _Columns(
    at.SURNAME_WORDS, at.SURNAME_SOUNDS, at.SURNAME_COUNT, at.SURNAME_COSTS, at.SURNAME_LOOSE,
    at.SURNAME_BAGS,
)  # fmt: skip
GIVEN_COLUMNS = _Columns(
    at.GIVEN_WORDS, at.GIVEN_SOUNDS, at.GIVEN_COUNT, at.GIVEN_COSTS, at.GIVEN_LOOSE,
    at.GIVEN_BAGS,
)  # fmt: skip
READERS: tuple[tuple[str, Callable[[str], tuple[str, ...]]], ...] = (
    ("id_numbers", id_number_words),
    ("phones", phone_words),
)


class _Table:
    """The tables of records while they are filled."""

    def __init__(self, n: int, model: LinkingModel) -> None:
        self.whole: Indices = np.full((n, at.WHOLE_COLUMNS), NOTHING, dtype=np.int32)
        self.costs: Costs = np.zeros((n, at.COST_COLUMNS), dtype=np.float32)
        self.bits = np.zeros((n, at.BIT_COLUMNS), dtype=np.uint64)
        self.whole[:, at.AT] = np.arange(n)
        self._rarest = model.numbers["chance.rarest"]

    def put_countries(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Put the first nationality of each record as a number; 0 is "not known"."""
        codes, values = encoded(cells)
        first = [value.split("|")[0].strip().upper() for value in values]
        total: dict[str, int] = {}
        for name, n in zip(first, np.bincount(codes, minlength=len(values)), strict=True):
            if len(name) == 2:  # noqa: PLR2004 - ISO 3166 alpha-2
                total[name] = total.get(name, 0) + int(n)
        kept = sorted(total, key=lambda name: (-total[name], name))[:MOST_COUNTRIES]
        number = {name: at_ for at_, name in enumerate(kept, start=1)}
        table = np.array([number.get(name, 0) for name in first], dtype=np.int32)
        self.whole[:, at.COUNTRY] = table[codes]
        self.costs[:, at.COUNTRY_COST] = cost_of_codes(table[codes] - 1, self._rarest)
        return "", *kept

    def put_births(self, records: Records) -> None:
        born = births_of(*(encoded(records.cells(f"birth_{end}")) for end in ("from", "to")))
        self.whole[:, [at.FIRST_YEAR, at.LAST_YEAR, at.DAY]] = born
        first, last, day = born.T
        year = np.where((first > 0) & (first == last), first, -1)
        self.costs[:, at.YEAR_COST] = cost_of_codes(year, self._rarest)
        self.costs[:, at.DAY_COST] = cost_of_codes(np.where(day > 0, day, -1), self._rarest)

    def put_sex(self, cells: Sequence[str]) -> None:
        codes, values = encoded(cells)
        table = np.array(
            [SEXES.get(value.strip(), NOTHING) for value in values], dtype=np.int32
        )
        self.whole[:, at.SEX] = table[codes]
        self.costs[:, at.SEX_COST] = cost_of_codes(table[codes], self._rarest)

    def put_names(
        self, columns: _Columns, parts: Indices, described: Described, known: Known
    ) -> None:
        """Write words, sounds and letters of parts of names, and what they cost by country."""
        n, countries = parts.shape[1], self.whole[:, at.COUNTRY]
        by_country, overall = shares_by_country(parts, countries, known, self._rarest)
        # With their own share, so that a likeness never weighs more than being the same.
        similar = described.similar_shares(overall) + overall + self._rarest / len(parts)
        told, exact = parts >= 0, cost(by_country)[countries[:, None], parts]
        loose = cost(similar)
        self.whole[:, columns.count] = told.sum(axis=1)
        for column in range(n):
            said, part = told[:, column], parts[:, column]
            self.whole[:, columns.words + column] = part
            self.whole[said, columns.sounds + column] = described.sounds[part[said]]
            self.costs[:, columns.costs + column] = np.where(said, exact[:, column], 0)
            self.costs[said, columns.loose + column] = loose[part[said]]
            self.bits[said, columns.bags + column] = described.bags[part[said]]

    def put_together(self, given: Indices) -> None:
        found = togetherness(given, self.whole[:, at.COUNTRY])
        self.costs[:, at.TOGETHER : at.TOGETHER + found.shape[1]] = found

    def put_initials(self, given: Indices, vocabulary: Vocabulary) -> None:
        one_letter = np.diff(vocabulary.starts[: len(vocabulary) + 1]) == 1
        initials = (given >= 0) & one_letter[given]
        self.whole[:, at.INITIALS] = (initials << np.arange(GIVEN)).sum(axis=1)

    def put_further(self, said: Said, places: Indices, numbers: Sequence[Indices]) -> None:
        self.whole[:, at.OTHER_WORDS : at.OTHER_WORDS + OTHERS] = said["other_names"][
            :, :OTHERS
        ]
        self.whole[:, at.PLACE_WORD] = places
        self.costs[:, at.PLACE_COST] = cost_of_codes(places, self._rarest)
        self.whole[:, at.NUMBER_WORDS : at.NUMBER_WORDS + NUMBERS] = numbers[0]
        self.whole[:, at.PHONE_WORDS : at.PHONE_WORDS + NUMBERS] = numbers[1]
        self.put_parent(said["mother_name"], at.MOTHER_WORDS, at.MOTHER_COSTS)
        self.put_parent(said["father_name"], at.FATHER_WORDS, at.FATHER_COSTS)

    def put_parent(self, said: Indices, column: int, price: int) -> None:
        """Keep of a parent's name what the own surnames do not say already."""
        said = said.copy()
        for slot in range(SURNAMES):
            said[said == self.whole[:, [at.SURNAME_WORDS + slot]]] = NOTHING
        first = np.argsort(said < 0, axis=1, kind="stable")[:, :PARENT]
        kept = np.take_along_axis(said, first, axis=1)
        self.whole[:, column : column + PARENT] = kept
        flat = cost_of_codes(kept.ravel(), self._rarest).reshape(kept.shape)
        self.costs[:, price : price + PARENT] = flat

    def put_rest(self, model: LinkingModel) -> None:
        """Sum the most that numbers of papers and telephones may add."""
        for column, chance in ((at.NUMBER_WORDS, "id_number"), (at.PHONE_WORDS, "phone")):
            known = self.whole[:, column] != NOTHING
            most = np.float32(-np.log10(model.numbers[f"chance.{chance}"]))
            self.costs[:, at.REST] += known * most

    def sort_by_name(self) -> Indices:
        """Bring the rows into the order of first surnames, then first names, as heard."""
        surname = self.whole[:, at.SURNAME_SOUNDS].astype(np.int64)
        order = np.argsort((surname << 32) + self.whole[:, at.GIVEN_SOUNDS], kind="stable")
        self.whole, self.costs = self.whole[order], self.costs[order]
        self.bits = self.bits[order]
        return order.astype(np.int32)


def _known(
    listed: dict[int, tuple[Indices, NDArray[np.float64]]],
    n_countries: int,
    n_words: int,
    model: LinkingModel,
) -> Known:
    """Lay out what the lists say; over all countries, the mean of those that have one."""
    shares = np.zeros((n_countries, n_words))
    for country, (words, share) in listed.items():
        shares[country, words] = share
    shares[0] = shares[1:].sum(axis=0) / max(len(listed), 1)
    return Known(shares, model.numbers["chance.known_records"])


def encoded(cells: Sequence[str]) -> tuple[NDArray[np.int64], list[str]]:
    """Give distinct cells in the order in which they were met, and the number of each."""
    met: dict[str, int] = {}
    n = len(cells)
    where = np.fromiter(map(met.setdefault, cells, range(n)), dtype=np.int64, count=n)
    number = np.empty(n, dtype=np.int64)
    number[list(met.values())] = np.arange(len(met))
    return number[where], list(met)


def _with_mothers_surname(parts: Parts, mother: Indices) -> Indices:
    """Take the second surname from the mother's name where it was left out.

    The first word after the mother's first that is more often a surname than a given name.
    """
    size = int(max(parts.surnames.max(), mother.max(), parts.given.max())) + 1
    as_surname = np.bincount(parts.surnames[parts.surnames >= 0], minlength=size)
    as_given = np.bincount(parts.given[parts.given >= 0], minlength=size)
    is_surname = np.append(as_surname > as_given, [False])  # the last, for "no word"
    surnames = parts.surnames.copy()
    lacking = (surnames[:, 0] >= 0) & (surnames[:, 1] < 0)
    for word in range(mother.shape[1] - 1, 0, -1):
        fits = lacking & is_surname[mother[:, word]] & (mother[:, word] != surnames[:, 0])
        surnames[fits, 1] = mother[fits, word]
    return surnames


def _numbers(
    cells: Sequence[str], read: Callable[[str], tuple[str, ...]], vocabulary: Vocabulary
) -> Indices:
    if not any(cells):
        return np.full((len(cells), NUMBERS), NOTHING, dtype=np.int32)
    codes, values = encoded(cells)
    listed = [(*read(value), "", "")[:NUMBERS] for value in values]
    columns = [vocabulary.split([each[n] for each in listed])[:, 0] for n in range(NUMBERS)]
    table: Indices = np.stack(columns, axis=1)[codes]
    return table


def _nicknames(vocabulary: Vocabulary) -> tuple[NDArray[np.int64], Indices]:
    """Give for each word the words that go with it, one list after another, and their ends."""
    pairs = nickname_pairs()
    formal = vocabulary.split([formal for formal, _ in pairs])[:, 0]
    short = vocabulary.split([short for _, short in pairs])[:, 0]
    both = np.unique(
        np.stack((np.append(formal, short), np.append(short, formal)), axis=1), axis=0
    )
    counts = np.bincount(both[:, 0], minlength=len(vocabulary))
    return np.append(0, np.cumsum(counts)), both[:, 1].astype(np.int32)


def _words(described: Described, nicknames_at: NDArray[np.int64]) -> NDArray[np.int64]:
    starts, n = described.vocabulary.starts, len(described.sounds)
    words = np.zeros((n, at.WORD_COLUMNS), dtype=np.int64)
    words[:, at.WORD_START] = starts[:n]
    words[:, at.WORD_LENGTH] = np.diff(starts[: n + 1])
    words[:, at.WORD_BAG] = described.bags.view(np.int64)
    words[:, at.WORD_SOUND] = described.sounds
    words[:, at.NICKNAMES_FROM] = nicknames_at[:-1]
    words[:, at.NICKNAMES_TO] = nicknames_at[1:]
    return words
