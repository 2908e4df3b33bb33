"""Teeth as dentists draw them: the person's right on the left of the reader, FDI numbers.

Each tooth is a square of five faces with a sign and a letter for its state, so that colour
says nothing by itself. Two charts are laid together arch by arch, what was told above what
was seen, and teeth that differ carry a sign between them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.codes import ToothState
from casework.teeth.charts import (
    LOWER,
    LOWER_MILK,
    UPPER,
    UPPER_MILK,
    ChartedTooth,
    ToothSurface,
)
from casework.web.code_words import material_words, words_for
from casework.web.languages import marked

Gettext = Callable[[str], str]
Teeth = Mapping[int, ChartedTooth]

COLUMN, BOX, INNER = 30.0, 22.0, 7.0
NUMBERS_HIGH, TEETH_HIGH, SIGNS_HIGH, LABEL_HIGH, ARCHES_APART = 15.0, 38.0, 15.0, 14.0, 14.0
TEETH_OF_A_SIDE = 8
RUN_OF_MANY = 2

TOOTH = "M0 0h22v22h-22zM0 0l7 7M22 0l-7 7M0 22l7-7M22 22l-7-7M7 7h8v8h-8z"
TOP, BOTTOM = "M0 0H22L15 7H7Z", "M0 22H22L15 15H7Z"
START, END = "M0 0V22L7 15V7Z", "M22 0V22L15 15V7Z"
CENTRE = "M7 7h8v8h-8z"
RING, BAR, SLASH = "M1 11a10 10 0 1 0 20 0a10 10 0 1 0-20 0", "M-4 11H26", "M3 19L19 3"
# A letter for each state, the same in all languages, and what is drawn over the tooth.
LETTERS: Mapping[ToothState, str] = {
    ToothState.SOUND: "S",
    ToothState.DECAYED: "C",
    ToothState.FRACTURED: "F",
    ToothState.RESTORED: "O",
    ToothState.VENEER: "V",
    ToothState.CROWN: "Cr",
    ToothState.BRIDGE_ABUTMENT: "Br",
    ToothState.ROOT_FILLED: "E",
    ToothState.ROOT_ONLY: "R",
    ToothState.MISSING: "X",
    ToothState.PONTIC: "P",
    ToothState.IMPLANT: "I",
    ToothState.UNERUPTED: "U",
    ToothState.MISSING_POST_MORTEM: "PM",
    ToothState.MISSING_UNKNOWN: "?",
    ToothState.NOT_EXAMINED: "–",
}
SIGNS: Mapping[ToothState, str] = {
    ToothState.DECAYED: "M8 8l6 6M14 8l-6 6",
    ToothState.FRACTURED: "M0 13l5-5 4 6 4-6 4 6 5-5",
    ToothState.CROWN: RING,
    ToothState.BRIDGE_ABUTMENT: RING + BAR,
    ToothState.ROOT_FILLED: "M11 2V20M8 2h6",
    ToothState.ROOT_ONLY: "M5 3L11 20L17 3",
    ToothState.MISSING: "M2 2L20 20M20 2L2 20",
    ToothState.PONTIC: BAR + "M6 6v10M16 6v10",
    ToothState.IMPLANT: "M11 1V21M6 6h10M6 11h10M7 16h8",
    ToothState.UNERUPTED: "M3 17q8-14 16 0",
    ToothState.MISSING_POST_MORTEM: RING + SLASH,
    ToothState.MISSING_UNKNOWN: SLASH,
    ToothState.NOT_EXAMINED: "M5 11h12",
}
# Of these no crown of a tooth is to be seen.
WITHOUT_CROWN = frozenset(
    {
        ToothState.ROOT_ONLY,
        ToothState.MISSING,
        ToothState.IMPLANT,
        ToothState.UNERUPTED,
        ToothState.MISSING_POST_MORTEM,
        ToothState.MISSING_UNKNOWN,
        ToothState.NOT_EXAMINED,
    }
)
FILLED = frozenset({ToothState.RESTORED, ToothState.DECAYED, ToothState.ROOT_FILLED})
HALF_WORDS = (marked("su derecha"), marked("su izquierda"))


@dataclass(frozen=True, slots=True)
class ShownTooth:
    """One tooth in its place: which faces are filled, the sign over it, its letter."""

    number: int
    x: float
    y: float
    letter: str
    sign: str
    faces: tuple[str, ...]
    tone: str  # `whole`, `gone`, or empty where nothing was said
    label: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """A number, a label or the sign of a difference; `tone` says which of them."""

    x: float
    y: float
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownHalf:
    """The person's right or left half of the mouth, ready for SVG."""

    name: str
    title: str
    width: float
    height: float
    teeth: tuple[ShownTooth, ...]
    texts: tuple[ShownText, ...]


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A tooth that is not as it was said, in words."""

    sign: str
    words: str
    is_explained: bool


@dataclass(frozen=True, slots=True)
class ShownState:
    """A line of the key: letter, sign and words of a state that occurs."""

    letter: str
    sign: str
    faces: tuple[str, ...]
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class TeethDrawing:
    """One chart, or two laid together; `said` tells each of them in words."""

    key: str
    title: str
    halves: tuple[ShownHalf, ...]
    states: tuple[ShownState, ...]
    said: tuple[tuple[str, tuple[str, ...]], ...]
    differences: tuple[ShownDifference, ...] = ()


def draw_teeth(
    charts: Sequence[tuple[str, Teeth]],
    gettext: Gettext,
    *,
    key: str,
    explained: Mapping[int, bool] | None = None,
) -> TeethDrawing:
    """Draw one chart, or two together.

    `charts` are labels and teeth, what was told first. `explained`: whether time explains
    the difference, for each tooth that differs.
    """
    differing = dict(explained or {})
    states = {tooth.state for _, teeth in charts for tooth in teeth.values()}
    return TeethDrawing(
        key=key,
        title=gettext("Dentadura"),
        halves=tuple(_half(side, charts, differing, gettext) for side in (0, 1)),
        states=tuple(_key_line(state, gettext) for state in ToothState if state in states),
        said=tuple((label, said_teeth(teeth, gettext)) for label, teeth in charts),
        differences=tuple(_differences(charts, differing, gettext)),
    )


def tooth_words(tooth: ChartedTooth, gettext: Gettext) -> str:
    """Say a tooth in words: state, faces, material."""
    parts = (
        words_for(tooth.state, gettext),
        "".join(tooth.surfaces),
        material_words(tooth.material, gettext) if tooth.material else "",
    )
    return " · ".join(filter(None, parts))


def said_teeth(teeth: Teeth, gettext: Gettext) -> tuple[str, ...]:
    """Tell a chart in words: each state once, and the teeth that are so."""
    found: dict[str, list[int]] = {}
    for arch in (UPPER, LOWER, UPPER_MILK, LOWER_MILK):
        for number in arch:
            if number in teeth:
                found.setdefault(tooth_words(teeth[number], gettext), []).append(number)
    return tuple(f"{words}: {', '.join(_runs(numbers))}" for words, numbers in found.items())


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Join neighbours of one quadrant: 11 to 17."""
    run: list[int] = []
    for number in [*numbers, 0]:
        if run and abs(number - run[-1]) != 1:
            yield f"{run[0]}–{run[-1]}" if len(run) > RUN_OF_MANY else ", ".join(map(str, run))
            run = []
        run.append(number)


def _differences(
    charts: Sequence[tuple[str, Teeth]], explained: Mapping[int, bool], gettext: Gettext
) -> Iterator[ShownDifference]:
    for number in (*UPPER, *LOWER):
        if number in explained:
            told, seen = (tooth_words(teeth[number], gettext) for _, teeth in charts)
            said = gettext("%(tooth)s: se dijo %(told)s, se vio %(seen)s.")
            words = said % {"tooth": number, "told": told, "seen": seen}
            is_explained = explained[number]
            yield ShownDifference(_sign(explained=is_explained), words, is_explained)


def _sign(*, explained: bool) -> str:
    return "→" if explained else "≠"


@dataclass(slots=True)
class _Half:
    """A half of the mouth while it is drawn from top to bottom."""

    side: int
    gettext: Gettext
    teeth: list[ShownTooth]
    texts: list[ShownText]
    y: float = 0.0

    def numbers(self, row: Sequence[int]) -> None:
        self.texts += [
            ShownText(x + BOX / 2, self.y + 11, str(number), "number")
            for number, x in self._places(row)
        ]
        self.y += NUMBERS_HIGH

    def label(self, label: str) -> None:
        if label:
            self.texts.append(
                ShownText(4 if self.side == 0 else 0, self.y + 10, label, "label")
            )
            self.y += LABEL_HIGH

    def row(self, row: Sequence[int], teeth: Teeth, *, upper: bool) -> None:
        for number, x in self._places(row):
            tooth = teeth.get(number)
            self.teeth.append(
                _shown_tooth(number, tooth, (x, self.y), self.gettext, upper=upper)
            )
        self.y += TEETH_HIGH

    def signs(self, row: Sequence[int], explained: Mapping[int, bool]) -> None:
        for number, x in self._places(row):
            if number in explained:
                tone = "explained" if explained[number] else "unexplained"
                sign = _sign(explained=explained[number])
                self.texts.append(ShownText(x + BOX / 2, self.y + 11, sign, tone))
        self.y += SIGNS_HIGH

    def _places(self, row: Sequence[int]) -> Iterator[tuple[int, float]]:
        """Give the teeth of this side and where they begin, counted from the middle."""
        half = len(row) // 2
        here = row[:half] if self.side == 0 else row[half:]
        first = TEETH_OF_A_SIDE - half if self.side == 0 else 0
        for column, number in enumerate(here, first):
            yield number, column * COLUMN + 4


def _half(
    side: int,
    charts: Sequence[tuple[str, Teeth]],
    explained: Mapping[int, bool],
    gettext: Gettext,
) -> ShownHalf:
    half = _Half(side, gettext, [], [])
    told = {number for _, teeth in charts for number in teeth}
    _arch(half, UPPER, charts, explained, upper=True)
    if not told.isdisjoint((*UPPER_MILK, *LOWER_MILK)):
        _arch(half, UPPER_MILK, charts, explained, upper=True)
        half.y += ARCHES_APART
        _arch(half, LOWER_MILK, charts, explained, upper=False)
    else:
        half.y += ARCHES_APART
    _arch(half, LOWER, charts, explained, upper=False)
    return ShownHalf(
        name=("right", "left")[side],
        title=gettext(HALF_WORDS[side]),
        width=TEETH_OF_A_SIDE * COLUMN,
        height=half.y,
        teeth=tuple(half.teeth),
        texts=tuple(half.texts),
    )


def _arch(
    half: _Half,
    row: Sequence[int],
    charts: Sequence[tuple[str, Teeth]],
    explained: Mapping[int, bool],
    *,
    upper: bool,
) -> None:
    """Draw one arch, its numbers on the outer side; of two charts one under the other."""
    if upper:
        half.numbers(row)
    for at, (label, teeth) in enumerate(charts):
        if at:
            half.signs(row, explained)
        half.label(label if len(charts) > 1 else "")
        half.row(row, teeth, upper=upper)
    if not upper:
        half.numbers(row)


def _shown_tooth(
    number: int,
    tooth: ChartedTooth | None,
    at: tuple[float, float],
    gettext: Gettext,
    *,
    upper: bool,
) -> ShownTooth:
    if tooth is None:
        label = f"{number}: {gettext('no registrado')}"
        return ShownTooth(number, *at, letter="", sign="", faces=(), tone="", label=label)
    return ShownTooth(
        number,
        *at,
        letter=LETTERS[tooth.state],
        sign=SIGNS.get(tooth.state, ""),
        faces=_faces(tooth, upper=upper),
        tone=_tone(tooth.state),
        label=f"{number}: {tooth_words(tooth, gettext)}",
    )


def _tone(state: ToothState) -> str:
    return "gone" if state in WITHOUT_CROWN else "whole"


def _faces(tooth: ChartedTooth, *, upper: bool) -> tuple[str, ...]:
    """Give the faces to fill; the middle one where nobody said which."""
    on_the_right_of_the_person = tooth.number // 10 in (1, 4, 5, 8)
    sides = {
        ToothSurface.OCCLUSAL: CENTRE,
        ToothSurface.INCISAL: CENTRE,
        ToothSurface.VESTIBULAR: TOP if upper else BOTTOM,
        ToothSurface.LINGUAL: BOTTOM if upper else TOP,
        ToothSurface.MESIAL: END if on_the_right_of_the_person else START,
        ToothSurface.DISTAL: START if on_the_right_of_the_person else END,
    }
    if tooth.state is ToothState.VENEER and not tooth.surfaces:
        return (sides[ToothSurface.VESTIBULAR],)
    if tooth.state is ToothState.RESTORED and not tooth.surfaces:
        return (CENTRE,)
    if tooth.state in FILLED or tooth.state is ToothState.VENEER:
        return tuple(sides[each] for each in tooth.surfaces)
    return ()


def _key_line(state: ToothState, gettext: Gettext) -> ShownState:
    faces = _faces(ChartedTooth(16, state), upper=True)
    return ShownState(
        LETTERS[state], SIGNS.get(state, ""), faces, _tone(state), words_for(state, gettext)
    )
