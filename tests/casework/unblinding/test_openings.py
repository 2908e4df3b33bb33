"""A blinded pair opens when both keepers agreed, to both alone, and only as long as they do."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput, NotFound
from casework.families.queries import list_entries
from casework.missing.model import MissingPerson
from casework.notifications.model import Notification
from casework.unblinding.actions import answer
from casework.unblinding.model import Answer, Unblinding
from casework.unblinding.queries import get_unblinding
from privacy.consent.ledger import Case, Giver, Item, Said, Told, refuse
from privacy.consent.model import Consent
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER
from tests.casework.unblinding.conftest import TODAY, UNTIL

NOTHING, HERS = [0, 0, 0], [1, 1, 1]
OPENS = ["antemortem", "circumstances", "dna", "identity"]


@pytest.fixture
def family(database, blind, gloria):
    """Let her mother say no to an institution, of one kind of data or of her story."""

    def says_no(category="circumstances", recipient=None):
        to = recipient or f"institution:{blind.bruno.institution_id}"
        with database.transaction(gloria) as session:
            person = session.get(MissingPerson, blind.person_id)
            case = Case(
                person.id, person.reference, person.owner_institution_id, person.protected
            )
            items = [Item(category, "search", to)]
            said = Said(case, Giver(blind.mother_id), items)
            refuse(session, gloria, said, Told("2026.1"), at=TODAY)

    return says_no


def entered(database, number):
    with database.transaction(KEEPER) as session:
        rows = session.scalars(
            sa.select(Consent).where(Consent.form_version == f"unblinding:{number}")
        )
        return [each for each in rows if each.withdrawn_at is None and each.ends_id is None]


def test_it_opens_when_both_keepers_agreed_and_not_before(blind):
    number = blind.asks(blind.amal)
    seen = [blind.seen(blind.bruno)]
    blind.says(blind.gloria, number)
    seen.append(blind.seen(blind.bruno))
    told = blind.state(blind.bruno, number), blind.state(blind.gloria, number)
    blind.says(blind.bruno, number)
    seen.append(blind.seen(blind.bruno))
    blind.says(blind.bruno, number, Answer.WITHDRAWN)
    seen.append(blind.seen(blind.bruno))

    assert seen == [NOTHING, NOTHING, HERS, NOTHING]
    assert told == ("waits", "waits")
    assert blind.state(blind.gloria, number) == "withdrawn"


def test_a_coordinators_asking_is_a_yes_and_an_examiners_is_none(blind, database):
    number = blind.open()

    found = entered(database, number)
    first = found[0]
    assert sorted(each.data_category for each in found) == OPENS
    assert (first.purpose, first.recipient) == (
        "identify",
        f"institution:{blind.bruno.institution_id}",
    )
    assert first.expires.date() > UNTIL
    assert blind.seen(blind.amal) == HERS
    # Neither an examiner nor somebody of a third institution answers for one.
    with pytest.raises(NotPermitted):
        blind.says(blind.amal, number)


@pytest.mark.parametrize("asker", ["bruno", "gloria"])
def test_either_side_may_say_no_and_nothing_opens(blind, asker):
    ours, theirs = blind.bruno, blind.gloria
    if asker == "gloria":
        ours, theirs = theirs, ours
    number = blind.asks(ours)
    blind.says(theirs, number, Answer.DECLINED)

    assert (blind.state(ours, number), blind.seen(blind.bruno)) == ("declined", NOTHING)
    with pytest.raises(Conflict):
        blind.says(ours, number)
    assert blind.asks(ours) > number  # it may be asked again


def test_a_family_that_closed_it_is_never_opened_and_nobody_else_learns_why(
    blind, family, database
):
    number = blind.asks(blind.bruno)
    before = blind.state(blind.bruno, number)
    family()
    with pytest.raises(Conflict, match="familia"):
        blind.says(blind.gloria, number)
    after = blind.state(blind.bruno, number)

    assert (before, after, blind.seen(blind.bruno)) == ("waits", "waits", NOTHING)
    with database.transaction(blind.bruno) as session:
        asked = get_unblinding(session, blind.bruno, number, at=TODAY)
        assert [each.institution_id for each in asked.answers] == [blind.bruno.institution_id]


def test_a_no_that_came_after_the_yes_leaves_all_as_if_nobody_had_answered(blind, family):
    number = blind.asks(blind.gloria)
    family()
    blind.says(blind.bruno, number)

    assert (blind.state(blind.bruno, number), blind.seen(blind.bruno)) == ("waits", NOTHING)


def test_that_an_institution_closed_it_looks_as_where_a_family_did(blind, family, database):
    """Whoever asked cannot tell the two apart: not by the state, a notice, nor an answer."""

    def looks(closes):
        number = blind.open()
        before = notices(database)
        closes(number)
        with database.transaction(blind.bruno) as session:
            asked = get_unblinding(session, blind.bruno, number, at=TODAY)
            said = [(each.institution_id, each.said) for each in asked.answers]
        return asked.state, said, notices(database) - before

    by_institution = looks(lambda number: blind.says(blind.gloria, number, Answer.WITHDRAWN))
    by_family = looks(lambda _number: family())

    assert by_institution == by_family


def test_what_was_taken_back_by_hand_is_not_entered_again_by_a_later_yes(blind, database):
    """So after an objection of the person's own that was upheld: nobody else's no is there."""
    number = blind.open()
    with database.transaction(KEEPER) as session:
        session.execute(sa.select(sa.func.unblinding_take_back(number, None)))
    blind.says(blind.gloria, number)

    assert blind.seen(blind.bruno) == NOTHING
    assert blind.state(blind.gloria, number) == "withdrawn"


def test_whoever_speaks_with_the_family_reads_nothing_of_it_in_the_ledger(blind, database):
    blind.open()
    with database.transaction(KEEPER) as session:
        person = session.get_one(MissingPerson, blind.person_id)
        versions = {each.form_version for each in list_entries(session, person)}

    assert versions
    assert not any(each.startswith("unblinding") for each in versions)


def notices(database):
    with database.transaction(KEEPER) as session:
        return session.scalar(sa.select(sa.func.count(Notification.id)))


def test_a_familys_no_closes_at_once_what_was_open(blind, family, database):
    number = blind.open()
    family("dna")
    part = sorted(each.data_category for each in entered(database, number))
    family()

    assert part == [each for each in OPENS if each != "dna"]
    assert (blind.state(blind.bruno, number), blind.seen(blind.bruno)) == (
        "withdrawn",
        NOTHING,
    )


def test_a_country_that_a_person_is_kept_from_ends_it_and_nothing_more_is_asked(
    blind, database
):
    number = blind.open()
    with database.transaction(KEEPER) as session:
        person = session.get(MissingPerson, blind.person_id)
        person.country_restrictions = ["MX"]

    assert blind.seen(blind.bruno) == NOTHING
    assert blind.state(blind.bruno, number) == "withdrawn"
    with pytest.raises(NotFound):
        blind.asks(blind.bruno)


def test_a_new_keeper_has_agreed_to_nothing(blind, database, lidia):
    number = blind.open()
    with database.transaction(KEEPER) as session:
        person = session.get(MissingPerson, blind.person_id)
        person.owner_institution_id = lidia.institution_id

    assert blind.seen(blind.bruno) == NOTHING
    assert blind.state(blind.bruno, number) == "withdrawn"


def test_it_can_be_agreed_for_longer_by_both_alone(blind, database):
    number = blind.open()
    later = UNTIL + timedelta(days=30)
    blind.says(blind.bruno, number, until=later)
    one = {each.expires.date() for each in entered(database, number)}
    blind.says(blind.gloria, number, until=later)
    both = {each.expires.date() for each in entered(database, number)}

    assert (max(one), max(both)) == (
        UNTIL + timedelta(days=1),
        later + timedelta(days=1),
    )
    assert len(entered(database, number)) == len(OPENS)


def test_what_cannot_be_said_is_refused_in_words(blind):
    number = blind.asks(blind.bruno)

    with pytest.raises(InvalidInput, match="20 letras"):
        blind.says(blind.gloria, number, assessment="Porque sí")
    with pytest.raises(InvalidInput, match="qué día"):
        blind.says(blind.gloria, number, until=TODAY.date().replace(year=TODAY.year - 1))
    with pytest.raises(InvalidInput, match="otro registro"):
        blind.asks(blind.bruno, words=f"Es por {blind.remains}.")
    with pytest.raises(Conflict, match="ya se pidió"):
        blind.asks(blind.amal)


def test_whoever_keeps_neither_knows_of_nothing(blind, database, lidia, dora):
    number = blind.asks(blind.bruno)

    for stranger in (lidia, replace(blind.bruno, institution_id=10**6)):
        with database.transaction(stranger) as session:
            assert session.scalars(sa.select(Unblinding)).all() == []
    with database.transaction(dora) as session:
        watched = get_unblinding(session, dora, number, at=TODAY)
        assert (watched.own_reference, watched.words) == ("", "")


def test_two_who_ask_or_answer_at_once_lose_nothing(blind, database):
    number = blind.asks(blind.bruno)
    with database.transaction(blind.gloria) as one:
        mine = get_unblinding(one, blind.gloria, number, at=TODAY)
        blind.says(blind.gloria, number, Answer.DECLINED)
        with pytest.raises(Conflict, match="terminó"):
            answer(one, blind.gloria, mine, blind.yes(blind.gloria), at=TODAY)

    assert blind.seen(blind.bruno) == NOTHING


@pytest.fixture
def planted(database, server):
    """Change a function or a policy as a mistake would, for the rest of one test."""
    owner = sa.create_engine(
        server.url("postgres", database.engine.url.database), poolclass=sa.NullPool
    )
    undo = []

    def plant(function, right, wrong):
        with owner.begin() as connection:
            said = connection.scalar(
                sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))"),
                {"name": function},
            )
            assert right in said
            undo.append(said)
            connection.execute(sa.text(said.replace(right, wrong)))

    yield plant
    with owner.begin() as connection:
        for said in undo:
            connection.execute(sa.text(said))


def test_an_opening_by_one_keeper_alone_would_be_noticed(blind, planted):
    planted("unblinding_open(bigint)", "agreed < 2", "agreed < 1")

    blind.asks(blind.gloria)

    assert blind.seen(blind.bruno) == HERS


def test_an_opening_past_a_familys_no_would_be_noticed(blind, family, planted):
    planted("unblinding_closed(bigint,bigint,text)", "IN ('refused', 'withdrawn')", "= ''")

    number = blind.asks(blind.gloria)
    family()
    blind.says(blind.bruno, number)

    assert blind.state(blind.bruno, number) == "open"


def test_an_opening_that_outlives_its_end_would_be_noticed(blind, planted):
    number = blind.open()
    planted("unblinding_end(bigint,text)", "PERFORM unblinding_take_back(a_number);", "")

    blind.says(blind.gloria, number, Answer.WITHDRAWN)

    assert blind.seen(blind.bruno) == HERS
