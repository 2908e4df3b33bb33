"""People alive: registered with little, searched for by their own word, told to nobody."""

import re

import pytest
import sqlalchemy as sa

from casework.envelope import SearchConsent
from casework.living.model import LivingPerson, LivingPersonDecision
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import somebody_alive
from tests.casework.imports.imported import bring, counts, rules_of_run, stored

BECAUSE = "Está en coma desde el día 9 y nadie pregunta por ella."
LIST = (
    "record_id,sex,found_from,where_seen,host,list_name,list_number,country,admin1,place,"
    "lat,lon,other_names,marks\n"
    "A-1,female,2025-06-09,hospital,Hospital Inventado,Ingresos,7,MX,Chiapas,Calle Inventada,"
    "14.9,-92.26,La de la cama 7,scar:knee:left\n"
    "A-2,male,2025-06-10,castle,,,,MX,Chiapas,,,,,\n"
)


@pytest.fixture
def alive(database, lidia):
    """An unconscious woman in a hospital, registered by Lidia's institution."""
    with database.transaction(KEEPER) as session:
        return somebody_alive(session, lidia).reference


def with_token(client, path, **data):
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    return data | {"form_token": found[1]}


def decide(client, reference, decision, reason=""):
    data = with_token(client, f"/living/{reference}", decision=decision, reason=reason)
    return client.post(f"/living/{reference}/search", data=data)


def consent_of(database, reference):
    with database.transaction(KEEPER) as session:
        wanted = sa.select(LivingPerson.search_consent)
        return session.scalar(wanted.where(LivingPerson.reference == reference))


def test_nothing_is_chosen_for_somebody_beforehand(signed_in, database, alive):
    client = signed_in("lidia")

    answer = decide(client, alive, "", reason="habló poco")

    assert answer.status_code == 422
    assert "Elija una opción" in answer.text
    assert "habló poco" in answer.text
    (asked,) = re.findall(r'<select[^>]*name="decision".*?</select>', answer.text, re.DOTALL)
    assert "selected" not in asked.replace('<option value="" selected', "")
    assert asked.index('value=""') < asked.index('value="granted"')
    assert consent_of(database, alive) is SearchConsent.NOT_ASKED


def test_a_number_on_a_list_is_enough_and_nobody_is_searched_for_unasked(signed_in, database):
    client = signed_in("lidia")
    nothing = client.post("/living/new", data=with_token(client, "/living/new", sex="female"))

    answer = client.post(
        "/living/new", data=with_token(client, "/living/new", list_number="Cama 7")
    )

    assert nothing.status_code == 422
    reference = answer.url.path.removeprefix("/living/")
    assert reference.startswith("LP-")
    assert consent_of(database, reference) is SearchConsent.NOT_ASKED
    for page in ("record", "record/living", "history"):
        assert client.get(f"/living/{reference}/{page}").status_code == 200


def test_a_file_says_how_long_it_is_kept(signed_in, alive):
    file = signed_in("lidia").get(f"/living/{alive}").text

    assert "Revisar antes del" in file
    assert "Si nadie dice que sigue haciendo falta" in file


def test_a_list_never_says_where_somebody_is(signed_in, alive):
    client = signed_in("lidia")

    listed, file = client.get("/living").text, client.get(f"/living/{alive}").text

    assert alive in listed
    assert "Hospital Inventado" not in listed
    assert "Hospital Inventado" in file
    assert "Hospital Inventado" not in client.get("/api/v1/living").text
    assert client.get(f"/api/v1/living/{alive}").json()["host"] == "Hospital Inventado"


def test_their_own_word_holds_and_nobody_decides_over_a_refusal(
    signed_in, database, alive, dora
):
    client = signed_in("lidia")

    short = decide(client, alive, "vital_interest", "urge")
    decide(client, alive, "vital_interest", BECAUSE)
    after_assessment = consent_of(database, alive)
    decide(client, alive, "refused", "despertó y dijo que no")
    over_it = decide(client, alive, "vital_interest", BECAUSE)

    assert (short.status_code, over_it.status_code) == (422, 422)
    assert after_assessment is SearchConsent.VITAL_INTEREST
    assert consent_of(database, alive) is SearchConsent.REFUSED
    kept = stored(database, LivingPersonDecision, LivingPersonDecision.decision)
    assert sorted(str(each) for (each,) in kept) == ["refused", "vital_interest"]
    assert BECAUSE in client.get(f"/living/{alive}").text
    with database.transaction(dora) as session:
        entered = (
            sa.select(Entry.about)
            .where(Entry.deed == Deed.LIVING_DECIDED)
            .order_by(Entry.position)
        )
        assert session.scalars(entered).all() == [alive, alive]


def test_who_can_be_asked_is_asked(signed_in, database, lidia):
    with database.transaction(KEEPER) as session:
        reference = somebody_alive(session, lidia, communication="says_who").reference

    answer = decide(signed_in("lidia"), reference, "vital_interest", BECAUSE)

    assert answer.status_code == 422
    assert consent_of(database, reference) is SearchConsent.NOT_ASKED


@pytest.mark.parametrize(("name", "status"), [("gloria", 404), ("carlos", 403), ("ana", 403)])
def test_another_institution_a_consulate_and_who_counts_learn_nothing(
    signed_in, alive, name, status
):
    client = signed_in(name)

    assert client.get(f"/living/{alive}").status_code == status
    assert client.get(f"/api/v1/living/{alive}").status_code == status
    assert alive not in client.get("/living").text


def test_a_list_comes_in_with_its_place_sealed_and_decides_for_nobody(database, bruno):
    run = bring(database, bruno, LIST.encode(), "lista.csv", consent=SearchConsent.GRANTED)

    (person,) = stored(database, LivingPerson)
    assert counts(run) == {"accepted": 1, "quarantined": 1}
    assert rules_of_run(database, run) == ["not_a_code"]
    assert person.search_consent is SearchConsent.NOT_ASKED
    assert (person.country, person.admin1, person.host) == (
        "MX",
        "Chiapas",
        "Hospital Inventado",
    )
    assert person.whereabouts["place"] == "Calle Inventada"
    in_clear = str(
        {name: str(value) for name, value in vars(person).items() if name != "_opened_fields"}
    )
    assert "Calle Inventada" not in in_clear
