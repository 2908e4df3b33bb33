"""What an institution declared with its file, entered into the ledger of consents.

The registry does not know whom the institution asked, so each file gets one unnamed giver of
its own: a relative who speaks to us directly later has entries beside these, and neither
takes anything back from the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.envelope import SearchConsent
from casework.families.model import Kinship, Relative
from casework.imports.keeping import Draft, Kept, ids_by_key
from casework.missing.model import MissingPerson
from privacy.consent.ledger import (
    SEARCHABLE,
    Case,
    Giver,
    Item,
    Said,
    Told,
    enter_many,
    live,
    refuse,
)
from privacy.consent.model import Consent, ConsentPurpose, Decision, LegalBasis
from privacy.consent.recipients import FORENSIC
from privacy.permissions import Viewer

FILE = "file"
"""Stands as the form's version of an entry that no form was filled in for."""

# What "the family agreed to the search" meant in the files of issue 2, and not a word more:
# no name, no contact, no consulate.
DECLARED = tuple(Item(each, ConsentPurpose.SEARCH, FORENSIC) for each in SEARCHABLE)
PUBLISHED = (
    "Publicado por la propia fuente para que se busque a la persona; se usa solo para "
    "compararla con restos sin nombre, dentro de instituciones forenses."
)


def enter_declared(
    session: Session,
    owner: Viewer,
    drafts: Sequence[Draft],
    outcomes: Sequence[Kept],
    *,
    source: str,
    at: datetime,
) -> None:
    """Enter what was declared with the people of a file who are new or were changed."""
    said: dict[str, SearchConsent] = {}
    for draft, outcome in zip(drafts, outcomes, strict=True):
        declared = draft.columns["search_consent"]
        is_new = outcome is Kept.ADDED and declared is not SearchConsent.NOT_ASKED
        took_back = outcome is Kept.UPDATED and declared is SearchConsent.REFUSED
        if is_new or took_back:
            said[draft.key] = declared
    new = [each for each in _cases(session, owner, source, said) if each.key in said]
    strangers = [each for each in new if not each.is_known]
    _enter_new(session, owner, strangers, said, at=at)
    for each in new:
        if each.is_known:
            _take_back(session, owner, each, at)


@dataclass(frozen=True, slots=True)
class _Declared:
    """A file's person, with the giver that an earlier file made for them."""

    case: Case
    key: str
    expires: datetime
    giver_id: int | None

    @property
    def is_known(self) -> bool:
        return self.giver_id is not None


def _cases(
    session: Session, owner: Viewer, source: str, said: Mapping[str, SearchConsent]
) -> list[_Declared]:
    """Find the people of the file, and whom an earlier file spoke for."""
    scope = {
        "owner_institution_id": owner.institution_id,
        "origin_source_name": source,
    }
    ids = ids_by_key(session, MissingPerson, said, key="origin_record_id", scope=scope)
    giver = (
        sa.select(sa.func.max(Consent.giver_id))
        .where(Consent.missing_person_id == MissingPerson.id, Consent.form_version == FILE)
        .scalar_subquery()
    )
    rows = session.execute(
        sa.select(
            MissingPerson.id,
            MissingPerson.reference,
            MissingPerson.owner_institution_id,
            MissingPerson.protected,
            MissingPerson.origin_record_id,
            sa.cast(MissingPerson.expires_on, sa.DateTime(timezone=True)),
            giver,
        ).where(MissingPerson.id.in_(list(ids.values())))
    )
    return [_Declared(Case(*row[:4]), row[4], row[5], row[6]) for row in rows]


def _enter_new(
    session: Session,
    owner: Viewer,
    people: Sequence[_Declared],
    said: Mapping[str, SearchConsent],
    *,
    at: datetime,
) -> None:
    asked = [each for each in people if said[each.key] is not SearchConsent.PUBLIC_INTEREST]
    givers = {each.key: _unnamed(each, at) for each in asked}
    session.add_all(givers.values())
    session.flush()
    for decision, consent in (
        (Decision.GRANTED, SearchConsent.GRANTED),
        (Decision.GRANTED, SearchConsent.PUBLIC_INTEREST),
        (Decision.REFUSED, SearchConsent.REFUSED),
    ):
        enter_many(
            session,
            owner,
            [
                Said(each.case, _giver(givers.get(each.key)), DECLARED, each.expires)
                for each in people
                if said[each.key] is consent
            ],
            Told(form_version=FILE),
            decision=decision,
            at=at,
        )


def _take_back(session: Session, owner: Viewer, person: _Declared, at: datetime) -> None:
    """Let a newer file's no end what an older file of the same institution granted."""
    of_giver = Consent.giver_id == person.giver_id
    if not session.scalar(sa.select(sa.exists().where(of_giver, live(at)))):
        return
    said = Said(person.case, Giver(relative_id=person.giver_id), DECLARED)
    refuse(session, owner, said, Told(form_version=FILE), at=at)


def _unnamed(person: _Declared, at: datetime) -> Relative:
    return Relative(
        missing_person_id=person.case.missing_person_id,
        kinship=Kinship.UNKNOWN,
        entered_at=at,
    )


def _giver(relative: Relative | None) -> Giver:
    if relative is None:
        return Giver(basis=LegalBasis.PUBLIC_INTEREST, assessment=PUBLISHED)
    return Giver(relative_id=relative.id)
