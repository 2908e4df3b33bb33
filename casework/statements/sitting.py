"""Who says it, how it is known and since when: asked once for all answers of a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.dataset.values import Given
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import LONGEST_SITTING, Sitting, sitting_of
from casework.statements.words import METHOD_WORDS
from casework.web.described import Teller
from casework.web.form_values import try_days
from casework.web.languages import marked
from casework.web.pieces import Choice

LONGEST_NAME = 200
# Files are brought in by their own page, never as somebody's word.
SAYABLE_METHODS = tuple(method for method in Method if method is not Method.IMPORT)


def sitting_problems(method: str, said_on: date | None, *, at: datetime) -> dict[str, str]:
    """Say what cannot be so of a sitting, by the name of its input."""
    problems: dict[str, str] = {}
    if method not in SAYABLE_METHODS:
        problems["method"] = marked("Elija una opción de la lista.")
    if said_on and said_on > at.date():
        problems["said_on"] = marked("Esa fecha todavía no ha llegado.")
    return problems


def read_sitting(given: Given, *, at: datetime) -> tuple[Sitting | None, dict[str, str]]:
    """Read the head of a step; a name that is typed goes before the one that is chosen."""
    days, unread = try_days(given.one("said_on"), "")
    said_on = days.earliest if days else None
    problems = sitting_problems(given.one("method"), said_on, at=at)
    if unread:
        problems["said_on"] = unread
    if problems:
        return None, problems
    who = given.one("said_by") or given.one("sayer")
    return Sitting(Method(given.one("method")), who[:LONGEST_NAME], said_on), {}


def sitting_so_far(hand: AtHand, statements: Sequence[Any]) -> Sitting:
    """Go on with the viewer's sitting of these hours; somebody else begins with no name.

    What was finished as it was made is no sitting: a decision, or what a file had brought.
    """
    for each in reversed(statements):
        is_own = each.entered_by == hand.viewer.account_id
        is_recent = hand.at - each.entered_at < LONGEST_SITTING
        if is_own and is_recent and each.finished_at != each.entered_at:
            return sitting_of(each)
    return Sitting(hand.described.usual)


@dataclass(frozen=True, slots=True)
class AskedSitting:
    """The head of a step as it is shown: who may be saying it, and what was chosen or typed."""

    sayers: tuple[Choice, ...]
    sayer: str
    said_by: str
    methods: tuple[Choice, ...]
    method: str
    said_on: str


def asked_sitting(
    hand: AtHand,
    statements: Sequence[Any],
    relatives: Iterable[Choice],
    *,
    teller: Teller,
    given: Given | None = None,
) -> AskedSitting:
    """Show the head of a step with what was typed, or with the sitting that goes on."""
    now = sitting_so_far(hand, statements)
    is_typed = given is not None and "method" in given.texts
    typed = given if given is not None and is_typed else Given({})
    return AskedSitting(
        sayers=sayers(relatives, statements),
        sayer=typed.one("sayer") if is_typed else now.said_by,
        said_by=typed.one("said_by"),
        methods=tuple(
            Choice(each, teller.gettext(METHOD_WORDS[each])) for each in SAYABLE_METHODS
        ),
        method=typed.one("method") if is_typed else now.method,
        said_on=typed.one("said_on")
        if is_typed
        else teller.wording.typed_day((now.said_on or hand.at.date()).isoformat()),
    )


def sayers(known: Iterable[Choice], statements: Iterable[Any]) -> tuple[Choice, ...]:
    """List who may be saying it: the registered relatives, then who said something before."""
    found = {each.value: each for each in known}
    for each in statements:
        if each.said_by and each.said_by not in found:
            found[each.said_by] = Choice(each.said_by, each.said_by)
    return tuple(found.values())
