"""What a run of the engine leaves behind: the table of pairs, and the report about the run."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from casework.batch.memory import MEGABYTE
from casework.batch.people import Loaded, Sides
from casework.batch.rounding import POSTERIOR_DIGITS, significant
from matching.judgement import Judgement
from matching.one_list import Shared
from matching.search.ranking import Ranking

WEIGHT_DECIMALS = 4
"""A weight is never known to a ten-thousandth of a power of ten; our choice."""

ROWS_AT_A_TIME = 1 << 18
"""Pairs laid out together: 120 MB; a list of seven million at once would be three gigabytes."""


def pairs_in_pieces(
    ids: tuple[pa.Array, pa.Array], ranking: Ranking, rows: int = ROWS_AT_A_TIME
) -> Iterator[pa.Table]:
    """Lay a ranking out some rows at a time; one piece without rows where it has none."""
    for start in range(0, max(len(ranking), 1), rows):
        yield pairs_table(*ids, ranking.part(slice(start, start + rows)))


def pairs_table(left_ids: pa.Array, right_ids: pa.Array, ranking: Ranking) -> pa.Table:
    """Lay a ranking out in the columns of `docs/reference/batch-tables.md`."""
    columns = {
        "left_id": left_ids.take(pa.array(ranking.left)),
        "right_id": right_ids.take(pa.array(ranking.right)),
        "log10_lr": pa.array(np.round(ranking.log10_lr, WEIGHT_DECIMALS)),
        "posterior": pa.array(significant(ranking.posterior, POSTERIOR_DIGITS)),
        "rank_for_left": pa.array(ranking.rank_for_left),
        "rank_for_right": pa.array(ranking.rank_for_right),
    }
    for kind, weights in ranking.weights.items():
        rounded = np.round(weights, WEIGHT_DECIMALS)
        columns[f"w_{kind}"] = pa.array(rounded, mask=np.isnan(rounded))
    columns["model"] = pa.repeat(ranking.model_name, len(ranking))
    columns["model_version"] = pa.repeat(ranking.model_version, len(ranking))
    return pa.table(columns)


def run_report(
    read: tuple[Sides, Shared],
    result: tuple[Ranking, Judgement],
    seconds: dict[str, float],
    most_bytes: int,
) -> dict[str, Any]:
    """Say what was read, weighed and believed, so that a result can be judged and repeated."""
    (sides, shared), (ranking, judgement) = read, result
    expected = judgement.expected
    return {
        "left": _side_report(sides[0]),
        "right": _side_report(sides[1]),
        "pairs_scored": int(ranking.pairs_scored),
        "pairs_skipped": int(ranking.pairs_skipped),
        "pairs_of_one_record": shared.count,
        "pairs_the_other_way_round": shared.mirrored,
        "pairs_written": len(ranking),
        "expected_true_matches_in_list": expected.count,
        "expected_true_matches_limits": [expected.low, expected.high],
        "prior": judgement.prior.as_dict(),
        "model": {
            "name": ranking.model_name,
            "version": ranking.model_version,
            "sha256": ranking.model_hash,
        },
        "calibration_version": judgement.calibration_version,
        "seconds": seconds,
        "peak_memory_mb": round(most_bytes / MEGABYTE, 1),
    }


def _side_report(side: Loaded[Any]) -> dict[str, Any]:
    return {
        "file": side.path.name,
        "layout": side.layout,
        "rows": side.rows,
        "read": side.read,
        "rejected": len(side.rejected.rows),
        "rows_with_warning": side.rows_with_warning,
        "far_from_country": side.far_from_country,
        "unknown_columns": list(side.unknown_columns),
    }
