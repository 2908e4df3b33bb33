"""Remains as the policies know them: each attribute as SQL, and as a value of a row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.remains.model import (
    Remains,
    RemainsArticle,
    RemainsMark,
    RemainsStatement,
    RemainsVersion,
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

_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    del session, viewer, at  # all that decides stands in the row
    return [
        {
            "owner": row.owner_institution_id,
            "country": row.owner_country,
            "restricted": row.restricted_at is not None,
            "country_restrictions": row.country_restrictions,
            "searchable": row.search_consent in _SEARCHED,
        }
        for row in rows
    ]


guard(
    Guarded(
        model=Remains,
        kind="Remains",
        exists=Permission.REMAINS_READ,
        attributes={
            "owner": plain(Remains.owner_institution_id),
            "country": plain(Remains.owner_country),
            "restricted": Plain(lambda _asked: Remains.restricted_at.is_not(None)),
            "country_restrictions": listed(Remains.country_restrictions),
            "searchable": Plain(lambda _asked: Remains.search_consent.in_(_SEARCHED)),
        },
        facts_of=_facts_of,
    )
)
guard_part(Part(RemainsStatement, Remains, Permission.REMAINS_READ))
guard_part(Part(RemainsVersion, Remains, Permission.REMAINS_IDENTITY_READ))
guard_part(Part(RemainsMark, Remains, Permission.REMAINS_BODY_READ))
guard_part(Part(RemainsArticle, Remains, Permission.REMAINS_READ))
