"""What must never enter the repository, looked for in every file that belongs to it."""

import re

from tests.architecture.the_code import ROOT, tracked_files

LARGEST = 2_000_000  # bytes; shipped samples are excerpts
# Files derived from the dead and the missing serve measurements on one machine, nothing else.
ABOUT_PEOPLE = re.compile(
    r"missing_descriptors|unidentified_descriptors|az_remains|pcome|usbp_foia|mmp_shifted"
    r"|alldata_full|names-dataset"
)
# Nobody can listen on port 9 of the loopback address: passwords for it are inventions.
# Some are broken by a bracket, so that this file does not contain what it looks for.
THIS_MACHINE = re.compile(r"/wor[k]/(main|shared)|/roo[t]/\.|/tm[p]/brief")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVAT[E] KEY-----|\bAKI[A][0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|://[^/\s:@{}<>]+:[^/\s:@{}<>]+@(?!127\.0\.0\.1:9/)"
)
UNMERGED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
REGISTRY = re.compile(r"^--(extra-)?index-url|^--find-links|https?://", re.MULTILINE)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".html",
    ".css",
    ".csv",
    ".json",
    ".po",
    ".cfg",
    ".txt",
    "",
}
# Written by others, with addresses of their own.
VENDORED = ("casework/web/static/vendor/",)


def misplaced(files, root):
    for path in files:
        name = path.relative_to(root).as_posix()
        if ABOUT_PEOPLE.search(name):
            yield f"{name}: derived from people's data"
        if path.stat().st_size > LARGEST:
            yield f"{name}: larger than an excerpt"
        if path.suffix not in TEXT or name.startswith(VENDORED):
            continue
        text = path.read_text("utf-8", errors="replace")
        if THIS_MACHINE.search(text):
            yield f"{name}: a path of one machine"
        if SECRETS.search(text):
            yield f"{name}: a secret"
        if UNMERGED.search(text):
            yield f"{name}: two versions of a passage"
        if name.endswith(".lock") and REGISTRY.search(text):
            yield f"{name}: the address of a package registry"


def test_planted_files_are_caught(tmp_path):
    planted = {
        "az_remains.csv": "a",
        "large.csv": "a" * (LARGEST + 1),
        "path.md": "see /wo" + "rk/shared/data",
        "key.txt": "-----BEGIN PRIV" + "ATE KEY-----",
        "settings.toml": "url = 'postgresql://app:" + "hunter2@server/reunir'",
        "unmerged.md": "<<<<<" + "<< HEAD",
        "requirements.lock": "--index-url x",
    }
    for name, text in planted.items():
        (tmp_path / name).write_text(text, "utf-8")

    found = {each.split(":")[0] for each in misplaced(sorted(tmp_path.iterdir()), tmp_path)}

    assert found == set(planted)


def test_nothing_in_the_repository_is_misplaced():
    assert list(misplaced(tracked_files(), ROOT)) == []


def test_the_migrations_folder_does_not_hide_the_library_of_its_name():
    assert not list((ROOT / "alembic").rglob("__init__.py"))


def test_both_locks_pin_every_package_by_hash():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text("utf-8")
        packages = re.findall(r"^[a-z0-9][^\s;]*==", text, re.MULTILINE)
        entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

        assert packages
        assert all("--hash=sha256:" in entry for entry in entries)
