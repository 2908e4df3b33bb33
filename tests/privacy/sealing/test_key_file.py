"""Keys in a file: what is refused, in words that say what to do, and nothing made instead."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from casework.keys import provider_for
from casework.settings import Settings
from privacy.errors import KeyDestroyed, KeysUnavailable, WrongKeys
from privacy.sealing.cipher import new_key
from privacy.sealing.key_file import ERASED, KEYS, FileKeys, make_key_file

NOW = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    make_key_file(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def provider(folder):
    return FileKeys(folder)


def wrapped_by(provider, *cases):
    return provider.wrap({case: new_key() for case in cases})


def test_a_wrapped_key_unwraps_for_its_case(provider):
    case, key = uuid4(), new_key()

    assert provider.unwrap(provider.wrap({case: key})) == {case: key}


def test_a_wrapped_key_unwraps_for_no_other_case(provider):
    case = uuid4()
    wrapped = wrapped_by(provider, case)

    with pytest.raises(WrongKeys):
        provider.unwrap({uuid4(): wrapped[case]})


def test_the_files_are_closed_to_others(folder):
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}

    assert modes == {KEYS: 0o600, ERASED: 0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", [KEYS, ERASED])
def test_a_file_that_others_may_read_is_refused(folder, provider, name):
    (folder / name).chmod(0o644)

    with pytest.raises(KeysUnavailable, match="open to others"):
        provider.unwrap(wrapped_by(provider, uuid4()))


@pytest.mark.parametrize("name", [KEYS, ERASED])
def test_a_missing_file_is_refused_and_not_made_anew(folder, provider, name):
    (folder / name).unlink()

    with pytest.raises(KeysUnavailable, match="back-up of the keys"):
        provider.unwrap(wrapped_by(provider, uuid4()))
    assert not (folder / name).exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"keys": {}}',
        '{"format": "reunir sealing keys 1", "keys": {"1": "AA=="}}',
    ],
)
def test_a_damaged_key_file_is_refused(folder, provider, text):
    (folder / KEYS).write_text(text)

    with pytest.raises(KeysUnavailable, match="damaged"):
        wrapped_by(provider, uuid4())


@pytest.mark.parametrize(
    "text", ["no uuid at all\n", "a3166d82-04c4-4f2f-bc6d-db3ce6223424 2026-03-09"]
)
def test_a_damaged_list_of_the_erased_is_refused(folder, provider, text):
    (folder / ERASED).write_text(text)

    with pytest.raises(KeysUnavailable, match="list of erased"):
        provider.destroyed()


def test_another_registrys_key_is_told_from_a_missing_one(provider, tmp_path):
    make_key_file(tmp_path / "others")
    wrapped = wrapped_by(provider, uuid4())

    with pytest.raises(WrongKeys, match="does not belong to this database"):
        FileKeys(tmp_path / "others").unwrap(wrapped)


def test_a_lacking_version_is_named(provider):
    wrapped = wrapped_by(provider, uuid4())
    provider.rotate()
    provider.retire(1)

    with pytest.raises(WrongKeys, match="version 1"):
        provider.unwrap(wrapped)


def test_an_older_version_still_unwraps_after_a_rotation(provider):
    wrapped = wrapped_by(provider, uuid4())

    assert provider.rotate() == 2
    assert provider.unwrap(wrapped).keys() == wrapped.keys()
    assert {each.version for each in wrapped_by(provider, uuid4()).values()} == {2}


def test_another_process_learns_of_a_rotation(folder, provider):
    provider.newest()

    FileKeys(folder).rotate()

    assert provider.newest() == 2


def test_the_newest_version_cannot_be_retired(provider):
    with pytest.raises(KeysUnavailable, match="rotate first"):
        provider.retire(1)


def test_r20_the_key_of_an_erased_case_is_refused_at_once(provider):
    case = uuid4()
    wrapped = wrapped_by(provider, case)
    assert provider.unwrap(wrapped)  # until then it opens: the refusal is the list's doing

    provider.destroy(case, at=NOW)

    with pytest.raises(KeyDestroyed):
        provider.unwrap(wrapped)


def test_the_list_names_an_erased_case_once(folder, provider):
    case = uuid4()

    provider.destroy(case, at=NOW)
    provider.destroy(case, at=NOW)

    assert (folder / ERASED).read_text() == f"{case} {NOW.isoformat()}\n"


def test_making_keys_again_changes_none(folder):
    before = json.loads((folder / KEYS).read_text())

    assert not make_key_file(folder)
    assert json.loads((folder / KEYS).read_text()) == before


@pytest.mark.parametrize("inside", ["postgres/keys", "elsewhere/keys"])
def test_keys_inside_a_databases_folder_are_refused(tmp_path, inside):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "PG_VERSION").write_text("16")
    chosen = Settings(data_dir=tmp_path, keys=f"file:{tmp_path / inside}")

    with pytest.raises(KeysUnavailable, match="inside the database's folder"):
        provider_for(chosen)


@pytest.mark.parametrize(
    "said", ["vault:https://keys.invalid/transit/keys/x", "file:", "usb:1"]
)
def test_a_setting_that_cannot_be_read_is_refused(said):
    with pytest.raises(KeysUnavailable, match="REUNIR_KEYS must read"):
        provider_for(Settings(keys=said))


def test_keys_stand_beside_the_database_unless_told_otherwise(tmp_path):
    provider = provider_for(Settings(data_dir=tmp_path, keys=None))

    assert isinstance(provider, FileKeys)
    assert provider.folder == Path(tmp_path) / "keys"


def test_a_list_of_the_erased_that_is_there_is_never_begun_anew(folder):
    erased = f"{uuid4()} 2026-03-09T12:00:00+00:00\n"
    (folder / ERASED).write_text(erased)
    (folder / KEYS).unlink()

    assert make_key_file(folder)

    assert (folder / ERASED).read_text() == erased


def test_a_key_file_that_cannot_be_read_says_what_to_do(folder):
    (folder / KEYS).unlink()
    (folder / KEYS).mkdir(mode=0o700)

    with pytest.raises(KeysUnavailable, match="cannot be read"):
        wrapped_by(FileKeys(folder), uuid4())
