"""A copy for developers has the registry's shape and nobody of it."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework import embedded
from casework.candidates.model import MatchingRun, MatchingState, Pairing, PairingState
from casework.codes import ArticleItem, MarkType
from casework.errors import Conflict
from casework.migrating import migrate
from casework.missing.model import MissingPerson, MissingPersonArticle, MissingPersonMark
from casework.models import metadata
from casework.scrubbing import copying
from casework.scrubbing.columns import Scrubber
from casework.scrubbing.copying import COPIED, move_counters, scrub
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, remains_found
from tests.conftest import on_a_copy

CANARY = "Zulmabela"
MADE_ANEW = {"data_key", "name_token", "weighing_due"}  # of the copy itself, as it is filled


@pytest.fixture
def registry(database, lidia, bruno, noon):
    """A person, remains and a pairing of both; every word of them is the canary."""
    with database.transaction(lidia) as session:
        person = a_missing_person(
            session,
            lidia,
            given_names=CANARY,
            place=CANARY,
            admin1=CANARY,
            group_key=CANARY,
            destination=CANARY,
            birth_place=CANARY,
            origin_record_id=CANARY,
            marks=[MissingPersonMark(kind=MarkType.SCAR, words=CANARY)],
            articles=[MissingPersonArticle(worn=True, item=ArticleItem.SHIRT, words=CANARY)],
            answers={"note": CANARY},
        )
    with database.transaction(bruno) as session:
        remains = remains_found(session, bruno, place=CANARY, post_mortem_number=CANARY)
    with database.transaction(MATCHER) as session:
        run = MatchingRun(state=MatchingState.FINISHED, requested_at=noon, failure=CANARY)
        session.add(run)
        session.flush()
        session.add(
            Pairing(
                missing_person_id=person.id, remains_id=remains.id, matching_run_id=run.id,
                state=PairingState.PROPOSED, log10_lr=1.5, posterior=0.2, prior=0.01,
                rank_for_missing=1, rank_for_remains=1, weights={"sex": 0.3},
                first_proposed_at=noon, last_proposed_at=noon,
            )
        )  # fmt: skip
    return person, remains


@pytest.fixture(scope="module")
def empty(server):
    """Name an empty, migrated database, of which each test is given a copy."""
    name = f"empty_{uuid4().hex[:10]}"
    embedded.create_database(server, name)
    migrate(server.url(embedded.OWNER, name))
    return name


@pytest.fixture
def target(server, empty):
    """An empty, migrated database."""
    name = f"scrubbed_{uuid4().hex[:10]}"
    with on_a_copy(server, empty, name) as opened:
        yield opened
    maker = sa.create_engine(server.url("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    maker.dispose()


def everything_in(server, database):
    """Every row of every table, as text, past every policy."""
    engine = sa.create_engine(server.url("postgres", database.engine.url.database))
    with engine.connect() as connection:
        told = {
            name: [repr(tuple(row)) for row in connection.execute(sa.select(table))]
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return told


@pytest.mark.usefixtures("registry")
def test_nothing_of_the_original_is_left_in_the_copy(server, database, target):
    before = everything_in(server, database)
    # The planted names: in places, words, keys, answers; sealed ones cannot be seen at all.
    assert sum(CANARY in row for rows in before.values() for row in rows) >= 4

    scrub(database, target)

    after = everything_in(server, target)
    assert [name for name, rows in after.items() if any(CANARY in row for row in rows)] == []
    assert [name for name, rows in after.items() if rows and name not in COPIED] == [
        name for name in after if name in MADE_ANEW
    ]


def test_no_reference_and_no_institution_of_the_original_is_left(
    server, database, target, registry
):
    scrub(database, target)

    told = str(everything_in(server, target))
    for record in registry:
        assert record.reference not in told
        assert record.record_id not in told
    assert "Institución inventada" not in told


@pytest.mark.usefixtures("registry")
def test_a_scrubber_that_kept_a_column_would_be_noticed(server, database, target, monkeypatch):
    monkeypatch.setattr(Scrubber, "_text", lambda _self, _column, value: value)

    scrub(database, target)

    assert CANARY in str(everything_in(server, target))


def test_who_belongs_to_whom_stays(database, target, registry):
    person, remains = registry
    copied = scrub(database, target)

    assert copied.rows["pairing"] == 1
    with target.transaction(KEEPER) as session:
        copy = session.get_one(MissingPerson, person.id)
        assert (len(copy.names), len(copy.marks), len(copy.articles)) == (1, 1, 1)
        assert (copy.sex, copy.invented) == (person.sex, True)
        assert copy.last_contact_from <= copy.last_contact_to
        assert copy.age_min <= copy.age_max
    with target.transaction(MATCHER) as session:
        pairing = session.scalar(sa.select(Pairing))
        assert (pairing.missing_person_id, pairing.remains_id) == (person.id, remains.id)


def test_days_and_places_are_moved(database, target, registry):
    person, _ = registry
    scrub(database, target)

    with target.transaction(KEEPER) as session:
        copy = session.get_one(MissingPerson, person.id)
        assert (copy.lat, copy.lon) != (person.lat, person.lon)
        assert copy.last_contact_from != person.last_contact_from


def test_a_registry_is_never_scrubbed_over(database, target):
    scrub(database, target)

    with pytest.raises(Conflict):
        scrub(database, target)
    with pytest.raises(Conflict):
        scrub(database, database)


def test_new_rows_of_a_copy_do_not_meet_the_old_ones(server, database, target, registry):
    scrub(database, target)
    move_counters(server.url(embedded.OWNER, target.engine.url.database))

    with target.transaction(KEEPER) as session:
        old = session.get_one(MissingPerson, registry[0].id)
        mark = MissingPersonMark(case_id=old.id, kind=MarkType.SCAR)
        session.add(mark)
        session.flush()
        assert mark.id >= copying.FIRST_NEW


def test_every_copied_table_comes_after_those_it_points_at():
    for name in COPIED:
        for key in metadata.tables[name].foreign_keys:
            assert key.column.table.name in COPIED or key.parent.nullable
