"""The same form sent twice makes one record, also when both arrive at once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.remains.model import Remains

FIELD = re.compile(r'name="(form_token|sheet)" value="([^"]+)"')
REGISTERS = {
    "missing": (
        MissingPerson,
        "lidia",
        {"nickname": "el Chepe inventado", "consent": "granted"},
    ),
    "remains": (Remains, "bruno", {"post_mortem_number": "PM-INVENTADO-7"}),
    "living": (
        LivingPerson,
        "lidia",
        {"given_names": "Cama 7", "where_seen": "hospital", "host": "Hospital Inventado"},
    ),
}


@pytest.fixture(params=REGISTERS)
def filled_in(request, signed_in, viewers, database):
    """A form ready to be sent, and how many records there are of its kind."""
    kind, name, typed = REGISTERS[request.param]
    browser = signed_in(name)
    address = f"/{request.param}/new"
    form = dict(FIELD.findall(browser.get(address).text)) | typed

    def send(**changed):
        return browser.post(address, data=form | changed, follow_redirects=False)

    def count():
        with database.transaction(viewers[name]) as session:
            return session.scalar(sa.select(sa.func.count(kind.id)))

    return send, count


def test_a_form_sent_again_leads_to_the_record_it_made(filled_in):
    send, count = filled_in

    first, again = send(), send()

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert count() == 1


def test_a_form_sent_twice_at_once_makes_one_record(filled_in):
    send, count = filled_in

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda _: send(), range(2)))

    assert len({each.headers["location"] for each in answers}) == 1
    assert count() == 1


def test_another_sheet_makes_another_record(filled_in):
    send, count = filled_in

    send()
    send(sheet="7f0c1a52-5f0e-4f0e-9a53-0d8a3c0a7b11")

    assert count() == 2
