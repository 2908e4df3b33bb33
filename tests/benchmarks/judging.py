# ruff: noqa: T201, E402 - a script that prints, and that finds its neighbours first
"""How well the model in force finds the truth: of whom, how surely, and with spoilt records.

Invents a world (nobody in it exists), ranks it, and judges the lists by group; spoils the same
world in four ways and judges again. With `--write` the figures become those that the page about
the engine shows: `python -m tests.benchmarks.judging --write casework/engine/data/judged.json`.
"""

import argparse
import json
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from casework.batch.groups import NOBODYS, Records, groups_by, strata_of
from casework.batch.writing import RejectedFrom
from casework.demonstration.invention import Sizes, invent_world
from matching.evaluation import ListedPairs, ListSide, evaluate
from matching.evaluation_groups import Share, found_by_group, widest_gap
from matching.judgement import believed, judge
from matching.model_file import load_model
from matching.search import rank
from matching.tables import NumberedRow, missing_table, remains_table
from tests.benchmarks.foreign_worlds import spoil

BY = (
    "sex",
    "age_group",
    "nationality",
    "name_length",
    "name_rarity",
    "condition_group",
    "recorded",
)
GIVEN = ("recorded",)
COMMAND = "python -m tests.benchmarks.judging --write casework/engine/data/judged.json"
SPOILT = {  # what is spoilt, of the reports and of the examinations
    "as_invented": (None, None),
    "missing_doubled": ("missing_doubled", "missing_doubled"),
    "one_wrong_field": ("one_wrong_field", "one_wrong_field"),
    "heaped_ages": ("heaped_ages", None),
    "sex_wrong": ("sex_wrong", None),
}


def asked():
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", type=int, default=12_000)
    parser.add_argument("--remains", type=int, default=7_500)
    parser.add_argument("--incidents", type=int, default=1_800)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


def ranked(table, other, model):
    """Rank two lists of rows, and give the pairs as `evaluate` judges them."""
    people, remains = _records(missing_table, table), _records(remains_table, other)
    ranking = rank(people, remains, model, top=50, jobs=1)
    ranking = believed(ranking, judge(ranking, model, counts=(len(people), len(remains))))
    listed = ListedPairs(
        [people[i].record_id for i in ranking.left.tolist()],
        [remains[i].record_id for i in ranking.right.tolist()],
        ranking.posterior,
        ranking.rank_for_left.astype(np.int64),
        ranking.rank_for_right.astype(np.int64),
    )
    return ranking, listed


def _records(table, rows):
    header = tuple(dict.fromkeys(name for row in rows for name in row))
    read = table(header, (NumberedRow(line, row) for line, row in enumerate(rows, start=2)))
    if read.rejected:
        print(f"{len(read.rejected)} spoilt rows cannot be read and are left out")
    return read.records


def by_group(world, listed, truth):
    """Judge each group of either side, and name the widest gap."""
    sides = [
        _as_records(world.missing, ListSide.LEFT),
        _as_records(world.remains, ListSide.RIGHT),
    ]
    strata = strata_of(sides, GIVEN, truth)
    for column in BY:
        for source, groups in groups_by(sides, column):
            found = found_by_group(listed, truth, groups, source.side, strata=strata)
            gap = widest_gap(found, leave_out=NOBODYS)
            print(f"\nby {column} of the {source.side}")
            for name, each in found.items():
                print(
                    f"  {name:30} {each.true_pairs:6}",
                    _shown(each.recall[10], each.expected[10]),
                )
            print(
                "  gap",
                gap
                and {
                    k: v if isinstance(v, str) else round(v, 3) for k, v in asdict(gap).items()
                },
            )
            yield {
                "column": column,
                "side": source.side.value,
                "gap": gap and {**asdict(gap), "verdict": gap.verdict.value},
                "groups": [_group(name, each) for name, each in found.items()],
            }


def _shown(share, expected):
    return f"{share.value:7.1%} ({share.low:.1%} to {share.high:.1%}) expected {expected:.1%}"


def _group(name, found):
    median = found.median_rank
    return {
        "name": name,
        "true_pairs": found.true_pairs,
        "recall": {k: _share(each) for k, each in found.recall.items()},
        "expected": found.expected,
        "median_rank": None if np.isinf(median) else median,
    }


def _share(share: Share):
    return {"value": share.value, "low": share.low, "high": share.high}


def _as_records(rows, side):
    cells = {row["record_id"]: row for row in rows}
    header, path = tuple(rows[0]), Path(f"{side}.csv")
    return Records(path, header, cells, side, RejectedFrom(path, header, []))


def by_kind(ranking, listed, truth):
    """Say what each kind weighed of the true pairs that are listed."""
    both = zip(listed.left, listed.right, strict=True)
    at = np.array([i for i, pair in enumerate(both) if pair in truth])
    for kind in ranking.weights:
        weights = ranking.weights[kind][at]
        known = weights[np.isfinite(weights)]
        low, middle, high = np.quantile(known, (0.1, 0.5, 0.9)) if len(known) else [np.nan] * 3
        yield {
            "kind": kind,
            "compared": len(known) / len(at),
            "low": _number(low),
            "median": _number(middle),
            "high": _number(high),
        }


def _number(value):
    return None if np.isnan(value) else round(float(value), 3)


def overall(judged):
    """Give the figures of a whole list."""
    side = ListSide.LEFT
    recall = {
        k: _share(Share.counted(round(v * judged.true_pairs), judged.true_pairs))
        for k, v in judged.recall[side].items()
    }
    return {
        "true_pairs": judged.true_pairs,
        "recall": recall,
        "mean_reciprocal_rank": judged.mean_reciprocal_rank[side],
        "log_loss_with_unlisted": judged.log_loss_with_unlisted,
        "log_loss_of_base_rate": judged.log_loss_of_base_rate,
        "expected_true": judged.expected_true,
        "true_pairs_listed": judged.true_pairs_listed,
        "calibration_error_worth_reading": judged.calibration_error_worth_reading,
    }


def _line(name, told):
    recall = " ".join(f"{k}: {each['value']:.1%}" for k, each in told["recall"].items())
    return (
        f"{name:16} recall {recall} MRR {told['mean_reciprocal_rank']:.3f}"
        f" miscalibrated {told['calibration_error_worth_reading']:.4f}"
        f" expected {told['expected_true']:.0f}, listed {told['true_pairs_listed']}"
    )


def reliability(judged):
    """Give the bins of the reliability diagram that hold anybody."""
    return [
        {key: _rounded(value) for key, value in asdict(each).items()}
        for each in judged.reliability
        if each.pairs
    ]


def _rounded(value):
    return value if isinstance(value, int) else round(value, 5)


def crowding(listed, truth, world):
    """Compare men with women as if there were as few men's remains as women's.

    A report of a woman competes with fewer: the rank of a man's mate among all men's remains
    is, on average, as many times deeper as there are more of them. So the fair question is how
    many men are found within the first 1 + 9 × (men's remains / women's remains).
    """
    sex = {row["record_id"]: row.get("sex", "") for row in (*world.missing, *world.remains)}
    of = {
        each: sum(sex[row["record_id"]] == each for row in world.remains)
        for each in ("female", "male")
    }
    deep = 1 + 9 * of["male"] / of["female"]
    ranks = {
        (a, b): r
        for a, b, r in zip(
            listed.left, listed.right, listed.rank_for_left.tolist(), strict=True
        )
        if r
    }
    found = {}
    for each, k in (("female", 10), ("male", 10), ("male", deep)):
        own = [pair for pair in truth if sex[pair[0]] == each]
        share = Share.counted(sum(ranks.get(pair, 10**9) <= k for pair in own), len(own))
        told = f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"
        print(f"{each}: within the first {k:.1f}: {told}")
        found[f"{each}_{k:.0f}"] = _share(share)
    return {"k": deep, **found}


def main(options):
    """Judge, print, and write if asked."""
    model = load_model()
    sizes = replace(
        Sizes(), missing=options.missing, remains=options.remains, incidents=options.incidents
    )
    world = invent_world(sizes, options.seed)
    truth = set(map(tuple, world.truth))
    told = {}
    for name, (of_reports, of_remains) in SPOILT.items():
        reports = (
            spoil(world.missing, of_reports, options.seed) if of_reports else world.missing
        )
        found = spoil(world.remains, of_remains, options.seed) if of_remains else world.remains
        ranking, listed = ranked(reports, found, model)
        judged = evaluate(listed, truth)
        told[name] = overall(judged)
        print(_line(name, told[name]))
        if name == "as_invented":
            report = {
                "reliability": reliability(judged),
                "groups": list(by_group(world, listed, truth)),
                "kinds": list(by_kind(ranking, listed, truth)),
                "crowding": crowding(listed, truth, world),
            }
    whole = {
        "model": ranking.model_name,
        "version": ranking.model_version,
        "hash": ranking.model_hash,
        "on": datetime.now(UTC).date().isoformat(),
        "command": COMMAND,
        "world": {
            "missing": options.missing,
            "remains": options.remains,
            "seed": options.seed,
            "true_pairs": len(truth),
        },
        "given": list(GIVEN),
        "spoilt": told,
        **report,
    }
    if options.write:
        options.write.write_text(
            json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main(asked())
