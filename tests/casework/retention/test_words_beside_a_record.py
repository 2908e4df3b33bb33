"""What people wrote beside a record goes with it, and is changed by nothing else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.families.model import LiftState, ProtectionRequest
from casework.missing.model import MissingPerson
from casework.retention import erasing
from casework.retention.erasing import GONE, STAY, erase, parts_of, words_of
from casework.rights.model import (
    Asker,
    IdentityProof,
    RequestKind,
    RequestState,
    RightsRequest,
    RightsStep,
    StepKind,
)
from privacy.consent.model import Consent, LegalBasis
from privacy.model import Base
from privacy.permissions import KEEPER
from privacy.released.model import Form, ReleasedCopy
from privacy.retention.model import RetentionHold
from tests.builders import a_missing_person, grant_of

CANARY = "Zulmabela lo contó su madre por teléfono"
WRITTEN_IN = {Consent, ProtectionRequest, ReleasedCopy, RetentionHold, RightsStep}


@pytest.fixture
def host(server, database):
    """A login that no policy hides anything from."""
    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    with engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")
    engine.dispose()


@pytest.fixture
def person(database, lidia, host, noon):
    """Somebody about whom everybody wrote something down."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia)
        grant_of(
            session,
            person,
            ("circumstances", "search", "forensic:GT"),
            giver_id=None,
            legal_basis=LegalBasis.VITAL_INTEREST,
            assessment=CANARY,
        )
    for row in rows_beside(person, lidia, noon):
        host.execute(row)
    return person


def rows_beside(person, by, at):
    """Insert a row of each kind that is kept beside a record."""
    about = {
        "missing_person_id": person.id,
        "owner_institution_id": person.owner_institution_id,
    }
    yield sa.insert(ProtectionRequest).values(
        missing_person_id=person.id,
        reference=person.reference,
        grounds=CANARY,
        reason=CANARY,
        state=LiftState.REFUSED,
        requested_at=at,
        requested_by=by.account_id,
        decided_at=at,
        decided_by=by.account_id + 1,
    )
    yield sa.insert(ReleasedCopy).values(
        **about,
        copy="A1",
        groups=["identity"],
        form=Form.PDF,
        made_at=at,
        made_by=by.account_id,
        made_by_institution_id=by.institution_id,
        recipient_institution_id=by.institution_id,
        purpose="search",
        reason=CANARY,
    )
    yield sa.insert(RetentionHold).values(
        **about,
        reference=person.reference,
        reason=CANARY,
        until=at.date() + timedelta(days=90),
        placed_at=at,
        placed_by=by.account_id,
    )
    yield sa.insert(RightsRequest).values(
        **about,
        reference="RR-2345-6789",
        kind=RequestKind.OBJECTION,
        about=person.reference,
        asker=Asker.PERSON,
        identity_proof=IdentityProof.VIDEO_CALL,
        received_on=at.date(),
        due_on=at.date(),
        state=RequestState.RECEIVED,
        recorded_by=by.account_id,
    )
    yield sa.insert(RightsStep).values(
        request_id=sa.select(RightsRequest.id).scalar_subquery(),
        at=at,
        account_id=by.account_id,
        kind=StepKind.RECEIVED,
        reason=CANARY,
    )


def words_beside(host):
    """Read every word that stands in a table which outlives a record."""
    return [
        word
        for model in sorted(WRITTEN_IN, key=lambda each: each.__tablename__)
        for row in host.execute(
            sa.select(*(model.__table__.c[name] for name in words_of(model.__table__)))
        )
        for word in row
        if word
    ]


def erase_it(database, person, noon):
    with database.transaction(KEEPER) as session:
        erase(session, KEEPER, session.get_one(MissingPerson, person.id), basis="t", at=noon)


def test_every_table_with_words_that_outlives_a_record_is_looked_at():
    staying = {Base.metadata.tables[name] for name in STAY}
    below = {part for table in staying if "id" in table.c for part, _ in parts_of(table)}
    with_words = {table.name for table in staying | below if words_of(table)}

    assert with_words == {model.__tablename__ for model in WRITTEN_IN}


def test_r52_words_written_beside_a_record_go_with_it(database, person, host, noon):
    assert set(words_beside(host)) == {CANARY}  # what erasing has to end

    erase_it(database, person, noon)

    assert set(words_beside(host)) == {GONE}


def test_r52_words_that_erasing_left_would_be_noticed(
    database, person, host, noon, monkeypatch
):
    monkeypatch.setattr(erasing, "_blank_words", lambda *_: None)

    erase_it(database, person, noon)

    assert CANARY in words_beside(host)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("name", ["lidia", "bruno", "dora"])
def test_nobody_else_rewrites_them(database, host, viewers, name):
    before = words_beside(host)

    for model in sorted(WRITTEN_IN, key=lambda each: each.__tablename__):
        column = "grounds" if model is ProtectionRequest else words_of(model.__table__)[-1]
        rewritten = sa.update(model).values({column: "otra cosa, escrita después"})
        try:
            with database.transaction(viewers[name]) as session:
                session.execute(rewritten)
        except sa.exc.DBAPIError:
            continue  # the database said so

    assert words_beside(host) == before
