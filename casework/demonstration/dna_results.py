"""What DNA says of two invented pairs: one computed here, one that a laboratory sent.

After the pairs were proposed, through the same deeds as anybody's.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.model import Pairing
from casework.demonstration import kindred
from casework.demonstration.dna import LABORATORY, TABLE, TABLE_NAME
from casework.demonstration.kindred import FAMILIES
from casework.frequencies.model import FrequencyTable
from casework.frequencies.queries import list_tables
from casework.kinship.actions import keep_result, open_to_write
from casework.kinship.computing import Asked, computed
from casework.kinship.forms import LaboratoryForm, Scale, Sides, read_laboratory
from casework.kinship.gathering import gather
from casework.kinship.model import Computed, DnaResult
from casework.kinship.queries import Pair
from casework.kinship.told import Told
from casework.missing.model import MissingPerson
from casework.pedigree.queries import open_tree
from casework.pedigree.tree import MISSING
from casework.remains.model import Remains
from privacy.permissions import Viewer

THETA = 0.01
COMPARED_BY_LABORATORY = 4300
"""Remains times families that the invented laboratory compared when the pair came up."""
COMPUTED_HERE = FAMILIES[0].sought[0]
SENT_BY_LABORATORY = 4
"""The family whose profile stays at the laboratory, by its place among `FAMILIES`."""


def let_dna_speak(session: Session, examiner: Viewer, *, at: datetime) -> None:
    """Compute one result from the profiles that are kept, and enter one that was sent; once."""
    if session.scalar(sa.select(DnaResult.id).limit(1)):
        return
    tables = (each for each in list_tables(session, examiner) if each.name == TABLE_NAME)
    table = next(tables, None)
    if table is None:
        return
    sent = FAMILIES[SENT_BY_LABORATORY].sought[0]
    for sought, computed_by, told_by in (
        (COMPUTED_HERE, Computed.REGISTRY, _computed),
        (sent, Computed.LABORATORY, _sent),
    ):
        pairing = _proposed(session, sought.record, sought.remains)
        if pairing is None:
            continue
        pair = open_to_write(session, examiner, pairing, at=at)
        told = told_by(session, examiner, (pair, table), at)
        keep_result(session, examiner, pair, told, computed=computed_by, replaces=None, at=at)


def _proposed(session: Session, person: str, remains: str) -> int | None:
    query = (
        sa.select(Pairing.id)
        .join(MissingPerson, MissingPerson.id == Pairing.missing_person_id)
        .join(Remains, Remains.id == Pairing.remains_id)
        .where(MissingPerson.origin_record_id == person, Remains.origin_record_id == remains)
    )
    return session.scalar(query)


def _computed(
    session: Session, examiner: Viewer, asked: tuple[Pair, FrequencyTable], at: datetime
) -> Told:
    pair, table = asked
    gathered = gather(session, examiner, pair.proposal, at=at)
    return computed(gathered.asked(table, THETA))


def _sent(
    session: Session, examiner: Viewer, asked: tuple[Pair, FrequencyTable], at: datetime
) -> Told:
    """Write what the laboratory wrote, whose profiles stayed there."""
    pair, table = asked
    family = open_tree(session, examiner, pair.proposal.person, at=at)
    drawn = kindred.inherited(SENT_BY_LABORATORY)
    placed = sorted(family.sampled - {MISSING})
    sent = FAMILIES[SENT_BY_LABORATORY].sought[0]
    reckoned = computed(
        Asked(
            tree=family.tree,
            family={
                place: drawn[each.who] for place, each in zip(placed, sent.donors, strict=True)
            },
            own=None,
            remains=drawn[sent.who],
            table=table.name,
            population=table.population,
            loci=table.loci,
            theta=THETA,
        )
    )
    form = LaboratoryForm(
        laboratory=LABORATORY,
        report="LG-2026-017 (inventado)",
        reported_on=(at - timedelta(days=12)).date().isoformat(),
        signatory="Dra. Inventada",
        scale=Scale.LOG10,
        total=f"{reckoned.log10_lr:.4f}",
        loci="\n".join(f"{each.name} {each.log10_lr:.4f}" for each in reckoned.loci),
        holds_sex=Sides.NO,
        comparisons=str(COMPARED_BY_LABORATORY),
        software="Familias 3 (inventado)",
        frequencies=f"{table.name} ({TABLE.population})",
        theta=f"{THETA:g}",
        mutation=reckoned.mutation,
        typed=placed,
        remark="Todo en este informe es inventado.",
    )
    told, problems = read_laboratory(form, family, today=at.date())
    if told is None:
        raise ValueError(problems)  # the demonstration's own report is whole
    return told
