"""What was said and no card of a file shows: by group of questions, with who says otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from casework.dataset.catalogue import groups_of
from casework.dataset.shape import Field, Kind
from casework.dataset.telling import fact_of_value, tell_answer
from casework.openings import Openings
from casework.statements.describing import AtHand
from casework.statements.picture import Assertion, Picture, entries_in, is_contradicted
from casework.statements.reading import read_opened
from casework.statements.unclear import Unclear, unclear_in
from casework.web.described import FactGroup, Teller
from casework.web.languages import marked
from casework.web.pieces import Fact

_SAID_BY = marked("según %(who)s")
_ALSO_SAID = marked("también se dijo: %(what)s")


@dataclass(frozen=True, slots=True)
class ToldOnFile:
    """What a file tells beyond its cards, and what its keepers should ask again."""

    groups: tuple[FactGroup, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def told_beyond_cards(hand: AtHand, openings: Openings, teller: Teller) -> ToldOnFile:
    """Tell what is open of it; what never leaves its institution is told inside it alone.

    The columns, and so the cards, hold one answer of those that contradict each other.
    """
    statement = hand.described.statement
    of_record = sa.select(statement.id).where(statement.case_id == hand.about.id)
    if hand.session.scalar(of_record.limit(1)) is None:
        return ToldOnFile()
    names = hand.described.says_who in openings.open
    picture = read_opened(hand, openings.open, names=names)
    is_own = hand.about.owner_institution_id == hand.viewer.institution_id
    told = (
        FactGroup(
            teller.gettext(group.title),
            tuple(
                fact
                for field in group.of(hand.described.kind)
                if is_own or field.leaves
                for fact in _facts(hand, field, picture, teller)
            ),
        )
        for group in groups_of(hand.described.kind)
    )
    return ToldOnFile(
        tuple(group for group in told if group.facts),
        unclear_in(hand, picture, teller) if is_own else (),
    )


def _facts(hand: AtHand, field: Field, picture: Picture, teller: Teller) -> Iterator[Fact]:
    is_on_card = any(each.field == field.key for each in hand.described.projected)
    if field.key in picture and (not is_on_card or is_contradicted(picture, field.key)):
        standing = picture[field.key]
        note = _note(field, standing, teller)
        yield fact_of_value(field, standing[0].value, teller, note=note)
    # Bones are drawn on a page of their own, and nobody reads two hundred of them as lines.
    if field.kind is Kind.ENTRIES and not field.said_there:
        yield from _listed(field, _lines(hand, field, picture, teller), teller)


def _listed(field: Field, told: Sequence[tuple[str, str]], teller: Teller) -> Iterator[Fact]:
    """List the entries; what is noted of all of them alike is noted once."""
    if not told:
        return
    notes = {note for _, note in told}
    alike = notes.pop() if len(notes) == 1 else ""
    lines = tuple(f"{text} ({note})" if note and not alike else text for text, note in told)
    yield Fact(teller.gettext(field.label), "; ".join(lines), lines=lines, note=alike)


def _lines(
    hand: AtHand, field: Field, picture: Picture, teller: Teller
) -> list[tuple[str, str]]:
    """Tell entries of which a card shows nothing, or less than was said, and who says so."""
    shown = {
        part
        for rows in hand.described.entries
        if rows.field == field.key
        for part in rows.parts
    }
    lines = []
    for number, entry in entries_in(picture, field.key).items():
        standing = picture[f"{field.key}/{number}"]
        if not entry.keys() <= shown or is_contradicted(picture, standing[0].path):
            lines.append((tell_answer(field, entry, teller), _note(field, standing, teller)))
    return lines


def _note(field: Field, standing: Sequence[Assertion], teller: Teller) -> str:
    """Say who said it, and what others say otherwise."""
    first, others = standing[0], standing[1:]
    told = [_by(first, teller)]
    for each in others:
        if each.value != first.value:
            what = ", ".join(
                filter(None, (tell_answer(field, each.value, teller), _by(each, teller)))
            )
            told.append(teller.gettext(_ALSO_SAID) % {"what": what})
    return "; ".join(filter(None, told))


def _by(said: Assertion, teller: Teller) -> str:
    return teller.gettext(_SAID_BY) % {"who": said.said_by} if said.said_by else ""
