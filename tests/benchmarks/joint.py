# ruff: noqa: T201 - a script that prints
"""What reasoning about all pairings together changes, and what it costs.

`python -m tests.benchmarks.joint` invents worlds, searches them, and judges three beliefs
about the same lists against the truth: each pair with its rivals one step away (as `match`
gives it), all pairs together, and all pairs with companions. Then it times a shipwreck of 300
people and 200 remains, and holds messages and walk against exact sums.

A record's own best proposal is ranked anew by the posterior, so recall changes where rivals
are told apart. Reports of one person that the truth holds twice, and findings in two parts,
are judged as they are: joint reasoning is wrong about them by construction.
"""

import argparse
import time

import numpy as np

from casework.demonstration.invention import Sizes, invent_world
from matching.calibration import calibrated
from matching.evaluation import ListedPairs, evaluate
from matching.joint import (
    Companions,
    WeighedPairs,
    companions_of,
    load_joint_model,
    reason,
)
from matching.joint.clusters import refine
from matching.joint.messages import propagate
from matching.joint.web import Web
from matching.judgement import believed, judge
from matching.model_file import load_model
from matching.prior import Prior, odds_of, posteriors
from matching.search import rank
from matching.tables import NumberedRow, missing_table, remains_table

HEAD = f"{'':22} left 1  right 1  left 5  expected  log-loss   ECE>1%  seconds"


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="*", default=[11, 12, 13])
    asked.add_argument("--missing", type=int, default=4000)
    asked.add_argument("--remains", type=int, default=2500)
    asked.add_argument("--top", type=int, default=50)
    asked = asked.parse_args()
    for seed in asked.seeds:
        judge_world(seed, asked)
    for closed in (False, True):
        judge_wrecks(closed=closed)
    time_a_shipwreck()
    hold_against_exact()


def judge_wrecks(*, closed, wrecks=12, people=80, found=60, known=2.2):
    """Many small wrecks whose weights are what they say, with people in companies of four.

    Natural log ratios are normal with variance d² around +d²/2 for true pairs and -d²/2 for
    others, so that each ratio is exactly what it claims to be. Half of the companions who were
    recovered were recovered in one event, as the model has it.
    """
    true = 54 if closed else 24
    beliefs = {name: [] for name in ("rivals one step away", "all together", "with companions")}
    ids = [(f"m{i:03}", f"r{j:03}") for i in range(people) for j in range(found)]
    left, right = [i for i, _ in ids], [j for _, j in ids]
    truth = []
    for seed in range(wrecks):
        chance = np.random.default_rng(seed)
        event_of, mates = _recoveries(chance, true, found)
        spread = known * np.log(10) ** 0.5
        weights = chance.normal(-(spread**2) / 2, spread, (people, found))
        for person, remains in mates.items():
            weights[person, remains] += spread**2
        weights /= np.log(10)
        companions = _known_bonds(people, event_of)
        pairs, prior = WeighedPairs(left, right, weights.ravel()), true / (people * found)
        own, other = np.divmod(np.arange(people * found), found)
        odds = odds_of(Prior(prior, true, "stated"), (people, found))
        beliefs["rivals one step away"].append(posteriors(weights.ravel(), own, other, odds))
        for name, bonds in (("all together", None), ("with companions", companions)):
            beliefs[name].append(reason(pairs, (people, found), prior, bonds).posterior)
        truth += [(f"{seed}m{i:03}", f"{seed}r{j:03}") for i, j in mates.items()]
    many_left = [f"{seed}{one}" for seed in range(wrecks) for one in left]
    many_right = [f"{seed}{one}" for seed in range(wrecks) for one in right]
    print(f"\n{wrecks} wrecks of {people} × {found}, {true} of them true; prior as it is")
    print(HEAD)
    for name, some in beliefs.items():
        tell(name, judged(many_left, many_right, np.concatenate(some), set(truth)), 0.0)


def _recoveries(chance, true, found):
    """Draw where remains were recovered, and whose they are, companions often together."""
    event_of = {j: f"{j // 6}" for j in range(found)}
    free, mates, home = set(range(found)), {}, {}
    for person in range(true):
        company = person // 4
        home.setdefault(company, event_of[int(chance.integers(found))])
        there = [j for j in sorted(free) if event_of[j] == home[company]]
        goes_there = there and chance.random() < 0.5**0.5
        mates[person] = int(chance.choice(there if goes_there else sorted(free)))
        free.discard(mates[person])
    return event_of, mates


def _known_bonds(people, event_of):
    share = {event: 6 / len(event_of) for event in set(event_of.values())}
    return Companions(
        company={f"m{i:03}": f"{i // 4}" for i in range(people)},
        event={f"r{j:03}": event for j, event in event_of.items()},
        share=share,
        together=0.5,
    )


def judge_world(seed, asked):
    world = invent_world(Sizes(asked.missing, asked.remains), seed)
    missing, remains = _read(missing_table, world.missing), _read(remains_table, world.remains)
    model = load_model(None)
    ranking = rank(missing, remains, model, top=asked.top)
    counts = len(missing), len(remains)
    ranking = believed(ranking, judge(ranking, model, counts=counts))
    left = [missing[n].record_id for n in ranking.left.tolist()]
    right = [remains[n].record_id for n in ranking.right.tolist()]
    truth = set(world.truth)
    pairs = WeighedPairs(left, right, calibrated(ranking.log10_lr, model.calibration))
    companions = companions_of(missing, remains, load_joint_model())
    print(f"\nseed {seed}: {counts[0]} × {counts[1]}, {len(truth)} true, {len(left)} listed")
    print(f"prior expects {ranking.prior.expected_true_matches:.0f} true pairs")
    beliefs = {"rivals one step away": (ranking.posterior, 0.0)}
    for name, bonds in (("all together", None), ("with companions", companions)):
        began = time.process_time()
        joint = reason(pairs, counts, ranking.prior.value, bonds)
        beliefs[name] = joint.posterior, time.process_time() - began
    print(HEAD)
    for name, (posterior, seconds) in beliefs.items():
        tell(name, judged(left, right, posterior, truth), seconds)
    print("methods", np.bincount(joint.method, minlength=4).tolist(), "walk", joint.error.max())
    every = zip(left, right, joint.chosen.tolist(), strict=True)
    chosen = {(one, other) for one, other, is_chosen in every if is_chosen}
    print(f"best assignment: {len(chosen)} pairs, {len(chosen & truth)} true")


def judged(left, right, posterior, truth):
    ranks = (_ranks(left, posterior), _ranks(right, posterior))
    return evaluate(ListedPairs(left, right, posterior, *ranks), truth)


def tell(name, found, seconds):
    at = {side.value: found.recall[side] for side in found.recall}
    print(
        f"{name:22} {at['left'][1]:6.3f} {at['right'][1]:8.3f} {at['left'][5]:7.3f}"
        f" {found.expected_true:9.1f} {found.log_loss_with_unlisted:9.5f}"
        f" {found.calibration_error_worth_reading:8.4f} {seconds:8.1f}"
    )


def _ranks(ids, posterior):
    """Rank each record's pairings by what is believed; ties by their order."""
    order = np.lexsort((-posterior, np.array(ids)))
    own = np.array(ids)[order]
    first = np.searchsorted(own, own)
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[order] = np.arange(len(ids)) - first + 1
    return ranks


def _read(table, rows):
    numbered = (NumberedRow(line, row) for line, row in enumerate(rows, start=2))
    return table(tuple(rows[0]), numbered).records


def time_a_shipwreck():
    """300 reported of whom 100 are among 200 remains, every pair listed."""
    for name, (mean, expected) in {
        "told apart well": (4.0, 100),
        "told apart badly": (1.5, 100),
        "all expected there": (1.5, 190),
    }.items():
        chance = np.random.default_rng(2026)
        weights = chance.normal(-1.5, 1.2, (300, 200))
        weights[np.arange(100), np.arange(100)] = chance.normal(mean, 1.0, 100)
        ids = [(f"m{i:03}", f"r{j:03}") for i in range(300) for j in range(200)]
        pairs = WeighedPairs([i for i, _ in ids], [j for _, j in ids], weights.ravel())
        began = time.process_time()
        joint = reason(pairs, (300, 200), expected / 60_000)
        print(
            f"shipwreck, {name}: {time.process_time() - began:.1f} s; expected"
            f" {joint.posterior.sum():.1f}, greatest standard error {joint.error.max():.4f}"
        )
    weights = np.random.default_rng(1).normal(0, 2, 25)
    ids = [(f"m{i}", f"r{j}") for i in range(5) for j in range(5)]
    began = time.process_time()
    reason(WeighedPairs([i for i, _ in ids], [j for _, j in ids], weights), (5, 5), 0.1)
    print(f"5 × 5: {time.process_time() - began:.4f} s")


def hold_against_exact():
    """Greatest error of messages alone, and of the walk, on full tables of n × n."""
    print("log10 odds    messages: greatest, mean of greatest    walk: the same")
    for n in (4, 8, 12):
        for mean, spread in ((-2, 1.5), (0, 1.5), (2, 1.5), (6, 1.5), (6, 3.0)):
            errors = [_errors(n, mean, spread, seed) for seed in range(6)]
            told, walked = np.array(errors).T
            print(
                f"{n:2} × {n:2} {mean:+d} ± {spread}: {told.max():.3f} {told.mean():.3f}"
                f"    {walked.max():.3f} {walked.mean():.3f}"
            )


def _errors(n, mean, spread, seed):
    odds = 10 ** np.random.default_rng(seed).normal(mean, spread, n * n)
    left, right = np.divmod(np.arange(n * n), n)
    web = Web(n, n, left, right, odds)
    told = propagate(web)
    exact = refine(web, told).posterior
    walked = refine(web, told, most_cells=2).posterior
    return np.abs(told.posterior - exact).max(), np.abs(walked - exact).max()


if __name__ == "__main__":
    main()
