"""How things told and seen lie in memory: the one place packing and kernels read it from."""

import numpy as np

TOLD = np.dtype(
    [
        ("group", np.int32),
        ("kind", np.int32),
        ("region", np.int32),
        ("detail", np.int32),
        ("side", np.int32),
        ("in_bone", np.int32),
        ("words_at", np.int32),
        ("words", np.int32),
        ("share", np.float64),
        ("there", np.float64),
        ("ratio", np.float64, (5,)),
    ],
    align=True,
)
"""A thing told. Codes are numbers of words, -1 where not said; ``share`` of lists that name
the group, ``there``: the ratio of its being on the list; ``ratio`` by level of agreement."""

SEEN = np.dtype(
    [
        ("group", np.int32),
        ("kind", np.int32),
        ("region", np.int32),
        ("detail", np.int32),
        ("side", np.int32),
        ("words_at", np.int32),
        ("words", np.int32),
    ],
    align=True,
)
"""A thing seen, in the numbers of the side that tells; -2 where that side never says it."""

RULES = np.dtype(
    [
        ("unrelated", np.float64),
        ("listed", np.float64),
        ("listed_when_none", np.float64),
        ("words_none", np.float64),
        ("ceiling", np.float64),
        ("none_but_seen", np.float64),
        ("none_on_both", np.float64),
    ],
    align=True,
)
"""Numbers of the model that hold for every pair of lists."""

ABSENT, UNKNOWN = 0, -1
"""Length of a list: "asked, has none"; nothing recorded."""
