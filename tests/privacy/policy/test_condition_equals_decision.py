"""r06: what a query opens and what a decision opens are one set, on worlds made at random.

Every duty, purpose and permission is asked of every row, once as the condition of a query and
once row by row. The rows lie in the real database, with the ledger that opens them. The file
stays whole, because one world serves all of it.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework.candidates.model import MatchingRun, Pairing
from casework.desk.model import OfficeRequest
from casework.guarded import privacy as _all  # noqa: F401 - registers everything that is guarded
from casework.imports.model import ImportRun
from casework.incidents.model import Incident
from casework.links.model import MissingPersonLink
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson, PersonName
from casework.remains.model import Remains
from casework.sites.model import Site
from casework.sought.model import LivingPairing
from privacy import door
from privacy.consent.model import Consent
from privacy.door import condition, readable, recheck
from privacy.permissions import KEEPER, MATCHER, PURPOSES, Permission, Purpose, Role
from privacy.policy import decide_each, decide_many, residuals
from privacy.policy.guarded import all_guarded, guarded_of
from privacy.policy.rulebook import shipped_rulebook
from tests.builders import ask_about, link_neighbours

PEOPLE, FOUND = 60, 20
TO = ("forensic", "forensic:MX", "forensic:GT", "consulate:HN", "consulate:GT", "consulate:VE")
CATEGORIES = ("circumstances", "identity", "contact", "antemortem", "dna", "photo")
NOW = datetime.now(UTC)
MODELS = {
    "MissingPerson": MissingPerson,
    "Remains": Remains,
    "LivingPerson": LivingPerson,
    "Pairing": Pairing,
    "LivingPairing": LivingPairing,
    "Incident": Incident,
    "ImportRun": ImportRun,
    "RecordLink": MissingPersonLink,
    "OfficeRequest": OfficeRequest,
    "Site": Site,
}


def an_envelope(dice, owner, number):
    return {
        "reference": f"XX-{number:04}-2222",
        "record_id": f"test.invalid/{uuid4()}",
        "owner_institution_id": owner.institution_id,
        "owner_country": owner.country,
        "entered_at": NOW,
        "changed_at": NOW,
        "review_due_on": NOW.date(),
        "expires_on": NOW.date(),
        "nationalities": dice.sample(["HN", "GT", "VE"], dice.randint(0, 2)),
        "restricted_at": dice.choice([None, None, None, None, NOW]),
        "country_restrictions": dice.choice([[], [], [], ["HN"], ["GT", "MX"]]),
        "search_consent": dice.choice(["granted", "public_interest", "refused", "not_asked"]),
    }


def a_site(owner, number):
    return {
        "reference": f"ST-{number:04}-2222",
        "invented": True,
        "entered_by": 0,
        "institution_id": owner.institution_id,
        "entered_at": NOW,
    }


def an_entry(dice, person, viewers):
    """A grant that is live, ended, taken back or not yet begun."""
    began, ended, taken_back = dice.choice(
        [(-9, 90, None)] * 5 + [(-9, -1, None), (-9, 90, -1), (3, 90, None)]
    )
    named = [f"institution:{each.institution_id}" for each in viewers.values()]
    return {
        "missing_person_id": person.id,
        "owner_institution_id": person.owner_institution_id,
        "protected": person.protected,
        "decision": "granted",
        "data_category": dice.choice([*CATEGORIES, "circumstances", "circumstances"]),
        "purpose": dice.choice(["search", "search", "identify", "notify", "justice"]),
        "recipient": dice.choice([*TO, dice.choice(named)]),
        "legal_basis": "vital_interest",
        "assessment": "inventada para una prueba de las reglas",
        "valid_from": NOW + timedelta(days=began),
        "expires": NOW + timedelta(days=ended),
        "withdrawn_at": taken_back and NOW + timedelta(days=taken_back),
        "form_version": "x",
        "recorded_at": NOW + timedelta(days=max(began, 0)),
        "recorded_by": 0,
    }


@pytest.fixture(autouse=True)
def conditions_of_this_test_alone():
    """What a test wrote of planted rules serves no other, though both ask at one instant."""
    door._written.cache_clear()  # noqa: SLF001 - the memory is what is kept apart
    yield
    door._written.cache_clear()  # noqa: SLF001


@pytest.fixture
def world(database, viewers):
    """People, remains, proposals and a ledger, drawn with a seed that is told on failure."""
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)  # noqa: S311 - a world, no secret
    owners = [viewers[name] for name in ("bruno", "gloria", "lidia")]
    with database.transaction(KEEPER) as session:
        insert(
            session,
            MissingPerson,
            [
                an_envelope(dice, dice.choice(owners), number)
                | {"protected": dice.random() < 0.3}
                for number in range(PEOPLE)
            ],
        )
        insert(
            session,
            Remains,
            [
                an_envelope(dice, dice.choice(owners[:2]), number) | {"post_mortem_number": "x"}
                for number in range(FOUND)
            ],
        )
        insert(
            session,
            LivingPerson,
            [an_envelope(dice, dice.choice(owners), number) for number in range(FOUND)],
        )
        alive = session.scalars(sa.select(LivingPerson.id)).all()
        insert(session, Site, [a_site(dice.choice(owners), number) for number in range(FOUND)])
        people = session.execute(
            sa.select(
                MissingPerson.id, MissingPerson.owner_institution_id, MissingPerson.protected
            )
        ).all()
        insert(
            session,
            Consent,
            [an_entry(dice, dice.choice(people), viewers) for _ in range(PEOPLE * 5)],
        )
        insert(
            session,
            ImportRun,
            [
                {
                    "file_name": "x",
                    "file_sha256": "0" * 64,
                    "size_bytes": 1,
                    "profile": profile,
                    "state": "finished",
                    "institution_id": viewers[owner].institution_id,
                    "requested_at": NOW,
                }
                for owner, profile in product(("bruno", "ana"), ("iom", "namus-missing"))
            ],
        )
        offices = [each.institution_id for each in viewers.values()]
        ask_about(session, dice, [None, *(each.id for each in people)], offices)
    with database.transaction(MATCHER) as session:
        run = MatchingRun(state="finished", requested_at=NOW)
        session.add(run)
        session.flush()
        searched = [
            session.scalars(sa.select(each.id)).all() for each in (MissingPerson, Remains)
        ]
        insert(
            session,
            LivingPairing,
            [
                {
                    "missing_person_id": person.id,
                    "living_person_id": one,
                    "model": "missing-living-2026.1",
                    "log10_lr": 3.0,
                    "posterior": 0.1,
                    "prior": 1e-4,
                    "weights": {},
                    "first_proposed_at": NOW,
                    "weighed_at": NOW,
                }
                for person, one in product(people[::3], alive[::2])
            ],
        )
        insert(
            session,
            Pairing,
            [
                {
                    "missing_person_id": person,
                    "remains_id": remains,
                    "matching_run_id": run.id,
                    "state": "proposed",
                    "log10_lr": 3.0,
                    "posterior": 0.1,
                    "prior": 1e-4,
                    "rank_for_missing": 1,
                    "rank_for_remains": 1,
                    "weights": {},
                    "first_proposed_at": NOW,
                    "last_proposed_at": NOW,
                }
                for person, remains in zip(*searched, strict=False)
            ],
        )
    for viewer in viewers.values():
        if viewer.may(Permission.LINK_RECORD):
            with database.transaction(viewer) as session:
                link_neighbours(session, viewer)
    print("world", seed)  # noqa: T201 - pytest shows it with a failure
    return database


def insert(session, model, rows):
    session.execute(sa.insert(model.__table__), rows)


def everybody(viewers):
    """Each duty for each of its purposes and one foreign to it, surely known or not."""
    for name, viewer in viewers.items():
        if viewer.role in {Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR}:
            yield name, viewer
            continue
        for purpose, (factor, step) in product(
            {*PURPOSES[viewer.role], Purpose.STATISTICS},
            [(True, True), (True, False), (False, False)],
        ):
            yield name, replace(viewer, purpose=purpose, second_factor=factor, stepped_up=step)
    yield "matcher", MATCHER
    yield "keeper", KEEPER


def asked(model):
    kind = guarded_of(model).kind
    return [
        Permission(action)
        for action, kinds in shipped_rulebook().kinds_of.items()
        if kind in kinds
    ]


def opened_by_query(session, viewer, permission, model):
    """The ids that the condition lets through, whatever the session may see itself."""
    return set(
        session.scalars(sa.select(model.id).where(condition(viewer, permission, model, NOW)))
    )


def disagreements(database, people, model):
    """Name who is shown a row by one of the two and not by the other."""
    with database.transaction(KEEPER) as session:
        rows = session.scalars(sa.select(model)).all()
        assert rows  # what the keeper does not see is compared with nothing
        for name, viewer in people:
            rulings = decide_many(session, viewer, asked(model), rows, at=NOW)
            for permission in asked(model):
                decided = {key for key, each in rulings.items() if each[permission]}
                queried = opened_by_query(session, viewer, permission, model)
                if decided != queried:
                    yield name, viewer.purpose, permission, decided ^ queried


@pytest.mark.parametrize("model", [MissingPerson, Remains, LivingPerson, LivingPairing, Site])
def test_r06_a_query_opens_exactly_the_rows_that_decisions_open(world, viewers, model):
    assert list(disagreements(world, everybody(viewers), model)) == []


def test_r06_a_condition_that_forgets_a_rule_would_be_noticed(world, viewers, monkeypatch):
    attributes = dict(guarded_of(MissingPerson).attributes)
    forgetful = replace(
        guarded_of(MissingPerson),
        attributes=attributes
        | {"protected": replace(attributes["protected"], sql=lambda _asked: sa.false())},
    )
    monkeypatch.setattr("privacy.door.guarded_of", lambda _model: forgetful)
    unproved = [("lidia", replace(viewers["lidia"], stepped_up=False))]

    found = list(disagreements(world, unproved, MissingPerson))

    assert {name for name, *_ in found} == {"lidia"}


def misjoined(database, people, model):
    """Name for whom two questions in one condition open other rows than each of them alone."""
    pairs = [(each, guarded_of(model).exists) for each in asked(model)]
    with database.transaction(KEEPER) as session:
        for name, viewer in people:
            apart = {each: opened_by_query(session, viewer, each, model) for each, _ in pairs}
            for one, other in pairs:
                opens = condition(viewer, one, model, NOW, also=[other])
                together = set(session.scalars(sa.select(model.id).where(opens)))
                if together != apart[one] & apart[other]:
                    yield name, viewer.purpose, one


@pytest.mark.parametrize("model", [MissingPerson, Remains])
def test_r06_questions_put_together_open_what_each_of_them_opens(world, viewers, model):
    assert list(misjoined(world, everybody(viewers), model)) == []


def test_r06_a_question_left_out_that_does_not_follow_would_be_noticed(
    world, viewers, monkeypatch
):
    monkeypatch.setattr(residuals, "_implies", lambda _narrow, _wide: True)

    found = list(misjoined(world, [("amal", viewers["amal"])], MissingPerson))

    assert ("amal", viewers["amal"].purpose, Permission.MISSING_IDENTITY_READ) in found


@pytest.mark.parametrize(
    "model",
    [
        *(MissingPerson, Remains, LivingPerson, Pairing, Incident, ImportRun),
        *(MissingPersonLink, OfficeRequest, LivingPairing, Site),
    ],
)
def test_r06_each_viewers_own_session_shows_what_decisions_open(world, viewers, model):
    exists = guarded_of(model).exists
    with world.transaction(KEEPER if model is not Pairing else MATCHER) as session:
        everything = session.scalars(sa.select(model.__table__.c.id)).all()

    for name, viewer in everybody(viewers):
        with world.transaction(viewer) as session:
            shown = session.scalars(readable(viewer, exists, model, NOW)).all()
            rulings = decide_each(session, viewer, exists, shown, at=NOW)
            sure = recheck(session, viewer, exists, shown, NOW)

            assert all(rulings), (name, viewer.purpose)
            assert sure == list(shown)
            assert {row.id for row in shown} <= set(everything)
    assert everything or model is Incident


@pytest.mark.parametrize("model", [MissingPerson, Remains, LivingPerson, LivingPairing, Site])
def test_r06_row_level_security_hides_nothing_that_the_policies_open(world, viewers, model):
    exists = guarded_of(model).exists
    for name, viewer in everybody(viewers):
        with world.transaction(KEEPER) as session:
            opened = opened_by_query(session, viewer, exists, model)
        with world.transaction(viewer) as session:
            shown = set(
                session.scalars(
                    readable(viewer, exists, model, NOW).with_only_columns(model.id)
                )
            )

        assert shown == opened, (name, viewer.purpose)


def test_r06_a_query_whose_author_forgot_the_door_shows_no_more(world, viewers):
    for name, viewer in everybody(viewers):
        with world.transaction(KEEPER) as session:
            opened = opened_by_query(session, viewer, Permission.MISSING_READ, MissingPerson)
        with world.transaction(viewer) as session:
            forgotten = set(session.scalars(sa.select(MissingPerson.id)))
            by_alias = sa.orm.aliased(MissingPerson)
            aliased = set(session.scalars(sa.select(by_alias.id)))

        assert forgotten == aliased == opened, (name, viewer.purpose)


def test_r06_the_net_holds_where_the_second_wall_would_not(world, amal):
    """Under the keeper's sight the database shows all; the net still asks for whom."""
    with world.transaction(KEEPER) as session:
        everything = session.scalars(sa.select(MissingPerson.id)).all()
        session.info["viewer"] = amal
        caught = session.scalars(sa.select(MissingPerson.id)).all()
        names = session.scalars(sa.select(PersonName.id)).all()

    assert 0 < len(caught) < len(everything) == PEOPLE
    assert names == []


def test_every_kind_of_record_in_the_schema_is_under_the_policies():
    kinds = {kind for of in shipped_rulebook().kinds_of.values() for kind in of}

    assert {each.kind for each in all_guarded()} == kinds - {"Registry"} == set(MODELS)
