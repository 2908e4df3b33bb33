"""What the pages about consents are given. Templates receive these, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from casework.families import words
from casework.families.model import Notice, NoticeKind, ProtectionRequest, Relative
from casework.web.described import Teller
from privacy.consent.model import Consent, ConsentPurpose, DataCategory, Decision

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry of the ledger in words; `withdraw_id` where it can still be taken back."""

    category: str
    purpose: str
    recipient: str
    state: str
    tone: str
    until: str
    said_on: str
    basis: str
    withdraw_id: int | None
    is_past: bool
    ends: datetime | None

    @classmethod
    def of(cls, entry: Consent, names: Names, teller: Teller, *, at: datetime) -> "ShownEntry":
        state, tone = _state_of(entry, at)
        stands = entry.expires is not None and tone == "own"
        return cls(
            category=teller.gettext(words.CATEGORY_WORDS[entry.data_category]),
            purpose=teller.gettext(words.USE_WORDS[entry.purpose]),
            recipient=recipient_words(entry.recipient, names, teller),
            state=teller.gettext(state),
            tone=tone,
            until=teller.day(entry.expires.date()) if entry.expires and stands else "",
            said_on=teller.day(entry.recorded_at.date()),
            basis=entry.assessment or teller.gettext(words.BASIS_WORDS[entry.legal_basis]),
            withdraw_id=entry.id if stands else None,
            is_past=not stands and entry.decision is not Decision.REFUSED,
            ends=entry.expires,
        )

    @property
    def said(self) -> str:
        """Say what, for what and to whom in one line."""
        return f"{self.category} · {self.purpose} · {self.recipient}"


@dataclass(frozen=True, slots=True)
class Present:
    """What holds now in one line, said once or twice; `query` takes all of it back."""

    entry: ShownEntry
    query: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What one giver can take back from one recipient; `query` names the entries."""

    recipient: str
    query: str


@dataclass(frozen=True, slots=True)
class ShownGiver:
    """Somebody who speaks for the person, and everything they said yes or no to."""

    relative_id: int | None
    title: str
    name: str
    contact: str
    entries: tuple[ShownEntry, ...]

    @property
    def withdrawal(self) -> str:
        """Write the query that takes back all that they granted; empty if nothing stands."""
        return _query_of(self._standing)

    @property
    def withdrawals(self) -> list[Withdrawal]:
        """Offer to take back by recipient, where several have something."""
        by_recipient: dict[str, list[ShownEntry]] = {}
        for each in self._standing:
            by_recipient.setdefault(each.recipient, []).append(each)
        if len(by_recipient) == 1:
            return []
        return [Withdrawal(whom, _query_of(found)) for whom, found in by_recipient.items()]

    @property
    def past(self) -> list[ShownEntry]:
        """List what no longer holds; a no holds as long as nobody says otherwise."""
        return [each for each in self.entries if each.is_past]

    @property
    def present(self) -> list[Present]:
        """List what holds now.

        What was granted twice is one line, with the later end: whoever takes it back takes
        it back, and no second yes stays behind unseen.
        """
        same: dict[tuple[str, bool], list[ShownEntry]] = {}
        for each in self.entries:
            if not each.is_past:
                same.setdefault((each.said, each.withdraw_id is None), []).append(each)
        return [Present(max(each, key=_end_of), _query_of(each)) for each in same.values()]

    @property
    def _standing(self) -> list[ShownEntry]:
        return [each for each in self.entries if each.withdraw_id is not None]


def _query_of(entries: Sequence[ShownEntry]) -> str:
    standing = (each.withdraw_id for each in entries if each.withdraw_id is not None)
    return urlencode([("entry", each) for each in standing])


def _end_of(entry: ShownEntry) -> tuple[bool, datetime]:
    # What has no end ends last of all.
    return (entry.ends is None, entry.ends or datetime.min.replace(tzinfo=UTC))


def present_givers(
    relatives: Sequence[Relative],
    entries: Sequence[Consent],
    names: Names,
    teller: Teller,
    *,
    at: datetime,
) -> list[ShownGiver]:
    """Lay out who gave information, each with their own entries and nobody else's."""
    shown = [
        ShownGiver(
            relative_id=each.id,
            title=who_gives(each, teller),
            name=each.name,
            contact=each.contact,
            entries=_entries_of(each.id, entries, names, teller, at=at),
        )
        for each in relatives
    ]
    unasked = _entries_of(None, entries, names, teller, at=at)
    if unasked:
        title = teller.gettext("Sin autorización de nadie: por un interés evaluado")
        shown.append(ShownGiver(None, title, "", "", unasked))
    return shown


def who_gives(relative: Relative, teller: Teller) -> str:
    """Say who speaks, by kinship and number: the number tells two sisters apart."""
    kinship = teller.gettext(words.KINSHIP_WORDS[relative.kinship])
    begun = kinship[:1].upper() + kinship[1:]
    return teller.gettext("%(who)s, n.º %(number)s") % {"who": begun, "number": relative.id}


def recipient_words(recipient: str, names: Names, teller: Teller) -> str:
    """Say whom a consent reaches."""
    kind, _, which = recipient.partition(":")
    _ = teller.gettext
    match kind:
        case "institution":
            return names.get(int(which), _("una institución"))
        case "consulate":
            return _(words.CONSULATES_OF) % {"country": teller.country(which)}
        case "forensic" if which:
            return _(words.FORENSIC_OF) % {"country": teller.country(which)}
        case "forensic":
            return _(words.EVERY_FORENSIC)
        case "laboratory":
            return _(words.LABORATORY) % {"name": which}
        case _:
            return _(words.NODE) % {"name": which}


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request to lift a protection, as the officer who decides reads it."""

    request_id: int
    reference: str
    grounds: str
    state: str
    requested_on: str
    reason: str

    @classmethod
    def of(cls, request: ProtectionRequest, teller: Teller) -> "ShownRequest":
        return cls(
            request_id=request.id,
            reference=request.reference,
            grounds=request.grounds,
            state=teller.gettext(words.LIFT_WORDS[request.state]),
            requested_on=teller.day(request.requested_at.date()),
            reason=request.reason,
        )


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """What one institution tells another to do."""

    notice_id: int
    about: str
    sender: str
    sentence: str
    copies: tuple[str, ...]
    sent_on: str
    is_read: bool

    @classmethod
    def of(cls, notice: Notice, names: Names, teller: Teller) -> "ShownNotice":
        return cls(
            notice_id=notice.id,
            about=notice.about,
            sender=names.get(notice.sender_institution_id, ""),
            sentence=_notice_sentence(notice, teller),
            copies=tuple(notice.copies.split()),
            sent_on=teller.day(notice.sent_at.date()),
            is_read=notice.read_at is not None,
        )


def _notice_sentence(notice: Notice, teller: Teller) -> str:
    _ = teller.gettext
    items = "; ".join(_item_words(each, teller) for each in notice.items.split())
    closed = _("Ya no puede usar de este expediente: %(items)s.") % {"items": items}
    if notice.kind is not NoticeKind.RECALL_COPIES:
        return closed if items else _("Ya no puede usar este expediente.")
    back = _("Devuelva o destruya las copias que recibió y dígalo a quien se las dio.")
    return f"{closed} {back}" if items else back


def _item_words(item: str, teller: Teller) -> str:
    category, _, purpose = item.partition("/")
    return teller.gettext("%(what)s, para %(use)s") % {
        "what": teller.gettext(words.CATEGORY_WORDS[DataCategory(category)]),
        "use": teller.gettext(words.USE_WORDS[ConsentPurpose(purpose)]),
    }


def _entries_of(
    giver_id: int | None,
    entries: Sequence[Consent],
    names: Names,
    teller: Teller,
    *,
    at: datetime,
) -> tuple[ShownEntry, ...]:
    # A withdrawal is told by the grant that it ended.
    told = (
        each
        for each in entries
        if each.giver_id == giver_id and each.decision is not Decision.WITHDRAWN
    )
    return tuple(ShownEntry.of(each, names, teller, at=at) for each in told)


def _state_of(entry: Consent, at: datetime) -> tuple[str, str]:
    if entry.decision is Decision.REFUSED:
        return words.DECISION_WORDS[Decision.REFUSED], "warning"
    if entry.withdrawn_at is not None:
        return words.DECISION_WORDS[Decision.WITHDRAWN], "warning"
    if entry.expires is not None and entry.expires <= at:
        return words.EXPIRED, "plain"
    return words.DECISION_WORDS[Decision.GRANTED], "own"
