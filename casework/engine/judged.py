"""How the model was last judged: figures kept beside it, with the day and the command.

They come from invented worlds, where the truth is known because somebody invented it. They are
made anew with `tests/benchmarks/judging.py` whenever a model changes, never edited by hand.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """A share, and the interval it lies in with 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class JudgedGroup:
    """How many of one group's true mates stand within the first ten, and what was expected."""

    name: str
    true_pairs: int
    first: Share
    within_ten: Share
    expected: float
    median_rank: float | None


@dataclass(frozen=True, slots=True)
class JudgedColumn:
    """The groups of one column, and the widest gap between two of them, if it can be named."""

    column: str
    side: str
    groups: tuple[JudgedGroup, ...]
    gap: Table | None


@dataclass(frozen=True, slots=True)
class JudgedKind:
    """What one kind weighed of pairs known to be true: how often, and from low to high."""

    kind: str
    compared: float
    low: float | None
    median: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class JudgedWorld:
    """How well the truth was found in one world, as invented or spoilt on purpose."""

    name: str
    true_pairs: int
    recall: dict[int, Share]
    mean_reciprocal_rank: float
    expected_true: float
    listed_true: int
    miscalibrated: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Proposals said to be about so probable, and how many of them were true."""

    pairs: int
    true: int
    said: float
    so: Share


@dataclass(frozen=True, slots=True)
class Judged:
    """The last judgement of a model."""

    model: str
    version: str
    hash: str
    on: str
    command: str
    missing: int
    remains: int
    true_pairs: int
    reliability: tuple[Bin, ...]
    columns: tuple[JudgedColumn, ...]
    kinds: tuple[JudgedKind, ...]
    worlds: tuple[JudgedWorld, ...]


@cache
def last_judged() -> Judged:
    """Read the figures that this release brings with it."""
    text = files("casework.engine").joinpath("data", "judged.json").read_text("utf-8")
    return _judged(json.loads(text))


def _judged(told: Table) -> Judged:
    identity = {name: told[name] for name in ("model", "version", "hash", "on", "command")}
    world = {name: told["world"][name] for name in ("missing", "remains", "true_pairs")}
    return Judged(
        **identity,
        **world,
        reliability=tuple(map(_bin, told["reliability"])),
        columns=tuple(map(_column, told["groups"])),
        kinds=tuple(JudgedKind(**each) for each in told["kinds"]),
        worlds=tuple(_world(name, each) for name, each in told["spoilt"].items()),
    )


def _bin(told: Table) -> Bin:
    so = Share(told["share_true"], told["share_low"], told["share_high"])
    return Bin(told["pairs"], told["true"], told["mean_posterior"], so)


def _column(told: Table) -> JudgedColumn:
    groups = tuple(map(_group, told["groups"]))
    return JudgedColumn(told["column"], told["side"], groups, told["gap"])


def _group(told: Table) -> JudgedGroup:
    return JudgedGroup(
        name=told["name"],
        true_pairs=told["true_pairs"],
        first=Share(**told["recall"]["1"]),
        within_ten=Share(**told["recall"]["10"]),
        expected=told["expected"]["10"],
        median_rank=told["median_rank"],
    )


def _world(name: str, told: Table) -> JudgedWorld:
    return JudgedWorld(
        name=name,
        true_pairs=told["true_pairs"],
        recall={int(k): Share(**each) for k, each in told["recall"].items()},
        mean_reciprocal_rank=told["mean_reciprocal_rank"],
        expected_true=told["expected_true"],
        listed_true=told["true_pairs_listed"],
        miscalibrated=told["calibration_error_worth_reading"],
    )
