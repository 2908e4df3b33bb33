"""Saying something of two records: allowed, done and recorded in one deed."""

from typing import Any

from casework.links.model import Saying
from casework.links.queries import Asking
from casework.links.rules import refusal_to_join, refusal_to_say
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, demand


def say_of_two(asking: Asking, one: Any, other: Any, saying: Saying, *, reason: str) -> Any:
    """Keep what somebody says of two records that they may read; neither record changes.

    Raises
    ------
    NotPermitted
        If the duty does not say such things.
    InvalidInput
        If it cannot be said of these two, or no reason is given.
    """
    demand(asking.viewer, Permission.LINK_RECORD)
    if refusal := refusal_to_join(one, other):
        raise refusal
    if refusal := refusal_to_say(saying, reason, asking.kind.sayable):
        raise refusal
    first, second = sorted((one, other), key=lambda row: int(row.id))
    link = asking.kind.link(
        case=first,
        other_id=second.id,
        saying=saying,
        reason=reason.strip(),
        entered_by=asking.viewer.account_id,
        institution_id=asking.viewer.institution_id,
        entered_at=asking.at,
    )
    asking.session.add(link)
    asking.session.flush()
    record(
        asking.session,
        Deed.LINK_SAID,
        by=asking.viewer,
        at=asking.at,
        about=one.reference,
        concerning=[other.reference],
        saying=saying.value,
    )
    return link
