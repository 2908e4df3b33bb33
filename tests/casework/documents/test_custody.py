"""The paper that goes with a tube: its number, its hands, lines for those to come, no names."""

import re

import pytest

from tests.builders import a_missing_person, a_relative, grant_of

DNA = ("dna", "identify", "forensic")


@pytest.fixture
def sample(database, lidia, signed_in):
    """A mother's sample, taken and handed to a laboratory; gives the address of its page."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=[])
        mother = a_relative(session, person, name="Zulmabela Inventada")
        grant_of(session, person, DNA, giver=mother)
        reference = person.reference
    client = signed_in("lidia")
    page = client.get(f"/missing/{reference}/samples").text
    client.headers["x-form-token"] = page.split('name="form_token" value="')[1].split('"')[0]
    taken = client.post(
        f"/api/v1/missing/{reference}/samples",
        json={"kind": "reference_relative", "relative_id": mother.id},
    ).json()
    told = taken[0]["reference"]
    client.post(
        f"/api/v1/missing/{reference}/samples/{told}/chain",
        json={
            "happening": "handed_over",
            "happened_on": "2026-03-09",
            "details": {"from": "enlace", "to": "laboratorio inventado"},
        },
    )
    rack = client.get(f"/missing/{reference}/samples").text
    number = re.search(rf'href="(/missing/{reference}/samples/\d+)"', rack)
    return number[1], told


def test_it_tells_the_hands_and_nobody_of_the_family(sample, signed_in, read_pdf, words_of):
    address, reference = sample

    sheet = read_pdf(signed_in("lidia").get(f"{address}/custody.pdf"))

    words = " ".join(map(words_of, sheet.pages))
    assert reference in words
    assert "De enlace a laboratorio inventado" in words
    assert "Recibe: nombre, institución y firma" in words
    for name in ("Zulmabela", "Marisol"):
        assert name not in words


def test_another_institution_prints_none(sample, signed_in):
    assert signed_in("amal").get(f"{sample[0]}/custody.pdf").status_code in (403, 404)
