"""One invented family of three generations, drawn as a tree, with samples and their custody.

Entered by an invented officer through the same deeds as anybody's.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.families.items import FORM_VERSION
from casework.families.model import Kinship, Relative
from casework.families.queries import case_of
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.pedigree.actions import draw_family
from casework.pedigree.model import Pedigree
from casework.pedigree.queries import open_family
from casework.pedigree.sketch import placed
from casework.pedigree.tree import Sampling, TreeSex, changed
from casework.samples.actions import Happened, Taken, add_entry, register_sample
from casework.samples.model import Happening, SampleKind, SampleState
from casework.samples.queries import MISSING, kept_in, open_rack
from privacy.consent.ledger import Giver, Item, Said, Told, grant
from privacy.consent.model import ConsentPurpose, DataCategory
from privacy.consent.recipients import FORENSIC
from privacy.permissions import Viewer

# Who else there is, and how it stands with each: our choice, to show every symbol once.
FAMILY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("grandmother_maternal", "Elvira Inventada", {"sampling": Sampling.AVAILABLE}),
    ("grandfather_maternal", "Tomás Inventado", {"is_dead": True}),
    ("grandmother_paternal", "", {"is_dead": True}),
    ("father", "Ramón Inventado", {"sampling": Sampling.UNREACHABLE}),
    ("sister", "Ana Inventada", {"sampling": Sampling.AVAILABLE}),
    ("brother", "Luis Inventado", {"sampling": Sampling.REFUSED}),
    ("half_sibling_paternal", "", {}),
    ("aunt_uncle_maternal", "Delia Inventada", {"sex": TreeSex.FEMALE}),
    ("niece_nephew", "Nora Inventada", {"sex": TreeSex.FEMALE}),
)


def draw_a_family(session: Session, officer: Viewer, *, at: datetime) -> None:
    """Draw the family of one person, whose mother agrees to the comparing of her DNA, once."""
    if session.scalar(sa.select(sa.func.count(Pedigree.id))):
        return
    mother = _a_mother(session, officer, at)
    if mother is None:
        return
    _let_her_agree(session, officer, mother, at)
    reference = mother.case.reference
    family = open_family(session, officer, reference, at=at)
    tree, names = family.tree, dict(family.names)
    for relationship, name, said in FAMILY:
        if relationship == "father" and tree.member(1).father is not None:
            number = tree.member(1).father or 0
            tree = changed(tree, number, **said)
        else:
            tree = placed(tree, relationship, **said)
            number = max(each.number for each in tree.members)
        names[number] = name
    draw_family(session, officer, family, tree, names=names, seen=family.version, at=at)
    _take_her_sample(session, officer, mother, at)


def _a_mother(session: Session, officer: Viewer, at: datetime) -> Relative | None:
    own = (
        readable_missing(officer, at)
        .where(
            MissingPerson.owner_institution_id == officer.institution_id, MissingPerson.invented
        )
        .with_only_columns(MissingPerson.id)
    )
    return session.scalars(
        sa.select(Relative)
        .where(Relative.missing_person_id.in_(own), Relative.kinship == Kinship.MOTHER)
        .order_by(Relative.id)
        .limit(1)
    ).first()


def _let_her_agree(session: Session, officer: Viewer, mother: Relative, at: datetime) -> None:
    item = Item(DataCategory.DNA, ConsentPurpose.IDENTIFY, FORENSIC)
    giver = Giver(relative_id=mother.id)
    until = at + timedelta(days=730)
    said = Said(case_of(mother.case), giver, [item], until)
    grant(session, officer, said, Told(FORM_VERSION, "es"), at=at)


def _take_her_sample(session: Session, officer: Viewer, mother: Relative, at: datetime) -> None:
    taken_on = (at - timedelta(days=40)).date()
    reference = mother.case.reference
    said = {"kit": "FTA", "collected_by": "Lidia Inventada", "place": "Tegucigalpa"}
    taken = Taken(
        kind=SampleKind.REFERENCE_RELATIVE,
        relative_id=mother.id,
        taken_on=taken_on,
        details=said,
    )
    rack = open_rack(session, officer, MISSING, reference, at=at)
    sample = register_sample(session, officer, rack, taken, at=at)
    rack = open_rack(session, officer, MISSING, reference, at=at)
    kept = kept_in(rack, sample.id)
    handed = {
        "from": "Lidia Inventada",
        "to": "Laboratorio inventado de genética",
        "seal": "A-17",
    }
    for days, happening, details in (
        (35, Happening.HANDED_OVER, handed),
        (20, Happening.STATE, {}),
    ):
        happened = Happened(
            happening=happening,
            happened_on=(at - timedelta(days=days)).date(),
            state=SampleState.IN_ANALYSIS,
            details=details,
        )
        add_entry(session, officer, rack, kept, happened=happened, at=at)
