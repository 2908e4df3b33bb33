"""Where remains were found, lie and are kept: the references of sites, for lists.

The place of the find tells where the site is. So of remains that were found at a site, or lie
in one, only their own institution reads it as it was said; everybody else, in every list, file
and proposal, the engine too, the district alone (ADR-0046).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from casework.coarsening import coarse_place
from casework.dataset.values import Value, dates_of
from casework.statements.picture import Assertion
from casework.statements.projecting import (
    PLACE_COLUMNS,
    Entry,
    Projected,
    ProjectedEntries,
    answered,
)

FOUND, GRAVE, CUSTODY, SITE_REF = "site_ref", "grave", "custody", "site_ref"
PLACE, MARKER = "place", "marker_text"
# What is said of these moves the place of the find from exact to coarse, or back.
MOVES: Mapping[str, frozenset[str]] = dict.fromkeys((FOUND, GRAVE), frozenset({PLACE}))


def plain_reference(text: Value) -> str:
    """Write a reference as it is kept, whatever somebody typed around it."""
    return str(text or "").strip().upper()


def _write_found(record: Any, value: Value) -> None:
    record.found_site = plain_reference(value)


def _newest_first(entries: Sequence[Entry]) -> list[str]:
    """Order the sites that entries name; what has no day was said of no time and comes last."""
    dated = [
        (_day(entry), number, plain_reference(entry.get(SITE_REF)))
        for number, (_, entry) in enumerate(entries)
    ]
    return [site for _, _, site in sorted(dated, reverse=True) if site]


def _day(entry: Value) -> date:
    dates = dates_of(entry["date"]) if entry.get("date") else None
    return dates.latest if dates else date.min


def _sites(field: str) -> ProjectedEntries:
    def write(record: Any, entries: Sequence[Entry]) -> None:
        setattr(record, f"{field}_sites", _newest_first(entries))

    nothing: Callable[[Any], list[Entry]] = lambda _record: []  # noqa: E731 - one line of a table
    return ProjectedEntries(
        field, frozenset(), nothing, write, lambda _record: "", lambda _record, _why: None
    )


RESTING: tuple[ProjectedEntries, ...] = (_sites(GRAVE), _sites(CUSTODY))
FOUND_SITE: Projected = replace(
    answered(FOUND, lambda record: record.found_site or None, _write_found),
    kept=lambda value: plain_reference(value) or None,
)


def is_at_a_site(record: Any) -> bool:
    """Say whether remains were found at a site, or lie or lay in one."""
    return bool(record.found_site or record.grave_sites)


def told_elsewhere(record: Any, said: Assertion) -> Assertion:
    """Give what another institution reads of a word: of a site, the district alone."""
    is_place = said.path == PLACE and is_at_a_site(record)
    shown = coarse_place if is_place else partial(told_elsewhere_of_grave, said.path)
    earlier = tuple(shown(each) for each in said.earlier)
    return replace(said, value=shown(said.value), earlier=earlier)


def told_elsewhere_of_grave(path: str, entry: Value) -> Value:
    """Leave out where exactly a grave of a site is, and what stands on it."""
    if not path.startswith(f"{GRAVE}/") or not entry or not entry.get(SITE_REF):
        return entry
    left = {part: value for part, value in entry.items() if part not in {PLACE, MARKER}}
    place = coarse_place(entry.get(PLACE))
    return {**left, PLACE: place} if place else left


def round_at_a_site(record: Any) -> None:
    """Round what a file has put into the columns of remains that were found at a site."""
    if is_at_a_site(record):
        held = coarse_place({name: getattr(record, name) for name in PLACE_COLUMNS}) or {}
        for name in PLACE_COLUMNS:
            setattr(record, name, held.get(name, "" if name in {"admin1", PLACE} else None))
