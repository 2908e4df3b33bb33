"""Weight of the incident and of the company somebody was in."""

from dataclasses import dataclass

from matching.evidence.numbers import OpenShare, log10_capped
from matching.evidence.rarity import GroupRarity
from matching.evidence.weight import Kind, Reason, Weight
from matching.records import MissingRecord, RemainsRecord


@dataclass(frozen=True, slots=True)
class GroupParameters:
    """How often both records of one person name the same incident, and the same group."""

    same_incident: OpenShare
    same_group: OpenShare


@dataclass(frozen=True, slots=True)
class Company:
    """Incident and group as they are compared; empty where not said."""

    incident: str
    group: str


def weigh_group(
    missing: MissingRecord,
    remains: RemainsRecord,
    parameters: GroupParameters,
    rarity: GroupRarity,
) -> Weight | None:
    """Weigh the incident of both, or else whom they travelled with and were found with.

    Parameters
    ----------
    missing, remains : MissingRecord, RemainsRecord
        `incident_id` and `group_id`.
    parameters : GroupParameters
        Table ``group`` of the model file.
    rarity : GroupRarity
        Remains of each incident and of each group of the registry.

    Returns
    -------
    Weight or None
        ``log10 (same / share)`` where both name the same, ``log10 [(1 - same) / (1 - share)]``
        where they name different ones; the share is that of the remains. The incident is
        compared where both name one, the group only otherwise: a group lies within an
        incident. None where neither can be compared.

    Notes
    -----
    Companions found *together* raise each other; that is reasoned about jointly and not
    here. Method and limits: ``docs/methods/group.md``.
    """
    return weigh_company(company_of(missing), company_of(remains), parameters, rarity)


def company_of(record: MissingRecord | RemainsRecord) -> Company:
    """Incident and group, without case and outer spaces."""
    return Company(record.incident_id.strip().casefold(), record.group_id.strip().casefold())


def weigh_company(
    told: Company, seen: Company, parameters: GroupParameters, rarity: GroupRarity
) -> Weight | None:
    """Weigh two companies; see `weigh_group`."""
    if told.incident and seen.incident:
        same, share = parameters.same_incident, rarity.incident_share(seen.incident)
        return _weight("incident", same, share, agrees=told.incident == seen.incident)
    if told.group and seen.group:
        same, share = parameters.same_group, rarity.group_share(seen.group)
        return _weight("group", same, share, agrees=told.group == seen.group)
    return None


def _weight(what: str, same: float, share: float, *, agrees: bool) -> Weight:
    ratio = same / share if agrees else (1 - same) / (1 - share)
    reason = Reason.GROUP_SAME if agrees else Reason.GROUP_DIFFERS
    return Weight(Kind.GROUP, log10_capped(ratio), reason, (("what", what),))
