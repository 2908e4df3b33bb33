"""Remains tied to a site tell where it is to nobody but the institution that keeps them."""

import json
from dataclasses import replace

import pytest

from casework.dataset.shape import RecordKind
from casework.exports.whole import as_file, hand_out_whole
from casework.finding.standing import mend_words_of_remains
from casework.remains.model import Remains
from casework.remains.queries import get_remains
from casework.remains.resting import round_at_a_site
from casework.remains.statements import REMAINS
from casework.sites.actions import Working, enter_grave, enter_site
from casework.sites.model import SiteKind
from casework.sites.naming import How, name_site
from casework.sites.rules import GraveDraft, SiteDraft
from casework.statements.columns import Method
from casework.statements.describing import AtHand, as_said
from casework.statements.picture import preferred
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from privacy.model import Reveals
from privacy.permissions import KEEPER
from tests.builders import remains_found
from tests.casework.exports.test_exports import wanted
from tests.casework.imports.imported import bring, counts
from tests.conftest import on_a_copy

EXACT = {"country": "MX", "admin1": "Chiapas", "place": "Ermitacanaria", "lat": 16.2345,
         "lon": -93.9012, "radius_km": 0.1}  # fmt: skip
GRAVE = {"cemetery": "Panteón", "marker_text": "Nombrecanario", "place": EXACT}
SECRETS = ("Ermitacanaria", "16.234", "93.901", "Nombrecanario", "16,234")


class Found:
    """Remains of bruno's institution, and a site of it with one grave."""

    def __init__(self, database, bruno, at):
        self.database, self.bruno, self.at = database, bruno, at
        draft = SiteDraft(kind=SiteKind.CLANDESTINE_GRAVE, name="Fosa del llano", country="MX")
        with database.transaction(bruno) as session:
            by = Working(session, bruno, at)
            site = enter_site(by, draft, invented=False)
            grave = enter_grave(by, site, GraveDraft(number="1"))
            self.site, self.grave = site, grave.reference
            found = remains_found(session, bruno, invented=False, **EXACT)
            self.reference, self.id = found.reference, found.id

    def hand(self, session, viewer):
        about = get_remains(session, viewer, self.reference, at=self.at)
        return AtHand(session, viewer, about, REMAINS, self.at)

    def tie(self, how):
        with self.database.transaction(self.bruno) as session:
            about = self.hand(session, self.bruno).about
            by = Working(session, self.bruno, self.at)
            place = self.grave if how is How.LIE else self.site.reference
            name_site(by, about, self.site, reference=place, how=how)

    def say(self, told):
        with self.database.transaction(self.bruno) as session:
            hand = self.hand(session, self.bruno)
            sitting = Sitting(Method.EXAMINATION, "", self.at.date())
            seen = read_picture(hand, {Reveals.CIRCUMSTANCE})
            say(hand, {
                path: Said(value, frozenset(each.statement for each in seen.get(path, ())))
                for path, value in told.items()
            }, sitting)  # fmt: skip

    def told(self, viewer):
        """Give the picture that somebody reads, and the columns that lists are made of."""
        with self.database.transaction(viewer) as session:
            hand = self.hand(session, viewer)
            picture = read_picture(hand, {Reveals.CIRCUMSTANCE})
            columns = {name: getattr(hand.about, name) for name in EXACT}
            return picture, columns


@pytest.fixture
def found(database, bruno, noon):
    return Found(database, bruno, noon)


def leaks_in(told):
    return [each for each in SECRETS if each in told]


@pytest.mark.parametrize("how", [How.FOUND, How.LIE])
def test_the_place_of_the_find_is_rounded_for_all_others_and_exact_for_its_keeper(
    found, amal, gloria, how
):
    exact_before, columns_before = found.told(gloria)
    found.tie(how)
    found.say({"grave/llano1": GRAVE | {"site_ref": found.grave}})

    others, columns = found.told(gloria)
    own, _ = found.told(amal)

    assert columns_before == preferred(exact_before, "place") == EXACT
    rounded = {"lat": 16.2, "lon": -93.9, "radius_km": 15.0}
    assert columns == EXACT | rounded | {"place": ""}
    coarse = {"country": "MX", "admin1": "Chiapas"} | rounded
    assert preferred(others, "place") == coarse
    assert preferred(others, "grave/llano1")["place"] == coarse
    assert leaks_in(str(others)) == []
    assert preferred(own, "place") == EXACT
    assert preferred(own, "grave/llano1")["marker_text"] == "Nombrecanario"


def test_a_reader_who_is_told_it_as_it_was_said_would_be_noticed(found, gloria, monkeypatch):
    found.tie(How.FOUND)
    planted = replace(REMAINS, told_elsewhere=as_said)
    monkeypatch.setattr(f"{__name__}.REMAINS", planted)

    others, _ = found.told(gloria)

    assert leaks_in(str(others)) == ["Ermitacanaria", "16.234", "93.901"]


def test_what_is_corrected_stays_rounded_and_what_is_untied_is_exact_again(found, gloria):
    found.tie(How.FOUND)
    found.say({"place": EXACT | {"lat": 16.5678}})
    _, corrected = found.told(gloria)
    found.say({"site_ref": None})
    untied, columns = found.told(gloria)

    assert (corrected["lat"], corrected["place"]) == (16.6, "")
    assert preferred(untied, "place") == columns == EXACT | {"lat": 16.5678}


def test_a_record_without_a_word_on_its_place_keeps_it_when_it_is_tied_and_untied(found):
    """What a file brought stood in the columns alone."""
    found.tie(How.FOUND)
    own, _ = found.told(found.bruno)
    found.say({"site_ref": None})
    _, columns = found.told(found.bruno)

    assert preferred(own, "place") == columns == EXACT


def test_what_a_newer_file_puts_into_the_columns_is_rounded():
    record = Remains(**EXACT, found_site="ST-2222-2222", grave_sites=[])
    free = Remains(**EXACT, found_site="", grave_sites=[])

    round_at_a_site(record)
    round_at_a_site(free)

    assert (record.lat, record.lon, record.radius_km, record.place) == (16.2, -93.9, 15.0, "")
    assert (record.country, record.admin1) == ("MX", "Chiapas")
    assert (free.lat, free.place) == (EXACT["lat"], "Ermitacanaria")


def test_no_page_list_search_nor_program_tells_it_to_another_institution(found, signed_in):
    found.tie(How.FOUND)
    found.say({"grave/llano1": GRAVE | {"site_ref": found.grave}})
    mend_words_of_remains(found.database, found.id, found.at)
    gloria = signed_in("gloria")
    of_record = [
        f"/remains/{found.reference}",
        f"/api/v1/remains/{found.reference}",
        f"/api/v1/remains/{found.reference}/record",
        "/remains?q=PM-INVENTADO",
        "/api/v1/remains",
        f"/sites/{found.site.reference}",
    ]

    told = {each: gloria.get(each).text for each in of_record}
    by_word = gloria.get("/search", params={"q": "Ermitacanaria"}).text
    by_list = gloria.get("/remains", params={"q": "Ermitacanaria"}).text
    amal = signed_in("amal")
    page, data = (amal.get(each).text for each in of_record[:2])

    assert {each: leaks_in(text) for each, text in told.items() if leaks_in(text)} == {}
    assert all(found.reference in each for each in list(told.values())[:3])
    assert "redondeado a la zona" in told[of_record[0]]
    assert found.reference not in by_word
    assert found.reference not in by_list
    assert "Ermitacanaria" in page
    assert "redondeado a la zona" not in page
    assert json.loads(data)["lat"] == EXACT["lat"]


def test_a_whole_record_carries_its_grave_and_the_district_and_comes_in_elsewhere(
    found, database, bruno, gloria, noon, server, template_database
):
    found.tie(How.FOUND)
    grave = {"site_ref": found.grave, "cemetery": "Panteón", "section": "B", "plot": "14"}
    days = {"from": "2026-02-01", "to": "2026-02-01"}
    found.say({"grave/llano1": grave | {"marker_text": "Nombrecanario", "date": days}})
    found.say({"custody/morgue": {"site_ref": "ST-3333-3333", "place": "Morgue"}})

    with database.transaction(bruno) as session:
        request = wanted(gloria.institution_id)
        copy = hand_out_whole(session, bruno, request, RecordKind.REMAINS, at=noon)
        file = as_file(copy, "Ejemplar")

    assert leaks_in(file.decode()) == []
    with on_a_copy(server, template_database, "site_elsewhere") as elsewhere:
        assert counts(bring(elsewhere, gloria, file, "restos.json")) == {"accepted": 1}
        with elsewhere.transaction(KEEPER) as session:
            (there,) = session.query(Remains).all()
            hand = AtHand(session, gloria, there, REMAINS, noon)
            columns = there.found_site, there.grave_sites, there.custody_sites, there.lat
        with elsewhere.transaction(gloria) as session:
            about = get_remains(session, gloria, there.reference, at=noon)
            hand = AtHand(session, gloria, about, REMAINS, noon)
            picture = read_picture(hand, {Reveals.CIRCUMSTANCE})
    assert columns == (found.site.reference, [found.grave], ["ST-3333-3333"], 16.2)
    assert preferred(picture, "grave/llano1") == grave | {"date": days}
    assert preferred(picture, "site_ref") == found.site.reference
    assert preferred(picture, "place")["lat"] == 16.2
