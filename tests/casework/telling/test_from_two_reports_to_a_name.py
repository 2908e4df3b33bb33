"""Two families report, remains are found elsewhere, somebody is named, and it is recalled.

Everything is done on the pages by whoever may do it, in the order in which it happens; only the
remains, what the family granted and the run of the engine are entered beside them.
"""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from casework.candidates.actions import request_matching
from casework.candidates.model import Pairing
from casework.candidates.running import run_matching
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from casework.signin.actions import let_in
from casework.signin.queries import find_account
from privacy.permissions import DOOR, KEEPER, MATCHER, Purpose
from tests.builders import ENTERED, a_relative, grant_of, remains_found
from tests.casework.review.conftest import staff  # noqa: F401 - used as a fixture
from tests.casework.telling.conftest import TOLD, luz  # noqa: F401 - used as a fixture
from tests.casework.unblinding.conftest import ASSESSMENT, TO_WEIGH, TODAY, UNTIL, WHY

REASON = "Se miró todo lo que hay."
FORENSIC = {"bruno", "gloria", "berta", "celso", "elena"}
DAY = TODAY.date().isoformat()
ITEMS = {
    "primary_report": {
        "method": "odontology",
        "signatory": "Dra. Inventada",
        "institution": "Servicio inventado",
        "day": DAY,
        "number": "OD-1",
    },
    "resolved_discrepancy": {"about": "stature", "why": "Midieron con zapatos."},
    "legal_act": {
        "authority": "Juzgado inventado",
        "document": "auto",
        "number": "J-1",
        "day": DAY,
    },
    "completeness": {"parts": "cráneo y torso", "commingling": "none_found"},
    "notification_plan": {
        "who": "Luz Inventada",
        "how": "en persona",
        "when": "esta semana",
        "language": "español",
    },
}


@pytest.fixture
def inside(client, app, database):
    """Let people in by turns, today: what opens is asked of the clock of the database."""

    class Inside:
        name, at = "", TODAY

        def __call__(self, name):
            if name == self.name:
                return self
            self.name = name
            with database.transaction(DOOR) as session:
                account = find_account(session, name)
                token, opened = let_in(session, account, at=self.at, second_factor=True)
                opened.purpose = Purpose.IDENTIFY if name in FORENSIC else opened.purpose
                opened.stepped_up_at = self.at
            client.cookies.set("reunir_session", token, domain="127.0.0.1", path="/")
            return self

        def reads(self, path):
            return re.sub(r"\s+", " ", client.get(path).text)

        def status(self, path):
            return client.get(path).status_code

        def paper(self, path):
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            pages = PdfReader(BytesIO(answer.content)).pages
            return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))

        def sends(self, path, of="", **fields):
            """Fill in a form as it stands on its page; give the answer."""
            page = client.get(of or path).text
            kept = {
                name: page.partition(f'name="{name}" value="')[2].partition('"')[0]
                for name in ("form_token", "sheet")
            }
            said = {name.replace("__", "."): value for name, value in fields.items()}
            return client.post(path, data=kept | said)

    one = Inside()
    app.state.clock = lambda: one.at
    return one


@pytest.fixture
def reported(database, inside, bruno, gloria, luz, staff):  # noqa: F811, ARG001
    """Two people are reported in two countries; remains are found in a third, and compared."""
    inside.at = ENTERED - timedelta(days=9)
    for name, given, surname in (("luz", "Marisol", "Inventada"), ("lidia", "Ana", "Ficticia")):
        answer = inside(name).sends(
            "/missing/new",
            given_names=given,
            surname_1=surname,
            consent="not_asked",
            sex="female",
            age_min="24",
            age_max="24",
            stature_cm_min="155",
            stature_cm_max="160",
            last_contact_from="2025-06-03",
            country="MX",
            place="Tapachula",
        )
        assert answer.status_code == 200
    inside.at, inside.name = TODAY, ""
    with database.transaction(KEEPER) as session:
        person = session.scalars(
            sa.select(MissingPerson).where(
                MissingPerson.owner_institution_id == gloria.institution_id
            )
        ).one()
        grant_of(session, person, TO_WEIGH, giver=a_relative(session, person))
        found = remains_found(session, bruno, stature_cm_max=170.0, invented=False)
        numbers = person.id, found.id
        references = person.reference, found.reference
    keeper = replace(bruno, purpose=Purpose.IDENTIFY)
    with database.transaction(keeper) as session:
        run_id = request_matching(session, keeper, at=TODAY).id
    run_matching(database, run_id, lambda: TODAY)
    with database.transaction(MATCHER) as session:
        pairing = session.scalars(
            sa.select(Pairing).where(Pairing.missing_person_id == numbers[0])
        ).one()
    return pairing.id, *numbers, *references


def opinion(inside, name, here, verdict):
    """Say of every kind of evidence that it is consistent, but of stature what is given."""
    page = inside(name).reads(f"{here}/opinion")
    kinds = sorted(set(re.findall(r'name="verdict\.(\w+)"', page)))
    said = {f"verdict__{kind}": "consistent" for kind in kinds}
    said |= {"verdict__stature": verdict, "note__stature": "Difiere en la talla."}
    return inside(name).sends(
        f"{here}/opinion", do="give", conclusion="supports", reason=REASON, **said
    )


def lacking(inside, here):
    """Read how many items of the gate stand."""
    stands = re.search(r"Están (\d) de 7", inside("bruno").reads(f"{here}/gate"))
    return int(stands[1]) if stands else 7


def is_offered(inside, here):
    return 'value="identification"' in inside("berta").reads(f"{here}/decision")


def two_look_and_a_third_reconciles(inside, here):
    """Two look, each alone; they differ, and a third who sat in neither seat reads both."""
    for name in ("berta", "elena"):
        inside(name).sends(f"{here}/review", do="take")
    opinion(inside, "berta", here, "unexplainable")
    before = inside("elena").reads(f"{here}/review")
    assert "Difiere en la talla." not in before
    opinion(inside, "elena", here, "consistent")
    assert "Los dos dictámenes difieren" in inside("bruno").reads(f"{here}/review")
    inside("celso").sends(f"{here}/review", do="third")
    settled = inside("celso").sends(
        f"{here}/opinion",
        do="give",
        conclusion="supports",
        reason="Leí los dos.",
        verdict__stature="unexplainable",
        note__stature="Queda por explicar.",
    )
    assert settled.status_code == 200


def the_gate_is_filled_item_by_item(inside, here):
    """While one item lacks an identification is not offered, and refused."""
    stood = [lacking(inside, here)]
    for kind, said in ITEMS.items():
        assert not is_offered(inside, here)
        refused = inside("berta").sends(
            f"{here}/decision", outcome="identification", reason=REASON
        )
        assert refused.status_code == 422
        assert (
            inside("bruno").sends(f"{here}/gate/{kind}", f"{here}/gate", **said).status_code
            == 200
        )
        stood.append(lacking(inside, here))
    assert stood == [2, 3, 4, 5, 6, 7]


def test_from_two_reports_in_two_countries_to_a_name_and_its_recall(reported, inside, database):
    number, person_id, remains_id, person, remains = reported
    here = f"/pairings/{number}"

    def status_of(model, which, column):
        with database.transaction(KEEPER) as session:
            return getattr(session.get_one(model, which), column).value

    # A proposal of which Mexico may know only that it is there; it asks, Guatemala agrees.
    blind = inside("bruno").reads(here)
    assert f"{here}/unblinding" in blind
    assert person not in blind
    assert inside("berta").sends(f"{here}/opinion").status_code == 404
    asked = inside("bruno").sends(f"{here}/unblinding", words=WHY, until=UNTIL.isoformat())
    request = asked.url.path
    theirs = inside("gloria").reads(request)
    assert (person in theirs, remains in theirs) == (True, False)
    inside("gloria").sends(
        request, answer="agreed", until=UNTIL.isoformat(), assessment=ASSESSMENT
    )
    assert person in inside("bruno").reads(here)

    two_look_and_a_third_reconciles(inside, here)
    the_gate_is_filled_item_by_item(inside, here)

    # Proposed, signed by both keepers; of it nobody who speaks with the family reads anything.
    made = inside("berta").sends(f"{here}/decision", outcome="identification", reason=REASON)
    decision = made.url.path
    for name in ("bruno", "gloria"):
        inside(name).sends(f"{decision}/signature", decision, answer="accept", reason=REASON)
    assert status_of(Remains, remains_id, "identification_status") == "identified"
    assert status_of(MissingPerson, person_id, "search_status") == "open"
    assert person not in inside("luz").reads("/released")
    assert inside("luz").status(here) == 403

    # A coordinator releases it; a person tells the family, and hands over a letter.
    released = f"/released/{decision.rpartition('/')[2]}"
    inside("gloria").sends(f"{decision}/release", decision, reason="Que fue identificada.")
    assert person in inside("luz").reads("/released")
    told = inside("luz").sends(f"{released}/told", released, **TOLD | {"happened_on": DAY})
    assert told.status_code == 200
    wrote = inside("luz").sends(
        f"{released}/letter",
        released,
        language="es",
        phone="Luz, 555 0100",
        free="La esperamos.",
    )
    assert wrote.status_code == 200
    letter = inside("luz").paper(f"{released}/letter.pdf")
    assert "Luz, 555 0100" in letter
    assert remains not in letter
    assert status_of(MissingPerson, person_id, "search_status") == "identified_deceased"

    # Recalled, with what was handed over; nothing is deleted, and both are looked for again.
    inside("bruno").sends(
        f"{decision}/end", decision, reason="Error de rótulo.", handed_over="yes"
    )
    ended = inside("gloria").reads(decision)
    assert "Los restos ya se entregaron." in ended
    assert "Error de rótulo." in ended
    assert "ya no vale" in inside("luz").reads(released)
    assert inside("luz").status(f"{released}/letter.pdf") == 409
    assert status_of(Remains, remains_id, "identification_status") == "under_examination"
    assert status_of(MissingPerson, person_id, "search_status") == "open"
