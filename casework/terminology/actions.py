"""Entering a word and deciding on it: allowed, done and recorded in one deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidInput, NotFound
from casework.terminology.model import Term, TermState
from casework.terminology.queries import entries_in
from casework.terminology.rules import Draft, Entry, refusal_to_enter
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand

DEEDS = {
    TermState.PROPOSED: Deed.TERM_PROPOSED,
    TermState.ACCEPTED: Deed.TERM_ACCEPTED,
    TermState.DECLINED: Deed.TERM_DECLINED,
    TermState.WITHDRAWN: Deed.TERM_WITHDRAWN,
}


TOO_MANY_CELLS = marked("La línea tiene más celdas que columnas la tabla.")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a table of words: how many were new, and the lines not taken."""

    new: int
    known: int
    refused: tuple[tuple[int, str], ...]


def enter_term(session: Session, viewer: Viewer, draft: Draft, *, at: datetime) -> TermState:
    """Enter a word: whoever may decide has it accepted at once, others propose it.

    Raises
    ------
    NotPermitted
        If the duty proposes no words.
    InvalidInput
        If it is no word of a code, or stands or waits just so already.
    """
    taken = take_in(session, viewer, [(1, draft)], at=at)
    for _, refusal in taken.refused:
        raise InvalidInput(refusal)
    if taken.known:
        raise InvalidInput(marked("Esa palabra ya está en el glosario."))
    return _state_for(viewer)


def decide_term(
    session: Session, viewer: Viewer, key: str, state: TermState, *, at: datetime
) -> Draft:
    """Accept or decline what was proposed, or take back what holds.

    Raises
    ------
    NotPermitted
        If the duty does not decide on words.
    NotFound
        If no such word waits, or holds, for that.
    """
    demand(viewer, Permission.TERM_DECIDE)
    entry = entries_in(session).get(key)
    step = None
    if entry:
        step = entry.standing if state is TermState.WITHDRAWN else entry.waiting
    if step is None or state is TermState.PROPOSED:
        raise NotFound("term")
    _say(session, viewer, step.draft, state, at=at)
    session.flush()
    return step.draft


def take_in(
    session: Session, viewer: Viewer, rows: Iterable[tuple[int, Draft | None]], *, at: datetime
) -> TakenIn:
    """Enter every word of a table; a line that is none is told, and the others are entered.

    Raises
    ------
    NotPermitted
        If the duty proposes no words.
    """
    demand(viewer, Permission.TERM_PROPOSE)
    said = {each for entry in entries_in(session).values() for each in _said(entry)}
    new = known = 0
    refused: list[tuple[int, str]] = []
    for line, draft in rows:
        refusal = refusal_to_enter(draft) if draft else InvalidInput(TOO_MANY_CELLS)
        if draft is None or refusal:
            refused.append((line, str(refusal)))
        elif draft in said:
            known += 1
        else:
            said.add(draft)
            new += 1
            _say(session, viewer, draft, _state_for(viewer), at=at)
    session.flush()
    return TakenIn(new, known, tuple(refused))


def _state_for(viewer: Viewer) -> TermState:
    may_decide = viewer.may(Permission.TERM_DECIDE)
    return TermState.ACCEPTED if may_decide else TermState.PROPOSED


def _said(entry: Entry) -> list[Draft]:
    return [each.draft for each in (entry.standing, entry.waiting) if each]


def _say(
    session: Session, viewer: Viewer, draft: Draft, state: TermState, *, at: datetime
) -> None:
    row = Term(
        key=draft.key,
        list_key=draft.list_key,
        code=draft.code,
        language=draft.language,
        country=draft.country,
        term=draft.term,
        is_shown=draft.is_shown,
        note=draft.note,
        source=draft.source,
        state=state,
        entered_by=viewer.account_id,
        institution_id=viewer.institution_id,
        entered_at=at,
    )
    session.add(row)
    record(session, DEEDS[state], by=viewer, at=at, kind=draft.list_key, field=draft.code)
