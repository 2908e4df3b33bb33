"""Remains over the API, by question: what stands, what was said, saying more."""

from casework.remains.opening import open_remains
from casework.remains.queries import get_own_remains, get_remains
from casework.remains.statements import REMAINS
from casework.statements.spoken_routes import SpokenOf, record_api
from privacy.permissions import Permission

router = record_api(
    "/api/v1/remains",
    "remains",
    SpokenOf(
        called="one person's remains",
        named="remains",
        described=REMAINS,
        reads=Permission.REMAINS_READ,
        get=get_remains,
        get_own=get_own_remains,
        open=open_remains,
    ),
)
