"""What `--joint` writes: one row a listed pair, then what speaks for nobody."""

from dataclasses import replace

import numpy as np
import pytest

from casework.batch.joint import joint_table, refuse_unless_one_to_one
from casework.errors import InvalidInput
from matching.codes import RemainsSex, Sex
from matching.model_file import load_model
from matching.pairings import Pairing, as_seen, as_told
from matching.records import LivingRecord, MissingRecord, RemainsRecord
from matching.search import rank

MODEL = load_model()
MISSING = [
    MissingRecord(record_id="m1", sex=Sex.FEMALE, group_id="a"),
    MissingRecord(record_id="m2", sex=Sex.MALE, group_id="a"),
]
REMAINS = [RemainsRecord(record_id="r1", sex=RemainsSex.FEMALE), RemainsRecord(record_id="r2")]


def rows_of(left, right):
    ranking = rank([as_told(one) for one in left], [as_seen(one) for one in right], MODEL)
    return ranking, joint_table(left, right, ranking, MODEL).to_pylist()


def test_every_listed_pair_has_its_row_and_every_record_its_nobody():
    ranking, rows = rows_of(MISSING, REMAINS)

    pairs = [row for row in rows if row["left_id"] and row["right_id"]]
    nobody = [row for row in rows if not (row["left_id"] and row["right_id"])]
    assert [row["log10_lr"] for row in pairs] == np.round(ranking.log10_lr, 4).tolist()
    assert {row["method"] for row in pairs} == {"exact"}
    assert {row["left_id"] or row["right_id"] for row in nobody} == {"m1", "m2", "r1", "r2"}
    for row in nobody:
        side = "left_id" if row["left_id"] else "right_id"
        own = [one["joint_posterior"] for one in pairs if one[side] == row[side]]
        assert sum(own) + row["joint_posterior"] == pytest.approx(1, rel=1e-4)


def test_a_pair_that_is_chosen_says_by_how_much():
    ranking, _ = rows_of(MISSING, REMAINS)
    sure = replace(ranking, log10_lr=ranking.log10_lr + np.array([9, 0, 0, 0]))

    first, *rest = joint_table(MISSING, REMAINS, sure, MODEL).to_pylist()

    assert (first["chosen"], first["margin"] > 0) == ("yes", True)
    assert {row["margin"] for row in rest if row["chosen"] != "yes"} == {None}


def test_people_alive_have_no_companions_in_death():
    living = [LivingRecord(record_id="l1", group_id="a"), LivingRecord(record_id="l2")]

    _, rows = rows_of(MISSING, living)

    assert {row["right_id"] for row in rows} == {"l1", "l2", None}


@pytest.mark.parametrize("pairing", [Pairing.MISSING_MISSING, Pairing.REMAINS_REMAINS])
def test_where_one_record_may_have_several_counterparts_it_is_refused(pairing):
    refuse_unless_one_to_one(Pairing.MISSING_REMAINS)

    with pytest.raises(InvalidInput, match="at most"):
        refuse_unless_one_to_one(pairing)
