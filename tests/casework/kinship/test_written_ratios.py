"""Ratios are read as laboratories write them, and never guessed."""

import math

import pytest

from casework.kinship.told import AtLocus
from casework.kinship.written_ratios import Unread, read_loci, read_log10


@pytest.mark.parametrize(
    ("typed", "ratio"),
    [
        ("3200000", 3.2e6),
        ("3.2e6", 3.2e6),
        ("3,2E+06", 3.2e6),
        ("3.2 × 10^6", 3.2e6),
        ("3,2x10^6", 3.2e6),
        ("3 200 000", 3.2e6),
        ("3,200,000", 3.2e6),
        ("3.200.000,5", 3_200_000.5),
        ("1/250", 1 / 250),
        ("0.004", 0.004),
        ("2.1 · 10^-3", 2.1e-3),
        ("12,34", 12.34),
    ],
)
def test_one_number_is_read_however_it_is_written(typed, ratio):
    assert read_log10(typed, is_log10=False) == pytest.approx(math.log10(ratio), rel=1e-12)


def test_a_logarithm_is_taken_as_it_stands_and_nought_excludes():
    assert read_log10("−6,51", is_log10=True) == -6.51
    assert read_log10("0", is_log10=False) == -math.inf


@pytest.mark.parametrize(
    "typed", ["3.200", "3,200", "", "mucho", "-5", "nan", "1e999", "1/0", "5%"]
)
def test_what_is_no_ratio_or_could_be_two_is_refused(typed):
    with pytest.raises(Unread):
        read_log10(typed, is_log10=False)


def test_loci_are_read_one_a_line_whatever_parts_them():
    read = read_loci("D3S1358\t2\nPenta D: 0\n\nvWA;10", is_log10=False)

    assert read == (
        AtLocus("D3S1358", math.log10(2)),
        AtLocus("Penta D", None),
        AtLocus("vWA", 1.0),
    )


@pytest.mark.parametrize("typed", ["D3S1358", "12 15", "vWA 2\nVWA 3", "vWA dos"])
def test_a_line_that_is_no_locus_with_its_number_is_refused(typed):
    with pytest.raises(Unread):
        read_loci("x" * 50 + " 1" if typed == "12 15" else typed, is_log10=False)
