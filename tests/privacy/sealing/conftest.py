"""Keys of one test's own, so that rotating and retiring them touches no other test's data."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from casework.database import Database
from casework.keys import provider_for
from casework.settings import settings
from privacy.sealing.key_file import FileKeys


@pytest.fixture
def own_keys(tmp_path) -> FileKeys:
    shared = provider_for(settings())
    shutil.copytree(shared.folder, tmp_path / "keys")
    return FileKeys(tmp_path / "keys")


@pytest.fixture
def own_database(database, own_keys):
    """The test's database, sealed with keys of its own."""
    opened = Database(database.url, sealing=replace(database.sealing, provider=own_keys))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def data_folder(database) -> Path:
    """Where the server keeps its files: only its maker may ask."""
    import sqlalchemy as sa  # noqa: PLC0415 - for this question only

    maker = sa.create_engine(database.url.replace("reunir_app@", "postgres@"))
    with maker.connect() as connection:
        folder = connection.scalar(sa.text("SHOW data_directory"))
    maker.dispose()
    return Path(folder)
