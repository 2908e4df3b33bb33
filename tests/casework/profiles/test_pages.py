"""Somebody brings a file of a laboratory, sees what it says, and keeps what is theirs."""

import re

import pytest
import sqlalchemy as sa

from casework.profiles.model import MissingPersonProfile, ProfileSource, RemainsProfile
from casework.signin.model import SignInSession
from privacy.permissions import DOOR, KEEPER
from tests.casework.profiles.test_keeping import Family

FILE = (
    "Sample Name\tMarker\tAllele 1\tAllele 2\n"
    "{0}\tVWA\t15\t16\n{0}\tD3S1358\tOL\t16\n{0}\tDYS391\t10\t\n"
    "Otra\tTH01\t6\t9.3\n"
)
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
PACKED = re.compile(r'name="packed" value="([^"]+)"')


@pytest.fixture
def family(database, bruno, noon):
    return Family(database, bruno, noon)


class Desk:
    """A coordinator at the profiles of a family, with the number of its sample."""

    def __init__(self, client, family):
        self.client, self.here = client, f"/missing/{family.person}/profiles"
        with family.database.transaction(KEEPER) as session:
            self.sample = session.scalar(sa.text("SELECT reference FROM missing_person_sample"))
            self.number = session.scalar(sa.text("SELECT id FROM missing_person_sample"))
        self.token = TOKEN.search(client.get(self.here).text)[1]

    def bring(self, content, **said):
        data = {"form_token": self.token, **said}
        files = {"file": ("perfiles.txt", content)} if content else None
        return self.client.post(f"{self.here}/read", data=data, files=files)

    def keep(self, preview, samples, **said):
        form = {"form_token": self.token, "packed": PACKED.search(preview)[1]}
        return self.client.post(self.here, data={**form, "sample": samples, **said})


@pytest.fixture
def desk(family, signed_in):
    return Desk(signed_in("bruno"), family)


def test_a_file_is_seen_before_it_is_kept_and_every_doubt_is_told(desk, family, database):
    preview = desk.bring(FILE.format(desk.sample)).text

    assert f'<option value="{desk.number}" selected>' in preview
    assert preview.count(" selected>") == 1  # nobody guesses whose the other is
    for sentence in (
        *("VWA se leyó como vWA.", "D3S1358: OL, 16, fuera de la escala"),
        *("TH01", "de ninguna: no se guarda"),
    ):
        assert sentence in preview
    assert family.open() == []

    done = desk.keep(preview, [desk.number, ""])

    assert str(done.url).endswith("/profiles")
    assert "parcial" in done.text
    opened = {own[0]: own[2] for own in family.open()}
    assert list(opened.values()) == [{"vWA": ["15", "16"]}, {"DYS391": ["10"]}]
    with database.transaction(KEEPER) as session:
        rows = session.scalars(sa.select(MissingPersonProfile)).all()
        assert {each.source for each in rows} == {ProfileSource.GENEMAPPER}
        assert {len(each.file_sha256) for each in rows} == {64}
    whole = desk.client.get(f"{desk.here}/beside").text
    assert re.search(r"STR autosómicos · 1 locus\s+<span[^>]*>parcial", whole)
    page = desk.client.get(f"{desk.here}/{next(iter(opened))}").text
    assert re.search(r"vWA.{0,200}15, 16", page, re.DOTALL)
    assert "D3S1358 (OL, 16)" in page  # what was left out is told with the profile


def test_a_second_file_replaces_only_when_it_is_told_why_and_nothing_is_lost(desk, family):
    content = "id,TH01\nM,6/7\n"
    desk.keep(desk.bring(content).text, [desk.number])
    again = desk.bring("id,TH01,FGA\nM,6/8,21/24\n").text

    refused = desk.keep(again, [desk.number])
    kept = desk.keep(refused.text, [desk.number], reason="se analizó de nuevo")

    assert refused.status_code == 422
    assert "ya tiene un perfil de esos marcadores" in refused.text
    assert f'<option value="{desk.number}" selected>' in refused.text
    assert "ya no vale" in kept.text
    assert [own[2] for own in family.open()] == [{"TH01": ["6", "8"], "FGA": ["21", "24"]}]


def test_a_pasted_table_is_kept_as_typed_by_hand_and_may_be_withdrawn(desk, family):
    preview = desk.bring("", pasted=f"muestra;TH01\n{desk.sample};6/7\n").text
    desk.keep(preview, [desk.number], by_hand="true")
    ((reference, _, _),) = family.open()
    page = f"{desk.here}/{reference}"

    refused = desk.client.post(f"{page}/withdraw", data={"form_token": desk.token})
    desk.client.post(
        f"{page}/withdraw", data={"form_token": desk.token, "reason": "otra muestra"}
    )

    assert "escrito a mano" in desk.client.get(page).text
    assert refused.status_code == 422
    assert family.open() == []


@pytest.mark.parametrize(
    ("content", "said", "sentence"),
    [
        ("", {}, "Elija el archivo"),
        ("nada\n1\n", {}, "Ninguna columna"),
        ("id,TH01\nM,6/7\n", {"analysed_on": "ayer"}, "Escriba el día"),
        ("<?xml version='1.0'?><!DOCTYPE x><x/>", {}, "DOCTYPE"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_on_the_page(desk, content, said, sentence):
    answer = desk.bring(content, **said)

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("packed", ["", "????", "eJwDAAAAAAE=", "YWJj"])
def test_what_no_page_of_ours_packed_is_refused(desk, packed):
    form = {"form_token": desk.token, "packed": packed, "sample": [desk.number]}

    answer = desk.client.post(desk.here, data=form)

    assert answer.status_code == 422
    assert "no llegó entero" in answer.text


def test_a_sample_of_another_record_is_none_and_nothing_is_kept(desk, family):
    preview = desk.bring("id,TH01\nM,6/7\n").text

    answer = desk.keep(preview, ["999"])

    assert answer.status_code == 422
    assert "No se guardó nada" in answer.text
    assert family.open() == []


def test_a_donor_who_took_their_yes_back_is_shown_closed(desk, family):
    desk.keep(desk.bring("id,TH01\nM,6/7\n").text, [desk.number])
    family.take_back()

    page = desk.client.get(desk.here).text
    one = desk.client.get(re.search(r'href="(/missing/[^"]+/DP-[^"]+)"', page)[1]).text

    assert "ya no hay autorización" in page
    assert "ya no hay autorización" in one
    assert "TH01" not in one


def test_nobody_but_forensic_staff_of_the_keeper_opens_the_pages(desk, signed_in, database):
    with database.transaction(DOOR) as session:
        session.execute(sa.update(SignInSession).values(stepped_up_at=None))
    asked = {"accept": "text/html"}
    answer = desk.client.get(desk.here, headers=asked, follow_redirects=False)
    assert answer.headers["location"].startswith("/step-up")
    assert {signed_in(name).get(desk.here).status_code for name in ("lidia", "cora")} == {403}


def test_programs_list_open_and_keep_profiles(desk, family, database):
    address = f"/api/v1/remains/{family.remains}/profiles"
    client = desk.client
    client.headers["x-form-token"] = desk.token
    bone = client.get(address.replace("profiles", "samples")).json()[0]["reference"]
    sent = {"sample": bone, "marker_kind": "str", "genotypes": {"vwa": ["15", "16"]}}

    kept = client.post(address, json=sent).json()
    (listed,) = client.get(address).json()
    odd = client.post(address, json={**sent, "genotypes": {"TH01": ["6"], "X": ["1", "2"]}})
    mixed = client.post(
        address, json={**sent, "genotypes": {"TH01": ["6", "7"], "DYS19": ["14"]}}
    )
    stranger = client.post(address, json={**sent, "sample": desk.sample})
    better = {**sent, "genotypes": {"vWA": ["15", "17"]}, "reason": "nuevo análisis"}
    replaced = client.post(address, json={**better, "replaces": kept["reference"]})
    mito = {"sample": bone, "marker_kind": "mtdna", "genotypes": {"mtDNA": ["263G", "73G"]}}
    mitochondrial = client.post(address, json=mito).json()

    assert kept["genotypes"] == {"vWA": ["15", "16"]}
    assert (listed["genotypes"], listed["loci_count"], listed["stands"]) == (None, 1, True)
    assert odd.status_code == 422
    assert "X, TH01." in odd.text
    assert (mixed.status_code, stranger.status_code) == (422, 404)
    assert replaced.json()["genotypes"] == {"vWA": ["15", "17"]}
    assert mitochondrial["loci_count"] == 2
    page = client.get(f"/remains/{family.remains}/profiles").text
    assert "2 diferencias con la referencia" in page
    assert "1 locus" in page
    with database.transaction(KEEPER) as session:
        assert session.scalar(sa.select(sa.func.count(RemainsProfile.id))) == 3
