"""What an exclusion rests on, as keyed fingerprints: to know later whether one has changed.

Each is of what both records say of one kind of evidence, read as the engine reads it.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.candidates.reading import Told, read_people, read_remains
from casework.identifications.model import GateEntry, GateKind
from casework.kinship.model import DnaResult
from casework.retention.sight import as_keeper, as_matcher
from privacy.permissions import Viewer
from privacy.sealing.fingerprints import fingerprint

PURPOSE = "exclusion"
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sex": ("sex", "sex_method"),
    "age": ("age_min", "age_max", "birth_from", "birth_to"),
    "stature": ("stature_cm_min", "stature_cm_max", "stature_basis"),
    "hair": ("hair",),
    "eyes": ("eyes",),
    "time": (
        *("last_contact_from", "last_contact_to", "found_from", "found_to"),
        *("death_days_min", "death_days_max"),
    ),
    "place": ("country", "admin1", "place", "lat", "lon", "radius_km", "found_site"),
    "status": ("search_status", "identification_status"),
}
_HANGING = ("marks", "clothing", "teeth", "papers")
_BESIDE = ("dna", "report")
KINDS = (*_COLUMNS, *_HANGING, *_BESIDE)
# Numbers of rows: of a part that was taken down and put up again as it was, nothing changed.
_NOT_SAID = frozenset({"id", "seal_id", "case_id"})

Pair = tuple[int, int]
"""The numbers of a missing person's record and of one of remains."""


def fingerprints(
    session: Session, viewer: Viewer, pairs: Collection[Pair], *, at: datetime
) -> dict[Pair, dict[str, str]]:
    """Give the fingerprint of every kind for each pair that is searched.

    Read as the engine and the keeper read: whoever excludes need not see all of it.
    """
    if not pairs:
        return {}
    people, remains = {each[0] for each in pairs}, {each[1] for each in pairs}
    with as_matcher(session, viewer):
        told = {each.row.id: each for each in read_people(session, at, people, with_names=True)}
        seen = {each.row.id: each for each in read_remains(session, remains)}
    with as_keeper(session, viewer):
        beside = {pair: _beside(session, pair) for pair in pairs}
    return {
        pair: _of_pair(session, pair, told[pair[0]], seen[pair[1]], beside=beside[pair])
        for pair in pairs
        if pair[0] in told and pair[1] in seen
    }


def _of_pair(
    session: Session, pair: Pair, told: Told, seen: Told, *, beside: Mapping[str, list[int]]
) -> dict[str, str]:
    said: dict[str, Any] = {
        kind: [_said(told, kind), _said(seen, kind)] for kind in (*_COLUMNS, *_HANGING)
    }
    # Bound to its pair and kind: the same age of two pairs is not the same letters.
    return {
        kind: fingerprint(
            session,
            told.row.seal_id,
            PURPOSE,
            json.dumps([*pair, kind, each], default=str, sort_keys=True, ensure_ascii=False),
        )
        for kind, each in (said | dict(beside)).items()
    }


def _said(told: Told, kind: str) -> Any:
    if kind in _COLUMNS:
        return [getattr(told.row, name, None) for name in _COLUMNS[kind]]
    if kind == "marks":
        return sorted(map(str, told.marks))
    if kind == "clothing":
        return sorted(str(_as_said(each)) for each in told.articles)
    if kind == "teeth":
        return told.carried.get("teeth", "")
    return {name: text for name, text in told.carried.items() if name != "teeth"}


def _as_said(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in _NOT_SAID}


def _beside(session: Session, pair: Pair) -> dict[str, list[int]]:
    """Name the results and reports that stand beside a pair: rows of both are never changed."""

    def numbers(model: Any, *more: sa.ColumnElement[bool]) -> list[int]:
        of_pair = (model.case_id == pair[0], model.remains_id == pair[1])
        found = sa.select(model.id).where(*of_pair, *more).order_by(model.id)
        return list(session.scalars(found))

    return {
        "dna": numbers(DnaResult),
        "report": numbers(GateEntry, GateEntry.kind == GateKind.PRIMARY_REPORT),
    }
