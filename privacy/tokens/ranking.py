"""How much an opened name resembles what was typed: the exact comparison of a few."""

from collections.abc import Iterable

from rapidfuzz.distance import JaroWinkler

from privacy.tokens.nicknames import also_called
from privacy.tokens.spelling import Name, parts_of, sound_of

# Our choice: so many letters of each part agree in a name misspelt once, seldom in another.
RESEMBLES = 0.84
# Known only by what stands for it: a nickname, an initial, the same sound in other letters.
AS_NICKNAME, AS_INITIAL, AS_SOUND = 0.93, 0.85, 0.97


def likeness(words: str, names: Iterable[Name]) -> float:
    """Compare what was typed with the likeliest of somebody's names, from 0 to 1."""
    sought = parts_of(words)
    return max((_likeness(sought, name) for name in names), default=0.0)


def _likeness(sought: tuple[str, ...], name: Name) -> float:
    """Give each part that was typed its best partner, best first, and nobody twice."""
    left = list(parts_of(f"{name.given} {name.surname_1} {name.surname_2}"))
    scored = sorted(
        ((_part_likeness(each, other), each, other) for each in sought for other in left),
        reverse=True,
    )
    waiting, total = list(sought), 0.0
    for score, each, other in scored:
        if each in waiting and other in left:
            waiting.remove(each)
            left.remove(other)
            total += score
    return total / len(sought) if sought else 0.0


def _part_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if 1 in {len(one), len(other)}:
        return AS_INITIAL if one[0] == other[0] else 0.0
    if sound_of(one) == sound_of(other):
        return AS_SOUND
    nickname = AS_NICKNAME if other in also_called(one) else 0.0
    return max(nickname, JaroWinkler.similarity(one, other))
