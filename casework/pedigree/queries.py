"""Reading the family of a missing person: one's own institution's only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.codes import Sex
from casework.families.model import Kinship, Relative
from casework.families.queries import list_relatives
from casework.missing.model import MissingPerson
from casework.missing.queries import get_own_missing_person
from casework.pedigree.model import Pedigree
from casework.pedigree.sketch import Kin, Unplaced, sketch
from casework.pedigree.tree import Member, Sampling, Tree, TreeSex
from casework.pedigree.written import read_back
from casework.samples.queries import relatives_with_samples
from casework.web.languages import marked
from privacy.errors import StepUpNeeded
from privacy.model import Reveals
from privacy.permissions import Viewer
from privacy.sealing.opening import open_group

# What the file says of each giver, in the words of the data set; of others it says too little.
RELATIONSHIP_OF = {
    Kinship.MOTHER: "mother",
    Kinship.FATHER: "father",
    Kinship.CHILD: "child",
    Kinship.SIBLING: "sibling",
    Kinship.SPOUSE: "spouse",
    Kinship.OTHER_KIN: "other",
}
SEX_OF = {Sex.FEMALE: TreeSex.FEMALE, Sex.MALE: TreeSex.MALE}


@dataclass(frozen=True, slots=True)
class Family:
    """A file's tree as its reader sees it; `version` 0 is a sketch that nobody drew yet."""

    person: MissingPerson
    tree: Tree
    version: int
    names: Mapping[int, str] = field(repr=False)
    names_are_open: bool
    relatives: Sequence[Relative] = field(repr=False)
    unplaced: tuple[Unplaced, ...]
    sampled: frozenset[int]

    def relative(self, relative_id: int) -> Relative | None:
        return next((each for each in self.relatives if each.id == relative_id), None)


def open_family(session: Session, viewer: Viewer, reference: str, *, at: datetime) -> Family:
    """Open the tree of one of the viewer's own files; undrawn, it is sketched.

    Raises
    ------
    NotFound
        If there is no such file, or another institution keeps it.
    StepUpNeeded
        If who the person is opens only to who has just proved to be there.
    """
    person = get_own_missing_person(session, viewer, reference, at=at)
    if open_group(session, viewer, [person], Reveals.IDENTITY, at=at).refused:
        raise StepUpNeeded
    relatives = list_relatives(session, person)
    drawn = latest(session, person)
    parts = [*relatives, *([drawn] if drawn else [])]
    closed = open_group(session, viewer, parts, Reveals.CONTACT, at=at).refused
    if drawn:
        open_group(session, viewer, [drawn], Reveals.IDENTITY, at=at)
    return _family(session, person, drawn, relatives, shows_names=not closed)


def open_tree(
    session: Session, viewer: Viewer, person: MissingPerson, *, at: datetime
) -> Family:
    """Open who descends from whom in a family whose file was opened before, and no names.

    To another institution than the file's own the database shows nobody but the missing person.

    Raises
    ------
    StepUpNeeded
        If who the person is opens only to who has just proved to be there.
    """
    drawn = latest(session, person)
    if drawn and open_group(session, viewer, [drawn], Reveals.IDENTITY, at=at).refused:
        raise StepUpNeeded
    return _family(session, person, drawn, list_relatives(session, person), shows_names=False)


def latest(session: Session, person: MissingPerson) -> Pedigree | None:
    """Give the drawing that holds, closed."""
    return session.scalars(
        sa.select(Pedigree)
        .where(Pedigree.case_id == person.id)
        .order_by(Pedigree.version.desc())
        .limit(1)
    ).first()


def _family(
    session: Session,
    person: MissingPerson,
    drawn: Pedigree | None,
    relatives: Sequence[Relative],
    *,
    shows_names: bool,
) -> Family:
    kin = [
        Kin(each.id, RELATIONSHIP_OF[each.kinship])
        for each in relatives
        if each.kinship in RELATIONSHIP_OF
    ]
    unplaced: tuple[Unplaced, ...]
    if drawn is None:
        first = sketch(
            SEX_OF.get(person.sex, TreeSex.UNKNOWN),
            kin,
            born=person.birth_from.year if person.birth_from else None,
        )
        tree, unplaced = first.tree, first.unplaced
    else:
        tree = read_back(drawn.structure)
        later = marked("Se registró después de dibujar el árbol.")
        unplaced = tuple(
            Unplaced(each, later) for each in kin if tree.of_relative(each.relative_id) is None
        )
    return Family(
        person=person,
        tree=tree,
        version=drawn.version if drawn else 0,
        names=_names(tree, drawn, relatives) if shows_names else {},
        names_are_open=shows_names,
        relatives=relatives,
        unplaced=unplaced,
        sampled=_sampled(tree, relatives_with_samples(session, person.id)),
    )


def _names(tree: Tree, drawn: Pedigree | None, relatives: Sequence[Relative]) -> dict[int, str]:
    """Name everybody who has a name: those who are registered by what their row says."""
    written = drawn.names if drawn else {}
    places = {each.relative_id: each.number for each in tree.members if each.relative_id}
    registered = {places[each.id]: each.name for each in relatives if each.id in places}
    return {int(number): name for number, name in written.items()} | registered


def _sampled(tree: Tree, with_samples: frozenset[int]) -> frozenset[int]:
    """Say whose sample is taken: whoever said so, and whoever has one in the register."""

    def is_sampled(each: Member) -> bool:
        return each.sampling is Sampling.SAMPLED or each.relative_id in with_samples

    return frozenset(each.number for each in tree.members if is_sampled(each))
