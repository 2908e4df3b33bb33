# ruff: noqa: T201 - a script that prints
"""What other programs make of the same missing persons and remains: each its best fifty.

    peers/bin/python tests/benchmarks/peers/searching.py PROGRAM TRAINED WORLD

Both folders hold ``missing``, ``remains`` and ``truth`` as parquet (`features.py`). The others
have no numbers of their own for such records, so they are given what reunir is not: the true
pairs of another world of the same generator to learn from. Writes ``PROGRAM.parquet`` into
WORLD (left, right, posterior, rank for the remains) and prints one line of JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

CODES = ("sex", "hair", "eyes", "build", "blood_group", "nationality", "surname")
STEPS = {"age": (0, 2, 6), "stature": (0, 3, 7), "weight": (0, 5, 15)}
DAYS = (0, 30, 180, 730)
KILOMETRES = (10, 50, 200, 1000)
SETS = ("marks", "clothing", "belongings", "numbers")
FEATURES = (*CODES, *STEPS, "days", "km", *SETS)
TOP = 50
NULL = 5
"""Level of what cannot be compared; the last of six."""
RADIUS_KM = 6371.0


class World:
    """Both sides and the truth, by position."""

    def __init__(self, folder):
        self.missing = pd.read_parquet(folder / "missing.parquet")
        self.remains = pd.read_parquet(folder / "remains.parquet")
        truth = pd.read_parquet(folder / "truth.parquet")
        self.left = pd.Index(self.missing["record_id"]).get_indexer(truth["left"])
        self.right = pd.Index(self.remains["record_id"]).get_indexer(truth["right"])

    def prior_for(self, world):
        """Give the share of true pairs in `world`, if as many remains are somebody's there."""
        return len(self.left) / len(self.remains) / len(world.missing)


def arrays(people, values):
    """Give columns as numbers: codes by `values`, bits as whole numbers, nan where not said."""
    found = {}
    for name in CODES:
        found[name] = pd.Index(values[name]).get_indexer(people[name]).astype(np.int32)
    for name in SETS:
        found[name] = people[name].fillna(0).to_numpy().astype(np.int64)
    for name in (*(f"{each}_{end}" for each in STEPS for end in ("low", "high")), "day"):
        found[name] = people[name].to_numpy(np.float32)
    for name in ("lat", "lon"):
        found[name] = np.radians(people[name].to_numpy(np.float32))
    return found


def values_of(*tables):
    return {
        name: pd.unique(pd.concat([each[name] for each in tables]).dropna()) for name in CODES
    }


def levels(one, other):
    """Say how features compare, 0 the nearest, `NULL` where not said; arrays of any shape."""
    for name in CODES:
        a, b = one[name], other[name]
        yield np.where((a < 0) | (b < 0), NULL, a != b)
    for name, steps in STEPS.items():
        gap = np.maximum(
            one[f"{name}_low"] - other[f"{name}_high"],
            other[f"{name}_low"] - one[f"{name}_high"],
        )
        yield _stepped(gap, steps)
    yield _stepped(other["day"] - one["day"], DAYS)
    north = other["lat"] - one["lat"]
    east = (other["lon"] - one["lon"]) * np.cos((other["lat"] + one["lat"]) / 2)
    yield _stepped(RADIUS_KM * np.sqrt(north * north + east * east), KILOMETRES)
    for name in SETS:
        a, b = one[name], other[name]
        shared = np.minimum(np.bitwise_count(a & b), 2)
        yield np.where((a == 0) | (b == 0), NULL, shared)


def _stepped(gap, steps):
    level = np.zeros(np.shape(gap), dtype=np.int8)
    for step in steps:
        level += gap > step
    return np.where(np.isnan(gap), NULL, level)


def taken(columns, at):
    return {name: column[at] for name, column in columns.items()}


def ratios(trained):
    """Count levels among true pairs and random ones of the trained world: m and u."""
    chance = np.random.default_rng(3)
    values = values_of(trained.missing, trained.remains)
    sides = arrays(trained.missing, values), arrays(trained.remains, values)
    n = 1_000_000
    random = [chance.integers(0, len(side["day"]), n) for side in sides]
    found = []
    for pair in ((trained.left, trained.right), random):
        counted = [
            np.bincount(level, minlength=NULL + 1)[:NULL] + 0.5
            for level in levels(taken(sides[0], pair[0]), taken(sides[1], pair[1]))
        ]
        found.append([each / each.sum() for each in counted])
    return found


def best(scores, most=TOP):
    """Give the best positions of one list, the best first."""
    most = min(most, len(scores))
    some = np.argpartition(-scores, most - 1)[:most]
    return some[np.argsort(-scores[some], kind="stable")]


def with_numpy(trained, world):
    """Fellegi and Sunter's weights, everybody missing against one of the remains each time."""
    m, u = ratios(trained)
    tables = [np.append(np.log(a / b), 0).astype(np.float32) for a, b in zip(m, u, strict=True)]
    values = values_of(world.missing, world.remains)
    people, remains = arrays(world.missing, values), arrays(world.remains, values)
    prior = np.log(trained.prior_for(world))
    for at in range(len(world.remains)):
        scores = np.full(len(world.missing), prior, dtype=np.float32)
        for table, level in zip(tables, levels(people, taken(remains, at)), strict=True):
            scores += table[level]
        some = best(scores)
        yield at, some, 1 / (1 + np.exp(-scores[some].astype(float)))


def with_similarities(_, world):
    """A plain baseline: how many features agree, less how many do not, no weights."""
    values = values_of(world.missing, world.remains)
    people, remains = arrays(world.missing, values), arrays(world.remains, values)
    n_levels = [2] * len(CODES) + [4] * len(STEPS) + [5, 5] + [-3] * len(SETS)
    tables = []
    for n in n_levels:
        near = np.linspace(1, -1, abs(n)) if n > 0 else np.array([0.0, 1.0, 2.0])
        tables.append(np.append(near, np.zeros(NULL + 1 - len(near))).astype(np.float32))
    for at in range(len(world.remains)):
        scores = np.zeros(len(world.missing), dtype=np.float32)
        for table, level in zip(tables, levels(people, taken(remains, at)), strict=True):
            scores += table[level]
        some = best(scores)
        yield at, some, np.full(len(some), np.nan)


def comparing():
    """recordlinkage's own comparisons where it has one, and sets by a function of ours."""
    import recordlinkage as rl  # noqa: PLC0415 - only in its own environment

    def shared(a, b):
        return np.minimum(np.bitwise_count(a.to_numpy() & b.to_numpy()), 2) / 2

    compare = rl.Compare()
    for name in CODES:
        compare.exact(name, name, label=name)
    for name, scale in (("age", 4), ("stature", 5), ("weight", 8)):
        compare.numeric(name, name, method="gauss", scale=scale, label=name)
    compare.numeric("day", "day", method="exp", scale=180, label="days")
    compare.geo("lat", "lon", "lat", "lon", method="exp", scale=100, label="km")
    for name in SETS:
        compare.compare_vectorized(shared, name, name, label=name)
    return compare


def tidy(people):
    people = people.copy()
    for name in STEPS:
        people[name] = (people[f"{name}_low"] + people[f"{name}_high"]) / 2
    for name in SETS:
        people[name] = people[name].fillna(0).astype("int64")
    return people


def with_recordlinkage(trained, world):
    """Logistic regression on its vectors, in parts of a million pairs; ranked by numpy."""
    import recordlinkage as rl  # noqa: PLC0415 - only in its own environment

    compare, chance, n = comparing(), np.random.default_rng(3), 200_000
    sides = tidy(trained.missing), tidy(trained.remains)
    random = pd.MultiIndex.from_arrays([chance.integers(0, len(side), n) for side in sides])
    true = pd.MultiIndex.from_arrays([trained.left, trained.right])
    random = random[~random.isin(true)].unique()
    classifier = rl.LogisticRegressionClassifier()
    classifier.fit(compare.compute(true.append(random), *sides), true)
    # As many strangers as there are, not as many as were drawn.
    odds = trained.prior_for(world) * len(random) / len(true)
    people, remains = tidy(world.missing), tidy(world.remains)
    step = max(1_000_000 // len(people), 1)
    for first in range(0, len(remains), step):
        some = np.arange(first, min(first + step, len(remains)))
        pairs = pd.MultiIndex.from_product([some, np.arange(len(people))]).swaplevel()
        vectors = compare.compute(pairs, people, remains)
        logit = (
            vectors.to_numpy() @ classifier.kernel.coef_[0] + classifier.kernel.intercept_[0]
        )
        scores = (logit + np.log(odds)).reshape(len(some), len(people))
        for at, row in zip(some, scores, strict=True):
            chosen = best(row)
            yield at, chosen, 1 / (1 + np.exp(-row[chosen]))


def conditions():
    """Write the same levels as SQL, for splink; nulls are a level of its own."""
    for name in CODES:
        yield name, f"{name}_l is null or {name}_r is null", [f"{name}_l = {name}_r"]
    for name, steps in STEPS.items():
        gap = f"greatest({name}_low_l - {name}_high_r, {name}_low_r - {name}_high_l)"
        null = f"{name}_low_l is null or {name}_low_r is null"
        yield name, null, [f"{gap} <= {step}" for step in steps]
    yield "days", "day_l is null or day_r is null", [f"day_r - day_l <= {n}" for n in DAYS]
    north = "radians(lat_r - lat_l)"
    east = "radians(lon_r - lon_l) * cos(radians(lat_r + lat_l) / 2)"
    far = f"{RADIUS_KM} * sqrt(pow({north}, 2) + pow({east}, 2))"
    null = "lat_l is null or lat_r is null or lon_l is null or lon_r is null"
    yield "km", null, [f"{far} <= {n}" for n in KILOMETRES]
    for name in SETS:
        null = f"{name}_l is null or {name}_r is null"
        shared = f"bit_count({name}_l & {name}_r)"
        yield name, null, [f"{shared} = 0", f"{shared} = 1"]


BEST = """
select record_id_l, record_id_r, match_probability from {table} qualify row_number()
over (partition by record_id_r order by match_weight desc, record_id_l) <= {top}
order by record_id_r, match_weight desc, record_id_l"""


def with_splink(trained, world):
    """Its levels with m and u counted in the trained world; every pair; ranked in DuckDB."""
    import splink.comparison_level_library as cll  # noqa: PLC0415 - only in its own environment
    import splink.comparison_library as cl  # noqa: PLC0415 - as above
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415 - as above

    comparisons = []
    for (name, null, tests), m, u in zip(conditions(), *ratios(trained), strict=True):
        made = [cll.CustomLevel(null).configure(is_null_level=True)]
        made += [
            cll.CustomLevel(test).configure(
                m_probability=float(m[k]), u_probability=float(u[k])
            )
            for k, test in enumerate(tests)
        ]
        last = len(tests)
        made.append(
            cll.ElseLevel().configure(
                m_probability=float(m[last]), u_probability=float(u[last])
            )
        )
        comparisons.append(cl.CustomComparison(output_column_name=name, comparison_levels=made))
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="record_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=["1=1"],
        probability_two_random_records_match=trained.prior_for(world),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    api = DuckDBAPI()
    bits = dict.fromkeys(SETS, "Int64")
    people, remains = world.missing.astype(bits), world.remains.astype(bits)
    sides = [
        api.register(side, table_name=name)
        for name, side in (("a_missing", people), ("b_remains", remains))
    ]
    linker = Linker(sides, settings)
    pairs = linker.inference.predict(threshold_match_probability=trained.prior_for(world))
    query = BEST.format(table=pairs.physical_name, top=TOP)
    found = api._con.sql(query).df()  # noqa: SLF001 - splink has no best fifty of each record
    left = pd.Index(people["record_id"]).get_indexer(found["record_id_l"])
    right = pd.Index(remains["record_id"]).get_indexer(found["record_id_r"])
    posterior = found["match_probability"].to_numpy()
    for at in np.unique(right):
        mine = right == at
        yield at, left[mine], posterior[mine]


PROGRAMS = {
    "numpy": with_numpy,
    "similarities": with_similarities,
    "recordlinkage": with_recordlinkage,
    "splink": with_splink,
}


def main() -> None:
    """Read, search, write what was found, print one line of JSON."""
    name, trained, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    trained, world = World(trained), World(folder)
    began, worked = time.perf_counter(), time.process_time()
    found = list(PROGRAMS[name](trained, world))
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    table = {
        "left": np.concatenate([some for _, some, _ in found]),
        "right": np.concatenate([np.full(len(some), at) for at, some, _ in found]),
        "posterior": np.concatenate([each for _, _, each in found]),
        "rank": np.concatenate([np.arange(1, len(some) + 1) for _, some, _ in found]),
    }
    pd.DataFrame(table).to_parquet(folder / f"{name}.parquet")
    report = {
        "program": name,
        "pairs": len(world.missing) * len(world.remains),
        "seconds": round(seconds, 2),
        "processor_seconds": round(work, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
