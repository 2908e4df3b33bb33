"""Whose sample to ask for next, told to those who keep the family's tree and to nobody else.

A request for a sample names no relative: whoever sends it may not read the tree. Who keeps the
file reads here whom the tree points to.
"""

from dataclasses import dataclass

from casework.missing.model import MissingPerson
from casework.missing.opening import open_people
from casework.pedigree.kin_words import kin_words
from casework.pedigree.next_sample import next_to_ask
from casework.pedigree.queries import open_tree
from casework.web.described import teller_for
from casework.web.visit import Visit
from privacy.audit.log import Deed, record
from privacy.model import Reveals
from privacy.permissions import Permission

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ShownNext:
    """Relations in words, who adds most first; `may_reckon`: how much, where profiles are."""

    reference: str
    relations: tuple[str, ...]
    may_reckon: bool


def next_samples(visit: Visit, person: MissingPerson) -> ShownNext | None:
    """Name whom of a family to ask next; of a file of another institution, nothing.

    It stands in the log that the tree was read. Who the person is has to be open as well.
    """
    session, viewer, at = visit.session, visit.viewer, visit.at
    is_own = person.owner_institution_id == viewer.institution_id
    if not is_own or not viewer.may(Permission.SAMPLE_KEEP):
        return None
    groups = (Reveals.IDENTITY,)
    opened = open_people(session, viewer, [person], at=at, groups=groups)[person.id]
    if not opened.shows(Reveals.IDENTITY):
        return None
    family, teller = open_tree(session, viewer, person, at=at), teller_for(visit.language)
    record(session, Deed.PEDIGREE_READ, by=viewer, at=at, about=person.reference)
    named = next_to_ask(family.tree, family.sampled)[:MOST_NAMED]
    return ShownNext(
        person.reference,
        tuple(
            f"{teller.gettext(kin_words(family.tree, each))} ({each.number})" for each in named
        ),
        viewer.may(Permission.PROFILE_KEEP),
    )
