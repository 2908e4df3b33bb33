"""Who travelled together, who was recovered together, and what one says of the other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from matching.evidence.group import Company, company_of
from matching.joint.parameters import JointModel
from matching.records import MissingRecord, RemainsRecord

Named = tuple[str, str]  # what kind of bond, and its name


@dataclass(frozen=True, slots=True)
class Companions:
    """Bonds within each side of a search.

    Attributes
    ----------
    company : mapping of left id to str
        People reported as one company; whoever is alone is left out.
    event : mapping of right id to str
        Remains recovered in one event; left out where nothing is said.
    share : mapping of event to float
        Share of the remains with an event that are of this one, in (0, 1].
    together : float
        Probability, in (0, 1), that two companions who were both recovered were recovered in
        one event.
    told, seen : mappings of id to Company
        Names of incident and group of both sides. A pair whose names `weigh_group` has
        already compared is left to that weight.
    """

    company: Mapping[str, str]
    event: Mapping[str, str]
    share: Mapping[str, float]
    together: float
    told: Mapping[str, Company] = field(default_factory=dict)
    seen: Mapping[str, Company] = field(default_factory=dict)

    def says_of(self, left: str, right: str) -> bool:
        """Whether companions say anything of a pair that its own weight has not said."""
        if left not in self.company or right not in self.event:
            return False
        told, seen = self.told.get(left, NOBODY), self.seen.get(right, NOBODY)
        if told.incident and seen.incident:
            return False
        return not (told.group and told.group == seen.group)


NOBODY = Company("", "")


def companions_of(
    missing: Sequence[MissingRecord], remains: Sequence[RemainsRecord], model: JointModel
) -> Companions:
    """Read the bonds off the records.

    Parameters
    ----------
    missing : sequence of MissingRecord
        Joined by the same incident, the same group, or a telephone that at most
        ``model.phone_at_most`` reports give: a guide's, not a hotline's.
    remains : sequence of RemainsRecord
        *All* remains of the registry: how many are of an event is counted in them. Their
        event is the incident, or else the group.
    model : JointModel

    Returns
    -------
    Companions

    Notes
    -----
    Method: ``docs/methods/joint.md``.
    """
    bonds = {each.record_id: _bonds(each) for each in missing}
    seen = {each.record_id: company_of(each) for each in remains}
    event = {one: _event(names) for one, names in seen.items() if names != NOBODY}
    counted = Counter(event.values())
    return Companions(
        company=_companies(bonds, model.phone_at_most),
        event=event,
        share={one: count / len(event) for one, count in counted.items()},
        together=model.together,
        told={each.record_id: company_of(each) for each in missing},
        seen=seen,
    )


def _event(names: Company) -> str:
    return f"incident {names.incident}" if names.incident else f"group {names.group}"


def _bonds(person: MissingRecord) -> tuple[Named, ...]:
    names = company_of(person)
    phones = {"".join(filter(str.isdigit, phone)) for phone in person.phones}
    bonds = [("incident", names.incident), ("group", names.group)]
    bonds += [("phone", phone) for phone in sorted(phones)]
    return tuple(bond for bond in bonds if bond[1])


def _companies(bonds: Mapping[str, Iterable[Named]], phone_at_most: int) -> dict[str, str]:
    """Name each company of two or more by the first of its members."""
    members: dict[Named, list[str]] = {}
    for person in sorted(bonds):
        for bond in bonds[person]:
            members.setdefault(bond, []).append(person)
    head = {person: person for person in bonds}
    for (kind, _), joined in members.items():
        if kind != "phone" or len(joined) <= phone_at_most:
            for person in joined[1:]:
                _join(head, joined[0], person)
    company = {person: _head(head, person) for person in bonds}
    count = Counter(company.values())
    return {person: name for person, name in company.items() if count[name] > 1}


def _head(head: dict[str, str], person: str) -> str:
    while head[person] != person:
        head[person] = head[head[person]]
        person = head[person]
    return person


def _join(head: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_head(head, one), _head(head, other)))
    head[second] = first
