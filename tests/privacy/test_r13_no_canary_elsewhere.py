"""r13: notices, warnings, errors and validation tell nothing of what is hidden.

Every GET address is asked by everybody who may not read a group; none of its canary words may
stand in any answer, whatever its status. The forms have a file of their own,
`test_r13_forms_tell_nothing.py`.
"""

import re

import pytest

from privacy.model import Reveals
from privacy.permissions import KEEPER
from tests.builders import remains_found
from tests.casework.canaries import ALL_CANARIES, CANARIES, REFERENCE, a_canary
from tests.casework.walking import addresses

READS_CIRCUMSTANCES = {"amal", "bruno", "gloria"}
READS_NOTHING = {"carlos", "cora", "ana", "admin"}
CLOSED = [
    word
    for group in (Reveals.IDENTITY, Reveals.CONTACT, Reveals.BODY)
    for word in CANARIES[group]
]
WRONG = (
    "/missing?page=0&q=Nombrenario",
    "/missing?seen_from=ayer",
    "/missing?nationality=Apellidonario-es-demasiado-largo",
    f"/missing/{REFERENCE}/nada",
    f"/missing/{REFERENCE.lower()}",
    f"/api/v1/missing/{REFERENCE}'",
    "/pairings?least=Senanaria",
)
# What a person typed comes back to them; that is no leak.
ECHOES = re.compile(r'(value|name="q" value)="[^"]*"|<title>[^<]*</title>|next=[^"&]*')


@pytest.fixture
def somebody(database, lidia, bruno):
    """A person of whom forensic institutions may read the circumstances only."""
    with database.transaction(KEEPER) as session:
        a_canary(session, lidia, grants=[(Reveals.CIRCUMSTANCE, "search", "forensic")])
        remains_found(session, bruno)


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize("name", sorted(READS_CIRCUMSTANCES | READS_NOTHING))
def test_r13_no_address_tells_a_word_of_what_is_closed(app, signed_in, name):
    browser = signed_in(name)
    hidden = CLOSED if name in READS_CIRCUMSTANCES else ALL_CANARIES

    told = {
        address: words
        for address in [*addresses(app, {"reference": [REFERENCE]}, fallback=[1]), *WRONG]
        if (words := words_in(browser.get(address, follow_redirects=False), hidden))
    }

    assert told == {}


@pytest.mark.usefixtures("somebody")
def test_r13_a_word_that_is_told_would_be_noticed(app, signed_in):
    browser = signed_in("lidia")

    told = {
        word
        for address in addresses(app, {"reference": [REFERENCE]}, fallback=[1])
        for word in words_in(browser.get(address, follow_redirects=False), ALL_CANARIES)
    }

    assert told == set(ALL_CANARIES)


@pytest.mark.usefixtures("somebody")
def test_r13_an_error_does_not_quote_what_was_asked_about(signed_in):
    browser = signed_in("carlos")

    for address in WRONG:
        answer = browser.get(address)
        assert answer.status_code in {200, 403, 404, 422}
        assert words_in(answer, ALL_CANARIES) == []


def words_in(answer, hidden):
    """List the hidden words in an answer, its headers too, without what the asker typed."""
    text = ECHOES.sub("", answer.text) + str(dict(answer.headers))
    return [word for word in hidden if word in text]
