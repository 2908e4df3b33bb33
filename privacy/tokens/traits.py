"""What of a name becomes a token: always two parts of it together, hardly ever one alone.

A token of `Hernández` alone would be the most frequent of all, and so be read without any key.
Two parts together are rare enough to hide among others (docs/adr/0023), and still meet when
one of the two is misspelt, because its beginning and its end are joined to the other as well.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product

from privacy.tokens.frequencies import share_of, share_of_end, tells_itself
from privacy.tokens.nicknames import also_called
from privacy.tokens.spelling import Name, parts_of, sound_of

SHORTEST_ALONE = 4
LONG = 5  # from five letters on, beginnings and ends have three; shorter ones have two
MOST_WORDS = 6


def traits_of(name: Name) -> frozenset[str]:
    """Give all traits that are kept of a name."""
    given = [sound_of(part) for part in name.given_parts]
    family = [sound_of(part) for part in name.surname_parts]
    # Two given names (José Luis) are shared by too many to find or to hide anybody.
    pairs = (
        [*product(given, family), *combinations(family, 2)]
        if family
        else list(combinations(given, 2))
    )
    kept = {trait for pair in pairs for trait in _of_pair(*pair)}
    kept.update(_alone(sound) for sound in given + family if _stands_alone(sound))
    return frozenset(kept)


def sought_traits(words: str) -> dict[str, float]:
    """Give the traits to ask for when somebody types `words`, and the share that each finds."""
    parts = parts_of(words)[:MOST_WORDS]
    sought: dict[str, float] = {}
    for one, other in combinations(parts, 2):
        sought.update(_sought_of_pair(sound_of(one), sound_of(other)))
    for one, other in permutations(parts, 2):
        for called in also_called(one):
            sought.setdefault(*_exactly(sound_of(called), sound_of(other)))
        sought.setdefault(*_exactly(sound_of(one)[:1], sound_of(other)))
    if len(parts) == 1:
        sought.update(_sought_alone(parts[0]))
    return sought


def _sought_alone(part: str) -> Iterator[tuple[str, float]]:
    for sound in map(sound_of, (part, *also_called(part))):
        if _stands_alone(sound):
            yield _alone(sound), share_of(sound)


def _sought_of_pair(one: str, other: str) -> Iterator[tuple[str, float]]:
    yield _exactly(one, other)
    for whole, part in ((one, other), (other, one)):
        for end in _ends_near(part):
            yield _roughly(whole, end), share_of(whole) * share_of_end(end)


def _of_pair(one: str, other: str) -> Iterator[str]:
    yield _exactly(one, other)[0]
    for whole, part in ((one, other), (other, one)):
        for end in _ends(part, 3 if len(part) >= LONG else 2):
            yield _roughly(whole, end)


def _exactly(one: str, other: str) -> tuple[str, float]:
    """Join two sounds in whatever order they stand: surnames are swapped every day."""
    first, second = sorted((one, other))
    return f"both:{first}+{second}", share_of(one) * share_of(other)


def _roughly(whole: str, end: str) -> str:
    return f"near:{whole}+{end}"


def _alone(sound: str) -> str:
    return f"one:{sound}"


def _stands_alone(sound: str) -> bool:
    return len(sound) >= SHORTEST_ALONE and not tells_itself(sound)


def _ends(sound: str, length: int) -> Iterator[str]:
    if len(sound) > length:
        yield f"<{sound[:length]}"
        yield f">{sound[-length:]}"


def _ends_near(sound: str) -> Iterator[str]:
    """Give the ends that a sound has, or would have with one letter more or less."""
    long = {len(sound) + change >= LONG for change in (-1, 0, 1)}
    for is_long in sorted(long):
        yield from _ends(sound, 3 if is_long else 2)
