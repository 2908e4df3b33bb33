"""Incidents as the policies know them: nobody is named, so that only the duty decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework.incidents.model import Incident
from privacy.permissions import Permission, Viewer
from privacy.policy.guarded import Facts, Guarded, guard


def _facts_of(
    session: Session, viewer: Viewer, rows: Sequence[Any], at: datetime
) -> list[Facts]:
    del session, viewer, at
    return [{} for _ in rows]


guard(Guarded(Incident, "Incident", Permission.INCIDENT_READ, {}, _facts_of))
