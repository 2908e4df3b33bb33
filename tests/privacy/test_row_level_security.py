"""The second wall alone: raw SQL as the application's role, whatever the first wall thinks.

Worlds are drawn at random. The database may show less than the policies do, and never more.
"""

import random
import re
from dataclasses import replace
from itertools import product

import pytest
import sqlalchemy as sa

from casework.families.model import Notice, NoticeKind, Relative
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    PersonName,
)
from casework.models import metadata
from casework.remains.model import Remains
from privacy.door import groups_open
from privacy.model import Reveals
from privacy.permissions import KEEPER, MATCHER, PURPOSES, Permission, Purpose, Role
from privacy.policy import decide_many
from tests.builders import (
    ENTERED,
    a_missing_person,
    a_relative,
    grant_of,
    remains_found,
)
from tests.privacy.may_change_who_asks import MAY_CHANGE_WHO_ASKS

CATEGORIES = ("circumstances", "identity", "antemortem", "contact")
USES = ("search", "identify", "notify")
TO = ("forensic", "forensic:MX", "forensic:GT", "consulate:HN", "consulate:GT")
PEOPLE = 16
PARTS = {
    PersonName: Reveals.IDENTITY,
    MissingPersonMark: Reveals.BODY,
    MissingPersonArticle: Reveals.CIRCUMSTANCE,
}
# What may run with another's rights, and why. Anything else that does is a hole.
MAY_STAND_IN = {
    # numbers the lines of the log, which the application may not read back
    "number_action_log_line",
    # end the proposals of a file that is closed: nobody else may delete any
    "note_changed_missing_person",
    "note_changed_remains",
}


@pytest.fixture
def world(database, viewers):
    """People and remains of three institutions, with a ledger drawn at random."""
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)  # noqa: S311 - a world, no secret
    owners = [viewers[name] for name in ("bruno", "gloria", "lidia")]
    with database.transaction(KEEPER) as session:
        for _ in range(PEOPLE):
            a_person_of(session, dice, dice.choice(owners))
        for owner, said in product(owners[:2], ("public_interest", "refused")):
            remains_found(session, owner, search_consent=said)
            remains_found(session, owner, search_consent=said, country_restrictions=["GT"])
    print("world", seed)  # noqa: T201 - pytest shows it with a failure
    return database


def a_person_of(session, dice, owner):
    person = a_missing_person(
        session,
        owner,
        grants=[],
        protected=dice.random() < 0.3,
        nationalities=dice.sample(["HN", "GT"], dice.randint(0, 2)),
        country_restrictions=dice.choice([[], [], ["GT"], ["HN", "MX"]]),
        marks=[MissingPersonMark(kind="tattoo")],
        articles=[MissingPersonArticle(worn=True, item="shirt")],
    )
    giver = a_relative(session, person)
    said = [(dice.choice(CATEGORIES), dice.choice(USES), dice.choice(TO)) for _ in range(5)]
    said += [("circumstances", dice.choice(USES), dice.choice(TO))]
    grant_of(session, person, *set(said), giver=giver)
    if dice.random() < 0.2:
        session.execute(
            sa.update(MissingPerson)
            .where(MissingPerson.id == person.id)
            .values(restricted_at=ENTERED)
        )


SURELY = [(True, True)]
SURELY_OR_NOT = [(True, True), (True, False), (False, False)]


def everybody(viewers, known=SURELY):
    """Each duty for purposes of its own and others, and the machine's parts."""
    for name, viewer in viewers.items():
        for purpose, (factor, step) in product((*USES, "justice", "statistics", "keep"), known):
            yield (
                name,
                replace(
                    viewer, purpose=Purpose(purpose), second_factor=factor, stepped_up=step
                ),
            )
    yield "matcher", MATCHER
    yield "keeper", KEEPER


def seen_by_raw_sql(database, viewer, what):
    """Ask the database without any of our queries, as whoever broke into the process would."""
    with database.transaction(viewer) as session:
        return set(session.connection().exec_driver_sql(what).scalars())


def decided(database, viewer, model, permission, at):
    """Ask the policies about every row there is, one by one."""
    with database.transaction(KEEPER) as session:
        rows = session.scalars(sa.select(model)).all()
        rulings = decide_many(session, viewer, [permission], rows, at=at)
    return {key for key, each in rulings.items() if each[permission]}


def trespasses(database, viewers, at, shown=seen_by_raw_sql):
    """Name whom the database shows a record that the policies do not."""
    for (name, viewer), (model, permission) in product(
        everybody(viewers),
        (
            (MissingPerson, Permission.MISSING_READ),
            (Remains, Permission.REMAINS_READ),
        ),
    ):
        table = model.__tablename__
        raw = shown(database, viewer, f"SELECT id FROM {table}")  # noqa: S608 - our own table
        if beyond := raw - decided(database, viewer, model, permission, at):
            yield name, viewer.purpose, table, beyond


def test_r14_the_database_alone_shows_no_record_that_the_policies_forbid(world, viewers, noon):
    assert list(trespasses(world, viewers, noon)) == []


def test_r14_a_wall_that_stands_open_would_be_noticed(world, viewers, noon):
    def open_wall(database, _viewer, what):
        return seen_by_raw_sql(database, KEEPER, what)

    found = {name for name, *_ in trespasses(world, viewers, noon, open_wall)}

    assert {"carlos", "cora", "lidia", "amal", "ana", "dora", "admin"} <= found


def test_r14_the_database_alone_shows_no_part_of_a_closed_group(world, viewers, noon):
    wrong = []
    readers = {
        name: each for name, each in viewers.items() if each.may(Permission.MISSING_READ)
    }
    for name, viewer in everybody(readers, SURELY_OR_NOT):
        with world.transaction(KEEPER) as session:
            people = session.scalars(sa.select(MissingPerson)).all()
            opened = groups_open(session, viewer, people, noon)
        for part, group in PARTS.items():
            table = part.__tablename__
            raw = seen_by_raw_sql(world, viewer, f"SELECT case_id FROM {table}")  # noqa: S608
            allowed = {case_id for case_id, groups in opened.items() if group in groups}
            wrong += [(name, viewer.purpose, table, beyond) for beyond in raw - allowed]

    assert wrong == []


def test_r14_whom_the_policies_open_a_record_the_database_shows_it(world, viewers, noon):
    """A wall that hides everything would pass all the above."""
    own_purposes = [
        (name, viewer)
        for name, viewer in everybody(viewers)
        if viewer.purpose in PURPOSES[viewer.role]
    ]
    for name, viewer in own_purposes:
        raw = seen_by_raw_sql(world, viewer, "SELECT id FROM missing_person")
        wanted = decided(world, viewer, MissingPerson, Permission.MISSING_READ, noon)
        assert raw == wanted, (name, viewer.purpose)


def test_r14_givers_and_their_numbers_are_shown_to_their_institution_and_by_their_own_word(
    world, viewers
):
    with world.transaction(KEEPER) as session:
        owner_of = dict(
            session.execute(
                sa.select(Relative.id, MissingPerson.owner_institution_id).join(
                    MissingPerson, MissingPerson.id == Relative.missing_person_id
                )
            ).all()
        )
    for name, viewer in everybody(viewers):
        raw = seen_by_raw_sql(world, viewer, "SELECT id FROM relative")
        foreign = {each for each in raw if owner_of[each] != viewer.institution_id}
        may_notify = viewer.role in {Role.FORENSIC_COORDINATOR, Role.CONSULAR_OFFICER}
        if name != "keeper" and not (may_notify and viewer.purpose is Purpose.NOTIFY):
            assert foreign == set(), (name, viewer.purpose)


def test_r14_a_consulate_reads_no_consent_about_a_protected_person(world, viewers):
    for name in ("carlos", "cora"):
        raw = seen_by_raw_sql(
            world, viewers[name], "SELECT missing_person_id FROM consent WHERE protected"
        )
        assert raw == set()
    # Shown to see: there are some.
    assert seen_by_raw_sql(world, KEEPER, "SELECT id FROM consent WHERE protected")


def test_r14_a_notice_is_read_by_the_institutions_it_is_between(database, viewers):
    bruno, lidia = viewers["bruno"], viewers["lidia"]
    with database.transaction(lidia) as session:
        session.add(
            Notice(
                institution_id=bruno.institution_id,
                sender_institution_id=lidia.institution_id,
                kind=NoticeKind.CONSENT_WITHDRAWN,
                about="MP-AAAA-2222",
                sent_at=ENTERED,
            )
        )

    readers = {
        name
        for name, viewer in viewers.items()
        if seen_by_raw_sql(database, viewer, "SELECT id FROM notice")
    }

    assert readers == {"amal", "bruno", "lidia", "dora"}


def test_r15_without_a_viewer_nothing_is_there(world):
    seen = {
        name: seen_by_raw_sql(world, None, f'SELECT 1 FROM "{name}"')  # noqa: S608 - ours
        for name in metadata.tables
    }

    assert {name for name, rows in seen.items() if rows} == set()


def test_r15_rows_that_show_without_a_viewer_would_be_noticed(world):
    assert seen_by_raw_sql(world, KEEPER, "SELECT 1 FROM consent") == {1}


def test_r15_one_persons_sight_does_not_stay_in_the_connection(world, viewers):
    seen_by_raw_sql(world, KEEPER, "SELECT id FROM missing_person")
    with world.engine.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT current_setting('reunir.role', true)"
        ).scalar()

    assert left in {None, ""}
    assert seen_by_raw_sql(world, viewers["admin"], "SELECT id FROM missing_person") == set()


PLANTED_STAND_IN = """
    CREATE FUNCTION planted_stand_in() RETURNS bigint LANGUAGE sql SECURITY DEFINER
    AS $$ SELECT count(*) FROM missing_person $$
"""
PLANTED_LIAR = """
    CREATE FUNCTION planted_liar() RETURNS text LANGUAGE sql
    AS $$ SELECT set_config('reunir.role', 'engine', true) $$
"""
VIEWS = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
"""
STAND_INS = """
    SELECT proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prosecdef
"""
CHANGES_WHO_ASKS = """
    SELECT proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
      AND (position('set_config' IN prosrc) > 0
           OR position('reunir.' IN array_to_string(proconfig, ' ')) > 0)
"""
UNFORCED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND relname <> 'alembic_version' AND NOT (relrowsecurity AND relforcerowsecurity)
"""


@pytest.fixture
def inspector(server, database):
    """A login that no policy hides anything from; what it changes is undone."""
    name = sa.make_url(database.url).database
    engine = sa.create_engine(server.url("postgres", name))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def found(inspector, question):
    return set(inspector.exec_driver_sql(question).scalars())


def test_r16_planted_ways_round_the_wall_are_caught(inspector):
    for planted in (
        "CREATE VIEW planted_view AS SELECT * FROM missing_person",
        "CREATE MATERIALIZED VIEW planted_copy AS SELECT * FROM missing_person",
        PLANTED_STAND_IN,
        PLANTED_LIAR,
        "ALTER TABLE missing_person NO FORCE ROW LEVEL SECURITY",
    ):
        inspector.exec_driver_sql(planted)

    assert found(inspector, VIEWS) == {"planted_view", "planted_copy"}
    assert found(inspector, STAND_INS) - MAY_STAND_IN == {"planted_stand_in"}
    assert found(inspector, CHANGES_WHO_ASKS) - MAY_CHANGE_WHO_ASKS == {"planted_liar"}
    assert found(inspector, UNFORCED) == {"missing_person"}


def test_r16_no_view_or_function_goes_round_the_policies(inspector):
    assert found(inspector, VIEWS) == set()
    assert found(inspector, STAND_INS) == MAY_STAND_IN
    assert found(inspector, CHANGES_WHO_ASKS) == MAY_CHANGE_WHO_ASKS
    assert found(inspector, UNFORCED) == set()


def test_r16_no_policy_is_for_everybody(inspector):
    open_to_all = inspector.exec_driver_sql(
        "SELECT polrelid::regclass::text, pg_get_expr(polqual, polrelid) FROM pg_policy"
        " WHERE polcmd IN ('r', '*') AND polpermissive AND polroles = '{0}'"
    ).all()

    assert [table for table, rule in open_to_all if re.fullmatch(r"\(?true\)?", rule)] == []
    # Shown to see: the question finds policies at all.
    assert len(open_to_all) >= len(metadata.tables)


def test_r16_what_the_function_about_hidden_sides_gives_names_nobody(inspector):
    columns = inspector.exec_driver_sql(
        "SELECT array_agg(name) FROM pg_proc,"
        " unnest(proargnames, proargmodes) AS told (name, mode)"
        " WHERE proname = 'blinded_pairings' AND mode = 't'"
    ).scalar_one()

    assert columns == ["pairing_id", "side", "case_id", "band", "other_institution_id"]


def test_r16_the_function_about_accounts_names_colleagues_and_no_others(database, viewers):
    asked = "SELECT display_name FROM account_names(ARRAY(SELECT generate_series(1, 1000)))"

    def named(viewer):
        return seen_by_raw_sql(database, viewer, asked)

    everybody = {each.capitalize() for each in viewers}
    assert named(viewers["amal"]) == {"Amal", "Bruno"}
    assert named(viewers["lidia"]) == {"Lidia"}
    assert named(viewers["dora"]) == everybody
    assert named(None) == set()


def test_r16_who_reads_no_proposal_learns_of_none_through_the_function(database, viewers):
    asked = "SELECT pairing_id FROM blinded_pairings()"
    others = ("lidia", "carlos", "ana", "admin", "dora")

    assert [seen_by_raw_sql(database, viewers[name], asked) for name in others] == [set()] * 5
