"""Who saw a person, when and why; and what in the log somebody should ask about."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.oversight.unusual import (
    LEAST_AT_NIGHT,
    LEAST_EYES,
    LEAST_FOREIGN,
    LEAST_KNOWN,
    LEAST_OPENED,
    LEAST_REFUSALS,
    LEAST_SEEKERS,
    Kind,
)
from casework.oversight.watching import list_onlookers, list_unusual, whole_register_runs
from casework.settings import settings
from privacy.audit.log import Deed, record
from privacy.audit.verification import PROVER
from privacy.errors import NotPermitted
from privacy.permissions import MATCHER

PERSON = "MP-2345-6789"


def a_deed(database, viewer, deed, at, **stated):
    with database.transaction(viewer) as session:
        record(session, deed, by=viewer, at=at, **stated)


def found(database, dora, noon):
    with database.transaction(dora) as session:
        return [(each.kind, each.observed) for each in list_unusual(session, dora, at=noon)]


@pytest.fixture
def seen(database, amal, bruno, lidia, noon):
    """One person, seen in every way there is; and another, whom nobody asks about."""
    other = "MP-9999-9999"
    a_deed(database, lidia, Deed.MISSING_REPORTED, noon, about=PERSON)
    a_deed(database, lidia, Deed.MISSING_READ, noon, about=PERSON)
    a_deed(database, amal, Deed.MISSING_LISTED, noon, concerning=[PERSON, other], shown=2)
    a_deed(database, amal, Deed.PAIRING_READ, noon, about="pairing:7", missing=PERSON)
    a_deed(database, bruno, Deed.PAIRING_LISTED, noon, concerning=[other], shown=1)
    a_deed(database, bruno, Deed.ACCESS_REFUSED, noon, about=f"/missing/{PERSON}")
    a_deed(
        database, MATCHER, Deed.MATCHING_OPENED_CASES, noon, about="matching_run:1", missing=2
    )


@pytest.mark.usefixtures("seen")
def test_r30_every_opening_of_a_person_is_found_by_whom_when_and_why(signed_in):
    page = signed_in("dora").get(f"/log/about/{PERSON}").text

    people, lines = page.split("Todo lo anotado sobre este expediente")
    assert "Lidia, enlace con familias" in people
    assert "Amal, perita o perito forense" in people
    assert "Bruno" not in people
    assert "todas las personas que pueden buscarse: 1" in people
    for deed in (
        "registró un reporte de desaparición",
        "abrió el expediente de una persona desaparecida",
        "leyó la lista de personas desaparecidas",
        "abrió una comparación",
        "pidió algo que su función no incluye",
    ):
        assert deed in lines
    assert "leyó la lista de propuestas" not in lines
    assert "búsqueda" in lines


@pytest.mark.usefixtures("seen")
def test_r30_counts_and_times_are_those_of_the_log(database, dora, amal, noon):
    a_deed(database, amal, Deed.MISSING_READ, noon + timedelta(hours=2), about=PERSON)

    with database.transaction(dora) as session:
        onlookers = {each.person: each for each in list_onlookers(session, dora, PERSON)}
        runs = whole_register_runs(session, dora)

    assert set(onlookers) == {"Amal", "Lidia"}
    assert (onlookers["Amal"].times, onlookers["Lidia"].times) == (3, 1)
    assert (onlookers["Amal"].first, onlookers["Amal"].last) == (
        noon,
        noon + timedelta(hours=2),
    )
    assert (runs.runs, runs.last) == (1, noon)


def test_r30_a_list_that_forgot_whom_it_showed_would_be_noticed(database, dora, amal, noon):
    # The planted fault: a list that writes only how many it showed.
    a_deed(database, amal, Deed.MISSING_LISTED, noon, shown=1)

    with database.transaction(dora) as session:
        assert list_onlookers(session, dora, PERSON) == []


def test_a_person_whom_nobody_saw_has_a_page_that_says_so(signed_in):
    page = signed_in("dora").get("/log/about/MP-7K3Q-D9XT")

    assert page.status_code == 200
    assert "Nadie ha visto este expediente" in page.text
    assert "no ha comparado todavía a nadie" in page.text


@pytest.mark.parametrize("address", ["/log/unusual", f"/log/about/{PERSON}"])
def test_nobody_else_learns_who_saw_whom(signed_in, address):
    for name in ("amal", "bruno", "lidia", "carlos", "ana", "admin"):
        assert signed_in(name).get(address).status_code == 403, name


def test_an_examiner_asking_past_the_pages_is_refused_too(database, amal, noon):
    with database.transaction(amal) as session:
        with pytest.raises(NotPermitted):
            list_onlookers(session, amal, PERSON)
        with pytest.raises(NotPermitted):
            whole_register_runs(session, amal)
        with pytest.raises(NotPermitted):
            list_unusual(session, amal, at=noon)


def test_asking_who_saw_somebody_is_itself_recorded(signed_in):
    client = signed_in("dora")
    client.get(f"/log/about/{PERSON}")

    assert "leyó esta bitácora" in client.get(f"/log/about/{PERSON}").text


def test_a_search_of_the_log_by_reference_finds_lists_too(database, signed_in, amal, noon):
    a_deed(database, amal, Deed.MISSING_LISTED, noon, concerning=[PERSON], shown=1)

    page = signed_in("dora").get(f"/log?about={PERSON}").text

    assert "leyó la lista de personas desaparecidas" in page
    assert f"/log/about/{PERSON}" in page


def test_a_quiet_week_lists_nothing(database, dora, signed_in, noon):
    assert found(database, dora, noon) == []
    assert "nada se apartó de lo acostumbrado" in signed_in("dora").get("/log/unusual").text


REFERENCES = [
    f"MP-{number:04}-2345".replace("0", "Z").replace("1", "Y") for number in range(500)
]


def habit(database, viewer, noon, opened):
    for days in range(8, 30, 4):
        a_deed(
            database,
            viewer,
            Deed.MISSING_LISTED,
            noon - timedelta(days=days) + timedelta(hours=5),
            concerning=REFERENCES[:opened],
            nationalities=["HN"] * opened,
        )


def test_unusual_volume_is_read_from_the_log_and_said_in_a_sentence(
    database, dora, amal, signed_in, noon
):
    habit(database, amal, noon, 10)
    for _ in range(2):
        a_deed(
            database,
            amal,
            Deed.MISSING_LISTED,
            noon - timedelta(hours=20),
            concerning=REFERENCES[: LEAST_OPENED // 2],
        )

    page = signed_in("dora").get("/log/unusual").text

    assert found(database, dora, noon) == [(Kind.VOLUME, LEAST_OPENED)]
    assert f"Vio {LEAST_OPENED} expedientes en un día. Un día suyo suele ser de 10." in page
    assert "/log?account=amal&amp;day=2026-03-08" in page


def test_nights_refusals_and_nationalities_are_read_from_the_log(
    database, dora, amal, signed_in, noon
):
    habit(database, amal, noon, LEAST_KNOWN)
    night = noon - timedelta(hours=6)  # 06:00 UTC is midnight in Mexico
    a_deed(
        database,
        amal,
        Deed.MISSING_LISTED,
        night,
        concerning=REFERENCES[:LEAST_AT_NIGHT],
        nationalities=["GT"] * LEAST_FOREIGN,
    )
    for number in range(LEAST_REFUSALS):
        a_deed(database, amal, Deed.ACCESS_REFUSED, noon, about=f"/x{number}")

    page = signed_in("dora").get("/log/unusual").text

    assert set(found(database, dora, noon)) == {
        (Kind.NIGHT, LEAST_AT_NIGHT),
        (Kind.REFUSALS, LEAST_REFUSALS),
        (Kind.FOREIGN, LEAST_FOREIGN),
    }
    assert "con nacionalidad de Guatemala" in page
    assert "Todavía no se conoce su costumbre" in page


def test_one_name_and_one_person_sought_by_many_are_read_from_the_log(
    database, dora, viewers, signed_in, noon
):
    many = [viewers[name] for name in ("amal", "bruno", "gloria", "lidia", "carlos")]
    assert len(many) == max(LEAST_EYES, LEAST_SEEKERS)
    for viewer in many:
        at = noon - timedelta(hours=18)
        a_deed(database, viewer, Deed.MISSING_LISTED, at, sought="a-blind-token")
        a_deed(database, viewer, Deed.MISSING_READ, at, about=PERSON)

    page = signed_in("dora").get("/log/unusual").text

    assert found(database, dora, noon) == [
        (Kind.ONE_NAME, len(many)),
        (Kind.ONE_PERSON, len(many)),
    ]
    assert "buscaron un mismo nombre" in page
    assert f"/log/about/{PERSON}" in page
    assert "a-blind-token" not in page


def test_what_machines_do_is_nobodys_habit(database, dora, noon):
    a_deed(database, MATCHER, Deed.MISSING_LISTED, noon, concerning=REFERENCES)

    assert found(database, dora, noon) == []


def test_what_a_guard_of_ours_has_stopped_is_listed(database, dora, amal, signed_in, noon):
    for _ in range(2):
        a_deed(database, amal, Deed.QUOTA_EXCEEDED, noon, opened=201)
    a_deed(database, PROVER, Deed.LOG_NOT_SIGNED, noon, reason="LogTampered")

    page = signed_in("dora").get("/log/unusual").text

    assert found(database, dora, noon) == [(Kind.ALARM, 1), (Kind.ALARM, 2)]
    assert "quiso abrir más datos reservados de los que admite una hora" in page
    assert "no pudo firmar esta bitácora" in page


def test_r24_whom_the_quota_stopped_is_said_on_the_officers_first_page(
    database, amal, bruno, signed_in, noon
):
    said = "quisieron abrir más datos reservados de los que admite una hora: 2."
    before = signed_in("dora").get("/").text
    for viewer in (amal, amal, bruno):
        a_deed(database, viewer, Deed.QUOTA_EXCEEDED, noon, opened=1_001)

    dora = signed_in("dora").get("/").text
    bruno_himself = signed_in("bruno").get("/").text

    assert said not in before
    assert said in dora
    assert "quisieron abrir más" not in bruno_himself


@pytest.fixture
def machine_without_checkpoints(tmp_path, monkeypatch):
    monkeypatch.setenv("REUNIR_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.usefixtures("machine_without_checkpoints")
def test_a_log_that_is_not_signed_any_more_is_said_on_its_page(signed_in, host):
    host.execute(sa.text("UPDATE action_log SET written_at = '2026-01-01'"))

    dora = signed_in("dora").get("/log").text
    home = signed_in("dora").get("/").text
    amal = signed_in("amal").get("/").text

    assert "esperan su firma" in dora
    assert "esperan su firma" in home
    assert "esperan su firma" not in amal
