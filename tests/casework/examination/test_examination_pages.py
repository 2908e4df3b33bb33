"""Examining remains on its pages: by whom, what is kept, and what comes first."""

import re
from datetime import timedelta
from html import unescape

import pytest

from casework.dataset.values import days_of
from casework.remains.model import Remains
from casework.remains.statements import REMAINS
from casework.statements.columns import Method
from casework.statements.describing import AtHand
from casework.statements.picture import entries_in, preferred
from casework.statements.reading import read_picture
from casework.statements.saying import Said, Sitting, say
from casework.values import DateRange
from privacy.model import Reveals
from tests.builders import remains_found

SITTING = Sitting(Method.EXAMINATION, "Perita Inventada")


@pytest.fixture
def found(database, viewers):
    with database.transaction(viewers["amal"]) as session:
        return remains_found(session, viewers["amal"]).reference


@pytest.fixture
def hand_of(database, viewers, noon):
    """Say or read something of remains as Amal, who keeps them."""

    def do(reference, said=None):
        with database.transaction(viewers["amal"]) as session:
            about = session.query(Remains).filter_by(reference=reference).one()
            hand = AtHand(session, viewers["amal"], about, REMAINS, noon)
            if said:
                say(hand, {path: Said(value) for path, value in said.items()}, SITTING)
            return read_picture(hand, tuple(Reveals)), about

    return do


def act_on(noon, days, act="burial", **more):
    day = (noon + timedelta(days=days)).date()
    return {"act": act, "date": days_of(DateRange(day, day)), "authority": "Juzgado"} | more


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


def sent(client, path, **typed):
    hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
    values = dict(re.findall(hidden, client.get(path).text))
    return client.post(path, data=values | typed)


def test_one_click_sets_an_examination_and_the_next_one_follows(signed_in, found, hand_of):
    amal, path = signed_in("amal"), f"/remains/{found}/examinations"

    sent(amal, path, set="photography:in_progress")
    page = sent(amal, path, set="photography:done")

    assert "1 de 9 resueltos" in page.text
    assert "Sigue: examen externo." in page.text
    picture, _ = hand_of(found)
    (entry,) = entries_in(picture, "examinations").values()
    assert (entry["status"], bool(entry["examiner"])) == ("done", True)
    assert "en curso" in amal.get(f"/remains/{found}/history").text


def test_bones_pointed_at_and_dictated_are_counted_and_kept(signed_in, found, hand_of):
    amal, path = signed_in("amal"), f"/remains/{found}/skeleton"

    sent(amal, path, where="femur_l", state="present", count="2", do="note")
    sent(amal, path, set="skull:absent")
    page = sent(amal, path, dictated="tibias presentes, fémur ausente", do="dictate")

    assert page.status_code == 422
    assert "fémur ausente" in page.text[page.text.index('name="dictated"') :][:300]
    page = amal.get(path).text
    assert "Hay huesos de 2 personas o más." in page
    assert "Se buscó y no hay nada de: cabeza." in page
    picture, about = hand_of(found)
    assert len(entries_in(picture, "bones")) == 1 + 16 + 2
    assert preferred(picture, "parts_not_recovered") is None
    assert "2 personas" not in amal.get(f"/remains/{about.reference}/record/condition").text


def test_others_do_not_write_and_the_word_of_another_stands_beside(signed_in, found, hand_of):
    amal, path = signed_in("amal"), f"/remains/{found}/skeleton"
    shown = token_of(amal.get(path))
    hand_of(found, {"bones/femur_l": {"status": "absent"}})

    page = amal.post(path, data={"form_token": shown, "shown": "0", "set": "femur_l:present"})

    assert "Quedan las dos respuestas." in page.text
    picture, _ = hand_of(found)
    assert {each.value["status"] for each in picture["bones/femur_l"]} == {"absent", "present"}
    gloria = signed_in("gloria")
    assert "data-bone" not in gloria.get(path).text
    assert (
        gloria.post(path, data={"form_token": token_of(gloria.get("/me"))}).status_code == 404
    )


def test_an_estimate_passes_to_the_record_only_when_somebody_takes_it(
    signed_in, found, hand_of
):
    amal, path = signed_in("amal"), f"/remains/{found}/profile"
    sent(amal, path, femur_left="450", do="lengths")
    line = f"{path}?formula=trotter_gleser_1952_white&sex=male"
    # 2.38 × 45.0 + 61.41 = 168.51, and 1.96 × 3.27 to each side (Trotter and Gleser 1952).
    assert "162–175" in amal.get(line).text
    assert "sin intervalo" in amal.get(f"{path}?sex=female").text
    before = hand_of(found)[0]

    sent(amal, line, do="stature:femur")
    sent(amal, f"{path}?sex=female&phase=III", do="age")

    assert preferred(before, "stature_formula") is None
    picture, about = hand_of(found)
    assert (about.stature_cm_min, about.stature_cm_max) == (162, 175)
    assert (about.age_min, about.age_max) == (21, 53)
    assert "Trotter y Gleser 1952" in preferred(picture, "stature_formula")


def test_before_a_burial_the_file_names_what_is_not_kept(signed_in, found, hand_of, noon):
    hand_of(
        found,
        {
            "irreversible_act_planned/aaaa11": act_on(noon, 5),
            "samples_retained/aaaa11": {"kind": "bone"},
        },
    )
    amal = signed_in("amal")
    sent(amal, f"/remains/{found}/examinations", set="fingerprints:not_possible")

    beside = unescape(amal.get(f"/remains/{found}/examinations/beside").text)

    assert (
        "Acto previsto que no se puede deshacer: sepultura"
        in amal.get(f"/remains/{found}").text
    )
    assert "en 5 días" in beside
    missing = re.search(r"Falta guardar:</strong> ([^.]*)\.", beside)[1]
    assert missing == "ficha dental hecha, fotografías tomadas, ropa y pertenencias guardadas"


def test_acts_come_first_until_somebody_says_that_they_were_done(
    signed_in, database, viewers, hand_of, noon
):
    with database.transaction(viewers["amal"]) as session:
        late, soon, never = (
            remains_found(session, viewers["amal"], post_mortem_number=each).reference
            for each in ("PM-LATE", "PM-SOON", "PM-NEVER")
        )
    hand_of(late, {"irreversible_act_planned/aaaa11": act_on(noon, 90)})
    hand_of(soon, {"irreversible_act_planned/aaaa11": act_on(noon, 2, "cremation")})
    hand_of(never, {"irreversible_act_planned/aaaa11": act_on(noon, 1, outcome="called_off")})
    amal = signed_in("amal")

    listed, home = (amal.get(path).text for path in ("/remains?act=planned", "/"))

    assert listed.index(soon) < listed.index(late)
    assert never not in listed
    assert "PM-NEVER" not in amal.get("/acts").text
    assert "Hay un acto previsto" in home
    assert 'href="/acts"' in home


def test_people_with_a_name_and_no_family_are_listed_for_whoever_may_read_names(
    signed_in, found, hand_of
):
    hand_of(
        found,
        {
            "named_but_unclaimed": True,
            "family_search": "asked_consulate",
            "possible_names/aaaa11": {"given_names": "Inventada", "surname_1": "Ficticia"},
        },
    )

    amal = signed_in("amal")

    assert "se pidió al consulado" in amal.get(f"/remains/{found}").text
    page = amal.get("/unclaimed").text
    assert "Inventada Ficticia" in page
    assert found in page
    assert found in amal.get("/remains?family=unclaimed").text
    assert signed_in("lidia").get("/unclaimed").status_code == 403


def test_another_program_reads_the_same(signed_in, found, hand_of, noon):
    hand_of(
        found,
        {
            "bones/femur_l": {"status": "present", "count": {"min": 2.0, "max": 2.0}},
            "irreversible_act_planned/aaaa11": act_on(noon, 5),
        },
    )

    told = signed_in("amal").get(f"/api/v1/remains/{found}/examination").json()

    assert told["minimum_individuals"] == 2
    assert told["skeleton_percent"] == {"at_least": 0, "at_most": 100}
    assert told["acts"][0]["days"] == 5
    assert "dna_sample" in told["not_kept"]
    assert told["examinations"]["dna_sampling"] == "not_started"
