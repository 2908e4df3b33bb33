"""Sites are known coarsely to whoever works with remains, exactly to whoever keeps them."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.errors import Conflict, InvalidInput, NotFound
from casework.remains.statements import REMAINS
from casework.sites.actions import (
    Working,
    correct_grave,
    correct_site,
    enter_grave,
    enter_site,
)
from casework.sites.model import GraveKind, SiteKind, SiteState
from casework.sites.naming import How, name_site
from casework.sites.queries import get_site, graves_of, know_site, list_sites, resting_at
from casework.sites.rules import GraveDraft, SiteDraft, coarse, problems_of, problems_of_grave
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange
from privacy.errors import NotPermitted
from tests.builders import remains_found

YARD = SiteDraft(
    kind=SiteKind.CEMETERY,
    name="Panteón de los Ausentes",
    country="MX",
    admin1="Chiapas",
    place="Detrás de la ermita",
    lat=14.91234,
    lon=-92.26012,
    radius_km=0.1,
    notes="Avisó quien cuida la puerta.",
)

SEALED = ("camino viejo", "vigilan", "Sin nombre", "14.912", "92.260")


@pytest.fixture
def yard(database, bruno, noon):
    """A cemetery with one grave, kept by bruno's institution."""
    with database.transaction(bruno) as session:
        by = Working(session, bruno, noon)
        site = enter_site(by, YARD, invented=True)
        draft = GraveDraft(number="14", section="B", marker="Desconocido, mayo")
        return site.reference, enter_grave(by, site, draft).reference


def known_to(database, viewer, reference, at):
    with database.transaction(viewer) as session:
        known = know_site(session, viewer, get_site(session, viewer, reference, at=at), at=at)
        resting = resting_at(session, viewer, known, at=at)
        exact = dict(known.newest.exact) if known.is_open else None
        markers = [each.marker for each in known.graves] if known.is_open else None
        return known, resting, exact, markers


def named(session, viewer, found, place, how, at, **more):
    by = Working(session, viewer, at)
    site = get_site(session, viewer, place, at=at)
    name_site(by, found, site, reference=place, how=how, **more)


def token_of(browser, path):
    return re.search(r'name="form_token" value="([^"]+)"', browser.get(path).text)[1]


def version_in(page):
    return re.search(r'name="version" value="(\d+)"', page)[1]


def test_a_rounded_point_names_a_district_and_is_the_same_for_everybody():
    assert coarse(YARD) == {"lat": 14.9, "lon": -92.3, "radius_km": 15.0}
    far = SiteDraft(kind=SiteKind.OTHER, name="x", lat=1.0, lon=1.0, radius_km=50.0)
    assert coarse(far)["radius_km"] == 50.0
    assert coarse(SiteDraft(kind=SiteKind.OTHER, name="x"))["lat"] is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"notes": "x" * 4001}, "notes"),
        ({"lat": None}, "coordinates"),
        ({"lat": 91.0}, "coordinates"),
        ({"country": None, "place": "", "lat": None, "lon": None}, "country"),
    ],
)
def test_what_cannot_be_so_of_a_site_is_refused_by_its_field(changes, field):
    said = {name: getattr(YARD, name) for name in YARD.__slots__} | changes

    assert list(problems_of(SiteDraft(**said))) == [field]
    assert problems_of(YARD) == {}
    assert list(problems_of_grave(GraveDraft(number=" "))) == ["number"]
    assert problems_of_grave(GraveDraft(kind=GraveKind.OSSUARY)) == {}


def test_where_a_site_lies_exactly_opens_to_its_institution_alone(
    database, lidia, bruno, carlos, yard, noon
):
    reference, grave = yard

    known, _, exact, markers = known_to(database, bruno, grave.lower(), noon)
    elsewhere, _, closed, _ = known_to(database, lidia, reference, noon)

    assert exact["place"] == "Detrás de la ermita"
    assert exact["lat"] == 14.91234
    assert markers == ["Desconocido, mayo"]
    assert (known.newest.lat, elsewhere.newest.lat) == (14.9, 14.9)
    assert closed is None
    with database.transaction(lidia) as session:
        keys = "SELECT count(*) FROM data_key JOIN site ON seal_id = case_seal_id"
        assert session.scalar(sa.text(keys)) == 0
        plain = session.scalars(sa.text("SELECT exact FROM site_fact")).all()
        assert not [each for each in plain if b"ermita" in bytes(each)]
        site = get_site(session, lidia, reference, at=noon)
        with pytest.raises(NotPermitted):
            correct_site(Working(session, lidia, noon), site, YARD, seen=known.newest.id)
    with database.transaction(carlos) as session:
        assert list_sites(session, carlos, at=noon) == []
        assert session.scalar(sa.text("SELECT count(*) FROM site")) == 0
        with pytest.raises(NotFound):
            get_site(session, carlos, reference, at=noon)


def test_what_was_said_of_a_site_stays_and_the_newest_word_holds(database, bruno, yard, noon):
    reference, grave = yard
    said = {name: getattr(YARD, name) for name in YARD.__slots__}
    with database.transaction(bruno) as session:
        by, site = Working(session, bruno, noon), get_site(session, bruno, reference, at=noon)
        before = know_site(session, bruno, site, at=noon)
        protected = SiteDraft(**said | {"state": SiteState.PROTECTED})
        correct_site(by, site, protected, seen=before.newest.id)
        niche = GraveDraft(kind=GraveKind.NICHE, number="14 bis")
        correct_grave(by, site, grave, niche, seen=before.graves[0].id)
        # Somebody who looked before that writes over nothing.
        with pytest.raises(Conflict):
            correct_site(by, site, YARD, seen=before.newest.id)
        with pytest.raises(Conflict):
            correct_grave(by, site, grave, niche, seen=before.graves[0].id)

    known, _, _, markers = known_to(database, bruno, reference, noon)

    assert [each.state for each in known.facts] == [SiteState.PROTECTED, SiteState.OPEN]
    assert [each.number for each in known.graves] == ["14 bis"]
    assert [each.number for each in known.said_of_graves] == ["14 bis", "14"]
    assert markers == [""]


def test_two_who_correct_a_site_at_once_are_told_of_each_other(database, bruno, yard, noon):
    reference, _ = yard
    seen = known_to(database, bruno, reference, noon)[0].newest.id

    def correct(number):
        with database.transaction(bruno) as session:
            site = get_site(session, bruno, reference, at=noon)
            said = replace(YARD, name=f"Panteón {number}")
            try:
                correct_site(Working(session, bruno, noon), site, said, seen=seen)
            except Conflict:
                return "told"
            return "kept"

    with ThreadPoolExecutor(4) as together:
        outcomes = list(together.map(correct, range(4)))

    assert sorted(outcomes) == ["kept", "told", "told", "told"]
    assert len(known_to(database, bruno, reference, noon)[0].facts) == 2


@pytest.mark.parametrize(
    ("draft", "is_new"),
    [
        (GraveDraft(section=" b ", number="14"), False),
        (GraveDraft(section="B", line="3", number="14"), True),
        (GraveDraft(kind=GraveKind.NICHE, section="B", number="14"), True),
        (GraveDraft(kind=GraveKind.OSSUARY), True),
    ],
)
def test_a_grave_that_the_site_already_has_is_refused_with_a_sentence(
    database, bruno, yard, noon, draft, is_new
):
    with database.transaction(bruno) as session:
        by, site = Working(session, bruno, noon), get_site(session, bruno, yard[0], at=noon)
        if is_new:
            enter_grave(by, site, draft)
        with pytest.raises(InvalidInput, match="ya lleva esa clase"):
            enter_grave(by, site, draft)
        graves = know_site(session, bruno, site, at=noon).graves
        first = next(each for each in graves if each.reference == yard[1])
        # Said of itself again it is no other; said as another one is, it is refused.
        correct_grave(by, site, yard[1], GraveDraft(number="14", section="B"), seen=first.id)
        if is_new:
            seen = graves_of(session, site)[yard[1]].id
            with pytest.raises(InvalidInput, match="ya lleva esa clase"):
                correct_grave(by, site, yard[1], draft, seen=seen)
        with pytest.raises(InvalidInput):
            correct_grave(by, site, "GV-2222-2222", draft, seen=0)


def test_who_lies_at_a_site_is_said_of_the_remains_and_of_nothing_else(
    database, bruno, lidia, yard, noon
):
    reference, grave = yard
    with database.transaction(bruno) as session:
        lies, moved, seen = (remains_found(session, bruno) for _ in range(3))
        days = [DateRange(day, day) for day in (noon.date(), noon.date().replace(day=1))]
        named(session, bruno, lies, grave, How.LIE, noon, on=days[0].earliest)
        named(session, bruno, seen, reference, How.FOUND, noon)
        named(session, bruno, seen, reference, How.KEPT, noon)
        named(session, bruno, moved, grave, How.LIE, noon, on=days[1].earliest)
        hand = AtHand(session, bruno, moved, REMAINS, noon)
        day = {"from": days[0].earliest.isoformat(), "to": days[0].latest.isoformat()}
        elsewhere = {"grave/elsewh": Said({"site_ref": "st-2222-2222", "date": day})}
        say(hand, elsewhere, Sitting(Method.EXAMINATION, "", noon.date()))
        with pytest.raises(InvalidInput):
            named(session, bruno, seen, grave, How.FOUND, noon)
        real = remains_found(session, bruno, invented=False)
        with pytest.raises(InvalidInput):
            named(session, bruno, real, grave, How.LIE, noon)
        expected = (lies.reference, moved.reference, seen.reference)

    _, resting, *_ = known_to(database, bruno, reference, noon)
    _, closed, *_ = known_to(database, lidia, reference, noon)

    assert [(each.reference, at) for each, at in resting.lying] == [(expected[0], grave)]
    assert [each.reference for each in resting.lay] == [expected[1]]
    assert [each.reference for each in resting.kept] == [expected[2]]
    assert [each.reference for each in resting.found] == [expected[2]]
    assert closed.seen == []


TYPED = {
    "name": "Fosa del llano", "kind": "common_grave", "country": "MX",
    "place": "Junto al camino viejo", "coordinates": "14.9123, -92.2601",
    "precision": "gps", "notes": "La vigilan.",
}  # fmt: skip
IN_GRAVE = {"number": "7", "marker": "Sin nombre"}


def reference_of_grave(page):
    return re.search(r"GV-[\dA-Z]{4}-[\dA-Z]{4}", page.text)[0]


def test_the_pages_enter_a_site_its_graves_and_who_lies_there(signed_in, database, bruno):
    browser = signed_in("bruno")
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno, invented=False).reference
    sent = {"form_token": token_of(browser, "/sites/new")}
    typed = TYPED | sent

    wrong = browser.post("/sites/new", data=typed | {"kind": "", "name": ""})
    pressed = browser.post("/sites/new", data=typed | {"place_do": "closer"})
    entered = browser.post("/sites/new", data=typed)
    path = entered.url.path
    bare = browser.post(f"{path}/graves", data=sent)
    grave = browser.post(f"{path}/graves", data=sent | IN_GRAVE)
    place = reference_of_grave(grave)
    again = browser.post(f"{path}/graves", data=sent | {"number": " 7 "})
    absent = browser.post(f"{path}/remains", data=sent | {"remains": "HR-2222-2222"})
    lies = {"remains": found, "at_place": place, "how": "lie", "on": "2026-01-05"}
    named_there = browser.post(f"{path}/remains", data=sent | lies)
    nowhere = browser.post(f"{path}/remains", data=sent | lies | {"at_place": "GV-2222-2222"})

    assert (wrong.status_code, pressed.status_code, bare.status_code) == (422, 200, 422)
    assert "Junto al camino viejo" in wrong.text
    assert "La vigilan." in entered.text
    assert "Sin nombre" in grave.text
    assert (again.status_code, absent.status_code, nowhere.status_code) == (422, 422, 422)
    assert "ya lleva esa clase" in again.text
    assert found in named_there.text
    reference = path.rsplit("/", 1)[1]
    assert reference in browser.get("/sites?q=llano").text
    for typed_text in ("fosa llano", "llano 7", reference, place):
        assert reference in browser.get("/search", params={"q": typed_text}).text
    stranger = signed_in("lidia")
    seen, asked = (stranger.get(f"{path}{more}").text for more in ("", f"?grave={place}"))
    assert "Fosa del llano" in seen
    assert not [each for each in (*SEALED, found) if each in seen or each in asked]
    assert stranger.get("/sites/new").status_code == 403


def test_the_pages_correct_a_site_and_a_grave_and_nobody_writes_over_anybody(signed_in):
    browser = signed_in("bruno")
    sent = {"form_token": token_of(browser, "/sites/new")}
    path = browser.post("/sites/new", data=TYPED | sent).url.path
    place = reference_of_grave(browser.post(f"{path}/graves", data=sent | IN_GRAVE))

    form = browser.get(f"{path}/correct").text
    of_grave = browser.get(path, params={"grave": place}).text
    renamed = sent | {"reference": place, "kind": "niche", "number": "7 bis"}
    renamed |= {"marker": "Sin nombre", "version": version_in(of_grave)}
    strange = browser.post(f"{path}/graves", data=renamed | {"reference": "GV-2222-2222"})
    changed = browser.post(f"{path}/graves", data=renamed)
    late_grave = browser.post(f"{path}/graves", data=renamed | {"number": "8"})
    exhumed = TYPED | sent | {"state": "exhumed", "version": version_in(form)}
    corrected = browser.post(f"{path}/correct", data=exhumed)
    late = browser.post(f"{path}/correct", data=exhumed | {"state": "destroyed"})
    read_again = exhumed | {"state": "destroyed", "version": version_in(late.text)}
    settled = browser.post(f"{path}/correct", data=read_again)

    assert "14.9123" in form
    assert 'value="Sin nombre"' in of_grave
    assert (strange.status_code, late_grave.status_code, late.status_code) == (422, 422, 422)
    assert "Otra persona lo corrigió" in late_grave.text
    assert 'value="8"' in late_grave.text
    assert "nicho 7 bis" in changed.text
    assert "tumba 7," in changed.text  # what was said of it before
    assert len(re.findall(f">{place}<", changed.text)) == 1
    assert "exhumado" in corrected.text
    assert "Lo que dice ahora" in late.text
    assert "destruido" in settled.text


def test_programs_read_and_enter_sites_by_the_same_rules(signed_in, database, bruno):
    browser = signed_in("bruno")
    with database.transaction(bruno) as session:
        found = remains_found(session, bruno, invented=False).reference
    headers = {"X-Form-Token": token_of(browser, "/sites/new")}
    new = {"kind": "morgue", "name": "Servicio forense", "country": "MX", "lat": 14.91234}

    refused = browser.post("/api/v1/sites", json=new, headers=headers)
    entered = browser.post("/api/v1/sites", json=new | {"lon": -92.26}, headers=headers).json()
    path = f"/api/v1/sites/{entered['reference']}"
    grave = browser.post(f"{path}/graves", json={"number": "3"}, headers=headers).json()
    there = {"remains": found, "how": "kept"}
    lost = browser.post(
        f"{path}/remains", json=there | {"grave": "GV-2222-2222"}, headers=headers
    )
    kept = browser.post(f"{path}/remains", json=there, headers=headers).json()
    changes = {"version": kept["version"], "changes": {"state": "destroyed"}}
    changed = browser.patch(path, json=changes, headers=headers).json()
    late = browser.patch(path, json=changes, headers=headers)
    strange = {"version": changed["version"], "changes": {"owner": 1}}
    unknown = browser.patch(path, json=strange, headers=headers)
    (first,) = kept["graves"]
    of_grave = f"{path}/graves/{first['reference']}"
    renumbered = {"version": first["version"], "changes": {"kind": "niche", "section": "A"}}
    there = browser.patch(of_grave, json=renumbered, headers=headers).json()["graves"]
    lost_grave = browser.patch(
        f"{path}/graves/{entered['reference']}", json=renumbered, headers=headers
    )
    beyond = browser.get("/api/v1/sites", params={"page": 2}).json()
    listed = signed_in("lidia").get("/api/v1/sites").json()
    closed = signed_in("lidia").get(path).json()

    assert (refused.status_code, lost.status_code, beyond) == (422, 422, [])
    assert (changed["state"], changed["exact"]["lat"]) == ("destroyed", 14.91234)
    assert (late.status_code, unknown.status_code, lost_grave.status_code) == (409, 422, 422)
    assert [(each["kind"], each["section"], each["number"]) for each in there] == [
        ("niche", "A", "3")
    ]
    assert (entered["lat"], entered["exact"]["lat"]) == (14.9, 14.91234)
    assert [each["number"] for each in grave["graves"]] == ["3"]
    assert kept["kept"] == [found]
    assert entered["reference"] in [each["reference"] for each in listed]
    assert "14.912" not in str([listed, closed])
    assert (closed["exact"], closed["kept"], closed["graves"][0]["marker"]) == (None, [], None)
