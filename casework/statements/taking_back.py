"""The button that takes back one's own last edit: what it will bring back stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import RedirectResponse, Response

from casework.dataset.catalogue import field_at, groups_of
from casework.dataset.telling import tell_answer
from casework.dataset.values import Given, Value
from casework.errors import Conflict
from casework.statements.describing import AtHand
from casework.statements.picture import WITHDRAWN, Assertion
from casework.statements.undoing import CHANGED_MEANWHILE, Edit, undo
from casework.web.described import Teller
from casework.web.languages import marked

UNDONE = "undone"
_HISTORY = "history"
_SAID_BY = marked("según %(who)s")
_NOTHING = marked("sin respuesta")
_DECISION = marked("atenerse a: %(what)s")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One answer of the edit, and in words what stands there once it is taken back."""

    label: str
    now: str
    again: str


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """The edit that the button takes back, and the page to come back to."""

    statement: int
    at: datetime
    href: str
    back: str
    changes: tuple[ShownChange, ...]


def shown_edit(
    hand: AtHand, edit: Edit | None, teller: Teller, *, href: str, back: str = _HISTORY
) -> ShownEdit | None:
    """Say what somebody put down last and what would come back, if there is anything."""
    if edit is None:
        return None
    changes = tuple(
        ShownChange(
            teller.gettext(field_at(hand.described.kind, each.now.path).label),
            _tell(hand, each.now, teller),
            _again(hand, each.again, teller),
        )
        for each in edit.changes
    )
    return ShownEdit(edit.statement, edit.at, f"{href}/undo", back, changes)


def take_undo(hand: AtHand, href: str, given: Given) -> Response:
    """Take the edit back that the page showed, and go back to that page.

    Raises
    ------
    Conflict
        If it is not the viewer's last one any more.
    """
    try:
        number = int(given.one("statement"))
        at = datetime.fromisoformat(given.one("at"))
    except ValueError as error:
        raise Conflict(CHANGED_MEANWHILE) from error
    undo(hand, number, at)
    steps = {group.key: f"record/{group.key}" for group in groups_of(hand.described.kind)}
    back = steps.get(given.one("back"), _HISTORY)
    return RedirectResponse(f"{href}/{back}?{UNDONE}=yes", status_code=303)


def _again(hand: AtHand, standing: Sequence[Assertion], teller: Teller) -> str:
    if not standing:
        return teller.gettext(_NOTHING)
    told = []
    for each in standing:
        by = teller.gettext(_SAID_BY) % {"who": each.said_by} if each.said_by else ""
        told.append(", ".join(filter(None, (_value(hand, each.path, each.value, teller), by))))
    return "; ".join(told)


def _tell(hand: AtHand, said: Assertion, teller: Teller) -> str:
    told = _value(hand, said.path, said.value, teller)
    return told if said.goes_by is None else teller.gettext(_DECISION) % {"what": told}


def _value(hand: AtHand, path: str, value: Value, teller: Teller) -> str:
    if value == WITHDRAWN:
        return teller.gettext("se quitó")
    return tell_answer(field_at(hand.described.kind, path), value, teller)
