"""A pair at the gate, as identifications have it."""

from tests.casework.identifications.conftest import at_gate, identifier  # noqa: F401
from tests.casework.review.conftest import pair, staff  # noqa: F401
