"""Loci are known by any spelling, and by where they lie."""

import json
from pathlib import Path

import pytest

from matching.kinship.markers import Lies, Marker, allele_as_written, known_marker

TABLES = Path(__file__).parent / "reference" / "frequencies.json"


@pytest.mark.parametrize(
    ("written", "name", "lies", "copies"),
    [
        ("VWA", "vWA", Lies.AUTOSOMAL, 2),
        ("penta_d", "Penta D", Lies.AUTOSOMAL, 2),
        ("THO1", "TH01", Lies.AUTOSOMAL, 2),
        ("ACTBP2", "SE33", Lies.AUTOSOMAL, 2),
        ("d3s1358", "D3S1358", Lies.AUTOSOMAL, 2),
        ("Amelogenin", "AMEL", Lies.AUTOSOMAL, 2),
        ("DXS10103", "DXS10103", Lies.X, 2),
        ("HPRTB", "HPRTB", Lies.X, 2),
        ("DYS389 II", "DYS389II", Lies.Y, 1),
        ("DYS385 a/b", "DYS385", Lies.Y, 2),
        ("DYS385B", "DYS385", Lies.Y, 2),
        ("DYF387S1", "DYF387S1", Lies.Y, 2),
        ("Y-GATA-H4", "YGATAH4", Lies.Y, 1),
    ],
)
def test_a_locus_is_known_by_any_of_its_spellings(written, name, lies, copies):
    assert known_marker(written) == Marker(name, lies, copies)


@pytest.mark.parametrize("written", ["", "rs1490413", "D23S12", "D3S", "D3S1358x", "Name"])
def test_what_is_no_locus_is_not_known(written):
    assert known_marker(written) is None


def test_every_locus_of_published_tables_is_known_as_they_spell_it():
    tables = json.loads(TABLES.read_text())

    spelled = {name for table, loci in tables.items() if "X" not in table for name in loci}

    assert len(spelled) == 29
    assert {
        name for name in spelled if getattr(known_marker(name), "name", "") != name
    } == set()


@pytest.mark.parametrize(
    ("written", "read"),
    [("15", "15"), (" 9.3 ", "9.3"), ("9,3", "9.3"), ("12.0", "12"), ("08", "8")]
    + [(text, None) for text in ("OL", "", "0", "<8", "15.33", "x", "150", "1e1", "-9", "6,9")],
)
def test_an_allele_is_a_number_of_repeats(written, read):
    assert allele_as_written(written) == read
