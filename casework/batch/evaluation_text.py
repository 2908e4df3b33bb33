"""An evaluation as a table that can be read on a terminal, and as JSON for programs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from matching.evaluation import RECALL_AT, Evaluation, ListSide, ReliabilityBin
from matching.evaluation_groups import ENOUGH_PAIRS, FoundGroup, Gap, Share, Verdict

SIDES = (ListSide.LEFT, ListSide.RIGHT)

VERDICTS = {
    Verdict.CHANCE: "That is no more than chance.",
    Verdict.EXPLAINED: "What is recorded accounts for it.",
    Verdict.OPEN: "What is recorded does not account for it: look at the model.",
}


@dataclass(frozen=True, slots=True)
class Grouped:
    """The same question once per group of one side's records.

    `given` names the columns that may explain a gap; `strangers` counts the true pairs whose
    record stands in no file.
    """

    column: str
    side: ListSide
    given: Sequence[str]
    found: Mapping[str, FoundGroup]
    gap: Gap | None
    strangers: int


def evaluation_text(judged: Evaluation) -> str:
    """Lay out how well the truth was found, and whether the odds can be believed."""
    parts = (_counts(judged), _finding(judged), _calibration(judged), _bins(judged.reliability))
    return "\n\n".join(parts)


def groups_text(grouped: Grouped) -> str:
    """Lay out the same question once per group, and the widest gap between two of them."""
    header = (
        grouped.column,
        "true pairs",
        "recall 1",
        "5",
        "10",
        "95 % interval",
        "expected",
        "50",
        "MRR",
        "median rank",
        "miscalibrated",
    )
    rows = [(name, *_group_cells(each, grouped.side)) for name, each in grouped.found.items()]
    title = (
        f"By {grouped.column} of the {grouped.side} records, on the lists of the {grouped.side}"
    )
    parts = [title, _table([header, *rows]), gap_text(grouped.gap, grouped.given)]
    if grouped.strangers:
        parts.append(
            f"{grouped.strangers:,} true pairs are of records the file does not hold: left out."
        )
    return "\n\n".join(parts)


def gap_text(gap: Gap | None, given: Sequence[str]) -> str:
    """Name the widest gap, how far chance and what is recorded account for it, and what not."""
    among = f"between groups of {ENOUGH_PAIRS} true pairs or more"
    if gap is None:
        return f"No gap can be named {among}: there are not two."
    width = f"{_points(gap.points)} points ({_points(gap.low)} to {_points(gap.high)})"
    return (
        f"Widest gap at rank {gap.k} {among}: {width}, {gap.worst} behind {gap.best}.\n"
        f"Groups found alike would differ as much in {_percent(gap.by_chance)} of worlds.\n"
        f"Expected from {', '.join(given)}: {_points(gap.explained)} points; "
        f"left: {_points(gap.unexplained)}. {VERDICTS[gap.verdict]}"
    )


def evaluation_json(judged: Evaluation) -> dict[str, Any]:
    """Give the same numbers to programs; what has no value is null."""
    plain: dict[str, Any] = _plain(asdict(judged))
    return plain


def grouped_json(grouped: Grouped) -> dict[str, Any]:
    """Give the groups to programs: intervals, what was expected, and the gap."""
    gap = grouped.gap
    said = (
        asdict(gap) | {"unexplained": gap.unexplained, "verdict": gap.verdict} if gap else None
    )
    plain: dict[str, Any] = _plain(
        {
            "column": grouped.column,
            "side": grouped.side.value,
            "given": list(grouped.given),
            "true_pairs_of_strangers": grouped.strangers,
            "groups": {name: _group_json(each) for name, each in grouped.found.items()},
            "gap": said,
        }
    )
    return plain


def _group_json(found: FoundGroup) -> dict[str, Any]:
    return {
        "true_pairs": found.true_pairs,
        "recall": {
            k: {"value": each.value, "low": each.low, "high": each.high}
            for k, each in found.recall.items()
        },
        "expected": found.expected,
        "median_rank": None if math.isinf(found.median_rank) else found.median_rank,
        "judged": asdict(found.judged),
    }


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


def _group_cells(found: FoundGroup, side: ListSide) -> tuple[str, ...]:
    recall = found.recall
    return (
        f"{found.true_pairs:,}",
        *(_percent(recall[k].value) for k in (1, 5, 10)),
        _interval(recall[10]),
        _percent(found.expected[10]),
        _percent(recall[50].value),
        _number(found.judged.mean_reciprocal_rank[side]),
        "not listed" if math.isinf(found.median_rank) else f"{found.median_rank:g}",
        _number(found.judged.calibration_error_worth_reading),
    )


def _interval(share: Share) -> str:
    return f"{_percent(share.low)} to {_percent(share.high)}"


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


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
