"""The pair of the reviews' tests, and who gives it hours."""

from tests.casework.review.conftest import pair, staff  # noqa: F401 - used as fixtures
