"""A profile is kept by its donor's own leave, is opened by who may, and is never changed."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput, NotFound
from casework.families.queries import case_of
from casework.missing.queries import get_missing_person
from casework.profiles.actions import (
    Typed,
    keep_profile,
    read_list,
    read_profile,
    withdraw_profile,
)
from casework.profiles.model import (
    Extent,
    MarkerKind,
    MissingPersonProfile,
    ProfileSource,
    RemainsProfile,
)
from casework.profiles.queries import Kept, list_profiles, profiles_of
from casework.retention.erasing import erase
from casework.samples.actions import Taken, register_sample
from casework.samples.model import SampleKind
from casework.samples.queries import MISSING, REMAINS, open_rack
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.consent.ledger import withdraw
from privacy.consent.model import Consent
from privacy.errors import NotPermitted, StepUpNeeded, StillSealed
from privacy.permissions import KEEPER, MATCHER, Role
from tests.builders import a_missing_person, a_relative, grant_of, remains_found

DNA = ("dna", "identify", "forensic")
GENOTYPES = {"D3S1358": ["15", "16"], "TH01": ["6", "9.3"], "AMEL": ["X", "X"]}


def typed(**said):
    plain = {"kind": MarkerKind.AUTOSOMAL_STR, "source": ProfileSource.CSV}
    return Typed(**{**plain, "genotypes": GENOTYPES, **said})


class Family:
    """Her file, her mother who agreed to DNA and gave a sample, and a bone of somebody."""

    def __init__(self, database, viewer, at):
        self.database, self.viewer, self.at = database, viewer, at
        with database.transaction(viewer) as session:
            person = a_missing_person(session, viewer, protected=False, grants=[])
            mother = a_relative(session, person)
            self.consent = grant_of(session, person, DNA, giver=mother)[0].id
            remains = remains_found(session, viewer)
            self.person, self.remains = person.reference, remains.reference
            given = Taken(kind=SampleKind.REFERENCE_RELATIVE, relative_id=mother.id)
            for side, number, taken in (
                (MISSING, self.person, given),
                (REMAINS, self.remains, Taken(kind=SampleKind.BONE)),
            ):
                rack = open_rack(session, viewer, side, number, at=at)
                register_sample(session, viewer, rack, taken, at=at)

    def as_viewer(self, **changed):
        return self.database.transaction(replace(self.viewer, **changed))

    def keep(self, side=MISSING, said=None, *, replaces="", **changed):
        viewer = replace(self.viewer, **changed)
        with self.database.transaction(viewer) as session:
            number = self.person if side is MISSING else self.remains
            case = side.find(session, viewer, number, at=self.at)
            sample = session.scalars(sa.select(side.sample)).one()
            earlier = [
                each.profile for each in list_profiles(session, viewer, case, at=self.at)
            ]
            named = next((each for each in earlier if each.reference == replaces), None)
            kept = keep_profile(
                session, viewer, sample, said or typed(), replaces=named, at=self.at
            )
            return kept.reference

    def open(self, side=MISSING, viewer=None):
        viewer = viewer or self.viewer
        with self.database.transaction(viewer) as session:
            number = self.person if side is MISSING else self.remains
            case = side.find(session, viewer, number, at=self.at)
            return [
                (each.profile.reference, each.relative_id, each.genotypes)
                for each in profiles_of(session, viewer, case, at=self.at)
            ]

    def take_back(self):
        with self.database.transaction(self.viewer) as session:
            person = get_missing_person(session, self.viewer, self.person, at=self.at)
            granted = session.get_one(Consent, self.consent)
            withdraw(session, self.viewer, case_of(person), granted, at=self.at)


@pytest.fixture
def family(database, bruno, noon):
    return Family(database, bruno, noon)


def test_profiles_are_opened_as_they_were_read_and_the_log_names_their_record(
    family, database, dora
):
    hers, theirs = family.keep(), family.keep(REMAINS)

    opened = [*family.open(), *family.open(REMAINS)]

    assert [reference for reference, _, _ in opened] == [hers, theirs]
    assert all(reference.startswith("DP-") for reference in (hers, theirs))
    assert [own for _, _, own in opened] == [GENOTYPES, GENOTYPES]
    assert [relative is None for _, relative, _ in opened] == [False, True]
    with database.transaction(dora) as session:
        lines = session.scalars(
            sa.select(Entry.concerning)
            .where(Entry.deed == Deed.SEALED_OPENED)
            .order_by(Entry.position)
        ).all()
    assert lines[-2:] == [[family.person], [family.remains]]


def test_a_donor_who_takes_their_yes_back_closes_the_profile_at_once(family):
    reference = family.keep()

    family.take_back()

    assert family.open() == []
    with family.as_viewer() as session:
        person = get_missing_person(session, family.viewer, family.person, at=family.at)
        (kept,) = read_list(session, family.viewer, person, at=family.at)
        shown = read_profile(session, family.viewer, person, reference, at=family.at)
        assert (kept.stands, kept.has_consent, type(shown)) == (True, False, Kept)
        with pytest.raises(StillSealed):
            _ = shown.profile.genotypes
    with pytest.raises(Conflict, match="No hay autorización vigente"):
        family.keep()


def test_a_profile_is_replaced_by_naming_it_and_saying_why_and_both_stay(family):
    first = family.keep()
    better = {**GENOTYPES, "FGA": ["21", "24"]}
    again = typed(genotypes=better, details={"reason": "se analizó con otro equipo"})

    with pytest.raises(Conflict, match="ya tiene un perfil"):
        family.keep(said=again)
    with pytest.raises(InvalidInput, match="Diga por qué"):
        family.keep(replaces=first)
    second = family.keep(said=again, replaces=first)
    with pytest.raises(Conflict, match="ya no es el que vale"):
        family.keep(said=replace(again, kind=MarkerKind.Y_STR), replaces=first)

    assert [(each[0], each[2]) for each in family.open()] == [(second, better)]
    with family.as_viewer() as session:
        rows = session.scalars(sa.select(MissingPersonProfile.reference)).all()
    assert set(rows) == {first, second}


def test_a_profile_of_another_sample_is_withdrawn_and_nothing_takes_its_place(family):
    wrong = family.keep(REMAINS)

    with family.as_viewer() as session:
        row = session.scalars(sa.select(RemainsProfile)).one()
        with pytest.raises(InvalidInput):
            withdraw_profile(session, family.viewer, row, " ", at=family.at)
        withdraw_profile(session, family.viewer, row, "era de otra muestra", at=family.at)

    assert family.open(REMAINS) == []
    with family.as_viewer() as session:
        rows = session.scalars(sa.select(RemainsProfile).order_by(RemainsProfile.id)).all()
        assert [each.extent for each in rows] == [Extent.WHOLE, Extent.NOTHING]
        assert rows[0].reference == wrong
    assert family.keep(REMAINS) != wrong  # the sample may have its own profile now


@pytest.mark.parametrize(
    "wrong",
    [
        {"genotypes": {}},
        {"genotypes": {"TH01": []}},
        {"genotypes": {"TH01": ["6" * 21]}},
        {"genotypes": {f"L{number}": ["1"] for number in range(401)}},
        {"analysed_on": date(2031, 1, 1)},
    ],
)
def test_what_is_no_profile_is_not_kept(family, wrong):
    with pytest.raises(InvalidInput):
        family.keep(said=typed(**wrong))


def test_dna_asks_again_who_is_there(family):
    family.keep()

    with pytest.raises(StepUpNeeded):
        family.open(viewer=replace(family.viewer, stepped_up=False))


def test_profiles_are_there_for_nobody_else(family, viewers, database):
    family.keep()
    family.keep(REMAINS)
    officer = replace(family.viewer, role=Role.LIAISON_OFFICER)
    stranger = replace(family.viewer, institution_id=viewers["lidia"].institution_id)

    with pytest.raises(NotPermitted):
        family.open(viewer=officer)
    with pytest.raises(NotFound):
        family.open(viewer=stranger)
    # The database says the same to whoever forgets to ask.
    for viewer in (officer, stranger, viewers["lidia"], viewers["cora"], MATCHER):
        with database.transaction(viewer) as session:
            for model in (MissingPersonProfile, RemainsProfile):
                assert session.scalars(sa.select(model)).all() == [], viewer.role


def test_the_database_changes_and_takes_back_no_profile(family):
    family.keep()

    with family.as_viewer() as session:
        gone = session.execute(sa.delete(MissingPersonProfile)).rowcount
        emptied = session.execute(
            sa.update(MissingPersonProfile).values(genotypes_sealed=None)
        ).rowcount

    assert (gone, emptied) == (0, 0)
    with pytest.raises(sa.exc.ProgrammingError), family.as_viewer() as session:
        session.execute(sa.update(MissingPersonProfile).values(loci_count=99))


def test_profiles_go_with_their_record_and_their_key(family, database):
    family.keep()
    with database.transaction(KEEPER) as session:
        person = session.scalars(sa.select(MissingPersonProfile)).one().case
        erase(session, KEEPER, person, basis="retention", at=family.at)

    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(MissingPersonProfile.id)).all() == []
