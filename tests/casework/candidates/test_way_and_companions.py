"""The journey between departure and recovery, and who travelled along, on the comparison."""

from datetime import date
from types import SimpleNamespace

import pytest

from casework.candidates.drawn_way import shown_way
from casework.candidates.stations import journey_in
from casework.candidates.weighing import Explained
from casework.dataset.values import NONE
from casework.envelope import SearchConsent
from casework.groups.actions import enter_group, say_of_member
from casework.groups.model import Aboard, GroupKind, Outcome, ToldBy
from casework.groups.rules import GroupDraft, MemberDraft
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.missing.model import MissingPerson
from casework.missing.statements import MISSING_PERSON
from casework.openings import Openings
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange, Place
from casework.web.described import teller_for
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.model import Reveals
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, an_incident, remains_found

SPANISH = teller_for("es")
TAPACHULA = {
    "country": "MX",
    "place": "Tapachula",
    "lat": 14.9,
    "lon": -92.26,
    "radius_km": 10.0,
}
ARRIAGA = {"country": "MX", "place": "Arriaga", "lat": 16.2, "lon": -93.9, "radius_km": 5.0}
TECUN = {"country": "GT", "place": "Tecún Umán"}
CONTACT = DateRange(date(2025, 6, 3), date(2025, 6, 3))


def days(text):
    return {"from": text, "to": text}


def a_leg(start=None, end=None, **more):
    places = {"from_place": start, "to_place": end}
    return {part: value for part, value in (places | more).items() if value}


def a_picture(*legs, **said):
    told = {f"legs/leg{at}": leg for at, leg in enumerate(legs)} | said
    return {
        path: (SimpleNamespace(value=value, entered_at=at),)
        for at, (path, value) in enumerate(told.items())
    }


def a_pair(*, is_open=True, **remains):
    """A person last heard of in Tapachula and remains found near Arriaga."""
    groups = frozenset(Reveals) if is_open else frozenset()
    found = {
        "found": DateRange(date(2025, 9, 14), date(2025, 9, 14)),
        "found_from": "2025-09-14",
    }
    place = {
        "country": "MX",
        "admin1": "",
        "place": "Arriaga",
        "point": Place(16.23, -93.9, 2.0),
    }
    contact = place | {"place": "Tapachula", "point": Place(14.9, -92.26, 10.0)}
    return SimpleNamespace(
        person=SimpleNamespace(**contact, last_contact=CONTACT, last_contact_from="2025-06-03"),
        remains=SimpleNamespace(**(place | found | {"found_site": ""} | remains)),
        of_person=Openings(groups, {}),
    )


def way_of(picture, explained=None, **remains):
    journey = journey_in(picture, CONTACT)
    return shown_way(a_pair(**remains), journey, explained or Explained({}, {}), SPANISH)


def possible(way):
    return " ".join(each.text for each in way.possible)


def test_stops_stand_in_the_order_of_their_days_round_the_last_contact():
    way = way_of(
        a_picture(
            a_leg(TAPACHULA, ARRIAGA, departed=days("2025-06-05"), mode="train"),
            a_leg(TECUN, TAPACHULA, departed=days("2025-05-30"), arrived=days("2025-06-01")),
            destination={"place": "US"},
        )
    )

    assert [(each.number, each.place, each.when) for each in way.stops] == [
        ("1", "Tecún Umán, Guatemala", "salió: 30 de mayo de 2025"),
        ("2", "Tapachula, México", "llegó: 1 de junio de 2025; salió: 5 de junio de 2025"),
        ("", "Tapachula, México", "3 de junio de 2025"),
        ("3", "Arriaga, México", "fecha no registrada"),
        ("4", "Estados Unidos", "según lo que se dijo"),
        ("", "Arriaga, México", "14 de septiembre de 2025"),
    ]
    assert [each.by for each in way.moments][3] == (
        "Arriaga, México; con una precisión de 5 km; medio de viaje: tren"
    )
    assert dict(way.map.kinds) == {"missing": 1, "remains": 1, "station": 2}
    assert way.map.svg.count("map-way") == 2
    assert "Arriaga" in way.map.svg.partition("<desc>")[2].partition("</desc>")[0]
    assert way.untold is None


@pytest.mark.parametrize(
    ("leg", "remains", "says"),
    [
        ({"arrived": days("2025-05-01")}, {}, ["punto 1", "puede ser el mismo", "Queda atrás"]),
        ({"arrived": days("2025-06-09")}, {}, ["Está en el camino: por ahí"]),
        ({"arrived": days("2025-12-01")}, {}, ["después de que se recuperaron"]),
        ({"end": TECUN}, {}, ["es el último contacto", "no se tocan"]),
        ({}, {"point": Place(16.2, -93.9, None)}, ["falta la precisión"]),
    ],
)
def test_where_the_recovery_lies_on_the_way_is_said_in_words(leg, remains, says):
    said = possible(way_of(a_picture(a_leg(**({"end": ARRIAGA} | leg))), **remains))

    assert [each for each in says if each not in said] == []


def test_what_nobody_knows_for_sure_is_not_said():
    """A day before or after the last contact, a way back to the same place, a leg half told."""
    some_time = {"arrived": {"from": "2025-05-01", "to": "2025-07-01"}}
    unsure = possible(way_of(a_picture(a_leg(end=ARRIAGA, **some_time))))
    aside = Explained({"destination": ("destination_aside", {"degrees_aside": 180.0})}, {})
    at_contact = possible(way_of({}, aside, point=Place(14.95, -92.26, 2.0)))
    asked = {"departed": {NONE: "unknown"}, "mode": {NONE: "unknown"}}
    half_told = way_of(a_picture(a_leg({NONE: "unknown"}, ARRIAGA, **asked)))

    assert "puede ser el mismo" in unsure
    assert "Queda atrás" not in unsure
    assert "hacia atrás" not in at_contact
    assert [(each.number, each.place) for each in half_told.stops][:1] == [
        ("1", "Arriaga, México")
    ]


def test_what_the_engine_reads_of_the_direction_is_said_ahead_aside_or_behind():
    told = {
        degrees: possible(
            way_of({}, Explained({"destination": (reason, {"degrees_aside": degrees})}, {}))
        )
        for degrees, reason in (
            (20.0, "destination_ahead"),
            (90.0, "destination_aside"),
            (150.0, "destination_aside"),
        )
    }

    assert "en la dirección del destino" in told[20.0]
    assert "en otra dirección" in told[90.0]
    assert "hacia atrás" in told[150.0]


def test_a_journey_that_nobody_told_is_missing_and_a_closed_one_is_closed():
    asked = way_of(a_picture(legs={NONE: "unknown"}))
    blank, closed = way_of({}), way_of({}, is_open=False)

    assert [each.untold.known.value for each in (asked, blank, closed)] == [
        "unknown",
        "not_recorded",
        "closed",
    ]


GROUP = GroupDraft(GroupKind.BOAT, ToldBy.SURVIVOR, vessel="La Esperanza", country="GT")


@pytest.fixture
def boat(database, bruno, lidia, noon, run_of_all, proposals_for):
    """A person, a companion of bruno's and one of lidia's, and remains of one incident."""
    with database.transaction(KEEPER) as session:
        incident = an_incident(session, date_from=date(2025, 6, 4), date_to=date(2025, 6, 4))
        key = {"incident_key": incident.source_key}
        person = a_missing_person(session, lidia, **key)
        companion = a_missing_person(session, bruno, given_names="Anselmo")
        hidden = a_missing_person(
            session,
            lidia,
            given_names="Oculta",
            grants=(),
            search_consent=SearchConsent.NOT_ASKED,
        )
        found, other = (remains_found(session, bruno, **key) for _ in range(2))
    with database.transaction(lidia) as session:
        person = session.get_one(MissingPerson, person.id)
        hand = AtHand(session, lidia, person, MISSING_PERSON, noon)
        leg = a_leg(TECUN, TAPACHULA, arrived=days("2025-06-01"), mode="raft")
        say(hand, {"legs/leg1": Said(leg)}, Sitting(Method.INTERVIEW))
        group = enter_group(Asking(session, lidia, PEOPLE, noon), GROUP, invented=True)
    cases = (
        (lidia, PEOPLE, person, {}),
        (lidia, PEOPLE, hidden, {"outcome": Outcome.MISSING}),
        (bruno, PEOPLE, companion, {"outcome": Outcome.MISSING}),
        (lidia, PEOPLE, person, {"words": "doña Mencha", "outcome": Outcome.DEAD}),
        (bruno, REMAINS, other, {}),
    )
    for viewer, kind, case, more in cases:
        with database.transaction(viewer) as session:
            asking = Asking(session, viewer, kind, noon)
            known = kind.get(session, viewer, case.reference, at=noon)
            draft = MemberDraft(Aboard.TRAVELLED, ToldBy.SURVIVOR, "Lo contó.", **more)
            say_of_member(asking, group, known, draft)
    run_of_all()
    (proposal,) = [
        each
        for each in proposals_for(bruno)
        if (each.person.id, each.remains.id) == (person.id, found.id)
    ]
    return SimpleNamespace(
        proposal=proposal, group=group, companion=companion, hidden=hidden, other=other,
        incident=incident,
    )  # fmt: skip


def test_the_page_shows_the_way_and_companions_as_far_as_open_and_the_log_knows(
    boat, signed_in, database, dora
):
    page = signed_in("amal").get(f"/pairings/{boat.proposal.pairing.id}").text
    with database.transaction(dora) as session:
        log = session.query(Entry).all()

    assert "1. Parada del camino" in page
    assert "balsa" in page
    assert f"/incidents/{boat.incident.reference}" in page
    assert f"/groups/{boat.group.reference}" in page
    assert f"/missing/{boat.companion.reference}" in page
    assert "del mismo incidente que los de aquí" in page
    assert f"/remains/{boat.other.reference}" in page
    assert not [each for each in ("Anselmo", "Mencha", boat.hidden.reference) if each in page]
    by_deed = {each.deed: each for each in log}
    assert by_deed[Deed.GROUP_READ.value].about == boat.group.reference
    assert by_deed[Deed.INCIDENT_READ.value].about == boat.incident.reference
