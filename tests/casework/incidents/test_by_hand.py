"""Incidents entered and corrected by hand, and who is said to have been in them."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput
from casework.groups.actions import describe_group, enter_group
from casework.groups.model import GroupKind, ToldBy
from casework.groups.of_incident import name_incident, show_involved
from casework.groups.rules import GroupDraft
from casework.incidents.actions import Correction, correct_incident, enter_incident
from casework.incidents.forms import said_of
from casework.incidents.model import Incident, IncidentVersion, SurvivorsList
from casework.incidents.presenters import CAUSE_WORDS
from casework.incidents.queries import get_incident, list_similar
from casework.incidents.rules import CAUSES, SaidIncident, problems_of, warnings_of
from casework.links.kinds import PEOPLE, REMAINS
from casework.links.queries import Asking
from casework.living.queries import get_living
from casework.remains.statements import REMAINS as REMAINS_DESCRIBED
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from casework.web.described import teller_for
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, an_incident, remains_found, somebody_alive

DAY = date(2025, 5, 2)
WRECK = SaidIncident(
    date_from=DAY, date_to=DAY, dead=2, missing=1, country="PA", sources=("Guardacostas",)
)
TYPED = {
    "kind": "incident", "date_from": "2025-06-11", "country": "GT", "place": "Ocós",
    "coordinates": "14.5, -92.2", "precision": "vague", "dead": "3", "missing": "4",
    "cause_codes": ["drowning", "harsh_conditions"], "countries_of_origin": "Honduras, Haití",
    "sources": "Prensa local\nCapitanía de puerto", "mmp_eligible": "no",
    "population": "closed", "survivors_list_ref": "Lista 14 de la Capitanía",
}  # fmt: skip


@pytest.fixture
def wreck(database, ana, noon):
    with database.transaction(ana) as session:
        return enter_incident(session, ana, WRECK, at=noon).reference


def but(**changes):
    return SaidIncident(**{each: getattr(WRECK, each) for each in WRECK.__slots__} | changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date_from": None}, "date"),
        ({"date_to": date(2025, 5, 1)}, "date"),
        ({"date_from": date(2031, 1, 1), "date_to": date(2031, 1, 1)}, "date"),
        ({"dead": -1}, "dead"),
        ({"missing": 10_001}, "missing"),
        ({"country": None}, "country"),
        ({"country": "ZZ"}, "country"),
        ({"countries_of_origin": ("HN", "ZZ")}, "countries_of_origin"),
        ({"cause_codes": ("hunger",)}, "cause_codes"),
        ({"sources": (" ",)}, "sources"),
        ({"lat": 8.0}, "coordinates"),
        ({"lat": 98.0, "lon": 0.0}, "coordinates"),
        ({"source_quality": 6}, "source_quality"),
        ({"urls": ("javascript:alert(1)",)}, "urls"),
        ({"title": "x" * 301}, "title"),
        ({"place": "x" * 401}, "place"),
        ({"sources": ("x",) * 21}, "sources"),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_field(changes, field):
    assert list(problems_of(but(**changes), today=date(2026, 1, 1))) == [field]
    assert problems_of(WRECK, today=date(2026, 1, 1)) == {}


def test_what_is_odd_is_a_warning_by_the_names_that_imports_warn_with():
    assert warnings_of(WRECK) == []
    assert warnings_of(but(females=2, males=2)) == ["sexes_exceed_total"]
    assert warnings_of(but(children=4)) == ["children_exceed_total"]
    assert warnings_of(but(dead=0, missing=None)) == ["nobody_counted"]
    # Where nobody counted the whole, its parts exceed nothing.
    assert warnings_of(but(dead=None, missing=None, females=1)) == ["nobody_counted"]
    assert set(CAUSES) == set(CAUSE_WORDS)


def test_an_institution_corrects_what_it_entered_and_what_was_said_before_stays(
    database, ana, lidia, amal, wreck, noon
):
    with database.transaction(ana) as session:
        incident = get_incident(session, ana, wreck)
        to = Correction(but(dead=3), "La autoridad contó otra vez.", 1)
        correct_incident(session, ana, incident, to, at=noon)
        with pytest.raises(Conflict):
            correct_incident(session, ana, incident, to, at=noon)
        with pytest.raises(InvalidInput):
            correct_incident(session, ana, incident, Correction(WRECK, "  ", 2), at=noon)

        (before,) = session.scalars(sa.select(IncidentVersion)).all()
        assert (incident.dead, incident.version) == (3, 2)
        assert (before.content["dead"], before.reason) == (2, "La autoridad contó otra vez.")
    with database.transaction(lidia) as session:
        other = get_incident(session, lidia, wreck)
        with pytest.raises(InvalidInput, match="otra institución"):
            correct_incident(session, lidia, other, Correction(WRECK, "porque sí", 2), at=noon)
    with database.transaction(amal) as session, pytest.raises(NotPermitted):
        enter_incident(session, amal, WRECK, at=noon)


@pytest.mark.usefixtures("wreck")
def test_the_database_lets_nobody_alter_what_a_source_or_another_institution_keeps(
    database, ana, lidia, noon
):
    with database.transaction(KEEPER) as session:
        imported = an_incident(session).reference
    altered = sa.update(Incident).values(dead=9)

    with database.transaction(lidia) as session:
        assert session.execute(altered).rowcount == 0
    with database.transaction(ana) as session:
        hers = sa.update(Incident).where(Incident.reference == imported)
        # Files come in under the name of whoever brings them; she cannot make one hers.
        with pytest.raises(sa.exc.ProgrammingError):
            session.execute(hers.values(institution_id=lidia.institution_id))
    with database.transaction(ana) as session:
        of_source, to = get_incident(session, ana, imported), Correction(WRECK, "porque sí", 1)
        with pytest.raises(InvalidInput, match="su fuente"):
            correct_incident(session, ana, of_source, to, at=noon)


def test_similar_incidents_are_those_whose_days_nearly_meet(database, ana, wreck):
    near, far = date(2025, 5, 5), date(2025, 5, 6)
    with database.transaction(ana) as session:

        def found(said, **more):
            return [each.reference for each in list_similar(session, ana, said, **more)]

        assert found(but(date_from=near, date_to=near)) == [wreck]
        assert found(but(date_from=far, date_to=far)) == []
        assert found(but(country="MX")) == []
        assert found(WRECK, but=wreck) == []
        assert found(but(country=None, place="mar adentro")) == []


def test_the_pages_enter_and_correct_and_lose_nothing(signed_in, database, ana):
    client = signed_in("ana")
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/incidents/new").text)
    typed = TYPED | {"form_token": token[1]}

    refused = client.post("/incidents/new", data=typed | {"dead": "tres", "date_from": ""})
    pressed = client.post("/incidents/new", data=typed | {"place_do": "closer"})
    odd = client.post("/incidents/new", data=typed | {"children": "9"})
    read = re.search(r'name="read" value="([^"]*)"', odd.text)[1]
    entered = client.post("/incidents/new", data=typed | {"children": "9", "read": read})
    twice = client.post("/incidents/new", data=typed)

    assert refused.status_code == 422
    assert "Prensa local\nCapitanía de puerto" in refused.text
    assert 'value="tres"' in refused.text
    assert pressed.status_code == 200
    assert (odd.status_code, read) == (422, "children_exceed_total")
    assert entered.history
    assert "Ocós" in entered.text
    assert "Observatorio" in entered.text or "Quién lo lleva" in entered.text
    reference = entered.url.path.rsplit("/", 1)[1]
    assert reference in twice.text

    path = f"/incidents/{reference}/correct"
    form = client.get(path).text
    assert "Honduras, Haití" in form
    said = typed | {"dead": "5", "version": "1", "read": read}
    without = client.post(path, data=said)
    stale = client.post(path, data=said | {"reason": "Otra cuenta.", "version": "7"})
    corrected = client.post(path, data=said | {"reason": "Se hallaron dos más."})
    assert (without.status_code, stale.status_code) == (422, 422)
    assert "Otra cuenta." in stale.text
    assert "Se hallaron dos más." in corrected.text
    with database.transaction(ana) as session:
        incident = get_incident(session, ana, reference)
        assert incident.cause_codes == ["drowning", "harsh_conditions"]
        assert (incident.dead, incident.radius_km, incident.version) == (5, 15.0, 2)


def test_programs_enter_and_correct_by_the_same_rules(signed_in, wreck):
    client = signed_in("ana")
    token = re.search(r'name="form_token" value="([^"]+)"', client.get("/incidents/new").text)
    headers = {"X-Form-Token": token[1]}
    new = {"date_from": "2025-05-03", "date_to": "2025-05-03", "dead": 1, "country": "PA"}
    new["sources"] = ["Guardacostas"]
    path = "/api/v1/incidents"

    unread = client.post(path, json=new, headers=headers)
    entered = client.post(path, json=new | {"read": [wreck]}, headers=headers)
    theirs = f"{path}/{entered.json()['reference']}"
    change = {"version": 1, "reason": "Otra cuenta.", "read": [wreck], "changes": {"dead": 4}}
    unknown = client.patch(theirs, json=change | {"changes": {"deaths": 4}}, headers=headers)
    wrong = client.patch(theirs, json=change | {"changes": {"dead": "x"}}, headers=headers)
    corrected = client.patch(theirs, json=change, headers=headers)

    assert (unread.status_code, wreck in unread.text) == (422, True)
    assert entered.status_code == 201
    assert (unknown.status_code, wrong.status_code) == (422, 422)
    told = corrected.json()
    assert (told["dead"], told["country"], told["version"]) == (4, "PA", 2)
    assert told["versions"][0]["reason"] == "Otra cuenta."


def test_whoever_may_not_record_is_offered_no_form(signed_in, wreck):
    examiner = signed_in("amal")

    assert examiner.get("/incidents/new").status_code == 403
    assert "/incidents/new" not in examiner.get("/incidents").text
    assert f"/incidents/{wreck}/correct" not in examiner.get(f"/incidents/{wreck}").text


def test_records_are_named_for_an_incident_and_shown_to_each_reader_who_may_read_them(
    database, lidia, bruno, signed_in, noon
):
    with database.transaction(KEEPER) as session:
        incident = an_incident(session, source_key="2025.MMP0099").reference
    with database.transaction(lidia) as session:
        hers = a_missing_person(session, lidia, given_names="Marisol").reference
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno, incident_key="2025.mmp0099").reference
        asking = Asking(session, bruno, PEOPLE, noon)
        boat = GroupDraft(
            GroupKind.BOAT,
            ToldBy.SURVIVOR,
            incident_id=get_incident(session, bruno, incident).id,
        )
        group = enter_group(asking, boat, invented=True)
        moved = enter_group(asking, boat, invented=True)
        describe_group(asking, moved, GroupDraft(GroupKind.BOAT, ToldBy.SURVIVOR))

    client = signed_in("lidia")
    page = client.get(f"/incidents/{incident}/people").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    path, sent = f"/incidents/{incident}/people", {"form_token": token}
    absent = client.post(path, data=sent | {"record": "MP-2222-2222"})
    named = client.post(path, data=sent | {"record": hers, "said_by": "Su hermana"})

    assert absent.status_code == 422
    assert hers in named.text
    assert found not in named.text
    with database.transaction(bruno) as session:
        asking = Asking(session, bruno, PEOPLE, noon)
        shown = show_involved(asking, get_incident(session, bruno, incident), teller_for("es"))
        assert [each.reference for each in shown.remains] == [found]
        assert [each.reference for each in shown.groups] == [group.reference]
        log = session.execute(
            sa.text("SELECT count(*) FROM missing_person WHERE incident_key = '2025.MMP0099'")
        )
        assert log.scalar() == 1


def test_an_incident_is_found_by_whatever_a_record_calls_it(database, signed_in, bruno, noon):
    with database.transaction(KEEPER) as session:
        incident = an_incident(session, source_key="2025.MMP0098").reference
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno)
        hand = AtHand(session, bruno, found, REMAINS_DESCRIBED, noon)
        for typed in ("nadie lo sabe", incident.capitalize()):
            say(hand, {"incident_key": Said(typed)}, Sitting(Method.EXAMINATION))
        telephoned = somebody_alive(session, bruno, incident_key=incident.capitalize())
        beside = somebody_alive(session, bruno).reference
        asking = Asking(session, bruno, PEOPLE, noon)
        case = get_living(session, bruno, beside, at=noon)
        name_incident(asking, case, get_incident(session, bruno, incident))
        shown = show_involved(asking, get_incident(session, bruno, incident), teller_for("es"))

        # Both sides of a comparison meet by one key, however each was told.
        assert found.incident_key == case.incident_key == "2025.MMP0098"
        assert [each.reference for each in shown.remains] == [found.reference]
        assert {each.reference for each in shown.alive} == {telephoned.reference, beside}
        assert {found.reference, beside} <= set(shown.seen)

    page = signed_in("bruno").get(f"/remains/{found.reference}").text
    assert re.search(r'<a href="/incidents\?[^"]*q=2025.MMP0098">2025.MMP0098</a>', page)


def test_a_record_is_not_moved_from_the_incident_that_it_names(database, bruno, noon):
    with database.transaction(KEEPER) as session:
        one, other = (an_incident(session).reference for _ in range(2))
        real = an_incident(session, invented=False).reference
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno).reference
        asking = Asking(session, bruno, REMAINS, noon)
        case = REMAINS.get(session, bruno, found, at=noon)
        name_incident(asking, case, get_incident(session, bruno, one), said_by="Guardacostas")
        name_incident(asking, case, get_incident(session, bruno, one))
        with pytest.raises(InvalidInput, match="otro incidente"):
            name_incident(asking, case, get_incident(session, bruno, other))
        with pytest.raises(InvalidInput, match="inventado"):
            name_incident(asking, case, get_incident(session, bruno, real))
        assert said_of(get_incident(session, bruno, one)).country == "PA"


def test_who_holds_a_list_of_survivors_is_told_to_the_institution_that_wrote_it_alone(
    database, signed_in, ana, bruno, noon
):
    said = but(survivors_list_ref="Lista 14 de un puesto", population="closed")
    with database.transaction(ana) as session:
        entered = enter_incident(session, ana, said, at=noon)
        anew = but(survivors_list_ref="Lista 15 de un puesto", population="closed")
        to = Correction(anew, "Otra lista", 1)
        correct_incident(session, ana, entered, to, at=noon)
        path = f"/incidents/{entered.reference}"

    for who, reads in (("ana", True), ("bruno", False), ("carlos", False)):
        browser = signed_in(who)
        page, told = browser.get(path).text, browser.get(f"/api/v1{path}").json()
        assert ("Lista 15" in page) is ("Lista 14" in page) is reads
        assert ("Lista 14" in str(told)) is reads
        assert (told["survivors_list_ref"] == "Lista 15 de un puesto") is reads
        # Whether it is known who was there is for everybody.
        assert told["population"] == "closed"
        assert "Lista 15" not in browser.get("/incidents/table.csv?area=world").text
    # Nor does the database give it to anybody else, whatever the application asks for.
    for viewer, rows in ((ana, 2), (bruno, 0)):
        with database.transaction(viewer) as session:
            assert len(session.scalars(sa.select(SurvivorsList)).all()) == rows
            kept = session.scalars(sa.select(IncidentVersion.content)).all()
            assert "Lista" not in str(kept)
    found = signed_in("bruno").get("/api/v1/incidents?q=Lista").json()
    assert found["incidents"] == []


def test_incidents_are_found_by_whether_the_project_counts_them(database, signed_in):
    with database.transaction(KEEPER) as session:
        counted = an_incident(session, mmp_eligible=True).reference
        in_detention = an_incident(session, mmp_eligible=False).reference
        an_incident(session)

    def found(choice):
        told = signed_in("ana").get(f"/api/v1/incidents?counted={choice}").json()
        return [each["reference"] for each in told["incidents"]]

    assert (found("yes"), found("no")) == ([counted], [in_detention])
