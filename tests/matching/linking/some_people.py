"""Invented people for the tests of linking: a small world, and records written by hand."""

from functools import cache
from itertools import pairwise

import numpy as np

from matching.linking.comparing import kernels
from matching.linking.kinds import Kind
from matching.linking.packing import pack
from matching.linking.parameters import load_linking_model
from matching.linking.records import COLUMNS, Records
from matching.linking.search import fixed_costs
from tests.benchmarks.invented_names import invented_records

MODEL = load_linking_model()


def records_of(*rows: dict[str, str]) -> Records:
    ids = [str(number) for number in range(len(rows))]
    return Records(ids, {name: [row.get(name, "") for row in rows] for name in COLUMNS})


@cache
def a_small_world(count: int = 1200, seed: int = 5):
    """Give records, the packed records, and the number of each record's person."""
    rows, persons = invented_records(count, seed)
    records = records_of(*rows)
    return records, pack(records, MODEL), np.array(persons)


@cache
def likely_pairs(seed: int = 7):
    """Give pairs of one person and of neighbours in the order of names: near misses."""
    records, _, persons = a_small_world()
    order = np.argsort(persons, kind="stable")
    by_name = np.lexsort((records.cells("given_names"), records.cells("surname_1")))
    chance = np.random.default_rng(seed)
    pairs = [*pairwise(order), *pairwise(by_name)]
    pairs += [tuple(chance.integers(0, len(records), 2)) for _ in range(400)]
    return np.array([pair for pair in pairs if pair[0] != pair[1]], dtype=np.int32)


def compared(packed, pairs):
    """Compare pairs of records by the kernels: levels and costs by kind."""
    row = np.argsort(packed.position).astype(np.int32)
    left, right = row[pairs[:, 0]], row[pairs[:, 1]]
    levels = np.zeros((len(pairs), len(Kind)), dtype=np.int64)
    costs = np.zeros((len(pairs), len(Kind)), dtype=np.float32)
    kernels.compare_pairs(
        packed.whole, packed.costs, packed.bits, left, right, packed.words, packed.letters,
        packed.nicknames, fixed_costs(MODEL), levels, costs,
    )  # fmt: skip
    return levels, costs
