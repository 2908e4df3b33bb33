"""People alive over the API, by question: what stands, what was said, saying more."""

from casework.living.opening import open_living
from casework.living.queries import get_living, get_own_living
from casework.living.statements import LIVING_PERSON
from casework.statements.spoken_routes import SpokenOf, record_api
from privacy.permissions import Permission

router = record_api(
    "/api/v1/living",
    "people alive",
    SpokenOf(
        called="somebody alive",
        named="somebody_alive",
        described=LIVING_PERSON,
        reads=Permission.LIVING_READ,
        get=get_living,
        get_own=get_own_living,
        open=open_living,
    ),
)
