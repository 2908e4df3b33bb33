"""What becomes of a file's rows in the registry, and that nothing is lost or counted twice."""

import gzip
import json
from importlib.resources import files

import pytest
import sqlalchemy as sa

from casework.embedded import OWNER
from casework.envelope import SearchConsent
from casework.imports import storing
from casework.imports.errors import UnreadableFile
from casework.imports.model import ImportFile, RunState
from casework.incidents.model import Incident, IncidentKind, IncidentVersion
from casework.missing.model import MissingPerson, MissingPersonVersion, PersonName
from casework.remains.model import Remains
from privacy.errors import NotPermitted
from tests.casework.imports.imported import (
    a_csv,
    bring,
    counts,
    iom_csv,
    receive,
    rules_of_run,
    set_aside,
    stored,
)

SHIPPED = files("casework.demonstration") / "data"
FETCHED = sa.text(
    "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables"
    " WHERE relname = 'remains'"
)
PERSON = {"record_id": "p1", "sex": "female", "last_contact_from": "2024-05-02"}


def test_ioms_own_rows_of_2026_come_in_and_add_up(database, ana):
    # Missing Migrants Project, IOM, CC BY 4.0: see casework/demonstration/data/CREDITS.md.
    content = gzip.decompress((SHIPPED / "iom_2026_download.csv.gz").read_bytes())

    first = bring(database, ana, content, "iom_2026.csv")
    again = bring(database, ana, content, "iom_2026.csv")

    taken = first.accepted + first.accepted_with_warning
    assert first.read == taken + first.quarantined == again.read
    assert counts(again) == {
        name: count
        for name, count in (("unchanged", taken), ("quarantined", first.quarantined))
        if count
    }
    assert len(stored(database, Incident)) == taken
    assert not stored(database, IncidentVersion)


def test_what_a_source_changes_is_kept_as_it_was(database, ana):
    bring(database, ana, iom_csv({"dead": "1"}))

    run = bring(database, ana, iom_csv({"dead": "2", "total": "2"}))

    assert counts(run) == {"updated": 1}
    assert stored(database, Incident, Incident.dead, Incident.version) == [(2, 2)]
    (before,) = stored(database, IncidentVersion)
    assert (before.version, before.content["dead"]) == (1, 1)


def test_a_layout_without_a_column_blanks_nothing(database, ana):
    bring(database, ana, iom_csv({"country": "Mexico", "type": "Split Incident"}))

    run = bring(database, ana, iom_csv({}, layout="download-2026"))

    assert counts(run) == {"unchanged": 1}
    (kept,) = stored(database, Incident)
    assert (kept.country, kept.kind) == ("MX", IncidentKind.SPLIT)


def test_an_empty_cell_of_a_column_that_is_there_does_blank(database, ana):
    bring(database, ana, iom_csv({"survivors": "3"}))

    run = bring(database, ana, iom_csv({"survivors": ""}))

    assert counts(run) == {"updated": 1}
    assert stored(database, Incident, Incident.survivors) == [(None,)]


def test_a_rounded_point_does_not_replace_a_finer_one(database, ana):
    bring(database, ana, iom_csv({"coordinates": "25.87, -97.50"}))

    run = bring(database, ana, iom_csv({"coordinates": "26, -98", "dead": "2", "total": "2"}))

    (kept,) = stored(database, Incident)
    assert (kept.dead, kept.lat, kept.lon, kept.radius_km) == (2, 25.87, -97.50, None)
    assert "finer_point_kept" in rules_of_run(database, run)


def test_a_finer_point_replaces_a_rounded_one(database, ana):
    bring(database, ana, iom_csv({"coordinates": "26, -98"}))

    bring(database, ana, iom_csv({"coordinates": "25.87, -97.50"}))

    columns = (Incident.lat, Incident.radius_km, Incident.location_precision)
    assert stored(database, Incident, *columns) == [(25.87, None, "point")]


def test_a_longitude_that_lost_its_sign_does_not_take_the_stored_point_away(database, ana):
    bring(database, ana, iom_csv({"coordinates": "25.87, -97.50"}))

    run = bring(database, ana, iom_csv({"coordinates": "25.87, 97.50"}))

    assert counts(run) == {"unchanged": 1}
    assert rules_of_run(database, run) == ["longitude_sign_lost", "finer_point_kept"]
    assert stored(database, Incident, Incident.lon) == [(-97.50,)]


def test_coordinates_cut_at_another_digit_are_the_same_place(database, ana):
    bring(database, ana, iom_csv({"coordinates": "28.66688847, -97.50"}))

    run = bring(database, ana, iom_csv({"coordinates": "28.666888, -97.5"}))

    assert counts(run) == {"unchanged": 1}


def test_an_incident_that_its_source_parts_later_is_not_counted_twice(database, ana):
    whole = {"incident_id": "2022.MMP0571"}
    bring(database, ana, iom_csv({**whole, "dead": "5", "total": "5"}))

    parts = [
        {"incident_id": "2022.MMP0571a", "dead": "2", "total": "2"},
        {"incident_id": "2022.MMP0571b", "dead": "3", "total": "3"},
    ]
    run = bring(database, ana, iom_csv(*parts))

    assert counts(run) == {"accepted": 1, "updated": 1}
    assert rules_of_run(database, run) == ["now_in_parts"]
    kept = stored(database, Incident, Incident.source_key, Incident.dead)
    assert sorted(kept) == [
        ("2022.MMP0571/2022.MMP0571a", 2),
        ("2022.MMP0571/2022.MMP0571b", 3),
    ]


def test_a_list_of_ids_that_a_release_numbers_anew_is_the_same_incident(database, ana):
    bring(database, ana, iom_csv({"incident_id": "2022.MMP0571a,2022.MMP0571b"}))

    bring(database, ana, iom_csv({"incident_id": "2022.MMP0571b,2022.MMP0571c"}))

    assert len(stored(database, Incident)) == 1


def test_a_part_that_an_excerpt_lacks_stays_beside_a_new_one(database, ana):
    bring(database, ana, iom_csv({"incident_id": "2022.MMP0571a"}))

    run = bring(database, ana, iom_csv({"incident_id": "2022.MMP0571b"}))

    assert counts(run) == {"accepted": 1}
    assert len(stored(database, Incident)) == 2


def test_a_whole_that_comes_after_its_parts_is_kept_and_said(database, ana):
    bring(database, ana, iom_csv({"incident_id": "a"}, {"incident_id": "b"}))

    run = bring(database, ana, iom_csv({}))

    assert counts(run) == {"accepted_with_warning": 1}
    assert rules_of_run(database, run) == ["stored_otherwise"]


def test_incidents_of_two_institutions_with_one_id_are_two(database, ana, bruno):
    ours = {"record_id": "1", "date_from": "2024-01-05", "dead": "1", "missing": ""}

    bring(database, ana, a_csv(ours))
    bring(database, bruno, a_csv({**ours, "dead": "7"}))

    assert stored(database, Incident, Incident.dead) == [(1,), (7,)]


def test_people_come_in_with_what_their_institution_declared(database, bruno):
    named = {**PERSON, "given_names": "Marisol", "surname_1": "Inventada"}

    run = bring(database, bruno, a_csv(named), consent=SearchConsent.GRANTED, invented=True)

    assert counts(run) == {"accepted": 1}
    (person,) = stored(database, MissingPerson)
    assert (person.search_consent, person.invented) == (SearchConsent.GRANTED, True)
    assert person.owner_institution_id == bruno.institution_id
    assert [each.surname_1 for each in stored(database, PersonName)] == ["Inventada"]


@pytest.mark.parametrize(
    ("before", "declared", "kept", "became"),
    [
        ("granted", "refused", "refused", "updated"),
        ("granted", "not_asked", "granted", "unchanged"),
        ("refused", "not_asked", "refused", "unchanged"),
        ("not_asked", "refused", "refused", "updated"),
        ("granted", "granted", "granted", "unchanged"),
    ],
)
def test_consent_that_is_taken_back_is_taken_back(
    database, bruno, before, declared, kept, became
):
    bring(database, bruno, a_csv(PERSON), consent=SearchConsent(before))

    run = bring(database, bruno, a_csv(PERSON), consent=SearchConsent(declared))

    assert counts(run) == {became: 1}
    assert stored(database, MissingPerson, MissingPerson.search_consent) == [(kept,)]
    versions = [each.content["(declared)"] for each in stored(database, MissingPersonVersion)]
    said = {"search_consent": before, "invented": False}
    assert versions == ([said] if became == "updated" else [])
    assert rules_of_run(database, run) == []


@pytest.mark.parametrize(
    ("before", "declared"),
    [("refused", "granted"), ("not_asked", "granted")],
)
def test_no_file_loosens_what_a_family_said(database, bruno, before, declared):
    bring(database, bruno, a_csv(PERSON), consent=SearchConsent(before))

    new = {**PERSON, "record_id": "p2"}
    run = bring(database, bruno, a_csv(PERSON, new), consent=SearchConsent(declared))

    assert counts(run) == {"unchanged": 1, "accepted": 1}
    columns = (MissingPerson.origin_record_id, MissingPerson.search_consent)
    assert stored(database, MissingPerson, *columns) == [("p1", before), ("p2", declared)]
    assert rules_of_run(database, run) == ["consent_not_loosened"]


def test_a_stricter_consent_is_kept_beside_a_row_that_changes(database, bruno):
    bring(database, bruno, a_csv(PERSON), consent=SearchConsent.REFUSED)

    other = {**PERSON, "sex": "male"}
    run = bring(database, bruno, a_csv(other), consent=SearchConsent.GRANTED)

    assert counts(run) == {"updated": 1}
    columns = (MissingPerson.sex, MissingPerson.search_consent)
    assert stored(database, MissingPerson, *columns) == [("male", SearchConsent.REFUSED)]


INVENTED = [
    (MissingPerson, PERSON),
    (Remains, {"record_id": "r1", "sex": "unknown", "found_from": "2024-02"}),
    (Incident, {"record_id": "1", "date_from": "2024-01-05", "dead": "1", "missing": ""}),
]


@pytest.mark.parametrize(("table", "row"), INVENTED)
def test_a_record_named_as_invented_never_enters_as_real(database, bruno, table, row):
    run = bring(database, bruno, a_csv({**row, "record_id": "INV-M-00007"}, row))

    assert sorted(stored(database, table, table.invented)) == [(False,), (True,)]
    assert rules_of_run(database, run) == ["taken_as_invented"]


@pytest.mark.parametrize(("table", "row"), INVENTED)
def test_an_invented_record_never_becomes_real(database, bruno, table, row):
    bring(database, bruno, a_csv(row), invented=True)

    again = bring(database, bruno, a_csv(row), invented=False)

    assert counts(again) == {"unchanged": 1}
    assert stored(database, table, table.invented) == [(True,)]


@pytest.mark.parametrize(("table", "row"), INVENTED)
def test_a_record_may_turn_out_to_be_invented(database, bruno, table, row):
    bring(database, bruno, a_csv(row))

    run = bring(database, bruno, a_csv(row), invented=True)

    assert counts(run) == {"updated": 1}
    assert stored(database, table, table.invented, table.version) == [(True, 2)]


def test_a_table_with_fewer_columns_keeps_what_a_wider_one_said(database, bruno):
    bring(database, bruno, a_csv({**PERSON, "hair": "black", "given_names": "Marisol"}))

    run = bring(database, bruno, a_csv({**PERSON, "sex": "male"}))

    assert counts(run) == {"updated": 1}
    (person,) = stored(database, MissingPerson)
    assert (person.sex, person.hair) == ("male", "black")
    assert [each.given_names for each in stored(database, PersonName)] == ["Marisol"]
    (before,) = stored(database, MissingPersonVersion)
    assert before.content["sex"] == "female"


def test_a_table_with_fewer_columns_that_says_nothing_new_changes_nothing(database, bruno):
    bring(database, bruno, a_csv({**PERSON, "hair": "black"}))

    run = bring(database, bruno, a_csv(PERSON))

    assert counts(run) == {"unchanged": 1}


def test_a_cell_the_engine_could_not_read_keeps_its_row_out(database, bruno):
    run = bring(database, bruno, a_csv(PERSON, {**PERSON, "record_id": "p2", "hair": "purple"}))

    assert counts(run) == {"accepted": 1, "quarantined": 1}
    (row,) = set_aside(database, run)
    assert (row.line, dict(row.original)["hair"], row.rules) == (3, "purple", ["not_a_code"])


def test_remains_may_always_be_searched(database, bruno):
    found = {"record_id": "r1", "sex": "unknown", "found_from": "2024-02"}

    bring(database, bruno, a_csv(found))

    kept = stored(database, Remains, Remains.search_consent)
    assert kept == [(SearchConsent.PUBLIC_INTEREST,)]


def test_an_analyst_brings_in_no_people(database, ana):
    with pytest.raises(NotPermitted):
        receive(database, ana, a_csv(PERSON))


def test_nulls_and_halves_of_letters_are_named_and_everything_else_is_kept(database, bruno):
    filler = [{**PERSON, "record_id": f"p{n}", "place": "x" * 500} for n in range(10)]
    odd = {**PERSON, "record_id": "odd", "place": "Tapa\x00chula"}

    run = bring(database, bruno, a_csv(*filler, odd))

    assert counts(run) == {"accepted": 11}
    assert rules_of_run(database, run) == ["unstorable_signs"]
    assert stored(database, MissingPerson)[-1].place == "Tapa�chula"


def test_half_a_letter_out_of_json_does_not_stop_the_file(database, bruno):
    content = json.dumps([{**PERSON, "place": "a\ud800\x00"}]).encode()

    run = bring(database, bruno, content, "datos.json")

    assert counts(run) == {"accepted": 1}
    assert stored(database, MissingPerson)[0].place == "a��"


def test_a_text_no_index_can_hold_keeps_its_row_out_and_not_the_file(database, ana):
    route = "".join(chr(0x4E00 + n % 20000) for n in range(0, 90_000, 7))

    run = bring(database, ana, iom_csv({"route": route}, {"id": "x", "incident_id": "x"}))

    assert counts(run) == {"accepted": 1, "quarantined": 1}
    assert rules_of_run(database, run) == ["text_too_long"]


def test_one_row_is_enough(database, bruno):
    assert counts(bring(database, bruno, a_csv(PERSON))) == {"accepted": 1}


def test_a_file_with_nothing_but_a_header_is_refused_whole(database, bruno):
    with pytest.raises(UnreadableFile, match="ninguna fila"):
        receive(database, bruno, b"record_id,sex,last_contact_from\n")


def test_the_file_is_thrown_away_once_it_is_read(database, bruno):
    run = bring(database, bruno, a_csv(PERSON))

    assert run.state is RunState.FINISHED
    assert stored(database, MissingPerson)
    assert stored(database, ImportFile, ImportFile.import_run_id) == []


def test_a_chunk_reads_no_row_of_those_before_it(database, server, bruno, monkeypatch):
    monkeypatch.setattr(storing, "ROWS_AT_A_TIME", 50)
    rows = [{"record_id": f"r{at}", "sex": "male", "found_from": "2024"} for at in range(700)]
    address = server.url(OWNER, sa.make_url(database.url).database)
    owner = sa.create_engine(address, poolclass=sa.NullPool)
    keep, read = storing.keep, []

    def counting(session, *given, **named):
        # The server does so at any time, and sees nothing of a file that is just coming in.
        with owner.begin() as connection:
            connection.execute(sa.text("ANALYZE remains"))
        kept = keep(session, *given, **named)
        read.append(session.scalar(FETCHED))
        return kept

    monkeypatch.setattr(storing, "keep", counting)

    bring(database, bruno, a_csv(*rows), profile="plain-remains")

    # Once for itself, and once for each of the three tokens by which it is found.
    assert read[-1] - read[-2] == 4 * storing.ROWS_AT_A_TIME
