"""What would most help to find a person is asked of the engine, and of no candidate."""

from casework.candidates.matchability import what_helps
from casework.missing.opening import open_people
from casework.web.described import teller_for
from tests.builders import a_missing_person


def asked_of(database, viewer, at, **stated):
    with database.transaction(viewer) as session:
        person = a_missing_person(session, viewer, **stated)
        openings = open_people(session, viewer, [person], at=at)
        return what_helps(person, openings[person.id], teller_for("es"))


def test_what_nobody_said_is_ranked_by_what_it_would_tell(database, lidia, noon):
    helpful = asked_of(database, lidia, noon)

    weights = [each.log10_lr for each in helpful]
    assert helpful[0].step == "teeth"
    assert weights == sorted(weights, reverse=True)
    assert "looks" not in {each.step for each in helpful if each.kind == "Estatura"}


def test_what_was_said_is_not_asked_again(database, lidia, noon):
    silent = asked_of(database, lidia, noon, stature_cm_min=None, stature_cm_max=None)
    told = asked_of(database, lidia, noon, carried={"teeth": "11:crown|36:missing"})

    assert "teeth" in {each.step for each in silent}
    assert "teeth" not in {each.step for each in told}


def test_only_whoever_keeps_the_file_is_told(database, lidia, signed_in):
    with database.transaction(lidia) as session:
        reference = a_missing_person(session, lidia).reference

    own = signed_in("lidia").get(f"/missing/{reference}/matchability")
    other = signed_in("bruno").get(f"/missing/{reference}/matchability")

    assert (own.status_code, other.status_code) == (200, 403)
    assert f"/missing/{reference}/record/teeth" in own.text
