"""What a report of an identification or of an exclusion says, put together for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.candidates.both import COMPARED
from casework.documents.numbers_told import ToldNumbers, ToldStep, scale_told, told_numbers
from casework.documents.opinions import ShownOpinions, agreed_opinions
from casework.errors import Conflict
from casework.identifications.entries import entries_at
from casework.identifications.model import DecisionOutcome, GateKind
from casework.identifications.presenters import (
    ShownDecision,
    ShownEntry,
    shown_decision,
    shown_entry,
    signed_office,
)
from casework.identifications.queries import Decided, DecisionState
from casework.identifications.rules import WHO_BRINGS, Need
from casework.identifications.words import LACKING_WORDS, SIGNED_WORDS
from casework.missing.model import MissingPerson
from casework.missing.opening import open_people
from casework.missing.presenters import present_row
from casework.openings import Openings
from casework.remains.model import Remains
from casework.remains.opening import open_all_remains
from casework.review.queries import review_of_pair
from casework.signin.queries import institution_names, names_behind
from casework.web.described import Teller
from casework.web.languages import marked
from casework.web.visit import Visit
from privacy.model import Reveals

NOT_SIGNED = marked(
    "El informe se imprime cuando las dos partes firmaron. Mientras falte una firma, o si la "
    "decisión ya no vale, no hay informe."
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both records of a decision, and what of each is open to whoever prints."""

    person: MissingPerson
    remains: Remains
    of_person: Openings
    of_remains: Openings

    def shows(self, group: Reveals) -> bool:
        return self.of_person.shows(group) and self.of_remains.shows(group)


@dataclass(frozen=True, slots=True)
class ShownSigned:
    """One signature: for which record, of which institution, by whom, when and why."""

    whose: str
    office: str
    name: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownLack:
    """One thing that lacked that day, in plain words, and who could bring it."""

    what: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """All that a report says; what was not on record is empty, and the paper says so."""

    decision: ShownDecision
    person_name: str
    signed: tuple[ShownSigned, ...]
    locked_on: str
    proposed_by: str
    numbers: ToldNumbers | None
    scale: tuple[ToldStep, ...]
    entries: Mapping[str, tuple[ShownEntry, ...]]
    is_circumstantial: bool
    opinions: ShownOpinions | None
    lacking: tuple[ShownLack, ...]


def refusal_of_report(decided: Decided) -> Conflict | None:
    """Refuse a report of what is not signed, or stands no more."""
    return None if decided.state is DecisionState.LOCKED else Conflict(NOT_SIGNED)


def shown_report(visit: Visit, decided: Decided, teller: Teller) -> ShownReport:
    """Put a report together from what stood on record when it was signed."""
    session, viewer, at = visit.session, visit.viewer, visit.at
    signed = decided.signatures
    locked_at = max(each.entered_at for each in signed)
    offices = institution_names(session)
    names = names_behind(session, {decided.row.entered_by, *(e.entered_by for e in signed)})
    entries = entries_at(session, viewer, decided.row, until=locked_at, at=at)
    by_kind = {
        kind.value: tuple(shown_entry(each, teller) for each in entries if each.kind is kind)
        for kind in GateKind
    }
    sides = _opened(visit, decided)
    return ShownReport(
        decision=shown_decision(decided, offices, teller),
        person_name=_name(sides, teller),
        signed=tuple(
            ShownSigned(
                teller.gettext(SIGNED_WORDS[each.signed_for]),
                signed_office(each.institution_id, each.for_institution_id, offices, teller),
                names.get(each.entered_by, ""),
                teller.wording.instant(each.entered_at),
                each.reason,
            )
            for each in signed
        ),
        locked_on=teller.wording.instant(locked_at),
        proposed_by=names.get(decided.row.entered_by, ""),
        numbers=told_numbers(decided.row.told.get("numbers", {}), teller),
        scale=scale_told(teller),
        entries=by_kind,
        is_circumstantial=_is_circumstantial(by_kind),
        opinions=_opinions(visit, decided, sides, teller),
        lacking=_lacking(decided, teller),
    )


def _lacking(decided: Decided, teller: Teller) -> tuple[ShownLack, ...]:
    """Say what lacked when it was proposed, where that is what was decided."""
    if decided.row.outcome is not DecisionOutcome.PREMATURE:
        return ()
    _, needs = teller.gettext, map(Need, decided.row.told.get("lacks", ()))
    return tuple(ShownLack(_(LACKING_WORDS[each]), _(WHO_BRINGS[each])) for each in needs)


def _is_circumstantial(entries: Mapping[str, Sequence[ShownEntry]]) -> bool:
    """Say whether a board's exception carries it, without a primary identifier."""
    return (
        bool(entries[GateKind.BOARD_EXCEPTION.value])
        and not entries[GateKind.PRIMARY_REPORT.value]
    )


def _opened(visit: Visit, decided: Decided) -> Sides:
    """Open both records: a pair that was decided is proposed to nobody any more."""
    person, remains = decided.person, decided.remains
    session, viewer, at = visit.session, visit.viewer, visit.at
    return Sides(
        person,
        remains,
        open_people(session, viewer, [person], at=at, groups=COMPARED)[person.id],
        open_all_remains(session, viewer, [remains], at=at, groups=COMPARED)[remains.id],
    )


def _name(sides: Sides, teller: Teller) -> str:
    if not sides.of_person.shows(Reveals.IDENTITY):
        return ""
    return present_row(sides.person, sides.of_person, teller).name


def _opinions(
    visit: Visit, decided: Decided, sides: Sides, teller: Teller
) -> ShownOpinions | None:
    number = decided.row.review_id
    if number is None:
        return None
    review = review_of_pair(visit.session, visit.viewer, sides, number)
    return agreed_opinions(visit, sides, review, teller) if review else None
