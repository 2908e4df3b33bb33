"""People alive as statements are made about them: their tables, and what is projected."""

from typing import Any

from casework.codes import Sex, StatureBasis
from casework.dataset.shape import RecordKind
from casework.dataset.values import Value
from casework.incidents.queries import key_named
from casework.living.model import (
    LivingPersonArticle,
    LivingPersonMark,
    LivingPersonName,
    LivingPersonStatement,
)
from casework.projections import (
    ID_NUMBERS,
    KEPT_FROM,
    LOOKS,
    PHONES,
    SOURCE_PAGE,
    TEETH,
    articles,
    marks,
    names,
)
from casework.record_codes import Communication, LivingStatus, WhereSeen
from casework.statements.columns import Method
from casework.statements.describing import Described
from casework.statements.projecting import (
    Projected,
    answered,
    code,
    days,
    place_in_words,
    text,
)
from privacy.model import Reveals
from privacy.permissions import Permission


def _country() -> Projected:
    def write(record: Any, value: Value) -> None:
        record.country = value

    return answered("country", lambda record: record.country, write)


def _whereabouts() -> Projected:
    """Project the place itself, which stands sealed and whole."""

    def write(record: Any, value: Value) -> None:
        record.whereabouts = value or {}

    return answered("whereabouts", lambda record: dict(record.whereabouts) or None, write)


LIVING_PERSON = Described(
    kind=RecordKind.LIVING_PERSON,
    statement=LivingPersonStatement,
    writes=Permission.LIVING_RECORD,
    projected=(
        *LOOKS,
        code("living_status", LivingStatus, nothing=LivingStatus.OPEN),
        code("where_seen", WhereSeen, nothing=WhereSeen.UNKNOWN),
        days("found"),
        _country(),
        text("admin1"),
        text("host"),
        _whereabouts(),
        text("list_name"),
        text("list_number"),
        SOURCE_PAGE,
        text("group_key"),
        text("incident_key"),
        code("communication", Communication, nothing=Communication.UNKNOWN),
        code("sex", Sex, nothing=Sex.UNKNOWN),
        code("stature_basis", StatureBasis, nothing=StatureBasis.UNKNOWN),
        days("birth"),
        text("mother_name"),
        text("father_name"),
        place_in_words("birth_place"),
    ),
    entries=(
        names(LivingPersonName),
        marks(LivingPersonMark),
        articles(LivingPersonArticle),
        TEETH,
        PHONES,
        ID_NUMBERS,
        KEPT_FROM,
    ),
    groups=(Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.CONTACT, Reveals.BODY),
    says_who=Reveals.CONTACT,
    usual=Method.INTERVIEW,
    named={"incident_key": key_named},
)
