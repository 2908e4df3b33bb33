"""Chances and mutation models as a case writes them."""

from dataclasses import replace
from typing import Any

from matching.errors import UnreadableCase, UnusableMutation
from matching.kinship.mutation import Mutation, MutationModel

STATIONARY = "PM"
"""The one way of balancing that is computed: see `mutation.balanced`."""

NUMBERS = ("rate_male", "rate_female", "range", "rate2")


def chance_in(written: dict[str, Any], key: str, what: str) -> float:
    """Read a chance in [0, 1); 0 where nothing is said.

    Raises
    ------
    UnreadableCase
        If it is no such number.
    """
    value = written.get(key)
    if value is None:
        return 0.0
    if not _is_number(value) or not 0 <= value < 1:
        raise UnreadableCase(f"{key} ({what}) is {value}, not a number from 0 to below 1.")
    return float(value)


def read_mutation(written: Any) -> Mutation | None:
    """Read a mutation model; None where nothing mutates.

    ``by_locus`` may hold other numbers for loci of their own, by the name of the frequency set.

    Raises
    ------
    UnusableMutation
        If the model is unknown, or a number lacks or cannot be. Nothing is passed over here:
        a setting that is not understood would change a result in silence.
    """
    if written is None:
        return None
    if not isinstance(written, dict):
        raise UnusableMutation("The mutation model is not written as an object {…}.")
    mutation = _mutation(written, "The mutation model")
    if mutation is None:
        return None
    by_locus = written.get("by_locus", {})
    if not isinstance(by_locus, dict):
        raise UnusableMutation("by_locus is not written as {locus: rates}.")
    own: dict[str, Mutation] = {}
    for locus, changed in by_locus.items():
        if not isinstance(changed, dict):
            raise UnusableMutation(f"by_locus of {locus} is not written as an object {{…}}.")
        general = {key: value for key, value in written.items() if key != "by_locus"}
        of_locus = _mutation(general | changed, f"The mutation model of {locus}")
        own[locus] = of_locus or replace(mutation, rate_male=0.0, rate_female=0.0, rate2=0.0)
    return replace(mutation, by_locus=own)


def _mutation(written: dict[str, Any], what: str) -> Mutation | None:
    unknown = set(written) - {"model", "stabilization", "by_locus", *NUMBERS}
    if unknown:
        raise UnusableMutation(f"{what} has {', '.join(sorted(unknown))}, which is not known.")
    name = written.get("model")
    if name in {None, "none"}:
        return None
    if name not in list(MutationModel):
        known = ", ".join(MutationModel)
        raise UnusableMutation(f"{what} is called “{name}”; there are: none, {known}.")
    stabilization = written.get("stabilization")
    if stabilization not in {None, STATIONARY}:
        raise UnusableMutation(
            f"{what} asks for stabilization “{stabilization}”; only “{STATIONARY}” is computed."
        )
    male, female = (_number(written.get(key), f"{what}: {key}") for key in NUMBERS[:2])
    steps = {}
    if name == MutationModel.STEPWISE:
        steps = {key: _number(written.get(key), f"{what}: {key}") for key in NUMBERS[2:]}
    return Mutation(
        MutationModel(name),
        male,
        female,
        range=steps.get("range", 1.0),
        rate2=steps.get("rate2", 0.0),
        is_stationary=stabilization == STATIONARY,
    )


def _number(value: Any, what: str) -> float:
    if not _is_number(value):
        raise UnusableMutation(f"{what} is {value}, not a number.")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
