"""A table is read as it is published, and refused where it is no whole."""

import pytest

from casework.frequencies.reading import UnreadTable, read_table

LOCI = {"D3S1358": {"14": 0.1, "15": 0.9}, "TH01": {"6": 0.25, "9.3": 0.75}}
WIDE = "Allele,D3S1358,TH01\n6,,0.25\n9.3,-,0.75\n14,0.1,\n15,0.9,\nN,237,236\nHo,0.8,0.7\n"
LONG = "locus;allele;frequency\nD3S1358;14;0,1\nD3S1358;15;0,9\nTH01;6;0,25\nTH01;9.3;0,75\n"
JSON = '{"NIST": {"D3S1358": {"14": 0.1, "15": 0.9}, "TH01": {"6": 0.25, "9.3": 0.75}}}'


@pytest.mark.parametrize(("written", "people"), [(WIDE, 236), (LONG, None), (JSON, None)])
def test_the_same_table_is_read_whichever_way_it_is_written(written, people):
    read = read_table(written.encode())

    assert read.loci == LOCI
    assert read.people == people


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        (WIDE.replace("0.9", "0.8"), "D3S1358"),  # sums to 0.9
        (WIDE.replace("14,0.1,", "14,1.1,"), "1.1"),
        (WIDE.replace("9.3,-,0.75", "9.3,-,0.75\n9.3,,0.75"), "9.3"),
        (WIDE.replace("Ho,", "quien sabe,"), "quien sabe"),
        (LONG.replace("0,25", "mucho"), "mucho"),
        ('{"uno": {}, "dos": {}}', ""),
        ("{no es", ""),
        ("solo una línea", ""),
    ],
)
def test_what_is_no_table_or_no_whole_is_refused_and_named(written, quoted):
    with pytest.raises(UnreadTable) as refused:
        read_table(written.encode())

    assert quoted in " ".join(refused.value.quoted.values())
