"""The same form sent twice makes one record, also when both arrive at once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from casework.contacts.model import ContactEntry
from casework.desk.model import OfficeMessage, OfficeRequest
from casework.families.model import Relative
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from tests.builders import a_missing_person, a_relative

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


@pytest.fixture
def forms_of_a_day(signed_in, database, lidia, carlos):
    """What a liaison sends all day: the page of each form, where it goes, what it makes."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False)
        relative, reference = a_relative(session, person).id, person.reference
    family, day = f"/missing/{reference}/family", "2026-03-20"
    asked = {"to": str(carlos.institution_id), "kind": "record", "about": reference}
    browser = signed_in("lidia")

    def send(page, to, typed):
        form = dict(FIELD.findall(browser.get(page).text))
        return [
            browser.post(to, data=form | typed, follow_redirects=False).headers["location"]
            for _ in range(2)
        ]

    return send, [
        (
            Relative,
            f"/missing/{reference}/consents",
            f"/missing/{reference}/relatives",
            {"name": "Alba Inventada", "kinship": "sibling"},
        ),
        (OfficeRequest, "/desk/new", "/desk/new", asked | {"due_on": day, "words": "¿Viene?"}),
        (
            ContactEntry,
            f"{family}?relative={relative}",
            f"{family}/{relative}/contacts",
            {"next_on": day, "outcome": "spoke"},
        ),
    ]


def test_what_is_written_many_times_a_day_is_written_once_too(forms_of_a_day, database, lidia):
    send, forms = forms_of_a_day

    for model, page, to, typed in forms:
        with database.transaction(lidia) as session:
            before = session.scalar(sa.select(sa.func.count(model.id)))
        first, again = send(page, to, typed)
        with database.transaction(lidia) as session:
            made = session.scalar(sa.select(sa.func.count(model.id))) - before

        assert (model.__name__, made, again) == (model.__name__, 1, first)


def test_a_message_sent_again_is_written_once(forms_of_a_day, database, lidia):
    send, (_, (_, page, to, typed), _) = forms_of_a_day
    thread = send(page, to, typed)[0].partition("?")[0]

    send(thread, thread, {"words": "Y una cosa más."})

    with database.transaction(lidia) as session:
        assert session.scalar(sa.select(sa.func.count(OfficeMessage.id))) == 1
