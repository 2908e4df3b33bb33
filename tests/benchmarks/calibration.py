"""Whether what is believed is so: the demonstration's world and three foreign ones.

    python -m tests.benchmarks.calibration [first seed]

One line for each world: how many true pairs were learnt from the registry, with limits, and
how many there are; how many the list was expected to hold, and holds; the expected
calibration error over all listed pairs and among those said to be 1 % or more, beside what
the true number would have given, and a fixed share without calibration
(`docs/methods/calibration.md`).
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from casework.demonstration.invention import Sizes, invent_world
from matching.evaluation import WORTH_READING, expected_calibration_error, reliability
from matching.judgement import judge
from matching.model_file import load_model
from matching.prior import open_population_prior, posteriors
from matching.search import rank
from matching.tables import read_missing, read_remains
from tests.benchmarks.foreign_worlds import LANDS, invent

SIZES = {"missing": 4000, "remains": 2500}
SHARES = (0.2, 0.05, 0.4)


def worlds(first_seed: int) -> Iterator[tuple[str, object]]:
    for at, share in enumerate(SHARES):
        seed = first_seed + at
        named = f"demonstration {seed}, {share:.0%}"
        yield named, invent_world(Sizes(**SIZES, true_pairs=share), seed)
        for name, land in LANDS.items():
            yield f"{name} {seed}, {share:.0%}", invent(land, **SIZES, share=share, seed=seed)


def error(posterior: np.ndarray, is_true: np.ndarray) -> str:
    worth = posterior >= WORTH_READING
    both = (slice(None), worth)
    return " ".join(
        f"{expected_calibration_error(reliability(posterior[at], is_true[at])):.4f}"
        for at in both
    )


def readable(read, rows: Iterable[dict[str, str]]) -> list:
    return [record for record in (read(row)[0] for row in rows) if record is not None]


def told(name: str, world) -> str:
    model = load_model()
    missing = readable(read_missing, world.missing)
    remains = readable(read_remains, world.remains)
    counts = len(missing), len(remains)
    ranking = rank(missing, remains, model, jobs=1)
    judgement = judge(ranking, model, counts=counts)
    truth = set(world.truth)
    is_true = np.array(
        [
            (missing[left].record_id, remains[right].record_id) in truth
            for left, right in zip(ranking.left.tolist(), ranking.right.tolist(), strict=True)
        ]
    )
    prior, expected = judgement.prior, judgement.expected
    given = prior.expecting(len(truth))
    true_number = judge(ranking, model, counts=counts, prior=given).posterior
    fixed = open_population_prior(*counts, model.prior.share_reported).value
    before = posteriors(ranking.log10_lr, ranking.left, ranking.right, fixed)
    return (
        f"{name}: true pairs {prior.expected_true_matches:.0f} "
        f"({prior.low:.0f}-{prior.high:.0f}) of {len(truth)}; listed {expected.count:.0f} "
        f"({expected.low:.0f}-{expected.high:.0f}) of {is_true.sum()}; "
        f"error {error(judgement.posterior, is_true)}, the true number given "
        f"{error(true_number, is_true)}, fixed share {error(before, is_true)}"
    )


if __name__ == "__main__":
    for name, world in worlds(int(sys.argv[1]) if len(sys.argv) > 1 else 31):
        sys.stdout.write(told(name, world) + "\n")
        sys.stdout.flush()
