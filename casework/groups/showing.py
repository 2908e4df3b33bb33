"""Gathering for a page who travelled together, as far as one viewer may know: one deed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from casework.groups.model import Aboard, Outcome, TravelGroup, TravelGroupFact
from casework.groups.queries import Members, facts_of, is_aboard, members_of
from casework.groups.words import ABOARD_WORDS, KIND_WORDS, OUTCOME_WORDS, TOLD_BY_WORDS
from casework.incidents.model import Incident
from casework.incidents.queries import readable_incidents
from casework.links.kinds import PEOPLE, REMAINS, Kind
from casework.links.queries import Asking
from casework.openings import Openings
from casework.signin.queries import institution_names
from casework.values import DateRange, Range, dates_of
from casework.web.described import Teller
from casework.web.pieces import Fact, Known
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.sealing.opening import open_group

NAMED = (Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY)


@dataclass(frozen=True, slots=True)
class ShownWord:
    """What one institution said of a member; a closed reason is none."""

    aboard: str
    tone: str
    told_by: str
    institution: str
    said_on: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Somebody of a group: a record, or somebody told of in one."""

    name: str
    reference: str
    href: str
    is_told_of: bool  # known only in the words of that record's report
    entry: str
    outcome: str
    words: tuple[ShownWord, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What one viewer may know of a group."""

    reference: str
    title: str
    is_invented: bool
    facts: tuple[Fact, ...]
    earlier: tuple[tuple[str, str, tuple[Fact, ...]], ...]
    incident_href: str
    people: tuple[ShownMember, ...]
    remains: tuple[ShownMember, ...]
    apart: tuple[ShownMember, ...]  # of whom nobody says that they were in it
    outcomes: tuple[tuple[str, int], ...]


def show_group(asking: Asking, group: TravelGroup, teller: Teller) -> ShownGroup:
    """Show a group already opened, and note whom it showed."""
    facts = facts_of(asking, group)
    of_people, of_remains = (members_of(asking, group, kind) for kind in (PEOPLE, REMAINS))
    people = _shown(_of(asking, PEOPLE), of_people, teller)
    remains = _shown(_of(asking, REMAINS), of_remains, teller)
    record_read(asking, group, [*of_people.records.values(), *of_remains.records.values()])
    aboard = [shown for words, shown in people if is_aboard(words)]
    names = institution_names(asking.session, {each.institution_id for each in facts})
    newest = facts[0]
    return ShownGroup(
        reference=group.reference,
        title=title_of(newest, teller),
        is_invented=group.invented,
        facts=group_facts(newest, teller, names),
        earlier=tuple(
            (
                names.get(each.institution_id, ""),
                teller.day(each.entered_at.date()),
                group_facts(each, teller, names),
            )
            for each in facts[1:]
        ),
        incident_href=_incident_href(asking, newest),
        people=tuple(aboard),
        remains=tuple(shown for words, shown in remains if is_aboard(words)),
        apart=tuple(shown for words, shown in (*people, *remains) if not is_aboard(words)),
        outcomes=_outcomes([words for words, _ in people if is_aboard(words)], teller),
    )


def record_read(asking: Asking, group: TravelGroup, seen: Sequence[Any]) -> None:
    """Write down that a group was shown, and which records stood in it."""
    record(
        asking.session,
        Deed.GROUP_READ,
        by=asking.viewer,
        at=asking.at,
        about=group.reference,
        concerning=sorted(each.reference for each in seen),
    )


def title_of(fact: TravelGroupFact, teller: Teller) -> str:
    """Name a group by what it was in, its vessel and where it set out."""
    kind = teller.gettext(KIND_WORDS[fact.kind])
    from_where = ", ".join(filter(None, (fact.place, teller.country(fact.country))))
    named = f"{kind} «{fact.vessel}»" if fact.vessel else kind
    return f"{named}, {from_where}" if from_where else named


def group_facts(
    fact: TravelGroupFact, teller: Teller, institutions: dict[int, str]
) -> tuple[Fact, ...]:
    """Tell everything that was said of a group at one time."""
    _ = teller.gettext
    from_where = ", ".join(filter(None, (fact.place, teller.country(fact.country))))
    who = f"{_(TOLD_BY_WORDS[fact.told_by])}; {institutions.get(fact.institution_id, '')}"
    rows = (
        (_("En qué viajaban"), _(KIND_WORDS[fact.kind])),
        (_("Nombre de la embarcación o del vehículo"), fact.vessel),
        (_("Matrícula o placa"), fact.registration),
        (_("De dónde salió"), from_where),
        (_("Cuándo salió"), teller.dates(_departed(fact))),
        (_("Personas a bordo"), teller.numbers(_aboard(fact))),
        (_("Quién lo dice"), who),
    )
    return tuple(
        Fact(label, text) if text else Fact(label, known=Known.NOT_RECORDED)
        for label, text in rows
    )


def _departed(fact: TravelGroupFact) -> DateRange | None:
    return dates_of(fact.departed_from, fact.departed_to)


def _aboard(fact: TravelGroupFact) -> Range | None:
    if fact.aboard_min is None or fact.aboard_max is None:
        return None
    return Range(float(fact.aboard_min), float(fact.aboard_max))


def _incident_href(asking: Asking, fact: TravelGroupFact) -> str:
    if fact.incident_id is None:
        return ""
    query = readable_incidents(asking.viewer).where(Incident.id == fact.incident_id)
    found = asking.session.scalar(query)
    return f"/incidents/{found.reference}" if found else ""


def _of(asking: Asking, kind: Kind) -> Asking:
    return replace(asking, kind=kind)


def _shown(
    asking: Asking, members: Members, teller: Teller
) -> list[tuple[Sequence[Any], ShownMember]]:
    """Show each member with what is open of it: names, whom a report tells of, reasons."""
    kind, records = asking.kind, list(members.records.values())
    told = (Reveals.CONTACT,) if kind is PEOPLE else ()
    opened = dict(
        kind.open_all(
            asking.session,
            asking.viewer,
            records,
            at=asking.at,
            groups=(*NAMED, *told),
            unread=told,
        )
    )
    rows = [each for words in members.said for each in words]
    reading = _Read(
        asking=asking,
        members=members,
        opened=opened,
        reasons=_opened_rows(asking, rows, opened, kind.reason_is),
        told_of=_opened_rows(asking, rows, opened, Reveals.CONTACT) if told else set(),
        institutions=institution_names(asking.session, {each.institution_id for each in rows}),
    )
    return [(words, _member(words, reading, teller)) for words in members.said]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was opened of the members of one kind: which words and reasons may be shown."""

    asking: Asking
    members: Members
    opened: dict[int, Openings]
    reasons: set[int]
    told_of: set[int]
    institutions: dict[int, str]


def _member(words: Sequence[Any], read: _Read, teller: Teller) -> ShownMember:
    kind, newest = read.asking.kind, words[0]
    case = read.members.records[newest.case_id]
    entry = getattr(newest, "entry", "")
    if not entry:
        name = kind.name(case, read.opened[case.id], teller)
    elif newest.id in read.told_of:
        name = newest.words
    else:
        name = teller.gettext("alguien de quien habla el reporte")
    return ShownMember(
        name=name,
        reference=case.reference,
        href=f"{kind.path}/{case.reference}",
        is_told_of=bool(entry),
        entry=entry,
        outcome=_outcome(newest, teller),
        words=tuple(_word(each, read.reasons, read.institutions, teller) for each in words),
    )


def _opened_rows(
    asking: Asking, rows: Sequence[Any], opened: dict[int, Openings], group: Reveals
) -> set[int]:
    """Open one group of the rows whose record opens it; give which were."""
    sure = [each for each in rows if opened[each.case_id].shows(group)]
    read = open_group(asking.session, asking.viewer, sure, group, at=asking.at)
    return {each.id for each in read.rows}


def _word(each: Any, reasons: set[int], names: dict[int, str], teller: Teller) -> ShownWord:
    words, tone = ABOARD_WORDS[each.aboard]
    return ShownWord(
        aboard=teller.gettext(words),
        tone=tone,
        told_by=teller.gettext(TOLD_BY_WORDS[each.told_by]),
        institution=names.get(each.institution_id, ""),
        said_on=teller.day(each.entered_at.date()),
        reason=each.reason if each.id in reasons else None,
    )


def _outcome(newest: Any, teller: Teller) -> str:
    outcome = getattr(newest, "outcome", None)
    if outcome is None or newest.aboard is not Aboard.TRAVELLED:
        return ""
    return teller.gettext(OUTCOME_WORDS[outcome])


def _outcomes(said: Sequence[Sequence[Any]], teller: Teller) -> tuple[tuple[str, int], ...]:
    """Count what became of those whom the viewer may know of, by the newest word of each."""
    counts = dict.fromkeys(Outcome, 0)
    for words in said:
        counts[words[0].outcome] += 1
    return tuple(
        (teller.gettext(OUTCOME_WORDS[each]), count) for each, count in counts.items() if count
    )
