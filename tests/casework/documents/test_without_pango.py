"""A machine without Pango: everything but documents works, and says so.

The library is really out of reach: another process finds an empty file in its place.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from casework.signin.actions import let_in
from casework.signin.queries import find_account
from privacy.permissions import DOOR

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="hides the library from the loader of Linux"
)

ASKED_TWICE = """
from casework.documents.errors import DocumentsUnavailable
from casework.documents.paper import Paper
from casework.documents.pdf import documents_reason, make_pdf

try:
    make_pdf("<p>", paper=Paper.A4)
except DocumentsUnavailable as refusal:
    assert str(refusal) == documents_reason()
    print(refusal)
"""

ASKED_AT_ONCE = """
from threading import Barrier, Thread
from casework.documents.pdf import documents_reason

at_once = Barrier(8)
asking = [Thread(target=lambda: (at_once.wait(), documents_reason())) for _ in range(8)]
for each in asking:
    each.start()
for each in asking:
    each.join()
print("heard")
"""

VISIT = """
import sys
from starlette.testclient import TestClient
from casework.database import Database
from casework.web.app import create_app

url, token, proposal = sys.argv[1:]
with TestClient(create_app(Database(url)), base_url="http://127.0.0.1") as browser:
    browser.headers["accept-language"] = "es"
    browser.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")
    print(browser.get(proposal).status_code)
    answer = browser.get(proposal + "/sheet.pdf")
    print(answer.status_code, "Pango" in answer.text, "el navegador: dice lo" in answer.text)
    print(browser.get("/pairings/424242/sheet.pdf").status_code)
"""


@pytest.fixture
def without_pango(tmp_path):
    """Run some Python where the loader finds an empty file instead of Pango."""
    (tmp_path / "libpango-1.0.so.0").touch()

    def run(code, *arguments):
        ended = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run


def test_the_reason_says_what_to_install_and_that_the_rest_works(without_pango):
    said = without_pango(ASKED_TWICE)

    assert said.count("\n") == 1
    assert "Everything else works" in said
    assert "apt-get install libpango-1.0-0" in said


def test_many_who_ask_at_once_do_not_swallow_what_others_say(without_pango):
    assert without_pango(ASKED_AT_ONCE) == "heard\n"


def test_the_library_is_really_out_of_reach(without_pango):
    with pytest.raises(AssertionError, match="cannot load library"):
        without_pango("import weasyprint")


def test_pages_work_and_the_sheet_says_what_is_missing(without_pango, propose, database):
    url = database.engine.url.render_as_string(hide_password=False)
    proposal = f"/pairings/{propose().pairing.id}"

    with database.transaction(DOOR) as session:
        amal = find_account(session, "amal")
        token, _ = let_in(session, amal, at=datetime.now(UTC), second_factor=True)

    said = without_pango(VISIT, url, token, proposal)

    assert said.splitlines() == ["200", "503 True True", "404"]
