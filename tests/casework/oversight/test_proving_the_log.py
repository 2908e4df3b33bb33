"""`reunir verify-audit-log`, as whoever keeps the checkpoints runs it: words and exit code."""

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from casework import embedded
from casework.cli import cli
from casework.settings import Settings
from privacy.audit.log import Deed, record

COMMANDS = "casework.oversight.commands"


@pytest.fixture
def chosen(tmp_path, database, server, monkeypatch):
    name = sa.make_url(database.url).database
    settings = Settings(
        data_dir=tmp_path,
        domain="invented.example",
        database_url=database.url,
        owner_database_url=server.url(embedded.OWNER, name),
    )
    monkeypatch.setattr(f"{COMMANDS}.settings", lambda: settings)
    monkeypatch.setattr(f"{COMMANDS}.open_database", lambda _: database)
    return settings


@pytest.fixture
def run(chosen):
    assert chosen.database_url
    return lambda *words: CliRunner().invoke(cli, words)


@pytest.fixture
def signed(run):
    assert run("checkpoint").exit_code == 0


def size(host):
    return host.scalar(sa.text("SELECT count(*) FROM action_log"))


@pytest.mark.usefixtures("signed")
def test_a_sound_log_is_proven(run, host):
    ended = run("verify-audit-log")

    assert ended.exit_code == 0, ended.output
    assert f"{size(host)} of them proven by 1 checkpoints" in ended.output


@pytest.mark.usefixtures("signed")
def test_an_edited_line_is_named_and_ends_in_one(run, host):
    host.execute(sa.text("UPDATE action_log SET about = 'x' WHERE position = 3"))

    ended = run("verify-audit-log")

    assert ended.exit_code == 1
    assert "Line 3 was edited" in ended.output


@pytest.mark.usefixtures("signed")
def test_a_cut_tail_is_counted_and_ends_in_one(run, host):
    host.execute(sa.text(f"DELETE FROM action_log WHERE position > {size(host) - 2}"))  # noqa: S608 - a number

    ended = run("verify-audit-log")

    assert ended.exit_code == 1
    assert "2 are gone" in ended.output


def test_without_any_checkpoint_nothing_is_called_proven(run):
    run("checkpoint")
    empty = run("verify-audit-log", "--checkpoints", os.curdir)

    assert empty.exit_code == 1
    assert "no checkpoint to compare with" in empty.output


@pytest.mark.usefixtures("signed")
def test_the_copies_and_the_key_that_somebody_else_kept_are_enough(run, chosen, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in (tmp_path / "checkpoints").glob("*.note"):
        (kept / path.name).write_bytes(path.read_bytes())
    public = kept / "log.pub"
    public.write_bytes((chosen.data_dir / "keys" / "log-signing.pub").read_bytes())

    ended = run("verify-audit-log", "--checkpoints", str(kept), "--key", str(public))

    assert ended.exit_code == 0, ended.output


@pytest.mark.usefixtures("signed")
def test_a_checkpoint_cut_short_is_named(run, tmp_path):
    (note,) = (tmp_path / "checkpoints").glob("*.note")
    note.write_bytes(note.read_bytes()[:-30])

    ended = run("verify-audit-log")

    assert ended.exit_code == 1
    assert f"{note} cannot be relied on" in ended.output


@pytest.mark.usefixtures("signed")
def test_an_erased_line_leaves_the_log_proven_and_says_so(run, host):
    erased = run("erase-log-line", "2", "--reason", "A name stood in it")

    ended = run("verify-audit-log")

    assert erased.exit_code == 0, erased.output
    assert ended.exit_code == 0, ended.output
    assert "1 lines were emptied, each with its reason" in ended.output
    assert host.scalar(sa.text("SELECT salt FROM action_log WHERE position = 2")) is None


def test_a_line_that_is_empty_or_answers_for_an_erasure_cannot_be_erased(run, host):
    run("erase-log-line", "2", "--reason", "x")

    assert run("erase-log-line", "2", "--reason", "x").exit_code == 1
    assert run("erase-log-line", str(size(host)), "--reason", "x").exit_code == 1
    assert run("erase-log-line", "99999", "--reason", "x").exit_code == 1


def test_what_is_told_of_many_findings_stays_readable(run, host):
    for _ in range(40):
        host.execute(sa.text("SELECT 1"))
    host.execute(sa.text("UPDATE action_log SET purpose = 'notify'"))

    ended = run("verify-audit-log")

    assert ended.exit_code == 1
    assert ended.output.count("was edited") <= 20


def test_the_command_streams_and_says_nothing_on_standard_error_in_a_pipe(
    chosen, database, amal, noon
):
    with database.transaction(amal) as session:
        record(session, Deed.MISSING_READ, by=amal, at=noon)
    env = os.environ | {
        "REUNIR_DATA_DIR": str(chosen.data_dir),
        "REUNIR_DATABASE_URL": chosen.database_url,
        "REUNIR_DOMAIN": chosen.domain,
    }
    results = [
        subprocess.run(
            [sys.executable, "-m", "casework.cli", verb],
            capture_output=True,
            text=True,
            env=env,
            timeout=60,
            check=False,
        )
        for verb in ("checkpoint", "verify-audit-log")
    ]

    assert [each.returncode for each in results] == [0, 0], results
    assert [each.stderr for each in results] == ["", ""]
