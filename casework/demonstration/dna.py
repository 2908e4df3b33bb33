"""DNA in the demonstration: a table, families who gave samples, remains that were typed.

Entered by an invented coordinator through the same deeds as anybody's: who gives a sample
agrees first, what was taken has its custody, and each profile comes in as a laboratory's file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.demonstration import kindred
from casework.demonstration.kindred import FAMILIES, Donor, Sought
from casework.families.actions import (
    Answers,
    enter_relative,
    record_answers,
    withdraw_consent,
)
from casework.families.items import FORM_VERSION, Question, Reached, ledger_items
from casework.families.model import Relative
from casework.families.queries import list_entries
from casework.frequencies.actions import Said, keep_table
from casework.frequencies.model import FrequencyTable
from casework.missing.model import MissingPerson
from casework.missing.queries import readable_missing
from casework.pedigree.actions import draw_family
from casework.pedigree.queries import open_family
from casework.pedigree.sketch import placed
from casework.pedigree.tree import MISSING as THE_MISSING
from casework.pedigree.tree import Member, Tree, TreeSex
from casework.profiles.bringing import SaidOfFile, bring, keep_brought
from casework.profiles.weighing import Single
from casework.remains.model import Remains
from casework.remains.queries import readable_remains
from casework.samples.actions import Happened, Taken, add_entry, register_sample
from casework.samples.model import Happening, Sample, SampleKind, SampleState
from casework.samples.queries import MISSING, REMAINS, Rack, Side, kept_in, open_rack
from privacy.consent.ledger import Told
from privacy.consent.model import DataCategory
from privacy.consent.recipients import FORENSIC, of_institution
from privacy.permissions import Viewer

TABLE_NAME = "NIST 1036, hispanos (2017)"
TABLE = Said(
    name=TABLE_NAME,
    population="Hispanos de los Estados Unidos",
    source=(
        "Hill et al., U.S. population data for 29 autosomal STR loci, FSI Genetics 7 (2013) "
        "e82; corregida por Steffen et al., FSI Genetics 31 (2017) e36. Dominio público."
    ),
    people_typed=235,
)
LABORATORY = "Laboratorio inventado de genética"
OTHERS_TYPED = 12
"""Remains of nobody's family here that were typed as well: a search needs a crowd."""

STANDS_FOR = timedelta(days=2 * 365)
AGREED = (
    *(Question.STORY, Question.BODY, Question.NAME, Question.PHOTO),
    *(Question.COMPARE, Question.DNA, Question.CONTACT),
)


@dataclass(frozen=True, slots=True)
class _Desk:
    session: Session
    viewer: Viewer
    at: datetime

    def ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Given:
    """What was read of one sample, and how it was written down."""

    taken: Taken
    label: str
    genotypes: kindred.Genotypes | None
    sex: str = ""
    is_degraded: bool = False


def people_with_dna() -> bytes:
    """Give the reports of those whose families gave DNA, as a file to bring in."""
    return (files("casework.demonstration") / "data" / "dna_missing.csv").read_bytes()


def remains_with_dna() -> bytes:
    """Give the examinations of the remains that were typed for them."""
    return (files("casework.demonstration") / "data" / "dna_remains.csv").read_bytes()


def keep_dna(session: Session, coordinator: Viewer, *, at: datetime) -> None:
    """Enter all of it, once."""
    if session.scalar(sa.select(FrequencyTable.id).where(FrequencyTable.name == TABLE_NAME)):
        return
    desk = _Desk(session, coordinator, at)
    keep_table(session, coordinator, TABLE, kindred.table_file(), at=at)
    people, found = _own_people(desk), _own_remains(desk)
    for number, family in enumerate(FAMILIES):
        drawn = kindred.inherited(number)
        for sought in family.sought:
            if person := people.get(sought.record):
                _enter_family(desk, person, sought, drawn)
            if remains := found.get(sought.remains):
                _type_remains(desk, remains, sought, drawn[sought.who])
    known = {each.remains for family in FAMILIES for each in family.sought}
    others = [each for origin, each in found.items() if origin not in known]
    for number, remains in enumerate(others[:OTHERS_TYPED]):
        bone = Taken(kind=SampleKind.BONE, taken_on=desk.ago(90).date())
        label = f"R-{number + 101}"
        given = _Given(bone, label, kindred.of_nobody(number), is_degraded=number % 4 == 0)
        _take(desk, REMAINS, remains.reference, given)


def _own_people(desk: _Desk) -> dict[str, MissingPerson]:
    own = readable_missing(desk.viewer, desk.at).where(
        MissingPerson.owner_institution_id == desk.viewer.institution_id, MissingPerson.invented
    )
    return {each.origin_record_id or "": each for each in desk.session.scalars(own)}


def _own_remains(desk: _Desk) -> dict[str, Remains]:
    wanted = list(
        chain.from_iterable((each.remains for each in family.sought) for family in FAMILIES)
    )
    own = readable_remains(desk.viewer, desk.at).where(
        Remains.owner_institution_id == desk.viewer.institution_id, Remains.invented
    )
    named = own.where(Remains.origin_record_id.in_(wanted))
    first = own.where(Remains.origin_record_id.not_in(wanted)).order_by(Remains.id)
    both = chain(
        desk.session.scalars(named), desk.session.scalars(first.limit(OTHERS_TYPED)).all()
    )
    return {each.origin_record_id or "": each for each in both}


def _enter_family(
    desk: _Desk,
    person: MissingPerson,
    sought: Sought,
    drawn: Mapping[str, kindred.Genotypes],
) -> None:
    relatives = [_let_agree(desk, person, each) for each in sought.donors]
    _draw(desk, person, sought, relatives)
    for number, (donor, relative) in enumerate(zip(sought.donors, relatives, strict=True)):
        given = _Given(
            Taken(
                kind=SampleKind.REFERENCE_RELATIVE,
                relative_id=relative.id,
                taken_on=desk.ago(75).date(),
            ),
            f"{sought.record[-4:]}-F{number + 1}",
            None if donor.only_at_laboratory else drawn[donor.who],
        )
        _take(desk, MISSING, person.reference, given)
        if donor.takes_back:
            _take_back(desk, person, relative)


def _let_agree(desk: _Desk, person: MissingPerson, donor: Donor) -> Relative:
    """Enter one relative and what they say, each for themselves."""
    relative = enter_relative(
        desk.session,
        desk.viewer,
        person,
        kinship=donor.kinship,
        language="es",
        name=donor.name,
        contact="al 0000 0000 (inventado)",
        at=desk.ago(80),
    )
    reached = Reached(FORENSIC, (), of_institution(person.owner_institution_id))
    answers = Answers(
        yes=ledger_items(AGREED, reached),
        no=(),
        expires=desk.at + STANDS_FOR,
        told=Told(FORM_VERSION, "es"),
    )
    record_answers(
        desk.session, desk.viewer, person, answers, relative=relative, at=desk.ago(80)
    )
    return relative


def _take_back(desk: _Desk, person: MissingPerson, relative: Relative) -> None:
    """Let a donor take back the yes to their DNA: the profile stays, and is used no more."""
    granted = [
        each
        for each in list_entries(desk.session, person)
        if each.giver_id == relative.id and each.data_category is DataCategory.DNA
    ]
    withdraw_consent(desk.session, desk.viewer, person, granted, at=desk.ago(10))


def _draw(
    desk: _Desk, person: MissingPerson, sought: Sought, relatives: Sequence[Relative]
) -> None:
    """Draw everybody in their place."""
    family = open_family(desk.session, desk.viewer, person.reference, at=desk.at)
    born = person.birth_from.year if person.birth_from else None
    tree = Tree((Member(THE_MISSING, sex=TreeSex(sought.sex), born=born),))
    for donor, relative in zip(sought.donors, relatives, strict=True):
        tree = placed(tree, donor.place, relative_id=relative.id)
    draw_family(
        desk.session, desk.viewer, family, tree, names={}, seen=family.version, at=desk.ago(78)
    )


def _type_remains(
    desk: _Desk, remains: Remains, sought: Sought, genotypes: kindred.Genotypes
) -> None:
    bone = Taken(
        kind=SampleKind.BONE,
        taken_on=desk.ago(90).date(),
        details={"bone": "femur", "collected_by": "Amal Inventada"},
    )
    label = f"R-{sought.remains[-2:]}"
    given = _Given(bone, label, genotypes, sought.sex, is_degraded=sought.is_degraded)
    _take(desk, REMAINS, remains.reference, given)


def _take(desk: _Desk, side: Side, reference: str, given: _Given) -> None:
    """Register one sample, hand it over, and bring in what the laboratory read of it."""
    rack = open_rack(desk.session, desk.viewer, side, reference, at=desk.at)
    details = {**given.taken.details, "label": given.label}
    taken = Taken(
        kind=given.taken.kind,
        relative_id=given.taken.relative_id,
        taken_on=given.taken.taken_on,
        details=details,
    )
    sample = register_sample(desk.session, desk.viewer, rack, taken, at=desk.ago(75))
    rack = open_rack(desk.session, desk.viewer, side, reference, at=desk.at)
    handed = {"from": "Bruno Inventado", "to": LABORATORY, "seal": f"S-{given.label}"}
    states: list[tuple[int, Happening, dict[str, Any]]] = [
        (60, Happening.HANDED_OVER, {"details": handed})
    ]
    if given.genotypes is not None:
        state = (
            SampleState.PARTIAL_PROFILE if given.is_degraded else SampleState.PROFILE_OBTAINED
        )
        states.append((30, Happening.STATE, {"state": state}))
    for days, happening, said in states:
        happened = Happened(happening=happening, happened_on=desk.ago(days).date(), **said)
        kept = kept_in(rack, sample.id)
        add_entry(desk.session, desk.viewer, rack, kept, happened=happened, at=desk.ago(days))
    if given.genotypes is not None:
        _bring(desk, rack, sample, given)


def _bring(desk: _Desk, rack: Rack, sample: Sample, given: _Given) -> None:
    whole = given.genotypes or {}
    genotypes = kindred.degraded(whole) if given.is_degraded else whole
    content = kindred.specimen(given.label, genotypes, given.sex)
    said = SaidOfFile(
        laboratory=LABORATORY,
        kit="GlobalFiler (inventado)",
        analysed_on=desk.ago(30).date(),
        single=Single.LEFT_OUT if rack.side is REMAINS else Single.HOMOZYGOTE,
    )
    source, brought = bring(content, rack, said)
    kept = keep_brought(
        desk.session,
        desk.viewer,
        [(each, sample) for each in brought],
        said,
        file=(source, content),
        at=desk.ago(29),
    )
    if any(each.refusals for each in kept):
        raise ValueError(kept)  # the demonstration's own files are whole
