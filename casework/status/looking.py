"""Looking up a code at the door: slow to guess, and the same for every wrong answer.

Counted is by code and network, and by the network alone, as at the sign-in; not by the code
alone: whoever found a slip could then keep a family from its own page.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from casework.signin.throttling import FREE_BY_NAME, FREE_BY_NETWORK, NAME_DIGITS, Bucket
from casework.status.actions import secret_of
from casework.status.model import PublicLine, StatusCode
from casework.status.queries import find_typed, institution_name, line_of, plain_code
from privacy.audit.log import Deed, record
from privacy.passwords import is_right
from privacy.permissions import DOOR


@dataclass(frozen=True, slots=True)
class Looked:
    """What the door reads for a right code."""

    code: StatusCode
    institution: str
    line: PublicLine | None


def buckets_of(code: str, network: str) -> tuple[Bucket, ...]:
    """Name what a look is counted by."""
    told = sha256(f"{network} {code}".encode()).hexdigest()[:NAME_DIGITS]
    return (
        Bucket(f"status:{told}:{network}"[:80], FREE_BY_NAME),
        Bucket(f"status:network:{network}"[:80], FREE_BY_NETWORK),
    )


def look_up(session: Session, code: str, pin: str, *, at: datetime) -> Looked | None:
    """Find what a code and its PIN open, and log the look; an unknown code takes as long."""
    found = find_typed(session, code)
    digits = "".join(each for each in pin if each.isdecimal())
    right = is_right(secret_of(plain_code(code), digits), found.pin_hash if found else None)
    if found is None or not right:
        # Without what was typed; with whose it is, if the code was right.
        about = found.reference if found else None
        record(session, Deed.STATUS_REFUSED, by=DOOR, at=at, about=about)
        return None
    record(session, Deed.STATUS_READ, by=DOOR, at=at, about=found.reference)
    return Looked(
        found,
        institution_name(session, found.institution_id),
        line_of(session, found.institution_id),
    )
