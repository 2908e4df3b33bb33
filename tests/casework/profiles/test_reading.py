"""Files of laboratories: each format is read, and what is odd is told and never guessed."""

import pytest

from casework.profiles.model import MarkerKind, ProfileSource
from casework.profiles.reading import read_profiles
from casework.profiles.specimens import LARGEST_BYTES, Call, UnreadableProfiles
from casework.profiles.weighing import Remark, Single, assemble, haplotype_text

STR, X, Y = MarkerKind.AUTOSOMAL_STR, MarkerKind.X_STR, MarkerKind.Y_STR

CMF = """<?xml version="1.0" encoding="UTF-8"?>
<CODISImportFile xmlns="urn:CODISImportFile-schema">
 <HEADERVERSION>3.2</HEADERVERSION><MESSAGETYPE>Import</MESSAGETYPE>
 <SOURCELAB>LAB INVENTADO</SOURCELAB><BATCHID>7</BATCHID><KIT>GlobalFiler</KIT>
 <SPECIMEN CASEID="A" PARTIAL="true">
  <SPECIMENID>DS-2222-3333</SPECIMENID><SPECIMENCATEGORY>Missing Person</SPECIMENCATEGORY>
  <LOCUS KIT="GlobalFiler"><LOCUSNAME>vWA</LOCUSNAME>
   <READINGBY>X</READINGBY><READINGDATETIME>2026-03-01T10:00:00</READINGDATETIME>
   <ALLELE><ALLELEVALUE>15</ALLELEVALUE></ALLELE><ALLELE><ALLELEVALUE>16</ALLELEVALUE></ALLELE>
  </LOCUS>
  <LOCUS><LOCUSNAME>TH01</LOCUSNAME><ALLELE><ALLELEVALUE>9.3</ALLELEVALUE></ALLELE></LOCUS>
 </SPECIMEN>
 <SPECIMEN><SPECIMENID>vacía</SPECIMENID></SPECIMEN>
</CODISImportFile>"""
GENEMAPPER = (
    "Sample File\tSample Name\tPanel\tMarker\tDye\tAllele 1\tAllele 2\tAllele 3\n"
    "a.fsa\tM-1\tIdentifiler\tVWA\tB\t15\t16\t\n"
    "a.fsa\tM-1\tIdentifiler\tD3S1358\tB\tOL\t16\t\n"
    "a.fsa\tM-1\tIdentifiler\tFGA\tB\t21\t22\t23\n"
    "b.fsa\tM-2\tIdentifiler\tAMEL\tB\tX\tY\t\n"
)
LONG = "muestra;marcador;alelo 1;alelo 2\nM-1;TH01;9,3;6\nM-1;Penta_D;9;\n"
WIDE = (
    "Name\tAMEL 1\tAMEL 2\tD3S1358 1\tD3S1358 2\tTH01\tTH01\tDYS391\tDYS392\n"
    "M-1\tX\tY\t15\t16\t6\t9.3\t10\t13\n"
)
ONE_CELL = 'id,D3S1358,TH01,FGA,vWA,mtDNA\nM-1,15/16,"6,9.3","9,3","15,16",263G 315.1C\n'
FAMILIAS = "\n".join(  # as the header of casework.profiles.familias says
    [
        *('"Output from Familias, version 3.2.8"', '"2026"', "3.2.8", '""', "2"),
        *('"Madre"', "#FALSE#", "-1", "#FALSE#", "#FALSE#", "2"),
        *("0", "1", "0", "2", "2", "1"),
        *('"Padre"', "#FALSE#", "-1", "#FALSE#", "#TRUE#", "0"),
        *('"Known relations"', "0", "0", "1", "0", "1", "1"),
        *("0", '"H1"', "0", "0", "1", "1", "0"),
        *("#FALSE# (#Databases: 1 ;Theta/Kinship/Fst: 0 )", "2", "#TRUE#", '"inventada"'),
        *('"D3S1358"', "0", "0", "0", "0", "2", "0", "0", "0", "0", "#FALSE#", "0"),
        *("2\t(DatabaseSize = 1000 )", '"15"', "0.5", '"16"', "0.5"),
        *('"TH01"', "0", "0", "0", "0", "3", "0", "0", "0", "0", "#FALSE#", "0"),
        *("3\t(DatabaseSize = 1000 )", '"6"', "0.2", '"7"', "0.3", '"9.3"', "0.5"),
        *("[DVI]", "[[Unidentified persons]]", "nPersons= 1", "[[[Person]]]", "Name= R-1"),
        *("Gender= Male", "[[[[DNA data]]]]", "SystemName= D3S1358", "Allele1= 15"),
        *("Allele2= 17",),
    ]
)


def read(text, nth=0):
    found = read_profiles(text.encode())
    specimen = found.specimens[nth]
    return found.source, specimen, assemble(specimen.calls)


def told(assembled):
    return [(each.remark, each.locus) for each in assembled.noticed]


def test_a_codis_file_tells_its_kit_laboratory_day_and_that_it_is_partial():
    source, specimen, assembled = read(CMF)

    assert source is ProfileSource.CODIS_CMF
    assert (specimen.name, specimen.kit, specimen.laboratory, str(specimen.analysed_on)) == (
        *("DS-2222-3333", "GlobalFiler", "LAB INVENTADO", "2026-03-01"),
    )
    assert assembled.genotypes == {STR: {"vWA": ["15", "16"], "TH01": ["9.3", "9.3"]}}
    assert told(assembled) == [(Remark.SINGLE_TAKEN, "TH01")]
    assert assembled.is_partial(specimen, STR)


def test_a_genemapper_table_leaves_out_a_locus_and_never_the_specimen():
    source, specimen, assembled = read(GENEMAPPER)

    assert (source, specimen.kit) == (ProfileSource.GENEMAPPER, "Identifiler")
    assert assembled.genotypes == {STR: {"vWA": ["15", "16"]}}
    assert told(assembled) == [
        *((Remark.RENAMED, "VWA"), (Remark.OFF_LADDER, "D3S1358"), (Remark.TOO_MANY, "FGA")),
    ]
    assert assembled.is_partial(specimen, STR)
    assert not assembled.is_partial(specimen, Y)
    assert read(GENEMAPPER, 1)[2].genotypes == {STR: {"AMEL": ["X", "Y"]}}


def test_a_table_of_one_line_for_each_locus_may_be_in_spanish_with_decimal_commas():
    source, _, assembled = read(LONG)

    assert source is ProfileSource.CSV
    assert assembled.genotypes == {STR: {"TH01": ["9.3", "6"], "Penta D": ["9", "9"]}}
    assert set(told(assembled)) == {
        *((Remark.RENAMED, "Penta_D"), (Remark.REREAD, "TH01")),
        (Remark.SINGLE_TAKEN, "Penta D"),
    }


def test_a_wide_table_has_each_locus_in_two_columns_and_is_taken_apart_by_markers():
    _, specimen, assembled = read(WIDE)

    assert specimen.name == "M-1"
    assert assembled.genotypes == {
        STR: {"AMEL": ["X", "Y"], "D3S1358": ["15", "16"], "TH01": ["6", "9.3"]},
        Y: {"DYS391": ["10"], "DYS392": ["13"]},
    }


def test_a_wide_table_may_have_both_alleles_in_one_cell_unless_that_can_be_read_twice():
    _, _, assembled = read(ONE_CELL)

    assert assembled.genotypes == {
        STR: {"D3S1358": ["15", "16"], "TH01": ["6", "9.3"], "vWA": ["15", "16"]},
        MarkerKind.MTDNA: {"mtDNA": ["263G", "315.1C"]},
    }
    assert told(assembled) == [(Remark.UNREAD, "FGA")]


def test_a_familias_file_counts_in_its_own_table_and_may_have_people_of_a_disaster():
    source, specimen, assembled = read(FAMILIAS)
    _, second, of_remains = read(FAMILIAS, 1)

    assert (source, specimen.name, second.name) == (ProfileSource.FAMILIAS, "Madre", "R-1")
    assert assembled.genotypes == {STR: {"D3S1358": ["15", "16"], "TH01": ["9.3", "9.3"]}}
    assert of_remains.genotypes == {STR: {"D3S1358": ["15", "17"]}}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Elija el archivo"),
        (",\n,\n", "vacío"),
        ("x" * (LARGEST_BYTES + 1), "900 KB"),
        ("PK\x03\x04", "no es de texto"),
        ("Name,edad\nM-1,3\n", "Ninguna columna"),
        ("muestra,marcador\nM-1,TH01\n", "le falta una columna"),
        ("id,TH01\n", "ninguna muestra"),
        ("id,TH01\n" + "".join(f"M-{n},6/7\n" for n in range(201)), "más de 200"),
        ('id,TH01\n"M-1,6/7\n' + "x" * 140_000, "dañada"),
        ("<html></html>", "no es de CODIS"),
        (CMF[:400], "dañado o incompleto"),
        ("<a>" * 40, "anidado"),
        (FAMILIAS[:300], "cortado"),
        (FAMILIAS.replace('"2"', "x").replace("\n2\n0\n1\n", "\nx\n0\n1\n"), "orden esperado"),
        (FAMILIAS.replace("#FALSE# (#D", "#TRUE# (#D"), "sin calcular"),
        (FAMILIAS.replace("\n2\n2\n1\n", "\n2\n2\n9\n"), "no describe"),
        (FAMILIAS.replace('"Known relations"', '"x Known relations"'), "orden esperado"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, sentence):
    with pytest.raises(UnreadableProfiles, match=sentence):
        read_profiles(content.encode())


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_an_xml_file_with_a_document_type_is_refused_whole_in_any_coding(coding):
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'
        '<!ENTITY file SYSTEM "file:///etc/hostname">]>'
        "<CODISImportFile><SPECIMEN><SPECIMENID>&b;&file;</SPECIMENID></SPECIMEN>"
        "</CODISImportFile>"
    )

    with pytest.raises(UnreadableProfiles, match="DOCTYPE"):
        read_profiles(bomb.encode(coding))


def test_text_of_windows_and_of_spreadsheets_is_read():
    for coding in ("cp1252", "utf-16", "utf-8-sig"):
        found = read_profiles("muestra;TH01\nPeña;6/7\n".encode(coding))
        assert found.specimens[0].name == "Peña"
    with pytest.raises(UnreadableProfiles):
        read_profiles(b"\xff\xfe" + b"a")


def calls(**loci):
    return [Call(name, tuple(alleles.split())) for name, alleles in loci.items()]


def test_one_allele_alone_is_taken_twice_or_left_out_as_somebody_says():
    one = calls(TH01="6", FGA="21 22")

    assert assemble(one).genotypes[STR]["TH01"] == ["6", "6"]
    assert assemble(one, Single.LEFT_OUT).genotypes == {STR: {"FGA": ["21", "22"]}}


def test_a_man_has_one_x_and_a_woman_two():
    hers = assemble(calls(AMEL="X", DXS10103="18", DXS8378="10 11"))
    his = assemble(calls(AMEL="X Y", DXS10103="18", DXS8378="10 11"))

    assert hers.genotypes[X] == {"DXS10103": ["18", "18"], "DXS8378": ["10", "11"]}
    assert hers.genotypes[STR] == {"AMEL": ["X", "X"]}
    assert his.genotypes[X] == {"DXS10103": ["18"]}
    assert (Remark.TOO_MANY, "DXS8378") in told(his)


def test_copies_of_the_y_may_be_called_apart_and_make_one_haplotype():
    apart = assemble(calls(DYS385a="14", DYS385b="11", DYS19="15"))
    together = assemble(calls(DYS385="11 14", DYS19="15"))

    texts = [haplotype_text(each.genotypes[Y]) for each in (apart, together)]
    assert texts == ["DYS19 15; DYS385 11,14"] * 2


def test_calls_that_contradict_each_other_are_left_out_and_those_that_agree_are_one():
    twice = [Call("TH01", ("6", "7")), Call("THO1", ("7", "6")), *calls(FGA="21 22")]
    apart = [Call("TH01", ("6", "7")), Call("THO1", ("6", "8"))]

    assert assemble(twice).genotypes[STR] == {"TH01": ["6", "7"], "FGA": ["21", "22"]}
    assert assemble(apart).genotypes == {}
    assert (Remark.TWICE, "TH01") in told(assemble(apart))


def test_what_is_not_typed_unknown_or_no_allele_is_told():
    odd = [
        *calls(TH01="", NotALocus="6 7", FGA="21 x", DYS391="10 11"),
        Call("mtDNA", ("263?",)),
        Call("AMEL", ("Z",)),
    ]

    assembled = assemble(odd)

    assert assembled.genotypes == {}
    assert set(told(assembled)) == {
        *((Remark.NOT_TYPED, "TH01"), (Remark.UNKNOWN, "NotALocus"), (Remark.UNREAD, "FGA")),
        *((Remark.TOO_MANY, "DYS391"), (Remark.UNREAD, "mtDNA"), (Remark.UNREAD, "AMEL")),
    }
    assert not any(allele in repr(assembled) for allele in ("'21'", "'10'"))
