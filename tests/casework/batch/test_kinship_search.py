import csv
import json
import stat

import pytest
from click.testing import CliRunner

from casework.batch import kinship_shortlist
from casework.batch.kinship_search import kinship_search

FREQUENCIES = {
    "HERE": {
        "vWA": {"14": 0.2, "16": 0.3, "17": 0.5},
        "FGA": {"20": 0.5, "21": 0.5},
    }
}
PEDIGREE = [
    {"id": "FA", "sex": "male"},
    {"id": "MO", "sex": "female"},
    {"id": "MP", "father": "FA", "mother": "MO", "sex": "female"},
]


def remains(name="R1", sex="female", **genotypes):
    return {"id": name, "sex": sex, "genotypes": genotypes or {"vWA": ["14", "17"]}}


def a_family(name="F1", father=("14", "16"), **changes):
    return {
        "family": name,
        "frequency_set": "HERE",
        "pedigree": PEDIGREE,
        "missing_id": "MP",
        "genotypes": {"FA": {"vWA": list(father)}},
    } | changes


@pytest.fixture
def find(tmp_path):
    """Write both files, run the command, and give its outcome, pairs and report."""

    def run(found, families, *options, frequencies=FREQUENCIES):
        for name, rows in (("remains", found), ("families", families)):
            lines = [each if isinstance(each, str) else json.dumps(each) for each in rows]
            (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        (tmp_path / "f.json").write_text(json.dumps(frequencies), "utf-8")
        named = [str(tmp_path / each) for each in ("remains.jsonl", "families.jsonl")]
        where = {"--frequencies": "f.json", "--out": "pairs.csv", "--report": "report.json"}
        told = [each for key, name in where.items() for each in (key, str(tmp_path / name))]
        jobs = () if "--jobs" in options else ("--jobs", "1")
        outcome = CliRunner().invoke(kinship_search, [*named, *told, *jobs, *options])
        report = tmp_path / "report.json"
        return (
            outcome,
            rows_of(tmp_path / "pairs.csv"),
            json.loads(report.read_text("utf-8")) if report.exists() else None,
        )

    return run


def rows_of(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def test_pairs_are_listed_with_what_chance_would_do(find, tmp_path):
    found = [
        remains(),
        remains("R2", "male", vWA=["16", "16"]),
        remains("R3", vWA=["17", "17"]),
    ]

    outcome, pairs, report = find(found, [a_family()], "--expected-matches", "0.3")

    assert outcome.exit_code == 0, outcome.output
    first, second = pairs
    assert (first["remains_id"], first["family_id"], first["missing_id"]) == ("R2", "F1", "MP")
    assert 10 ** float(first["log10_lr"]) == pytest.approx(1 / (2 * 0.3), rel=1e-5)
    assert 10 ** float(second["log10_lr"]) == pytest.approx(1 / (4 * 0.2), rel=1e-5)
    assert (first["sex"], second["sex"]) == ("differs", "agrees")
    assert (first["rank_for_remains"], first["rank_for_missing"]) == ("1", "1")
    assert (second["rank_for_remains"], second["rank_for_missing"]) == ("1", "2")
    odds = 0.1 / 0.9 / (2 * 0.3)
    assert float(first["posterior"]) == pytest.approx(odds / (1 + odds), rel=1e-4)
    # Of three unrelated people 16/16 or 14/16 comes by chance, or 14/14 with 1 / (2 · 0.2).
    assert 3 * 0.04 < float(second["chance_hits"]) <= 3
    assert first["chance_hits"] == first["chance_hits_for_missing"]
    assert (first["loci"], first["theta"]) == ("1", "0")
    assert report["pairs_compared"] == 3
    assert report["pairs_excluded"] == 1
    assert report["prior"]["value"] == pytest.approx(0.1)
    assert report["reached"][0]["pairs"] == 2
    assert "3 pairs were compared, 1 are excluded" in outcome.stderr
    assert stat.S_IMODE((tmp_path / "pairs.csv").stat().st_mode) == 0o600
    assert not (tmp_path / "pairs.rejects.csv").exists()


def test_without_a_stated_prior_there_is_no_posterior(find):
    outcome, pairs, report = find([remains()], [a_family()])

    assert pairs[0]["posterior"] == ""
    assert report["prior"]["basis"] is None
    assert "a prior must be stated" in outcome.stderr


def test_what_cannot_be_read_is_put_aside_and_the_others_go_on(find, tmp_path):
    outcome, pairs, report = find(
        [remains(), remains(), remains("R2", vWA=["14", "15"]), {"id": ""}, "{"],
        [
            a_family("F1", VWA=[], genotypes={"FA": {"VWA": ["14", "16"]}}),
            a_family("F2", father=("14", "15")),
            a_family("F1"),
            a_family("F3", frequency_set="T"),
            [],
            "}",
        ],
    )

    assert outcome.exit_code == 3, outcome.output
    assert [each["family_id"] for each in pairs] == ["F1"]
    rejected = rows_of(tmp_path / "pairs.rejects.csv")
    told = {(row["file"], row["line"]): (row["rules"], row["reasons"]) for row in rejected}
    of_remains = [told["remains.jsonl", line] for line in "2345"]
    assert of_remains[0] == ("id_repeated", "The remains R1 stand in line 1 already.")
    assert of_remains[1][0] == "unusable_profile"
    assert "R2 has allele 15 at vWA" in of_remains[1][1]
    assert of_remains[2] == ("unreadable_case", "The remains have no id.")
    assert of_remains[3][0] == "not_json"
    of_families = [told["families.jsonl", line] for line in "23456"]
    assert "FA has allele 15 at vWA" in of_families[0][1]
    assert of_families[1] == ("id_repeated", "The family F1 stands in line 1 already.")
    assert "No frequency set is called “T”" in of_families[2][1]
    assert "is not written as an object" in of_families[3][1]
    assert of_families[4][0] == "not_json"
    assert json.loads(rejected[0]["row"]) == remains()
    assert (report["remains"]["read"], report["remains"]["rejected"]) == (1, 4)
    assert (report["families"]["read"], report["families"]["rejected"]) == (1, 5)
    assert report["warnings"][0]["family_id"] == "F1"
    assert "Family F1: VWA was read as vWA" in outcome.stderr
    assert "remains.jsonl, line 3: R2 has allele 15" in outcome.stderr


def test_two_cores_and_one_give_the_same_file(find, tmp_path):
    found = [
        remains(f"R{a}{b}{c}", vWA=[a, b], FGA=[c, "21"])
        for a in ("14", "16", "17")
        for b in ("14", "16", "17")
        for c in ("20", "21")
    ]
    families = [
        a_family(f"F{n}", father=pair, theta=0.02 * (n % 2))
        for n, pair in enumerate([("14", "14"), ("14", "17"), ("16", "16"), ("17", "17")] * 5)
    ]

    one, pairs, _ = find(found, families, "--top", "3")
    alone = (tmp_path / "pairs.csv").read_bytes()
    two, _, _ = find(found, families, "--top", "3", "--jobs", "2")

    assert (one.exit_code, two.exit_code) == (0, 0), two.output
    assert (tmp_path / "pairs.csv").read_bytes() == alone
    assert {each["theta"] for each in pairs} == {"0", "0.02"}
    with_theta = [each for each in pairs if each["theta"] == "0.02"]
    assert all(each["log10_lr"] != each["log10_lr_theta_0"] for each in with_theta)


def test_a_pair_whose_exact_sum_does_not_fit_stands_with_theta_0(find, monkeypatch):
    monkeypatch.setattr(kinship_shortlist, "exactly", lambda *_: [float("nan")])

    outcome, pairs, _ = find([remains()], [a_family(theta=0.02)])

    assert pairs[0]["theta"] == "0"
    assert "1 pairs could not be weighed with theta" in outcome.stderr


def test_loci_that_no_family_looks_at_need_no_frequencies(find):
    typed = remains(vWA=["14", "17"], DYS391=["10", "10"])

    refused, _, _ = find([typed], [a_family()])
    outcome, pairs, _ = find([typed], [a_family(loci=["vWA"])])

    assert refused.exit_code == 4
    assert "DYS391 (10, 10), for which HERE has no frequencies" in refused.stderr
    assert (outcome.exit_code, len(pairs)) == (0, 1)


def test_remains_are_read_by_each_frequency_set_that_a_family_names(find):
    tables = FREQUENCIES | {"THERE": {"vWA": {"14": 0.4, "16": 0.6}}}
    families = [a_family(), a_family("F2", frequency_set="THERE")]
    found = [remains(), remains("R2", vWA=["14", "14"])]

    outcome, pairs, report = find(found, families, frequencies=tables)

    assert outcome.exit_code == 3
    assert {(each["remains_id"], each["family_id"]) for each in pairs} == {
        ("R1", "F1"),
        ("R2", "F1"),
        ("R2", "F2"),
    }
    assert "(frequency set THERE)" in outcome.stderr
    assert report["remains"]["read"] == 2
    assert report["pairs_compared"] == 3


@pytest.mark.parametrize(
    ("found", "families", "options", "code", "says"),
    [
        ([remains(vWA=["1", "2"])], [a_family()], (), 4, "could be compared"),
        ([remains()], [a_family(father=("1", "2"))], (), 4, "no family that could be weighed"),
        ([remains()], [a_family()], ("--rejects", "x.txt"), 2, ".csv"),
        ([remains()], [a_family()], ("--min-log10-lr", "nan"), 2, "no number"),
    ],
)
def test_what_cannot_be_searched_ends_the_command(find, found, families, options, code, says):
    outcome, pairs, _ = find(found, families, *options)

    assert outcome.exit_code == code
    assert says in outcome.output
    assert pairs == []
