"""An evaluation as a table that can be read on a terminal, and as JSON for programs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from matching.evaluation import RECALL_AT, Evaluation, ListSide, ReliabilityBin

ENOUGH_PAIRS = 10
"""Smaller groups show in the table, but a gap between two of them is chance; our choice."""

SIDES = (ListSide.LEFT, ListSide.RIGHT)


def evaluation_text(judged: Evaluation) -> str:
    """Lay out how well the truth was found, and whether the odds can be believed."""
    parts = (_counts(judged), _finding(judged), _calibration(judged), _bins(judged.reliability))
    return "\n\n".join(parts)


def groups_text(groups: Mapping[str, Evaluation], column: str, side: ListSide) -> str:
    """Lay out the same question once per group, and the widest gap between two of them."""
    header = (
        column,
        "true pairs",
        "recall 1",
        "recall 10",
        "recall 50",
        "MRR",
        "miscalibrated",
    )
    rows = [(name, *_group_cells(judged, side)) for name, judged in groups.items()]
    title = f"By {column} of the {side} records, on the lists of the {side}"
    return f"{title}\n\n{_table([header, *rows])}\n\n{_gap(groups, side)}"


def evaluation_json(judged: Evaluation) -> dict[str, Any]:
    """Give the same numbers to programs; what has no value is null."""
    plain: dict[str, Any] = _plain(asdict(judged))
    return plain


def _counts(judged: Evaluation) -> str:
    found = judged.true_pairs_listed
    share = _percent(found / judged.true_pairs)
    return _table(
        [
            ("pairs listed", f"{judged.pairs_listed:,}"),
            ("true pairs", f"{judged.true_pairs:,}"),
            ("of them listed", f"{found:,} ({share})"),
        ]
    )


def _finding(judged: Evaluation) -> str:
    mean = judged.mean_reciprocal_rank
    rows: list[Sequence[str]] = [("", "left", "right")]
    rows += [
        _both(f"recall at {k}", {s: _percent(judged.recall[s][k]) for s in SIDES})
        for k in RECALL_AT
    ]
    rows.append(_both("mean reciprocal rank", {s: _number(mean[s]) for s in SIDES}))
    return _table(rows)


def _both(label: str, values: Mapping[ListSide, str]) -> tuple[str, ...]:
    return label, *(values[side] for side in SIDES)


def _calibration(judged: Evaluation) -> str:
    rows = [
        ("log-loss, nats a pair", _number(judged.log_loss, 5)),
        ("with true pairs not listed", _number(judged.log_loss_with_unlisted, 5)),
        ("of saying the base rate", _number(judged.log_loss_of_base_rate, 5)),
        ("true pairs expected in the list", _number(judged.expected_true, 1)),
        ("true pairs found in the list", f"{judged.true_pairs_listed:,}"),
        ("expected calibration error", _number(judged.calibration_error, 5)),
        ("among pairs said to be 1 % or more", _number(judged.calibration_error_worth_reading)),
    ]
    return _table(rows)


def _bins(bins: Sequence[ReliabilityBin]) -> str:
    header = ("said", "pairs", "true", "mean said", "so", "95 % interval")
    rows = [
        (
            f"{_percent(each.low)} to {_percent(each.high)}",
            f"{each.pairs:,}",
            f"{each.true:,}",
            _percent(each.mean_posterior),
            _percent(each.share_true),
            f"{_percent(each.share_low)} to {_percent(each.share_high)}",
        )
        for each in bins
        if each.pairs
    ]
    return _table([header, *rows])


def _group_cells(judged: Evaluation, side: ListSide) -> tuple[str, ...]:
    recall = judged.recall[side]
    return (
        f"{judged.true_pairs:,}",
        *(_percent(recall[k]) for k in (1, 10, 50)),
        _number(judged.mean_reciprocal_rank[side]),
        _number(judged.calibration_error_worth_reading),
    )


def _gap(groups: Mapping[str, Evaluation], side: ListSide) -> str:
    large = {name: each for name, each in groups.items() if each.true_pairs >= ENOUGH_PAIRS}
    among = f"between groups of {ENOUGH_PAIRS} true pairs or more"
    if len(large) < 2:  # noqa: PLR2004 - a gap needs two
        return f"No gap can be named {among}: there are not two."
    recall = {name: judged.recall[side][10] for name, judged in large.items()}
    best, worst = max(recall, key=recall.__getitem__), min(recall, key=recall.__getitem__)
    gap = 100 * (recall[best] - recall[worst])
    return f"Widest gap at rank 10 {among}: {gap:.1f} points, {worst} behind {best}."


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Align columns: the first to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join((first, *rest)).rstrip()


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100 * share:.1f} %"


def _number(value: float, decimals: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{decimals}f}"


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case float() if math.isnan(value):
            return None
        case _:
            return value
