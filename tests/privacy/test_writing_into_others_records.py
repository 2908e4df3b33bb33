"""Seeing another institution's record gives no right to write into it."""

import pytest
import sqlalchemy as sa

from casework.codes import MarkType
from casework.missing.model import MissingPersonMark
from casework.remains.model import Remains, RemainsMark
from casework.sites.actions import Working, enter_site
from casework.sites.model import SiteFact, SiteGrave, SiteKind
from casework.sites.rules import SiteDraft
from privacy.audit.log import Deed, record
from privacy.errors import LogUnavailable
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found


def add_mark(session, table, case):
    session.execute(sa.insert(table).values(case_id=case.id, kind=MarkType.SCAR))


@pytest.fixture
def person(database, lidia):
    with database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia)


@pytest.fixture
def remains(database, bruno):
    with database.transaction(KEEPER) as session:
        return remains_found(session, bruno)


def test_the_owner_adds_a_mark_to_a_missing_person(database, lidia, person):
    with database.transaction(lidia) as session:
        add_mark(session, MissingPersonMark, person)


@pytest.mark.parametrize("name", ["bruno", "gloria", "amal"])
def test_who_reads_a_missing_person_of_another_institution_adds_nothing(
    database, viewers, person, name
):
    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(viewers[name]) as session,
    ):
        add_mark(session, MissingPersonMark, person)


def test_the_examiners_of_the_owner_add_a_mark_to_remains(database, amal, remains):
    with database.transaction(amal) as session:
        add_mark(session, RemainsMark, remains)


def test_a_coordinator_of_another_country_adds_nothing_to_remains(database, gloria, remains):
    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(gloria) as session,
    ):
        add_mark(session, RemainsMark, remains)


def test_nobody_writes_the_log_in_anothers_name(database, amal, bruno, noon):
    with pytest.raises(LogUnavailable) as refusal, database.transaction(amal) as session:
        record(session, Deed.REMAINS_READ, by=bruno, at=noon)

    assert "row-level security" in str(refusal.value.__cause__)


@pytest.fixture
def site(database, bruno, noon):
    draft = SiteDraft(kind=SiteKind.CEMETERY, name="Panteón inventado", country="MX")
    with database.transaction(bruno) as session:
        return enter_site(Working(session, bruno, noon), draft, invented=True)


def said_of(site, viewer, at):
    row = {"case_id": site.id, "entered_by": viewer.account_id, "entered_at": at}
    return row | {"seal_id": sa.func.gen_random_uuid(), "state": "open"}


@pytest.mark.parametrize("name", ["gloria", "lidia", "carlos"])
@pytest.mark.parametrize(
    ("table", "words"),
    [
        (SiteFact, {"kind": "cemetery", "name": "x", "kept_by": "", "admin1": ""}),
        (SiteGrave, dict.fromkeys(("reference", "section", "line", "plan"), "x")
            | {"number": "1", "kind": "niche"}),
    ],
)  # fmt: skip
def test_who_does_not_keep_a_site_says_nothing_of_it(
    database, viewers, site, noon, name, table, words
):
    row = said_of(site, viewers[name], noon) | words
    with (
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        database.transaction(viewers[name]) as session,
    ):
        session.execute(sa.insert(table.__table__).values(**row))


def test_nobody_puts_the_exact_place_into_columns_of_remains_of_a_site(database, bruno):
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno)

    for exact in ({"lat": 16.23}, {"lon": -93.91}, {"radius_km": 2.0}, {"place": "Arriaga"}):
        coarse = {"place": "", "lat": 16.2, "lon": -93.9, "radius_km": 15.0}
        named = {"found_site": "ST-2222-2222"} | coarse | exact
        of_it = sa.update(Remains.__table__).where(Remains.__table__.c.id == found.id)
        with (
            pytest.raises(sa.exc.IntegrityError, match="coarse_at_a_site"),
            database.transaction(KEEPER) as session,
        ):
            session.execute(of_it.values(**named))
