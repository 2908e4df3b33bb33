"""One file of a laboratory with samples of many records: kept row by row, nothing lost."""

import re

import pytest
import sqlalchemy as sa

from casework.references import Prefix, as_printed
from casework.samples.model import MissingPersonSample, RemainsSample
from casework.samples.queries import REMAINS
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.casework.profiles.test_keeping import Family

HERE = "/profiles/import"
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
PACKED = re.compile(r'name="packed" value="([^"]+)"')


class Desk:
    """A coordinator with a file; `hers` and `bone` are the numbers of the two samples."""

    def __init__(self, client, family):
        self.client = client
        with family.database.transaction(KEEPER) as session:
            self.hers = session.scalar(sa.select(MissingPersonSample.reference))
            self.bone = session.scalar(sa.select(RemainsSample.reference))
        self.token = TOKEN.search(client.get(HERE).text)[1]

    def bring(self, *lines, **said):
        content = "\n".join(("id,TH01,FGA", *lines)) + "\n"
        data = {"form_token": self.token, **said}
        return self.client.post(f"{HERE}/read", data=data, files={"file": ("p.csv", content)})

    def keep(self, page, *rows, **said):
        form = {"form_token": self.token, "packed": PACKED.search(page)[1], "keep": rows}
        return self.client.post(HERE, data={**form, **said}, follow_redirects=False)


@pytest.fixture
def family(database, bruno, noon):
    return Family(database, bruno, noon)


@pytest.fixture
def desk(family, signed_in):
    return Desk(signed_in("bruno"), family)


def test_each_specimen_goes_to_the_record_of_its_sample_and_the_rest_stays_with_its_reason(
    desk, family, database, dora
):
    small = desk.bone.replace("-", "").lower()  # as programs of laboratories write it
    seen = desk.bring(f"{desk.hers},6/7,21/24", f"{small},6/9.3,22", "Tubo 7,6/7,20/21").text

    for sentence in (
        *("El archivo trae 3 muestras. Se pueden guardar 2.", family.person, family.remains),
        *("Ninguna muestra de su institución lleva ese número.", "<b>Tubo 7</b>"),
        *("1 locus quedó fuera.", "Queda fuera, porque el otro pudo perderse"),  # of bone
    ):
        assert sentence in seen
    assert seen.count(" checked>") == 2
    assert family.open() == family.open(REMAINS) == []

    kept = desk.keep(seen, "0", "1", "2")

    assert kept.status_code == 422
    assert "Se guardaron 2 muestras del archivo." in kept.text
    assert "<b>Tubo 7</b>" in kept.text
    assert 'type="checkbox"' not in kept.text
    assert [own[2] for own in family.open()] == [{"TH01": ["6", "7"], "FGA": ["21", "24"]}]
    assert [own[2] for own in family.open(REMAINS)] == [{"TH01": ["6", "9.3"]}]
    with database.transaction(dora) as session:
        listed = session.scalars(
            sa.select(Entry)
            .where(Entry.deed == Deed.PROFILES_LISTED.value)
            .order_by(Entry.position)
        ).all()
        named = {reference for each in listed for reference in each.concerning}
    assert {family.person, family.remains} <= named


def test_when_all_is_kept_the_way_leads_on_and_a_second_time_replaces_only_with_a_reason(desk):
    lines = [f"{desk.hers},6/7,21/24", f"{desk.bone},6/7,21/24"]
    done = desk.keep(desk.bring(*lines).text, "0", "1")
    again = desk.bring(*lines).text
    refused = desk.keep(again, "0")
    replaced = desk.keep(refused.text, "0", reason="se analizó de nuevo")

    assert done.headers["location"] == f"{HERE}?kept=2"
    assert "Se guardaron 2 muestras" in desk.client.get(done.headers["location"]).text
    assert " checked>" not in again
    assert "La muestra ya tiene un perfil de esos marcadores" in again
    assert "No se guardó nada: cada renglón dice por qué." in refused.text
    assert "Se guardó 1 muestra del archivo." in replaced.text


def test_what_may_not_be_kept_is_not_kept_whatever_a_form_says(desk, family):
    again = desk.bone.replace("-", " ")  # another spelling of the same number
    twice = desk.bring(f"{desk.bone},6/7,21/24", f"{again},6/8,21/24").text
    family.take_back()
    hers = desk.bring(f"{desk.hers},6/7,21/24").text

    answers = [desk.keep(twice, "0", "1"), desk.keep(hers, "0")]

    assert "El archivo trae dos perfiles con este número" in twice
    assert "no autoriza hoy que se compare su ADN" in hers
    assert [each.status_code for each in answers] == [422, 422]
    assert family.open() == family.open(REMAINS) == []


def test_another_institutions_numbers_are_nobodys_here(family, desk, signed_in):
    gloria = Desk(signed_in("gloria"), family)

    seen = gloria.bring(f"{desk.bone},6/7,21/24").text

    assert "Ninguna muestra de su institución lleva ese número." in seen
    assert family.remains not in seen
    assert signed_in("lidia").get(HERE).status_code == 403


def test_a_file_that_is_none_is_refused_as_a_whole(desk):
    empty = desk.bring()
    broken = desk.client.post(HERE, data={"form_token": desk.token, "packed": "AAAA"})

    assert (empty.status_code, broken.status_code) == (422, 422)
    assert "El archivo no llegó entero" in broken.text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ds7k3qd9xt", "DS-7K3Q-D9XT"),
        (" DS 7K3Q D9XT ", "DS-7K3Q-D9XT"),
        ("DS-7K3Q-D9X", "DS-7K3Q-D9X"),
        ("HR-7K3Q-D9XT", "HR-7K3Q-D9XT"),
        ("Tubo 7", "Tubo 7"),
    ],
)
def test_a_number_is_known_however_a_laboratory_writes_it(written, read):
    assert as_printed(Prefix.SAMPLE, written) == read
