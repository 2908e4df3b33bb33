"""Erasing a case: at once, for ever, and in every back-up that is ever restored."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.database import Database
from casework.key_care import demand_keys, key_finding, prepare_keys
from casework.missing.model import MissingPerson, PersonName
from casework.retention.erasing import erase
from privacy.errors import KeyDestroyed, KeysUnavailable
from privacy.model import Reveals
from privacy.permissions import KEEPER
from privacy.sealing.erasure import destroy_key
from privacy.sealing.key_file import ERASED, KEYS, FileKeys, make_key_file
from privacy.sealing.keyring import DOOR_ROOT
from privacy.sealing.model import DataKey
from privacy.sealing.opening import open_fields
from privacy.sealing.providers import Wrapped
from privacy.tokens.model import NameToken
from tests.builders import a_missing_person


@pytest.fixture
def person(own_database, lidia):
    with own_database.transaction(KEEPER) as session:
        return a_missing_person(session, lidia, given_names="Zacnité", mother_name="Ixchel").id


def wrapped_of(database, person):
    with database.transaction(KEEPER) as session:
        case = session.get_one(MissingPerson, person).seal_id
        row = session.get_one(DataKey, case)
        return case, Wrapped(row.wrapped, row.kek_version)


def erased(database, person, at):
    with database.transaction(KEEPER) as session:
        erase(session, KEEPER, session.get_one(MissingPerson, person), basis="test", at=at)


# Who is at work in a database keeps it from being copied.
EVERYBODY_OUT = sa.text(
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = :name"
)


def read(database, person):
    """Read what a restored or an erased database still says of somebody's names."""
    with database.transaction(KEEPER) as session:
        names = session.scalars(sa.select(PersonName).where(PersonName.case_id == person)).all()
        open_fields(session, names, Reveals.IDENTITY)
        return [each.given_names for each in names]


@pytest.fixture
def restored(database, own_database, person, noon):
    """A back-up made before somebody was erased, restored beside the live registry."""
    name = f"restored_{own_database.engine.url.database}"
    own_database.engine.dispose()
    database.engine.dispose()
    maker = sa.create_engine(
        database.url.replace("reunir_app@", "postgres@").replace(
            f"/{own_database.engine.url.database}", "/postgres"
        ),
        isolation_level="AUTOCOMMIT",
    )
    with maker.connect() as connection:
        connection.execute(EVERYBODY_OUT, {"name": own_database.engine.url.database})
        connection.execute(
            sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{own_database.engine.url.database}"')
        )
    erased(own_database, person, noon)
    url = database.url.replace(own_database.engine.url.database, name)
    opened = Database(url, sealing=own_database.sealing)
    yield opened
    opened.engine.dispose()
    with maker.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    maker.dispose()


def test_r20_an_erased_case_opens_nowhere_any_more(own_database, own_keys, person, noon):
    case, wrapped = wrapped_of(own_database, person)
    assert read(own_database, person) == ["Zacnité"]  # what the erasure has to end

    erased(own_database, person, noon)

    assert read(own_database, person) == []
    assert wrapped_of(own_database, person)[1].sealed == b""
    with pytest.raises(KeyDestroyed):
        own_keys.unwrap({case: wrapped})
    with own_database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(NameToken.token)).all() == []


def test_r20_nothing_is_added_to_an_erased_case(own_database, person, noon):
    erased(own_database, person, noon)

    def add():
        with own_database.transaction(KEEPER) as session:
            session.get_one(MissingPerson, person).mother_name = "Otra"

    with pytest.raises(KeyDestroyed):
        add()


def test_r20_the_list_is_written_before_the_database(own_database, own_keys, person, noon):
    case, wrapped = wrapped_of(own_database, person)
    with own_database.transaction(KEEPER) as session:
        destroy_key(session, case, at=noon)
        session.rollback()  # the power fails before the end

    with pytest.raises(KeyDestroyed):
        own_keys.unwrap({case: wrapped})
    demand_keys(own_database, at=noon)
    assert read(own_database, person) == []


def test_r21_a_restored_back_up_opens_nothing_of_an_erased_case(restored, person):
    # The row and its sealed names are all back: only the list beside the keys closes them.
    assert wrapped_of(restored, person)[1].sealed != b""

    assert read(restored, person) == [""]


def test_r21_a_restored_back_up_is_erased_again_before_it_is_served(restored, person, noon):
    demand_keys(restored, at=noon)

    assert wrapped_of(restored, person)[1].sealed == b""
    assert read(restored, person) == []
    with restored.transaction(KEEPER) as session:
        tombstone = session.get_one(MissingPerson, person)
        assert tombstone.erased_at == noon
        assert (tombstone.mother_name, tombstone.place) == ("", "")
        assert session.scalars(sa.select(NameToken.token)).all() == []


def test_r21_without_the_list_the_back_up_would_open(restored, own_keys, person):
    (own_keys.folder / ERASED).write_text("")
    restored.sealing = replace(restored.sealing, provider=FileKeys(own_keys.folder))

    assert read(restored, person) == ["Zacnité"]


def test_r21_a_list_older_than_the_database_stops_the_start(
    own_database, own_keys, person, noon
):
    erased(own_database, person, noon)
    (own_keys.folder / ERASED).write_text("")

    with pytest.raises(KeysUnavailable, match="older than the database"):
        demand_keys(own_database, at=noon)


@pytest.mark.usefixtures("person")
def test_a_lost_key_file_stops_the_start_and_is_not_made_anew(own_database, own_keys, noon):
    (own_keys.folder / KEYS).unlink()

    with pytest.raises(KeysUnavailable, match="no new key can open them"):
        prepare_keys(own_database, at=noon)
    assert not (own_keys.folder / KEYS).exists()


@pytest.mark.usefixtures("person")
def test_another_registrys_keys_stop_the_start(own_database, tmp_path, noon):
    make_key_file(tmp_path / "others")
    others = FileKeys(tmp_path / "others")
    own_database.sealing = replace(own_database.sealing, provider=others)

    with pytest.raises(KeysUnavailable, match="does not belong to this database"):
        prepare_keys(own_database, at=noon)


@pytest.mark.usefixtures("person")
def test_the_doctor_proves_the_keys_and_changes_nothing(own_database, tmp_path):
    well, said = key_finding(own_database)
    make_key_file(tmp_path / "others")
    others = FileKeys(tmp_path / "others")
    own_database.sealing = replace(own_database.sealing, provider=others)

    assert (well, "newest is version 1" in said) == (True, True)
    well, said = key_finding(own_database)
    assert (well, "does not belong to this database" in said) == (False, True)


def test_the_doctor_counts_who_came_back_with_a_back_up(restored, person, noon):
    well, said = key_finding(restored)

    assert (well, said[:22]) == (False, "1 erased cases came ba")
    assert wrapped_of(restored, person)[1].sealed != b""  # looking erased nobody
    demand_keys(restored, at=noon)
    assert key_finding(restored)[0]


def test_the_root_of_the_door_is_made_before_anybody_comes(own_database, noon):
    prepare_keys(own_database, at=noon)
    prepare_keys(own_database, at=noon)

    with own_database.transaction(KEEPER) as session:
        assert session.get_one(DataKey, DOOR_ROOT).wrapped != b""
