"""What statements need to know of a kind of record: its tables, who writes, its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.dataset.shape import RecordKind
from casework.statements.columns import Method
from casework.statements.projecting import Projected, ProjectedEntries
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer


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


@dataclass(frozen=True, slots=True)
class AtHand:
    """One record that somebody works on, and when."""

    session: Session
    viewer: Viewer
    about: Any  # a MissingPerson or Remains
    described: Described
    at: datetime
