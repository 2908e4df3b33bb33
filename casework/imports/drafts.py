"""What a row of somebody's file becomes before the registry sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.imports.problems import Problem
from casework.values import DateRange

INVENTED = ("INV-M-", "INV-R-", "INV-I-", "INV-L-")
"""How the record_id of everything begins that `reunir invent-cases` writes."""


@dataclass(frozen=True, slots=True)
class IncidentDraft:
    """One incident, as a source counts it (minimum data set, section 21).

    `None` in a count means *not recorded*, never zero. Texts that came several to a cell
    are joined with ``|``, as everywhere in the flat tables. `unstated` names the fields for
    which the file has no column: of these the row says nothing, not even that they are empty.
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
    sources: tuple[str, ...] = ()  # where the file tells them apart
    urls: tuple[str, ...] = ()
    source_quality: tuple[int, ...] = ()
    article_title: str = ""
    unsd_group: str = ""
    mmp_eligible: bool | None = None
    population: str = "unknown"
    invented: bool = False
    # The cells that say when the row was written down (`how_new.DATED_BY`).
    dated: Mapping[str, str] = field(default_factory=dict)
    unstated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A person or remains in the columns of the flat tables; empty means not recorded.

    `stated` names the columns of which the row says something, be it that they are empty;
    `None` means all of them.
    """

    cells: Mapping[str, str] = field(repr=False)
    warnings: tuple[Problem, ...] = ()
    stated: frozenset[str] | None = None
    # The countries that the record is kept from, alpha-2; None where one cannot be told.
    kept_from: frozenset[str] | None = frozenset()

    @property
    def record_id(self) -> str:
        """The source's own name for the record."""
        return self.cells.get("record_id", "")
