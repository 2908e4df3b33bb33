"""Records for tests: valid by default, so that a test states only what it is about.

`owner` is a viewer; the record belongs to their institution. The session must be one that
may write it: the owner's own, or the keeper's.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from casework.codes import Answer, Condition, RemainsSex, Sex
from casework.envelope import SearchConsent
from casework.incidents.model import Incident, IncidentKind
from casework.missing.model import MissingPerson, NameKind, PersonName
from casework.references import Prefix, new_reference
from casework.remains.model import Remains
from privacy.permissions import Viewer

ENTERED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def a_missing_person(
    session: Session,
    owner: Viewer,
    *,
    given_names: str = "Marisol",
    surname_1: str = "Inventada",
    surname_2: str = "",
    **stated: Any,
) -> MissingPerson:
    """Enter the report of an invented woman last heard from in Tapachula."""
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
    return _entered(session, MissingPerson(**_answered(envelope | usual | stated)))


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
