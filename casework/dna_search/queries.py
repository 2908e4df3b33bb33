"""Whose DNA one institution may compare today: its own records, and donors who agree now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing
from casework.candidates.narrowing import readable_pairings
from casework.candidates.rules import MAY_BE_SEARCHED, STILL_SOUGHT, STILL_UNNAMED
from casework.codes import RemainsSex
from casework.dna_search.weighing import Hit, OfFamily, OfRemains
from casework.errors import InvalidInput
from casework.kinship.gathering import autosomal_of, fullest_of
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.pedigree.queries import open_tree
from casework.profiles.model import MarkerKind, MissingPersonProfile, RemainsProfile
from casework.profiles.queries import profiles_of
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.web.languages import marked
from privacy.consent.ledger import may_be_searched
from privacy.permissions import Permission, Viewer, demand

MOST_RECORDS = 300
"""Records with profiles that a page compares while somebody waits; our choice. More are
compared by `reunir kinship-search`."""

SEXES = {
    RemainsSex.FEMALE: "female",
    RemainsSex.PROBABLE_FEMALE: "female",
    RemainsSex.MALE: "male",
    RemainsSex.PROBABLE_MALE: "male",
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Both sides, opened; `numbers` gives a record's own by its reference."""

    families: Sequence[OfFamily] = field(repr=False)
    remains: Sequence[OfRemains] = field(repr=False)
    numbers: Mapping[str, int]
    invented: bool


def count_crowd(session: Session, viewer: Viewer, *, at: datetime) -> tuple[int, int]:
    """Count the families and the remains that have profiles; nothing is opened.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    return len(_people(session, viewer, at)), len(_remains(session, viewer, at))


def open_crowd(session: Session, viewer: Viewer, *, at: datetime) -> Crowd:
    """Open the autosomal profiles of both sides, of donors who agree to it now.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no profiles.
    StepUpNeeded
        If DNA opens only to who has just proved to be there.
    InvalidInput
        If there are too many for a page.
    """
    demand(viewer, Permission.PROFILE_KEEP)
    people, finds = _people(session, viewer, at), _remains(session, viewer, at)
    if len(people) + len(finds) > MOST_RECORDS:
        raise InvalidInput(
            marked(
                "Son demasiados expedientes para una página: pida a quien cuida el servidor "
                "que use «reunir kinship-search»."
            )
        )
    both: list[MissingPerson | Remains] = [*people, *finds]
    families = (_family(session, viewer, each, at) for each in people)
    remains = (_of_remains(session, viewer, each, at) for each in finds)
    return Crowd(
        [each for each in families if each is not None],
        [each for each in remains if each is not None],
        {each.reference: each.id for each in both},
        any(each.invented for each in both),
    )


def pairings_of(
    session: Session, viewer: Viewer, crowd: Crowd, hits: Sequence[Hit], *, at: datetime
) -> dict[tuple[str, str], int]:
    """Give the proposals of these pairs that `viewer` may read, by person and remains."""
    if not hits:
        return {}
    people = {crowd.numbers[each.person] for each in hits}
    query = readable_pairings(viewer, at).where(Pairing.missing_person_id.in_(people))
    wanted = {(crowd.numbers[each.person], crowd.numbers[each.remains]): each for each in hits}
    return {
        (hit.person, hit.remains): each.id
        for each in session.scalars(query)
        if (hit := wanted.get((each.missing_person_id, each.remains_id)))
    }


def _people(session: Session, viewer: Viewer, at: datetime) -> Sequence[MissingPerson]:
    typed = sa.select(MissingPersonProfile.case_id)
    own = readable_missing(viewer, at).where(
        MissingPerson.owner_institution_id == viewer.institution_id,
        MissingPerson.id.in_(typed),
        may_be_searched(MissingPerson.search_consent, MissingPerson.search_until, at),
        MissingPerson.search_status.in_(STILL_SOUGHT),
    )
    return session.scalars(own.order_by(MissingPerson.id)).all()


def _remains(session: Session, viewer: Viewer, at: datetime) -> Sequence[Remains]:
    typed = sa.select(RemainsProfile.case_id)
    own = readable_remains(viewer, at).where(
        Remains.owner_institution_id == viewer.institution_id,
        Remains.id.in_(typed),
        Remains.search_consent.in_(MAY_BE_SEARCHED),
        Remains.identification_status.in_(STILL_UNNAMED),
    )
    return session.scalars(own.order_by(Remains.id)).all()


def _family(
    session: Session, viewer: Viewer, person: MissingPerson, at: datetime
) -> OfFamily | None:
    """Put each donor in their place of the drawn tree; without one who agrees, nothing."""
    profiles = profiles_of(session, viewer, person, at=at)
    if fullest_of(profiles, MarkerKind.AUTOSOMAL_STR) is None:
        return None
    tree = open_tree(session, viewer, person, at=at).tree
    placed = autosomal_of(tree, profiles)
    if not placed.family and placed.own is None:
        return None
    return OfFamily(person.reference, tree, placed.family, placed.own)


def _of_remains(
    session: Session, viewer: Viewer, remains: Remains, at: datetime
) -> OfRemains | None:
    profiles = profiles_of(session, viewer, remains, at=at)
    fullest = fullest_of(profiles, MarkerKind.AUTOSOMAL_STR)
    if fullest is None:
        return None
    sex = SEXES.get(remains.sex, "unknown")
    return OfRemains(remains.reference, sex, fullest.genotypes)
