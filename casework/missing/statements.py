"""Missing persons as statements are made about them: their tables, and what is projected."""

from typing import Any

from casework.codes import Sex, StatureBasis
from casework.dataset.shape import RecordKind
from casework.dataset.values import Value
from casework.incidents.queries import key_named
from casework.missing.model import (
    MissingPersonArticle,
    MissingPersonMark,
    MissingPersonStatement,
    PersonName,
)
from casework.projections import (
    DESCRIPTION,
    ID_NUMBERS,
    KEPT_FROM,
    PHONES,
    SOURCE_PAGE,
    TEETH,
    articles,
    marks,
    names,
)
from casework.record_codes import Presumption, ReporterKind, SearchStatus
from casework.statements.columns import Method
from casework.statements.describing import Described
from casework.statements.projecting import (
    answered,
    code,
    days,
    place_in_words,
    text,
)
from privacy.model import Reveals
from privacy.permissions import Permission

DECIDED = frozenset({SearchStatus.IDENTIFIED_DECEASED, SearchStatus.LINKED_DUPLICATE})


def _read_status(record: Any) -> Value:
    status: SearchStatus = record.search_status
    return None if status is SearchStatus.OPEN or status in DECIDED else str(status)


def _write_status(record: Any, value: Value) -> None:
    """Say where the search stands; what was decided elsewhere is not undone by a form."""
    if record.search_status not in DECIDED:
        record.search_status = SearchStatus(value or SearchStatus.OPEN)


MISSING_PERSON = Described(
    kind=RecordKind.MISSING_PERSON,
    statement=MissingPersonStatement,
    writes=Permission.MISSING_REPORT,
    projected=(
        *DESCRIPTION,
        code("sex", Sex, nothing=Sex.UNKNOWN),
        days("birth"),
        days("last_contact"),
        code("stature_basis", StatureBasis, nothing=StatureBasis.UNKNOWN),
        place_in_words("destination"),
        place_in_words("birth_place"),
        text("incident_key"),
        text("mother_name"),
        text("father_name"),
        code("presumption", Presumption, nothing=Presumption.ALIVE),
        code("reporter_kind", ReporterKind, nothing=ReporterKind.UNKNOWN),
        answered("search_status", _read_status, _write_status),
        text("reporter_relationship"),
        text("reporting_institution"),
        SOURCE_PAGE,
    ),
    entries=(
        names(PersonName),
        marks(MissingPersonMark),
        articles(MissingPersonArticle),
        TEETH,
        PHONES,
        ID_NUMBERS,
        KEPT_FROM,
    ),
    groups=(
        Reveals.CIRCUMSTANCE,
        Reveals.IDENTITY,
        Reveals.CONTACT,
        Reveals.BODY,
        Reveals.DNA,
    ),
    says_who=Reveals.CONTACT,
    usual=Method.INTERVIEW,
    named={"incident_key": key_named},
)
