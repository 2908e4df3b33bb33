"""Weight of the blood group."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.codes import BloodGroup
from matching.evidence.numbers import OpenShare, log10_capped, mixed
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord

FULL_GROUPS = tuple(one.value for one in BloodGroup if "_" in one.value)
"""Groups with their rhesus factor; "a" alone stands for both of its."""


@dataclass(frozen=True, slots=True)
class BloodGroupParameters:
    """Groups of the population, and how often one of the two noted is wrong."""

    wrong: OpenShare
    frequency: Mapping[str, OpenShare]


def weigh_blood_group(
    missing: MissingRecord, remains: RemainsRecord, parameters: BloodGroupParameters
) -> Weight | None:
    """Weigh the blood group told against the one found.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `blood_group`, with or without the rhesus factor.
    parameters : BloodGroupParameters
        Table ``blood_group`` of the model file.

    Returns
    -------
    Weight or None
        ``log10 [wrong + (1 - wrong) P(told and found) / (P(told) P(found))]``; so two groups
        that exclude each other weigh ``log10(wrong)`` and no less. None without both.

    Notes
    -----
    Method, sources and limits: ``docs/methods/blood_group.md``.
    """
    told, seen = missing.blood_group, remains.blood_group
    if told is None or seen is None:
        return None
    ratio = blood_ratio(told, seen, parameters)
    reason = Reason.BLOOD_GROUP_FITS if ratio > 0 else Reason.BLOOD_GROUP_DIFFERS
    facts = (("missing", told.value), ("remains", seen.value))
    return Weight(Kind.BLOOD_GROUP, log10_capped(mixed(parameters.wrong, ratio)), reason, facts)


def blood_ratio(told: BloodGroup, seen: BloodGroup, parameters: BloodGroupParameters) -> float:
    """P(told and found) / (P(told) P(found)) among the groups of the population."""
    both = set(full_groups(told)) & set(full_groups(seen))
    shares = [
        sum(parameters.frequency[one] for one in groups)
        for groups in (both, full_groups(told), full_groups(seen))
    ]
    total = sum(parameters.frequency[one] for one in FULL_GROUPS)
    return shares[0] * total / (shares[1] * shares[2])


def full_groups(group: BloodGroup) -> tuple[str, ...]:
    """List the groups with rhesus factor that a group may be."""
    if group.value in FULL_GROUPS:
        return (group.value,)
    return tuple(one for one in FULL_GROUPS if one.split("_")[0] == group.value)
