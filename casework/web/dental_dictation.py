"""Teeth as a dentist dictates them: `11-17 sano, 16 OD amalgama, 36 ausente, demás sanos`.

Every refusal names the tooth and what is wrong with it. Nothing is guessed: a word nobody
knows is refused, and so is a tooth of which two things are said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from casework.codes import TOOTH_NUMBERS, ToothState
from casework.teeth.charts import (
    ARCHES,
    MENDED,
    WITH_SURFACES,
    ChartedTooth,
    ToothMaterial,
    ToothSurface,
    is_front,
    place_of,
    usually_there,
)
from casework.web.code_words import regional_words_for, words_for
from casework.web.dental_words import (
    ABSENT,
    MATERIAL_WORDS,
    MATERIALS,
    SAID_BETWEEN,
    STATES,
    SURFACE_LETTERS,
    THE_OTHERS,
)
from casework.web.languages import OFFERED, marked, translations_for
from casework.web.local_words import code_heard
from casework.web.plain_words import plain

Gettext = Callable[[str], str]

BETWEEN_ENTRIES = re.compile(r"[,;\n]|\.(?=\s|$)")
NUMBERS = re.compile(
    r"(\d+)(?:\s*(?:-|\b(?:al?|to|ate|jiska|au|hasta)\b)\s*(\d+))?(?![\d-])\s*(?:(?:y|e|et|and|ak)\s+(?=\d))?"
)
MOST_WORDS = 6
LONGEST = 4000

# Sentences to be translated; {} is the tooth or what was typed.
UNREADABLE = marked("«%(said)s»: empiece por el número del diente, por ejemplo «16 ausente».")
NO_TOOTH = marked("No hay un diente %(tooth)s: los números van de 11 a 48, o de 51 a 85.")
NO_RANGE = marked("%(said)s: el primero y el último tienen que estar en la misma arcada.")
NO_STATE = marked("Diente %(tooth)s: falta decir cómo está.")
UNKNOWN_WORD = marked("Diente %(tooth)s: no se entiende «%(said)s».")
TWO_STATES = marked("Diente %(tooth)s: se dicen dos cosas, «%(said)s».")
NO_SURFACES = marked("Diente %(tooth)s: si está %(said)s no puede tener caras.")
NO_MATERIAL = marked("Diente %(tooth)s: si está %(said)s no puede tener material.")
NO_CHEWING = marked("Diente %(tooth)s: es de adelante y no tiene cara O, sino borde I.")
NO_EDGE = marked("Diente %(tooth)s: es de atrás y no tiene borde I, sino cara O.")
STILL_ALIVE = marked("Diente %(tooth)s: de una persona en vida no se dice «%(said)s».")


@dataclass(frozen=True, slots=True)
class Refused:
    """Something dictated that cannot be taken: a sentence to translate, and its words."""

    sentence: str
    tooth: str = ""
    said: str = ""
    entry: str = ""
    state: ToothState | None = None

    def told(self, gettext: Gettext) -> str:
        """Say it to who dictated."""
        said = words_for(self.state, gettext) if self.state else self.said
        return gettext(self.sentence) % {"tooth": self.tooth, "said": said}


@dataclass(slots=True)
class Dictated:
    """The teeth that were understood, by number, and what was refused."""

    teeth: dict[int, ChartedTooth] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def read_dictation(text: str, *, after_death: bool) -> Dictated:
    """Read what was dictated of one mouth.

    `after_death` tells whose teeth they are: "missing" alone means lost in life of somebody
    who lived to say so, and nothing about when of remains.
    """
    heard = Dictated()
    others: list[tuple[str, str]] = []
    for numbers, words, entry in _entries(text[:LONGEST], heard):
        if numbers is None:
            others.append((words, entry))
        else:
            _hear(heard, numbers, words, entry, after_death=after_death)
    for words, entry in others:
        unsaid = _unsaid(heard.teeth)
        _hear(heard, unsaid, words, entry, after_death=after_death)
    return heard


def with_tooth(heard: Dictated, tooth: ChartedTooth, gettext: Gettext) -> str:
    """Write the dictation anew with one tooth said differently; what was refused stays."""
    return write_dictation({**heard.teeth, tooth.number: tooth}, gettext, heard.refused)


def with_others_sound(heard: Dictated, gettext: Gettext) -> str:
    """Write the dictation anew with every tooth that nothing was said of as sound."""
    others = {n: ChartedTooth(n, ToothState.SOUND) for n in _unsaid(heard.teeth)}
    return write_dictation({**heard.teeth, **others}, gettext, heard.refused)


def write_dictation(
    teeth: Mapping[int, ChartedTooth], gettext: Gettext, refused: Iterable[Refused] = ()
) -> str:
    """Write teeth as they could have been dictated, along the arches, neighbours together."""
    said = [f"{_run(numbers)} {words}" for numbers, words in _runs(teeth, gettext)]
    return ", ".join([*said, *dict.fromkeys(each.entry for each in refused)])


def _runs(
    teeth: Mapping[int, ChartedTooth], gettext: Gettext
) -> Iterator[tuple[Sequence[int], str]]:
    for arch in ARCHES:
        said = ((n, _words_of(teeth[n], gettext) if n in teeth else "") for n in arch)
        for words, run in groupby(said, key=lambda each: each[1]):
            if words:
                yield [number for number, _ in run], words


def _run(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _words_of(tooth: ChartedTooth, gettext: Gettext) -> str:
    parts = (
        regional_words_for(tooth.state, gettext).replace(",", ""),
        "".join(tooth.surfaces),
        gettext(MATERIAL_WORDS[tooth.material]) if tooth.material else "",
    )
    return " ".join(filter(None, parts))


def _unsaid(teeth: Mapping[int, ChartedTooth]) -> list[int]:
    """Give the teeth nothing was said of; where a milk tooth stands no other does."""
    said = {place_of(number) for number in teeth}
    return [number for number in usually_there() if number not in said]


def _entries(text: str, heard: Dictated) -> Iterator[tuple[list[int] | None, str, str]]:
    """Cut what was dictated into numbers and what is said of them.

    Numbers alone wait for the words of the next entry: `16, 17, 18 sano`.
    """
    waiting: list[int] = []
    for entry in filter(None, (part.strip() for part in BETWEEN_ENTRIES.split(text))):
        said = plain(entry)
        words = _of_the_others(said)
        if words is not None:
            yield None, words, entry
            continue
        numbers, words = _numbers_of(said, entry, heard)
        if not numbers:
            if words is None:
                continue
            heard.refused.append(Refused(UNREADABLE, said=entry, entry=entry))
        elif not words:
            waiting += numbers
        else:
            yield [*waiting, *numbers], words, entry
            waiting = []
    heard.refused += [Refused(NO_STATE, str(each), entry=str(each)) for each in waiting]


def _of_the_others(said: str) -> str | None:
    """Give what is said of all the others, if that is what an entry speaks of."""
    words = said.split()
    for count in range(min(len(words), 4), 0, -1):
        if " ".join(words[:count]) in THE_OTHERS:
            return " ".join(words[count:])
    return None


def _numbers_of(said: str, entry: str, heard: Dictated) -> tuple[list[int], str | None]:
    """Read the teeth that an entry begins with; None for the words if one is no tooth."""
    numbers: list[int] = []
    at = 0
    while found := NUMBERS.match(said, at):
        at = found.end()
        first, last = (int(end) if end else None for end in found.groups())
        wrong = [end for end in (first, last) if end is not None and end not in TOOTH_NUMBERS]
        if wrong:
            heard.refused.append(Refused(NO_TOOTH, str(wrong[0]), entry=entry))
            return [], None
        run = _between(first or 0, last)
        if not run:
            heard.refused.append(Refused(NO_RANGE, said=f"{first}-{last}", entry=entry))
            return [], None
        numbers += run
    return numbers, said[at:].strip(" -")


def _between(first: int, last: int | None) -> list[int]:
    """Give the teeth from one to another along their arch; none if they share no arch."""
    if last is None:
        return [first]
    for arch in ARCHES:
        if first in arch and last in arch:
            start, end = sorted((arch.index(first), arch.index(last)))
            return list(arch[start : end + 1])
    return []


def _hear(
    heard: Dictated, numbers: Sequence[int], words: str, entry: str, *, after_death: bool
) -> None:
    """Take what is said of some teeth, or refuse it for each of them."""
    refused: dict[Refused, list[int]] = {}
    for number in numbers:
        tooth = _tooth(number, words, entry, after_death=after_death)
        if isinstance(tooth, Refused):
            refused.setdefault(tooth, []).append(number)
        elif heard.teeth.setdefault(number, tooth) != tooth:
            refused.setdefault(Refused(TWO_STATES, said=entry, entry=entry), []).append(number)
    heard.refused += [
        replace(each, tooth=", ".join(map(str, teeth))) for each, teeth in refused.items()
    ]


def _tooth(number: int, words: str, entry: str, *, after_death: bool) -> ChartedTooth | Refused:
    states: list[ToothState] = []
    materials: list[ToothMaterial] = []
    surfaces: set[ToothSurface] = set()
    for phrase in _phrases(words):
        meant = _meaning(phrase, after_death=after_death)
        if isinstance(meant, ToothState):
            states.append(meant)
        elif isinstance(meant, ToothMaterial):
            materials.append(meant)
        elif meant:
            surfaces.update(meant)
        elif phrase not in SAID_BETWEEN:
            return Refused(UNKNOWN_WORD, said=phrase, entry=entry)
    if len(set(states)) > 1 or len(set(materials)) > 1:
        return Refused(TWO_STATES, said=words, entry=entry)
    if not states and materials:
        states = [ToothState.RESTORED]
    if not states:
        return Refused(NO_STATE, entry=entry)
    ordered = tuple(each for each in ToothSurface if each in surfaces)
    tooth = ChartedTooth(number, states[0], ordered, materials[0] if materials else None)
    refused = why_not(tooth, after_death=after_death)
    return replace(refused, tooth="", entry=entry) if refused else tooth


def why_not(tooth: ChartedTooth, *, after_death: bool) -> Refused | None:
    """Say what of a tooth cannot be so."""
    wrong = ""
    if tooth.state is ToothState.MISSING_POST_MORTEM and not after_death:
        wrong = STILL_ALIVE
    elif tooth.surfaces and tooth.state not in WITH_SURFACES:
        wrong = NO_SURFACES
    elif tooth.material and tooth.state not in MENDED:
        wrong = NO_MATERIAL
    elif is_front(tooth.number) and ToothSurface.OCCLUSAL in tooth.surfaces:
        wrong = NO_CHEWING
    elif not is_front(tooth.number) and ToothSurface.INCISAL in tooth.surfaces:
        wrong = NO_EDGE
    return Refused(wrong, str(tooth.number), state=tooth.state) if wrong else None


def _phrases(words: str) -> Iterator[str]:
    """Cut words into the longest phrases that mean something, and single words."""
    left = words.split()
    while left:
        counts = range(min(len(left), MOST_WORDS + 2), 0, -1)
        known = (count for count in counts if _meant(" ".join(left[:count])))
        count = next(known, 1)
        yield " ".join(left[:count])
        left = left[count:]


def _meaning(
    phrase: str, *, after_death: bool
) -> ToothState | ToothMaterial | tuple[ToothSurface, ...]:
    if phrase in ABSENT:
        return ToothState.MISSING_UNKNOWN if after_death else ToothState.MISSING
    if known := _meant(phrase):
        return known
    letters = phrase.replace("-", "")
    if phrase not in SAID_BETWEEN and all(letter in SURFACE_LETTERS for letter in letters):
        return tuple(SURFACE_LETTERS[letter] for letter in letters)
    return ()


def _meant(phrase: str) -> ToothState | ToothMaterial | None:
    """Give what a phrase means: to dentists everywhere, else in the reader's own country."""
    if known := _vocabulary().get(phrase):
        return known
    if state := code_heard("tooth_state", phrase):
        return ToothState(state)
    material = code_heard("tooth_material", phrase)
    return ToothMaterial(material) if material else None


@cache
def _vocabulary() -> Mapping[str, ToothState | ToothMaterial]:
    """Give every phrase that is understood: of dentists, and of the pages in each language."""
    known: dict[str, ToothState | ToothMaterial] = {}
    for language in OFFERED:
        gettext = translations_for(language).gettext
        known |= {plain(regional_words_for(each, gettext)): each for each in ToothState}
        known |= {plain(gettext(words)): each for each, words in MATERIAL_WORDS.items()}
    for meanings in (STATES, MATERIALS):
        known |= {phrase: each for each, phrases in meanings.items() for phrase in phrases}
    return known
