"""A family tree as a picture: the usual symbols and lines, as numbers for an SVG."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casework.pedigree.layout import Place, lay_out
from casework.pedigree.tree import MISSING, Member, Tree, Twins

STEP_X, STEP_Y = 150.0, 132.0
HALF = 17.0  # of a symbol's width
MARGIN_X, MARGIN_Y = 80.0, 30.0
BELOW = 46.0  # two lines of words under the last row
LONGEST_LABEL = 22  # signs; seven units each, that neighbours' names stay apart


@dataclass(frozen=True, slots=True)
class Symbol:
    """Somebody on the chart; `shape` is square, circle or diamond."""

    number: int
    x: float
    y: float
    sex: str
    label: str
    kin: str
    said: str
    is_missing: bool
    is_dead: bool
    is_sampled: bool
    is_chosen: bool

    @property
    def half(self) -> float:
        return HALF


@dataclass(frozen=True, slots=True)
class Line:
    """A path between people; `kind` is couple, descent or twins."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole picture."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said of somebody: a name if it is open, what they are, and the whole sentence."""

    name: str
    kin: str
    sentence: str


def draw(
    tree: Tree,
    spoken: Mapping[int, Spoken],
    *,
    sampled: Collection[int] = (),
    chosen: int | None = None,
) -> Chart:
    """Draw a tree; `sampled` are those whose sample is kept."""
    places = lay_out(tree)
    at = {number: _point(place) for number, place in places.items()}
    # From above downwards and from side to side: so they are tabbed through and read aloud.
    symbols = tuple(
        _symbol(each, at[each.number], spoken[each.number], sampled, chosen=chosen)
        for each in sorted(tree.members, key=lambda one: at[one.number][::-1])
    )
    return Chart(
        width=2 * MARGIN_X + STEP_X * max(each.x for each in places.values()),
        height=2 * MARGIN_Y + BELOW + STEP_Y * max(each.row for each in places.values()),
        symbols=symbols,
        lines=(*_family_lines(tree, at), *_partner_lines(tree, at)),
    )


Point = tuple[float, float]


def _point(place: Place) -> Point:
    return round(MARGIN_X + STEP_X * place.x, 1), MARGIN_Y + HALF + STEP_Y * place.row


def _symbol(
    member: Member,
    at: Point,
    spoken: Spoken,
    sampled: Collection[int],
    *,
    chosen: int | None,
) -> Symbol:
    return Symbol(
        number=member.number,
        x=at[0],
        y=at[1],
        sex=member.sex.value,
        label=_short(spoken.name),
        kin=_short(spoken.kin),
        said=spoken.sentence,
        is_missing=member.number == MISSING,
        is_dead=member.is_dead,
        is_sampled=member.number in sampled,
        is_chosen=member.number == chosen,
    )


def _family_lines(tree: Tree, at: Mapping[int, Point]) -> list[Line]:
    families: dict[tuple[int, ...], list[Member]] = {}
    for each in tree.members:
        if each.parents:
            families.setdefault(each.parents, []).append(each)
    lines = []
    for place, (parents, children) in enumerate(families.items()):
        shift = 5.0 * (place % 4)  # so that two families' lines can be told apart
        couple, (x, y) = _couple(parents, at, shift)
        if couple:
            lines.append(Line(couple, "couple"))
        lines += _descent((x, y), children, at, shift)
    return lines


def _couple(
    parents: tuple[int, ...], at: Mapping[int, Point], shift: float
) -> tuple[str, Point]:
    """Join two parents, and say where their children hang."""
    points = sorted(at[number] for number in parents)
    if len(points) == 1:
        ((x, y),) = points
        return f"M{x + HALF} {y}H{x + HALF + 12}", (x + HALF + 12, y)
    (left, y), (right, other) = points
    middle = (left + right) / 2
    if y == other and not _stands_between(left, right, y, at):
        return f"M{left + HALF} {y}H{right - HALF}", (middle, y)
    below = max(y, other) + HALF + 38 + shift
    path = f"M{left} {y + HALF}V{below}H{right}V{other + HALF}"
    return path, (middle, below)


def _stands_between(left: float, right: float, y: float, at: Mapping[int, Point]) -> bool:
    return any(left < x < right and row == y for x, row in at.values())


def _descent(
    start: Point, children: list[Member], at: Mapping[int, Point], shift: float
) -> list[Line]:
    """Let children hang on a rail under their parents; twins hang on one point of it."""
    x, y = start
    hangs = {each.number: _hangs_at(each, children, at) for each in children}
    lines = []
    for row in sorted({at[each.number][1] for each in children}):
        here = [each.number for each in children if at[each.number][1] == row]
        rail = row - HALF - 20 + shift
        ends = [x, *(hangs[number] for number in here)]
        rails = f"M{x} {y}V{rail}M{min(ends)} {rail}H{max(ends)}"
        drops = "".join(
            f"M{hangs[number]} {rail}L{at[number][0]} {row - HALF}" for number in here
        )
        lines.append(Line(rails + drops, "descent"))
    lines += [
        Line(_twin_bar(at[each.number], at[each.twin_of]), "twins")
        for each in children
        if each.twin_of is not None and each.twins is Twins.IDENTICAL
    ]
    return lines


def _hangs_at(member: Member, children: list[Member], at: Mapping[int, Point]) -> float:
    together = [
        each.number
        for each in children
        if each.number in {member.number, member.twin_of} or each.twin_of == member.number
    ]
    return round(sum(at[number][0] for number in together) / len(together), 1)


def _twin_bar(one: Point, other: Point) -> str:
    """Draw the bar between twins of one egg, halfway up their two lines."""
    (left, y), (right, _) = sorted((one, other))
    quarter = (right - left) / 4
    return f"M{left + quarter} {y - HALF - 10}H{right - quarter}"


def _partner_lines(tree: Tree, at: Mapping[int, Point]) -> list[Line]:
    joined = {frozenset(each.parents) for each in tree.members}
    lines = []
    for each in tree.members:
        if each.partner_of is None or frozenset({each.number, each.partner_of}) in joined:
            continue
        path, _ = _couple((each.partner_of, each.number), at, 0.0)
        lines.append(Line(path, "couple"))
    return lines


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"
