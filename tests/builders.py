"""Records for tests: valid by default, so that a test states only what it is about.

`owner` is a viewer; the record belongs to their institution. The session must be one that
may write it: the owner's own, or the keeper's.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.codes import Answer, Condition, RemainsSex, Sex
from casework.desk.model import OfficeRequest
from casework.envelope import SearchConsent
from casework.families.model import Kinship, Relative
from casework.incidents.model import Incident, IncidentKind
from casework.links.model import MissingPersonLink, Saying
from casework.living.model import LivingPerson, LivingPersonName
from casework.missing.model import MissingPerson, PersonName
from casework.record_codes import Communication, NameKind, WhereSeen
from casework.references import Prefix, new_reference
from casework.remains.model import Remains
from privacy.consent.ledger import CATEGORY_OF, Case, live, withdraw
from privacy.consent.model import Consent, Decision, LegalBasis
from privacy.context import go_on_as
from privacy.permissions import KEEPER, Viewer

ENTERED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
# Later than the clock of any machine that runs these tests: the database reads its own.
EXPIRES = datetime(2126, 3, 1, 9, 0, tzinfo=UTC)


def a_missing_person(
    session: Session,
    owner: Viewer,
    *,
    given_names: str = "Marisol",
    surname_1: str = "Inventada",
    surname_2: str = "",
    grants: Iterable[tuple[str, str, str]] | None = None,
    grants_expire: datetime = EXPIRES,
    **stated: Any,
) -> MissingPerson:
    """Enter the report of an invented woman last heard from in Tapachula.

    `grants`: (category, purpose, recipient) of what her mother agreed to; left out, all that
    forensic institutions and the consulates of her nationalities may be granted, unless
    `search_consent` says that nobody granted anything.
    """
    legal = PersonName(
        kind=NameKind.LEGAL,
        given_names=given_names,
        surname_1=surname_1,
        surname_2=surname_2,
    )
    usual = {
        "names": [legal],
        "sex": Sex.FEMALE,
        "age_min": 24.0,
        "age_max": 24.0,
        "stature_cm_min": 155.0,
        "stature_cm_max": 160.0,
        "last_contact_from": date(2025, 6, 3),
        "last_contact_to": date(2025, 6, 3),
        "country": "MX",
        "place": "Tapachula",
        "lat": 14.9,
        "lon": -92.26,
        "radius_km": 10.0,
        "nationalities": ["HN"],
        "search_consent": SearchConsent.GRANTED,
    }
    envelope = _envelope(owner, Prefix.MISSING_PERSON)
    said = _answered(envelope | usual | stated)
    with _as_keeper(session):
        person = _entered(session, MissingPerson(**said))
        _consent(session, person, said["search_consent"], grants, grants_expire)
    return person


def a_relative(session: Session, person: MissingPerson, **stated: Any) -> Relative:
    """Enter somebody who gives information about `person`: her mother, by default."""
    usual = {
        "missing_person_id": person.id,
        "kinship": Kinship.MOTHER,
        "language": "es",
        "name": "Rosa Inventada",
        "contact": "+504 0000 0000",
        "entered_at": ENTERED,
    }
    with _as_keeper(session):
        return _entered(session, Relative(**(usual | stated)))


def grant_of(
    session: Session,
    person: MissingPerson,
    *items: tuple[str, str, str],
    giver: Relative | None = None,
    **stated: Any,
) -> list[Consent]:
    """Enter grants of (category, purpose, recipient) by a relative of `person`."""
    giver = giver or a_relative(session, person)
    usual = {
        "missing_person_id": person.id,
        "owner_institution_id": person.owner_institution_id,
        "protected": person.protected,
        "giver_id": giver.id,
        "decision": Decision.GRANTED,
        "legal_basis": LegalBasis.CONSENT,
        "valid_from": ENTERED,
        "expires": EXPIRES,
        "form_version": "2026.1",
        "language": "es",
        "recorded_at": ENTERED,
        "recorded_by": 0,
    }
    entries = [
        Consent(
            **(
                usual
                | {"data_category": category, "purpose": purpose, "recipient": to}
                | stated
            )
        )
        for category, purpose, to in items
    ]
    with _as_keeper(session):
        session.add_all(entries)
        session.flush()
        if person in session:
            session.refresh(person, ["search_consent", "search_until"])
    return entries


def link_neighbours(session: Session, viewer: Viewer) -> None:
    """Say of each two people who stand side by side for `viewer` that they are one."""
    seen = session.scalars(sa.select(MissingPerson.id).order_by(MissingPerson.id)).all()
    said = {
        "saying": Saying.SAME_PERSON,
        "entered_by": viewer.account_id,
        "institution_id": viewer.institution_id,
        "entered_at": ENTERED,
    }
    rows = [{"seal_id": uuid4(), "case_id": a, "other_id": b} | said for a, b in pairwise(seen)]
    session.execute(sa.insert(MissingPersonLink.__table__), rows)


def ask_about(
    session: Session, dice: Any, people: Sequence[int | None], offices: Sequence[int]
) -> None:
    """Let offices ask things of each other about some people, and about nobody."""
    usual = {"kind": "record", "due_on": ENTERED.date(), "sent_at": ENTERED, "sent_by": 0}
    rows = [
        {
            "seal_id": uuid4(),
            "missing_person_id": dice.choice(people),
            "from_institution_id": dice.choice(offices),
            "to_institution_id": dice.choice(offices),
        }
        | usual
        for _ in people
    ]
    session.execute(sa.insert(OfficeRequest.__table__), rows)


def withdraw_all(session: Session, person: MissingPerson) -> None:
    """Take back every grant about `person`, as if each giver had asked for it."""
    by = replace(KEEPER, institution_id=person.owner_institution_id)
    case = Case(person.id, person.reference, person.owner_institution_id, person.protected)
    with _as_keeper(session):
        granted = session.scalars(
            sa.select(Consent).where(Consent.missing_person_id == person.id, live(ENTERED))
        ).all()
        for each in granted:
            withdraw(session, by, case, each, at=ENTERED)
        if person in session:
            session.refresh(person, ["search_consent", "search_until"])


def all_grants(nationalities: Iterable[str]) -> list[tuple[str, str, str]]:
    """List what a mother grants who grants all that can be asked on the form."""
    consulates = [f"consulate:{each}" for each in nationalities if len(each) == 2]
    groups = [each.value for each in CATEGORY_OF.values()]
    looked_for = [(group, "search", to) for to in ("forensic", *consulates) for group in groups]
    told = [(group, "notify", to) for to in ("forensic", *consulates) for group in groups]
    return looked_for + told


def _consent(
    session: Session,
    person: MissingPerson,
    said: SearchConsent,
    grants: Iterable[tuple[str, str, str]] | None,
    expires: datetime,
) -> None:
    if grants is None and said is SearchConsent.GRANTED:
        grants = all_grants(person.nationalities)
    if said is SearchConsent.REFUSED:
        refused = {"decision": Decision.REFUSED, "expires": None}
        grant_of(session, person, ("circumstances", "search", "forensic"), **refused)
    if grants:
        grant_of(session, person, *grants, expires=expires)


@contextmanager
def _as_keeper(session: Session) -> Iterator[None]:
    """Enter as the keeper does, whoever's session it is, and go on as them."""
    before = session.info["viewer"]
    go_on_as(session, KEEPER)
    yield
    go_on_as(session, before)


def remains_found(session: Session, owner: Viewer, **stated: Any) -> Remains:
    """Enter the remains of an invented woman, found near Arriaga."""
    usual = {
        "post_mortem_number": "PM-INVENTADO-1",
        "sex": RemainsSex.PROBABLE_FEMALE,
        "age_min": 20.0,
        "age_max": 30.0,
        "stature_cm_min": 152.0,
        "stature_cm_max": 161.0,
        "found_from": date(2025, 9, 14),
        "found_to": date(2025, 9, 14),
        "condition": Condition.SKELETONISED_ARTICULATED,
        "country": "MX",
        "place": "Arriaga",
        "lat": 16.23,
        "lon": -93.9,
        "radius_km": 2.0,
        "search_consent": SearchConsent.PUBLIC_INTEREST,
    }
    envelope = _envelope(owner, Prefix.REMAINS)
    return _entered(session, Remains(**_answered(envelope | usual | stated)))


def somebody_alive(session: Session, owner: Viewer, **stated: Any) -> LivingPerson:
    """Enter an invented woman in a hospital of Chiapas, who cannot say who she is."""
    usual = {
        "names": [LivingPersonName(kind=NameKind.OTHER, given_names="Cama 7 Inventada")],
        "where_seen": WhereSeen.HOSPITAL,
        "communication": Communication.UNCONSCIOUS,
        "sex": Sex.FEMALE,
        "age_min": 20.0,
        "age_max": 30.0,
        "found_from": date(2025, 6, 9),
        "found_to": date(2025, 6, 12),
        "country": "MX",
        "admin1": "Chiapas",
        "host": "Hospital Inventado",
        "search_consent": SearchConsent.NOT_ASKED,
    }
    envelope = _envelope(owner, Prefix.LIVING_PERSON)
    with _as_keeper(session):
        return _entered(session, LivingPerson(**_answered(envelope | usual | stated)))


def an_incident(session: Session, **stated: Any) -> Incident:
    """Enter an invented incident in the Darién with two dead and one missing."""
    usual = {
        "reference": new_reference(Prefix.INCIDENT),
        "source_scheme": "invented",
        "source_key": uuid4().hex,
        "content_hash": "0" * 64,
        "invented": True,
        "recorded_at": ENTERED,
        "changed_at": ENTERED,
        "kind": IncidentKind.INCIDENT,
        "date_from": date(2025, 5, 2),
        "date_to": date(2025, 5, 2),
        "dead": 2,
        "missing": 1,
        "causes": ["Drowning"],
        "country": "PA",
        "route": "Darien",
        "place": "Río Turquesa",
        "lat": 8.2,
        "lon": -77.6,
        "radius_km": 5.0,
        "sources": ["Fuente inventada"],
    }
    return _entered(session, Incident(**(usual | stated)))


def _envelope(owner: Viewer, prefix: Prefix) -> dict[str, Any]:
    return {
        "reference": new_reference(prefix),
        "record_id": f"test.invalid/{uuid4()}",
        "owner_institution_id": owner.institution_id,
        "owner_country": owner.country,
        "entered_at": ENTERED,
        "changed_at": ENTERED,
        "review_due_on": ENTERED.date() + timedelta(days=365),
        "expires_on": ENTERED.date() + timedelta(days=5 * 365),
        "invented": True,
    }


def _answered(stated: dict[str, Any]) -> dict[str, Any]:
    """Say of marks and articles that they were recorded wherever there are some."""
    answered = dict(stated)
    articles = stated.get("articles", [])
    for answer, items in (
        ("marks_answer", stated.get("marks", [])),
        ("clothing_answer", [each for each in articles if each.worn]),
        ("belongings_answer", [each for each in articles if not each.worn]),
    ):
        if items:
            answered.setdefault(answer, Answer.RECORDED)
    return answered


def _entered(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row
