"""The register of missing persons, as a browser sees it."""

import re

import pytest
import sqlalchemy as sa

from casework.codes import Answer, MarkType
from casework.envelope import SearchConsent
from casework.missing.model import MissingPerson, MissingPersonMark
from casework.record_codes import ReporterKind
from casework.web.drawn_record import carried_words
from casework.web.languages import translations_for
from privacy.audit.log import Deed
from privacy.audit.model import Entry
from privacy.permissions import KEEPER
from tests.builders import a_missing_person

OPENED = {"named": 1, "nationalities": ["HN"]}
PHONE, TOOTH = "+504 0000-0000", "16:restored"
TOOTH_IN_WORDS = "16: con empaste o relleno"


@pytest.fixture
def marisol(database, lidia):
    """A woman from Honduras whose family agreed that her consulate may know."""
    with database.transaction(KEEPER) as session:
        return a_missing_person(
            session,
            lidia,
            protected=False,
            reporter_kind=ReporterKind.RELATIVE,
            marks=[MissingPersonMark(kind=MarkType.TATTOO, words="una rosa")],
            answers={"hair": Answer.REFUSED, "eyes": Answer.UNKNOWN},
            belongings_answer=Answer.ABSENT,
            carried={"phones": PHONE, "teeth": TOOTH},
        ).reference


@pytest.mark.usefixtures("marisol")
def test_the_list_says_how_many_reports_the_visitor_may_see(signed_in):
    page = signed_in("amal").get("/missing").text

    assert "Usted puede ver 1 reporte." in page
    assert "Marisol Inventada" in page


def test_every_page_with_invented_people_says_so(signed_in, marisol):
    client = signed_in("lidia")

    for path in ("/missing", f"/missing/{marisol}"):
        assert "Nadie de esta página existe." in client.get(path).text


def test_unknown_refused_absent_and_not_recorded_read_differently(signed_in, marisol):
    page = signed_in("lidia").get(f"/missing/{marisol}").text

    assert fact(page, "Cabello") == "prefirió no decir"
    assert fact(page, "Ojos") == "se preguntó: no se sabe"
    assert fact(page, "Pertenencias") == "no tiene"
    assert fact(page, "Ropa") == "no registrado"
    assert fact(page, "Señas particulares") == "tatuaje: «una rosa»"


def test_examiners_are_led_to_proposals(signed_in, marisol):
    assert f"/pairings?q={marisol}" in signed_in("amal").get(f"/missing/{marisol}").text


def test_liaison_officers_never_see_a_way_to_proposals(signed_in, marisol):
    assert "pairings" not in signed_in("lidia").get(f"/missing/{marisol}").text


def test_a_file_whose_family_did_not_agree_is_hidden_from_other_institutions(
    signed_in, database, lidia
):
    with database.transaction(KEEPER) as session:
        asked = a_missing_person(session, lidia, search_consent=SearchConsent.NOT_ASKED)

    assert signed_in("amal").get(f"/missing/{asked.reference}").status_code == 404


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("lidia", {PHONE, TOOTH_IN_WORDS}),
        ("amal", {TOOTH_IN_WORDS}),
        ("carlos", {PHONE, TOOTH_IN_WORDS}),
    ],
)
def test_a_telephone_number_is_read_only_by_whom_the_family_gave_it_to(
    signed_in, marisol, name, read
):
    page = signed_in(name).get(f"/missing/{marisol}").text

    assert {each for each in (PHONE, TOOTH_IN_WORDS) if each in page} == read


def test_a_number_says_of_which_paper_it_is():
    _ = translations_for("es").gettext

    told = carried_words("id_numbers", "passport:C123|dni:0801|77", _)
    assert told == "pasaporte C123, DNI 0801, 77"
    assert carried_words("phones", "+504 1:2", _) == "+504 1:2"


def test_the_api_gives_nothing_that_is_not_compared(signed_in, marisol):
    answer = signed_in("lidia").get(f"/api/v1/missing/{marisol}").json()

    assert {"carried", "reporting_institution", "search_consent"}.isdisjoint(answer)


@pytest.mark.usefixtures("marisol")
def test_a_search_narrows_the_list(signed_in):
    totals = {
        "q=marísol inventada": 1,
        "q=tapachula": 1,
        "q=%25": 0,
        "sex=female": 1,
        "sex=male": 0,
        "nationality=HN": 1,
        "country=MX&nationality=GT": 0,
        "seen_from=2025-06": 1,
        "seen_from=2025-06-04&seen_to=2026": 0,
        "invented=no": 0,
        "sort=-last_contact&sex=&country=": 1,
    }
    client = signed_in("lidia")

    found = {query: client.get(f"/api/v1/missing?{query}").json()["total"] for query in totals}

    assert found == totals


def test_a_search_by_reference_finds_one(signed_in, marisol):
    answer = signed_in("lidia").get("/api/v1/missing", params={"q": marisol}).json()

    assert [person["reference"] for person in answer["persons"]] == [marisol]


def test_a_date_that_cannot_be_read_is_pointed_out(signed_in):
    page = signed_in("lidia").get("/missing?seen_from=ayer").text

    assert "Escriba la fecha como 2021-03-09, 9 mar 2021, marzo 2021 o 2021." in page


def test_a_report_needs_one_way_to_refer_to_the_person_and_what_was_said(
    signed_in, database, lidia
):
    client = signed_in("lidia")

    answer = client.post("/missing/new", data=with_token(client, nickname=" "))

    assert answer.status_code == 422
    assert "cualquier forma de referirse a la persona" in answer.text
    assert "Elija qué dijo quien reporta." in answer.text
    with database.transaction(lidia) as session:
        assert session.scalar(sa.select(sa.func.count(MissingPerson.id))) == 0


def test_a_report_of_next_to_nothing_is_kept_and_recorded(signed_in, database, dora):
    client = signed_in("lidia")

    answer = client.post(
        "/missing/new",
        data=with_token(client, referred_to="La hermana de Ana", consent="granted"),
    )

    assert "La hermana de Ana" in answer.text
    with database.transaction(dora) as session:
        about = session.scalars(
            sa.select(Entry.about)
            .where(Entry.deed == Deed.MISSING_REPORTED)
            .order_by(Entry.position)
        ).one()
    assert answer.url.path == f"/missing/{about}"


def test_a_new_report_is_protected_until_somebody_says_otherwise(
    signed_in, database, lidia, noon
):
    client = signed_in("lidia")

    client.post("/missing/new", data=with_token(client, given_names="Ana", consent="granted"))

    with database.transaction(lidia) as session:
        kept = session.scalars(sa.select(MissingPerson)).one()
    assert kept.protected
    assert kept.owner_institution_id == lidia.institution_id
    assert kept.review_due_on == noon.date().replace(year=noon.year + 1)
    assert kept.expires_on == noon.date().replace(year=noon.year + 5)


def test_refused_and_unknown_answers_are_kept_apart(signed_in, database, lidia):
    client = signed_in("lidia")

    client.post(
        "/missing/new",
        data=with_token(
            client,
            given_names="Ana",
            consent="not_asked",
            sex="refused",
            hair="unknown",
            marks_answer="absent",
            last_contact_from="2025",
        ),
    )

    with database.transaction(lidia) as session:
        kept = session.scalars(sa.select(MissingPerson)).one()
    assert kept.answers == {"sex": "refused", "hair": "unknown"}
    assert kept.marks_answer is Answer.ABSENT
    assert (kept.last_contact_from.month, kept.last_contact_to.month) == (1, 12)


def test_a_form_with_mistakes_comes_back_as_it_was_typed(signed_in):
    client = signed_in("lidia")

    answer = client.post(
        "/missing/new",
        data=with_token(
            client,
            given_names="Ana <b>",
            consent="granted",
            stature_cm_min="1.6",
            mark_words=["una rosa"],
            last_contact_from="2025-02-30",
        ),
    )

    assert answer.status_code == 422
    assert 'value="Ana &lt;b&gt;"' in answer.text
    assert 'value="una rosa"' in answer.text
    assert "Esa fecha no existe en el calendario." in answer.text
    assert "El número no es posible aquí; revise la unidad." in answer.text
    assert "Elija qué clase de seña es, en cada fila." in answer.text


def test_a_birth_after_the_last_contact_is_an_error_and_nothing_typed_is_lost(signed_in):
    client = signed_in("lidia")
    days = {"birth_from": "2025-12-10", "last_contact_from": "marzo 2025"}

    answer = client.post(
        "/missing/new",
        data=with_token(client, given_names="Ana", consent="granted", **days),
    )

    assert answer.status_code == 422
    assert "El nacimiento queda después del último contacto" in answer.text
    assert all(f'value="{each}"' in answer.text for each in ("Ana", *days.values()))


@pytest.mark.parametrize("name", ["amal", "carlos"])
def test_only_liaison_officers_take_reports(signed_in, name):
    client = signed_in(name)

    assert client.get("/missing/new").status_code == 403
    assert client.post("/missing/new", data=with_token(client)).status_code == 403


def test_reading_is_recorded(signed_in, database, dora, marisol):
    client = signed_in("amal")

    client.get("/missing")
    client.get(f"/missing/{marisol}")

    with database.transaction(dora) as session:
        lines = session.execute(
            sa.select(Entry.deed, Entry.about, Entry.details)
            .where(Entry.deed.startswith("missing:"))
            .order_by(Entry.position)
        ).all()
    assert [tuple(line) for line in lines] == [
        (Deed.MISSING_LISTED, None, {"shown": 1} | OPENED),
        (Deed.MISSING_READ, marisol, OPENED),
    ]


def with_token(client, **fields):
    home = client.get("/").text
    token = re.search(r'name="form_token" value="([^"]+)"', home)[1]
    return {"form_token": token, **fields}


def fact(page: str, label: str) -> str:
    """Read the value that stands beside a label."""
    value = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page, re.DOTALL)[1]
    return re.sub(r"<[^>]+>", "", value).strip()


def test_what_is_closed_in_a_list_is_not_shown_as_if_nobody_had_recorded_it(
    signed_in, database, lidia
):
    with database.transaction(KEEPER) as session:
        a_missing_person(
            session,
            lidia,
            protected=False,
            grants=[
                ("circumstances", "search", "consulate:HN"),
                ("identity", "search", "consulate:HN"),
            ],
        )

    row = re.search(r"<tbody>.*?</tbody>", signed_in("carlos").get("/missing").text, re.DOTALL)

    said = re.findall(r'data-label="(Sexo|Edad)"[^>]*><div>([^<]*)<', row.group(0))
    assert dict(said) == {"Sexo": "reservado", "Edad": "reservado"}
