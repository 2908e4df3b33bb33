"""Whoever registers a site is warned of one that may be the same, and is never stopped."""

import re
from dataclasses import replace

import pytest

from casework.sites.actions import Working, enter_site
from casework.sites.alike import list_alike
from casework.sites.model import SiteKind
from casework.sites.rules import SiteDraft

YARD = SiteDraft(
    kind=SiteKind.CEMETERY,
    name="Panteón de los Ausentes",
    country="MX",
    admin1="Chiapas",
    lat=14.9417,
    lon=-92.2386,
)
SECRET = "Detrás de la ermita"


@pytest.fixture
def yard(database, bruno, noon):
    """A cemetery of bruno's institution."""
    with database.transaction(bruno) as session:
        by = Working(session, bruno, noon)
        return enter_site(by, replace(YARD, place=SECRET, notes="La vigilan")).reference


def warned(database, viewer, at, **said):
    with database.transaction(viewer) as session:
        found = list_alike(session, viewer, replace(YARD, **said), at=at)
        return [site.reference for site, _ in found]


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Cementerio Municipal Los Ausentes", "kind": SiteKind.COMMON_GRAVE},
        {"name": "panteon los ausente", "lat": None, "lon": None},
        {"name": "Otro del todo", "lat": 15.0, "lon": -92.3},  # the next district, one kind
        {"name": "Ausentes", "lat": 15.3, "lon": -92.4, "country": None},
    ],
)
def test_another_institution_is_warned_of_a_site_that_may_be_the_same(
    database, yard, gloria, noon, said
):
    assert warned(database, gloria, noon, **said) == [yard]


@pytest.mark.usefixtures("yard")
@pytest.mark.parametrize(
    "said",
    [
        {"name": "Otro del todo", "lat": 15.4},  # two districts on
        {"name": "Otro del todo", "kind": SiteKind.MORGUE},
        {"name": "Panteón Municipal", "lat": None, "lon": None},  # as half of them are called
        {"lat": 17.0},  # the name, and far away
        {"lat": None, "lon": None, "admin1": "Oaxaca"},
        {"lat": None, "lon": None, "country": "GT"},
        {"lat": None, "lon": None, "country": None},
    ],
)
def test_what_nothing_ties_to_it_is_entered_without_a_word(database, gloria, noon, said):
    assert warned(database, gloria, noon, **said) == []


@pytest.mark.usefixtures("yard")
def test_where_it_lies_exactly_makes_no_difference_to_the_warning(database, gloria, noon):
    """Or points typed one after another would find it: within a district all are alike."""
    other = {"name": "Otro del todo"}

    told = [
        warned(database, gloria, noon, **other, lat=lat, lon=lon)
        for lat, lon in ((14.8501, -92.2499), (14.9417, -92.2386), (14.9499, -92.1501))
    ]

    assert told[0]
    assert told[0] == told[1] == told[2]


def test_the_page_warns_once_and_lets_them_go_on(signed_in, yard):
    browser = signed_in("gloria")
    form = browser.get("/sites/new").text
    token = re.search(r'name="form_token" value="([^"]+)"', form)[1]
    typed = {"form_token": token, "name": "Los Ausentes", "kind": "cemetery", "country": "MX"}

    first = browser.post("/sites/new", data=typed)
    read = re.search(r'name="read" value="([^"]*)"', first.text)[1]
    again = browser.post("/sites/new", data=typed | {"read": read})

    assert first.status_code == 422
    assert read == yard
    assert "Panteón de los Ausentes" in first.text
    assert SECRET not in first.text
    assert "14.94" not in first.text
    assert again.url.path.startswith("/sites/ST-")
    assert not again.url.path.endswith(yard)
