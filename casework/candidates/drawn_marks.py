"""Marks of both records on one drawing, and under it the same in words.

A mark told and not seen is never left as a difference where the registry knows why nobody
could see it: the part was not recovered, was not examined, or hardly any skin is left.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase

from casework.candidates.compared_facts import Described, is_open
from casework.candidates.joined_marks import WITHOUT_SKIN, Bond, joined, lies_in_skin
from casework.candidates.queries import Proposal
from casework.candidates.unseen_parts import Part, Unseen, holds
from casework.codes import Answer, BodySite, Completeness, Condition, Side
from casework.dataset.code_lists.remains import NOT_RECOVERED
from casework.openings import Openings
from casework.web.body_chart import place_words
from casework.web.body_overlay import BodyOverlay, Bound, Laid, draw_overlay
from casework.web.code_words import DescribedMark, mark_words
from casework.web.described import Teller
from casework.web.languages import marked


class Alone(StrEnum):
    """Why a mark stands on one side only."""

    LOST = "lost"
    UNEXAMINED = "unexamined"
    NO_SKIN = "no_skin"
    NOT_SEEN = "not_seen"
    NOT_TOLD = "not_told"
    NOTHING_BESIDE = "nothing_beside"  # the other record says nothing of marks
    CLOSED = "closed"  # or not to this reader


SIGNS: Mapping[StrEnum, str] = {Bond.AGREES: "=", Bond.NEAR: "≈", Bond.OTHER_KIND: "≠"}
STANDING_WORDS: Mapping[StrEnum, str] = {
    Bond.AGREES: marked("La misma clase de seña, en el mismo lugar."),
    Bond.NEAR: marked(
        "Podrían ser la misma: se parecen, y lo que difiere o falta puede venir de cómo se "
        "contó o se anotó."
    ),
    Bond.OTHER_KIND: marked("En el mismo lugar, pero de otra clase."),
    Alone.LOST: marked("No se pudo ver: esa parte del cuerpo no se recuperó."),
    Alone.UNEXAMINED: marked(
        "No se pudo ver: esa parte del cuerpo no se recuperó entera o no se examinó."
    ),
    Alone.NO_SKIN: marked("No se pudo ver: apenas queda piel."),
    Alone.NOT_SEEN: marked("Nadie la anotó en los restos."),
    Alone.NOT_TOLD: marked("Nadie la contó de la persona."),
    Alone.NOTHING_BESIDE: marked(
        "No hay con qué compararla: el otro registro no dice nada de señas."
    ),
    Alone.CLOSED: marked("No hay con qué compararla: lo del otro registro está reservado."),
}
HIDDEN_WORDS = {
    Alone.LOST: marked("no se recuperó: %(parts)s"),
    Alone.UNEXAMINED: marked("no se recuperó entero o no se examinó: %(parts)s"),
}
# By these a hatched part is named in words; what lies on them goes without saying.
NAMED_BY = (
    *(BodySite.HEAD, BodySite.NECK, BodySite.CHEST, BodySite.ABDOMEN, BodySite.BACK),
    *(BodySite.HIP, BodySite.SHOULDER, BodySite.UPPER_ARM, BodySite.FOREARM, BodySite.HAND),
    *(BodySite.THIGH, BodySite.SHIN, BodySite.FOOT),
)
IN_PART = frozenset({Completeness.PARTIAL, Completeness.ELEMENT})


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A mark of one record: its number or letter, and whether the drawing shows it."""

    label: str
    words: str
    has_place: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line under the drawing: one mark or two that belong together, and how they stand."""

    told: ShownMark | None
    seen: ShownMark | None
    sign: str
    standing: str


@dataclass(frozen=True, slots=True)
class DrawnMarks:
    """The drawing, its lines in words, and what else keeps marks from being seen."""

    drawing: BodyOverlay
    lines: tuple[ShownLine, ...]
    hidden: tuple[tuple[str, str], ...]  # tone of a hatching, and its words
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """The marks of one record as far as they are open, or why there are none."""

    marks: Sequence[DescribedMark]
    is_closed: bool
    says_nothing: bool

    @classmethod
    def of(cls, record: Described, openings: Openings) -> "_Side":
        if not is_open("marks", openings):
            return cls((), is_closed=True, says_nothing=False)
        is_asked = bool(record.marks) or record.marks_answer is Answer.ABSENT
        return cls(record.marks, is_closed=False, says_nothing=not is_asked)

    @property
    def why_none(self) -> Alone | None:
        """Say why a mark of the other record finds nothing here to be held against."""
        if self.is_closed:
            return Alone.CLOSED
        return Alone.NOTHING_BESIDE if self.says_nothing else None


def marks_of(proposal: Proposal, unseen: Unseen, teller: Teller) -> DrawnMarks | None:
    """Draw the marks of both records; none where no mark that is open has a place."""
    told = _Side.of(proposal.person, proposal.of_person)
    seen = _Side.of(proposal.remains, proposal.of_remains)
    if not any(mark.site for mark in (*told.marks, *seen.marks)):
        return None
    laid = _laid(told.marks, "told"), _laid(seen.marks, "seen")
    joins = joined(told.marks, seen.marks)
    bounds = [
        Bound(laid[0][each.told].label, laid[1][each.seen].label, each.bond)
        for each in joins
        if each.bond is not Bond.OTHER_KIND
    ]
    hidden = _hidden(unseen)
    drawing = draw_overlay((*laid[0], *laid[1]), bounds, hidden, teller.gettext, key="both")
    condition = proposal.remains.condition if not seen.is_closed else None
    why = {
        **{
            each.label: _why_unseen(each.mark, unseen, condition)
            or seen.why_none
            or Alone.NOT_SEEN
            for each in laid[0]
        },
        **{each.label: told.why_none or Alone.NOT_TOLD for each in laid[1]},
    }
    pairs = [(laid[0][it.told], laid[1][it.seen], it.bond) for it in joins]
    return DrawnMarks(
        drawing=drawing,
        lines=tuple(_lines(laid, pairs, why, teller)),
        hidden=tuple(_hidden_in_words(unseen, teller)),
        notes=tuple(_notes(proposal, unseen, teller)) if not seen.is_closed else (),
    )


def _laid(marks: Sequence[DescribedMark], whose: str) -> list[Laid]:
    labels = map(str, range(1, len(marks) + 1)) if whose == "told" else _letters(len(marks))
    return [Laid(label, whose, mark) for label, mark in zip(labels, marks, strict=True)]


def _letters(count: int) -> Iterator[str]:
    """Name marks of the remains A to Z, and then A1, B1: never as those of the person."""
    for number in range(count):
        again, place = divmod(number, len(ascii_uppercase))
        yield f"{ascii_uppercase[place]}{again or ''}"


def _hidden(unseen: Unseen) -> dict[Part, str]:
    return {
        **dict.fromkeys(unseen.unexamined, str(Alone.UNEXAMINED)),
        **dict.fromkeys(unseen.lost, str(Alone.LOST)),
    }


def _hidden_in_words(unseen: Unseen, teller: Teller) -> Iterator[tuple[str, str]]:
    for parts, why in ((unseen.lost, Alone.LOST), (unseen.unexamined, Alone.UNEXAMINED)):
        named = [
            place_words(site, side or Side.MIDDLE, teller.gettext)
            for site in NAMED_BY
            for side in (None, Side.RIGHT, Side.LEFT)
            if (site, side) in parts
        ]
        if named:
            yield why, teller.gettext(HIDDEN_WORDS[why]) % {"parts": "; ".join(named)}


def _why_unseen(
    mark: DescribedMark, unseen: Unseen, condition: Condition | None
) -> Alone | None:
    """Say why nobody could see a mark on the remains, if the registry knows."""
    if holds(unseen.lost, mark.site, mark.side):
        return Alone.LOST
    if holds(unseen.lost | unseen.unexamined, mark.site, mark.side):
        return Alone.UNEXAMINED
    return Alone.NO_SKIN if lies_in_skin(mark.kind) and condition in WITHOUT_SKIN else None


Pair = tuple[Laid, Laid, Bond]


def _lines(
    laid: tuple[Sequence[Laid], Sequence[Laid]],
    pairs: Sequence[Pair],
    why: Mapping[str, Alone],
    teller: Teller,
) -> Iterator[ShownLine]:
    """Tell what belongs together first, the surest before the others; then what is alone."""
    order = list(Bond)
    for one, other, bond in sorted(pairs, key=lambda pair: order.index(pair[2])):
        said = teller.gettext(STANDING_WORDS[bond])
        yield ShownLine(_shown(one, teller), _shown(other, teller), SIGNS[bond], said)
    paired = {each.label for one, other, _ in pairs for each in (one, other)}
    for whose, side in zip(("told", "seen"), laid, strict=True):
        for each in side:
            if each.label not in paired:
                shown, said = (
                    _shown(each, teller),
                    teller.gettext(STANDING_WORDS[why[each.label]]),
                )
                is_told = whose == "told"
                yield ShownLine(
                    shown if is_told else None, None if is_told else shown, "", said
                )


def _shown(laid: Laid, teller: Teller) -> ShownMark:
    return ShownMark(laid.label, mark_words(laid.mark, teller.gettext), bool(laid.mark.site))


def _notes(proposal: Proposal, unseen: Unseen, teller: Teller) -> Iterator[str]:
    """Tell what keeps marks from being seen and has no place on the drawing."""
    _, remains = teller.gettext, proposal.remains
    if unseen.unplaced:
        parts = ", ".join(_(NOT_RECOVERED.words[code]) for code in unseen.unplaced)
        said = _(
            "Tampoco se recuperó, y no consta de qué lado, por lo que no se dibuja: %(parts)s."
        )
        yield said % {"parts": parts}
    if remains.completeness in IN_PART and not (unseen.lost or unseen.unplaced):
        yield _(
            "De los restos se recuperó solo una parte y no consta cuál: lo que se contó y aquí "
            "no está puede faltar por eso."
        )
