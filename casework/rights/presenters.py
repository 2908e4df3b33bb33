"""What the pages of requests are given: frozen, in words, nothing more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.rights.correcting import Correction
from casework.rights.model import RequestKind, RequestState, RightsRequest
from casework.rights.report import is_late
from casework.rights.rules import needs_two
from casework.rights.words import (
    ASKER_WORDS,
    PROOF_WORDS,
    REQUEST_WORDS,
    STATE_WORDS,
    STEP_WORDS,
)
from casework.web.column_words import COLUMN_WORDS
from casework.web.described import Teller
from casework.web.pieces import Moment
from privacy.permissions import Viewer

OPEN = {RequestState.RECEIVED, RequestState.PROPOSED, RequestState.GRANTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRequest:
    """One request in a list or on its page."""

    reference: str
    about: str
    kind: RequestKind
    kind_words: str
    asker: str
    proof: str
    received: str
    due: str
    is_late: bool
    state: RequestState
    state_words: str
    tone: str

    @classmethod
    def of(cls, request: RightsRequest, teller: Teller, at: datetime) -> "ShownRequest":
        words, tone = STATE_WORDS[request.state]
        return cls(
            reference=request.reference,
            about=request.about,
            kind=request.kind,
            kind_words=teller.gettext(REQUEST_WORDS[request.kind]),
            asker=teller.gettext(ASKER_WORDS[request.asker]),
            proof=teller.gettext(PROOF_WORDS[request.identity_proof]),
            received=teller.day(request.received_on),
            due=teller.day(request.due_on),
            is_late=request.state in OPEN and is_late(request, at),
            state=request.state,
            state_words=teller.gettext(words),
            tone=tone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MayDo:
    """Which forms the page of a request offers to this visitor."""

    decide: bool
    confirm: bool
    waits_for_another: bool
    waits_for_a_reader: bool
    report: bool
    correct: bool
    restrict: bool
    release: bool
    stop: bool

    @classmethod
    def of(cls, request: RightsRequest, viewer: Viewer, *, is_restricted: bool) -> "MayDo":
        granted = request.state is RequestState.GRANTED
        proposed = request.state is RequestState.PROPOSED
        is_first = viewer.account_id == request.decided_by
        is_own = request.kind is RequestKind.ACCESS and viewer.account_id == request.recorded_by
        return cls(
            decide=request.state is RequestState.RECEIVED,
            confirm=proposed and not is_first,
            waits_for_another=proposed and is_first and needs_two(request.kind),
            waits_for_a_reader=is_own and request.state is RequestState.RECEIVED,
            report=granted and request.kind is RequestKind.ACCESS,
            correct=granted and request.kind is RequestKind.RECTIFICATION,
            restrict=granted and request.kind is RequestKind.RESTRICTION,
            release=is_restricted
            and request.kind is RequestKind.RESTRICTION
            and request.state is RequestState.CARRIED_OUT,
            stop=granted and request.kind is RequestKind.OBJECTION,
        )


def shown_steps(
    request: RightsRequest, people: Mapping[int, str], teller: Teller
) -> list[Moment]:
    """Tell what was done about a request, in order, by whom and why."""
    return [
        Moment(
            when=teller.wording.instant(step.at),
            instant=step.at.isoformat(),
            text=_step_text(step.kind, step.reason, teller),
            by=people.get(step.account_id, ""),
        )
        for step in request.steps
    ]


def shown_corrections(
    corrections: Sequence[Correction], teller: Teller
) -> list[tuple[str, str, str]]:
    """Tell what a record said before: the field, the old value, since when it had stood."""
    return [
        (
            teller.gettext(COLUMN_WORDS[each.field]),
            each.before or teller.gettext("nada"),
            teller.wording.instant(each.until),
        )
        for each in corrections
    ]


def _step_text(kind: str, reason: str, teller: Teller) -> str:
    told = teller.gettext(STEP_WORDS[kind])  # type: ignore[index]  # a StepKind, as stored
    if not reason:
        return told
    field = COLUMN_WORDS.get(reason)
    return f"{told} {teller.gettext(field) if field else reason}"
