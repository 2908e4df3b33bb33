import json
import math
import stat

import pytest
from click.testing import CliRunner

from casework.batch.kinship import kinship

FREQUENCIES = {
    "HERE": {"vWA": {"14": 0.2, "16": 0.3, "17": 0.5}, "FGA": {"20": 0.5, "21": 0.5}}
}
PEDIGREE = [
    {"id": "FA", "father": None, "mother": None, "sex": "male"},
    {"id": "MO", "father": None, "mother": None, "sex": "female"},
    {"id": "MP", "father": "FA", "mother": "MO", "sex": "female"},
]


def a_case(case_id="c1", father=("14", "16"), child=("14", "17"), **changes):
    return {
        "case_id": case_id,
        "frequency_set": "HERE",
        "loci": ["vWA"],
        "pedigree": PEDIGREE,
        "missing_id": "MP",
        "typed": ["FA", "MP"],
        "genotypes": {"FA": {"vWA": list(father)}, "MP": {"vWA": list(child)}},
    } | changes


@pytest.fixture
def weigh(tmp_path):
    """Write cases (objects, or lines as they are) and frequencies, and run the command."""

    def run(*cases, frequencies=FREQUENCIES, name="cases.jsonl"):
        lines = [each if isinstance(each, str) else json.dumps(each) for each in cases]
        (tmp_path / "cases.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        text = frequencies if isinstance(frequencies, str) else json.dumps(frequencies)
        (tmp_path / "frequencies.json").write_text(text, "utf-8")
        out = tmp_path / "lrs.jsonl"
        named = [str(tmp_path / name), "--frequencies", str(tmp_path / "frequencies.json")]
        outcome = CliRunner().invoke(kinship, [*named, "--out", str(out)])
        written = out.read_text("utf-8").splitlines() if out.exists() else []
        return outcome, [json.loads(line) for line in written]

    return run


def test_each_case_becomes_a_line_with_its_ratios(weigh):
    outcome, (found,) = weigh(a_case())

    assert outcome.exit_code == 0, outcome.output
    assert found["case_id"] == "c1"
    assert found["lr_per_locus"] == pytest.approx({"vWA": 1 / (4 * 0.2)})
    assert found["log10_lr_total"] == pytest.approx(math.log10(1.25))
    assert found["seconds"] >= 0
    assert found["warnings"] == []
    assert "Allele frequencies: HERE." in found["assumptions"]
    assert found["lines"] == []


def test_ratios_that_json_has_no_number_for_are_words(weigh):
    strangers = [{"id": "FA", "sex": "male"}, {"id": "MP", "sex": "female"}]
    other = {"pedigree": strangers, "pedigree_H2": PEDIGREE, "missing_id": None}

    _, (excluded, infinite) = weigh(
        a_case(child=("17", "17")), a_case("c2", child=("17", "17"), **other)
    )

    assert excluded["lr_per_locus"] == {"vWA": 0}
    assert excluded["log10_lr_total"] == "-Infinity"
    assert infinite["lr_per_locus"] == {"vWA": "Infinity"}
    assert infinite["log10_lr_total"] == "Infinity"


def test_a_total_that_is_not_defined_is_null(weigh):
    child_of_father = [*PEDIGREE[:2], {"id": "MP", "father": "FA", "sex": "female"}]
    child_of_mother = [*PEDIGREE[:2], {"id": "MP", "mother": "MO", "sex": "female"}]
    profiles = {
        "FA": {"vWA": ["14", "14"], "FGA": ["21", "21"]},
        "MO": {"vWA": ["16", "16"], "FGA": ["20", "20"]},
        "MP": {"vWA": ["14", "17"], "FGA": ["20", "20"]},
    }

    _, (found,) = weigh(
        a_case(
            pedigree=child_of_father,
            pedigree_H2=child_of_mother,
            missing_id=None,
            loci=["vWA", "FGA"],
            typed=["FA", "MO", "MP"],
            genotypes=profiles,
        )
    )

    assert found["log10_lr_total"] is None


def test_a_case_that_cannot_be_computed_says_why_and_the_others_go_on(weigh):
    torn = json.dumps(a_case("c4"))[:-5]
    twice = json.dumps(a_case("c5")).replace('"loci"', '"typed": [], "loci"')

    outcome, found = weigh(
        a_case("c1", child=("14", "15")),
        a_case("c2"),
        torn,
        twice,
        '{"case_id": "c6", "theta": NaN}',
        "[" * 100_000,
        "",
        a_case("c2"),
        {"case_id": None},
    )

    assert outcome.exit_code == 3
    assert [each["case_id"] for each in found] == [
        "c1",
        "c2",
        None,
        None,
        None,
        None,
        "c2",
        None,
    ]
    errors = [each.get("error", "") for each in found]
    assert "MP has allele 15 at vWA" in errors[0]
    assert errors[1] == ""
    assert "It is not JSON" in errors[2]
    assert "“typed” stands twice" in errors[3]
    assert "NaN is no number" in errors[4]
    assert "nested too deeply" in errors[5]
    assert "stands in line 2 already" in errors[6]
    assert "has no case_id" in errors[7]
    assert [each["line"] for each in found if "error" in each] == [1, 3, 4, 5, 6, 8, 9]
    assert "case c1: MP has allele 15 at vWA" in outcome.stderr
    assert "7 of 8 cases were refused" in outcome.stderr


def test_a_line_of_bytes_that_are_no_text_is_refused_alone(weigh, tmp_path):
    weigh(a_case())
    with (tmp_path / "cases.jsonl").open("ab") as file:
        file.write(b'{"case_id": "\xff"}\n')

    (tmp_path / "out.jsonl").unlink(missing_ok=True)
    outcome = CliRunner().invoke(
        kinship,
        [
            str(tmp_path / "cases.jsonl"),
            "--frequencies",
            str(tmp_path / "frequencies.json"),
            "--out",
            str(tmp_path / "lrs.jsonl"),
        ],
    )

    assert outcome.exit_code == 3
    assert "not UTF-8" in (tmp_path / "lrs.jsonl").read_text("utf-8")


def test_where_no_case_can_be_computed_nothing_is_usable(weigh):
    outcome, found = weigh("{}")

    assert outcome.exit_code == 4
    assert "error" in found[0]


@pytest.mark.parametrize(
    ("frequencies", "code", "names"),
    [
        ("{", 4, "frequencies.json: It is not JSON"),
        ('{\n"HERE": 5,}', 4, "line 2, column"),
        ({"HERE": 5}, 2, "frequencies.json: Frequencies are read as"),
    ],
)
def test_frequencies_that_cannot_be_read_end_the_command(weigh, frequencies, code, names):
    outcome, found = weigh(a_case(), frequencies=frequencies)

    assert outcome.exit_code == code
    assert names in outcome.stderr
    assert found == []


@pytest.mark.parametrize(("name", "code"), [("nowhere.jsonl", 2), (".", 4)])
def test_a_file_that_is_not_there_ends_the_command(weigh, name, code):
    outcome, found = weigh(a_case(), name=name)

    assert outcome.exit_code == code
    assert found == []


def test_the_result_is_its_owners_alone_for_it_may_quote_a_genotype(weigh, tmp_path):
    weigh(a_case())

    assert stat.S_IMODE((tmp_path / "lrs.jsonl").stat().st_mode) == 0o600
