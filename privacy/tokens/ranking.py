"""How much an opened name resembles what was typed: the exact comparison of a few."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from privacy.tokens.nicknames import also_called
from privacy.tokens.spelling import Name, parts_of, sound_of

# Our choice: so many letters of each part agree in a name misspelt once, seldom in another.
RESEMBLES = 0.84
# Known only by what stands for it: a nickname, an initial, the same sound in other letters.
AS_NICKNAME, AS_INITIAL, AS_SOUND = 0.93, 0.85, 0.97


class Alike(StrEnum):
    """In what a part of a name resembles what was typed for it."""

    SAME = "same"
    SOUND = "sound"
    LETTERS = "letters"
    NICKNAME = "nickname"
    INITIAL = "initial"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Partner:
    """One part that was typed, and the part of somebody's name that it is taken for."""

    typed: str
    borne: str
    score: float
    alike: Alike


def likeness(words: str, names: Iterable[Name]) -> float:
    """Compare what was typed with the likeliest of somebody's names, from 0 to 1."""
    return _mean(likeliest_partners(words, names))


def likeliest_partners(words: str, names: Iterable[Name]) -> tuple[Partner, ...]:
    """Give each part that was typed its partner in the likeliest of somebody's names."""
    sought = parts_of(words)
    each = (_partners(sought, name) for name in names)
    return max(each, key=_mean, default=())


def _mean(partners: Sequence[Partner]) -> float:
    return sum(each.score for each in partners) / len(partners) if partners else 0.0


def _partners(sought: tuple[str, ...], name: Name) -> tuple[Partner, ...]:
    """Give each part that was typed its best partner, best first, and nobody twice."""
    left = list(parts_of(f"{name.given} {name.surname_1} {name.surname_2}"))
    scored = sorted(
        ((*_part_likeness(each, other), each, other) for each in sought for other in left),
        reverse=True,
    )
    found: dict[str, Partner] = {}
    for score, alike, each, other in scored:
        if each not in found and other in left:
            left.remove(other)
            found[each] = Partner(each, other, score, alike)
    return tuple(found.get(each, Partner(each, "", 0.0, Alike.NOTHING)) for each in sought)


def _part_likeness(one: str, other: str) -> tuple[float, Alike]:
    if one == other:
        return 1.0, Alike.SAME
    if 1 in {len(one), len(other)}:
        return (AS_INITIAL if one[0] == other[0] else 0.0), Alike.INITIAL
    if sound_of(one) == sound_of(other):
        return AS_SOUND, Alike.SOUND
    letters = JaroWinkler.similarity(one, other)
    if other in also_called(one) and letters <= AS_NICKNAME:
        return AS_NICKNAME, Alike.NICKNAME
    return letters, Alike.LETTERS
