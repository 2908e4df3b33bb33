"""Our own line drawing of a person: where on it every place of the list of marks lies.

Only one half is drawn, at positive x; the other is its mirror image. Whose side that is
depends on where one looks from: before a person their left is on the right, behind them it
is on the left. So left and right are written down once, in `FROM`, and nowhere else.
The file stays whole: the points are one drawing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from casework.codes import BodySite, Side

Point = tuple[float, float]
Points = Sequence[Point]
# What lies on both sides of the person, drawn on one: place → points.
Pairs = dict[BodySite, Points]
Write = Callable[[Points], str]


class View(StrEnum):
    """From where the person is looked at, and how near."""

    FRONT = "front"
    BACK = "back"
    FACE = "face"
    PALMS = "palms"
    HANDS = "hands"
    FEET = "feet"
    SOLES = "soles"


# The person's own side that lies at positive x, which is on the right of the reader.
FROM = {
    View.FRONT: Side.LEFT,
    View.FACE: Side.LEFT,
    View.PALMS: Side.LEFT,
    View.FEET: Side.LEFT,
    View.BACK: Side.RIGHT,
    View.HANDS: Side.RIGHT,
    View.SOLES: Side.RIGHT,
}
# Half the width and the height of each view, in the units of its points.
FRAMES = {
    View.FRONT: (104.0, 440.0),
    View.BACK: (104.0, 440.0),
    View.FACE: (58.0, 152.0),
    View.PALMS: (80.0, 106.0),
    View.HANDS: (80.0, 106.0),
    View.FEET: (56.0, 100.0),
    View.SOLES: (56.0, 100.0),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A place on one side of the person, as a path of SVG, and the middle of it.

    `is_whole`: a place that smaller ones lie in, such as an arm; it is chosen by its name.
    """

    view: View
    site: BodySite
    side: Side
    path: str
    middle: Point
    is_whole: bool = False


def polygon(points: Points) -> str:
    """Write a closed line with straight sides as a path."""
    steps = (_near(start, (end,)) for start, end in pairwise(points))
    return f"M{_near((0, 0), points[:1])}l{' '.join(steps)}Z"


def smooth(points: Points) -> str:
    """Write a closed line that runs through all points without corners (Catmull-Rom).

    Each curve after the first goes on as the one before it ended, which `s` says in short.
    """
    count = len(points)
    curves = []
    for at in range(count):
        before, start, end, after = (points[(at + step) % count] for step in (-1, 0, 1, 2))
        first = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        second = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        parts = (second, end) if at else (first, second, end)
        curves.append(("s" if at else "c") + _near(start, parts))
    return f"M{_near((0, 0), points[:1])}{''.join(curves)}Z"


def round_box(left: float, top: float, right: float, bottom: float) -> Points:
    """Give the points of a rounded box, to be run through smoothly: a finger, a toe, an eye."""
    across = (right - left) / 2
    middle, down = left + across, min((bottom - top) / 2.6, across)
    half = (
        (middle, top),
        (middle + across * 0.71, top + down * 0.29),
        (right, top + down),
        (right, top + down * 1.3),
        (right, bottom - down * 1.3),
        (right, bottom - down),
        (middle + across * 0.71, bottom - down * 0.29),
        (middle, bottom),
    )
    return (*half, *((2 * middle - x, y) for x, y in reversed(half[1:-1])))


def mirrored(points: Points) -> Points:
    """Give the same points on the other side of the middle."""
    return tuple((-x, y) for x, y in points)


def whole_of(half: Points) -> Points:
    """Close half an outline with its mirror image; the first and the last point lie on it."""
    return (*half, *reversed(mirrored(half[1:-1] if half[0][0] == 0 else half)))


def _near(start: Point, points: Points) -> str:
    """Write points as steps from another, to a tenth of a unit and without a needless sign."""
    numbers = (
        round(end - begin, 1)
        for point in points
        for begin, end in zip(start, point, strict=True)
    )
    return " ".join(f"{number + 0:g}" for number in numbers).replace(" -", "-")


PERSON: Points = (
    # Head, ear, neck and shoulder,
    *((0, 6), (12, 8), (20, 17), (22.5, 30), (25, 33), (25.5, 40), (23, 47), (20, 54)),
    *((14, 64), (12, 72), (14, 79), (24, 85), (40, 89), (52, 96), (58, 109)),
    # the outside of the arm down to the thumb, the hand,
    *((62, 130), (65, 150), (68, 168), (73, 186), (78, 205), (82, 228), (90, 241), (97, 255)),
    *((96, 262), (89, 256), (90, 268), (89, 280), (84, 289), (77, 287), (72, 276), (69, 260)),
    # the inside of the arm up to the armpit,
    *((68, 244), (69, 230), (66, 212), (61, 196), (55, 180), (52, 164), (49, 144)),
    *((44, 121), (42, 138), (39.5, 155), (37, 172), (37.5, 188), (41, 206), (44.5, 224)),
    # and the leg, down its outside and up its inside.
    *((45.5, 245), (44, 268), (40.5, 290), (37, 308), (37, 324), (38, 345), (35.5, 368)),
    *((30, 392), (28, 406), (31, 416), (37, 424), (38, 431), (31, 434), (21, 432)),
    *((16.5, 424), (16.5, 410), (15.5, 392), (12.5, 368), (13.5, 346), (15, 326)),
    *((13, 306), (9, 280), (4, 252), (0, 236)),
)
HEAD: Points = (
    *((0, 5), (20, 8), (36, 22), (43, 44), (45, 57), (50, 57), (52.5, 66), (50, 80), (45, 88)),
    *((41, 100), (32, 117), (17, 130), (0, 135)),
)
UNDER_THE_HEAD: Points = ((21, 116), (21, 136), (26, 152))

ARMS: Pairs = {
    BodySite.SHOULDER: ((39, 78), (80, 78), (80, 116), (50, 116), (46, 106), (40, 97)),
    BodySite.UPPER_ARM: ((50, 116), (80, 116), (84, 160), (46, 160), (45, 126)),
    BodySite.ELBOW: ((46, 160), (84, 160), (90, 183), (46, 183)),
    BodySite.FOREARM: ((46, 183), (90, 183), (92, 216), (56, 219)),
    BodySite.WRIST: ((56, 219), (92, 216), (92, 231), (60, 235)),
    BodySite.HAND: ((60, 235), (92, 231), (104, 240), (104, 296), (60, 296)),
}
LEGS: Pairs = {
    BodySite.THIGH: ((50, 227), (50, 303), (0, 303), (0, 243), (11, 243), (36, 227)),
    BodySite.KNEE: ((0, 303), (50, 303), (50, 334), (0, 334)),
    BodySite.ANKLE: ((0, 394), (50, 394), (50, 413), (0, 413)),
}
BEFORE: Pairs = (
    ARMS
    | LEGS
    | {
        BodySite.EAR: ((22.4, 26), (30, 26), (30, 52), (20.6, 52)),
        BodySite.NECK: ((6, 61), (26, 61), (24, 84), (8, 86)),
        BodySite.COLLARBONE: ((4, 86), (24, 83), (40, 82), (40, 97), (4, 97)),
        BodySite.CHEST: ((9, 97), (40, 97), (46, 106), (50, 116), (9, 116)),
        BodySite.BREAST: ((9, 116), (45, 116), (42, 140), (9, 140)),
        BodySite.ARMPIT: ((40.5, 110), (50, 112), (50.5, 131), (40.5, 131)),
        BodySite.RIBS: ((9, 140), (46, 140), (46, 163), (9, 163)),
        BodySite.SIDE: ((26, 163), (46, 163), (46, 198), (26, 198)),
        BodySite.ABDOMEN: ((9, 163), (26, 163), (26, 205), (11, 210)),
        BodySite.HIP: ((26, 198), (50, 198), (50, 227), (36, 227), (26, 205)),
        BodySite.GROIN: ((11, 210), (26, 205), (36, 227), (11, 243)),
        BodySite.SHIN: ((0, 334), (50, 334), (50, 394), (0, 394)),
        BodySite.FOOT: ((0, 413), (50, 413), (50, 440), (0, 440)),
    }
)
BEHIND: Pairs = (
    ARMS
    | LEGS
    | {
        BodySite.UPPER_BACK: ((9, 84), (40, 82), (40, 97), (41, 100), (9, 100)),
        BodySite.SHOULDER_BLADE: (
            (9, 100),
            (41, 100),
            (46, 106),
            (47, 118),
            (43, 136),
            (9, 136),
        ),
        BodySite.BACK: ((9, 136), (46, 136), (46, 166), (9, 166)),
        BodySite.LOWER_BACK: ((9, 166), (46, 166), (46, 200), (9, 200)),
        BodySite.BUTTOCK: ((0, 200), (30, 200), (40, 208), (46, 222), (48, 243), (0, 243)),
        BodySite.HIP: ((30, 200), (50, 200), (50, 243), (48, 243), (46, 222), (40, 208)),
        BodySite.THIGH: ((50, 243), (50, 303), (0, 303), (0, 243)),
        BodySite.CALF: ((0, 334), (50, 334), (50, 394), (0, 394)),
        BodySite.HEEL: ((0, 413), (50, 413), (50, 440), (0, 440)),
    }
)
FACE: Pairs = {
    BodySite.FOREHEAD: ((9, 26), (32, 26), (32, 46), (9, 47)),
    BodySite.TEMPLE: ((32, 22), (48, 22), (48, 57), (44, 66), (33, 62), (32, 46)),
    BodySite.CHEEK: ((11, 69), (33, 62), (44, 66), (46, 98), (17, 100), (12, 88)),
    BodySite.JAW: ((17, 100), (50, 97), (40, 136), (14, 138), (14, 118)),
    BodySite.EAR: ((44.6, 52), (56, 52), (56, 79), (45.6, 79)),
    BodySite.EARLOBE: ((45.6, 79), (56, 79), (56, 92), (44, 92)),
}
EYES: Pairs = {
    BodySite.EYEBROW: ((7, 51), (16, 46.5), (27, 46.5), (32, 51), (26, 50.5), (16, 51)),
    BodySite.EYELID: ((8, 61), (13, 55), (20, 53.5), (27, 55.5), (32, 61), (26, 66), (14, 66)),
    BodySite.EYE: ((10, 62), (15, 58.8), (20, 58), (25, 58.8), (30, 62), (25, 65), (15, 65)),
    BodySite.NOSTRIL: ((3, 86), (5, 81), (9, 81), (11.5, 85.5), (9.5, 89.5), (5, 89.5)),
}
# What lies in the middle of the person, drawn on both sides of the middle: place → half.
MIDDLE_BEFORE: Pairs = {
    BodySite.SCALP: ((0, 0), (30, 0), (30, 19), (0, 17)),
    BodySite.FACE: ((0, 17), (24, 19), (22.4, 26), (20.6, 52), (14, 66), (0, 70)),
    BodySite.THROAT: ((0, 68), (6, 66), (8, 86), (0, 88)),
    BodySite.CHEST: ((0, 86), (4, 86), (4, 97), (9, 97), (9, 150), (0, 150)),
    BodySite.ABDOMEN: ((0, 150), (9, 150), (11, 210), (11, 222), (0, 222)),
    BodySite.GENITALS: ((0, 222), (11, 222), (11, 243), (0, 243)),
}
MIDDLE_BEHIND: Pairs = {
    BodySite.SCALP: ((0, 0), (30, 0), (30, 30), (0, 30)),
    BodySite.HEAD: ((0, 30), (30, 30), (30, 56), (18, 60), (0, 60)),
    BodySite.NAPE: ((0, 60), (30, 56), (26, 84), (9, 84), (0, 86)),
    BodySite.UPPER_BACK: ((0, 84), (9, 84), (9, 136), (0, 136)),
    BodySite.BACK: ((0, 136), (9, 136), (9, 166), (0, 166)),
    BodySite.LOWER_BACK: ((0, 166), (9, 166), (9, 200), (0, 200)),
}
MIDDLE_FACE: Pairs = {
    BodySite.FACE: ((0, 24), (32, 26), (46, 57), (45, 90), (17, 130), (0, 138)),
    BodySite.SCALP: ((0, 0), (48, 0), (48, 22), (32, 22), (32, 26), (0, 24)),
    BodySite.FOREHEAD: ((0, 24), (9, 25), (9, 47), (6, 52), (0, 52)),
    BodySite.NOSE: ((0, 52), (5, 53), (6, 74), (11, 81), (11, 88), (0, 93)),
    BodySite.CHIN: ((0, 118), (14, 118), (14, 138), (0, 138)),
}
MOUTH: Pairs = {
    BodySite.LIP: ((0, 98.5), (5, 97), (14, 104), (9, 112), (0, 114.5)),
    BodySite.MOUTH: ((0, 100.5), (6, 100.5), (10.5, 104.5), (6, 109.5), (0, 110.5)),
    BodySite.TOOTH: ((0, 100.8), (5, 100.9), (8, 103.4), (5, 104.2), (0, 104.4)),
    BodySite.TONGUE: ((0, 106), (4, 106.3), (5.5, 108), (3.5, 109.6), (0, 110)),
}
NAVEL: Points = ((0, 184), (3.5, 188), (0, 192))

HAND: Points = (
    *((27, 0), (25, 12), (20, 28), (18, 46), (20, 55), (30, 58), (40, 58.5), (50, 57)),
    *((57, 52), (59, 40), (56, 22), (53, 12), (51, 0), (39, -2)),
)
FINGERS: Pairs = {
    BodySite.LITTLE_FINGER: round_box(17.5, 50, 26.3, 82),
    BodySite.RING_FINGER: round_box(27.7, 53, 37, 94),
    BodySite.MIDDLE_FINGER: round_box(38.4, 53, 47.7, 99),
    BodySite.INDEX_FINGER: round_box(49, 51, 58.2, 91),
    BodySite.THUMB: (
        *((54, 20), (60, 26), (67, 38), (73, 50), (75, 59), (72, 64), (67, 62)),
        *((61, 53), (56, 46), (53, 38), (52, 28)),
    ),
}
FINGERNAILS: Sequence[Points] = (
    round_box(19.4, 74, 24.4, 81),
    round_box(29.7, 85.5, 35, 93),
    round_box(40.4, 90.5, 45.7, 98),
    round_box(51, 82.5, 56.2, 90),
    ((70, 55), (73, 57), (73.5, 61), (71, 62.5), (68.5, 60)),
)
INSTEP: Points = (
    *((21, -2), (20, 14), (15, 36), (12, 56), (13, 68), (24, 72), (36, 69), (45, 62)),
    *((47, 50), (44, 34), (39, 14), (38, -2), (30, -4)),
)
SOLE: Points = (
    *((27, 3), (19, 8), (17, 20), (18, 36), (13, 54), (13, 68), (24, 72), (36, 69)),
    *((45, 62), (46, 50), (41, 36), (38, 20), (36, 8)),
)
HEEL: Points = ((27, 4), (20, 9), (18.5, 18), (21, 26), (28, 28), (35, 25), (36.5, 17), (34, 8))
BIG_TOE: Points = round_box(11.5, 66, 23, 94)
TOES: Sequence[Points] = (
    round_box(24, 68, 31, 90),
    round_box(31.8, 66, 38.2, 86),
    round_box(38.8, 63, 44.4, 80),
    round_box(44.6, 57, 49.6, 73),
)
TOENAILS: Sequence[Points] = (
    round_box(14, 84, 20.5, 92),
    round_box(25.7, 83, 29.4, 88.5),
    round_box(33.2, 79.5, 36.8, 84.7),
    round_box(39.9, 74, 43.3, 79),
    round_box(45.5, 67.5, 48.7, 72),
)
# Places that hold others: drawn when they are named, chosen by their name.
WHOLES_IN_FRONT: Pairs = {
    BodySite.ARM: ((50, 116), (80, 116), (104, 240), (92, 231), (60, 235), (45, 126)),
    BodySite.LEG: ((50, 227), (50, 440), (0, 440), (0, 243), (11, 243), (36, 227)),
}
WHOLE_HEAD: Points = ((0, 0), (30, 0), (30, 52), (14, 66), (0, 70))


def outline_of(view: View) -> str:
    """Give the outline of the person in one view, as one path."""
    if view in (View.FRONT, View.BACK):
        return smooth(whole_of(PERSON))
    if view is View.FACE:
        return polygon(whole_of(UNDER_THE_HEAD)) + smooth(whole_of(HEAD))
    parts: dict[View, Sequence[Points]] = {
        View.PALMS: (HAND, *FINGERS.values()),
        View.HANDS: (HAND, *FINGERS.values()),
        View.FEET: (INSTEP, BIG_TOE, *TOES),
        View.SOLES: (SOLE, BIG_TOE, *TOES),
    }
    return "".join(smooth(part) + smooth(mirrored(part)) for part in parts[view])


def all_areas() -> Iterator[Area]:
    """Give every place of the drawing, those first that others lie upon."""
    yield Area(
        View.FRONT,
        BodySite.WHOLE_BODY,
        Side.MIDDLE,
        smooth(whole_of(PERSON)),
        (0, 210),
        is_whole=True,
    )
    yield _central(View.FRONT, BodySite.HEAD, WHOLE_HEAD, polygon, is_whole=True)
    yield from _both(View.FRONT, WHOLES_IN_FRONT, polygon, is_whole=True)
    yield from _both(View.FRONT, BEFORE, polygon)
    yield from _all_central(View.FRONT, MIDDLE_BEFORE, polygon)
    yield _central(View.FRONT, BodySite.NAVEL, NAVEL, smooth)
    yield from _both(View.BACK, BEHIND, polygon)
    yield from _all_central(View.BACK, MIDDLE_BEHIND, polygon)
    yield from _all_central(View.FACE, MIDDLE_FACE, polygon)
    yield from _both(View.FACE, FACE, polygon)
    yield from _both(View.FACE, EYES, smooth)
    yield from _all_central(View.FACE, MOUTH, smooth)
    yield from _ends()


def _ends() -> Iterator[Area]:
    """Give the places of hands and feet: shapes of their own, not cut from an outline."""
    for view, site in ((View.PALMS, BodySite.PALM), (View.HANDS, BodySite.HAND)):
        yield from _shapes(view, site, (HAND,))
        yield from _shapes(view, BodySite.FINGER, tuple(FINGERS.values()), is_whole=True)
        for finger, points in FINGERS.items():
            yield from _shapes(view, finger, (points,))
    yield from _shapes(View.HANDS, BodySite.FINGERNAIL, FINGERNAILS)
    yield from _shapes(View.FEET, BodySite.FOOT, (INSTEP,))
    yield from _shapes(View.SOLES, BodySite.SOLE, (SOLE,))
    yield from _shapes(View.SOLES, BodySite.HEEL, (HEEL,))
    for view in (View.FEET, View.SOLES):
        yield from _shapes(view, BodySite.TOE, TOES)
        yield from _shapes(view, BodySite.BIG_TOE, (BIG_TOE,))
    yield from _shapes(View.FEET, BodySite.TOENAIL, TOENAILS)


def _shapes(
    view: View, site: BodySite, shapes: Sequence[Points], *, is_whole: bool = False
) -> Iterator[Area]:
    for side, drawn in _sides(view, shapes):
        path = "".join(smooth(points) for points in drawn)
        every = [point for points in drawn for point in points]
        yield Area(view, site, side, path, _middle(every), is_whole=is_whole)


def _both(view: View, places: Pairs, write: Write, *, is_whole: bool = False) -> Iterator[Area]:
    for site, points in places.items():
        for side, drawn in _sides(view, (points,)):
            yield Area(view, site, side, write(drawn[0]), _middle(drawn[0]), is_whole=is_whole)


def _sides(view: View, shapes: Sequence[Points]) -> Iterator[tuple[Side, Sequence[Points]]]:
    """Give the shapes on the side they are drawn on, and mirrored on the other."""
    here = FROM[view]
    there = Side.LEFT if here is Side.RIGHT else Side.RIGHT
    yield there, tuple(mirrored(points) for points in shapes)
    yield here, tuple(shapes)


def _all_central(view: View, places: Pairs, write: Write) -> Iterator[Area]:
    for site, half in places.items():
        yield _central(view, site, half, write)


def _central(
    view: View, site: BodySite, half: Points, write: Write, *, is_whole: bool = False
) -> Area:
    points = whole_of(half) if half[-1][0] else (*half, *reversed(mirrored(half[1:-1])))
    return Area(view, site, Side.MIDDLE, write(points), _middle(points), is_whole=is_whole)


def _middle(points: Points) -> Point:
    across, down = [x for x, _ in points], [y for _, y in points]
    return round((min(across) + max(across)) / 2, 1), round((min(down) + max(down)) / 2, 1)
