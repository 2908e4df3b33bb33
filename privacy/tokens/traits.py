"""What of a name becomes a token: always two parts of it together, hardly ever one alone.

A token of `Hernández` alone would be the most frequent of all, and so be read without any key.
Two parts together are rare enough to hide among others (docs/adr/0023), and still meet when
one of the two is misspelt, because its beginning and its end are joined to the other as well.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations, product

from privacy.tokens.frequencies import share_of, share_of_end, shares, tells_itself
from privacy.tokens.nicknames import also_called
from privacy.tokens.spelling import Name, parts_of, sound_of

SHORTEST_ALONE = 4
LONG = 5  # from five letters on, beginnings and ends have three; shorter ones have two
MOST_WORDS = 6
# With so many frequent parts a frequent one is asked for together: most people who bear it bear
# one of them as well. Our choice.
MOST_BESIDE = 200


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


def kin_traits(words: str) -> Iterator[str]:
    """Give the traits that are kept of a relative's name: by their sounds, never misspelt.

    Where nobody says what is a surname, any two parts are joined. Fewer than of the name of
    whoever is sought: a file may hold many relatives.
    """
    sounds = [sound_of(part) for part in parts_of(words)[:MOST_WORDS]]
    for one, other in combinations(sounds, 2):
        yield _of_kin(_exactly(one, other)[0])
    for sound in filter(_stands_alone, sounds):
        yield _of_kin(_alone(sound))


def sought_kin(parts: Sequence[str]) -> dict[str, frozenset[str]]:
    """Give the traits by which a relative is found, and the parts that each accounts for."""
    sought: dict[str, frozenset[str]] = {}
    for one, other in permutations(parts[:MOST_WORDS], 2):
        for called in (one, *also_called(one)):
            trait = _exactly(sound_of(called), sound_of(other))[0]
            sought.setdefault(_of_kin(trait), frozenset({one, other}))
    for part in parts[:MOST_WORDS]:
        for sound in filter(_stands_alone, map(sound_of, (part, *also_called(part)))):
            sought.setdefault(_of_kin(_alone(sound)), frozenset({part}))
    return sought


def beside_frequent(part: str) -> Iterator[str]:
    """Give the traits of a part together with each of the most frequent others.

    So a frequent surname alone is found without any token of it: most who bear it bear a
    frequent part besides, and of the two together there is one.
    """
    sound = sound_of(part)
    for other in _most_frequent():
        if other != sound:
            yield _exactly(sound, other)[0]


@cache
def _most_frequent() -> tuple[str, ...]:
    known = shares()
    return tuple(sorted(known, key=lambda each: (-known[each], each))[:MOST_BESIDE])


def _of_kin(trait: str) -> str:
    """Keep relatives' names apart from words and numbers, which stand in the same table."""
    return f"kin:{trait}"


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
