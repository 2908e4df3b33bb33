"""Narrowing the queue of proposals by what its reader asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.asked_once import asked_once, one_of
from casework.candidates.model import ExcludedPair, Pairing, PairingState
from casework.database import any_of
from casework.missing.model import MissingPerson
from casework.missing.opening import NEEDS as NEEDS_OF_PEOPLE
from casework.missing.queries import readable_missing
from casework.remains.model import Remains
from casework.remains.opening import NEEDS as NEEDS_OF_REMAINS
from casework.remains.queries import readable_remains
from privacy.door import condition, readable
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer

FEW = 1_000  # records; our choice, some 50,000 proposals of theirs
MANY = 10_000  # records of one side; our choice: a tenth of a large registry
# What a search of the queue looks through: what stands on its page, and no names.
PERSON_WORDS = (MissingPerson.reference, MissingPerson.place, MissingPerson.admin1)
REMAINS_WORDS = (
    Remains.reference,
    Remains.place,
    Remains.admin1,
    Remains.post_mortem_number,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the queue asked for; empty where they did not."""

    text: str = ""
    country: str = ""
    sex: str = ""
    least_log10_lr: float | None = None
    excluded: bool = False  # those that an exclusion keeps out, and nothing else
    age_from: int | None = None
    age_to: int | None = None
    day_from: date | None = None  # of the last contact or of the find
    day_to: date | None = None
    nationality: str = ""
    institution: int | None = None  # that keeps one of the two
    new_since: datetime | None = None
    # What a later slice knows of pairs: conditions on a pairing; with `is_few` of few only.
    more: Sequence[sa.ColumnElement[bool]] = ()
    is_few: bool = False


# What must be open of both sides so that a sum of what is open may be told; and so that the
# stored numbers hold nothing closed: these may be sorted out or summed.
OPEN_NUMBERS = (Reveals.BODY,)
WHOLE_NUMBERS = (Reveals.BODY, Reveals.IDENTITY)


def readable_pairings(
    viewer: Viewer, at: datetime, *, open_of_both: Sequence[Reveals] = ()
) -> sa.Select[Pairing]:
    """Pairings that `viewer` may read in full: both of their records are open to them.

    `open_of_both`: groups that must be open of both records too.
    """
    query = readable(viewer, Permission.PAIRING_READ, Pairing, at)
    return asked_once(query.where(_are_open(viewer, at, *open_of_both)))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The queue as it was asked for.

    With `is_short` it is of few records, and their pairings are best gathered and sorted.
    Else the whole queue is best walked through in its order, until enough is found.
    """

    query: sa.Select[Pairing]
    is_short: bool


def proposed(session: Session, viewer: Viewer, wanted: Wanted, at: datetime) -> Narrowed:
    """Narrow the queue by what was asked; what is closed is not searched."""
    out = is_excluded(viewer)
    by_weight = wanted.least_log10_lr is not None
    query = readable_pairings(
        viewer, at, open_of_both=WHOLE_NUMBERS if by_weight else ()
    ).where(Pairing.state == PairingState.PROPOSED, out if wanted.excluded else ~out)
    if by_weight:
        query = query.where(Pairing.log10_lr >= wanted.least_log10_lr)
    if wanted.new_since is not None:
        query = query.where(Pairing.first_proposed_at >= wanted.new_since)
    sides = _sides(_Either(session, viewer, at), wanted)
    return Narrowed(
        query.where(
            *(sa.or_(*(each.of_pairing() for each in both)) for both in sides), *wanted.more
        ),
        is_short=wanted.is_few
        or any(sum(len(each.numbers) for each in both) <= FEW for both in sides),
    )


def _sides(either: "_Either", wanted: Wanted) -> "list[_Sides]":
    """Find the records of which one stands in each pairing that was asked for."""
    sides = []
    if wanted.sex:
        sides.append(either.of_sex(wanted.sex))
    if wanted.country:
        sides.append(either.of_country(wanted.country))
    if wanted.nationality:
        sides.append(either.of_nationality(wanted.nationality))
    if wanted.institution:
        sides.append(either.of_institution(wanted.institution))
    if wanted.age_from is not None or wanted.age_to is not None:
        sides.append(either.of_age(wanted.age_from, wanted.age_to))
    if wanted.day_from is not None or wanted.day_to is not None:
        sides.append(either.of_days(wanted.day_from, wanted.day_to))
    sides.extend(
        either.side(_mentions(PERSON_WORDS, word), _mentions(REMAINS_WORDS, word))
        for word in wanted.text.split()
    )
    return sides


@dataclass(frozen=True, slots=True)
class _Records:
    """The records of one side that are meant, by their numbers unless they are very many.

    Numbers are compared before it is asked who may see a pairing, and a query only after it,
    of every pairing on the way. But where very many are meant, the way is short.
    """

    side: Any  # the column of a pairing
    numbers: Sequence[int]
    query: sa.Select[Any]
    key: Any

    def of_pairing(self) -> sa.ColumnElement[bool]:
        """Say of a pairing that it has one of them."""
        if len(self.numbers) <= MANY:
            return cast("sa.ColumnElement[bool]", self.side == any_of(self.numbers))
        looked_up = self.query.where(self.key == self.side).correlate(Pairing)
        return looked_up.offset(0).exists()


_Sides = tuple[_Records, _Records]


@dataclass(frozen=True, slots=True)
class _Either:
    """Records of one side or the other as asked, among those open to a viewer."""

    session: Session
    viewer: Viewer
    at: datetime

    def of_sex(self, sex: str) -> _Sides:
        return self.side(
            MissingPerson.sex == sex,
            Remains.sex.in_((sex, f"probable_{sex}")),
            groups=(Reveals.BODY,),
        )

    def of_country(self, country: str) -> _Sides:
        names = self._open(Permission.MISSING_IDENTITY_READ, MissingPerson)
        is_national = sa.and_(MissingPerson.nationalities.contains([country]), names)
        return self.side(
            sa.or_(MissingPerson.country == country, is_national), Remains.country == country
        )

    def of_nationality(self, country: str) -> _Sides:
        names = self._open(Permission.MISSING_IDENTITY_READ, MissingPerson)
        is_national = MissingPerson.nationalities.contains([country])
        return self.side(sa.and_(is_national, names), sa.false())

    def of_institution(self, number: int) -> _Sides:
        return self.side(
            MissingPerson.owner_institution_id == number,
            Remains.owner_institution_id == number,
        )

    def of_age(self, low: int | None, high: int | None) -> _Sides:
        """Ages that reach into the range, as far as the body is open."""
        ends = (
            (MissingPerson.age_min, MissingPerson.age_max),
            (Remains.age_min, Remains.age_max),
        )
        person, remains = (_reaches(*each, low, high) for each in ends)
        return self.side(person, remains, groups=(Reveals.BODY,))

    def of_days(self, first: date | None, last: date | None) -> _Sides:
        """Last contacts or finds that reach into the days."""
        person = (MissingPerson.last_contact_from, MissingPerson.last_contact_to)
        remains = (Remains.found_from, Remains.found_to)
        return self.side(*(_reaches(*each, first, last) for each in (person, remains)))

    def side(
        self,
        of_person: sa.ColumnElement[bool],
        of_remains: sa.ColumnElement[bool],
        *,
        groups: Sequence[Reveals] = (),
    ) -> _Sides:
        """Find the records of which something holds and `groups` are open."""
        viewer, at = self.viewer, self.at
        of_people, of_finds = (
            [needs[each] for each in groups] for needs in (NEEDS_OF_PEOPLE, NEEDS_OF_REMAINS)
        )
        people = readable_missing(viewer, at, also=of_people).where(of_person)
        remains = readable_remains(viewer, at, also=of_finds).where(of_remains)
        return (
            self._meant(Pairing.missing_person_id, people, MissingPerson.id),
            self._meant(Pairing.remains_id, remains, Remains.id),
        )

    def _meant(self, side: Any, records: sa.Select[Any], key: Any) -> _Records:
        query = records.with_only_columns(key)
        return _Records(side, self.session.scalars(query.limit(MANY + 1)).all(), query, key)

    def _open(self, permission: Permission, model: type[Any]) -> sa.ColumnElement[bool]:
        return condition(self.viewer, permission, model, self.at)


def is_excluded(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Say of a pairing that an exclusion keeps it out, for everybody or one's own people."""
    return (
        sa.exists()
        .where(
            ExcludedPair.missing_person_id == Pairing.missing_person_id,
            ExcludedPair.remains_id == Pairing.remains_id,
            sa.or_(
                ExcludedPair.institution_id.is_(None),
                ExcludedPair.institution_id == viewer.institution_id,
            ),
        )
        .correlate(Pairing)
    )


def has_open_numbers(viewer: Viewer, at: datetime) -> sa.ColumnElement[bool]:
    """Pairings whose two bodies are open: a sum of what is open of them may be told."""
    return _are_open(viewer, at, *OPEN_NUMBERS)


def _are_open(viewer: Viewer, at: datetime, *groups: Reveals) -> sa.ColumnElement[bool]:
    if not groups:
        return sa.true()
    # All groups in one question: what several of them ask is asked once.
    people, *also = (NEEDS_OF_PEOPLE[each] for each in groups)
    of_people = condition(viewer, people, MissingPerson, at, also=also)
    remains, *also = (NEEDS_OF_REMAINS[each] for each in groups)
    of_remains = condition(viewer, remains, Remains, at, also=also)
    return sa.and_(
        one_of(Pairing.missing_person_id, MissingPerson, of_people),
        one_of(Pairing.remains_id, Remains, of_remains),
    )


def _reaches(begins: Any, ends: Any, low: Any, high: Any) -> sa.ColumnElement[bool]:
    """Say that a range of a record, of which an end may be open, meets the one asked for."""
    met = [begins.is_not(None) | ends.is_not(None)]
    if low is not None:
        met.append(sa.func.coalesce(ends, begins) >= low)
    if high is not None:
        met.append(sa.func.coalesce(begins, ends) <= high)
    return sa.and_(*met)


def _mentions(columns: tuple[Any, ...], word: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(each.icontains(word, autoescape=True) for each in columns))
