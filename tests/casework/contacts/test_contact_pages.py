"""An officer reaches a family safely, logs what was said, and keeps what was promised."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.contacts import queries
from casework.contacts.model import ContactAgreement, ContactEntry, ContactPoint
from casework.retention.erasing import erase
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import StillSealed
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, a_relative

NUMBER = "+504 9999 0000"
# A Monday, noon UTC: six in the morning in Honduras.
TODAY = "2026-03-09"


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text).group(1)


@pytest.fixture
def mother(database, lidia):
    with database.transaction(lidia) as session:
        return a_relative(session, a_missing_person(session, lidia, protected=False))


@pytest.fixture
def family(database, lidia, mother, signed_in):
    """Her mother's page, and what may be sent from it."""
    with database.transaction(lidia) as session:
        reference = session.get(type(mother), mother.id).case.reference
    client = signed_in("lidia")
    here = f"/missing/{reference}/family"

    class Page:
        address = f"{here}?relative={mother.id}"
        consents = f"/missing/{reference}/consents"

        def read(self, part=""):
            return client.get(f"{here}/{mother.id}/{part}" if part else self.address).text

        def send(self, part, **form):
            token = token_of(client.get(self.address))
            return client.post(f"{here}/{mother.id}/{part}", data={"form_token": token, **form})

        def promises(self):
            return client.get("/promises").text

    return Page()


def kept(database, model):
    with database.transaction(KEEPER) as session:
        return session.scalars(sa.select(model).order_by(model.id)).all()


def test_what_not_to_say_and_the_hours_stand_before_the_number(family):
    family.send(
        "point",
        kind="phone",
        value=NUMBER,
        safe_to_call="yes",
        do_not_say="que se trata de su hija",
        days_1=["1", "2"],
        from_1="9:00",
        to_1="12:00",
    )

    page = family.read()
    # At six in the morning of a Monday, where she lives.
    warning, hours = page.index("que se trata de su hija"), page.index("Todavía no llame")
    assert warning < hours < page.index("<summary>Mostrar cómo llegar") < page.index(NUMBER)


def test_from_a_call_what_the_family_agreed_to_is_one_press_away(family):
    assert f'href="{family.consents}"' in family.read()


def test_no_number_stands_in_the_list_of_promises(family):
    family.send("point", kind="phone", value=NUMBER, do_not_say="nada del viaje")
    family.send("contacts", outcome="spoke", next_on="2026-03-20")

    listed = family.promises()

    assert "nada del viaje" in listed
    assert NUMBER not in listed


def test_a_changed_number_leaves_what_stood_before(family, database):
    family.send("point", kind="phone", value=NUMBER)
    (first,) = kept(database, ContactPoint)

    family.send(f"point?changes={first.id}", kind="whatsapp", value="+504 1111 2222")
    again = family.send(f"point?changes={first.id}", kind="phone", value="+504 3333 4444")

    assert again.status_code == 404  # who changes what was changed meanwhile is told
    assert [each.replaces_id for each in kept(database, ContactPoint)] == [None, first.id]
    assert "Lo que ya no vale: 1" in family.read()


def test_hours_that_end_before_they_begin_are_asked_again(family, database):
    answer = family.send("point", kind="phone", value=NUMBER, from_1="12:00", to_1="9:00")

    assert answer.status_code == 422
    assert kept(database, ContactPoint) == []


def test_one_press_logs_a_call_keeps_the_promise_and_sets_the_next(family, database):
    family.send("contacts", outcome="spoke", next_on="2026-03-10")
    (first,) = kept(database, ContactEntry)
    assert f'name="keeps" value="{first.id}" checked' in family.read()

    family.send("contacts", outcome="spoke", next_on="2026-04-08", keeps=[first.id])

    (_, second) = kept(database, ContactEntry)
    assert second.keeps == [first.id]
    assert "8 de abril de 2026" in family.promises()
    assert "10 de marzo de 2026" not in family.promises()


def test_a_call_that_nobody_answered_keeps_no_promise(family, database):
    family.send("contacts", outcome="spoke", next_on="2026-03-10")
    (first,) = kept(database, ContactEntry)

    family.send("contacts", outcome="no_answer", next_on="2026-04-08", keeps=[first.id])

    (_, attempt) = kept(database, ContactEntry)
    assert (attempt.keeps, attempt.promised_by) == ([], None)
    assert "10 de marzo de 2026" in family.promises()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"content_class": "candidate"}, "mientras una coordinación no la libere"),
        ({"next_on": "2026-03-01"}, "un día que ya pasó"),
        ({"happened": "2026-03-12"}, "está anotado en el futuro"),
    ],
)
def test_what_may_not_be_logged_is_refused_and_what_was_typed_stays(
    family, database, typed, sentence
):
    answer = family.send(
        "contacts", **({"outcome": "spoke", "said": "Está bien de salud."} | typed)
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Está bien de salud." in answer.text
    assert kept(database, ContactEntry) == []


def test_the_database_itself_holds_no_candidate(database, lidia, mother, noon):
    with (
        pytest.raises(sa.exc.IntegrityError, match="no_candidate_is_told"),
        database.transaction(lidia) as session,
    ):
        session.add(an_entry(session, mother, noon, content_class="candidate"))


def an_entry(session, mother, at, **stated):
    usual = {
        "case": session.get(type(mother), mother.id).case,
        "relative_id": mother.id,
        "happened_at": at,
        "direction": "to_family",
        "channel": "phone",
        "content_class": "routine_update",
        "outcome": "spoke",
        "recorded_at": at,
        "recorded_by": 0,
    }
    return ContactEntry(**(usual | stated))


def test_promises_are_counted_by_when_they_fall_due(database, lidia, mother, noon):
    with database.transaction(lidia) as session:
        for days in (-40, -1, 0, 3, 30):
            by = (noon + timedelta(days=days)).date()
            session.add(an_entry(session, mother, noon, promised_by=by))
        session.flush()

        due = queries.count_due(session, lidia, at=noon)

    assert (due.overdue, due.today, due.soon) == (2, 1, 1)


def test_nobody_else_reads_or_writes_how_to_reach_a_family(database, viewers, mother):
    with database.transaction(KEEPER) as session:
        session.add(an_entry(session, mother, mother.entered_at, said="hablamos"))
        session.add(ContactPoint(**a_bare_point(mother)))

    for name in ("bruno", "amal", "gloria", "carlos", "ana", "dora", "admin"):
        with database.transaction(viewers[name]) as session:
            assert session.scalars(sa.select(ContactEntry)).all() == [], name
            assert session.scalars(sa.select(ContactPoint)).all() == [], name
        with (
            pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
            database.transaction(viewers[name]) as session,
        ):
            session.execute(sa.insert(ContactPoint).values(**a_bare_point(mother)))


def a_bare_point(mother):
    return {
        "missing_person_id": mother.missing_person_id,
        "relative_id": mother.id,
        "kind": "phone",
        "entered_at": mother.entered_at,
        "entered_by": 0,
    }


def test_what_was_logged_is_never_changed(database, lidia, mother, noon):
    with database.transaction(lidia) as session:
        session.add(an_entry(session, mother, noon, said="hablamos"))

    for change in (sa.update(ContactEntry).values(said_sealed=None), sa.delete(ContactEntry)):
        with database.transaction(lidia) as session:
            session.execute(change)
    (entry,) = kept(database, ContactEntry)
    assert entry.said_sealed is not None
    with pytest.raises(StillSealed):
        _ = entry.said


def test_erasing_a_file_takes_its_contacts_with_it(database, lidia, family, mother, noon):
    family.send("point", kind="phone", value=NUMBER)
    family.send("contacts", outcome="spoke", next_on="2026-03-20", said="hablamos")

    with database.transaction(lidia) as session:
        person = session.get(type(mother), mother.id).case
        erase(session, lidia, person, basis="test", at=noon)

    assert kept(database, ContactPoint) == []
    assert kept(database, ContactEntry) == []


def test_each_deed_stands_in_the_log(family, database, dora):
    family.send("point", kind="phone", value=NUMBER)
    family.send("agreement", channel="phone", interval_days="14", literacy="does_not_read")
    family.send("contacts", outcome="spoke", next_on="2026-03-20")
    family.promises()

    with database.transaction(dora) as session:
        deeds = set(session.scalars(sa.select(Entry.deed)))
    assert deeds >= {
        Deed.FAMILY_READ,
        Deed.CONTACT_POINT_KEPT,
        Deed.CONTACT_AGREED,
        Deed.CONTACT_LOGGED,
        Deed.PROMISES_LISTED,
    }


def test_a_language_is_shown_by_its_name_and_kept_by_its_code(family, database):
    assert re.search('name="language"[^>]*value="Español"', family.read("agreement"))

    family.send("agreement", interval_days="14", language="kreyòl")

    assert [each.language for each in kept(database, ContactAgreement)] == ["ht"]
    assert re.search('name="language"[^>]*value="Kreyòl"', family.read("agreement"))


def test_the_agreed_interval_proposes_the_next_day(family):
    family.send("agreement", interval_days="14")

    assert 'name="next_on" type="date" value="2026-03-23"' in family.read()
