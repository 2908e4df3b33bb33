"""The sex that a profile shows, held against the one that is recorded.

It is no locus of a likelihood ratio: sex is weighed once, by the kind of evidence of that name
(docs/methods/sex.md), where genetic sex replaces the other methods and is never added to them.
"""

from collections.abc import Collection

from matching.kinship.pedigree import Sex

NAMES = frozenset({"amelogenin", "amel", "am", "amelxy"})
"""How kits call it, in small letters."""


def is_amelogenin(locus: str) -> bool:
    """Tell whether a column of a profile is amelogenin."""
    return locus.casefold().strip() in NAMES


def sex_shown(alleles: Collection[str]) -> Sex:
    """Read amelogenin: X alone is a woman, X and Y a man; anything else is not read.

    Some men lack the Y copy, and low template loses it: X alone says less than X and Y.
    """
    seen = {each.strip().upper() for each in alleles}
    if seen == {"X"}:
        return Sex.FEMALE
    return Sex.MALE if seen == {"X", "Y"} else Sex.UNKNOWN
