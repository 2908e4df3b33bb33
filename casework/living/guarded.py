"""People alive as the policies know them: each attribute as SQL, and as a value of a row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.living.model import (
    LivingPerson,
    LivingPersonArticle,
    LivingPersonDecision,
    LivingPersonMark,
    LivingPersonName,
    LivingPersonStatement,
    LivingPersonVersion,
)
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import (
    Facts,
    Guarded,
    Part,
    Plain,
    guard,
    guard_part,
    listed,
    plain,
)


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    del session, viewer, at  # all that decides stands in the row
    return [
        {
            "owner": row.owner_institution_id,
            "restricted": row.restricted_at is not None,
            "country_restrictions": row.country_restrictions,
            "agreed": row.search_consent is SearchConsent.GRANTED,
        }
        for row in rows
    ]


guard(
    Guarded(
        model=LivingPerson,
        kind="LivingPerson",
        exists=Permission.LIVING_READ,
        attributes={
            "owner": plain(LivingPerson.owner_institution_id),
            "restricted": Plain(lambda _asked: LivingPerson.restricted_at.is_not(None)),
            "country_restrictions": listed(LivingPerson.country_restrictions),
            # Their own yes alone: what is done for somebody's life stays where they lie.
            "agreed": Plain(
                lambda _asked: LivingPerson.search_consent == SearchConsent.GRANTED
            ),
        },
        facts_of=_facts_of,
    )
)
guard_part(Part(LivingPersonName, LivingPerson, Permission.LIVING_IDENTITY_READ))
guard_part(Part(LivingPersonStatement, LivingPerson, Permission.LIVING_READ))
guard_part(Part(LivingPersonVersion, LivingPerson, Permission.LIVING_CONTACT_READ))
guard_part(Part(LivingPersonMark, LivingPerson, Permission.LIVING_BODY_READ))
guard_part(Part(LivingPersonArticle, LivingPerson, Permission.LIVING_READ))
guard_part(Part(LivingPersonDecision, LivingPerson, Permission.LIVING_CONTACT_READ))
