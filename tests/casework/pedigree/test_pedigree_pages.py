"""The family of one's own file is sketched, drawn, kept drawing by drawing, and hidden."""

import re

import pytest
import sqlalchemy as sa

from casework.pedigree.model import Pedigree
from privacy.errors import StillSealed
from privacy.permissions import KEEPER
from tests.builders import a_missing_person, a_relative


@pytest.fixture
def tree(database, lidia, signed_in):
    """The tree of a woman whose mother is registered, and what may be sent to it."""
    with database.transaction(lidia) as session:
        person = a_missing_person(session, lidia, protected=False, grants=[])
        mother, reference = a_relative(session, person), person.reference
    client = signed_in("lidia")
    here = f"/missing/{reference}/pedigree"
    page = client.get(here).text
    client.headers["x-form-token"] = page.split('name="form_token" value="')[1].split('"')[0]

    class Page:
        address, mother_id = f"/api/v1{here}", mother.id

        def read(self, person=1):
            return client.get(f"{here}?person={person}").text

        def send(self, part, **form):
            version = re.search(r'name="version" value="(\d+)"', client.get(here).text)[1]
            return client.post(f"{here}/{part}", data={"version": version, **form})

        def told(self, **replaced):
            if replaced:
                return client.put(self.address, json=replaced)
            return client.get(self.address)

    return Page()


def test_whoever_is_registered_stands_in_the_first_sketch(tree):
    page, told = tree.read(), tree.told().json()

    assert "Rosa Inventada, madre; no se le ha preguntado por su muestra" in page
    assert told["version"] == 0
    assert told["pedigree"] == [
        {"id": "MP", "mother": "P2", "father": "U1", "sex": "female"},
        {"id": "P2", "mother": None, "father": None, "sex": "female"},
        {"id": "U1", "mother": None, "father": None, "sex": "male"},
    ]
    assert "Rosa" not in str(told)


def test_an_aunt_is_added_in_two_steps_and_every_drawing_is_kept(tree, database):
    tree.send("people", person="2", added="mother")
    answer = tree.send(
        "people", person="2", added="sibling", sex="female", name="Eva Inventada"
    )

    assert "Eva Inventada, tía materna" in answer.text
    with database.transaction(KEEPER) as session:
        assert session.scalars(sa.select(Pedigree.version)).all() == [1, 2]
        with pytest.raises(StillSealed):
            _ = session.scalars(sa.select(Pedigree)).first().structure


def test_what_cannot_be_is_said_and_what_was_typed_stays(tree):
    answer = tree.send("people", person="1", added="mother", name="Otra Inventada")

    assert answer.status_code == 422
    assert "Ya tiene una madre en el árbol." in answer.text
    assert 'value="Otra Inventada"' in answer.text


def test_of_two_who_draw_at_once_the_second_is_told(tree):
    tree.send("people", person="1", added="father")

    answer = tree.send("people", version="0", person="1", added="sibling")

    assert "Otra persona cambió el árbol" in answer.text


def test_a_program_draws_a_tree_and_is_refused_one_that_cannot_be(tree):
    members = [
        {"number": 1, "mother": 2},
        {"number": 2, "sex": "female", "sampling": "sampled"},
    ]
    own_ancestor = [{"number": 1, "mother": 2}, {"number": 2, "mother": 1}]

    drawn = tree.told(version=0, members=members)
    refused = tree.told(version=1, members=own_ancestor)
    stranger = tree.told(version=1, members=[{"number": 1, "relative_id": 10**6}])

    assert (drawn.json()["typed"], drawn.json()["version"]) == (["P2"], 1)
    assert [refused.status_code, stranger.status_code] == [422, 422]


def test_a_family_is_drawn_for_nobody_of_another_institution(tree, signed_in):
    answers = [signed_in(name).get(tree.address) for name in ("amal", "gloria", "cora")]

    assert {each.status_code for each in answers} <= {403, 404}
