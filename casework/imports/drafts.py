"""What a row of somebody's file becomes before the registry sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from casework.imports.problems import Problem
from casework.values import DateRange

_NOT_CONTENT = frozenset({"layout", "line"})


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """One incident, as a source counts it (minimum data set, section 21).

    `None` in a count means *not recorded*, never zero. Texts that came several to a cell
    are joined with ``|``, as everywhere in the flat tables.
    """

    source: str
    layout: str
    source_key: str
    when: DateRange
    key_is_fingerprint: bool = False
    main_id: str = ""
    incident_id: str = ""
    incident_type: str = ""
    region: str = ""
    dead: int | None = None
    missing: int | None = None
    survivors: int | None = None
    females: int | None = None
    males: int | None = None
    children: int | None = None
    causes: tuple[str, ...] = ()
    cause_codes: tuple[str, ...] = ()
    countries_of_origin: tuple[str, ...] = ()
    origin_text: str = ""
    regions_of_origin: tuple[str, ...] = ()
    country: str | None = None
    country_text: str = ""
    admin1: str = ""
    route: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    location_precision: str = "none"
    information_source: str = ""
    urls: tuple[str, ...] = ()
    source_quality: tuple[int, ...] = ()
    article_title: str = ""
    unsd_group: str = ""

    def fingerprint(self) -> str:
        """Identify the content, whatever layout brought it: equal means nothing changed."""
        content = [
            f"{name}={getattr(self, name)!r}"
            for name in self.__slots__
            if name not in _NOT_CONTENT
        ]
        return sha256("\n".join(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A person or remains in the columns of the flat tables; empty means not recorded."""

    cells: Mapping[str, str] = field(repr=False)
    warnings: tuple[Problem, ...] = ()

    @property
    def record_id(self) -> str:
        """The source's own name for the record."""
        return self.cells.get("record_id", "")
