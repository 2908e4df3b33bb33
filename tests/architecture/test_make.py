"""`make test` runs in two parts, measured and not; between them they try everything, once."""

import subprocess

import pytest

from tests.architecture.the_code import ROOT


def tried_twice_or_never(files, told):
    return [
        path.as_posix()
        for path in files
        if sum(path.is_relative_to(each) for each in told) != 1
    ]


@pytest.fixture(scope="module")
def told():
    """Ask make what it would run, without the files that the kernels are compiled by first.

    Those come in the order they are told, everything else in random order.
    """
    planned = subprocess.run(
        ["make", "--dry-run", "test"],  # noqa: S607 - the make of whoever runs the tests
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    widely = [
        line for line in planned.splitlines() if "--dist" in line and "no:randomly" not in line
    ]
    return [word for line in widely for word in line.split() if word.startswith("tests/")]


@pytest.fixture(scope="module")
def files():
    return [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")]


def test_every_file_of_tests_is_run_exactly_once(files, told):
    assert tried_twice_or_never(files, told) == []


def test_a_folder_that_is_left_out_would_be_noticed(files, told):
    without = [each for each in told if each != "tests/journeys"]

    assert "tests/journeys/test_by_keyboard.py" in tried_twice_or_never(files, without)


def test_a_folder_that_is_run_twice_would_be_noticed(files, told):
    assert "tests/journeys/test_by_keyboard.py" in tried_twice_or_never(files, [*told, "tests"])
