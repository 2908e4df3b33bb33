"""r17: the real files of the server, searched for words that only sealed fields were told."""

import io
import logging

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import MatchingRun, MatchingState
from casework.candidates.running import run_matching
from casework.codes import MarkType
from casework.errors import Conflict
from casework.imports.actions import receive_file
from casework.imports.model import ImportRun, RunState
from casework.imports.running import run_import
from casework.missing.model import MissingPerson, MissingPersonMark
from casework.profiles.actions import Typed, keep_profile
from casework.profiles.model import MarkerKind, ProfileSource
from casework.profiles.queries import profiles_of
from casework.remains.model import RemainsMark
from casework.samples.actions import Taken, register_sample
from casework.samples.model import SampleKind
from casework.samples.queries import REMAINS, open_rack
from privacy.permissions import KEEPER, MATCHER
from tests.builders import a_missing_person, a_relative, remains_found

# Words that stand nowhere else on this machine; a genotype that somebody writes where there is
# room for it, and one of a profile.
CANARIES = {
    "a name": "Zacnitexquicanaria",
    "a mother's name": "Ixchelmadrecanaria",
    "a mark": "rosacanariatatuada",
    "a telephone": "+504-canaria-7716",
    "a genotype": "D3S1358canaria15x17",
    "a profile": "canario31.7",
    "an examiner's words": "cicatrizcanariavista",
    "a row put aside": "quarantinedcanaria",
    "a relative": "Rosacanariainventada",
    "a form": "Formulariacanaria",
    # The plant's own: the journal of the shared server keeps it.
    "planted": "Plantadacanaria",
}
FILE = (
    "record_id,sex,last_contact_from,hair,given_names,mother_name,phones,id_numbers,marks\n"
    "c1,female,2025-06-03,black,{a name},{a mother's name},{a telephone},{a genotype},"
    "scar:abdomen::{a mark}\n"
    "c2,female,2025-06-03,{a row put aside},{a name},,,,\n"
)


def everything_is_done(database, bruno, lidia, noon):
    """Import a file, fill in forms, search, compare, and let a query fail."""
    with database.transaction(bruno) as session:
        content = FILE.format_map(CANARIES).encode()
        run = receive_file(
            session, bruno, file_name="c.csv", content=content, profile="plain-missing", at=noon
        )
        run.state = RunState.QUEUED
    run_import(database, run.id, noon)
    with database.transaction(KEEPER) as session:
        read = session.get_one(ImportRun, run.id)
        assert (read.read, read.quarantined) == (2, 1)
    told = MissingPersonMark(kind=MarkType.TATTOO, words=CANARIES["a mark"])
    seen = RemainsMark(kind=MarkType.SCAR, words=CANARIES["an examiner's words"])
    with database.transaction(KEEPER) as session:
        person = a_missing_person(session, lidia, given_names=CANARIES["a form"], marks=[told])
        a_relative(session, person, name=CANARIES["a relative"])
        remains = remains_found(session, bruno, marks=[seen]).reference
    a_profile_is_kept(database, bruno, remains, noon)
    with database.transaction(MATCHER) as session:
        matching = request_matching(session, MATCHER, at=noon).id
    run_matching(database, matching, lambda: noon)
    with database.transaction(MATCHER) as session:
        assert session.get_one(MatchingRun, matching).state is MatchingState.FINISHED


def a_profile_is_kept(database, examiner, reference, noon):
    """Keep a profile of a bone, open it again, and let one be refused."""
    plain = {"kind": MarkerKind.AUTOSOMAL_STR, "source": ProfileSource.BY_HAND}
    typed = Typed(genotypes={"D3S1358": ["15", CANARIES["a profile"]]}, **plain)
    with database.transaction(examiner) as session:
        rack = open_rack(session, examiner, REMAINS, reference, at=noon)
        bone = Taken(kind=SampleKind.BONE)
        sample = register_sample(session, examiner, rack, bone, at=noon)
        keep_profile(session, examiner, sample, typed, at=noon)
        with pytest.raises(Conflict):
            keep_profile(session, examiner, sample, typed, at=noon)
        (opened,) = profiles_of(session, examiner, rack.case, at=noon)
        assert opened.genotypes == typed.genotypes
        assert CANARIES["a profile"] not in repr((typed, opened))


def found_on_disk(folder, oid):
    """Search the files of the database, the journal, the logs and what was sorted on disk."""
    places = ("pg_wal", "base/pgsql_tmp", "log", f"base/{oid}", "global")
    files = [path for place in places for path in (folder / place).rglob("*") if path.is_file()]
    files += [path for path in folder.iterdir() if path.is_file()]
    assert any("pg_wal" in str(path) for path in files)
    assert sum(f"base/{oid}" in str(path) for path in files) > 100
    return {
        what for what, word in CANARIES.items() if any(_holds(path, word) for path in files)
    }


def _holds(path, word):
    try:
        return word.encode() in path.read_bytes()
    except FileNotFoundError:  # a file of the journal may go meanwhile
        return False


def found_in_tables(maker):
    """Search a dump of every table of every schema, the queue's as well."""
    tables = maker.execute(
        sa.text(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
    ).scalars()
    dump = io.StringIO()
    for table in tables.all():
        rows = maker.execute(sa.text(f"SELECT whole::text FROM {table} AS whole"))  # noqa: S608
        dump.writelines(rows.scalars())
    text = dump.getvalue()
    assert "Tapachula" in text  # the dump is not empty: what is not sealed is in there
    return {what for what, word in CANARIES.items() if word in text}


@pytest.fixture
def maker(database):
    """A login that may look at everything."""
    engine = sa.create_engine(
        database.url.replace("reunir_app@", "postgres@"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def on_disk(maker, folder):
    maker.execute(sa.text("CHECKPOINT"))
    oid = maker.scalar(
        sa.text("SELECT oid FROM pg_database WHERE datname = current_database()")
    )
    return found_on_disk(folder, oid)


def test_r17_no_file_of_the_server_and_no_table_holds_a_canary(
    database, bruno, lidia, noon, maker, data_folder, caplog
):
    caplog.set_level(logging.DEBUG)

    everything_is_done(database, bruno, lidia, noon)

    assert found_in_tables(maker) == set()
    assert on_disk(maker, data_folder) - {"planted"} == set()
    assert not any(word in caplog.text for word in CANARIES.values())


def test_r17_a_planted_canary_in_a_clear_column_is_found(database, lidia, maker, data_folder):
    with database.transaction(KEEPER) as session:
        a_missing_person(session, lidia)
        session.execute(sa.update(MissingPerson).values(destination=CANARIES["planted"]))

    assert found_in_tables(maker) == {"planted"}
    assert "planted" in on_disk(maker, data_folder)
