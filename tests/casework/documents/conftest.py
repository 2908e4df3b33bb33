"""What the tests of documents share: a proposal to print, and a reader of what was printed."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.candidates.actions import request_matching
from casework.candidates.narrowing import Wanted
from casework.candidates.queries import list_proposals, measure
from casework.candidates.running import run_matching
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, remains_found


@pytest.fixture
def propose(database, bruno, noon):
    """Enter a pair that fits, weigh it, and give the proposal; `stated` is of the person."""

    def propose(*, invented=True, **stated):
        with database.transaction(KEEPER) as session:
            a_missing_person(session, bruno, invented=invented, **stated)
            remains_found(session, bruno, invented=invented)
        with database.transaction(bruno) as session:
            run_id = request_matching(session, bruno, at=noon).id
        run_matching(database, run_id, lambda: noon)
        with database.transaction(bruno) as session:
            measured = measure(session, bruno, Wanted(), at=noon)
            return list_proposals(session, bruno, measured, at=noon)[0]

    return propose


@pytest.fixture
def read_pdf():
    """Read the answer to a request for a document."""

    def read(answer):
        assert answer.status_code == 200, answer.text
        return PdfReader(BytesIO(answer.content))

    return read


@pytest.fixture
def words_of():
    """Give the words of one page on one line; lines break where the paper ends."""
    return lambda page: re.sub(r"\s+", " ", page.extract_text())
