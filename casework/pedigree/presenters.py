"""What the page of a family tree is given. Templates receive these, never rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.families.presenters import who_gives
from casework.pedigree import words
from casework.pedigree.drawing import Chart, Spoken, draw
from casework.pedigree.kin_words import kin_words
from casework.pedigree.queries import Family
from casework.pedigree.tree import MISSING, Member, Sampling, Tree, TreeSex, Twins
from casework.web.described import Teller
from casework.web.pieces import Choice


@dataclass(frozen=True, slots=True)
class ShownUnplaced:
    """Somebody registered who is not in the tree, and why."""

    relative_id: int
    who: str
    why: str
    proposed: str


def shown_chart(family: Family, chosen: int | None, teller: Teller) -> Chart:
    """Draw the tree with words in one language."""
    spoken = {each.number: spoken_of(family, each, teller) for each in family.tree.members}
    return draw(family.tree, spoken, sampled=family.sampled, chosen=chosen)


def spoken_of(family: Family, member: Member, teller: Teller) -> Spoken:
    """Say of somebody who they are and how it stands with their sample: `Ana, madre; …`."""
    _ = teller.gettext
    name = _name_of(family, member)
    kin = _(kin_words(family.tree, member))
    said = [f"{name}, {kin}" if name else kin]
    if member.number != MISSING or member.number in family.sampled:
        is_sampled = member.number in family.sampled
        state = Sampling.SAMPLED if is_sampled else member.sampling
        said.append(_(words.SAMPLING_WORDS[state]))
    if member.is_dead:
        said.append(_("falleció"))
    if member.born:
        said.append(_("nació en %(year)s") % {"year": member.born})
    if member.twin_of is not None:
        other = family.tree.member(member.twin_of)
        who = _name_of(family, other) or _(kin_words(family.tree, other))
        twins = _(words.TWINS_WORDS[member.twins])
        said.append(_("gemelo o gemela de %(who)s, %(twins)s") % {"who": who, "twins": twins})
    sentence = "; ".join(said)
    return Spoken(name, kin, sentence[:1].upper() + sentence[1:])


def _name_of(family: Family, member: Member) -> str:
    if member.number != MISSING:
        return family.names.get(member.number, "")
    return family.person.names[0].full if family.person.names else ""


def shown_unplaced(family: Family, teller: Teller) -> tuple[ShownUnplaced, ...]:
    """List who is registered and not in the tree."""
    found = []
    for each in family.unplaced:
        relative = family.relative(each.kin.relative_id)
        if relative is None:
            continue
        kin = who_gives(relative, teller)
        name = relative.name if family.names_are_open else ""
        found.append(
            ShownUnplaced(
                relative_id=relative.id,
                who=f"{name} · {kin}" if name else kin,
                why=teller.gettext(each.why),
                proposed=each.kin.relationship,
            )
        )
    return tuple(found)


def choices(teller: Teller) -> Mapping[str, list[Choice]]:
    """Give every list of the page's forms."""
    lists: dict[str, Iterable[tuple[str, str]]] = {
        "sex": [(each, words.SEX_WORDS[each]) for each in TreeSex],
        "sampling": [(each, words.SAMPLING_WORDS[each]) for each in Sampling],
        "twins": [(each, words.TWINS_WORDS[each]) for each in Twins],
        "added": words.ADDED_WORDS.items(),
        "places": words.PLACE_WORDS.items(),
    }
    return {
        name: [Choice(code, teller.gettext(said)) for code, said in pairs]
        for name, pairs in lists.items()
    }


def people_choices(family: Family, but: int, teller: Teller) -> dict[str, list[Choice]]:
    """Give who could be somebody's mother, father, twin, or their child's other parent."""

    def chosen(members: Iterable[Member]) -> list[Choice]:
        return [
            Choice(str(each.number), _called(family, each, teller))
            for each in members
            if each.number != but
        ]

    tree: Tree = family.tree
    return {
        "mothers": chosen(each for each in tree.members if each.sex is not TreeSex.MALE),
        "fathers": chosen(each for each in tree.members if each.sex is not TreeSex.FEMALE),
        "siblings": chosen(
            each
            for each in tree.members
            if each.parents and each.parents == tree.member(but).parents
        ),
        "others": chosen(tree.members),
    }


def _called(family: Family, member: Member, teller: Teller) -> str:
    spoken = spoken_of(family, member, teller)
    return f"{spoken.name}, {spoken.kin}" if spoken.name else f"{spoken.kin} ({member.number})"
