"""Who may be looking for somebody alive: told to who keeps them; to a family by their word."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from casework.errors import InvalidInput
from casework.living.model import LivingPerson
from casework.living.queries import get_own_living
from casework.sought.actions import enter_answer
from casework.sought.model import FamilyAnswer
from casework.sought.running import weigh_living
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.errors import NotPermitted
from privacy.permissions import KEEPER
from tests.casework.sought.alike import change, pairs, sought

WORDS = "Que su madre sepa que vive, y nada más."
OUTSIDE = ["bruno", "gloria", "amal", "carlos", "cora", "ana", "admin", "dora"]


def with_token(client, path, **data):
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    return data | {"form_token": found[1]}


def say(client, database, world, answer, *, of="other", reason=WORDS):
    path = f"/living/{world['alive']}/sought/{pairs(database)[world[of]]}"
    return client.post(path, data=with_token(client, path, answer=answer, reason=reason))


def the_familys_page(signed_in, reference="MP-8888-2222", name="bruno", *, page="agreed"):
    """Give what the family's side reads, without what differs between any two pages."""
    answer = signed_in(name).get(f"/missing/{reference}/{page}")
    assert answer.status_code == 200
    return re.sub(r'name="form_token" value="[^"]+"', "", answer.text).replace(reference, "MP")


def test_who_agreed_is_laid_beside_the_missing_for_who_keeps_them(world, database, signed_in):
    client = signed_in("lidia")
    path = f"/living/{world['alive']}/sought"

    lists = [client.get("/sought").text, client.get(path).text]
    page = client.get(f"{path}/{pairs(database)[world['own']]}").text

    assert set(pairs(database)) == {world["own"], world["other"]}
    for each in lists:
        assert world["alive"] in each
        assert "MP-7777-2222" in each
        assert "MP-8888-2222" not in each
    assert "Hable primero con la persona" in page
    assert "Marcas y señas" in page
    (told,) = re.findall(r"<main.*?</main>", page, re.DOTALL)
    assert "restos" not in told.casefold()


def test_of_another_institutions_report_only_its_strength_is_told(world, database, signed_in):
    number = pairs(database)[world["other"]]

    page = signed_in("lidia").get(f"/living/{world['alive']}/sought/{number}").text

    (told,) = re.findall(r"<main.*?</main>", page, re.DOTALL)
    assert "Otra institución atiende a quien podría buscarla" in told
    assert "MP-8888-2222" not in told
    assert "Marisol" not in told


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_finds_one_by_any_page_or_query(world, database, viewers, signed_in, name):
    number = pairs(database)[world["own"]]
    browser = signed_in(name)

    queue = browser.get("/sought")
    answers = [
        browser.get(f"/living/{world['alive']}/sought{rest}").status_code
        for rest in ("", f"/{number}", f"/{number + 999}")
    ]

    assert world["alive"] not in queue.text
    assert set(answers) <= {403, 404}
    with database.transaction(viewers[name]) as session:
        for asked in ("living_pairing", "living_pairing_decision", "blinded_living_pairings()"):
            assert session.execute(sa.text(f"SELECT * FROM {asked}")).all() == []  # noqa: S608


def test_a_query_by_hand_shows_who_keeps_them_no_report_closed_to_them(world, database, lidia):
    with database.transaction(lidia) as session:
        found = session.execute(sa.text("SELECT missing_person_id FROM living_pairing")).all()
        blinded = session.execute(sa.text("SELECT * FROM blinded_living_pairings()")).all()

    assert found == [(world["own"],)]
    assert [(row.missing_id, row.told_institution_id) for row in blinded] == [
        (world["other"], None)
    ]


def test_a_familys_side_reads_the_same_whether_or_not_somebody_is_there(
    world, database, signed_in, bruno, viewers
):
    with database.transaction(KEEPER) as session:
        sought(session, bruno, given_names="Otra", reference="MP-9999-2222", sex="male")

    helps = {the_familys_page(signed_in, "MP-7777-2222", "lidia", page="matchability")}
    pages = [the_familys_page(signed_in), the_familys_page(signed_in, "MP-9999-2222")]
    say(signed_in("lidia"), database, world, "asked", reason="")
    pages.append(the_familys_page(signed_in))
    say(signed_in("lidia"), database, world, "refused", reason="teme a quien la busca")
    pages.append(the_familys_page(signed_in))

    say(signed_in("lidia"), database, world, "refused", of="own", reason="")
    helps.add(the_familys_page(signed_in, "MP-7777-2222", "lidia", page="matchability"))

    assert len(set(pages)) == 1
    assert "No hay nada que decir a esta familia" in pages[0]
    assert len(helps) == 1
    with database.transaction(viewers["bruno"]) as session:
        told = session.execute(sa.text(f"SELECT * FROM agreed_living({world['other']})"))  # noqa: S608
        assert told.all() == []
        assert session.execute(sa.text("SELECT count(*) FROM notice")).scalar() == 0


def test_a_refusal_ends_it_for_good_whatever_the_engine_finds_later(
    world, database, signed_in, noon, lidia
):
    client = signed_in("lidia")
    answer = say(client, database, world, "refused", reason="")

    weigh_living(database, noon.replace(hour=13))

    assert answer.url.path == f"/living/{world['alive']}/sought"
    assert set(pairs(database)) == {world["own"]}
    with database.transaction(lidia) as session:
        living = get_own_living(session, lidia, world["alive"], at=noon)
        with pytest.raises(InvalidInput, match="Dijo que no"):
            enter_answer(
                session,
                lidia,
                living,
                world["other"],
                answer=FamilyAnswer.AGREED,
                reason=WORDS,
                at=noon,
            )


def test_an_agreement_written_over_a_refusal_by_hand_opens_nothing(
    world, database, signed_in, bruno
):
    say(signed_in("lidia"), database, world, "refused", reason="")
    with database.transaction(KEEPER) as session:
        session.execute(
            sa.text(
                "INSERT INTO living_pairing_decision"
                " (case_id, seal_id, missing_person_id, decision, decided_by, decided_at)"
                " VALUES (:alive, gen_random_uuid(), :person, 'agreed', 0, now())"
            ),
            {"alive": world["alive_id"], "person": world["other"]},
        )

    with database.transaction(bruno) as session:
        asked = sa.func.agreed_living(world["other"]).table_valued("institution_id")
        assert session.execute(sa.select(asked)).all() == []


def test_once_they_agree_each_side_is_told_of_the_other(world, database, signed_in, dora):
    told = say(signed_in("lidia"), database, world, "agreed")

    page = the_familys_page(signed_in)
    elsewhere = the_familys_page(signed_in, "MP-7777-2222", name="lidia")

    assert re.search(r"Ya puede hablar con \w+", told.text)
    assert WORDS in told.text
    assert "Alguien con vida aceptó que se avise" in page
    assert world["alive"] not in page
    assert WORDS not in page
    # Another family that looks for the same person learns nothing by it.
    assert "No hay nada que decir a esta familia" in elsewhere
    with database.transaction(dora) as session:
        lines = session.execute(
            sa.select(Entry.about, Entry.concerning)
            .where(Entry.deed == Deed.LIVING_FAMILY_DECIDED)
            .order_by(Entry.position)
        ).all()
    assert [(about, "MP-8888-2222" in concerning) for about, concerning in lines] == [
        (world["alive"], False)
    ]


def test_who_changes_their_mind_closes_what_they_opened(world, database, signed_in):
    say(signed_in("lidia"), database, world, "agreed")

    say(signed_in("lidia"), database, world, "refused", reason="")

    assert "No hay nada que decir a esta familia" in the_familys_page(signed_in)


@pytest.mark.parametrize(
    ("speaks", "answer", "reason", "amiss"),
    [
        ("says_who", "", WORDS, "Elija una opción"),
        ("says_who", "agreed", "sí", "Escriba con sus palabras"),
        ("says_who", "cannot_decide", WORDS, "pregúntele"),
        ("unconscious", "agreed", WORDS, "Nadie acepta en su lugar"),
    ],
)
def test_nobody_agrees_in_their_place(
    world, database, signed_in, speaks, answer, reason, amiss
):
    change(database, (LivingPerson, world["alive_id"]), communication=speaks)

    refused = say(signed_in("lidia"), database, world, answer, reason=reason)

    assert refused.status_code == 422
    assert amiss in refused.text
    assert reason in refused.text
    assert "No hay nada que decir" in the_familys_page(signed_in)


def test_answers_ask_for_a_fresh_proof_and_are_their_institutions_alone(
    world, database, lidia, bruno, noon
):
    with database.transaction(KEEPER) as session:
        living = session.get_one(LivingPerson, world["alive_id"])
        for viewer in (replace(bruno, stepped_up=True), replace(lidia, stepped_up=False)):
            with pytest.raises(NotPermitted):
                enter_answer(
                    session,
                    viewer,
                    living,
                    world["own"],
                    answer=FamilyAnswer.AGREED,
                    reason=WORDS,
                    at=noon,
                )
