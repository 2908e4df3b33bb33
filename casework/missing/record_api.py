"""Missing persons over the API, by question: what stands, what was said, saying more."""

from casework.missing.opening import open_person
from casework.missing.queries import get_missing_person, get_own_missing_person
from casework.missing.statements import MISSING_PERSON
from casework.statements.spoken_routes import SpokenOf, record_api
from privacy.permissions import Permission

router = record_api(
    "/api/v1/missing",
    "missing persons",
    SpokenOf(
        called="a missing person",
        named="a_missing_person",
        described=MISSING_PERSON,
        reads=Permission.MISSING_READ,
        get=get_missing_person,
        get_own=get_own_missing_person,
        open=open_person,
    ),
)
