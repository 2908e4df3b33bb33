"""What somebody of a tree is to the missing person: read off the tree, never typed."""

from collections.abc import Iterator

from casework.pedigree.tree import MISSING, Member, Tree, TreeSex
from casework.web.languages import marked

_SHE, _HE, _ANY = TreeSex.FEMALE, TreeSex.MALE, TreeSex.UNKNOWN
OTHER_KIN = marked("otro familiar de sangre")
NOT_KIN = marked("de la familia, sin lazo de sangre")
SELF = marked("la persona desaparecida")
# By what: the words for a woman, for a man, and where that is not known.
WORDS: dict[str, tuple[str, str, str]] = {
    "parent": (marked("madre"), marked("padre"), marked("madre o padre")),
    "child": (marked("hija"), marked("hijo"), marked("hija o hijo")),
    "sibling": (marked("hermana"), marked("hermano"), marked("hermana o hermano")),
    "half_maternal": (
        marked("media hermana por la madre"),
        marked("medio hermano por la madre"),
        marked("hermana o hermano por la madre"),
    ),
    "half_paternal": (
        marked("media hermana por el padre"),
        marked("medio hermano por el padre"),
        marked("hermana o hermano por el padre"),
    ),
    "grandparent_maternal": (
        marked("abuela materna"),
        marked("abuelo materno"),
        marked("abuela o abuelo materno"),
    ),
    "grandparent_paternal": (
        marked("abuela paterna"),
        marked("abuelo paterno"),
        marked("abuela o abuelo paterno"),
    ),
    "aunt_maternal": (
        marked("tía materna"),
        marked("tío materno"),
        marked("tía o tío materno"),
    ),
    "aunt_paternal": (
        marked("tía paterna"),
        marked("tío paterno"),
        marked("tía o tío paterno"),
    ),
    "niece": (marked("sobrina"), marked("sobrino"), marked("sobrina o sobrino")),
    "cousin": (marked("prima"), marked("primo"), marked("prima o primo")),
    "grandchild": (marked("nieta"), marked("nieto"), marked("nieta o nieto")),
    "partner": (marked("pareja"), marked("pareja"), marked("pareja")),
}
# The kinds of the data set's list of relationships, for other programs.
CODES = {
    ("parent", _SHE): "mother",
    ("parent", _HE): "father",
    ("child", _SHE): "daughter",
    ("child", _HE): "son",
    ("sibling", _SHE): "sister",
    ("sibling", _HE): "brother",
    ("half_maternal", None): "half_sibling_maternal",
    ("half_paternal", None): "half_sibling_paternal",
    ("aunt_maternal", None): "aunt_uncle_maternal",
    ("aunt_paternal", None): "aunt_uncle_paternal",
    ("niece", None): "niece_nephew",
}


def kin_words(tree: Tree, member: Member) -> str:
    """Say what somebody is to the missing person, as a message to translate."""
    if member.number == MISSING:
        return SELF
    kind = kind_of(tree, member)
    if kind in WORDS:
        return WORDS[kind][(_SHE, _HE, _ANY).index(member.sex)]
    return OTHER_KIN if kind == "other_kin" else NOT_KIN


def kin_code(tree: Tree, member: Member) -> str:
    """Say the same to a machine."""
    if member.number == MISSING:
        return "self"
    kind = kind_of(tree, member)
    return CODES.get((kind, member.sex)) or CODES.get((kind, None)) or kind


def kind_of(tree: Tree, member: Member) -> str:
    """Find the nearest way from the missing person to somebody."""
    return next(_kinds(tree, member), "not_kin")


def _kinds(tree: Tree, member: Member) -> Iterator[str]:
    own, number = tree.member(MISSING), member.number
    if number in own.parents:
        yield "parent"
    if MISSING in member.parents:
        yield "child"
    yield from _beside(tree, member)
    for side, parent in (("maternal", own.mother), ("paternal", own.father)):
        if parent is not None:
            yield from _of_a_side(tree, member, tree.member(parent), side)
    if any(MISSING in tree.member(each).parents for each in member.parents):
        yield "grandchild"
    siblings = {each.number for each in tree.members if _share(each, own)} - {MISSING}
    if siblings & set(member.parents):
        yield "niece"
    if _ancestors(tree, number) & _ancestors(tree, MISSING):
        yield "other_kin"
    if _is_partner(tree, own, member):
        yield "partner"


def _beside(tree: Tree, member: Member) -> Iterator[str]:
    own = tree.member(MISSING)
    shares_mother = own.mother is not None and own.mother == member.mother
    shares_father = own.father is not None and own.father == member.father
    if shares_mother and shares_father:
        yield "sibling"
    elif shares_mother:
        yield "half_maternal"
    elif shares_father:
        yield "half_paternal"


def _of_a_side(tree: Tree, member: Member, parent: Member, side: str) -> Iterator[str]:
    if member.number in parent.parents:
        yield f"grandparent_{side}"
    if member.number != parent.number and _share(member, parent):
        yield f"aunt_{side}"
    if any(
        each != parent.number and _share(tree.member(each), parent) for each in member.parents
    ):
        yield "cousin"


def _share(one: Member, other: Member) -> bool:
    return bool(set(one.parents) & set(other.parents))


def _is_partner(tree: Tree, own: Member, member: Member) -> bool:
    if member.partner_of == MISSING or own.partner_of == member.number:
        return True
    return any({MISSING, member.number} == set(each.parents) for each in tree.members)


def _ancestors(tree: Tree, number: int) -> set[int]:
    """Give somebody and everybody they descend from."""
    found, waiting = set[int](), [number]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += tree.member(each).parents
    return found
