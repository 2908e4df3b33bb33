"""The home page shows each duty what waits for it, and nothing else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework.desk import nationals
from casework.families.model import Notice, NoticeKind
from casework.imports.model import ImportRun, RunState
from casework.signin.api_tokens import Asked, ask_for_token
from casework.signin.model import Account, Institution
from casework.terminology.actions import enter_term
from casework.terminology.rules import Draft
from privacy.permissions import DOOR, KEEPER, Permission, Role
from tests.builders import a_missing_person, remains_found
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("amal", "registros de restos humanos", "cuentas"),
        ("lidia", "Tomar un reporte", "no espera ninguna propuesta"),
        ("carlos", "personas desaparecidas", "registros de restos"),
        ("ana", "archivos importados", "personas desaparecidas</p>"),
        ("dora", "accesos negados", "personas desaparecidas"),
        ("admin", "cuentas", "personas desaparecidas"),
    ],
)
def test_each_duty_is_shown_its_own_work(signed_in, name, shown, hidden):
    page = signed_in(name).get("/").text

    assert shown in page
    assert hidden not in page


def test_a_consul_is_not_told_that_a_protected_national_exists(signed_in, database, lidia):
    client = signed_in("carlos")
    before = client.get("/").text

    with database.transaction(KEEPER) as session:
        a_missing_person(session, lidia, nationalities=["HN"], protected=True)

    assert client.get("/").text == before


def test_credits_name_the_sources_of_the_data_to_everybody(client):
    page = client.get("/credits").text

    assert "Missing Migrants Project" in page
    assert "CC BY 4.0" in page


def test_a_watcher_is_told_that_the_service_lives(client):
    assert client.get("/health").text == "alive\n"


def test_an_unknown_address_is_answered_as_an_absent_record(client):
    answer = client.get("/nothing-of-the-kind")

    assert answer.status_code == 404
    assert "No hay nada aquí que usted pueda ver." in answer.text


def test_an_analysts_desk_counts_no_file_of_people(signed_in, database, ana):
    client = signed_in("ana")
    before = client.get("/").text

    with database.transaction(KEEPER) as session:
        session.add(
            ImportRun(
                file_name="families.csv",
                file_sha256="0" * 64,
                profile="plain-missing",
                state=RunState.FINISHED,
                institution_id=ana.institution_id,
                requested_at=NOON,
            )
        )

    assert client.get("/").text == before
    with database.transaction(ana) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ImportRun)) == 0


def test_whose_institution_was_told_something_sees_how_much_is_unread(
    signed_in, database, amal, lidia
):
    with database.transaction(KEEPER) as session:
        told = [
            Notice(
                institution_id=amal.institution_id,
                sender_institution_id=lidia.institution_id,
                kind=NoticeKind.RECALL_COPIES,
                about="MP-2345-6789",
                sent_at=NOON,
                read_at=NOON if is_read else None,
            )
            for is_read in (False, False, True)
        ]
        session.add_all(told)

    assert due_on(signed_in("amal").get("/").text) == {"/notices": "2 por mirar"}
    assert due_on(signed_in("lidia").get("/").text) == {}
    assert "/notices" not in signed_in("ana").get("/").text


def test_what_somebody_asked_for_waits_for_whoever_decides(signed_in, database, ana, bruno):
    with database.transaction(ana) as session:
        word = Draft("article_item", "t_shirt", "es", "MX", "playerita inventada")
        enter_term(session, ana, word, at=NOON)
    with database.transaction(KEEPER) as session:
        session.add(
            ImportRun(
                file_name="incidents.csv",
                file_sha256="0" * 64,
                profile="plain-incidents",
                state=RunState.FINISHED,
                institution_id=ana.institution_id,
                requested_at=NOON,
                finished_at=datetime.now(UTC),
                read=3,
                quarantined=3,
            )
        )

    analyst, coordinator = (due_on(signed_in(name).get("/").text) for name in ("ana", "bruno"))

    assert analyst == {"/imports": "3 por mirar"}
    assert coordinator == {"/terminology": "1 por mirar"}
    assert bruno.institution_id != ana.institution_id


def test_a_program_to_confirm_waits_for_data_protection(signed_in, database, admin, bruno):
    program = Asked("Inventada", Role.FORENSIC_EXAMINER, [Permission.REMAINS_READ])
    with database.transaction(admin) as session:
        office = session.get_one(Institution, bruno.institution_id)
        ask_for_token(session, admin, office, program, at=NOON)

    assert due_on(signed_in("dora").get("/").text) == {"/tokens": "1 por mirar"}


def test_an_act_that_cannot_be_undone_stands_before_all_else(signed_in, database, bruno):
    with database.transaction(KEEPER) as session:
        remains_found(session, bruno, irreversible_act_planned="burial")

    page = signed_in("bruno").get("/").text.partition("<main")[2]

    assert page.index('id="acts"') < page.index("propuesta")


def test_a_consul_sees_how_the_search_for_their_people_stands_and_what_agreements_end(
    signed_in, database, lidia, monkeypatch
):
    # The database counts by its own clock, which nobody sets: of what it still shows, all ends
    # within a century.
    monkeypatch.setattr(nationals, "ENDS_SOON", timedelta(days=40_000))
    with database.transaction(lidia) as session:
        a_missing_person(session, lidia, nationalities=["HN"], protected=False)

    page = signed_in("carlos").get("/").text

    assert figures_on(page)["/missing?status=open"] == "1"
    assert due_on(page) == {"/desk#own": "1 por mirar"}


def test_what_is_over_waits_for_data_protection_and_an_account_without_a_way_in_for_its_giver(
    signed_in, database, lidia
):
    with database.transaction(KEEPER) as session:
        long_ago = NOON - timedelta(days=9000)
        a_missing_person(session, lidia, review_due_on=long_ago.date())
    with database.transaction(DOOR) as session:
        nobody = session.scalars(sa.select(Account).where(Account.sign_in_name == "ana")).one()
        nobody.password_hash = None

    overseer, giver = (due_on(signed_in(each).get("/").text) for each in ("dora", "admin"))

    assert overseer["/retention"] == "1 por mirar"
    assert giver == {"/accounts": "1 por mirar"}


def figures_on(page):
    """The counts of a home page, by where each leads."""
    return dict(re.findall(r'figure-number__value"><a href="([^"]+)">([^<]+)</a>', page))


def due_on(page):
    """What is due, by where it is done."""
    lines = re.findall(r'<li><a href="([^"]+)">[^<]*</a>(.*?)</li>', page)
    return {href: re.sub(r"<[^>]+>", "", badges).strip() for href, badges in lines if badges}
