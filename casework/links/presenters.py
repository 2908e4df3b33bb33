"""What the pages about links are given: records side by side, field by field, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.links.model import Saying
from casework.links.proposing import Proposed
from casework.links.rules import Stands
from casework.links.weighing import Reason
from casework.links.words import BUTTON_WORDS, FIT_WORDS, KINDS, SAYING_WORDS
from casework.web.described import FactGroup, Teller
from casework.web.pieces import Choice, Fact, Known

TONES = {
    Saying.SAME_PERSON: "own",
    Saying.SAME_REMAINS: "own",
    Saying.PARTS_OF_ONE: "own",
    Saying.NOT_THE_SAME: "plain",
    Saying.NOT_KNOWN: "plain",
}


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """One record at the head of its column: whose it is, and what was agreed to."""

    reference: str
    href: str
    name: str
    owner: str
    consent: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """One field as each record tells it."""

    label: str
    cells: tuple[Fact, ...]
    differs: bool
    group: str = ""  # the card of the file on which it stands


@dataclass(frozen=True, slots=True)
class ShownWord:
    """What one institution says of two records."""

    saying: str
    tone: str
    institution: str
    entered_on: str
    reason: str | None  # none: closed to this reader


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """Another record of which something was said, and by whom."""

    record: ShownRecord
    words: tuple[ShownWord, ...]
    joins: bool
    is_contested: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class ShownProposed:
    """Another record that may be of the same person, laid beside this one."""

    record: ShownRecord
    reasons: tuple[str, ...]
    rows: tuple[Laid, ...]


def present_record(
    record: Any, *, name: str, path: str, owner: str, teller: Teller
) -> ShownRecord:
    """Put the head of a column into words."""
    return ShownRecord(
        record.reference,
        f"{path}/{record.reference}",
        name,
        owner,
        teller.code(record.search_consent),
        record.invented,
    )


def laid_together(columns: Sequence[Sequence[FactGroup]]) -> tuple[Laid, ...]:
    """Lay the facts of several records side by side; what nobody tells is left out."""
    labels: dict[str, int] = {}
    for cards in columns:
        for at, card in enumerate(cards):
            for fact in card.facts:
                labels.setdefault(fact.label, at)
    ordered = sorted(labels, key=lambda label: labels[label])
    rows = (
        (label, tuple(_cell(each[labels[label]], label) for each in columns))
        for label in ordered
    )
    return tuple(
        Laid(label, cells, _differs(cells), columns[0][labels[label]].title)
        for label, cells in rows
        if any(map(_is_said, cells))
    )


def _cell(card: FactGroup, label: str) -> Fact:
    """Give what one record tells of a field; several answers become lines of one cell."""
    if card.closed is not None:
        return Fact(label, known=Known.CLOSED)
    told = [fact for fact in card.facts if fact.label == label]
    if not told:
        return Fact(label, known=Known.NOT_RECORDED)
    if len(told) == 1:
        return told[0]
    lines = tuple(line for fact in told for line in (fact.lines or (fact.text,)) if line)
    return Fact(label, "; ".join(lines), lines=lines)


def _is_said(fact: Fact) -> bool:
    return fact.known is Known.VALUE and bool(fact.text or fact.lines)


def _differs(cells: Sequence[Fact]) -> bool:
    said = {_plainly(cell) for cell in cells if _is_said(cell)}
    return len(said) > 1


def _plainly(fact: Fact) -> str:
    return " ".join(" ".join(fact.lines or (fact.text,)).casefold().split())


def present_standing(
    stands: Stands,
    record: ShownRecord,
    *,
    reasons: Mapping[int, str],
    institutions: Mapping[int, str],
    own: int,
    teller: Teller,
) -> ShownStanding:
    """Say what stands between two records, each institution in its own words."""
    return ShownStanding(
        record,
        tuple(
            ShownWord(
                teller.gettext(SAYING_WORDS[each.saying]),
                TONES[each.saying],
                institutions.get(each.institution_id, ""),
                teller.day(each.entered_at.date()),
                reasons.get(each.id),
            )
            for each in stands.words
        ),
        stands.joins,
        stands.is_contested,
        any(each.institution_id == own for each in stands.words),
    )


def present_proposed(
    proposed: Proposed, record: ShownRecord, rows: tuple[Laid, ...], teller: Teller
) -> ShownProposed:
    """Say why another record may be of the same person."""
    said = tuple(_reason_words(each, teller) for each in proposed.weighed.reasons)
    both = tuple(row for row in rows if all(map(_is_said, row.cells)))
    return ShownProposed(record, said, both)


def _reason_words(reason: Reason, teller: Teller) -> str:
    kind = teller.gettext(KINDS.get(reason.kind, reason.kind))
    return f"{kind}: {teller.gettext(FIT_WORDS[reason.fit])}"


def saying_choices(sayable: Sequence[Saying], teller: Teller) -> tuple[Choice, ...]:
    """Name what can be said of two records; taking back is offered only where it applies."""
    return tuple(
        Choice(each.value, teller.gettext(BUTTON_WORDS[each]))
        for each in sayable
        if each is not Saying.TAKEN_BACK
    )
