"""Whatever people do: nobody is named around the gate, and nobody reads early."""

from collections import Counter
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from casework.review.model import Conclusion, Verdict
from casework.signin.actions import add_account
from casework.signin.model import Institution, InstitutionKind
from casework.signin.queries import viewer_of
from privacy.permissions import Purpose, Role
from tests.casework.identifications.forged_deeds import DeedsPastThePages
from tests.casework.identifications.random_deeds import FAMILY_SIDE, FORENSIC
from tests.casework.review.conftest import pair, staff  # noqa: F401 - used as fixtures
from tests.conftest import ADMINISTRATOR

MORE = {
    "fabio": ("gloria", Role.FORENSIC_EXAMINER),
    "ofelia": ("bruno", Role.FORENSIC_COORDINATOR),
    "lola": ("gloria", Role.LIAISON_OFFICER),
}


@pytest.fixture
def walk(database, server, pair, staff, viewers, noon):  # noqa: F811
    """Give the walk of random deeds in a world of its own."""
    del pair  # its proposal is the pattern of the others
    with database.transaction(ADMINISTRATOR) as session:
        # An institution whose people speak with families, and examine too.
        of_gloria = session.get(Institution, viewers["gloria"].institution_id)
        of_gloria.kind = InstitutionKind.PROSECUTOR
        session.flush()
        more = {
            name: viewer_of(
                add_account(
                    session,
                    ADMINISTRATOR,
                    session.get(Institution, viewers[of].institution_id),
                    sign_in_name=name,
                    display_name=name.capitalize(),
                    role=role,
                    at=noon,
                )
            )
            for name, (of, role) in MORE.items()
        }
    everybody = {
        name: replace(each, second_factor=True, stepped_up=True)
        for name, each in {**viewers, **staff, **more}.items()
    }
    for name in FORENSIC:
        everybody[name] = replace(everybody[name], purpose=Purpose.IDENTIFY)
    owner = sa.create_engine(server.url("postgres", database.engine.url.database))

    class Walk(DeedsPastThePages):
        pass

    Walk.database, Walk.owner, Walk.noon, Walk.people = database, owner, noon, everybody
    Walk.done = Counter()
    assert set(FAMILY_SIDE) <= set(everybody)
    yield Walk
    owner.dispose()


def walked(walk, walks, deeds, **more):
    """Let it walk so many times so many steps; a walk that fails is told whole."""
    told = settings(
        max_examples=walks,
        stateful_step_count=deeds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **more,
    )
    run_state_machine_as_test(walk, settings=told)
    return walk.done


def test_random_deeds_never_name_anybody_around_the_gate(walk):
    done = walked(walk, 5, 12, derandomize=True)

    assert done["tried"] > 60  # every step is a deed, or several


def test_the_walk_reaches_a_name_where_all_is_done_as_it_should_be(walk):
    """A walk that never came through the gate would say nothing of it."""
    one = walk()
    one.begin()
    one.goes_the_whole_way(None, 3)
    one.nobody_is_named_around_the_gate()
    one.nobody_reads_an_opinion_early()
    one.no_family_reads_what_is_not_released()

    assert [walk.done[each] for each in ("identified", "released", "spoke first")] == [1, 1, 1]


FAULTS = {
    "ALTER POLICY reads ON opinion USING (true)": (
        "nobody_reads_an_opinion_early",
        lambda one: one.speaks("berta", Conclusion.SUPPORTS, Verdict.CONSISTENT),
    ),
    "DROP TRIGGER named_by_decision ON remains": (
        "nobody_is_named_around_the_gate",
        lambda one: one.forges_a_name("bruno"),
    ),
    "DROP TRIGGER embargo_holds ON missing_person": (
        "no_family_reads_what_is_not_released",
        lambda one: one.forges_a_death("gloria"),
    ),
}


def test_the_walk_sees_faults_that_are_planted(walk):
    one = walk()
    one.begin()
    one.sits("berta")
    for words, (promise, deed) in FAULTS.items():
        with walk.owner.begin() as connection:
            connection.execute(sa.text(words))
        deed(one)
        with pytest.raises(AssertionError):
            getattr(one, promise)()


REACHED = ("identified", "spoke first", "released", "take_seat", "close_board", "took back")


@pytest.mark.slow
@pytest.mark.parametrize("world", ["one world", "another world"])
def test_ten_thousand_random_deeds_never_name_anybody_around_the_gate(walk, world):
    """Five thousand in each of two worlds, which two cores walk at once.

    How many deeds a walk has room for, and which, is chance: it goes on until there were five
    thousand, and each that would be missed was done.
    """
    for _ in range(20):
        done = walked(walk, 10, 50)
        if done["tried"] >= 5_000 and all(done[each] for each in REACHED):
            break

    assert done["tried"] >= 5_000, world
    assert [each for each in REACHED if not done[each]] == []
