"""Who the remains might be, if neither the missing person nor somebody unrelated.

A brother whom nobody reported reaches large ratios as well. So the remains are put in other
places of the family, and each is held against "unrelated" as the missing person is.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matching.kinship.cases import STRANGER, Case
from matching.kinship.fit import Fit
from matching.kinship.pedigree import IMPLIED, Pedigree, Person, Sex

REMAINS = "the remains"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A place in the family, and the log10 ratio of the remains being there or unrelated."""

    who: str
    log10_lr: float


def alternatives_of(case: Case, missing: str) -> tuple[Alternative, ...]:
    """Weigh the remains of a case in other places of the family, the likeliest first.

    Parameters
    ----------
    case
        With remains and a family.
    missing
        Whom the remains are said to be; stands among the alternatives as ``missing`` itself.

    Raises
    ------
    MatchingError
        As `likelihood_of`.
    """
    stranger = missing + STRANGER
    remains = case.second.looks[stranger]
    family = {who: own for who, own in case.second.looks.items() if who != stranger}
    fit = Fit(case.second.looks.values(), case.loci, case.settings)
    unrelated = fit.total(case.second.pedigree, case.second.looks)
    found = [Alternative(missing, fit.total(case.first.pedigree, case.first.looks) - unrelated)]
    typed = {who for who, own in family.items() if any(own.values())}
    for who, pedigree, place in _places(case.first.pedigree, missing, typed):
        value = fit.total(pedigree, family | {place: remains}) - unrelated
        found.append(Alternative(who, value))
    told = [each for each in found if not math.isnan(each.log10_lr)]
    return tuple(sorted(told, key=lambda each: -each.log10_lr))


def _places(
    pedigree: Pedigree, missing: str, typed: set[str]
) -> Iterator[tuple[str, Pedigree, str]]:
    """Give other places: how they are called, the family with them, and who stands there."""
    sex = pedigree.by_id[missing].sex
    wider = _with_parents(pedigree, missing)
    father, mother = wider.by_id[missing].parents
    yield _beside(wider, f"a full sibling of {missing}", father, mother)
    yield _beside(wider, f"a half-sibling of {missing}, by the father", father, None)
    yield _beside(wider, f"a half-sibling of {missing}, by the mother", None, mother)
    for parent, side in ((father, "father"), (mother, "mother")):
        above = _with_parents(wider, parent)
        both = above.by_id[parent].parents
        yield _beside(above, f"an uncle or aunt of {missing}, by the {side}", *both)
    if sex is not Sex.UNKNOWN:
        parents = (missing, None) if sex is Sex.MALE else (None, missing)
        yield _beside(pedigree, f"a child of {missing}", *parents)
    for person in pedigree.people:
        is_free = person.id not in {missing, *typed, *pedigree.implied}
        if is_free and (Sex.UNKNOWN in {sex, person.sex} or person.sex is sex):
            yield person.id, pedigree, person.id


def _beside(
    pedigree: Pedigree, who: str, father: str | None, mother: str | None
) -> tuple[str, Pedigree, str]:
    person = Person(REMAINS, father, mother)
    return who, Pedigree((*pedigree.people, person)), REMAINS


def _with_parents(pedigree: Pedigree, who: str) -> Pedigree:
    """Name the parents of a founder."""
    person = pedigree.by_id[who]
    if not person.is_founder:
        return pedigree
    father, mother = (who + each for each in IMPLIED)
    placed = replace(person, father=father, mother=mother)
    people = (placed if each is person else each for each in pedigree.people)
    parents = (Person(father, sex=Sex.MALE), Person(mother, sex=Sex.FEMALE))
    return Pedigree((*people, *parents))
