"""A coordinator shares pairs out; seats rest while somebody is away."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.running import run_matching
from casework.notifications.model import Notification
from casework.queue import shares
from casework.queue.hours import Week, capacity_of, loads_of, say_hours
from casework.queue.model import ReviewHours
from casework.queue.shares import share_out
from casework.review import work
from casework.review.actions import give_opinion, keep_draft
from casework.review.model import OpinionDraft, ReviewSeat, SeatChange
from casework.review.queries import last_review, seats_of
from casework.review.seats import change_seat, hand_over, take_seat
from casework.review.work import list_work
from privacy.audit.model import Entry
from privacy.permissions import DOOR, KEEPER
from tests.builders import remains_found
from tests.casework.queue.test_pages import form_token, says

OFFERED = re.compile(r'<option value="\d+:\d+"(?: selected)?>([^<]+)')
CHOSEN = re.compile(r'<option value="(\d+:\d+)" selected>([^<]+)')


def sends(browser, page, **said):
    form = {
        "form_token": form_token(page),
        "pair": re.findall(r'name="pair" value="(\d+)"', page.text),
    }
    form["due_on"] = re.search(r'name="due_on"[^>]* value="([^"]+)"', page.text)[1]
    return browser.post("/reviews/sharing", data=form | said, follow_redirects=False)


def held(session, viewer, proposal, **_at):
    """Give the seats that are held, as somebody may know of them."""
    review = last_review(session, viewer, proposal)
    return [each for each in seats_of(session, review) if each.is_held]


def test_a_week_is_shared_out_in_one_deed_and_everybody_is_told(
    pair, staff, signed_in, database, bruno, dora, noon
):
    browser, berta = signed_in("bruno", purpose="identify"), staff["berta"]
    says(browser, berta="4", celso="1,5")

    page = browser.get("/reviews/sharing")
    # Mexico keeps the remains alone: one seat is its own, and its coordinator takes none.
    (chosen,) = CHOSEN.findall(page.text)
    assert chosen == (f"{pair.id}:{berta.account_id}", "Berta")
    assert set(OFFERED.findall(page.text)) == {"Amal", "Berta", "Celso"}
    assert "Berta: 1 par más; con lo ya pedido, unas 0.8 de sus 4 horas." in page.text
    assert "Amal: no ha dicho sus horas" in page.text
    assert pair.standing(bruno).state.value == "none"

    done = sends(browser, page, seat=[chosen[0]])
    assert done.headers["location"] == "/reviews?done=shared"
    assert "Quedó pedido" in browser.get(done.headers["location"]).text
    with database.transaction(berta) as session:
        assert [each.pairing_id for each, _ in list_work(session, berta, at=noon).seats] == [
            pair.id
        ]
    with database.transaction(KEEPER) as session:
        told = session.scalars(
            sa.select(Notification.path).where(Notification.account_id == berta.account_id)
        ).all()
    with database.transaction(dora) as session:
        done = session.scalars(
            sa.select(Entry)
            .where(Entry.deed.in_(["review:seat:given", "review:list:shared"]))
            .order_by(Entry.position)
        ).all()
    assert told == [f"/pairings/{pair.id}/opinion"]
    # One line for each seat that names its pair, and one for the whole.
    assert [set(each.concerning) for each in done] == [{pair.person, pair.remains}, set()]

    # What was shared out is not shared out again, and says so where it is asked for.
    assert not CHOSEN.findall(browser.get("/reviews/sharing").text)
    assert "Ya hay quien la mire" in browser.get(f"/reviews/sharing?pair={pair.id}").text
    again = sends(browser, page, seat=[chosen[0]])
    assert again.status_code == 422
    assert "No se pidió nada" in again.text


def test_who_sat_in_it_before_is_not_proposed_and_cannot_be_asked(
    pair, staff, signed_in, bruno
):
    browser, berta = signed_in("bruno", purpose="identify"), staff["berta"]
    says(browser, berta="4", celso="1")
    page = browser.get("/reviews/sharing")
    seat = pair.does(berta, take_seat)
    pair.does(berta, change_seat, seat_id=seat.id, change=SeatChange.HANDED_OVER)

    # It is nobody's by now: the week's list brings it, and not back to her.
    assert [name for _, name in CHOSEN.findall(browser.get("/reviews/sharing").text)] == [
        "Celso"
    ]
    refused = sends(browser, page, seat=[f"{pair.id}:{berta.account_id}"])
    assert refused.status_code == 422
    assert [name for _, name in CHOSEN.findall(refused.text)] == ["Celso"]
    assert sends(browser, page, seat=[f"{pair.id}:{bruno.account_id}"]).status_code == 422
    assert sends(browser, page, seat=[""]).status_code == 422
    assert pair.does(bruno, held) == []
    # Nor is anything asked by somebody who does not see to it.
    assert signed_in("amal", purpose="identify").get("/reviews/sharing").status_code == 403


def test_what_cannot_be_done_whole_leaves_nothing_behind(pair, staff, database, bruno, noon):
    two = [(pair.id, staff[each].account_id) for each in ("berta", "celso")]

    with (
        pytest.raises(Exception, match="No se pidió nada"),
        database.transaction(bruno) as session,
    ):
        share_out(session, bruno, two, due_on=noon.date(), at=noon)

    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ReviewSeat)) == 0


def test_a_seat_that_rests_frees_the_week_and_is_not_late(pair, staff, database, bruno, noon):
    berta, day = staff["berta"], noon.date()
    seat = pair.does(berta, take_seat)

    def of_bruno(asked, **said):
        with database.transaction(bruno) as session:
            return asked(session, **said)

    def promised(on):
        return of_bruno(lambda session: capacity_of(session, bruno, on=on).promised)

    assert (promised(day), len(of_bruno(loads_of, on=day))) == (1, 1)
    until = day + timedelta(days=30)
    pair.does(berta, change_seat, seat_id=seat.id, change=SeatChange.PAUSED, until=until)

    (kept,) = pair.does(bruno, held)
    assert (promised(day), len(of_bruno(loads_of, on=day))) == (0, 0)
    assert kept.is_paused(until - timedelta(days=1))
    assert not kept.is_paused(until)
    assert kept.due_on(until) == seat.due_on + (until - day)
    # From that day on it counts again by itself.
    assert (promised(until), len(of_bruno(loads_of, on=until))) == (1, 1)

    # Whether it rests is said in three places, and each says the same, whatever was said last.
    later = until + timedelta(days=5)
    for last, to in (("paused", until), ("resumed", None), ("paused", None), ("paused", later)):
        pair.does(berta, change_seat, seat_id=seat.id, change=SeatChange(last), until=to)
        (kept,) = pair.does(bruno, held)
        for on in (day, until - timedelta(days=1), until, later):
            told = (promised(on) == 0, not of_bruno(loads_of, on=on))
            assert told == (kept.is_paused(on),) * 2, (last, to, on)


def test_whoever_is_away_has_no_hours_and_every_seat_rests_spoken_in_or_not(
    pair, staff, signed_in, database, bruno, noon
):
    berta, browser = staff["berta"], signed_in("bruno", purpose="identify")
    seat = pair.does(berta, take_seat)
    pair.does(berta, give_opinion, pair.says(berta))
    back = noon.date() + timedelta(days=20)

    def says_week(week):
        with database.transaction(berta) as session:
            say_hours(session, berta, {berta.account_id: week}, at=noon)

    # A week that cannot be leaves nothing behind of the weeks beside it.
    odd = {
        "form_token": form_token(browser.get("/reviews/hours")),
        "person": [berta.account_id, staff["celso"].account_id],
        "hours": ["4", "4"],
        "away_until": [back.isoformat(), noon.date().isoformat()],
    }
    assert browser.post("/reviews/hours", data=odd).status_code == 422
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ReviewHours)) == 0

    says_week(Week(4, back))
    assert [each.paused_until for each in pair.does(bruno, held)] == [back]
    assert "Berta: no está hasta el" in browser.get("/reviews/sharing").text
    assert "en pausa hasta el" in browser.get(f"/pairings/{pair.id}/review").text

    says_week(Week(4))
    assert not any(each.is_paused(noon.date()) for each in pair.does(bruno, held))
    with pytest.raises(Exception, match="Elija el día en que vuelve"):
        says_week(Week(4, noon.date()))

    # Whoever says another day moves the pauses that are theirs for being away.
    longer = back + timedelta(days=10)
    says_week(Week(4, longer))
    says_week(Week(4, back))
    assert [each.paused_until for each in pair.does(bruno, held)] == [back]
    says_week(Week(4))

    # A pause for another reason, or for longer, stays, away and back again.
    for until in (None, longer):
        pair.does(berta, change_seat, seat_id=seat.id, change=SeatChange.PAUSED, until=until)
        for week in (Week(4, back), Week(4)):
            says_week(week)
            (kept,) = pair.does(bruno, held)
            assert kept.is_paused(noon.date())
            assert kept.paused_until == until


def found_besides(database, viewer, noon, count):
    """Find more remains that fit the person as well, and give the pairings in their order."""
    with database.transaction(KEEPER) as session:
        for each in range(count):
            remains_found(session, viewer, invented=True, post_mortem_number=f"PM-MAS-{each}")
    with database.transaction(viewer) as session:
        run_id = request_matching(session, viewer, at=noon).id
    run_matching(database, run_id, lambda: noon)
    with database.transaction(viewer) as session:
        return session.scalars(sa.select(Pairing.id).order_by(Pairing.id)).all()


def test_with_many_reviews_under_way_what_is_free_is_shared_and_every_seat_rests(
    pair, staff, signed_in, database, bruno, noon, monkeypatch
):
    berta, browser = staff["berta"], signed_in("bruno", purpose="identify")
    full, *free = found_besides(database, bruno, noon, 2)
    pair.does(berta, take_seat)
    says(browser, berta="4")
    monkeypatch.setattr(shares, "MOST", 1)
    monkeypatch.setattr(work, "AT_MOST", 1)

    page = browser.get("/reviews/sharing")
    assert full == pair.id
    assert {int(of.partition(":")[0]) for of, _ in CHOSEN.findall(page.text)} < set(free)
    assert len(CHOSEN.findall(page.text)) == 1
    assert "Se reparten hasta 1 pares a la vez: queda 1 para después." in page.text

    pair.id = free[0]
    pair.does(berta, take_seat)
    back = noon.date() + timedelta(days=20)
    with database.transaction(berta) as session:
        say_hours(session, berta, {berta.account_id: Week(4, back)}, at=noon)
    for pair.id in (full, free[0]):
        assert [each.paused_until for each in pair.does(bruno, held)] == [back]


def test_a_seat_is_offered_and_its_draft_stays_with_its_author(
    pair, staff, signed_in, database, amal
):
    berta, celso = staff["berta"], staff["celso"]

    def told():
        with database.transaction(DOOR) as session:
            path = sa.select(Notification.path)
            return session.scalars(
                path.where(Notification.account_id == celso.account_id)
            ).all()

    seat = pair.does(berta, take_seat)
    pair.does(berta, keep_draft, pair.says(berta))

    pair.does(berta, hand_over, seat_id=seat.id, to=celso.account_id)
    assert told() == [f"/pairings/{pair.id}/review"]
    pair.does(celso, take_seat)
    # Whoever sits there is told of no other seat: it would say who sits beside them.
    other = pair.does(amal, take_seat)
    pair.does(amal, hand_over, seat_id=other.id, to=celso.account_id)
    assert told() == [f"/pairings/{pair.id}/review"]

    with database.transaction(celso) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(OpinionDraft)) == 0
    form = signed_in("celso", purpose="identify").get(f"/pairings/{pair.id}/opinion").text
    assert "Se miró todo lo que hay." not in form


def test_a_coordinator_gives_a_seat_to_somebody_else_and_lets_one_rest_by_the_page(
    pair, staff, signed_in, bruno, noon
):
    berta, celso = staff["berta"], staff["celso"]
    seat = pair.does(berta, take_seat)
    browser, here = signed_in("bruno", purpose="identify"), f"/pairings/{pair.id}/review"
    form = {"form_token": form_token(browser.get(here)), "seat": seat.id}

    odd = browser.post(here, data=form | {"do": "paused", "until": noon.date().isoformat()})
    assert odd.status_code == 422
    assert "Elija hasta qué día" in odd.text
    browser.post(here, data=form | {"do": "handed_over", "person": celso.account_id})

    held_now = pair.does(bruno, held)
    assert [each.row.account_id for each in held_now] == [celso.account_id]

    # She sat there before: it is refused, and the seat stays with whoever held it.
    again = form | {"do": "handed_over", "person": berta.account_id}
    refused = browser.post(here, data=again | {"seat": held_now[0].row.id})
    assert refused.status_code == 422
    assert [each.row.id for each in pair.does(bruno, held)] == [held_now[0].row.id]
