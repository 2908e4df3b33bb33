"""Where remains were found, lie and are kept: the references of sites, for lists."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from casework.dataset.values import Value, dates_of
from casework.statements.projecting import Entry, Projected, ProjectedEntries, answered

FOUND, GRAVE, CUSTODY, SITE_REF = "site_ref", "grave", "custody", "site_ref"


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
FOUND_SITE: Projected = answered(FOUND, lambda record: record.found_site or None, _write_found)
