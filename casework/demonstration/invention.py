"""The invented world put together: who travelled, who is reported, who was found, who is who.

The population is open, as the real one is: most remains belong to nobody who was reported,
and most people who were reported are not among the remains; some of them are alive.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from casework.demonstration.dice import Dice, Weighted
from casework.demonstration.examinations import examination_row
from casework.demonstration.incidents import Incident, draw_incident, incident_row
from casework.demonstration.journeys import (
    End,
    Journey,
    LastContact,
    draw_end,
    draw_journey,
    draw_last_contact,
)
from casework.demonstration.mouths import (
    Mouth,
    draw_implants,
    draw_mouth,
    see_mouth,
    tell_of_mouth,
    with_implant,
)
from casework.demonstration.people import Person, draw_person
from casework.demonstration.recoveries import Recovery, draw_recovery
from casework.demonstration.reports import report_row
from casework.demonstration.shipped import world
from casework.errors import InvalidInput

Cells = dict[str, str]


class CannotInvent(InvalidInput):
    """The sizes asked for do not make a world."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a world, and which share of its remains belong to somebody reported."""

    missing: int = 4000
    remains: int = 2500
    incidents: int = 600
    true_pairs: float = 0.2

    def __post_init__(self) -> None:
        if min(self.missing, self.remains, self.incidents) < 1:
            raise CannotInvent(
                "A world needs at least one missing person, one of the remains, one incident."
            )
        if not 0 <= self.true_pairs <= 1:
            raise CannotInvent(
                "The share of true pairs lies between 0 and 1; 0.2 means one in five."
            )


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one person who did not arrive."""

    person: Person
    journey: Journey
    end: End
    contact: LastContact
    party: int
    incident_id: str
    reported: bool
    recovered: bool


@dataclass(slots=True)
class InventedWorld:
    """The rows of the three files, and the truth between them."""

    missing: list[Cells] = field(default_factory=list)
    remains: list[Cells] = field(default_factory=list)
    incidents: list[Cells] = field(default_factory=list)
    truth: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Slots:
    """Room left in the incidents for people who were found, and for people who were not."""

    dead: list[Incident]
    missing: list[Incident]

    def take(self, *, recovered: bool) -> Incident | None:
        slots = self.dead if recovered else self.missing
        return slots.pop() if slots else None


def invent_world(sizes: Sizes, seed: int) -> InventedWorld:
    """Invent a world; the same sizes and seed give the same rows."""
    incidents = _incidents(sizes.incidents, seed)
    fates = list(_fates(sizes, incidents, seed))
    invented = InventedWorld()
    dice = Dice(seed, "incident rows")
    invented.incidents = [incident_row(dice, incident) for incident in incidents]
    reports = _reports(fates, sizes.missing, seed)
    examinations = _examinations(fates, sizes.remains, seed)
    _look_into_mouths(fates, reports, examinations, seed)
    invented.missing = _numbered(reports, "INV-M", Dice(seed, "order of reports"))
    invented.remains = _numbered(examinations, "INV-R", Dice(seed, "order of remains"))
    invented.truth = _truth(reports, examinations)
    return invented


def _look_into_mouths(
    fates: list[Fate], reports: list["_Written"], examinations: list["_Written"], seed: int
) -> None:
    """Add teeth and implants, with dice of their own: nothing else of the world moves."""
    numbers, dice = world()["teeth"], Dice(seed, "mouths")
    implants = draw_implants(seed, len(fates))
    for row in reports:
        row.cells["teeth"] = tell_of_mouth(dice, partial(_mouth, fates, row.person, seed))
        implant = implants.get(row.person, "")
        row.cells = with_implant(dice, row.cells, implant, numbers["implant_told"])
    for row in examinations:
        mouth = partial(_mouth, fates, row.person, seed)
        row.cells["teeth"] = see_mouth(dice, mouth, int(row.cells["condition"] or 1))
        implant = implants.get(row.person, "")
        row.cells = with_implant(dice, row.cells, implant, numbers["implant_read"])


def _mouth(fates: list[Fate], person: int, seed: int) -> Mouth:
    fate = fates[person]
    return draw_mouth(seed, person, fate.person.age_on(fate.end.day))


def _incidents(count: int, seed: int) -> list[Incident]:
    dice = Dice(seed, "incidents")
    return [draw_incident(dice, f"INV-I-{number:05d}") for number in range(1, count + 1)]


def _roles(sizes: Sizes, seed: int) -> list[tuple[bool, bool]]:
    """Who is reported and who is recovered, so that the numbers come out as asked."""
    numbers = world()
    people_reported = sizes.missing - round(
        numbers["report"]["second_relative"] * sizes.missing
    )
    people_found = sizes.remains - round(numbers["observation"]["second_part"] * sizes.remains)
    both = min(round(sizes.true_pairs * people_found), people_reported)
    roles = [(True, True)] * both
    roles += [(True, False)] * (people_reported - both)
    roles += [(False, True)] * (people_found - both)
    Dice(seed, "roles").shuffle(roles)
    return roles


def _fates(sizes: Sizes, incidents: list[Incident], seed: int) -> Iterator[Fate]:
    dice, slots = Dice(seed, "fates"), _slots(incidents, seed)
    roles = _roles(sizes, seed)
    at = party = 0
    while at < len(roles):
        party += 1
        size = _party_size(dice)
        yield from _party(dice, roles[at : at + size], slots, party)
        at += size


def _slots(incidents: list[Incident], seed: int) -> _Slots:
    dice = Dice(seed, "slots")
    dead = [incident for incident in incidents for _ in range(incident.dead)]
    missing = [incident for incident in incidents for _ in range(incident.missing)]
    dice.shuffle(dead)
    dice.shuffle(missing)
    return _Slots(dead, missing)


def _party_size(dice: Dice) -> int:
    numbers = world()["people"]
    if not dice.chance(numbers["travels_with_others"]):
        return 1
    return int(dice.draw(Weighted.of(numbers["party_sizes"])))


def _party(
    dice: Dice, roles: list[tuple[bool, bool]], slots: _Slots, party: int
) -> Iterator[Fate]:
    """Invent people who set out together; some of them are relatives, some share their end."""
    first: Fate | None = None
    for reported, recovered in roles:
        journey, end, incident_id = _way_and_end(dice, first, slots, recovered=recovered)
        family = first.person if first and dice.chance(0.5) else None
        fate = Fate(
            person=draw_person(dice, journey.nationality, end.day, family),
            journey=journey,
            end=end,
            contact=draw_last_contact(dice, journey, end),
            party=party,
            incident_id=incident_id,
            reported=reported,
            recovered=recovered,
        )
        first = first or fate
        yield fate


def _way_and_end(
    dice: Dice, first: Fate | None, slots: _Slots, *, recovered: bool
) -> tuple[Journey, End, str]:
    numbers = world()
    if first is not None and dice.chance(numbers["people"]["same_fate"]):
        return first.journey, first.end, first.incident_id
    share = "recovered_in_one" if recovered else "not_recovered_in_one"
    if dice.chance(numbers["incidents"][share]):
        incident = slots.take(recovered=recovered)
        if incident is not None:
            return incident.journey, incident.end, incident.incident_id
    journey = first.journey if first else draw_journey(dice)
    return journey, draw_end(dice, journey), ""


@dataclass(slots=True)
class _Written:
    """One row, and the number of the person it is about."""

    person: int
    cells: Cells


def _reports(fates: list[Fate], count: int, seed: int) -> list[_Written]:
    """Write a report for each person reported, then reports of second relatives."""
    dice = Dice(seed, "reports")
    reported = [at for at, fate in enumerate(fates) if fate.reported]
    parties = _companies(fates, reported, by_end=False)
    written = [_report(dice, at, fates[at], parties) for at in reported]
    again = list(reported)
    dice.shuffle(again)
    written += [_report(dice, at, fates[at], parties) for at in again[: count - len(written)]]
    return written


def _report(dice: Dice, at: int, fate: Fate, parties: dict[int, str]) -> _Written:
    numbers = world()["report"]
    cells = report_row(dice, fate.person, fate.journey, fate.contact)
    if at in parties and dice.chance(numbers["party_told"]):
        cells["group_id"] = f"INV-V-{parties[at]}"
    if fate.incident_id and dice.chance(numbers["incident_told"]):
        wrong = dice.chance(numbers["incident_wrong"])
        cells["incident_id"] = "INV-I-00001" if wrong else fate.incident_id
    return _Written(at, cells)


def _examinations(fates: list[Fate], count: int, seed: int) -> list[_Written]:
    """Write down each person recovered, then second parts found later."""
    dice = Dice(seed, "examinations")
    recovered = [at for at, fate in enumerate(fates) if fate.recovered]
    finds = _Finds(_companies(fates, recovered, by_end=True))
    written = [_Written(at, _examination(dice, fates[at], at, finds)) for at in recovered]
    again = list(recovered)
    dice.shuffle(again)
    for at in again[: count - len(written)]:
        part = _examination(dice, fates[at], at, _Finds({}))
        part["completeness"] = dice.one_of(("partial", "element"))
        written.append(_Written(at, part))
    return written


@dataclass(slots=True)
class _Finds:
    """Who ended together, and how the first of them was found."""

    companies: dict[int, str]
    first: dict[str, Recovery] = field(default_factory=dict)


def _examination(dice: Dice, fate: Fate, at: int, finds: _Finds) -> Cells:
    numbers = world()["observation"]
    company = finds.companies.get(at, "")
    recovery = finds.first.get(company)
    together = company and (recovery is None or dice.chance(numbers["found_together"]))
    if recovery is None or not together:
        recovery = draw_recovery(dice, fate.end)
    silence = (fate.end.day - fate.contact.day).days
    cells = examination_row(
        dice, fate.person, recovery, died_on=fate.end.day, days_of_silence=silence
    )
    if together:
        finds.first.setdefault(company, recovery)
    if together and dice.chance(numbers["found_together_written"]):
        cells["group_id"] = f"INV-H-{company}"
    if fate.incident_id and dice.chance(numbers["incident_written"]):
        cells["incident_id"] = fate.incident_id
    return cells


def _companies(fates: list[Fate], among: list[int], *, by_end: bool) -> dict[int, str]:
    """Give a number to those who travelled, or ended, with another of the same file.

    The two files number apart: that a party on one side is a find on the other is what the
    engine has to discover.
    """
    together: dict[object, list[int]] = defaultdict(list)
    for at in among:
        together[fates[at].end if by_end else fates[at].party].append(at)
    groups = [members for members in together.values() if len(members) > 1]
    return {at: f"{number:05d}" for number, group in enumerate(groups, 1) for at in group}


def _numbered(written: list[_Written], prefix: str, dice: Dice) -> list[Cells]:
    """Give ids in an order that says nothing of who is who."""
    dice.shuffle(written)
    for number, row in enumerate(written, start=1):
        row.cells = {"record_id": f"{prefix}-{number:05d}", **row.cells}
    return [row.cells for row in written]


def _truth(reports: list[_Written], examinations: list[_Written]) -> list[tuple[str, str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in examinations:
        found[row.person].append(row.cells["record_id"])
    return sorted(
        (row.cells["record_id"], remains_id)
        for row in reports
        for remains_id in found.get(row.person, [])
    )
