"""The queue as a team meets it: its hours, where the week ends, and why each stands there."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.queue.model import ReviewHours
from casework.queue.parking import Back, parked_of
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.review.actions import give_opinion
from casework.review.model import Conclusion
from casework.review.seats import take_seat
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from privacy.permissions import KEEPER

EXAMINED = Sitting(Method.EXAMINATION, "Perito inventado")
LISTED = re.compile(r'href="/pairings/(\d+)"')


def form_token(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


def says(browser, **hours):
    page = browser.get("/reviews/hours")
    rows = re.findall(r'for="hours-(\d+)">([^<]+)<', page.text)
    asked = [(number, hours[name.lower()]) for number, name in rows if name.lower() in hours]
    form = {"form_token": form_token(page), "person": [each[0] for each in asked]}
    return browser.post("/reviews/hours", data=form | {"hours": [each[1] for each in asked]})


def test_until_somebody_says_their_hours_no_end_of_the_week_is_drawn(pair, signed_in):
    page = signed_in("bruno").get("/pairings")

    assert pair
    assert "Nadie de su institución ha dicho cuántas horas tiene" in page.text
    assert "Hasta aquí alcanza" not in page.text


def test_the_week_ends_where_the_hours_end(pair, staff, signed_in):
    browser = signed_in("bruno")
    # Mexico keeps the remains alone: one opinion of 45 minutes is its own.
    enough = says(browser, berta="0,8").text

    assert pair
    assert staff
    assert "Con 0.8 horas esta semana alcanza para mirar 1 propuesta nueva." in enough
    assert "A su institución le toca un dictamen" in enough
    assert "Para después" not in enough

    assert "Para después" in says(browser, berta="0,5").text


def test_what_was_said_before_is_kept(pair, staff, signed_in, database, bruno):
    browser = signed_in("bruno")
    says(browser, berta="4")
    says(browser, berta="6", celso="2")

    with database.transaction(bruno) as session:
        kept = session.scalars(sa.select(ReviewHours.hours).order_by(ReviewHours.id)).all()
    assert pair
    assert staff
    assert kept == [4, 6, 2]
    assert "Con 8 horas" in browser.get("/pairings").text


def test_an_examiner_says_their_own_hours_and_nobody_elses(pair, signed_in, viewers):
    browser = signed_in("amal")
    page = browser.get("/reviews/hours")
    form = {"form_token": form_token(page), "person": viewers["bruno"].account_id, "hours": "9"}

    refused = browser.post("/reviews/hours", data=form)

    assert pair
    assert len(re.findall(r'name="person"', page.text)) == 1
    assert refused.status_code == 422
    assert "las de los demás las dice su coordinación" in refused.text


@pytest.mark.parametrize("hours", ["mucho", "61", "-1", "nan"])
def test_what_is_no_week_is_refused_and_stays_in_the_form(pair, staff, signed_in, hours):
    refused = says(signed_in("bruno"), berta=hours)

    assert pair
    assert staff
    assert refused.status_code == 422
    assert f'value="{hours}"' in refused.text


def shown(browser, query):
    return bool(LISTED.search(browser.get(f"/pairings?{query}").text))


def test_a_pair_is_found_by_where_it_stands(pair, staff, signed_in):
    browser, berta, elena = signed_in("bruno"), staff["berta"], staff["elena"]

    assert shown(browser, "state=unseen")
    assert not shown(browser, "state=review")

    pair.does(berta, take_seat)
    pair.does(elena, take_seat)
    pair.does(berta, give_opinion, pair.says(berta))
    # That one of two has spoken is told to nobody, nor by what one has before them.
    assert "Tiene pedido 1 par, unas 0.8 horas" in browser.get("/reviews/hours").text
    assert [shown(browser, f"state={each}") for each in ("unseen", "review", "spoken")] == [
        False,
        True,
        False,
    ]

    pair.does(elena, give_opinion, pair.says(elena, Conclusion.EXCLUDES))
    assert shown(browser, "state=spoken")
    assert not shown(browser, "state=board")
    assert not shown(browser, "mine=yes")
    assert "están los dos dictámenes" in browser.get("/pairings").text


SEARCHES = {
    "age_min=20&age_max=40": True,
    "age_min=80": False,
    "nationality=HN": True,
    "nationality=GT": False,
    "seen_from=2020-01-01": True,
    "seen_to=1990-01-01": False,
    "new=7": True,
    "evidence=prints": False,
    "evidence=dna": False,
    "evidence=implant": False,
    "order=strength": True,
    "state=&evidence=&institution=&new=&age_min=&seen_from=&order=": True,
}


def test_a_pair_is_found_by_what_forensic_teams_ask_for(pair, signed_in, viewers):
    browser = signed_in("bruno")
    of = {each: viewers[each].institution_id for each in ("bruno", "gloria", "dora")}

    found = {query: shown(browser, query) for query in SEARCHES}
    kept = {name: shown(browser, f"institution={number}") for name, number in of.items()}

    assert pair
    assert found == SEARCHES
    assert kept == {"bruno": True, "gloria": True, "dora": False}


def test_what_nothing_can_be_said_of_is_parked_and_comes_back_by_itself(
    pair, staff, signed_in, database, bruno, noon
):
    browser, two = signed_in("bruno"), (staff["berta"], staff["elena"])
    for each in two:
        pair.does(each, take_seat)
    for each in two:
        pair.does(each, give_opinion, pair.says(each, Conclusion.INSUFFICIENT))

    listed = browser.get("/pairings")
    assert not LISTED.search(listed.text)
    assert "Hay 1 propuesta en espera" in listed.text
    assert [shown(browser, f"state={each}") for each in ("parked", "back")] == [True, False]

    with database.transaction(KEEPER) as session:
        remains = session.get(Remains, pair.remains_id)
        remains.changed_at = noon + timedelta(days=1)
    # What nobody compares wakes nothing: the record's clock alone went on.
    assert [shown(browser, f"state={each}") for each in ("parked", "back")] == [True, False]

    # Prints are weighed by nobody, and are what the pair lacked.
    with database.transaction(bruno) as session, session.begin_nested() as undone:
        at = noon + timedelta(days=2)
        found = get_remains(session, bruno, pair.remains, at=at)
        hand = AtHand(session, bruno, found, REMAINS, at)
        say(hand, {"prints/bbbb22": Said({"finger": "thumb"}, frozenset())}, EXAMINED)
        parked = parked_of(session, bruno, at=at)
        undone.rollback()
    assert parked.back == {(pair.person_id, pair.remains_id): {Back.REMAINS}}

    with database.transaction(KEEPER) as session:
        session.get(Remains, pair.remains_id).stature_cm_max = 181

    listed = browser.get("/pairings")
    assert LISTED.search(listed.text)
    assert "Volvió: cambió el registro de los restos." in listed.text
    assert [shown(browser, f"state={each}") for each in ("parked", "back")] == [False, True]
