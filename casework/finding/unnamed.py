"""Finding remains and incidents: by reference, by number, and by what their files say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from casework.finding.found import (
    Because,
    Hit,
    Looking,
    Reason,
    best_first,
    by_text,
    found_by_words,
)
from casework.incidents.model import Incident
from casework.incidents.queries import readable_incidents, speaks_of
from casework.record_codes import IdentificationStatus
from casework.remains.model import Remains
from casework.remains.opening import NEEDS
from casework.remains.queries import RemainsSearch, narrowed, readable_remains
from casework.values import DateRange
from privacy.model import Reveals
from privacy.permissions import Permission
from privacy.tokens.model import RemainsWord


def find_remains(looking: Looking) -> list[Hit]:
    """Find remains that the searcher may know of, best first."""
    state = looking.search.state
    is_state = state is None or state in set(IdentificationStatus)
    if not looking.viewer.may(Permission.REMAINS_READ) or not is_state:
        return []
    hits = [
        *_by_reference(looking),
        *by_text(found_by_words(looking, RemainsWord, looking.asked.needs)),
    ]
    return best_first(hits, _let_through(looking, hits))


def _by_reference(looking: Looking) -> list[Hit]:
    wanted = looking.asked.references
    if not wanted:
        return []
    rows = looking.session.execute(
        readable_remains(looking.viewer, looking.at)
        .where(Remains.reference.in_(wanted))
        .with_only_columns(Remains.id, Remains.reference)
    )
    return [Hit(case, 1.0, (Reason(Because.REFERENCE, ref),)) for case, ref in rows]


def _let_through(looking: Looking, hits: Sequence[Hit]) -> list[int]:
    """Ask the door about what was found: each group that a finding tells of must be open."""
    by_groups: dict[frozenset[Reveals], list[int]] = defaultdict(list)
    for hit in hits:
        by_groups[hit.groups].append(hit.case_id)
    rows = [
        row
        for groups, cases in by_groups.items()
        for row in looking.session.execute(
            _asked_of(looking, groups)
            .where(Remains.id.in_(cases))
            .with_only_columns(Remains.id, Remains.entered_at)
        )
    ]
    return [case for case, _ in sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)]


def _asked_of(looking: Looking, groups: Iterable[Reveals]) -> sa.Select[Remains]:
    """Start at the door, with all that the search is narrowed to."""
    search = looking.search
    by_body = search.sex is not None or search.age is not None
    also = {NEEDS[group] for group in groups} | (
        {Permission.REMAINS_BODY_READ} if by_body else set()
    )
    query = readable_remains(looking.viewer, looking.at, also=sorted(also))
    asked = {"sex": search.sex, "country": search.country, "status": search.state}
    wanted = RemainsSearch.model_validate(asked)
    query = narrowed(query, wanted, _days(looking))
    if search.age is not None:
        query = query.where(Remains.age_min <= search.age, Remains.age_max >= search.age)
    if search.own:
        query = query.where(Remains.owner_institution_id == looking.viewer.institution_id)
    return query


def _days(looking: Looking) -> DateRange | None:
    year = looking.search.year or looking.asked.year
    return DateRange(date(year, 1, 1), date(year, 12, 31)) if year else None


def find_incidents(looking: Looking) -> sa.Select[Incident] | None:
    """Query the incidents that hold everything typed; none where somebody is looked for.

    They name nobody, so that no row is asked about and all of them can be read as text.
    """
    search, asked = looking.search, looking.asked
    if search.of_somebody or not looking.viewer.may(Permission.INCIDENT_READ):
        return None
    query = readable_incidents(looking.viewer)
    if asked.words:
        query = query.where(speaks_of(asked.words))
    if asked.references:
        query = query.where(Incident.reference.in_(asked.references))
    if search.country:
        query = query.where(Incident.country == search.country)
    if (days := _days(looking)) is not None:
        query = query.where(
            Incident.date_from <= days.latest, Incident.date_to >= days.earliest
        )
    return query.order_by(Incident.date_from.desc().nulls_last(), Incident.id)
