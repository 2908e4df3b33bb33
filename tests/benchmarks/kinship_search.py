# ruff: noqa: T201 - a script that prints
"""How long all remains against all families take, beside dvir's time for one pair.

`python -m tests.benchmarks.kinship_search` invents 10,000 profiles of 24 loci and 5,000
families (one in ten families has its missing person among the remains), writes them as the
command reads them, and runs `reunir kinship-search` on two cores, reading and writing included.
dvir 3.4.2 `pairwiseLR` takes 5.1 to 56.7 ms a pair at 24 loci (one thread of an AMD EPYC,
figures of those who made the reference numbers).

`--remains N --families N --jobs N --model none|proportional|stepwise --theta T` change it;
`--folder PATH` keeps the files, for timing the command alone (several runs, interleaved).
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.kinship import FAMILIES, MODELS, REFERENCE, SET, as_written

DVIR = {"none": (5.14, 10.05), "proportional": (7.12, 15.51), "stepwise": (6.35, 56.69)}
"""Milliseconds a pair at 24 loci: both parents, two siblings."""

TYPED = {
    "parents": (FAMILIES["parents"][0], ["FA", "MO"]),
    "mother": (FAMILIES["parents"][0], ["MO"]),
    "sibs2": FAMILIES["sibs2"],
    "mother and sister": (FAMILIES["sibs2"][0], ["MO", "S2"]),
    "gp": FAMILIES["gp"],
}
LOCI = 24


def main():
    asked = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(asked.folder or temporary)
        folder.mkdir(exist_ok=True)
        truth = invented(folder, asked)
        command = commanded(folder, asked)
        began = time.perf_counter()
        outcome = subprocess.run(command, check=False, capture_output=True, text=True)
        seconds = time.perf_counter() - began
        assert outcome.returncode == 0, outcome.stderr
        told(folder, truth, seconds, asked)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--remains", type=int, default=10_000)
    parser.add_argument("--families", type=int, default=5_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--model", choices=MODELS, default="none")
    parser.add_argument("--theta", type=float, default=0)
    parser.add_argument("--folder")
    return parser.parse_args()


def commanded(folder, asked):
    files = [str(folder / name) for name in ("remains.jsonl", "families.jsonl")]
    options = {
        "--frequencies": REFERENCE / "frequencies.json",
        "--out": folder / "pairs.csv",
        "--report": folder / "report.json",
        "--jobs": asked.jobs,
    }
    told = [str(each) for option in options.items() for each in option]
    return [sys.executable, "-m", "casework.cli", "kinship-search", *files, *told]


def invented(folder, asked):
    """Write the files, and give who is whom."""
    chance = random.Random(2026)  # noqa: S311 - invented families
    written = json.loads((REFERENCE / "frequencies.json").read_text("utf-8"))[SET]
    draws = {
        locus: (list(alleles), list(alleles.values()))
        for locus, alleles in list(written.items())[:LOCI]
    }
    truth, remains = {}, []
    with (folder / "families.jsonl").open("w") as file:
        for at in range(asked.families):
            people, typed = TYPED[chance.choice(list(TYPED))]
            genotypes = dropped_down(people, draws, chance)
            if at % 10 == 0:
                truth[f"F{at}"] = f"R{len(remains)}"
                remains.append(genotypes["MP"])
            family = a_family(f"F{at}", people, {who: genotypes[who] for who in typed}, asked)
            file.write(json.dumps(family) + "\n")
    remains += [
        {locus: chance.choices(*draw, k=2) for locus, draw in draws.items()}
        for _ in range(asked.remains - len(remains))
    ]
    with (folder / "remains.jsonl").open("w") as file:
        for at, genotypes in enumerate(remains):
            row = {"id": f"R{at}", "sex": "male", "genotypes": genotypes}
            file.write(json.dumps(row) + "\n")
    return truth


def dropped_down(people, draws, chance):
    genotypes = {who: {} for who, *_ in people}
    for locus, draw in draws.items():
        for who, father, mother, _ in people:
            genotypes[who][locus] = (
                chance.choices(*draw, k=2)
                if father is None
                else [chance.choice(genotypes[parent][locus]) for parent in (father, mother)]
            )
    return genotypes


def a_family(name, people, genotypes, asked):
    return {
        "family": name,
        "frequency_set": SET,
        "pedigree": [
            {"id": who, "father": father, "mother": mother, "sex": sex}
            for who, father, mother, sex in people
        ],
        "missing_id": "MP",
        "genotypes": genotypes,
        "mutation": as_written(MODELS[asked.model]),
        "theta": asked.theta,
    }


def told(folder, truth, seconds, asked):
    report = json.loads((folder / "report.json").read_text("utf-8"))
    compared = report["pairs_compared"]
    each = 1e9 * seconds / compared
    least, most = DVIR[asked.model]
    print(
        f"{compared:,} pairs, model {asked.model}, theta {asked.theta}, {asked.jobs} processes"
    )
    print(f"{seconds:.1f} s in all, {each:.0f} ns a pair; by step {report['seconds']}")
    print(
        f"dvir: {least} to {most} ms a pair, {1e6 * least / each:,.0f} to "
        f"{1e6 * most / each:,.0f} times as long"
    )
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = spent.ru_utime + spent.ru_stime
    print(
        f"{computing:.1f} s of computing, all processes; the largest {spent.ru_maxrss >> 10} MB"
    )
    with (folder / "pairs.csv").open() as file:
        rows = list(csv.DictReader(file))
    first = {
        row["family_id"]: row["remains_id"] for row in rows if row["rank_for_missing"] == "1"
    }
    right = sum(first.get(family) == remains for family, remains in truth.items())
    print(f"{len(rows):,} pairs listed; {right} of {len(truth)} missing have theirs first")
    for row in report["reached"]:
        print(
            f"log10 LR >= {row['log10_lr']:>2}: {row['pairs']:,} pairs, of which "
            f"{row['expected_by_chance']:,} were to be expected by chance"
        )


if __name__ == "__main__":
    main()
