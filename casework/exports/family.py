"""A drawn family as words of the minimum data set: of those who agreed, and nobody's name.

Whoever stands between the missing person and a donor is needed to compute kinship, so they
are there, with their sex and nothing else. Who is not needed for it is not there.
"""

from collections.abc import Collection, Mapping, Sequence

from casework.dataset.values import Value
from casework.pedigree.tree import MISSING, Member, Sampling, Tree, Twins
from casework.pedigree.written import member_id

Words = dict[str, Value]


def family_told(
    tree: Tree, donors: Collection[int], given: Mapping[int | None, Sequence[str]]
) -> Words:
    """Write down, by path, the part of a tree that the kinship of `donors` needs.

    `given` names the samples of each donor that leave; under `None`, those of the missing
    person's own things.
    """
    agreed: dict[int, int | None] = {MISSING: None}
    agreed |= {
        each.number: each.relative_id for each in tree.members if each.relative_id in donors
    }
    kept = sorted(_between(tree, agreed))
    # Numbered anew, so that nobody reads off how many others there are.
    ids = {number: member_id(nth) for nth, number in enumerate(kept, 1)}
    words: Words = {}
    for nth, number in enumerate(kept, 1):
        member = tree.member(number)
        told = _place(member, ids)
        if number in agreed:
            told |= _of_who_agreed(member, given.get(agreed[number], ()))
        words[f"dna_family/p{nth:05d}"] = said_of(told)
    return words


def said_of(told: Words) -> Words:
    """Leave out what says nothing."""
    return {name: value for name, value in told.items() if value not in (None, "")}


def _between(tree: Tree, numbers: Collection[int]) -> frozenset[int]:
    """Follow some of a tree upwards: kinship among them is theirs and their forebears'."""
    found, waiting = set[int](), list(numbers)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += tree.member(number).parents
    return frozenset(found)


def _place(member: Member, ids: Mapping[int, str]) -> Words:
    def there(number: int | None) -> str | None:
        return ids.get(number) if number is not None else None

    is_twin = there(member.twin_of) and member.twins is not Twins.UNKNOWN
    return {
        "person": ids[member.number],
        "mother": there(member.mother),
        "father": there(member.father),
        "sex": member.sex.value,
        "partner_of": there(member.partner_of),
        "twin_of": there(member.twin_of),
        "twins": member.twins.value if is_twin else None,
    }


def _of_who_agreed(member: Member, samples: Collection[str]) -> Words:
    is_said = member.sampling is not Sampling.NOT_ASKED
    born = float(member.born) if member.born else None
    return {
        "availability": member.sampling.value if is_said else None,
        "sample_id": "; ".join(sorted(samples)),
        "dead": True if member.is_dead else None,
        "born": {"min": born, "max": born} if born else None,
    }
