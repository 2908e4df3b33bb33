"""Who travelled together is shown to each reader as far as they may know of each."""

import re

import pytest
import sqlalchemy as sa

from casework.errors import InvalidInput, NotFound
from casework.groups.actions import describe_group, enter_group, say_of_member
from casework.groups.model import Aboard, GroupKind, MissingPersonMember, Outcome, ToldBy
from casework.groups.queries import facts_of, get_group, list_groups
from casework.groups.rules import GroupDraft, MemberDraft
from casework.groups.showing import show_group
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.listing import AtLeast
from casework.web.described import teller_for
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, an_incident, remains_found

BOAT = GroupDraft(GroupKind.BOAT, ToldBy.SURVIVOR, vessel="La Esperanza", country="CO")
REASON = "Lo contó quien llegó a la playa."


def said(aboard=Aboard.TRAVELLED, **more):
    return MemberDraft(aboard, ToldBy.SURVIVOR, REASON, **more)


@pytest.fixture
def boat(database, lidia, bruno, noon):
    """Two people of two institutions and remains in one boat; lidia may read one of them."""
    with database.transaction(lidia) as session:
        hers = a_missing_person(session, lidia, given_names="Marisol").reference
    with database.transaction(bruno) as session:
        his = a_missing_person(session, bruno, given_names="Anselmo").reference
        found = remains_found(session, bruno).reference
        group = enter_group(Asking(session, bruno, PEOPLE, noon), BOAT, invented=True)
        for reference, outcome in ((hers, Outcome.MISSING), (his, Outcome.DEAD)):
            put(session, bruno, group, reference, said(outcome=outcome), noon)
        put(session, bruno, group, found, said(), noon, kind=REMAINS)
    return group.reference, hers, his, found


def put(session, viewer, group, reference, draft, at, *, kind=PEOPLE):
    case = kind.get(session, viewer, reference, at=at)
    return say_of_member(Asking(session, viewer, kind, at), group, case, draft)


def shown_to(database, viewer, reference, at):
    with database.transaction(viewer) as session:
        asking = Asking(session, viewer, PEOPLE, at)
        return show_group(asking, get_group(asking, reference), teller_for("es"))


def test_a_group_holds_for_each_reader_whom_they_may_read_and_counts_nobody_else(
    database, lidia, bruno, signed_in, boat, noon
):
    group, hers, his, found = boat

    all_of_it = shown_to(database, bruno, group, noon)
    hers_alone = shown_to(database, lidia, group, noon)
    page = signed_in("lidia").get(f"/groups/{group}").text
    listed = signed_in("lidia").get(f"/api/v1/groups/{group}").json()

    assert {each.reference for each in all_of_it.people} == {hers, his}
    assert [each.reference for each in all_of_it.remains] == [found]
    assert sorted(all_of_it.outcomes) == [("falleció", 1), ("se le busca", 1)]
    assert [each.reference for each in hers_alone.people] == [hers]
    assert hers_alone.outcomes == (("se le busca", 1),)
    assert "La Esperanza" in page
    assert not [each for each in (his, found, "Anselmo") if each in page]
    assert [each["record"] for each in listed["members"]] == [hers]


def test_a_group_of_people_whom_one_may_not_read_is_not_there(
    database, lidia, carlos, signed_in, noon, bruno
):
    with database.transaction(bruno) as session:
        group = enter_group(Asking(session, bruno, PEOPLE, noon), BOAT, invented=True)

    with database.transaction(lidia) as session:
        asking = Asking(session, lidia, PEOPLE, noon)
        assert list_groups(asking) == ([], 0)
        with pytest.raises(NotFound):
            get_group(asking, group.reference)
        assert session.scalar(sa.text("SELECT count(*) FROM travel_group")) == 0
        assert session.scalar(sa.text("SELECT count(*) FROM travel_group_fact")) == 0
    with database.transaction(carlos) as session, pytest.raises(NotPermitted):
        enter_group(Asking(session, carlos, PEOPLE, noon), BOAT)
    lidias = signed_in("lidia")
    absent = lidias.get("/groups/TG-2222-2222")
    hidden = lidias.get(f"/groups/{group.reference}")
    assert (absent.status_code, hidden.status_code) == (404, 404)


def test_a_list_of_groups_costs_as_many_questions_as_one_group(database, lidia, bruno, noon):
    asked = []
    sa.event.listen(
        database.engine, "before_cursor_execute", lambda *said: asked.append(said[2])
    )
    costs = []
    for times in (1, 4):
        for _ in range(times):
            with database.transaction(bruno) as session:
                group = enter_group(Asking(session, bruno, PEOPLE, noon), BOAT, invented=True)
                hers = a_missing_person(session, lidia).reference
                put(session, bruno, group, hers, said(), noon)
        asked.clear()
        with database.transaction(lidia) as session:
            listed, total = list_groups(Asking(session, lidia, PEOPLE, noon))
        costs.append(len(asked))

    assert (len(listed), total) == (5, 5)
    assert costs[0] == costs[1]
    with database.transaction(lidia) as session:
        asking = Asking(session, lidia, PEOPLE, noon)
        first, more = list_groups(asking, page=1, size=3)
        rest, all_of_them = list_groups(asking, page=2, size=3)
    assert [group.id for group, _ in (*first, *rest)] == [group.id for group, _ in listed]
    assert (isinstance(more, AtLeast), all_of_them) == (True, 5)


def test_what_was_said_stays_and_the_newest_word_of_each_institution_stands(
    database, lidia, bruno, boat, noon
):
    group, hers, *_ = boat
    with database.transaction(lidia) as session:
        asking = Asking(session, lidia, PEOPLE, noon)
        opened = get_group(asking, group)
        put(session, lidia, opened, hers, said(Aboard.NOT_WITH), noon)
        put(session, lidia, opened, hers, said(outcome=Outcome.ARRIVED), noon)
        describe_group(asking, opened, GroupDraft(GroupKind.RAFT, ToldBy.RELATIVE))

    seen = shown_to(database, bruno, group, noon)

    (person,) = [each for each in seen.people if each.reference == hers]
    assert [word.aboard for word in person.words] == ["iba en el grupo"] * 2
    assert person.outcome == "llegó"
    assert len(seen.earlier) == 1
    with database.transaction(KEEPER) as session:
        words = session.scalars(sa.select(MissingPersonMember)).all()
        assert len(words) == 4
    bare = MemberDraft(Aboard.TRAVELLED, ToldBy.OTHER, "")
    with database.transaction(lidia) as session:
        opened = get_group(Asking(session, lidia, PEOPLE, noon), group)
        with pytest.raises(InvalidInput):
            put(session, lidia, opened, hers, bare, noon)


def test_somebody_known_only_in_words_is_told_within_the_report_and_sealed_with_it(
    database, lidia, amal, boat, noon
):
    group, hers, *_ = boat
    with database.transaction(lidia) as session:
        opened = get_group(Asking(session, lidia, PEOPLE, noon), group)
        companion = said(words="su primo Beto", outcome=Outcome.ARRIVED)
        put(session, lidia, opened, hers, companion, noon)
        clear = session.scalars(sa.text("SELECT words FROM missing_person_member")).all()

    at_home = shown_to(database, lidia, group, noon)
    elsewhere = shown_to(database, amal, group, noon)

    told = [each.name for each in at_home.people if each.is_told_of]
    assert told == ["su primo Beto"]
    assert "Beto" not in str([each.name for each in elsewhere.people])
    assert not [each for each in clear if each and b"Beto" in bytes(each)]


def test_the_pages_enter_a_group_and_its_people_and_say_what_is_wrong(
    database, signed_in, lidia, noon
):
    with database.transaction(lidia) as session:
        hers = a_missing_person(session, lidia, invented=False).reference
    with database.transaction(KEEPER) as session:
        wreck = an_incident(session, invented=False).reference
    browser = signed_in("lidia")
    token = re.search(r'name="form_token" value="([^"]+)"', browser.get("/groups").text)[1]
    group = {"form_token": token, "kind": "truck", "told_by": "relative", "place": "Tapachula"}
    group |= {"departed_from": "2025-03", "aboard_min": "20", "aboard_max": "25"}

    wrong = browser.post("/groups", data=group | {"aboard_max": "veinte"})
    coming = browser.get(f"/groups?person={hers}").text
    entered = browser.post("/groups", data=group | {"person": hers, "incident": wreck})
    path = entered.url.path
    listed = browser.get(f"/groups?person={hers}").text
    member = {"form_token": token, "record": hers, "told_by": "relative", "reason": REASON}
    unknown = browser.post(f"{path}/members", data=member | {"record": "MP-2222-2222"})
    said_of = browser.post(f"{path}/members", data=member | {"outcome": "missing"})
    redone = browser.post(f"{path}/facts", data=group | {"vessel": "Rabón azul"})

    assert wrong.status_code == 422
    assert "Tapachula" in entered.text
    # Whom one comes to put in a group is not written a second time, nor is what was said of it.
    assert f'name="person" value="{hers}"' in coming
    assert re.search(f'name="record"[^>]*value="{hers}"', entered.text)
    assert f'href="{path}?person={hers}#member"' in listed
    assert re.search(f'name="incident"[^>]*value="{wreck}"', said_of.text)
    assert unknown.status_code == 422
    assert hers in said_of.text
    assert "Rabón azul" in redone.text
    assert path.rsplit("/", 1)[1] in browser.get(f"/missing/{hers}/groups").text
    with database.transaction(lidia) as session:
        asking = Asking(session, lidia, PEOPLE, noon)
        assert len(facts_of(asking, get_group(asking, path.rsplit("/", 1)[1]))) == 2
