"""The journey as it was told of a missing person: where they were, in order, and where bound.

Read from what was said of the circumstances, as far as it is open. Where somebody was cared for
or held tells how to reach them, and is read in that person's own file alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from casework.candidates.queries import Proposal
from casework.dataset.values import Value, dates_of, why_none
from casework.envelope import Originality
from casework.incidents.model import Incident
from casework.incidents.queries import incidents_named
from casework.incidents.rules import keys_of
from casework.missing.statements import MISSING_PERSON
from casework.statements.describing import AtHand
from casework.statements.picture import Picture, entries_in, preferred
from casework.statements.reading import read_opened
from casework.values import DateRange, Place
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

LEGS = "legs"


class StopKind(StrEnum):
    """What is known of a stop: that somebody was there, or only that they were bound for it."""

    PASSED = "station"
    NEXT = "next_destination"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place of the journey; `value` is the place as it was said."""

    kind: StopKind
    value: Value
    arrived: DateRange | None = None
    departed: DateRange | None = None
    mode: str = ""

    @property
    def point(self) -> Place | None:
        if "lat" not in self.value:
            return None
        return Place(self.value["lat"], self.value["lon"], self.value.get("radius_km"))

    @property
    def first_day(self) -> date | None:
        """The earliest day on which somebody may have been there, where any is known."""
        return min((each.earliest for each in self._days), default=None)

    @property
    def last_day(self) -> date | None:
        """The latest day on which somebody may have been there, where any is known."""
        return max((each.latest for each in self._days), default=None)

    @property
    def _days(self) -> list[DateRange]:
        return [each for each in (self.arrived, self.departed) if each]


@dataclass(frozen=True, slots=True)
class Journey:
    """What was told of a way: stops until the last contact, after it, and where bound.

    `unsaid`: why there is no stop, where somebody asked. `incidents`: those that the records
    name, each with whether the person's does, and whether that of the remains does. `site`:
    where the remains were found, if it is one of this registry that the viewer may open.
    """

    before: tuple[Stop, ...] = ()
    after: tuple[Stop, ...] = ()
    bound: tuple[Stop, ...] = ()
    unsaid: Value = None
    incidents: tuple[tuple[Incident, bool, bool], ...] = ()
    site: str = ""

    @property
    def passed(self) -> tuple[Stop, ...]:
        return self.before + self.after

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop in its order: by this it is numbered."""
        return self.before + self.after + self.bound


NO_JOURNEY = Journey()


def journey_of(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Journey:
    """Read the journey of a proposal's person, as far as it is open, and what both name."""
    person = proposal.person
    if not proposal.of_person.shows(Reveals.CIRCUMSTANCE):
        return NO_JOURNEY
    hand = AtHand(session, viewer, person, MISSING_PERSON, at)
    picture = read_opened(hand, {Reveals.CIRCUMSTANCE}, names=False)
    told = journey_in(picture, person.last_contact)
    return replace(
        told,
        incidents=tuple(_incidents(session, viewer, proposal, at=at)),
        site=_site(viewer, proposal.remains),
    )


def _site(viewer: Viewer, remains: Any) -> str:
    is_own = remains.originality is not Originality.COPY  # a copy names another registry's
    return str(remains.found_site) if is_own and viewer.may(Permission.SITE_READ) else ""


def journey_in(picture: Picture, last_contact: DateRange | None) -> Journey:
    """Put the stops of a picture in order, round the last contact.

    By day where one is known; a leg of which none is known stays behind the one entered before
    it. Nothing says on which side of the last contact a stop without a day lies: it is told
    before it, as most of what a family knows.
    """
    stops = _joined(_in_order([_known(leg) for leg in entries_in(picture, LEGS).values()]))
    last = last_contact.latest if last_contact else None
    here = next((at for at in range(len(stops)) if _is_after(stops, at, last)), len(stops))
    return Journey(
        tuple(stops[:here]),
        tuple(stops[here:]),
        tuple(_bound(picture)),
        preferred(picture, LEGS),
    )


def _is_after(stops: Sequence[Stop], at: int, last: date | None) -> bool:
    """Say whether a stop was reached after a day: by its own, or by when somebody set out."""
    if last is None:
        return False
    day = stops[at].first_day
    if day is not None:
        return day > last
    left = stops[at - 1].departed if at else None
    return left is not None and left.earliest >= last


def _known(leg: Value) -> dict[str, Value]:
    """Leave out of a leg what was asked about in vain: it is told as missing elsewhere."""
    return {part: value for part, value in leg.items() if not why_none(value)}


def _in_order(legs: Sequence[Value]) -> list[Value]:
    keyed, reached = [], date.min
    for leg in legs:
        days = [
            dates_of(leg[part]).earliest for part in ("departed", "arrived") if leg.get(part)
        ]
        reached = min(days, default=reached)
        keyed.append((reached, leg))
    return [leg for _, leg in sorted(keyed, key=lambda each: each[0])]


def _joined(legs: Sequence[Value]) -> list[Stop]:
    """Make stops of legs: where one ends and the next begins is one stop."""
    stops: list[Stop] = []
    for leg in legs:
        start, end = leg.get("from_place"), leg.get("to_place")
        departed = _days(leg, "departed")
        if start and stops and stops[-1].value == start and stops[-1].departed is None:
            stops[-1] = replace(stops[-1], departed=departed)
        elif start:
            stops.append(Stop(kind=StopKind.PASSED, value=start, departed=departed))
        if end:
            mode = leg.get("mode") or ""
            arrived = _days(leg, "arrived")
            stops.append(Stop(kind=StopKind.PASSED, value=end, arrived=arrived, mode=mode))
    return stops


def _days(leg: Value, part: str) -> DateRange | None:
    return dates_of(leg[part]) if leg.get(part) else None


def _bound(picture: Picture) -> Iterator[Stop]:
    for kind in (StopKind.NEXT, StopKind.DESTINATION):
        value = preferred(picture, kind.value)
        if value and not why_none(value):
            yield Stop(kind=kind, value=value)


def _incidents(
    session: Session, viewer: Viewer, proposal: Proposal, *, at: datetime
) -> Iterator[tuple[Incident, bool, bool]]:
    """Find what the two records name, note that it was read, and say which of them does."""
    named = [_folded(proposal.person), _folded(proposal.remains)]
    words = [each.incident_key for each in (proposal.person, proposal.remains)]
    for incident in incidents_named(session, viewer, words):
        record(session, Deed.INCIDENT_READ, by=viewer, at=at, about=incident.reference)
        keys = {key.casefold() for key in keys_of(incident)}
        if keys & set(named):
            yield incident, named[0] in keys, named[1] in keys


def _folded(record_: Any) -> str:
    return str(record_.incident_key).strip().casefold()
