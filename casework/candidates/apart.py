"""Which pairs are never compared: one record is to be kept from the other's keeper's country.

A family that fled a state names it, and no institution of that country sees the record. A
proposal beside one of theirs would tell them that it is there, so there is none, for anybody.
Records of one institution are not kept apart from each other: it has both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from casework.candidates.model import Pairing
from casework.missing.model import MissingPerson
from casework.remains.model import Remains


class Keeping(NamedTuple):
    """Who keeps a record, in which country, and from which countries it is to be kept."""

    institution: int
    country: str
    kept_from: frozenset[str]

    @classmethod
    def of(cls, row: Any) -> "Keeping":
        """Read it off a record."""
        kept_from = frozenset(row.country_restrictions)
        return cls(row.owner_institution_id, row.owner_country, kept_from)


def are_apart(one: Keeping, other: Keeping) -> bool:
    """Say whether two records must never be compared."""
    if one.institution == other.institution:
        return False
    return other.country in one.kept_from or one.country in other.kept_from


def is_kept_apart() -> sa.ColumnElement[bool]:
    """Write the same of a pairing."""
    return are_records_apart(Pairing.missing_person_id, Pairing.remains_id, Remains)


# Written once: to name two tables anew takes longer than all else in a question.
@cache
def are_records_apart(
    missing_person_id: Any, other_id: Any, other: type[Any]
) -> sa.ColumnElement[bool]:
    """Write it of any proposal, by its columns of both sides; `other` has the second's."""
    person, found = aliased(MissingPerson), aliased(other)
    together = (
        sa.select(sa.literal(1))
        .where(
            person.id == missing_person_id,
            found.id == other_id,
            person.owner_institution_id != found.owner_institution_id,
            sa.or_(
                found.owner_country == sa.any_(person.country_restrictions),
                person.owner_country == sa.any_(found.country_restrictions),
            ),
        )
        .correlate(missing_person_id.class_)
        # Both records of each pairing are looked up: never every pair there could be.
        .offset(0)
    )
    return together.exists()


def companies(
    left: Sequence[Keeping], right: Sequence[Keeping]
) -> list[tuple[list[int], list[int]]]:
    """Divide two sides by who may meet whom: positions of the left and all that they may meet.

    Every pair that may be compared is in exactly one, no other in any. Without a country that
    somebody is kept from it is one: all against all.
    """
    of_right: defaultdict[Keeping, list[int]] = defaultdict(list)
    for at, each in enumerate(right):
        of_right[each].append(at)
    of_left: defaultdict[Keeping, list[int]] = defaultdict(list)
    for at, each in enumerate(left):
        of_left[each].append(at)
    together: defaultdict[frozenset[Keeping], list[int]] = defaultdict(list)
    for own, positions in of_left.items():
        meets = frozenset(each for each in of_right if not are_apart(own, each))
        together[meets].extend(positions)
    return [
        (sorted(positions), sorted(at for each in meets for at in of_right[each]))
        for meets, positions in together.items()
        if meets
    ]


def kept_from(own: Keeping, others: Mapping[Keeping, Iterable[Any]]) -> frozenset[Any]:
    """Give those, of records by how they are kept, that one may not meet."""
    return frozenset(
        key for each, keys in others.items() if are_apart(own, each) for key in keys
    )
