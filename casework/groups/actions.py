"""Entering a group, and saying who was in it: allowed, done and recorded in one deed."""

import secrets
from typing import Any

from casework.groups.model import TravelGroup, TravelGroupFact
from casework.groups.queries import MEMBER
from casework.groups.rules import (
    GroupDraft,
    MemberDraft,
    refusal_to_describe,
    refusal_to_say,
)
from casework.links.kinds import PEOPLE
from casework.links.queries import Asking
from casework.references import ALPHABET, Prefix, new_reference
from privacy.audit.log import Deed, record
from privacy.permissions import Permission, demand

ENTRY_LETTERS = 6


def enter_group(asking: Asking, draft: GroupDraft, *, invented: bool = False) -> TravelGroup:
    """Enter a group with what is said of it.

    Raises
    ------
    NotPermitted
        If the duty does not say such things.
    InvalidInput
        If what is said does not fit.
    """
    demand(asking.viewer, Permission.LINK_RECORD)
    if refusal := refusal_to_describe(draft):
        raise refusal
    group = TravelGroup(
        reference=new_reference(Prefix.TRAVEL_GROUP),
        invented=invented,
        entered_by=asking.viewer.account_id,
        institution_id=asking.viewer.institution_id,
        entered_at=asking.at,
    )
    asking.session.add(group)
    asking.session.flush()
    _record(asking, Deed.GROUP_ENTERED, group)
    _add_facts(asking, group, draft)
    return group


def describe_group(asking: Asking, group: TravelGroup, draft: GroupDraft) -> None:
    """Say anew what is known of a group already opened; what was said before stays.

    Raises
    ------
    NotPermitted
        If the duty does not say such things.
    InvalidInput
        If what is said does not fit.
    """
    demand(asking.viewer, Permission.LINK_RECORD)
    if refusal := refusal_to_describe(draft):
        raise refusal
    _add_facts(asking, group, draft)
    _record(asking, Deed.GROUP_DESCRIBED, group)


def say_of_member(asking: Asking, group: TravelGroup, case: Any, draft: MemberDraft) -> Any:
    """Say whether a record already opened was in a group, or somebody told of in it.

    Raises
    ------
    NotPermitted
        If the duty does not say such things.
    InvalidInput
        If no reason is given, or one of the two is invented.
    """
    demand(asking.viewer, Permission.LINK_RECORD)
    if refusal := refusal_to_say(draft, group, case):
        raise refusal
    member = MEMBER[asking.kind.path](
        case=case,
        group_id=group.id,
        aboard=draft.aboard,
        told_by=draft.told_by,
        reason=draft.reason.strip(),
        entered_by=asking.viewer.account_id,
        institution_id=asking.viewer.institution_id,
        entered_at=asking.at,
    )
    if asking.kind is PEOPLE:
        member.outcome = draft.outcome
        member.words = draft.words.strip()
        member.entry = draft.entry or (_new_entry() if draft.words.strip() else "")
    asking.session.add(member)
    asking.session.flush()
    record(
        asking.session,
        Deed.GROUP_MEMBER_SAID,
        by=asking.viewer,
        at=asking.at,
        about=case.reference,
        concerning=[group.reference],
        saying=draft.aboard.value,
    )
    return member


def _new_entry() -> str:
    return "".join(secrets.choice(ALPHABET.lower()) for _ in range(ENTRY_LETTERS))


def _add_facts(asking: Asking, group: TravelGroup, draft: GroupDraft) -> None:
    asking.session.add(
        TravelGroupFact(
            group_id=group.id,
            kind=draft.kind,
            vessel=draft.vessel,
            registration=draft.registration,
            country=draft.country,
            place=draft.place,
            departed_from=draft.departed.earliest if draft.departed else None,
            departed_to=draft.departed.latest if draft.departed else None,
            aboard_min=draft.aboard_min,
            aboard_max=draft.aboard_max,
            incident_id=draft.incident_id,
            told_by=draft.told_by,
            entered_by=asking.viewer.account_id,
            institution_id=asking.viewer.institution_id,
            entered_at=asking.at,
        )
    )
    asking.session.flush()


def _record(asking: Asking, deed: Deed, group: TravelGroup) -> None:
    record(asking.session, deed, by=asking.viewer, at=asking.at, about=group.reference)
