"""How packed records lie in memory: the one place both packing and kernels read it from."""

import numpy as np

LANES = 32
"""Remains weighed side by side: 32 scores of two bytes fill one cache line."""

KINDS = 9
TABLE_KINDS = 5
SEX, AGE, STATURE, HAIR, EYES, TIME, PLACE, MARKS, CLOTHING = range(KINDS)
"""Kinds in the kernels' order: the first `TABLE_KINDS` are one look-up each."""

SHOWN_ORDER = (SEX, AGE, STATURE, TIME, PLACE, MARKS, HAIR, EYES, CLOTHING)
"""The kernels' kinds in the order of `matching.evidence.weight.Kind`."""

NOTHING = -1
ABSENT = 0
"""Length of a list: nothing recorded; "asked, has none"."""

UNDATED_MISSING = -(2**30)
UNDATED_REMAINS = 2**30

MISSING = np.dtype(
    [
        ("at", np.int32),
        ("row", np.int32, (TABLE_KINDS,)),
        ("dated", np.int32),
        ("earliest", np.int32),
        ("latest", np.int32),
        ("placed", np.int32),
        ("region", np.int32),
        ("x", np.float64),
        ("y", np.float64),
        ("z", np.float64),
        ("variance", np.float64),
        ("reach", np.float64),
        ("marks_at", np.int32),
        ("marks", np.int32),
        ("clothes_at", np.int32),
        ("clothes", np.int32),
    ],
    align=True,
)
"""A missing person. ``at``: position given by the caller; ``row``: start of their row of each
weight table, or `NOTHING`; days as ordinals; the point as a unit vector with km²; ``reach``:
how often remains lie where journeys from there end."""

REMAINS = np.dtype(
    [
        ("at", np.int32),
        ("column", np.int32, (TABLE_KINDS,)),
        ("dated", np.int32),
        ("earliest", np.int32),
        ("latest", np.int32),
        ("curve", np.int32),
        ("placed", np.int32),
        ("region", np.int32),
        ("x", np.float64),
        ("y", np.float64),
        ("z", np.float64),
        ("variance", np.float64),
        ("crowd", np.float64),
        ("found_per_day", np.float64),
        ("skin", np.float64),
        ("bone", np.float64),
        ("recovered", np.float64),
        ("marks_at", np.int32),
        ("marks", np.int32),
        ("clothes_at", np.int32),
        ("clothes", np.int32),
    ],
    align=True,
)
"""Remains. ``curve``: start of their curve of chances by day; ``crowd`` and
``found_per_day``: how often chance alone brings remains to this place and this day;
``skin``, ``bone``, ``recovered``: what could have been seen."""

THING = np.dtype(
    [
        ("group", np.int32),
        ("kind", np.int32),
        ("region", np.int32),
        ("detail", np.int32),
        ("side", np.int32),
        ("in_bone", np.int32),
        ("first", np.int32),
        ("code", np.int32),
        ("words_at", np.int32),
        ("words", np.int32),
        ("share", np.float64),
        ("ratio", np.float64, (5,)),
    ],
    align=True,
)
"""A mark or an article. Things told of equal ``code`` differ in words only; ``first`` says
that no thing of its group was told before it; ``share`` of lists with the group and ``ratio``
(by level of agreement) are filled only where told."""

RULES = np.dtype(
    [
        ("time_unrelated", np.float64),
        ("place_unrelated", np.float64),
        ("last_day", np.int32),
        ("scales_at", np.int32),
        ("scales", np.int32),
        ("marks_unrelated", np.float64),
        ("marks_listed", np.float64),
        ("marks_listed_when_none", np.float64),
        ("marks_words_none", np.float64),
        ("marks_ceiling", np.float64),
        ("marks_none_but_seen", np.float64),
        ("marks_none_on_both", np.float64),
        ("clothing_unrelated", np.float64),
        ("clothing_listed", np.float64),
        ("clothing_words_none", np.float64),
        ("clothing_ceiling", np.float64),
    ],
    align=True,
)
"""Numbers of the model that hold for every pair."""
