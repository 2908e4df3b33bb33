"""Bones as they are dictated: `cráneo completo, fémur izq ausente, costillas 1-8 presentes`.

Nothing is guessed: a word nobody knows is refused, so is a thigh bone of no side, and what is
refused is told with what to say instead. What was understood beside it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.bones.atlas import BONES, Bone, Stage, bones_of
from casework.bones.inventory import BoneState, SeenBone
from casework.bones.words import VERTEBRA_LETTERS
from casework.examination.bone_vocabulary import (
    SAID_BETWEEN,
    SIDES,
    THE_OTHERS,
    Place,
    places,
    states,
)
from casework.examination.bone_words import Gettext
from casework.web.languages import marked
from casework.web.plain_words import plain

BETWEEN_ENTRIES = re.compile(r"[,;\n]|\.(?=\s|$)")
VERTEBRA = re.compile(r"([ctl])(\d{1,2})(?:-[ctl]?(\d{1,2}))?")
NUMBERS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
COUNT = re.compile(r"x(\d{1,3})")
MOST_WORDS = 4
LONGEST = 4000

NO_BONE = marked("«%(said)s»: diga qué hueso, por ejemplo «fémur izquierdo ausente».")
NO_STATE = marked("«%(said)s»: diga cómo está: presente, en parte, ausente o no examinado.")
NO_SIDE = marked("«%(said)s»: diga de qué lado, o «ambos».")
TWO_STATES = marked("«%(said)s»: se dicen dos cosas del mismo hueso.")
UNKNOWN_WORD = marked("No se entiende «%(said)s».")
NO_NUMBER = marked("«%(said)s»: no hay un hueso con ese número.")


@dataclass(frozen=True, slots=True)
class Refused:
    """Something dictated that cannot be taken: a sentence to translate, and its words."""

    sentence: str
    said: str

    def told(self, gettext: Gettext) -> str:
        """Say it to who dictated."""
        return gettext(self.sentence) % {"said": self.said}


@dataclass(slots=True)
class Dictated:
    """The bones that were understood, and what was refused, with the entry it stood in."""

    bones: dict[str, SeenBone] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """What the words of one entry mean together."""

    places: list[Place] = field(default_factory=list)
    sides: tuple[str, ...] = ()
    numbers: list[int] = field(default_factory=list)
    states: set[BoneState] = field(default_factory=set)
    count: int | None = None
    is_of_others: bool = False
    unknown: str = ""


def read_dictation(text: str, stage: Stage, known: frozenset[str] = frozenset()) -> Dictated:
    """Read what was dictated; `known`: bones that stand already and are no "others"."""
    heard = Dictated()
    others: list[tuple[str, _Entry]] = []
    for said in BETWEEN_ENTRIES.split(text[:LONGEST]):
        if not plain(said):
            continue
        entry = _understood(_plain_counts(said))
        if entry.is_of_others:
            others.append((said.strip(), entry))
        else:
            _take(heard, said.strip(), entry, _bones_of(entry, stage))
    for said, entry in others:
        rest = [b for b in bones_of(stage) if b.code not in heard.bones and b.code not in known]
        _take(heard, said, entry, rest)
    return heard


def _plain_counts(said: str) -> str:
    return plain(said.replace("×", "x"))


def _understood(said: str) -> _Entry:
    entry = _Entry()
    left = said.split()
    while left:
        counts = range(min(len(left), MOST_WORDS), 0, -1)
        count = next((n for n in counts if _mean(entry, " ".join(left[:n]))), 0)
        if not count and left[0] not in SAID_BETWEEN:
            entry.unknown = entry.unknown or left[0]
        left = left[count or 1 :]
    return entry


def _mean(entry: _Entry, phrase: str) -> bool:
    """Add what a phrase means to its entry; say whether it means anything."""
    if phrase in THE_OTHERS:
        entry.is_of_others = True
    elif phrase in states():
        entry.states.add(states()[phrase])
    elif phrase in SIDES:
        entry.sides = SIDES[phrase]
    elif phrase in places():
        entry.places.append(places()[phrase])
    elif found := VERTEBRA.fullmatch(phrase):
        entry.places.append(Place((found[1],)))
        entry.numbers += _range(found[2], found[3])
    elif found := COUNT.fullmatch(phrase):
        entry.count = int(found[1])
    elif found := NUMBERS.fullmatch(phrase):
        entry.numbers += _range(found[1], found[2])
    else:
        return False
    return True


def _range(first: str, last: str | None) -> range:
    return range(int(first), int(last or first) + 1)


def _bones_of(entry: _Entry, stage: Stage) -> list[Bone] | Refused:
    """Find the bones an entry speaks of, or say what it lacks."""
    bones = [bone for place in entry.places for bone in _named(place, entry, stage)]
    if not entry.places:
        return Refused(NO_BONE, "")
    if any(place.is_one and _has_sides(place) and not entry.sides for place in entry.places):
        return Refused(NO_SIDE, "")
    if not bones or set(entry.numbers) - {bone.number for bone in bones}:
        return Refused(NO_NUMBER, "")
    return bones


def _named(place: Place, entry: _Entry, stage: Stage) -> Iterator[Bone]:
    numbered = any(stem == "rib" or stem in VERTEBRA_LETTERS for stem in place.stems)
    for bone in bones_of(stage):
        is_side = not bone.side or not entry.sides or bone.side in entry.sides
        is_number = not (numbered and entry.numbers) or bone.number in entry.numbers
        if bone.stem in place.stems and is_side and is_number:
            yield bone


def _has_sides(place: Place) -> bool:
    return any(bone.side for bone in BONES.values() if bone.stem in place.stems)


def _take(heard: Dictated, said: str, entry: _Entry, bones: list[Bone] | Refused) -> None:
    """Take what an entry says of its bones, or refuse all of it."""
    refused = _why_not(entry, said, bones)
    if refused is None and not isinstance(bones, Refused):
        seen = SeenBone(next(iter(entry.states), BoneState.PRESENT), entry.count)
        if all(heard.bones.get(bone.code, seen) == seen for bone in bones):
            heard.bones |= {bone.code: seen for bone in bones}
            return
        refused = Refused(TWO_STATES, said)
    if refused is not None:
        heard.refused.append(refused)
        heard.left.append(said)


def _why_not(entry: _Entry, said: str, bones: list[Bone] | Refused) -> Refused | None:
    if entry.unknown:
        return Refused(UNKNOWN_WORD, entry.unknown)
    if isinstance(bones, Refused):
        return Refused(bones.sentence, said)
    if len(entry.states) > 1:
        return Refused(TWO_STATES, said)
    if not entry.states and entry.count is None:
        return Refused(NO_STATE, said)
    return None
