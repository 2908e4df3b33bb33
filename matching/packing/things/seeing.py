"""Lists seen on remains."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.evidence.listed import MOST_THINGS, Thing
from matching.packing.comparison import NOTHING, Floats, Integers
from matching.packing.rare.words import picked
from matching.packing.things.layout import ABSENT, SEEN, UNKNOWN
from matching.packing.things.telling import SIDES, Numbers, Told

NEVER_TOLD = -2
TEXTS = ("group", "kind", "region", "detail")


@dataclass(frozen=True, slots=True)
class Things:
    """Distinct things seen, in the numbers of the side that sees.

    Attributes
    ----------
    texts, words, pairs : mappings to numbers
        What was said of things, their words, and words with the group of the thing.
    fields : int32 array, shape (n_things, 5)
        By thing the numbers of `TEXTS`, `NOTHING` where not said; and the side.
    word_at, word : int32 arrays
        ``word[word_at[i]:word_at[i + 1]]``: words of thing i; ``pair``, like `word`.
    code, example : int32 arrays
        Of each thing what it is but for its words; and one thing of each code.
    """

    texts: Mapping[Hashable, int]
    words: Mapping[Hashable, int]
    pairs: Mapping[Hashable, int]
    fields: Integers
    word_at: Integers
    word: Integers
    pair: Integers
    code: Integers
    example: Integers


@dataclass(frozen=True, slots=True)
class Seen:
    """Lists seen, and what of them could have been seen.

    ``occurring[at:at + length]`` are those of `things` that each record has; ``pair[pair_at[i]:
    pair_at[i + 1]]`` all words of record i with their groups. ``skin`` and ``bone``: chance
    that a thing in skin, or in bone, would have been seen. ``looks``: which of the ``states``
    each record is in, of what was listed (its sign), skin and bone.
    """

    at: Integers
    length: Integers
    occurring: Integers
    things: Things
    pair_at: Integers
    pair: Integers
    skin: Floats
    bone: Floats
    states: Floats
    looks: Integers


def see(
    lists: Sequence[tuple[Thing, ...]], absent: Sequence[bool], skin: Floats, bone: Floats
) -> Seen:
    """Write all lists down; only the first `MOST_THINGS` of each are compared."""
    numbers: dict[Thing, int] = {}
    occurring = [
        [numbers.setdefault(thing, len(numbers)) for thing in things[:MOST_THINGS]]
        for things in lists
    ]
    lengths = np.fromiter(map(len, occurring), dtype=np.int32, count=len(lists))
    at = (np.cumsum(lengths) - lengths).astype(np.int32)
    flat = np.fromiter(chain.from_iterable(occurring), dtype=np.int32)
    length = np.where(lengths > 0, lengths, np.where(absent, ABSENT, UNKNOWN))
    each = np.column_stack([np.sign(length), skin, bone])
    states, which = np.unique(each, axis=0, return_inverse=True)
    looks: Integers = np.asarray(which.ravel(), dtype=np.int32)
    things = _written(list(numbers))
    pair_at, pair = _pairs(things, at, flat)
    return Seen(
        at, length.astype(np.int32), flat, things, pair_at, pair, skin, bone, states, looks
    )


def _written(things: Sequence[Thing]) -> Things:
    texts, words, pairs = Numbers(), Numbers(), Numbers()
    fields = np.empty((len(things), len(TEXTS) + 1), dtype=np.int32)
    word: list[int] = []
    pair: list[int] = []
    word_at = [0]
    for at, one in enumerate(things):
        said = (one.group, one.kind, one.region, one.detail)
        fields[at] = (
            *(
                NOTHING if text is None else texts.of(f"{name} {text}")
                for name, text in zip(TEXTS, said, strict=True)
            ),
            SIDES.get(one.side or "", 0),
        )
        word.extend(map(words.of, one.words))
        pair.extend(pairs.of((one.group, each)) for each in one.words)
        word_at.append(len(word))
    starts = np.array(word_at, dtype=np.int32)
    code, example = _codes(fields, np.diff(starts) > 0)
    return Things(
        texts.of_text,
        words.of_text,
        pairs.of_text,
        fields,
        starts,
        np.array(word, dtype=np.int32),
        np.array(pair, dtype=np.int32),
        code,
        example,
    )


def _codes(fields: Integers, worded: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    plain = np.column_stack([fields, worded])
    _, example, code = np.unique(plain, axis=0, return_index=True, return_inverse=True)
    return code.ravel().astype(np.int32), example.astype(np.int32)


def _pairs(things: Things, at: Integers, occurring: Integers) -> tuple[Integers, Integers]:
    """Write down record by record all words with their groups, in the order of the things."""
    ends = np.concatenate([[0], np.cumsum(np.diff(things.word_at)[occurring])])
    places, _ = picked(things.word_at, occurring)
    return ends[np.append(at, len(occurring))].astype(np.int32), things.pair[places]


@dataclass(frozen=True, slots=True)
class Read:
    """Things seen in the numbers of the side that tells, by distinct code and with words.

    ``code`` of each thing, ``example`` of each code, and whether it has ``worded`` words.
    ``keys[key_at[i]:key_at[i + 1]]``: keys of record i, as told.
    """

    things: NDArray[np.void]
    words: Integers
    code: Integers
    example: Integers
    worded: NDArray[np.bool_]
    key_at: Integers
    keys: Integers


def read(seen: Seen, told: Told) -> Read:
    """Translate things seen into the numbers of the side that tells."""
    written = seen.things
    text_of = _translated(written.texts, told.texts, NEVER_TOLD)
    things = np.empty(len(written.fields), dtype=SEEN)
    for column, name in enumerate(TEXTS):
        things[name] = text_of[written.fields[:, column]]
    things["side"] = written.fields[:, len(TEXTS)]
    things["words_at"], things["words"] = written.word_at[:-1], np.diff(written.word_at)
    keys = _translated(written.pairs, told.key_numbers, NOTHING)[seen.pair]
    is_told = keys != NOTHING
    before = np.concatenate([[0], np.cumsum(is_told)])
    return Read(
        things,
        _translated(written.words, told.word_numbers, NEVER_TOLD)[written.word],
        written.code,
        written.example,
        things["words"][written.example] > 0,
        before[seen.pair_at].astype(np.int32),
        keys[is_told],
    )


def _translated(
    seen: Mapping[Hashable, int], told: Mapping[Hashable, int], never: int
) -> Integers:
    """Give the number told for each number seen; of `NOTHING`, which stands last, `NOTHING`."""
    numbers = np.full(len(seen) + 1, never, dtype=np.int32)
    numbers[-1] = NOTHING
    for one in seen.keys() & told.keys():
        numbers[seen[one]] = told[one]
    return numbers
