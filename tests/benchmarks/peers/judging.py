"""What was found, held against the truth: the same for every program, in plain numpy."""

from itertools import pairwise

import numpy as np

THRESHOLDS = (0.05, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
EDGES = (0.01, 0.05, *(k / 10 for k in range(1, 10)), 1.0001)
RANKS = (1, 10, 50)
SURE = 1e-12


def judged_links(probability, is_one, true):
    """Precision and recall at each threshold, the best of both, and calibration."""
    found = {}
    for threshold in THRESHOLDS:
        kept = probability >= threshold
        hits = int((is_one & kept).sum())
        precision, recall = hits / max(int(kept.sum()), 1), hits / max(true, 1)
        found[str(threshold)] = {"precision": precision, "recall": recall}
    both = [2 * hits / max(kept + true, 1) for kept, hits in _falling(probability, is_one)]
    return {
        "by_threshold": found,
        "best_f1": max(both, default=0.0),
        "calibration_error": calibration_error(probability, is_one),
    }


def _falling(probability, is_one):
    """Count, for each least probability there is, what is kept and what of it is true."""
    values, which = np.unique(-probability, return_inverse=True)
    kept = np.cumsum(np.bincount(which, minlength=len(values)))
    hits = np.cumsum(np.bincount(which, is_one, len(values)))
    yield from zip(kept.tolist(), hits.tolist(), strict=True)


def calibration_error(probability, is_one):
    """Mean distance of what was said from what came true, of pairs said to be 1 % or more."""
    total, apart = 0, 0.0
    for low, high in pairwise(EDGES):
        at = (probability >= low) & (probability < high)
        total += int(at.sum())
        apart += abs(probability[at].sum() - is_one[at].sum())
    return float(apart / total) if total else float("nan")


def judged_lists(found, truth, n_remains):
    """Recall at ranks, precision, log-loss and calibration of one list for each of the remains.

    A true pair that no list holds costs what the least probable pair of its list would.
    """
    size = 1 + int(max(found["left"].max(), truth[0].max()))
    true = np.sort(truth[1] * size + truth[0])
    key = found["right"] * size + found["left"]
    is_one = np.isin(key, true)
    report = {
        f"recall_at_{k}": float((is_one & (found["rank"] <= k)).sum() / len(true))
        for k in RANKS
    }
    said = found["posterior"]
    if np.isnan(said).all():
        return report
    first = (found["rank"] == 1) & (said >= 0.5)
    least = np.full(n_remains, 1.0)
    np.minimum.at(least, found["right"], said)
    lost = ~np.isin(true, key)
    loss = -np.log(np.clip(np.where(is_one, said, 1 - said), SURE, 1)).sum()
    loss += -np.log(np.clip(least[true[lost] // size], SURE, 1)).sum()
    return report | {
        "precision": float(is_one[first].mean()) if first.any() else float("nan"),
        "said_at_half": int(first.sum()),
        "log_loss": float(loss / n_remains),
        "calibration_error": calibration_error(said, is_one),
        "expected_true": float(said.sum()),
        "true": len(true),
    }
