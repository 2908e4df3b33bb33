"""Calling back what institutions hold of a record that is kept from their country from now on.

Whoever names the country need not see which copies are out: the keeper looks.
"""

from datetime import datetime
from typing import Any

from casework.database import Database
from casework.families.telling import call_back_from_countries
from casework.living.model import LivingPerson
from casework.missing.model import MissingPerson
from casework.remains.model import Remains
from privacy.permissions import KEEPER


def of_missing_person(database: Database, number: int, at: datetime) -> None:
    """Call back the copies of a missing person's file."""
    _call_back(database, MissingPerson, number, at)


def of_remains(database: Database, number: int, at: datetime) -> None:
    """Call back the copies of a record of remains."""
    _call_back(database, Remains, number, at)


def of_living_person(database: Database, number: int, at: datetime) -> None:
    """Call back the copies of a record of somebody alive."""
    _call_back(database, LivingPerson, number, at)


def _call_back(database: Database, kind: Any, number: int, at: datetime) -> None:
    with database.transaction(KEEPER) as session:
        record = session.get(kind, number)
        if record is not None:
            call_back_from_countries(session, record, at=at)
