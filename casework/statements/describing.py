"""What statements need to know of a kind of record: its tables, who writes, its columns."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.shape import RecordKind
from casework.dataset.values import NONE
from casework.statements.columns import Method
from casework.statements.picture import (
    Assertion,
    Picture,
    all_words_in,
    entries_in,
    preferred,
)
from casework.statements.projecting import Entry, Projected, ProjectedEntries
from privacy.model import Reveals
from privacy.permissions import Permission, Role, Viewer


def as_said(_record: Any, said: Assertion) -> Assertion:
    """Leave a word as it is."""
    return said


Named = Callable[[Session, Viewer, str], str]


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of record that statements are made about."""

    kind: RecordKind
    statement: type[Any]
    writes: Permission
    projected: Sequence[Projected]
    entries: Sequence[ProjectedEntries]
    groups: tuple[Reveals, ...]
    says_who: Reveals  # the group that the name of whoever said it belongs to
    usual: Method  # how most of it is known
    # By what is said of one field, the columns of another may hold more of it, or less.
    moves: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # What of a word is for whoever does not keep the record.
    told_elsewhere: Callable[[Any, Assertion], Assertion] = as_said
    # Fields whose words name something of ours: how they are kept.
    named: Mapping[str, Named] = field(default_factory=dict)

    def moved_by(self, fields: Collection[str]) -> frozenset[str]:
        """Name the fields whose columns have to be written again."""
        return frozenset().union(*(self.moves.get(each, ()) for each in fields))


def project(
    described: Described, about: Any, picture: Picture, fields: Collection[str]
) -> None:
    """Write what stands of some fields into the typed columns of a record."""
    moved = described.moved_by(fields)
    for each in described.projected:
        if each.field in fields and each.field not in moved:
            each.write(about, preferred(picture, each.field))
    for rows in described.entries:
        if rows.field in fields:
            entries = counted_entries(picture, rows)
            why = preferred(picture, rows.field)
            rows.write(about, entries)
            rows.write_why(about, "" if entries or not why else why[NONE])
    for each in described.projected:
        if each.field in moved:
            stands = preferred(picture, each.field)
            is_kept = stands is None and each.field not in fields
            each.write(about, each.read(about) if is_kept else stands)


def counted_entries(picture: Picture, rows: ProjectedEntries) -> list[Entry]:
    """Give the entries that stand in the rows: the surest word of each, or all of them."""
    if rows.counts_all:
        return list(all_words_in(picture, rows.field))
    return list(entries_in(picture, rows.field).items())


def projected_fields(described: Described) -> frozenset[str]:
    """Name the fields that have typed columns."""
    plain = (each.field for each in described.projected)
    return frozenset(plain) | {each.field for each in described.entries}


@dataclass(frozen=True, slots=True)
class AtHand:
    """One record that somebody works on, and when."""

    session: Session
    viewer: Viewer
    about: Any  # a MissingPerson or Remains
    described: Described
    at: datetime

    @property
    def is_kept_here(self) -> bool:
        """Say whether the viewer's institution keeps the record, or the machine reads it."""
        is_own = self.about.owner_institution_id == self.viewer.institution_id
        return is_own or self.viewer.role is Role.ENGINE
