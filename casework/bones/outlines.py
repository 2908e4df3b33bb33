"""The outlines of the bones: our own drawing, made of points, the person's left side only.

What lies on both sides is drawn once and laid over to the other. From the front the person's
left is on the reader's right; from behind it is the other way round.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from casework.bones.atlas import RIBS, VERTEBRAE, Stage

Point = tuple[float, float]


class View(StrEnum):
    """From where the skeleton is seen."""

    FRONT = "front"
    BACK = "back"


SIZE = {View.FRONT: (220.0, 520.0), View.BACK: (160.0, 344.0)}


@dataclass(frozen=True, slots=True)
class Outline:
    """One bone where it is drawn; `middle` is where its count is written."""

    code: str
    view: View
    path: str
    middle: Point


# From the front: stem → outlines of the left side, or of what lies in the middle.
_MIDDLE_FRONT: dict[str, Sequence[Point]] = {
    "frontal": (
        (90, 38),
        (88, 22),
        (97, 10),
        (110, 7),
        (123, 10),
        (132, 22),
        (130, 38),
        (120, 33),
        (110, 36),
        (100, 33),
    ),
    "nasals": ((107, 38), (113, 38), (115, 48), (110, 50), (105, 48)),
    "mandible": (
        (89, 57),
        (93, 57),
        (97, 69),
        (110, 73),
        (123, 69),
        (127, 57),
        (131, 57),
        (128, 75),
        (118, 84),
        (102, 84),
        (92, 75),
    ),
    "hyoid": ((101, 90), (110, 94), (119, 90), (119, 94), (110, 99), (101, 94)),
    "sternum": (
        (103, 107),
        (117, 107),
        (115, 119),
        (115, 148),
        (110, 160),
        (105, 148),
        (105, 119),
    ),
}
_LEFT_FRONT: dict[str, Sequence[Point]] = {
    "zygomatic": ((117, 47), (128, 43), (129, 52), (121, 57)),
    "temporal": ((131, 33), (136, 39), (134, 53), (130, 54), (130, 43)),
    "maxilla": ((111, 51), (118, 55), (119, 64), (111, 67)),
    "hip": (
        (112, 236),
        (124, 226),
        (141, 221),
        (150, 234),
        (142, 250),
        (135, 260),
        (126, 264),
        (119, 275),
        (111, 274),
        (112, 265),
        (120, 257),
        (116, 247),
    ),
    "ilium": ((112, 236), (124, 226), (141, 221), (150, 234), (142, 249), (122, 250)),
    "ischium": ((126, 253), (141, 252), (134, 266), (127, 274), (122, 268)),
    "pubis": ((121, 254), (120, 266), (118, 275), (111, 274), (112, 265)),
    "patella": ((121, 362), (126, 357), (132, 361), (128, 368), (123, 368)),
    "talus": ((117, 455), (128, 455), (129, 461), (117, 461)),
    "calcaneus": ((116, 463), (123, 462), (124, 470), (117, 471)),
}
# Ends, thickness of the shaft and of the ends.
_LONG_FRONT: dict[str, tuple[Point, Point, float, float]] = {
    "humerus": ((153, 112), (165, 200), 3.4, 6.4),
    "radius": ((171, 206), (182, 283), 2.3, 4.0),
    "ulna": ((163, 204), (173, 284), 2.3, 4.0),
    "femur": ((137, 260), (126, 353), 4.2, 8.0),
    "tibia": ((124, 370), (121, 452), 3.6, 7.2),
    "fibula": ((133, 374), (130, 453), 1.8, 3.4),
}
_RIB_REACH = (20, 28, 33, 36, 39, 41, 42, 42, 41, 39, 34, 26)
_FINGERS = ((168, 298), (173, 300), (178, 301), (183, 300), (188, 297))
_TOES = ((119, 476), (123, 477), (127, 477), (131, 476), (135, 474))


def outlines(stage: Stage) -> Iterator[Outline]:
    """Draw every bone that can be seen from outside, in the order of their regions."""
    hidden = {"hip"} if stage is Stage.SUBADULT else {"ilium", "ischium", "pubis"}
    for outline in (*_front(), *_back()):
        if outline.code.rpartition("_")[0] not in hidden:
            yield outline


def _front() -> Iterator[Outline]:
    for stem, points in _MIDDLE_FRONT.items():
        yield Outline(stem, View.FRONT, _smooth(points), _middle(points))
    for stem, points in _LEFT_FRONT.items():
        yield from _both(stem, View.FRONT, [points])
    yield from _both("clavicle", View.FRONT, [_band([(114, 109), (127, 105), (150, 108)], 5)])
    for stem, (start, end, shaft, ends) in _LONG_FRONT.items():
        yield from _both(stem, View.FRONT, [_long(start, end, shaft, ends)])
    for number in range(1, RIBS + 1):
        yield from _rib(number)
    yield from _hand()
    yield from _foot()


def _rib(number: int) -> Iterator[Outline]:
    top, reach = 106 + 9.2 * (number - 1), _RIB_REACH[number - 1]
    points: list[Point] = [(117, top), (110 + 0.75 * reach, top + 2), (110 + reach, top + 11)]
    if number <= 7:  # noqa: PLR2004 - the true ribs
        points += [(110 + 0.8 * reach, top + 19), (118, 112 + 6.6 * (number - 1))]
    elif number <= 10:  # noqa: PLR2004 - the false ones
        points += [(110 + 0.82 * reach, top + 21), (120 + 4 * (number - 8), top + 17)]
    for outline in _both("rib", View.FRONT, [_band(points, 4)]):
        yield Outline(f"{outline.code}{number}", outline.view, outline.path, outline.middle)


def _hand() -> Iterator[Outline]:
    wrist = [_round(171 + 5 * at, 288 + 2 * (at % 2), 2.7) for at in range(4)]
    wrist += [_round(172 + 5 * at, 294, 2.7) for at in range(4)]
    yield from _both("carpals", View.FRONT, wrist)
    palm = [_band([(x, y), _along((x, y), 15)], 3.2) for x, y in _FINGERS]
    yield from _both("metacarpals", View.FRONT, palm)
    bones = []
    for x, y in _FINGERS:
        for start, end in ((17, 26), (28, 35), (37, 42)):
            bones.append(_band([_along((x, y), start), _along((x, y), end)], 3))
    yield from _both("hand_phalanges", View.FRONT, bones)


def _foot() -> Iterator[Outline]:
    yield from _both(
        "tarsals", View.FRONT, [_round(120 + 4 * at, 472 - at % 2, 2.4) for at in range(1, 5)]
    )
    yield from _both(
        "metatarsals", View.FRONT, [_band([(x, y), _along((x, y), 14)], 3) for x, y in _TOES]
    )
    toes = []
    for x, y in _TOES:
        for start, end in ((16, 22), (24, 28)):
            toes.append(_band([_along((x, y), start), _along((x, y), end)], 3))
    yield from _both("foot_phalanges", View.FRONT, toes)


def _along(start: Point, by: float) -> Point:
    """Go down a finger or a toe; those further out lean outwards."""
    lean = (start[0] - (178 if start[0] > 150 else 125)) / 60  # noqa: PLR2004 - hand or foot
    return start[0] + lean * by, start[1] + by


_BACK_LEFT: dict[str, Sequence[Point]] = {
    "parietal": ((79, 8), (62, 12), (51, 28), (54, 46), (68, 45), (79, 40)),
    "scapula": ((40, 132), (52, 128), (62, 138), (60, 168), (54, 182), (46, 160), (36, 142)),
}
_BACK_MIDDLE: dict[str, Sequence[Point]] = {
    "occipital": (
        (80, 43),
        (68, 48),
        (57, 50),
        (63, 66),
        (80, 73),
        (97, 66),
        (103, 50),
        (92, 48),
    ),
    "sacrum": ((63, 287), (80, 284), (97, 287), (92, 305), (84, 322), (76, 322), (68, 305)),
    "coccyx": ((76, 325), (84, 325), (81, 340), (79, 340)),
}
# Where each kind of vertebra begins, how high and how wide one is.
_VERTEBRA = {"c": (78.0, 6.0, 11.0), "t": (120.0, 8.5, 12.0), "l": (222.0, 12.4, 16.0)}


def _back() -> Iterator[Outline]:
    for stem, points in _BACK_LEFT.items():
        yield from _both(stem, View.BACK, [points])
    for stem, points in _BACK_MIDDLE.items():
        yield Outline(stem, View.BACK, _smooth(points), _middle(points))
    for stem, last in VERTEBRAE.items():
        top, high, wide = _VERTEBRA[stem]
        for number in range(1, last + 1):
            points = _vertebra(top + high * (number - 1), high - 1, wide)
            yield Outline(f"{stem}{number}", View.BACK, _smooth(points), _middle(points))


def _vertebra(top: float, high: float, wide: float) -> Sequence[Point]:
    half: list[Point] = [
        *((-wide, top + high / 2 - 1), (-wide / 2, top), (wide / 2, top)),
        *((wide, top + high / 2 - 1), (wide, top + high / 2 + 1)),
        *((wide / 2, top + high), (-wide / 2, top + high), (-wide, top + high / 2 + 1)),
    ]
    return [(80 + x, y) for x, y in half]


def _both(stem: str, view: View, pieces: Sequence[Sequence[Point]]) -> Iterator[Outline]:
    """Draw what lies on the left, and lay it over to the right."""
    width = SIZE[view][0]
    for side in ("l", "r"):
        drawn = [
            points if side == "l" else [(width - x, y) for x, y in points] for points in pieces
        ]
        path = "".join(_smooth(points) for points in drawn)
        yield Outline(f"{stem}_{side}", view, path, _middle([p for ps in drawn for p in ps]))


def _long(start: Point, end: Point, shaft: float, ends: float) -> list[Point]:
    """Draw a long bone: a shaft with wider ends."""
    profile = ((0, 0.6), (0.04, 1), (0.1, 0.8), (0.2, 0), (0.8, 0), (0.9, 0.8), (0.96, 1))
    widths = [(at, shaft + (ends - shaft) * part) for at, part in (*profile, (1, 0.6))]
    return _sides(
        [_between(start, end, at) for at, _ in widths], [width / 2 for _, width in widths]
    )


def _band(points: Sequence[Point], width: float) -> list[Point]:
    """Draw a line of some width."""
    return _sides(points, [width / 2] * len(points))


def _sides(points: Sequence[Point], halves: Sequence[float]) -> list[Point]:
    there, back = [], []
    for at, ((x, y), half) in enumerate(zip(points, halves, strict=True)):
        (u, v), (p, q) = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
        length = hypot(p - u, q - v)
        across = (-(q - v) / length * half, (p - u) / length * half)
        there.append((x + across[0], y + across[1]))
        back.append((x - across[0], y - across[1]))
    return [*there, *reversed(back)]


def _round(x: float, y: float, r: float) -> list[Point]:
    return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]


def _between(start: Point, end: Point, at: float) -> Point:
    return start[0] + (end[0] - start[0]) * at, start[1] + (end[1] - start[1]) * at


def _middle(points: Sequence[Point]) -> Point:
    across, down = zip(*points, strict=True)
    return round((min(across) + max(across)) / 2, 1), round((min(down) + max(down)) / 2, 1)


def _smooth(points: Sequence[Point]) -> str:
    """Write a closed line that goes round its corners."""
    middles = [
        _between(a, b, 0.5) for a, b in zip(points, (*points[1:], points[0]), strict=True)
    ]
    path = f"M{_at(middles[-1])}"
    for corner, middle in zip(points, middles, strict=True):
        path += f"Q{_at(corner)} {_at(middle)}"
    return path + "Z"


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}".replace(".0", "")
