"""Asking the ledger what is open to whom, in the words that the database's policies use."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from privacy.consent.model import Consent, DataCategory, Decision
from privacy.model import Reveals

CATEGORY_OF: Mapping[Reveals, DataCategory] = {
    Reveals.CIRCUMSTANCE: DataCategory.CIRCUMSTANCES,
    Reveals.IDENTITY: DataCategory.IDENTITY,
    Reveals.BODY: DataCategory.ANTEMORTEM,
    Reveals.CONTACT: DataCategory.CONTACT,
    Reveals.DNA: DataCategory.DNA,
}
"""Which consent opens which group of fields. A photo has a consent of its own."""
_GROUP_OF = {category: group for group, category in CATEGORY_OF.items()}


def live(at: datetime) -> sa.ColumnElement[bool]:
    """Say of an entry that it opens something now."""
    return sa.and_(
        Consent.decision == Decision.GRANTED,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= at,
        Consent.expires > at,
    )


def not_refused_to(recipients: Collection[str]) -> sa.ColumnElement[bool]:
    """Say of a grant that its giver has not said no since to any of `recipients`."""
    is_refused: sa.ColumnElement[bool] = Consent.closed_to.overlap(sorted(recipients))
    return sa.not_(is_refused)


def granted_to(
    case_id: sa.ColumnElement[int] | Any,
    categories: Collection[DataCategory],
    recipients: Collection[str],
    purposes: Collection[str],
    *,
    at: datetime,
) -> sa.ColumnElement[bool]:
    """Say of a file that a live grant opens one of `categories` to one of `recipients`.

    With OFFSET the ledger is asked case by case. Without, PostgreSQL reads it whole for a
    list of fifty, for it does not know how few rows a list takes.
    """
    return sa.exists(
        sa.select(sa.literal(1))
        .select_from(Consent)
        .where(
            Consent.missing_person_id == case_id,
            Consent.data_category.in_(sorted(categories)),
            Consent.purpose.in_(sorted(purposes)),
            Consent.recipient.in_(sorted(recipients)),
            not_refused_to(recipients),
            live(at),
        )
        .offset(sa.literal_column("0"))
    )


def may_be_searched(
    search_consent: sa.ColumnElement[Any] | Any,
    search_until: sa.ColumnElement[Any] | Any,
    at: datetime,
) -> sa.ColumnElement[bool]:
    """Say of a missing person's file that the search may use it now."""
    return sa.and_(
        sa.cast(search_consent, sa.Text).in_(("granted", "public_interest")),
        search_until > at,
    )


def grants_of(
    session: Session, case_ids: Sequence[int], purposes: Collection[str], *, at: datetime
) -> dict[int, dict[Reveals, frozenset[str]]]:
    """Give for each file, group by group, to whom it is open for any of `purposes`.

    As far as the session's viewer may read the ledger: grants that reach somebody else are
    not in it, nor those that their giver refused them since. A photo's consent is left out;
    ask the ledger for it by name.
    """
    rows = session.execute(
        sa.select(Consent.missing_person_id, Consent.data_category, Consent.recipient).where(
            Consent.missing_person_id.in_(case_ids),
            Consent.purpose.in_(sorted(purposes)),
            live(at),
        )
    )
    found: dict[int, dict[Reveals, set[str]]] = {case_id: {} for case_id in case_ids}
    for case_id, category, recipient in rows:
        if (group := _GROUP_OF.get(category)) is not None:
            found[case_id].setdefault(group, set()).add(recipient)
    return {
        case_id: {group: frozenset(names) for group, names in groups.items()}
        for case_id, groups in found.items()
    }
