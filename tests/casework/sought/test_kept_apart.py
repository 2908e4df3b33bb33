"""Nobody alive is laid beside a report of a country that one of the two is to be kept from.

Gloria coordinates in Guatemala and keeps somebody alive. Lidia's committee in Honduras keeps a
report that is open to forensic services; Gloria keeps another herself.
"""

import pytest
import sqlalchemy as sa

from casework.candidates import apart
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.sought import running
from casework.sought.model import LivingPairing
from casework.sought.queries import list_sought
from casework.sought.running import remove_closed, weigh_living
from privacy.permissions import KEEPER, MATCHER
from tests.casework.sought.alike import alive, sought

FOR_ALL = [("circumstances", "search", "forensic"), ("antemortem", "search", "forensic")]
COUNTRIES = {"theirs": ({"GT"}, ()), "of who lives": ((), {"HN"})}
eachway = pytest.mark.parametrize(
    ("of_person", "of_living"), COUNTRIES.values(), ids=list(COUNTRIES)
)


@pytest.fixture
def enter(database, lidia, gloria):
    """Enter who lives, Lidia's report and Gloria's: all alike."""

    def enter(of_person=(), of_living=(), grants=FOR_ALL):
        with database.transaction(KEEPER) as session:
            one = alive(session, gloria, country_restrictions=list(of_living))
            hers, own = (
                sought(session, each, grants=grants, country_restrictions=list(kept_from))
                for each, kept_from in ((lidia, of_person), (gloria, ()))
            )
            return one.id, hers.id, own.id

    return enter


def proposed(database, viewer=MATCHER):
    """Ask the database, without any of our conditions, whom somebody may be looking for."""
    with database.transaction(viewer) as session:
        asked = session.connection()
        found = asked.exec_driver_sql("SELECT missing_person_id FROM living_pairing")
        return {row[0] for row in found}


def blinded(database, viewer):
    with database.transaction(viewer) as session:
        asked = session.connection()
        found = asked.exec_driver_sql("SELECT missing_id FROM blinded_living_pairings()")
        return {row[0] for row in found}


def shown(database, viewer, at):
    with database.transaction(viewer) as session:
        return {each.person.id for each in list_sought(session, viewer, at=at)}


def keep_apart(database, one, hers, of_person, of_living):
    with database.transaction(KEEPER) as session:
        session.get_one(MissingPerson, hers).country_restrictions = list(of_person)
        session.get_one(LivingPerson, one).country_restrictions = list(of_living)


def plant(database, one, hers):
    """Put a proposal down that no weighing would, as one that was just writing might."""
    with database.transaction(MATCHER) as session:
        session.add(
            LivingPairing(
                missing_person_id=hers, living_person_id=one, model="missing-living-2026.1",
                log10_lr=5.0, posterior=0.5, prior=1e-3, weights={},
                first_proposed_at=sa.func.now(), weighed_at=sa.func.now(),
            )
        )  # fmt: skip


def agree(database, one, hers):
    with database.transaction(KEEPER) as session:
        session.execute(
            sa.text(
                "INSERT INTO living_pairing_decision"
                " (case_id, seal_id, missing_person_id, decision, decided_by, decided_at)"
                " VALUES (:alive, gen_random_uuid(), :person, 'agreed', 0, now())"
            ),
            {"alive": one, "person": hers},
        )


def told(database, viewer, person):
    with database.transaction(viewer) as session:
        asked = sa.func.agreed_living(person).table_valued("institution_id")
        return session.execute(sa.select(asked)).all()


def test_without_such_a_country_they_meet(database, enter, gloria, noon):
    _, hers, own = enter()

    weigh_living(database, noon)

    assert proposed(database) == {hers, own}
    assert shown(database, gloria, noon) == {hers, own}


@eachway
def test_a_weighing_lays_nobody_beside_whom_they_are_kept_from(
    database, enter, noon, of_person, of_living
):
    _, _, own = enter(of_person, of_living)

    weigh_living(database, noon)

    assert proposed(database) == {own}


@eachway
def test_what_was_written_meanwhile_is_shown_to_nobody_and_taken_out(
    database, enter, gloria, lidia, noon, of_person, of_living
):
    one, hers, own = enter()
    weigh_living(database, noon)
    agree(database, one, hers)
    assert told(database, lidia, hers)

    keep_apart(database, one, hers, of_person, of_living)
    ended = proposed(database)
    plant(database, one, hers)

    assert ended == {own}
    assert proposed(database) == {hers, own}
    assert proposed(database, gloria) == shown(database, gloria, noon) == {own}
    assert blinded(database, gloria) == set()
    assert told(database, lidia, hers) == []
    with database.transaction(MATCHER) as session:
        remove_closed(session)
    assert proposed(database) == {own}


def test_one_that_is_blinded_ends_alike(database, enter, gloria, noon):
    one, hers, _ = enter(grants=[("antemortem", "search", "forensic")])
    weigh_living(database, noon)
    before = blinded(database, gloria)

    keep_apart(database, one, hers, {"GT"}, ())
    plant(database, one, hers)

    assert before == {hers}
    assert blinded(database, gloria) == set()


def test_a_weighing_that_forgot_would_be_noticed_and_its_rows_taken_out(
    database, enter, noon, monkeypatch
):
    _, hers, own = enter({"GT"})
    monkeypatch.setattr(apart, "are_apart", lambda *_: False)

    with monkeypatch.context() as forgotten:
        forgotten.setattr(running, "remove_closed", lambda _session: None)
        weigh_living(database, noon)
    written = proposed(database)
    weigh_living(database, noon)

    assert written == {hers, own}
    assert proposed(database) == {own}
