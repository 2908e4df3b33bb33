"""The sex that a profile shows, held against the one that is recorded.

It is no locus of a likelihood ratio: sex is weighed once, by the kind of evidence of that name
(docs/methods/sex.md), where genetic sex replaces the other methods and is never added to them.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from matching.kinship.pedigree import Sex
from matching.kinship.sentence import Sentence

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


def contradictions(written: Mapping[str, Any], person: str, sex: Sex) -> Iterator[Sentence]:
    """Say where the amelogenin of a profile shows another sex than is recorded."""
    for name, value in written.items():
        if not is_amelogenin(name) or not isinstance(value, list):
            continue
        shown = sex_shown([str(each) for each in value])
        if Sex.UNKNOWN not in {shown, sex} and shown is not sex:
            alleles = ", ".join(str(each) for each in value)
            yield Sentence(
                "another_sex",
                "{who} is recorded as {sex} and {locus} shows {alleles}, {shown}: look for "
                "a swapped sample, a lost Y copy or a wrong record. Sex is not part of the "
                "ratio.",
                {
                    "who": person,
                    "sex": str(sex),
                    "locus": name,
                    "alleles": alleles,
                    "shown": str(shown),
                },
            )
