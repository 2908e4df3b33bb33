"""An access request returns all that is held, and nothing of third parties (r51)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.codes import ArticleItem, MarkType
from casework.families.actions import restore_protection
from casework.families.model import Kinship, Relative
from casework.missing.model import MissingPerson, MissingPersonArticle, MissingPersonMark
from casework.retention.erasing import parts_of
from casework.rights import actions, holdings
from casework.rights.actions import Asked
from casework.rights.holdings import ELSEWHERE, TREATED, Unaccounted, uncovered
from casework.rights.model import Asker, IdentityProof, RequestKind
from casework.rights.queries import get_request
from casework.rights.report import make_report
from casework.web.described import teller_for
from privacy.audit.log import Deed, record
from privacy.consent.ledger import Case, Giver, Item, Said, Told, grant
from privacy.consent.model import ConsentPurpose, DataCategory
from privacy.errors import NotPermitted
from privacy.model import Base, Reveals
from tests.builders import a_missing_person

OWN = "Zulmabela"
SISTER, AUNT = "HermanaCanaria", "TiaCanaria"


@pytest.fixture
def person(database, lidia, noon):
    """Somebody of whom much is known, a sister and an aunt who each told and agreed."""
    with database.transaction(lidia) as session:
        person = a_missing_person(
            session,
            lidia,
            given_names=OWN,
            protected=False,
            place="Lugarcanario",
            birth_place="Cunacanaria",
            reporter_relationship=AUNT,
            marks=[MissingPersonMark(kind=MarkType.SCAR, words="Señacanaria")],
            articles=[
                MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, words="Ropacanaria")
            ],
            carried={"documents": "Papelcanario"},
        )
        case = Case(person.id, person.reference, person.owner_institution_id, person.protected)
        for name, kinship in ((SISTER, Kinship.SIBLING), (AUNT, Kinship.OTHER_KIN)):
            relative = Relative(
                missing_person_id=person.id,
                kinship=kinship,
                name=name,
                contact=f"{name}@example.invalid",
                entered_at=noon,
            )
            session.add(relative)
            session.flush()
            item = Item(DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH, "forensic")
            said = Said(case, Giver(relative.id), [item], noon + timedelta(days=99))
            grant(session, lidia, said, Told(form_version="1"), at=noon)
    return person


def relative_named(database, lidia, person, kinship):
    with database.transaction(lidia) as session:
        return session.scalar(
            sa.select(Relative.id).where(
                Relative.missing_person_id == person.id, Relative.kinship == kinship
            )
        )


@pytest.fixture
def report_for(database, lidia, dora):
    """Make a report: one of two writes the request down, the other grants it."""

    def make(viewer, person, at, **asked):
        colleague = dora if viewer == lidia else lidia
        return reported(database, viewer, colleague, person, at, **asked)

    return make


def reported(database, viewer, colleague, person, at, *, asker=Asker.PERSON, relative_id=None):
    asked = Asked(
        about=person.reference,
        kind=RequestKind.ACCESS,
        asker=asker,
        identity_proof=IdentityProof.DOCUMENT_SEEN,
        received_on=at.date(),
        relative_id=relative_id,
    )
    with database.transaction(colleague) as session:
        written = actions.receive_request(session, colleague, asked, at=at)
    with database.transaction(viewer) as session:
        request = get_request(session, viewer, written.reference)
        actions.decide(session, viewer, request, grants=True, reason="Le corresponde", at=at)
        report = make_report(session, viewer, request, teller_for("es"), form="json", at=at)
        return str(report.as_data())


def test_r51_every_table_that_says_something_of_somebody_is_covered():
    assert uncovered() == []


def test_r51_a_planted_table_that_no_report_covers_is_found():
    planted = sa.MetaData()
    info = {"reveals": Reveals.IDENTITY}
    sa.Table("planted", planted, sa.Column("name", sa.Text, info=info))
    sa.Table("harmless", planted, sa.Column("n", sa.Text, info={"reveals": Reveals.NOTHING}))

    assert uncovered(planted) == ["planted"]


def test_r51_every_table_that_hangs_on_a_record_says_how_it_is_told():
    for name in ("missing_person", "remains"):
        hanging = {table.name for table, _ in parts_of(Base.metadata.tables[name])}

        assert hanging <= set(TREATED)


def test_no_reason_stands_for_a_table_that_is_not_there():
    assert {*TREATED, *ELSEWHERE} - set(Base.metadata.tables) <= {"name_token", "session"}


def test_r51_an_access_request_returns_all_that_is_held(report_for, person, dora, noon):
    told = report_for(dora, person, noon)

    for said in (
        OWN,
        "Lugarcanario",
        "Cunacanaria",
        "Señacanaria",
        "Ropacanaria",
        "Papelcanario",
    ):
        assert said in told


def test_a_protected_persons_whole_file_is_taken_by_its_own_institution_alone(
    report_for, database, person, lidia, dora, noon
):
    with database.transaction(lidia) as session:
        restore_protection(session, lidia, session.get_one(MissingPerson, person.id), at=noon)

    with pytest.raises(NotPermitted):
        report_for(dora, person, noon)

    assert OWN in report_for(lidia, person, noon)


def test_whom_a_consent_reaches_is_told_in_words(report_for, person, dora, noon):
    told = report_for(dora, person, noon)

    assert "todas las instituciones forenses de este registro" in told
    assert "'forensic'" not in told


def test_r51_and_nothing_of_third_parties(report_for, database, person, dora, noon):
    told = report_for(dora, person, noon)

    for said in (SISTER, AUNT, "example.invalid", dora_name(database, dora)):
        assert said not in told


def dora_name(database, dora):
    from casework.signin.model import Account  # noqa: PLC0415

    with database.transaction(dora) as session:
        return session.get_one(Account, dora.account_id).display_name


def test_r51_a_relative_hears_of_themselves_and_of_nobody_else(
    report_for, database, person, lidia, noon
):
    sister = relative_named(database, lidia, person, Kinship.SIBLING)

    told = report_for(lidia, person, noon, asker=Asker.RELATIVE, relative_id=sister)

    assert SISTER in told
    for said in (AUNT, OWN, "Lugarcanario", "Señacanaria"):
        assert said not in told


def test_r51_a_report_that_told_of_every_relative_would_be_noticed(
    report_for, database, person, lidia, noon, monkeypatch
):
    sister = relative_named(database, lidia, person, Kinship.SIBLING)
    loose = holdings.Treatment(
        "all of them", columns=TREATED["relative"].columns, for_relatives=True
    )
    monkeypatch.setattr(holdings, "TREATED", {**TREATED, "relative": loose})

    told = report_for(lidia, person, noon, asker=Asker.RELATIVE, relative_id=sister)

    assert AUNT in told


def test_r51_a_report_that_left_a_table_out_is_not_made(
    report_for, person, dora, noon, monkeypatch
):
    fewer = {name: each for name, each in TREATED.items() if name != "missing_person_mark"}
    monkeypatch.setattr(holdings, "TREATED", fewer)

    with pytest.raises(Unaccounted, match="missing_person_mark"):
        report_for(dora, person, noon)


def test_the_report_says_which_institution_opened_the_record_and_no_officers_name(
    report_for, database, person, lidia, dora, noon
):
    with database.transaction(lidia) as session:
        record(session, Deed.MISSING_READ, by=lidia, at=noon, about=person.reference)

    told = report_for(dora, person, noon)

    assert "abrió el expediente" in told
    assert "comite" in told
    assert "Lidia" not in told
