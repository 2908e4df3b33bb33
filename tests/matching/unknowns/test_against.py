"""The strongest argument against a pairing is found, and one is always looked for."""

import pytest

from matching.evidence.weight import Kind
from matching.explanation import Side
from matching.unknowns.against import Against, Argument, argument_against
from matching.unknowns.answers import Expected
from matching.unknowns.worth import Worth

TEETH = Worth(Kind.TEETH, Side.MISSING, Expected(1.8, -2.0, 0.5, 2.5))
SEX = Worth(Kind.SEX, Side.REMAINS, Expected(0.2, -0.05, 0.1, 0.3))


@pytest.mark.parametrize(
    ("weights", "unknown", "others", "argument"),
    [
        (
            {Kind.AGE: -0.4, Kind.PLACE: -1.2, Kind.TEETH: 3.0},
            (TEETH,),
            4,
            Argument(Against.KIND, Kind.PLACE, -1.2, 4),
        ),
        ({Kind.AGE: -0.05}, (TEETH,), 4, Argument(Against.OTHERS, None, 0.0, 4)),
        ({Kind.AGE: 0.3}, (SEX, TEETH), 0, Argument(Against.UNKNOWN, Kind.TEETH, -2.0, 0)),
        ({Kind.AGE: 0.3}, (SEX,), 0, Argument(Against.NOTHING, None, 0.0, 0)),
        ({}, (), 0, Argument(Against.NOTHING, None, 0.0, 0)),
    ],
)
def test_first_what_speaks_against_then_who_else_fits_then_what_nobody_knows(
    weights, unknown, others, argument
):
    assert argument_against(weights, unknown, others) == argument
