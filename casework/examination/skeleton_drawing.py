"""The skeleton of one person as its inventory says, ready for SVG, to read and to point at.

A bone that is there is filled, one in part is hatched, one that is missing is a dashed line,
and one nobody looked for is dotted: no colour says anything by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.bones.atlas import BONES, Region, Stage, bones_of
from casework.bones.inventory import BoneState, Seen
from casework.bones.outlines import SIZE, View, outlines
from casework.bones.words import REGION_WORDS, STATE_WORDS
from casework.codes import Side
from casework.examination.bone_words import Gettext, bone_words, said_region, seen_words
from casework.web.body_chart import SIDE_WORDS
from casework.web.languages import marked

VIEW_WORDS = {View.FRONT: marked("De frente"), View.BACK: marked("De espaldas")}
_FROM = {View.FRONT: (Side.RIGHT, Side.LEFT), View.BACK: (Side.LEFT, Side.RIGHT)}
_TONES: Mapping[BoneState | None, str] = {
    None: "unsaid",
    **{state: state.value for state in BoneState},
}


@dataclass(frozen=True, slots=True)
class ShownBone:
    """One bone: `tone` is its state or `unsaid`; `times`, where there is more than one."""

    code: str
    path: str
    tone: str
    label: str
    times: str = ""
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class ShownView:
    """The skeleton from one side."""

    name: str
    title: str
    at_start: str
    at_end: str
    width: float
    height: float
    bones: tuple[ShownBone, ...]


@dataclass(frozen=True, slots=True)
class ShownRegion:
    """A region in words, for whoever does not look at the drawing."""

    code: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkeletonDrawing:
    """The drawing; `hidden` are bones that cannot be seen from outside, `said` all in words."""

    views: tuple[ShownView, ...]
    hidden: tuple[ShownBone, ...]
    states: tuple[tuple[str, str], ...]
    said: tuple[ShownRegion, ...]


def draw_skeleton(seen: Seen, stage: Stage, gettext: Gettext) -> SkeletonDrawing:
    """Draw what an inventory says of the bones of one person."""
    drawn = {outline.code for outline in outlines(stage)}
    hidden = (bone.code for bone in bones_of(stage) if bone.code not in drawn)
    return SkeletonDrawing(
        views=tuple(_view(view, seen, stage, gettext) for view in View),
        hidden=tuple(_shown(code, "", seen, gettext) for code in hidden),
        states=(
            *((state.value, gettext(words)) for state, words in STATE_WORDS.items()),
            ("unsaid", gettext("no registrado")),
        ),
        said=tuple(
            ShownRegion(
                region,
                gettext(REGION_WORDS[region]),
                said_region(seen, stage, region, gettext),
            )
            for region in Region
        ),
    )


def _view(view: View, seen: Seen, stage: Stage, gettext: Gettext) -> ShownView:
    start, end = _FROM[view]
    return ShownView(
        name=view,
        title=gettext(VIEW_WORDS[view]),
        at_start=gettext(SIDE_WORDS[start]),
        at_end=gettext(SIDE_WORDS[end]),
        width=SIZE[view][0],
        height=SIZE[view][1],
        bones=tuple(_bones(view, seen, stage, gettext)),
    )


def _bones(view: View, seen: Seen, stage: Stage, gettext: Gettext) -> Iterator[ShownBone]:
    for outline in outlines(stage):
        if outline.view is view:
            yield _shown(outline.code, outline.path, seen, gettext, at=outline.middle)


def _shown(
    code: str, path: str, seen: Seen, gettext: Gettext, *, at: tuple[float, float] = (0.0, 0.0)
) -> ShownBone:
    bone, found = BONES[code], seen.get(code)
    is_more = found is not None and (found.count or 0) > bone.whole
    return ShownBone(
        code=code,
        path=path,
        tone=_TONES[found.state if found else None],
        label=f"{bone_words(bone, gettext)}: {seen_words(bone, found, gettext)}",
        times=f"×{found.count}" if found and is_more else "",
        x=at[0],
        y=at[1],
    )
