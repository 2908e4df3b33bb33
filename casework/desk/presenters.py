"""What the pages of the desk are given. Templates receive these, never rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.contacts.presenters import lateness
from casework.desk.model import OfficeMessage, OfficeReading, OfficeRequest, RequestKind, Step
from casework.desk.queries import Seen
from casework.desk.rules import is_pending
from casework.desk.wishes import SENTENCES
from casework.desk.words import BUTTON_WORDS, KIND_WORDS, STATE_TONES, STATE_WORDS
from casework.missing.model import MissingPerson
from casework.references import Prefix
from casework.remains.model import Remains
from casework.web.described import Teller
from casework.web.pieces import Choice

BUTTON_KINDS: Mapping[Step, str] = {Step.ANSWERED: "primary", Step.DECLINED: "quiet"}


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One request in a list."""

    href: str
    wanted: str
    office: str
    is_ours: bool
    about: str
    about_name: str
    about_href: str
    due: str
    lateness: str
    tone: str
    state: str
    state_tone: str
    is_unread: bool
    is_invented: bool


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """What one office wrote, or did."""

    office: str
    is_own: bool
    when: str
    words: str
    step: str
    step_tone: str


@dataclass(frozen=True, slots=True)
class ShownButton:
    """One thing that can be done with a request."""

    step: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownReady:
    """One ready sentence, and of which record it is asked."""

    of_person: bool
    choice: Choice


def shown_request(
    seen: Seen, own: int, today: date, teller: Teller, *, name: str = ""
) -> ShownRequest:
    """Put one request into the words of a list; `name`: of whom it is, as far as it is open."""
    _ = teller.gettext
    request = seen.request
    late = (today - request.due_on).days
    waits = is_pending(request.kind, seen.state)
    return ShownRequest(
        href=f"/desk/{request.id}",
        wanted=begun(_(KIND_WORDS[request.kind])),
        office=seen.other.name,
        is_ours=request.from_institution_id == own,
        about=seen.about.reference if seen.about else "",
        about_name=name,
        about_href=record_href(seen.about),
        due=teller.day(request.due_on),
        lateness=lateness(late, teller) if waits else "",
        tone="warning" if late > 0 else "own" if late == 0 else "plain",
        state=_(STATE_WORDS[seen.state]),
        state_tone=STATE_TONES[seen.state],
        is_unread=seen.unread,
        is_invented=bool(seen.about and seen.about.invented),
    )


def shown_messages(
    request: OfficeRequest,
    messages: Sequence[OfficeMessage],
    offices: Mapping[int, str],
    *,
    own: int,
    teller: Teller,
) -> list[ShownMessage]:
    """Put a request and what was written about it into words, the oldest first."""
    _ = teller.gettext
    first = ShownMessage(
        office=offices.get(request.from_institution_id, ""),
        is_own=request.from_institution_id == own,
        when=teller.wording.instant(request.sent_at),
        words=request.words,
        step="",
        step_tone="plain",
    )
    return [first] + [
        ShownMessage(
            office=offices.get(each.institution_id, ""),
            is_own=each.institution_id == own,
            when=teller.wording.instant(each.written_at),
            words=each.words,
            step=_(STATE_WORDS[each.step]) if each.step else "",
            step_tone=STATE_TONES[each.step] if each.step else "plain",
        )
        for each in messages
    ]


def read_by_the_other(
    request: OfficeRequest,
    messages: Sequence[OfficeMessage],
    readings: Mapping[int, OfficeReading],
    *,
    own: int,
    teller: Teller,
) -> str:
    """Say whether the other office read what this one wrote last; of who read it, nothing."""
    ours = [each.id for each in messages if each.institution_id == own]
    if request.from_institution_id == own:
        ours.insert(0, 0)
    if not ours:
        return ""
    theirs = next((each for office, each in readings.items() if office != own), None)
    if theirs is None or theirs.up_to < ours[-1]:
        return teller.gettext("La otra oficina todavía no lo leyó.")
    when = teller.wording.instant(theirs.read_at)
    return teller.gettext("La otra oficina lo leyó: %(when)s.") % {"when": when}


def shown_buttons(allowed: Collection[Step], teller: Teller) -> list[ShownButton]:
    """Offer what can be done with a request now, in the order of the work."""
    return [
        ShownButton(step.value, teller.gettext(words), BUTTON_KINDS.get(step, "plain"))
        for step, words in BUTTON_WORDS.items()
        if step in allowed
    ]


def kind_choices(teller: Teller, *, of_keeper: bool) -> list[Choice]:
    """Offer what can be asked for; what only a keeper hands over, only to one."""
    handed = {RequestKind.REFERRAL, RequestKind.TRANSFER}
    # Who signs for a file is asked for on a page of its own.
    elsewhere = {RequestKind.SIGNING}
    return [
        Choice(kind.value, begun(teller.gettext(words)))
        for kind, words in KIND_WORDS.items()
        if kind not in elsewhere and (of_keeper or kind not in handed)
    ]


def ready_choices(about: str, marked: Collection[str], teller: Teller) -> list[ShownReady]:
    """Offer the ready sentences of the record that is typed; of none yet, all.

    What was marked stays, whatever is typed.
    """
    offered = []
    for wish, each in SENTENCES.items():
        others = Prefix.REMAINS if each.of_person else Prefix.MISSING_PERSON
        is_of_it = not about.strip().upper().startswith(others.value)
        if is_of_it or wish.value in marked:
            ready = Choice(wish.value, teller.gettext(each.words))
            offered.append(ShownReady(each.of_person, ready))
    return offered


def record_href(about: MissingPerson | Remains | None) -> str:
    """Lead to the record that a request is about."""
    if about is None:
        return ""
    register = "missing" if isinstance(about, MissingPerson) else "remains"
    return f"/{register}/{about.reference}"


def begun(text: str) -> str:
    """Write with a capital letter what stands at the beginning."""
    return text[:1].upper() + text[1:]
