"""Lists seen on remains."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.evidence.listed import MOST_THINGS, Thing
from matching.packing.comparison import NOTHING, Floats, Integers
from matching.packing.things.layout import ABSENT, SEEN, UNKNOWN
from matching.packing.things.telling import SIDES, Told

NEVER_TOLD = -2


@dataclass(frozen=True, slots=True)
class Seen:
    """Lists seen, and what of them could have been seen; codes are still texts.

    ``things`` are distinct, ``occurring[at:at + length]`` those of each record; ``skin`` and
    ``bone``: chance that a thing in skin, or in bone, would have been seen. ``looks``: which
    of the ``states`` each record is in, of what was listed (its sign), skin and bone.
    """

    at: Integers
    length: Integers
    occurring: Integers
    things: list[Thing]
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
    return Seen(at, length.astype(np.int32), flat, list(numbers), skin, bone, states, looks)


@dataclass(frozen=True, slots=True)
class Read:
    """Things seen in the numbers of the side that tells, by distinct code and with words.

    ``code`` of each thing, ``example`` of each code, and whether it has ``worded`` words.
    """

    things: NDArray[np.void]
    words: Integers
    code: Integers
    example: Integers
    worded: NDArray[np.bool_]
    keys: list[list[int]]


def read(seen: Seen, told: Told) -> Read:
    """Translate things seen into the numbers of the side that tells."""
    text, word_of, key_of = told.texts.get, told.word_numbers.get, told.key_numbers.get
    rows: list[tuple[int, ...]] = []
    words: list[int] = []
    keys: list[list[int]] = []
    for one in seen.things:
        group = text(f"group {one.group}", NEVER_TOLD)
        rows.append(
            (
                group,
                text(f"kind {one.kind}", NEVER_TOLD),
                NOTHING if one.region is None else text(f"region {one.region}", NEVER_TOLD),
                NOTHING if one.detail is None else text(f"detail {one.detail}", NEVER_TOLD),
                SIDES.get(one.side or "", 0),
                len(words),
                len(one.words),
            )
        )
        words.extend(word_of(word, NEVER_TOLD) for word in one.words)
        found = [key_of((group, word), NOTHING) for word in one.words]
        keys.append([key for key in found if key != NOTHING])
    things = np.array(rows, dtype=SEEN)
    fields = ("group", "kind", "region", "detail", "side")
    plain = np.column_stack([*(things[name] for name in fields), things["words"] > 0])
    _, example, code = np.unique(plain, axis=0, return_index=True, return_inverse=True)
    return Read(
        things,
        np.array(words, dtype=np.int32),
        code.ravel().astype(np.int32),
        example.astype(np.int32),
        things["words"][example] > 0,
        keys,
    )
