"""Which other records may be of the same person: a handful, by what their reader may open.

People are found by the blind tokens of their names, remains by where and when they were found
or by the number that the place which keeps them gave. What a reader may not open is neither
counted nor weighed nor able to crowd out others: row-level security stands before the search.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from casework.codes import Completeness
from casework.links.kinds import COMPARED, PEOPLE
from casework.links.queries import Asking
from casework.links.weighing import Weighed, weigh_two
from casework.missing.model import MissingPerson, PersonName
from casework.missing.names import likeliest
from casework.missing.queries import readable_missing
from casework.openings import Openings
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from privacy.door import recheck
from privacy.model import Reveals
from privacy.permissions import Permission
from privacy.sealing.keyring import keys_of
from privacy.tokens.blind import KEY, sought_tokens
from privacy.tokens.finding import resemblance
from privacy.tokens.ranking import RESEMBLES, likeness
from privacy.tokens.spelling import Name, parts_of

# Our choices: so many are opened, so many shown; of its own tokens a name must share so much,
# which one name misspelt and one left out still do.
MOST_OPENED, MOST_SHOWN = 8, 5
WORTH_OPENING = 0.3
# One name alone is half the country's.
FEWEST_PARTS = 2
# Remains: found within a day's walk and a season of each other are worth weighing.
DEGREES, DAYS = 0.3, timedelta(days=90)
LEAST_LOG10_LR = 2.0


@dataclass(frozen=True, slots=True)
class Proposed:
    """Another record that may be of the same person, and why."""

    record: Any
    openings: Openings
    weighed: Weighed


def proposed_for(
    asking: Asking, record: Any, openings: Openings, *, settled: frozenset[int]
) -> list[Proposed]:
    """Propose other records, the likeliest first; of `settled` something was said already."""
    if not asking.viewer.may(Permission.LINK_READ):
        return []
    found: Sequence[Any] = (
        _people_like(asking, record, openings, settled)
        if asking.kind is PEOPLE
        else _remains_near(asking, record, settled)
    )
    opened = asking.kind.open_all(
        asking.session, asking.viewer, found, at=asking.at, groups=COMPARED
    )
    weighed = [_weighed((record, openings), each, opened) for each in found]
    worth = [each for each in weighed if _is_worth(asking, (record, openings), each)]
    return sorted(worth, key=_likeliest_first)[:MOST_SHOWN]


def _weighed(one: tuple[Any, Openings], other: Any, opened: Mapping[int, Openings]) -> Proposed:
    openings = opened[other.id]
    return Proposed(other, openings, weigh_two(one, (other, openings)))


def _is_worth(asking: Asking, one: tuple[Any, Openings], proposed: Proposed) -> bool:
    record, openings = one
    if asking.kind is PEOPLE:
        alike = _alike(record.names, proposed.record.names) >= RESEMBLES
        return alike and proposed.weighed.log10_lr > 0
    tells = openings.shows(Reveals.BODY) and proposed.openings.shows(Reveals.BODY)
    are_two = tells and _are_two_people(record, proposed.record)
    return proposed.weighed.log10_lr >= LEAST_LOG10_LR and not are_two


def _are_two_people(one: Remains, other: Remains) -> bool:
    """Say whether one institution holds both, each whole and under a number of its own."""
    whole = {one.completeness, other.completeness} == {Completeness.COMPLETE}
    apart = one.post_mortem_number != other.post_mortem_number
    return whole and apart and one.owner_institution_id == other.owner_institution_id


def _likeliest_first(proposed: Proposed) -> tuple[float, str]:
    return -proposed.weighed.log10_lr, proposed.record.reference


def _alike(one: Sequence[PersonName], other: Sequence[PersonName]) -> float:
    """Compare both ways: whoever left out the second surname says nothing against it."""
    ways = ((one, other), (other, one))
    return max(
        (
            likeness(said.full, [_name(each) for each in others])
            for some, others in ways
            for said in some
            if len(parts_of(said.full)) >= FEWEST_PARTS
        ),
        default=0.0,
    )


def _name(row: PersonName) -> Name:
    return Name(row.given_names, row.surname_1, row.surname_2)


def _people_like(
    asking: Asking, person: MissingPerson, openings: Openings, settled: frozenset[int]
) -> list[MissingPerson]:
    """Find whose names share most tokens with this one's, of those whose names are open."""
    if not openings.shows(Reveals.IDENTITY):
        return []
    sought: dict[int, float] = {}
    key = keys_of(asking.session).token_key(KEY)
    for each in person.names:
        sought |= sought_tokens(key, each.full)
    if not sought:
        return []
    near = asking.session.execute(likeliest(resemblance(sought))).all()
    most = next((row.weight for row in near if row.case_id == person.id), None)
    if most is None:
        return []
    worth = [
        row.case_id
        for row in near
        if row.weight >= WORTH_OPENING * most and row.case_id not in {person.id, *settled}
    ]
    query = (
        readable_missing(asking.viewer, asking.at, also=[Permission.MISSING_IDENTITY_READ])
        .where(MissingPerson.id.in_(worth), MissingPerson.invented.is_(person.invented))
        .options(selectinload(MissingPerson.names))
    )
    found = asking.session.scalars(query).all()
    named = recheck(
        asking.session, asking.viewer, Permission.MISSING_IDENTITY_READ, found, asking.at
    )
    return sorted(named, key=lambda row: worth.index(row.id))[:MOST_OPENED]


def _remains_near(asking: Asking, remains: Remains, settled: frozenset[int]) -> list[Remains]:
    """Find remains of the same spot and season, the same event, or the same number."""
    query = (
        readable_remains(asking.viewer, asking.at)
        .where(
            Remains.id.not_in({remains.id, *settled}),
            Remains.invented.is_(remains.invented),
            Remains.erased_at.is_(None),
            sa.or_(*_ways(remains)),
        )
        .order_by(
            sa.func.abs(Remains.found_from - remains.found_from)
            if remains.found_from
            else Remains.id,
            Remains.id,
        )
        .limit(3 * MOST_OPENED)
    )
    found = asking.session.scalars(query).all()
    return recheck(asking.session, asking.viewer, Permission.REMAINS_READ, found, asking.at)


def _ways(remains: Remains) -> list[sa.ColumnElement[bool]]:
    ways: list[sa.ColumnElement[bool]] = [
        sa.false(),
        *(
            getattr(Remains, name) == said
            for name in ("post_mortem_number", "incident_key", "group_key")
            if (said := getattr(remains, name))
        ),
    ]
    if remains.lat is not None and remains.lon is not None and remains.found_from:
        ways.append(
            sa.and_(
                Remains.lat.between(remains.lat - DEGREES, remains.lat + DEGREES),
                Remains.lon.between(remains.lon - DEGREES, remains.lon + DEGREES),
                Remains.found_from.between(
                    remains.found_from - DAYS, remains.found_from + DAYS
                ),
            )
        )
    return ways
