"""Finding signed papers: only those of files that `viewer`'s own institution answers for."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import NotFound
from casework.families.model import Relative
from casework.missing.model import MissingPerson
from casework.missing.queries import get_missing_person
from casework.papers.model import SignedPaper
from privacy.permissions import Permission, Viewer, demand


def get_own_file(
    session: Session, viewer: Viewer, reference: str, *, at: datetime
) -> MissingPerson:
    """Find a file whose papers `viewer` keeps.

    Raises
    ------
    NotPermitted
        If `viewer` keeps no papers.
    NotFound
        If there is none, or it is another institution's.
    """
    demand(viewer, Permission.PAPER_KEEP)
    person = get_missing_person(session, viewer, reference, at=at)
    if person.owner_institution_id != viewer.institution_id:
        raise NotFound("paper")
    return person


def list_papers(session: Session, person: MissingPerson) -> Sequence[SignedPaper]:
    """List the papers of one file, without opening them."""
    kept = sa.select(SignedPaper).where(SignedPaper.missing_person_id == person.id)
    return session.scalars(kept.order_by(SignedPaper.id)).all()


def get_paper(session: Session, person: MissingPerson, number: int) -> SignedPaper:
    """Find one paper of one file.

    Raises
    ------
    NotFound
        If the file has no such paper.
    """
    found = session.scalar(
        sa.select(SignedPaper).where(
            SignedPaper.missing_person_id == person.id, SignedPaper.id == number
        )
    )
    if found is None:
        raise NotFound("paper")
    return found


def list_relatives(session: Session, person: MissingPerson) -> Sequence[Relative]:
    """List who gave information about one person, without opening their names."""
    told = sa.select(Relative).where(Relative.missing_person_id == person.id)
    return session.scalars(told.order_by(Relative.id)).all()
