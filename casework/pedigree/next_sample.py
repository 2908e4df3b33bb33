"""Whose sample would say most next, read off a family's tree alone.

Without profiles and without a table of frequencies: nearer kin share more, and whoever hangs on
the missing person only through somebody who gave a sample adds next to nothing. How often each
would make a true case clear is reckoned by `casework.kinship.family`, in the same order.
"""

from collections.abc import Collection

from casework.pedigree.kin_words import NOT_KIN, kin_words, kind_of
from casework.pedigree.tree import MISSING, Member, Sampling, Tree

# A parent surely gave half; of a child as much is seen once the other parent is known, and a
# sibling shares half by chance. Everybody further away shares a quarter or less.
_NEAREST = {
    "parent": 0,
    "child": 1,
    "sibling": 2,
    "half_maternal": 3,
    "half_paternal": 3,
    "grandparent_maternal": 3,
    "grandparent_paternal": 3,
    "aunt_maternal": 3,
    "aunt_paternal": 3,
    "niece": 3,
    "grandchild": 3,
    "cousin": 4,
}
_FURTHEST = 5


def may_be_asked(tree: Tree, member: Member) -> bool:
    """Say whether somebody lives, is kin by blood, and neither refused nor is out of reach."""
    refused = {Sampling.REFUSED, Sampling.UNREACHABLE}
    is_kin = kin_words(tree, member) != NOT_KIN
    return is_kin and not member.is_dead and member.sampling not in refused


def next_to_ask(tree: Tree, sampled: Collection[int]) -> tuple[Member, ...]:
    """Name those whose sample would add something, who adds most first.

    Of two who add as much, whoever already said that they would give one comes first.
    """
    waiting = [
        each
        for each in tree.members
        if each.number not in {MISSING, *sampled}
        and may_be_asked(tree, each)
        and each.number in _reached(tree, sampled)
    ]

    def order(each: Member) -> tuple[int, bool, int]:
        nearness = _NEAREST.get(kind_of(tree, each), _FURTHEST)
        return nearness, each.sampling is not Sampling.AVAILABLE, each.number

    return tuple(sorted(waiting, key=order))


def _reached(tree: Tree, sampled: Collection[int]) -> set[int]:
    """Give whom blood leads to from the missing person without passing who gave a sample."""
    found, waiting = set[int](), [MISSING]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found.add(number)
        if number not in sampled:
            children = (each.number for each in tree.children(number))
            waiting += [*tree.member(number).parents, *children]
    return found
