# ruff: noqa: T201 - a script that prints
"""What sets of relatives can say, beside what forrel 1.9.0 simulated (250 times each).

`python -m tests.benchmarks.kinship_power` prints, for each row of the reference table
(`tests/matching/kinship/reference/power.csv`), what is computed, what was simulated, how many
standard errors of the simulation lie between, and the seconds of processor time it took.
"""

import csv
import json
import math
import time

from matching.kinship import read_tables
from matching.kinship.planning import Planning
from matching.kinship.plans import read_plan
from tests.benchmarks.kinship import REFERENCE, SET
from tests.matching.kinship.relatives import family_of, loci_of


def main():
    tables = read_tables(json.loads((REFERENCE / "frequencies.json").read_text("utf-8")))
    print(f"{'relatives':26} loci   s   median true   >= 10^4 if true   excluded    widest")
    for row in csv.DictReader((REFERENCE / "power.csv").read_text("utf-8").splitlines()):
        count, simulated = int(row["loci"]), int(row["n"])
        loci = loci_of(tables.sets[SET], count)
        plan = read_plan(family_of(row["scenario"], loci, SET), tables)
        began = time.process_time()
        power = Planning(plan.sought, "MP", plan.loci).power(tuple(plan.costs))
        spent = time.process_time() - began
        law = power.law
        shares = [
            (0.95, float(law.reached_if_true(float(row["true_q05"])))),
            (0.50, float(law.reached_if_true(float(row["true_median"])))),
            (0.05, float(law.reached_if_true(float(row["true_q95"])))),
            (float(row["true_frac_log10LR_gt4"]), float(law.reached_if_true(4))),
            (float(row["unrel_LR0_frac"]), power.excluded_by_chance),
        ]
        widest = max(errors_between(*each, simulated) for each in shares)
        print(
            f"{row['scenario']:26} {count:4} {spent:4.1f}"
            f"  {law.quantile_if_true(0.5):5.2f} {float(row['true_median']):5.2f}"
            f"   {shares[3][1]:7.3f} {shares[3][0]:7.3f}"
            f"  {shares[4][1]:6.3f} {shares[4][0]:6.3f}   {widest:4.1f}"
        )


def errors_between(seen, computed, simulated):
    error = math.sqrt(max(computed * (1 - computed), 1 / simulated) / simulated)
    return abs(seen - computed) / error


if __name__ == "__main__":
    main()
