"""Our own rules for semgrep: each one is broken once, and each is kept by the whole code."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEMGREP = ROOT / ".venv-tools" / "bin" / "semgrep"
BANDIT = ROOT / ".venv-tools" / "bin" / "bandit"

# Rule → where a careless hand would break it, and how.
PLANTED = {
    "people-are-not-drawn-by-chance": ("privacy/a.py", "import random\n"),
    "secrets-are-compared-in-constant-time": (
        "casework/signin/b.py",
        "def same(row, given):\n    return row.form_token == given\n",
    ),
    "no-weak-hash": ("privacy/c.py", "import hashlib\nhashlib.md5(b'x')\n"),
    "sealing-is-authenticated": (
        "privacy/d.py",
        "from cryptography.hazmat.primitives.ciphers import modes\nmodes.CBC(b'0' * 16)\n",
    ),
    "sealing-binds-its-place": (
        "privacy/e.py",
        "def seal(cipher, nonce, clear):\n    return cipher.encrypt(nonce, clear, None)\n",
    ),
    "certificates-are-checked": (
        "privacy/f.py",
        "import httpx\nhttpx.get('https://vault.invalid', verify=False)\n",
    ),
    "tokens-name-their-algorithm": (
        "casework/signin/g.py",
        "from joserfc import jwt\njwt.decode(token, key)\n",
    ),
    "no-name-in-the-log": (
        "casework/missing/h.py",
        "import logging\nlogging.getLogger('reunir').exception('no')\n",
    ),
    "whoever-asks-is-told-by-the-session": (
        "casework/missing/i.py",
        "import sqlalchemy as sa\nsa.func.set_config('reunir.role', 'engine', False)\n",
    ),
    "nobody-goes-round-the-session": (
        "casework/missing/m.py",
        "def around(session, statement):\n    return session.connection().execute(statement)\n",
    ),
    "nothing-is-run-by-a-shell": (
        "casework/j.py",
        "import subprocess\nsubprocess.run('ls', shell=True)\n",
    ),
    "nothing-is-unpickled": ("casework/k.py", "import pickle\npickle.loads(b'')\n"),
    "words-are-escaped": ("casework/templates/l.html", "<p>{{ name | safe }}</p>\n"),
}


def broken_rules(folder):
    """Run semgrep as `make check` does, over a folder; give the rules it found broken."""
    run = subprocess.run(
        [
            *(str(SEMGREP), "scan", "--metrics", "off", "--disable-version-check"),
            *("--quiet", "--json", "--no-git-ignore", "--config", "rules.yml", "."),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    assert found["errors"] == []
    return {(each["check_id"].rsplit(".", 1)[-1], each["path"]) for each in found["results"]}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / ".ci" / "rules.yml", folder / "rules.yml")
    for path, text in PLANTED.values():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def test_each_rule_is_broken_by_its_planted_fault_and_by_no_other(planted):
    assert broken_rules(planted) == {(rule, path) for rule, (path, _) in PLANTED.items()}


def test_every_rule_has_a_planted_fault():
    written = (ROOT / ".ci" / "rules.yml").read_text()
    rules = {line.split(":", 1)[1].strip() for line in written.splitlines() if "- id:" in line}

    assert rules == set(PLANTED)


def test_bandit_finds_a_planted_mistake(tmp_path):
    (tmp_path / "careless.py").write_text(
        "import pickle, sys\npickle.loads(sys.stdin.buffer.read())\n"
    )

    run = subprocess.run(
        [str(BANDIT), "--quiet", "--severity-level", "medium", "--recursive", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "B301" in run.stdout
