"""What the page of a family's DNA says: carefully, since it may touch what a family holds dear.

Another father, an adoption and two exchanged tubes look alike. Nobody is accused: the page says
what would explain the profiles better, and what to look at first.
"""

import math
from dataclasses import dataclass

from casework.kinship import sentences
from casework.kinship.family import Doubted, FamilyFound, Power
from casework.pedigree.kin_words import kin_words
from casework.pedigree.tree import Tree
from casework.pedigree.written import member_id
from casework.web.described import Teller
from casework.web.languages import marked

# As `matching.kinship.doubts.Told` calls the ways; an exchange is looked for first.
TELLINGS = {
    "exchanged": marked("los tubos de estas dos personas estuvieran cambiados: %(people)s"),
    "unrelated": marked(
        "la muestra no fuera de quien se cree, o no hubiera lazo de sangre: %(people)s"
    ),
    "other_father": marked("hubiera otro lazo por el padre entre: %(people)s"),
    "other_mother": marked("hubiera otro lazo por la madre entre: %(people)s"),
}


@dataclass(frozen=True, slots=True)
class ShownPower:
    """One bar: what is typed, of a hundred true cases so many clear, and in words."""

    who: str
    share: int
    words: str


@dataclass(frozen=True, slots=True)
class ShownFamily:
    """What the page tells of a family."""

    contradicted: str
    doubts: tuple[str, ...]
    bars: tuple[ShownPower, ...]
    has_next: bool
    loci: int


def shown_family(found: FamilyFound, tree: Tree, teller: Teller) -> ShownFamily:
    """Put what was found into words."""
    ordered = sorted(found.doubts, key=lambda each: list(TELLINGS).index(each.told))
    return ShownFamily(
        contradicted=", ".join(found.contradicted),
        doubts=tuple(_doubt(each, tree, teller) for each in ordered),
        bars=tuple(_bar(each, tree, teller) for each in (found.now, *found.next)),
        has_next=bool(found.next),
        loci=found.loci,
    )


def _doubt(doubt: Doubted, tree: Tree, teller: Teller) -> str:
    _ = teller.gettext
    people = ", ".join(_named(each, tree, teller) for each in doubt.people)
    what = _(TELLINGS[doubt.told]) % {"people": people}
    if doubt.log10_times == math.inf:
        return _("Los perfiles solo pueden darse si %(what)s.") % {"what": what}
    return _("Los perfiles serían unas %(times)s veces más probables si %(what)s.") % {
        "times": sentences.times_words(doubt.log10_times, teller),
        "what": what,
    }


def _named(who: str, tree: Tree, teller: Teller) -> str:
    found = next((each for each in tree.members if member_id(each.number) == who), None)
    if found is None:
        return teller.gettext("alguien a quien el árbol no nombra")
    return f"{teller.gettext(kin_words(tree, found))} ({found.number})"


def _bar(power: Power, tree: Tree, teller: Teller) -> ShownPower:
    _ = teller.gettext
    share = min(99, math.floor(power.often * 100)) if power.often < 1 else 100
    said = _("%(count)s de cada 100") % {"count": share}
    if power.who is None:
        return ShownPower(_("Con los perfiles que hay hoy"), share, said)
    member = tree.member(power.who)
    who = f"{_(kin_words(tree, member))} ({member.number})"
    return ShownPower(_("Si además da muestra: %(who)s") % {"who": who}, share, said)
