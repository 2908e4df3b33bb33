"""What reunir is made of is pinned by hash; asking whether it is safe fails closed."""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock")
ONE_PACKAGE = "jinja2==3.1.6 --hash=sha256:" + "0" * 64 + "\n"
ADVISORY = {
    "id": "GHSA-planted-0001",
    "summary": "an advisory planted by this test",
    "details": "planted",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "versions": ["3.1.6"],
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}
            ],
        }
    ],
}


class Advisories(ThreadingHTTPServer):
    """A server of advisories that speaks OSV's protocol, on this machine."""

    answer: tuple[int, object] = (200, {})


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        status, body = self.server.answer
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def advisories():
    server = Advisories(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def audit(tmp_path):
    lock = tmp_path / "one.lock"
    lock.write_text(ONE_PACKAGE)

    def ask(port):
        return subprocess.run(
            [str(ROOT / ".ci" / "audit"), str(lock)],
            capture_output=True,
            text=True,
            check=False,
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(tmp_path),
                "AUDIT_SERVICE": f"--vulnerability-service osv --osv-url http://127.0.0.1:{port}/",
            },
        )

    return ask


def test_r55_the_dependency_audit_fails_closed_when_nobody_answers(audit):
    answer = audit(1)  # no server listens on port 1

    assert answer.returncode == 1
    assert "counts as unsafe" in answer.stderr


@pytest.mark.parametrize("broken", [(503, {}), (200, b"not json")])
def test_r55_the_dependency_audit_fails_closed_on_an_answer_that_says_nothing(
    audit, advisories, broken
):
    advisories.answer = broken

    assert audit(advisories.server_port).returncode == 1


def test_r55_the_dependency_audit_finds_a_planted_advisory(audit, advisories):
    advisories.answer = (200, {"vulns": [ADVISORY]})

    answer = audit(advisories.server_port)

    assert answer.returncode == 1
    assert "GHSA-planted-0001" in answer.stdout


def test_r55_the_dependency_audit_passes_what_is_answered_for(audit, advisories):
    advisories.answer = (200, {})

    answer = audit(advisories.server_port)

    assert answer.returncode == 0, answer.stderr


def unpinned(text):
    """Name requirements of a lock without a version or without a hash."""
    entries = text.replace("\\\n", " ").splitlines()
    return [
        entry.split()[0]
        for entry in entries
        if entry and not entry.lstrip().startswith("#")
        if "==" not in entry or "--hash=sha256:" not in entry
    ]


def test_a_planted_requirement_without_a_hash_is_caught():
    assert unpinned("jinja2==3.1.6\nflask \\\n    --hash=sha256:00\n") == [
        "jinja2==3.1.6",
        "flask",
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_pins_versions_and_hashes(lock):
    assert unpinned((ROOT / lock).read_text()) == []
