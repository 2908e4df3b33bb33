"""Searching by DNA: one deed, allowed, done and recorded. What it finds is shown, not kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casework.dna_search.queries import Crowd, open_crowd, pairings_of
from casework.dna_search.weighing import CannotSearch, Searched, searched
from casework.errors import InvalidInput
from casework.frequencies.model import FrequencyTable
from casework.web.languages import marked
from privacy.audit.log import Deed, record
from privacy.errors import StepUpNeeded
from privacy.permissions import Permission, Viewer, demand


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a search, and which of its pairs the engine proposed: their numbers."""

    searched: Searched
    crowd: Crowd
    pairings: Mapping[tuple[str, str], int]


def search_by_dna(
    session: Session, viewer: Viewer, table: FrequencyTable, theta: float, *, at: datetime
) -> Outcome:
    """Compare the DNA of all remains with that of all families of the viewer's institution.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    StepUpNeeded
        If they did not prove a moment ago to be there.
    InvalidInput
        If one side has no profile that may be used, or there are too many for a page.
    TooManyOpened
        If it would open more than a person may in an hour.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    if not viewer.stepped_up:
        raise StepUpNeeded
    crowd = open_crowd(session, viewer, at=at)
    if not crowd.families or not crowd.remains:
        raise InvalidInput(
            marked(
                "No hay nada que comparar: hacen falta perfiles de restos y de familias que "
                "autoricen hoy la comparación."
            )
        )
    try:
        found = searched(crowd.families, crowd.remains, (table.name, table.loci), theta)
    except CannotSearch as refusal:
        raise InvalidInput(
            marked("Con esta tabla no se puede comparar: elija otra.")
        ) from refusal
    pairings = pairings_of(session, viewer, crowd, found.hits, at=at)
    record(
        session,
        Deed.DNA_SEARCHED,
        by=viewer,
        at=at,
        about=f"frequency_table:{table.id}",
        count=found.compared,
        shown=len(found.hits),
    )
    return Outcome(found, crowd, pairings)
