"""A shelter's own spreadsheet, in Spanish, becomes people alive; every row here is made up."""

import pytest

from casework.imports.errors import UnreadableFile
from casework.imports.problems import rules_of
from casework.imports.profiles import open_file

HEADER = "FOLIO;Nombre;Apellidos;Sexo;Edad;Nacionalidad;Fecha de Ingreso;Albergue;Teléfono"


@pytest.fixture
def read(tmp_path):
    """Read a file as Excel saves it in Mexico: semicolons, and the letters of Windows."""

    def reading(*rows, header=HEADER):
        file = tmp_path / "lista.csv"
        file.write_bytes("\r\n".join([header, *rows, ""]).encode("windows-1252"))
        opened = open_file(file)
        return opened, list(opened.rows)

    return reading


def test_a_list_is_known_by_its_headings_and_read_as_it_is_written(read):
    opened, (jose, maria) = read(
        "A-1;José;Núñez Peña;M;34;Honduras;05/11/2026;Casa Inventada;9999",
        "A-2;María;Ibáñez de la Cruz;F;17 años;Guatemala;2026-11-06;Casa Inventada;",
    )

    assert opened.profile.name == "shelter-list"
    assert set(rules_of(opened.problems)) == {"encoding_guessed", "unknown_column"}
    assert jose.plain.cells == {
        "record_id": "A-1", "given_names": "José", "surname_1": "Núñez", "surname_2": "Peña",
        "sex": "male", "age_min": "34", "age_max": "34", "nationality": "HN",
        "found_from": "2026-11-05", "found_to": "2026-11-05", "where_seen": "shelter",
        "host": "Casa Inventada",
    }  # fmt: skip
    assert jose.problems == maria.problems == ()
    assert maria.plain.cells["surname_1"] == "Ibáñez de la Cruz"
    assert (maria.plain.cells["age_min"], maria.plain.cells["sex"]) == ("17", "female")


@pytest.mark.parametrize(
    ("others", "sex"), [("F", "male"), ("H", "female"), ("mujer", None), ("", None)]
)
def test_a_lone_m_is_read_by_what_the_other_rows_write(read, others, sex):
    _, (one, _other) = read(
        "A-1;Ana;;M;;;05/11/2026;Casa Inventada;",
        f"A-2;Eva;;{others};;;05/11/2026;Casa Inventada;",
    )

    assert one.plain.cells.get("sex") == sex
    assert rules_of(one.problems) == ([] if sex else ["unknown_code"])


def test_what_cannot_be_read_stays_empty_and_is_named_by_its_own_heading(read):
    _, (row, nobody) = read(
        "A-1;Ana;;otro;mucha;Aztlán;11/25/2026;Casa Inventada;",
        ";Eva;;F;200;;06/11/2026;Casa Inventada;",
    )

    assert {(each.rule.value, each.column) for each in row.problems} == {
        ("unknown_code", "Sexo"),
        ("not_a_number", "Edad"),
        ("unknown_country", "Nacionalidad"),
        ("date_unreadable", "Fecha de Ingreso"),
    }
    assert row.plain.cells == {
        "record_id": "A-1",
        "given_names": "Ana",
        "where_seen": "shelter",
        "host": "Casa Inventada",
    }
    assert nobody.plain is None
    assert "no_record_id" in rules_of(nobody.problems)


def test_a_hospital_with_names_in_one_cell_and_a_day_of_leaving_is_read_too(read):
    _, (row,) = read(
        "7;Cama 7 Inventada;Hospital Inventado;05/11/2026;09/11/2026;7",
        header="Expediente;Nombre completo;Hospital;Ingreso;Egreso;Cama",
    )

    assert row.plain.cells == {
        "record_id": "7", "other_names": "Cama 7 Inventada", "where_seen": "hospital",
        "host": "Hospital Inventado", "found_from": "2026-11-05", "found_to": "2026-11-09",
        "list_number": "7",
    }  # fmt: skip


def test_a_running_number_is_no_folio_and_the_answer_says_which_headings_are_needed(read):
    with pytest.raises(UnreadableFile) as refusal:
        read("1;Ana;05/11/2026;Casa", header="No.;Nombre;Fecha;Albergue")

    assert "folio, nombre, fecha de ingreso" in str(refusal.value)
