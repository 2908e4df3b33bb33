"""`reunir kinship-plan`: what a family's DNA could say, and whom to ask for a sample next."""

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from casework.batch.ending import refusals
from casework.batch.json_files import json_lines
from casework.batch.kinship import (
    SECONDS_DIGITS,
    as_json,
    asks_frequencies,
    tables_of,
    write_results,
)
from casework.batch.writing import check_places
from casework.errors import InvalidInput
from matching.errors import MatchingError
from matching.kinship import Tables
from matching.kinship.planning import Cheapest, Planning, Power, cheapest, cost_of
from matching.kinship.plans import Plan, read_plan
from matching.kinship.sought import FAMILY_IDS, id_in

DIGITS = 4
"""A probability is known to some hundredths; more digits would be believed."""


@click.command(name="kinship-plan", short_help="Say whom of a family to sample next.")
@click.argument("families", type=click.Path(path_type=Path))
@asks_frequencies
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where plans go.")
@click.option(
    "--log10-lr",
    type=click.FloatRange(0),
    default=4.0,
    show_default=True,
    help="The ratio to be reached, as a power of ten.",
)
@click.option(
    "--probability",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="How often it is to be reached where the remains are the missing person's.",
)
def kinship_plan(  # noqa: PLR0917 - each is an option of the command
    families: Path, frequencies: Path, out: Path, log10_lr: float, probability: float
) -> None:
    """Say of each family of FAMILIES what its DNA could say of remains, before any are tested.

    Each line may name relatives who are available, with what sampling them costs: it is said
    whom to ask next, and which set is the cheapest that reaches --log10-lr.

    Example: reunir kinship-plan families.jsonl --frequencies f.json --out plans.jsonl

    Exit code 0: every family computed; 2: asked wrongly; 3: some refused; 4: none computed.
    """
    with refusals():
        check_places([out], [families, frequencies])
        results = _results(families, tables_of(frequencies), (log10_lr, probability))
        code = write_results(results, families, out, f"Planning for {families.name}")
    sys.exit(code)


def _results(path: Path, tables: Tables, goal: tuple[float, float]) -> Iterator[dict[str, Any]]:
    for number, written in json_lines(path):
        named = id_in(written, FAMILY_IDS)
        refused = {"case_id": named, "line": number}
        if isinstance(written, InvalidInput):
            yield refused | {"error": str(written)}
            continue
        try:
            plan = read_plan(written, tables)
            for missing in plan.sought.missing:
                yield _planned(plan, missing, goal)
        except MatchingError as error:
            yield refused | {"error": str(error)}


def _planned(plan: Plan, missing: str, goal: tuple[float, float]) -> dict[str, Any]:
    began = time.perf_counter()
    planning, costs = Planning(plan.sought, missing, plan.loci), plan.costs
    now = planning.power()
    each = [planning.power((relative,)) for relative in costs]
    each.sort(key=lambda power: -power.law.mean_if_true)
    least = cheapest(planning, costs, *goal)
    spent = round(time.perf_counter() - began, SECONDS_DIGITS)
    return {
        "case_id": plan.sought.id,
        "missing_id": missing,
        "loci": [locus.name for locus in plan.loci],
        "log10_lr": goal[0],
        "probability": goal[1],
        "now": _told(now, costs, goal),
        "next": [_told(power, costs, goal) for power in each],
        "cheapest": None if least.power is None else _told(least.power, costs, goal),
        "advice": list(_advice((now, each, least), costs, goal)),
        "warnings": [*plan.sought.warnings, *_assumed(plan, least)],
        "seconds": spent,
    }


def _told(
    power: Power, costs: Mapping[str, float], goal: tuple[float, float]
) -> dict[str, Any]:
    law = power.law
    return {
        "relatives": list(power.relatives),
        "cost": cost_of(power.relatives, costs),
        "reached_if_true": round(float(law.reached_if_true(goal[0])), DIGITS),
        "reached_by_chance": float(f"{float(law.reached_by_chance(goal[0])):.3g}"),
        "excluded_by_chance": round(power.excluded_by_chance, DIGITS),
        "log10_lr_if_true": {
            "q05": round(law.quantile_if_true(0.05), 2),
            "median": round(law.quantile_if_true(0.5), 2),
            "q95": round(law.quantile_if_true(0.95), 2),
            "mean": round(law.mean_if_true, 2),
        },
        "log10_lr_by_chance": {
            "median": as_json(round(law.quantile_by_chance(0.5), 2)),
            "q95": as_json(round(law.quantile_by_chance(0.95), 2)),
            "q99": as_json(round(law.quantile_by_chance(0.99), 2)),
        },
    }


def _advice(
    found: tuple[Power, list[Power], Cheapest],
    costs: Mapping[str, float],
    goal: tuple[float, float],
) -> Iterator[str]:
    """Say it in sentences, for whoever decides whom to visit."""
    now, each, least = found
    of_100 = f"{100 * float(now.law.reached_if_true(goal[0])):.0f} of 100"
    yield f"As the family is typed now, {of_100} true cases would reach 10^{goal[0]:g}."
    if each:
        best = each[0]
        reached = f"{100 * float(best.law.reached_if_true(goal[0])):.0f} of 100"
        yield f"Sampling {best.relatives[0]} next says most: then {reached} would."
    often = f"10^{goal[0]:g} in {100 * goal[1]:g} of 100 true cases"
    if least.power is None:
        yield f"No set of those who are available reaches {often}; other relatives are needed."
    elif not least.power.relatives:
        yield f"Nobody more is needed to reach {often}."
    else:
        whom = ", ".join(least.power.relatives)
        cost = cost_of(least.power.relatives, costs)
        yield f"The cheapest set that reaches {often} costs {cost:g}: {whom}."


def _assumed(plan: Plan, least: Cheapest) -> Iterator[str]:
    yield (
        "Relatives and remains are taken as clean and typed at all loci listed; theta is taken "
        "as 0."
    )
    if plan.sought.settings.theta:
        yield f"The family asks for theta {plan.sought.settings.theta:g}: ratios will be lower."
    if not least.is_complete:
        yield (
            f"{least.tried} sets were tried and none was enough; the one told as cheapest is "
            "all who are available, and a cheaper one may do."
        )
