"""The same form sent twice makes one record, also when both arrive at once."""

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from casework.contacts.model import ContactEntry, ContactPoint
from casework.desk.model import OfficeMessage, OfficeRequest
from casework.families.model import Relative
from casework.groups.model import TravelGroup
from casework.imports.model import ImportRun
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.rights.model import RightsRequest
from casework.samples.model import RemainsSample
from casework.signin.model import SentSheet
from casework.signin.sheets import note_sent, where_it_led
from casework.sites.actions import Working, enter_site
from casework.sites.model import Site, SiteGrave, SiteKind
from casework.sites.rules import SiteDraft
from tests.architecture.the_code import Source, sources
from tests.builders import a_missing_person, a_relative, remains_found

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


def rows(database, viewer, model):
    """Count rows; one viewer's are enough, whoever else wrote nothing."""
    with database.transaction(viewer) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def twice(browser, page, to, typed, **again):
    """Fill in the form of a page once and send it twice; say where each led."""
    form = dict(FIELD.findall(browser.get(page).text)) | typed
    return [
        browser.post(to, data=form | changed, follow_redirects=False).headers["location"]
        for changed in ({}, again)
    ]


@pytest.fixture
def of_families(database, lidia, carlos):
    """What a liaison writes, the page of each form, where it goes, and what is on it."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False)
        relative, reference = a_relative(session, person).id, person.reference
    family, day = f"/missing/{reference}/family", "2026-03-09"
    asked = {"to": str(carlos.institution_id), "kind": "record", "about": reference}
    of_rights = {"about": reference, "kind": "access", "asker": "person", "received_on": day}
    return {
        Relative: (
            f"/missing/{reference}/consents",
            f"/missing/{reference}/relatives",
            {"name": "Alba Inventada", "kinship": "sibling"},
        ),
        OfficeRequest: ("/desk/new", "/desk/new", asked | {"due_on": day, "words": "¿Viene?"}),
        ContactEntry: (
            f"{family}?relative={relative}",
            f"{family}/{relative}/contacts",
            {"next_on": day, "outcome": "spoke"},
        ),
        ContactPoint: (
            f"{family}/{relative}/point",
            f"{family}/{relative}/point",
            {"kind": "phone", "value": "5550100"},
        ),
        RightsRequest: (
            "/rights/new",
            "/rights/new",
            of_rights | {"identity_proof": "document_seen"},
        ),
        TravelGroup: ("/groups", "/groups", {"kind": "boat", "told_by": "relative"}),
    }


@pytest.fixture
def of_remains(database, bruno, noon):
    """What an examiner writes, as above."""
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno)
        yard = SiteDraft(kind=SiteKind.CEMETERY, name="Panteón Inventado", country="MX")
        site = f"/sites/{enter_site(Working(session, bruno, noon), yard).reference}"
        samples = f"/remains/{found.reference}/samples"
    place = {"kind": "clandestine_grave", "name": "Llano de prueba", "country": "MX"}
    return {
        RemainsSample: (samples, samples, {"kind": "bone", "element": "fémur izquierdo"}),
        Site: ("/sites/new", "/sites/new", place),
        SiteGrave: (site, f"{site}/graves", {"kind": "grave", "number": "7"}),
    }


@pytest.mark.parametrize(("who", "forms"), [("lidia", "of_families"), ("bruno", "of_remains")])
def test_what_is_written_many_times_a_day_is_written_once_too(
    request, signed_in, database, viewers, who, forms
):
    browser = signed_in(who)
    written = request.getfixturevalue(forms)

    for model, form in written.items():
        before = rows(database, viewers[who], model)
        first, again = twice(browser, *form)
        made = rows(database, viewers[who], model) - before

        assert (model.__name__, made, again) == (model.__name__, 1, first)


def test_a_message_sent_again_is_written_once(signed_in, of_families, database, lidia):
    browser = signed_in("lidia")
    thread = twice(browser, *of_families[OfficeRequest])[0].partition("?")[0]

    twice(browser, thread, thread, {"words": "Y una cosa más."})

    assert rows(database, lidia, OfficeMessage) == 1


def test_what_was_changed_since_is_another_form(signed_in, of_remains, database, bruno):
    browser = signed_in("bruno")

    twice(browser, *of_remains[SiteGrave], number="8")

    assert rows(database, bruno, SiteGrave) == 2


def test_the_same_file_sent_again_is_taken_in_once_and_another_file_beside_it(
    signed_in, database, bruno
):
    browser = signed_in("bruno")
    form = dict(FIELD.findall(browser.get("/imports").text)) | {"profile": "plain-missing"}

    head = "record_id,sex,last_contact_from"
    one, other = (f"{head}\np{each},male,2024-05-02\n".encode() for each in (1, 2))

    for content in (one, one, other):
        browser.post("/imports", data=form, files={"file": ("lista.csv", content)})

    assert rows(database, bruno, ImportRun) == 2


def test_nobody_reads_where_a_form_of_somebody_else_led(
    signed_in, of_remains, database, bruno, lidia
):
    twice(signed_in("bruno"), *of_remains[Site])

    assert rows(database, bruno, SentSheet) == 1
    assert rows(database, lidia, SentSheet) == 0


def test_what_was_sent_days_ago_is_forgotten(database, bruno, noon):
    old, new = UUID(int=1), UUID(int=2)
    with database.transaction(bruno) as session:
        note_sent(session, bruno, old, "/sites", at=noon - timedelta(days=3))
        note_sent(session, bruno, new, "/sites", at=noon)

        assert (where_it_led(session, old), where_it_led(session, new)) == (None, "/sites")


def redirecting(source):
    """Name each function that answers a form by leading on past `visit.leads_to`."""
    return [
        f"{source.path}:{each.name}"
        for each in source.functions()
        if "RedirectResponse(" in ast.unparse(each)
        and any(".post(" in ast.unparse(deed) for deed in each.decorator_list)
    ]


# What may be sent twice: it sets what is so already, or its record knows its own sheet.
MAY_BE_SENT_AGAIN = {
    "record_remains", "register_living", "take_report",  # `entered_before`
    "read_notice", "mark_all_seen",  # what is seen is seen
    "save_search", "forget_search",  # one of the same name is replaced
    "set_line", "revoke", "note_message",  # as it is said now
}  # fmt: skip


def test_every_form_that_writes_leads_on_by_its_sheet():
    planted = Source("planted.py", '@r.post("/x")\ndef grow(): return RedirectResponse("/")')
    pages = [each for each in sources("casework") if "/signin/" not in each.path]
    past = [name for each in pages for name in redirecting(each)]

    assert redirecting(planted) == ["planted.py:grow"]
    # At the door nothing is written but what is replaced, or asked twice over.
    assert {name.partition(":")[2] for name in past} - {"enter_as"} == MAY_BE_SENT_AGAIN
