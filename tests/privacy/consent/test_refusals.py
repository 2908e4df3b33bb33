"""A no closes what the same giver granted before, for everybody whom both reach."""

import random

import pytest
import sqlalchemy as sa

from casework.missing.queries import readable_missing
from privacy.consent.ledger import Case, Giver, Item, Said, Told, grant, refuse
from privacy.consent.model import Consent, ConsentPurpose, DataCategory
from privacy.door import recheck
from privacy.permissions import Permission
from tests.builders import EXPIRES, a_missing_person, a_relative

TOLD = Told(form_version="2026.1", language="es")
WORLDS = 40


def about(recipient):
    return Item(DataCategory.CIRCUMSTANCES, ConsentPurpose.SEARCH, recipient)


@pytest.fixture
def reached(viewers):
    """Who stands behind each recipient: written down here by hand, not asked of the code."""
    amal, gloria, carlos = (viewers[name] for name in ("amal", "gloria", "carlos"))
    return {
        "forensic": {"amal", "gloria"},
        "forensic:MX": {"amal"},
        "forensic:GT": {"gloria"},
        f"institution:{amal.institution_id}": {"amal"},
        f"institution:{gloria.institution_id}": {"gloria"},
        "consulate:HN": {"carlos"},
        f"institution:{carlos.institution_id}": {"carlos"},
    }


def say(session, viewer, person, relative, recipient, *, at, yes):
    case = Case(person.id, person.reference, person.owner_institution_id, person.protected)
    said = Said(case, Giver(relative.id), [about(recipient)], EXPIRES if yes else None)
    (grant if yes else refuse)(session, viewer, said, TOLD, at=at)


def a_world(session, viewer, rng, recipients, *, at):
    """Let two relatives of somebody say yes and no in turn; give what was said, in order."""
    person = a_missing_person(session, viewer, protected=False, grants=[])
    givers = [a_relative(session, person) for _ in range(2)]
    said = [
        (rng.randrange(2), rng.choice(recipients), rng.random() < 0.6)
        for _ in range(rng.randint(1, 6))
    ]
    for who, recipient, yes in said:
        say(session, viewer, person, givers[who], recipient, at=at, yes=yes)
    return person.id, said


def opens(said, viewer, reached):
    """Say by the words alone whether somebody reads the file: a giver's last word counts."""
    last = {who: yes for who, recipient, yes in said if viewer in reached[recipient]}
    return any(last.values())


def seen_by_the_door(database, viewer, at):
    with database.transaction(viewer) as session:
        rows = session.scalars(readable_missing(viewer, at)).all()
        return {row.id for row in recheck(session, viewer, Permission.MISSING_READ, rows, at)}


def seen_by_the_database(database, viewer):
    with database.transaction(viewer) as session:
        return set(session.scalars(sa.text("SELECT id FROM missing_person")))


@pytest.fixture
def worlds(database, lidia, reached, noon):
    rng = random.Random(2026)  # noqa: S311 - worlds, no secrets
    with database.transaction(lidia) as session:
        return dict(
            a_world(session, lidia, rng, sorted(reached), at=noon) for _ in range(WORLDS)
        )


@pytest.mark.parametrize("name", ["amal", "gloria", "carlos"])
def test_r48_the_last_word_of_each_giver_is_what_counts(
    database, viewers, reached, worlds, noon, name
):
    truth = {case for case, said in worlds.items() if opens(said, name, reached)}

    assert seen_by_the_door(database, viewers[name], noon) == truth
    assert seen_by_the_database(database, viewers[name]) == truth
    # Shown to see: without refusals more would be open.
    yes_only = {
        case for case, said in worlds.items() if opens([s for s in said if s[2]], name, reached)
    }
    assert truth < yes_only


def test_r48_a_refusal_that_only_its_own_words_undo_would_be_noticed(
    database, server, viewers, reached, worlds, noon
):
    # The planted fault: the database forgets whom a refusal named.
    name = database.engine.url.database
    owner = sa.create_engine(server.url("postgres", name), isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(sa.text("ALTER TABLE consent DISABLE TRIGGER guards_closing"))
        connection.execute(sa.text("UPDATE consent SET closed_to = '{}'"))
    owner.dispose()
    truth = {case for case, said in worlds.items() if opens(said, "amal", reached)}

    assert truth < seen_by_the_door(database, viewers["amal"], noon)
    assert truth < seen_by_the_database(database, viewers["amal"])


def test_what_was_refused_cannot_be_opened_by_changing_the_grant(database, lidia, bruno, noon):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mother = a_relative(session, person)
        say(session, lidia, person, mother, "forensic", at=noon, yes=True)
        say(session, lidia, person, mother, "forensic:MX", at=noon, yes=False)

    with (
        pytest.raises(sa.exc.IntegrityError, match="a new consent only"),
        database.transaction(lidia) as session,
    ):
        session.execute(sa.update(Consent).values(closed_to=[]))

    assert person.id not in seen_by_the_door(database, bruno, noon)


def test_a_later_yes_opens_again(database, lidia, bruno, gloria, noon):
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, grants=[])
        mother = a_relative(session, person)
        for recipient, yes in (("forensic", True), ("forensic:MX", False)):
            say(session, lidia, person, mother, recipient, at=noon, yes=yes)
    assert person.id not in seen_by_the_door(database, bruno, noon)
    assert person.id in seen_by_the_door(database, gloria, noon)

    to_one = f"institution:{bruno.institution_id}"
    with database.transaction(lidia) as session:
        say(session, lidia, person, mother, to_one, at=noon, yes=True)

    assert person.id in seen_by_the_door(database, bruno, noon)
