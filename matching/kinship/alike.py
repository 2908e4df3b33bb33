"""Profiles that are the same, or nearly: one person twice, twins, or one who touched a sample.

Nothing is weighed here. Profiles are compared as they are written, whatever frequencies they
are weighed by; loci and alleles may be spelt in different ways.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kinship.amelogenin import is_amelogenin
from matching.kinship.loci import repeats_of
from matching.kinship.profiles import plain_name

FEWEST_LOCI = 10
"""Brothers and sisters agree at a locus in 4 of 10 cases: at so many loci they hardly do by
chance (1 in 500, one locus differing allowed); our choice."""

MOST_DIFFERING = 1
"""One mistyped or mutated locus hides nobody; our choice."""

Markers = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile and whose it is: ``where`` is a case, a family or the staff."""

    where: str
    who: str
    markers: Markers
    may_have_lost: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Two profiles that agree at ``loci`` less ``differing`` loci.

    Where ``is_part`` all that the one shows is the other's, which it may be a part of.
    """

    one: int
    other: int
    loci: int
    differing: int
    is_part: bool = False


def markers_of(written: Any) -> Markers:
    """Read what a profile shows, by plain names of loci; what is no profile shows nothing."""
    if not isinstance(written, Mapping):
        return {}
    found = {}
    for name, value in written.items():
        listed = value if isinstance(value, list) else [value]
        alleles = frozenset(_plain_allele(each) for each in listed if each not in {None, ""})
        if alleles and not is_amelogenin(str(name)):
            found[plain_name(str(name))] = alleles
    return found


def alike_in(profiles: Sequence[Profile]) -> Iterator[Alike]:
    """Find every two profiles that are the same but for a locus.

    Profiles that may have lost alleles are found too where all that they show is another's.
    """
    codes = _codes(profiles)
    for one in range(len(profiles) - 1):
        shared = (codes[:, one, None] > 0) & (codes[:, one + 1 :] > 0)
        same = shared & (codes[:, one, None] == codes[:, one + 1 :])
        loci, agreeing = shared.sum(axis=0), same.sum(axis=0)
        is_near = (loci >= FEWEST_LOCI) & (loci - agreeing <= MOST_DIFFERING)
        for at in np.flatnonzero(is_near).tolist():
            yield Alike(one, one + 1 + at, int(loci[at]), int(loci[at] - agreeing[at]))
    lossy = [at for at, each in enumerate(profiles) if each.may_have_lost]
    for at in lossy:
        yield from _parts(profiles, at)


def _parts(profiles: Sequence[Profile], at: int) -> Iterator[Alike]:
    """Find whose alleles hold all that a lossy profile shows, though fewer."""
    own = profiles[at].markers
    for other, each in enumerate(profiles):
        shared = own.keys() & each.markers.keys()
        if other == at or len(shared) < FEWEST_LOCI:
            continue
        beyond = sum(not own[name] <= each.markers[name] for name in shared)
        fewer = sum(own[name] < each.markers[name] for name in shared)
        if beyond <= MOST_DIFFERING < beyond + fewer:
            yield Alike(at, other, len(shared), beyond, is_part=True)


def _codes(profiles: Sequence[Profile]) -> NDArray[np.int32]:
    """Give what each locus shows a number, 0 for nothing; shape (n_loci, n_profiles)."""
    names = list(dict.fromkeys(name for each in profiles for name in each.markers))
    codes = np.zeros((len(names), len(profiles)), dtype=np.int32)
    for row, name in enumerate(names):
        places: dict[frozenset[str], int] = {}
        for at, each in enumerate(profiles):
            if name in each.markers:
                codes[row, at] = places.setdefault(each.markers[name], len(places) + 1)
    return codes


def _plain_allele(allele: Any) -> str:
    text = str(allele).strip()
    number = repeats_of(text)
    return text if number is None else f"{number:g}"
