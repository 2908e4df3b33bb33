"""Why two records are linked, in the English of the command line: a sentence for each level.

The engine gives codes (`matching.linking.kinds.LEVELS`); what they mean to a reader stands here
alone, and a test holds that no level is without words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from matching.linking.groups import Groups
from matching.linking.kinds import LEVELS, Kind
from matching.linking.search import RELATIVES, THIRD, Links

SENTENCES: dict[Kind, dict[str, str]] = {
    Kind.SURNAMES: {
        "both_same": "both surnames are the same",
        "one_same_one_similar": "one surname is the same, the other similar",
        "both_similar": "both surnames are similar",
        "swapped": "the surnames are those of the other in reverse order",
        "one_same": "one of two surnames is the same",
        "married": "the first surname is the same; the second may be a married name",
        "one_similar": "one of two surnames is similar",
        "moved": "the first surname of one is the second of the other",
        "different": "the surnames differ",
        "only_same": "the only surname one gives is the first of the other",
        "only_similar": "the only surname one gives is similar to the first of the other",
        "only_moved": "the only surname one gives is the second of the other, or similar",
        "only_different": "the only surname one gives is none of the other's",
    },
    Kind.GIVEN_NAMES: {
        "all_same": "all given names are the same",
        "all_similar": "all given names are the same or similar",
        "some_same": "some given names are the same",
        "some_similar": "some given names are similar",
        "initials": "the given names fit, one by its initial",
        "nickname": "one is called by a nickname of the other",
        "different": "the given names differ",
        "first_same": "one gives fewer names, which are the first of the other",
        "first_similar": "one gives fewer names, similar to the first of the other",
        "other_same": "one gives fewer names, the later ones of the other",
        "some_shared": "one gives fewer names, of which some fit",
        "fewer_initials": "one gives fewer names, which fit by their initials",
        "fewer_nickname": "one gives a nickname of the other",
        "fewer_different": "one gives fewer names, and none of them fits",
    },
    Kind.BIRTH: {
        "same_day": "both were born on the same day",
        "day_month_swapped": "the same birth date with day and month exchanged",
        "day_or_month_same": "the year of birth and the day or the month agree",
        "same_day_other_year": "the same birthday in another year",
        "same_year": "born in the same year on another day",
        "years_near": "born within two years of each other",
        "years_apart": "the birth dates lie years apart",
        "year_same": "the years of birth agree",
        "year_within_two": "the years of birth are within two of each other",
        "year_within_five": "the years of birth are within five of each other",
        "year_further": "the years of birth lie further than five apart",
    },
    Kind.SEX: {"same": "the same sex", "different": "another sex"},
    Kind.ORIGIN: {
        "same_place": "the same birth place",
        "similar_place": "a birth place written similarly",
        "place_differs": "another birth place in the same country",
        "place_and_country_differ": "another birth place, and not known to be one country",
        "same_country": "the same nationality",
        "country_differs": "another nationality",
    },
    Kind.MOTHER: {
        "same": "the same name of the mother",
        "similar": "a similar name of the mother",
        "different": "another name of the mother",
    },
    Kind.FATHER: {
        "same": "the same name of the father",
        "similar": "a similar name of the father",
        "different": "another name of the father",
    },
    Kind.ID_NUMBERS: {
        "same": "the same number of a paper",
        "near": "numbers of papers that differ by a slip",
        "different": "other numbers of papers",
    },
    Kind.PHONES: {"same": "the same telephone", "different": "other telephones"},
}
FAMILY = "less what two of one family have in common"
BOTH_WITH = "both are linked with "


def reasons_of_links(links: Links, ids: Sequence[str]) -> pa.Array:
    """Write for each link what was compared, how it came out, and what that weighs (log10)."""
    parts = [
        _weighed(_sentences(kind, links.levels[:, kind]), links.weights[kind.word])
        for kind in Kind
    ]
    parts.append(_weighed(pa.repeat(FAMILY, len(links)), links.weights[RELATIVES]))
    third = pa.array(ids).take(pa.array(np.maximum(links.third, 0)))
    parts.append(
        _weighed(pc.binary_join_element_wise(BOTH_WITH, third, ""), links.weights[THIRD])
    )
    return pc.binary_join_element_wise(*parts, "; ", null_handling="skip")


def _sentences(kind: Kind, levels: NDArray[np.intp]) -> pa.Array:
    said = [None, *(SENTENCES[kind][level.name] for level in LEVELS[kind])]
    return pa.array(said, pa.string()).take(pa.array(levels))


def _weighed(sentences: pa.Array, weights: NDArray[np.float64]) -> pa.Array:
    """Put the weight behind each sentence; nothing where it weighs nothing."""
    tenths = np.round(np.nan_to_num(weights) * 10).astype(np.int64)
    values, which = np.unique(tenths, return_inverse=True)
    texts = [f" ({value / 10:+.1f})" if value else None for value in values.tolist()]
    written = pa.array(texts, pa.string()).take(pa.array(which))
    return pc.binary_join_element_wise(sentences, written, "")


def joined_to(groups: Groups, links: Links) -> dict[int, tuple[int, int]]:
    """Say of each record of a group but the first which record joins it, and by which link."""
    neighbours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at in groups.because:
        one, other = int(links.left[at]), int(links.right[at])
        neighbours[one].append((other, at))
        neighbours[other].append((one, at))
    found: dict[int, tuple[int, int]] = {}
    met: set[int] = set()
    for first in sorted(neighbours):
        if first not in met:
            found.update(_walked(first, neighbours, met))
    return found


def _walked(
    first: int, neighbours: dict[int, list[tuple[int, int]]], met: set[int]
) -> Iterator[tuple[int, tuple[int, int]]]:
    waiting = [first]
    met.add(first)
    while waiting:
        one = waiting.pop()
        for other, at in neighbours[one]:
            if other not in met:
                met.add(other)
                waiting.append(other)
                yield other, (one, at)
