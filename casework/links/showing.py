"""Gathering for a page what was said of a record and what is proposed, in one reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.links.kinds import COMPARED, PEOPLE, Kind
from casework.links.presenters import (
    Laid,
    ShownProposed,
    ShownRecord,
    ShownStanding,
    laid_together,
    present_proposed,
    present_record,
    present_standing,
)
from casework.links.proposing import Proposed, proposed_for
from casework.links.queries import Asking, joined_with, readable_by_id, standing_of
from casework.links.rules import Stands
from casework.openings import Openings
from casework.signin.queries import institution_names
from casework.web.closed import NEVER_SAID, closed_part
from casework.web.described import Teller, teller_for
from casework.web.pieces import ClosedPart
from casework.web.visit import Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.sealing.opening import open_group


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one viewer may know of the links of one record."""

    here: ShownRecord
    standing: tuple[ShownStanding, ...]
    proposed: tuple[ShownProposed, ...]
    unsearched: ClosedPart | None  # why names could not be looked for

    @property
    def joined(self) -> tuple[ShownStanding, ...]:
        return tuple(each for each in self.standing if each.joins)


@dataclass(frozen=True, slots=True)
class Together:
    """Records of one person laid together, each with its owner and what was agreed to."""

    records: tuple[ShownRecord, ...]
    rows: tuple[Laid, ...]

    @property
    def contradictions(self) -> int:
        return sum(row.differs for row in self.rows)


def gather(visit: Visit, kind: Kind, about: Any) -> Gathered:
    """Read what was said of a record, and propose others: one deed with all it concerns."""
    asking = Asking(visit.session, visit.viewer, kind, visit.at)
    stands = standing_of(asking, about)
    others = readable_by_id(asking, {each.other_id for each in stands})
    opened = opened_of(asking, [about, *others.values()])
    settled = frozenset(each.other_id for each in stands)
    proposed = proposed_for(asking, about, opened[about.id], settled=settled)
    opened |= {each.record.id: each.openings for each in proposed}
    shown = [about, *others.values(), *(each.record for each in proposed)]
    _record_read(visit, about, shown)
    heads = heads_of(asking, shown, opened, teller_for(visit.language))
    return Gathered(
        heads[about.id],
        standing_told(asking, stands, heads, teller_for(visit.language)),
        tuple(_proposed(asking, about, each, heads, opened, visit) for each in proposed),
        _why_unsearched(asking, opened[about.id], teller_for(visit.language)),
    )


def _why_unsearched(asking: Asking, openings: Openings, teller: Teller) -> ClosedPart | None:
    """Say why no name was looked for, where names are closed: whether there is any or not."""
    if asking.kind is not PEOPLE or openings.shows(Reveals.IDENTITY):
        return None
    return closed_part(openings.closed.get(Reveals.IDENTITY, NEVER_SAID), teller)


def lay_together(visit: Visit, kind: Kind, about: Any) -> Together:
    """Lay the joined records together, for whoever may read each of them."""
    asking = Asking(visit.session, visit.viewer, kind, visit.at)
    records = joined_with(asking, about)
    opened = opened_of(asking, records)
    _record_read(visit, about, records)
    heads = heads_of(asking, records, opened, teller_for(visit.language))
    cards = cards_of(asking, records, opened, teller_for(visit.language))
    return Together(
        tuple(heads[each.id] for each in records),
        laid_together([cards[each.id] for each in records]),
    )


def opened_of(asking: Asking, records: Sequence[Any]) -> dict[int, Openings]:
    """Open of each record what may be laid beside another."""
    found = asking.kind.open_all(
        asking.session, asking.viewer, records, at=asking.at, groups=COMPARED, says_why=True
    )
    return dict(found)


def _record_read(visit: Visit, about: Any, shown: Iterable[Any]) -> None:
    record(
        visit.session,
        Deed.LINKS_READ,
        by=visit.viewer,
        at=visit.at,
        about=about.reference,
        concerning=sorted({each.reference for each in shown}),
    )


def heads_of(
    asking: Asking, records: Sequence[Any], opened: Mapping[int, Openings], teller: Teller
) -> dict[int, ShownRecord]:
    """Put the heads of the columns into words, by record."""
    owners = institution_names(asking.session, {each.owner_institution_id for each in records})
    return {
        each.id: present_record(
            each,
            name=asking.kind.name(each, opened[each.id], teller),
            path=asking.kind.path,
            owner=owners.get(each.owner_institution_id, ""),
            teller=teller,
        )
        for each in records
    }


def standing_told(
    asking: Asking, stands: Sequence[Stands], heads: Mapping[int, ShownRecord], teller: Teller
) -> tuple[ShownStanding, ...]:
    """Tell what stands, with the reasons that are open to the reader."""
    words = [each for stand in stands for each in stand.words]
    told = readable_reasons(asking, words)
    names = institution_names(asking.session, {each.institution_id for each in words})
    return tuple(
        present_standing(
            each,
            heads[each.other_id],
            reasons=told,
            institutions=names,
            own=asking.viewer.institution_id,
            teller=teller,
        )
        for each in stands
        if each.other_id in heads
    )


def readable_reasons(asking: Asking, words: Sequence[Any]) -> dict[int, str]:
    """Open the reasons that speak of what is open of both records; of others, nothing."""
    group = asking.kind.reason_is
    sides = readable_by_id(asking, {each.other_id for each in words})
    openings = _decided(asking, list(sides.values()), group)
    sure = [
        each
        for each in words
        if each.other_id in openings and openings[each.other_id].shows(group)
    ]
    opened = open_group(asking.session, asking.viewer, sure, group, at=asking.at)
    return {each.id: each.reason for each in opened.rows}


def _decided(asking: Asking, rows: Sequence[Any], group: Reveals) -> Mapping[int, Openings]:
    return asking.kind.open_all(
        asking.session, asking.viewer, rows, at=asking.at, groups=[group], unread=[group]
    )


def cards_of(
    asking: Asking, records: Sequence[Any], opened: Mapping[int, Openings], teller: Teller
) -> dict[int, Any]:
    """Give the cards of each record, by record."""
    return {
        each.id: asking.kind.cards(each, asking.viewer, opened[each.id], teller)
        for each in records
    }


def _proposed(  # noqa: PLR0917 - the two records, and all that tells of them
    asking: Asking,
    about: Any,
    proposed: Proposed,
    heads: Mapping[int, ShownRecord],
    opened: Mapping[int, Openings],
    visit: Visit,
) -> ShownProposed:
    teller = teller_for(visit.language)
    cards = cards_of(asking, [about, proposed.record], opened, teller)
    rows = laid_together([cards[about.id], cards[proposed.record.id]])
    return present_proposed(proposed, heads[proposed.record.id], rows, teller)
