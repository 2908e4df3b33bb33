"""All that was said of a record, the newest first: by whom, how known, what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import Response

from casework.dataset.catalogue import field_at
from casework.dataset.telling import tell_answer
from casework.dataset.values import Value
from casework.signin.queries import names_behind
from casework.statements.describing import AtHand
from casework.statements.picture import WITHDRAWN, Assertion, by_statement, replaced_words
from casework.statements.reading import groups_opened, read_assertions
from casework.statements.steps import Home
from casework.statements.taking_back import shown_edit
from casework.statements.undoing import last_edit
from casework.statements.words import CERTAINTY_WORDS, METHOD_WORDS
from casework.web.described import Teller, teller_for
from casework.web.pieces import NavLink
from casework.web.visit import Visit
from privacy.audit.log import Deed, record


@dataclass(frozen=True, slots=True)
class Change:
    """One field as a statement changed it."""

    label: str
    before: tuple[str, ...]
    after: str
    certainty: str
    still_stands: bool
    decided: str = ""  # why to go by it, where it is no word of its own
    is_decision: bool = False


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """One sitting: who said it, and field by field what was new."""

    said_by: str
    method: str
    said_on: str
    entered_at: datetime
    entered_by: str
    changes: tuple[Change, ...]
    is_undoing: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """All that was said of a record, and which of it was replaced."""

    all: Sequence[Assertion]
    replaced: frozenset[tuple[str, int]]


def show_history(visit: Visit, hand: AtHand, home: Home) -> Response:
    """Show what was said of a record, as far as its groups are open."""
    opened = groups_opened(hand, hand.described.groups)
    assertions = read_assertions(hand, opened)
    record(visit.session, Deed.STATEMENTS_READ, by=visit.viewer, at=visit.at, about=home.name)
    return visit.show(
        "statements/history.html",
        shows_invented=home.invented,
        home=home,
        statements=_shown(visit, hand, assertions),
        edit=shown_edit(
            hand,
            last_edit(visit.viewer.account_id, assertions),
            teller_for(visit.language),
            href=home.href,
        ),
        is_part_closed=opened != frozenset(hand.described.groups),
        trail=(
            home.register,
            NavLink(home.name, home.href),
            NavLink(visit.gettext("Historia del expediente"), "", is_current=True),
        ),
    )


def _shown(visit: Visit, hand: AtHand, assertions: Sequence[Assertion]) -> list[ShownStatement]:
    teller = teller_for(visit.language)
    names = names_behind(visit.session, {each.entered_by for each in assertions})
    words = Words(assertions, replaced_words(assertions))
    return [
        _statement(hand, said, words, names, teller=teller)
        for _, said in sorted(by_statement(assertions).items(), reverse=True)
    ]


def _statement(
    hand: AtHand,
    said: Sequence[Assertion],
    words: Words,
    names: dict[int, str],
    *,
    teller: Teller,
) -> ShownStatement:
    first = said[0]
    return ShownStatement(
        said_by=first.said_by,
        method=teller.gettext(METHOD_WORDS[first.method]),
        said_on=teller.day(first.said_on),
        entered_at=first.entered_at,
        entered_by=names.get(first.entered_by, ""),
        changes=tuple(_change(hand, each, words, teller) for each in said),
        is_undoing=any(each.undoes for each in said),
    )


def _change(hand: AtHand, said: Assertion, words: Words, teller: Teller) -> Change:
    on_path = (each for each in words.all if each.path == said.path)
    return Change(
        label=teller.gettext(field_at(hand.described.kind, said.path).label),
        before=tuple(
            _tell(hand, said.path, value, teller)
            for value in (
                *(
                    each.value
                    for each in on_path
                    if each.statement in said.replaces | said.undoes
                ),
                *said.earlier,
            )
        ),
        after=_tell(hand, said.path, said.value, teller),
        certainty=teller.gettext(CERTAINTY_WORDS[said.certainty]),
        still_stands=(said.path, said.statement) not in words.replaced,
        decided=said.why,
        is_decision=said.goes_by is not None,
    )


def _tell(hand: AtHand, path: str, value: Value, teller: Teller) -> str:
    if value == WITHDRAWN:
        return teller.gettext("se quitó")
    return tell_answer(field_at(hand.described.kind, path), value, teller)
