"""Small worlds and every assignment of them, written out: what the engine must agree with."""

from itertools import product

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from matching.joint import Companions, WeighedPairs, reason


def pairs_of(weights):
    """Lay a mapping of (left, right) to log10 ratios out as the engine takes it."""
    return WeighedPairs(
        [one for one, _ in weights],
        [other for _, other in weights],
        np.array([*weights.values()]),
    )


def believed(weights, sizes, prior, companions=None, **rest):
    """Reason about a mapping of pairs; give what was found and the posterior of each pair."""
    joint = reason(pairs_of(weights), sizes, prior, companions, **rest)
    return joint, dict(zip(weights, joint.posterior.tolist(), strict=True))


def assignments(pairs):
    """Give every set of pairs in which no record stands twice."""
    if not pairs:
        yield ()
        return
    first, *rest = pairs
    yield from assignments(rest)
    apart = [each for each in rest if each[0] != first[0] and each[1] != first[1]]
    for others in assignments(apart):
        yield (first, *others)


def every_way(odds, companions=None):
    """Give each assignment, with where each company ended, and its odds."""
    ends = _ends(companions) if companions else [({}, 1.0)]
    for where, share in ends:
        for chosen in assignments(list(odds)):
            weight = share
            for pair in chosen:
                weight *= odds[pair] * _factor(pair, where, companions)
            yield chosen, where, weight


def _ends(companions):
    names = sorted(set(companions.company.values()))
    shares = {**companions.share}
    shares[""] = 1 - sum(shares.values())
    for events in product(shares, repeat=len(names)):
        share = np.prod([shares[event] for event in events])
        yield dict(zip(names, events, strict=True)), share


def _factor(pair, where, companions):
    if companions is None or not companions.says_of(*pair):
        return 1.0
    event = companions.event[pair[1]]
    alike = companions.together**0.5
    if where[companions.company[pair[0]]] == event:
        return alike / companions.share[event] + 1 - alike
    return 1 - alike


def shares_of(odds, companions=None):
    """Give the probability of each pair by writing everything out."""
    ways = list(every_way(odds, companions))
    whole = sum(weight for *_, weight in ways)
    return {
        pair: sum(weight for chosen, _, weight in ways if pair in chosen) / whole
        for pair in odds
    }


FEW = settings(max_examples=40)  # each writes out hundreds of assignments
WEIGHTS = st.dictionaries(
    st.tuples(st.sampled_from(["m1", "m2", "m3", "m4"]), st.sampled_from(["r1", "r2", "r3"])),
    st.floats(-3, 8),
    min_size=1,
    max_size=9,
)
SIZES = (6, 5)
PRIORS = st.floats(0.001, 0.16)


@st.composite
def companies(draw):
    """Draw who travelled with whom and which remains were recovered together."""
    return Companions(
        company=draw(
            st.dictionaries(st.sampled_from(["m1", "m2", "m3", "m4"]), st.sampled_from("AB"))
        ),
        event=draw(st.dictionaries(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from("xy"))),
        share={"x": 0.3, "y": draw(st.sampled_from([0.2, 0.7]))},
        together=draw(st.floats(0.05, 0.95)),
    )
