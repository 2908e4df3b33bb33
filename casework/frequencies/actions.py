"""Bringing a frequency table: one deed, allowed, done and recorded."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import Conflict, InvalidInput
from casework.frequencies.model import FrequencyTable
from casework.frequencies.reading import read_table
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a table by whoever brings it."""

    name: str
    population: str
    source: str
    people_typed: int | None


def keep_table(
    session: Session, viewer: Viewer, said: Said, content: bytes, *, at: datetime
) -> FrequencyTable:
    """Keep a table as it was published.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    InvalidInput
        If it has no name, population or source.
    Conflict
        If there is one of that name.
    UnreadTable
        If the file is no table, or a locus does not sum to 1.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    if not (said.name and said.population and said.source):
        raise InvalidInput(
            marked("Hacen falta el nombre, la población y la fuente: sin ellos no se cita.")
        )
    read = read_table(content)
    taken = sa.select(FrequencyTable.id).where(FrequencyTable.name == said.name)
    if session.scalar(taken) is not None:
        raise Conflict(
            marked("Ya hay una tabla con ese nombre, y ninguna se cambia: dele otro.")
        )
    table = FrequencyTable(
        name=said.name,
        population=said.population,
        source=said.source,
        people_typed=said.people_typed or read.people,
        loci=read.loci,
        file_sha256=sha256(content).hexdigest(),
        entered_at=at,
        entered_by=viewer.account_id,
    )
    session.add(table)
    session.flush()
    record(
        session,
        Deed.FREQUENCIES_ENTERED,
        by=viewer,
        at=at,
        about=f"frequency_table:{table.id}",
        count=len(read.loci),
    )
    return table
