"""`reunir import`: the summary, the report, the exit codes, and nothing half-written."""

import json
import stat

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from casework.database import Database
from casework.imports import commands
from casework.imports.model import ImportRun
from casework.incidents.model import Incident
from casework.missing.model import MissingPerson
from casework.signin.model import Institution
from tests.casework.imports.imported import COUNTS, a_csv, iom_csv, stored

PERSON = {"record_id": "p1", "sex": "female", "last_contact_from": "2024-05-02"}
FORENSE = "Institución inventada forense"


@pytest.fixture
def reunir_import(database, monkeypatch, tmp_path):
    """Run the command against the test's registry, on a file with this content."""
    monkeypatch.setattr(commands, "open_database", lambda _: database)

    def run(content, *options, name="datos.csv", institution=FORENSE):
        path = tmp_path / name
        path.write_bytes(content)
        whose = ["--institution", institution] if institution else []
        return CliRunner().invoke(commands.import_file, [str(path), *whose, *options])

    return run


def test_all_rows_taken_is_exit_code_0_and_five_counts(reunir_import, database):
    result = reunir_import(iom_csv({}))

    assert result.exit_code == 0
    assert "1  rows read, of which" in result.output
    assert "1  accepted" in result.output
    assert len(stored(database, Incident)) == 1


def test_some_rows_put_aside_is_exit_code_3(reunir_import):
    result = reunir_import(a_csv(PERSON, {**PERSON, "record_id": "p2", "hair": "purple"}))

    assert result.exit_code == 3
    assert "keeps the row out" in result.output


def test_the_report_is_its_writers_alone_to_read(reunir_import, tmp_path):
    report = tmp_path / "report.json"

    reunir_import(a_csv({**PERSON, "hair": "purple"}), "--report", str(report))

    assert stat.S_IMODE(report.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"record_id,sex,last_contact_from\n", "has no rows"),
        (b"%PDF-1.7 \xff\xfe", "is a PDF document"),
        (b"a,b\n1,2\n", "not those of any known profile"),
    ],
)
def test_a_file_of_no_use_is_exit_code_4_and_one_sentence(
    reunir_import, database, content, sentence
):
    result = reunir_import(content)

    assert result.exit_code == 4
    assert sentence in result.output
    assert result.output.count("\n") == 1
    assert stored(database, ImportRun) == []


def test_a_file_whose_rows_are_all_put_aside_is_exit_code_4(reunir_import):
    assert reunir_import(a_csv({**PERSON, "hair": "purple"})).exit_code == 4


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--profile", "pfif"), "'namus-missing'"),
        (("--search-consent", "perhaps"), "not_asked"),
        (("--report", "{file}"), "must be different files"),
    ],
)
def test_a_wrong_command_is_exit_code_2_and_says_what_there_is(
    reunir_import, tmp_path, options, sentence
):
    told = [option.format(file=tmp_path / "datos.csv") for option in options]

    result = reunir_import(a_csv(PERSON), *told)

    assert result.exit_code == 2
    assert sentence in result.output


def test_of_several_institutions_one_must_be_named(reunir_import):
    result = reunir_import(iom_csv({}), institution=None)

    assert result.exit_code == 2
    assert FORENSE in result.output


def test_an_institution_nobody_entered_is_refused(reunir_import):
    assert reunir_import(iom_csv({}), institution="Otra").exit_code == 2


def test_a_dry_run_says_what_would_be_and_keeps_nothing(reunir_import, database, tmp_path):
    report = tmp_path / "report.json"

    result = reunir_import(iom_csv({}), "--dry-run", "--report", str(report))

    told = json.loads(report.read_text())
    assert (told["dry_run"], told["accepted"]) == (True, 1)
    assert "nothing was kept" in result.output
    assert stored(database, Incident) == stored(database, ImportRun) == []


def test_the_report_adds_up_and_names_each_fault(reunir_import, tmp_path):
    report = tmp_path / "report.json"

    reunir_import(
        iom_csv({}, {"id": "y", "incident_id": "y", "dead": "-1"}), "--report", str(report)
    )

    told = json.loads(report.read_text())
    assert told["read"] == sum(told[name] for name in COUNTS) == 2
    assert told["by_rule"]["negative_count"] == 1
    fault = next(each for each in told["problems"] if each["rule"] == "negative_count")
    assert (fault["row"], fault["value"], fault["severity"]) == (3, "-1", "warning")
    assert "negative" in fault["sentence"]


def test_what_families_said_is_what_was_declared(reunir_import, database):
    reunir_import(a_csv(PERSON), "--search-consent", "granted", "--invented")

    kept = stored(database, MissingPerson, MissingPerson.search_consent, MissingPerson.invented)
    assert kept == [("granted", True)]


def test_the_first_import_of_a_fresh_registry_enters_an_institution_of_its_own(
    reunir_import, database, monkeypatch
):
    monkeypatch.setattr(commands, "list_institutions", lambda _: [])

    result = reunir_import(iom_csv({}), institution=None)

    assert "“reunir.localhost” was entered" in result.output
    assert ("reunir.localhost", "registry") in stored(
        database, Institution, Institution.name, Institution.kind
    )


def test_a_database_that_is_down_is_one_sentence(reunir_import, monkeypatch):
    nobody = Database("postgresql://reunir_app@127.0.0.1:9/none?connect_timeout=1")
    monkeypatch.setattr(commands, "open_database", lambda _: nobody)

    result = reunir_import(iom_csv({}))

    assert result.exit_code == 1
    assert "does not answer" in result.output


def test_a_report_that_cannot_be_written_stops_before_anything_is_read(
    reunir_import, database, tmp_path
):
    result = reunir_import(iom_csv({}), "--report", str(tmp_path / "none" / "report.json"))

    assert result.exit_code == 1
    assert "There is no folder" in result.output
    assert stored(database, Incident) == []


def test_a_full_disk_in_the_middle_leaves_nothing(reunir_import, database, monkeypatch):
    class Full(Exception):
        sqlstate = commands.DISK_FULL

    def fill_up(*_, **__):
        raise sa.exc.OperationalError("INSERT", {}, Full())

    monkeypatch.setattr(commands, "report_of", fill_up)

    result = reunir_import(iom_csv({}))

    assert (result.exit_code, stored(database, Incident)) == (1, [])
    assert "disk is full" in result.output
