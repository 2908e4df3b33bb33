"""`reunir match --joint`: what is believed of all listed pairs together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from casework.batch.results import WEIGHT_DECIMALS
from casework.batch.rounding import POSTERIOR_DIGITS, significant
from casework.errors import InvalidInput
from matching.calibration import calibrated
from matching.joint import (
    Companions,
    Joint,
    Method,
    WeighedPairs,
    companions_of,
    load_joint_model,
    reason,
)
from matching.model_file import Model
from matching.pairings import Pairing
from matching.records import MissingRecord, RemainsRecord
from matching.search.ranking import Ranking

ONE_TO_ONE = (Pairing.MISSING_REMAINS, Pairing.MISSING_LIVING)


def refuse_unless_one_to_one(pairing: Pairing) -> None:
    """Refuse where a record may rightly have several counterparts.

    Raises
    ------
    InvalidInput
        For two reports or two findings: duplicates and parts come in any number.
    """
    if pairing not in ONE_TO_ONE:
        raise InvalidInput(
            "--joint is for missing-remains and missing-living, where one record has at most "
            "one counterpart; several reports or findings may be of one person."
        )


def joint_table(
    left: Sequence[Any], right: Sequence[Any], ranking: Ranking, model: Model
) -> pa.Table:
    """Lay out what is believed of the ranking's pairs together, and of nobody.

    `left` and `right` are the records as they were read. One row a listed pair, in the order
    of the ranking; then one row a record of either side without the other's id: nobody.
    """
    left_ids = [each.record_id for each in left]
    right_ids = [each.record_id for each in right]
    pairs = WeighedPairs(
        [left_ids[n] for n in ranking.left.tolist()],
        [right_ids[n] for n in ranking.right.tolist()],
        calibrated(ranking.log10_lr, model.calibration),
    )
    joint = reason(pairs, (len(left), len(right)), ranking.prior.value, _bonds(left, right))
    return pa.concat_tables([_pairs(pairs, ranking, joint), _nobody(joint)])


def _bonds(left: Sequence[Any], right: Sequence[Any]) -> Companions | None:
    """Read who was together, where both sides are such as the model knows."""
    if not isinstance(left[0], MissingRecord) or not isinstance(right[0], RemainsRecord):
        return None
    return companions_of(left, right, load_joint_model())


def _pairs(pairs: WeighedPairs, ranking: Ranking, joint: Joint) -> pa.Table:
    margin = np.round(joint.margin, WEIGHT_DECIMALS)
    error = significant(joint.error, 2)
    return pa.table(
        {
            "left_id": pa.array(pairs.left, pa.string()),
            "right_id": pa.array(pairs.right, pa.string()),
            "log10_lr": np.round(ranking.log10_lr, WEIGHT_DECIMALS),
            "posterior": significant(ranking.posterior, POSTERIOR_DIGITS),
            "joint_posterior": significant(joint.posterior, POSTERIOR_DIGITS),
            "chosen": pa.array(np.where(joint.chosen, "yes", "no").tolist(), pa.string()),
            "margin": pa.array(margin, mask=np.isnan(margin)),
            "method": pa.array(
                [Method(each).name.lower() for each in joint.method.tolist()], pa.string()
            ),
            "error": pa.array(error, mask=error == 0),
        }
    )


def _nobody(joint: Joint) -> pa.Table:
    """Give each record the probability that it belongs to none of those it was paired with."""
    left, right = sorted(joint.nobody_left.items()), sorted(joint.nobody_right.items())
    shares = np.array([share for _, share in (*left, *right)], dtype=np.float64)
    empty = {
        name: pa.nulls(len(shares), kind)
        for name, kind in (
            ("log10_lr", pa.float64()),
            ("posterior", pa.float64()),
            ("chosen", pa.string()),
            ("margin", pa.float64()),
            ("method", pa.string()),
            ("error", pa.float64()),
        )
    }
    table = pa.table(
        {
            "left_id": pa.array([one for one, _ in left] + [None for _ in right], pa.string()),
            "right_id": pa.array([None for _ in left] + [one for one, _ in right], pa.string()),
            "joint_posterior": significant(shares, POSTERIOR_DIGITS),
            **empty,
        }
    )
    return table.select(
        [
            "left_id",
            "right_id",
            "log10_lr",
            "posterior",
            "joint_posterior",
            "chosen",
            "margin",
            "method",
            "error",
        ]
    )
