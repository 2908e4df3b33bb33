"""Missing persons as the policies know them: each attribute as SQL, and as a value of a row."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.missing.model import (
    MissingPerson,
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonStatement,
    MissingPersonVersion,
    PersonName,
)
from privacy.consent.ledger import (
    CATEGORY_OF,
    granted_to,
    live,
    may_be_searched,
    not_refused_to,
)
from privacy.consent.model import Consent
from privacy.model import Reveals
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import (
    Asked,
    Attribute,
    Condition,
    Facts,
    GrantedTo,
    Guarded,
    Part,
    Plain,
    guard,
    guard_part,
    listed,
    plain,
)

# A grant for justice is in the ledger; no rule opens a file for it yet.
PURPOSES = ("search", "identify", "notify")
_GROUP_OF = {category: group for group, category in CATEGORY_OF.items()}
_SEARCHED = (SearchConsent.GRANTED, SearchConsent.PUBLIC_INTEREST)


def _grants(group: Reveals) -> dict[str, Attribute]:
    def reaches(
        asked: Asked, recipients: Collection[str], purposes: Sequence[str]
    ) -> Condition:
        return granted_to(
            MissingPerson.id,
            [CATEGORY_OF[group]],
            recipients=recipients,
            purposes=purposes,
            at=asked.at,
        )

    return {
        f"{group.value}.{purpose}": GrantedTo(group.value, purpose, reaches)
        for purpose in PURPOSES
    }


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    # The ledger is read with the session's own sight; who was refused is asked of the viewer.
    granted = _granted(session, viewer, [row.id for row in rows], at)
    return [
        {
            "owner": row.owner_institution_id,
            "country": row.owner_country,
            "nationalities": row.nationalities,
            "protected": row.protected,
            "restricted": row.restricted_at is not None,
            "country_restrictions": row.country_restrictions,
            "searchable": _is_searchable(row, at),
            **granted[row.id],
        }
        for row in rows
    ]


def _is_searchable(row: MissingPerson, at: datetime) -> bool:
    until = row.search_until
    return row.search_consent in _SEARCHED and until is not None and until > at


def _granted(
    session: Session, viewer: Viewer, case_ids: Sequence[int], at: datetime
) -> dict[int, dict[str, dict[str, set[str]]]]:
    found: dict[int, dict[str, dict[str, set[str]]]] = {
        case_id: {
            group.value: {purpose: set() for purpose in PURPOSES} for group in CATEGORY_OF
        }
        for case_id in case_ids
    }
    entries = session.execute(
        sa.select(
            Consent.missing_person_id,
            Consent.data_category,
            Consent.purpose,
            Consent.recipient,
        ).where(
            Consent.missing_person_id.in_(case_ids),
            Consent.purpose.in_(PURPOSES),
            not_refused_to(viewer.recipients),
            live(at),
        )
    )
    for case_id, category, purpose, recipient in entries:
        if (group := _GROUP_OF.get(category)) is not None:
            found[case_id][group.value][purpose.value].add(recipient)
    return found


guard(
    Guarded(
        model=MissingPerson,
        kind="MissingPerson",
        exists=Permission.MISSING_READ,
        attributes={
            "owner": plain(MissingPerson.owner_institution_id),
            "country": plain(MissingPerson.owner_country),
            "nationalities": listed(MissingPerson.nationalities),
            "protected": plain(MissingPerson.protected),
            "restricted": Plain(lambda _asked: MissingPerson.restricted_at.is_not(None)),
            "country_restrictions": listed(MissingPerson.country_restrictions),
            "searchable": Plain(
                lambda asked: sa.func.coalesce(
                    may_be_searched(
                        MissingPerson.search_consent, MissingPerson.search_until, asked.at
                    ),
                    sa.false(),
                )
            ),
            **_grants(Reveals.CIRCUMSTANCE),
            **_grants(Reveals.IDENTITY),
            **_grants(Reveals.CONTACT),
            **_grants(Reveals.BODY),
            **_grants(Reveals.DNA),
        },
        facts_of=_facts_of,
    )
)
guard_part(Part(PersonName, MissingPerson, Permission.MISSING_IDENTITY_READ))
guard_part(Part(MissingPersonStatement, MissingPerson, Permission.MISSING_READ))
guard_part(Part(MissingPersonVersion, MissingPerson, Permission.MISSING_IDENTITY_READ))
guard_part(Part(MissingPersonMark, MissingPerson, Permission.MISSING_BODY_READ))
guard_part(Part(MissingPersonArticle, MissingPerson, Permission.MISSING_READ))
