"""The operators' verbs, run as an operator runs them: a command, its words, its exit code."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from casework import embedded
from casework.cli import VERBS, cli
from casework.database import Database
from casework.errors import Unavailable
from tests.conftest import copy_database


@pytest.fixture
def reunir(server, template_database):
    """Run the command against a copy of the migrated database."""
    return lambda *words, **env: command(
        *words, REUNIR_DATABASE_URL=server.url(embedded.APP, template_database), **env
    )


def command(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "casework.cli", *words],
        capture_output=True,
        text=True,
        env={**os.environ, **env},
        timeout=240,
        check=False,
    )


def test_help_names_every_verb_and_loads_none():
    said = command("--help").stdout

    assert [summary for _, summary in VERBS.values() if summary not in said] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb):
    said = CliRunner().invoke(cli, [verb, "--help"])

    assert said.exit_code == 0, said.output
    assert "Example:" in said.output or "Commands:" in said.output


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_found_by_a_process_that_loads_nothing_else(verb):
    said = command(verb, "--help")

    assert said.returncode == 0, said.stderr


def test_a_taken_port_is_named_with_another_to_take(reunir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ended = reunir("serve", "--port", str(port))

    assert ended.returncode == 1
    assert f"Port {port}" in ended.stderr
    assert f"--port {port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_down_is_named_without_its_password():
    ended = command(
        "serve", "--port", "0", REUNIR_DATABASE_URL="postgresql://me:hunter2@127.0.0.1:9/reunir"
    )

    assert ended.returncode == 1
    assert "The database does not answer" in ended.stderr
    assert "hunter2" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_empty_database_is_answered_with_what_to_run(server):
    embedded.create_database(server, "empty_one")

    ended = command(
        "serve", "--port", "0", REUNIR_DATABASE_URL=server.url(embedded.APP, "empty_one")
    )

    assert ended.returncode == 1
    assert "reunir migrate" in ended.stderr


def test_the_doctor_finds_a_migrated_registry_well(reunir):
    ended = reunir("doctor")

    assert ended.returncode == 0, ended.stdout
    assert "owns nothing" in ended.stdout
    assert "well   The rules are sound" in ended.stdout
    assert "well   The keys open what is sealed" in ended.stdout


def test_the_doctor_names_missing_keys(reunir, tmp_path):
    ended = reunir("doctor", REUNIR_KEYS=f"file:{tmp_path / 'nowhere'}")

    assert ended.returncode == 1
    assert f"AMISS  {tmp_path / 'nowhere'}" in ended.stdout or "AMISS  There" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_the_doctor_tells_when_the_login_could_lift_row_level_security(
    server, template_database
):
    ended = command("doctor", REUNIR_DATABASE_URL=server.url("postgres", template_database))

    assert ended.returncode == 1
    assert "could lift row-level security" in ended.stdout


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")

    ended = command("migrate", REUNIR_DATA_DIR=str(in_the_way / "var"))

    assert ended.returncode == 1
    assert str(in_the_way) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_account_given_on_the_command_line_is_listed_and_taken(server, template_database):
    copy_database(server, template_database, "of_operators")
    env = {"REUNIR_DATABASE_URL": server.url(embedded.APP, "of_operators")}
    command("institution", "add", "Comité inventado", "--kind", "family_organisation",
            "--country", "hn", **env)  # fmt: skip

    given = command("user", "add", "Rosa", "--name", "Rosa M.", "--institution",
                    "Comité inventado", "--role", "liaison_officer", **env)  # fmt: skip
    taken = command("user", "disable", "rosa", **env)
    listed = command("user", "list", **env)

    assert (given.returncode, taken.returncode) == (0, 0), given.stderr + taken.stderr
    told = next(line for line in listed.stdout.splitlines() if line.startswith("rosa "))
    assert told.split(maxsplit=2) == ["rosa", "liaison_officer", "Comité inventado  (disabled)"]


def test_an_unknown_institution_is_named_with_where_to_look(reunir):
    ended = reunir("user", "add", "x", "--name", "X", "--institution", "nobody's",
                   "--role", "analyst")  # fmt: skip

    assert ended.returncode == 1
    assert "reunir institution list" in ended.stderr


def test_a_check_of_a_database_that_is_down_says_so():
    with pytest.raises(Unavailable, match="does not answer"):
        Database("postgresql://me@127.0.0.1:9/reunir").check()
