"""Taking back one's own last edit: said like everything else, and nothing is erased.

An edit is what one saving put down. As long as nobody replaced it, whoever made it may take it
back: their word then counts for nothing, and what it had replaced stands again, in the words
and the name of whoever said that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from casework.errors import Conflict
from casework.statements.describing import AtHand
from casework.statements.picture import WITHDRAWN, Assertion, picture_of, replaced_words
from casework.statements.reading import groups_opened, read_assertions
from casework.statements.saying import (
    LONGEST_SITTING,
    demand_to_say,
    open_to_say,
    say_apart,
    sitting_of,
)
from casework.web.languages import marked
from privacy.audit.log import Deed
from privacy.model import Reveals
from privacy.sealing.opening import open_group

# Of the statement that would take an edit back; no kept one has it.
_NOT_KEPT = -1
CHANGED_MEANWHILE = marked(
    "Lo que quería deshacer ya cambió: alguien lo corrigió, o usted anotó algo después. No se "
    "deshizo nada."
)


@dataclass(frozen=True, slots=True)
class Undoable:
    """One answer of an edit, and what stands there once it is taken back."""

    now: Assertion
    again: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """What one saving put down, as far as nobody replaced it."""

    statement: int
    at: datetime
    changes: tuple[Undoable, ...]


def last_edit(account_id: int, assertions: Sequence[Assertion]) -> Edit | None:
    """Find what somebody put down last among all that was said."""
    gone = replaced_words(assertions)
    own = [
        (each.written_at, each.statement, each)
        for each in assertions
        if each.entered_by == account_id
        and each.written_at is not None
        and (each.path, each.statement) not in gone
    ]
    if not own:
        return None
    at, number = max((at, number) for at, number, _ in own)
    last = [each for *when, each in own if when == [at, number]]
    return Edit(number, at, tuple(_undoable(each, assertions) for each in last))


def own_last_edit(hand: AtHand, statements: Iterable[Any]) -> Edit | None:
    """Find the viewer's last edit of these hours; opens no more than what they wrote in."""
    own = [
        each
        for each in statements
        if each.entered_by == hand.viewer.account_id
        and hand.at - each.entered_at < LONGEST_SITTING
    ]
    groups = {
        group
        for group in hand.described.groups
        if any(getattr(each, f"{group.value}_sealed") for each in own)
    }
    said = read_assertions(hand, groups_opened(hand, groups)) if groups else []
    return last_edit(hand.viewer.account_id, said)


def undo(hand: AtHand, statement: int, at: datetime) -> Edit:
    """Take back the viewer's last edit, if it still is the one that they were shown.

    Raises
    ------
    NotPermitted
        If the viewer does not write such records, or the record is another institution's.
    StepUpNeeded
        If some of it is closed until the viewer shows that they are there.
    Conflict
        If somebody replaced it, or they wrote something else meanwhile.
    """
    demand_to_say(hand)
    groups = groups_opened(hand, hand.described.groups)
    edit = last_edit(hand.viewer.account_id, read_assertions(hand, groups))
    if edit is None or (edit.statement, edit.at) != (statement, at):
        raise Conflict(CHANGED_MEANWHILE)
    open_to_say(hand, {each.now.path for each in edit.changes})
    said = _finish(hand, edit.statement, groups)
    told = {each.now.path: _told(each.now) for each in edit.changes}
    say_apart(hand, told, sitting_of(said), Deed.UNDONE)
    return edit


def _undoable(said: Assertion, assertions: Iterable[Assertion]) -> Undoable:
    others = (each for each in assertions if each.path == said.path)
    picture = picture_of([*others, _taking_back(said)])
    return Undoable(said, picture.get(said.path, ()))


def _taking_back(said: Assertion) -> Assertion:
    """Say what takes a word back: with what its writer had put there before, if they had."""
    return replace(
        said,
        statement=_NOT_KEPT,
        value=said.earlier[-1] if said.earlier else WITHDRAWN,
        replaces=said.replaces if said.earlier else frozenset(),
        undoes=frozenset({said.statement}),
        earlier=(),
        written_at=None,
        goes_by=None,
    )


def _told(said: Assertion) -> dict[str, Any]:
    back = _taking_back(said)
    return {
        "value": back.value,
        "certainty": back.certainty.value,
        "replaces": sorted(back.replaces),
        "undoes": sorted(back.undoes),
    }


def _finish(hand: AtHand, number: int, groups: Collection[Reveals]) -> Any:
    """Finish what the viewer still writes on, so that the next word is not put into it."""
    model = hand.described.statement
    mine = hand.session.scalars(
        sa.select(model)
        .where(model.case_id == hand.about.id, model.entered_by == hand.viewer.account_id)
        .order_by(model.id)
    ).all()
    for each in mine:
        each.finished_at = each.finished_at or hand.at
    for group in groups:
        open_group(hand.session, hand.viewer, mine, group, at=hand.at)
    return next(each for each in mine if each.id == number)
