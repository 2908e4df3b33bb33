"""Remains as statements are made about them: their tables, and what is projected."""

from casework.codes import Completeness, Condition, RemainsSex, RemainsStatureBasis, SexMethod
from casework.dataset.shape import RecordKind
from casework.incidents.queries import key_named
from casework.projections import (
    ID_NUMBERS,
    KEPT_FROM,
    LOOKS,
    PHONES,
    SOURCE_PAGE,
    TEETH,
    articles,
    marks,
)
from casework.record_codes import RemainsKind
from casework.remains.examined import EXAMINED
from casework.remains.model import RemainsArticle, RemainsMark, RemainsStatement
from casework.remains.planned import PLANNED_ACT, UNCLAIMED
from casework.remains.resting import FOUND_SITE, MOVES, RESTING, is_at_a_site, told_elsewhere
from casework.statements.columns import Method
from casework.statements.describing import Described
from casework.statements.projecting import code, days, number_code, numbers, place, text
from privacy.model import Reveals
from privacy.permissions import Permission

REMAINS = Described(
    kind=RecordKind.REMAINS,
    statement=RemainsStatement,
    writes=Permission.REMAINS_RECORD,
    projected=(
        *LOOKS,
        place("place", is_guarded=is_at_a_site),
        text("post_mortem_number"),
        text("incident_key"),
        FOUND_SITE,
        code("remains_kind", RemainsKind, nothing=RemainsKind.UNKNOWN),
        days("found"),
        code("sex", RemainsSex, nothing=RemainsSex.UNKNOWN),
        code("sex_method", SexMethod, nothing=SexMethod.UNKNOWN),
        code("stature_basis", RemainsStatureBasis, nothing=RemainsStatureBasis.UNKNOWN),
        code("condition", Condition),
        code("completeness", Completeness, nothing=Completeness.UNKNOWN),
        numbers("death_days"),
        number_code("location_precision"),
        UNCLAIMED,
        text("family_search"),
        SOURCE_PAGE,
    ),
    entries=(
        marks(RemainsMark),
        articles(RemainsArticle),
        TEETH,
        PHONES,
        ID_NUMBERS,
        KEPT_FROM,
        PLANNED_ACT,
        EXAMINED,
        *RESTING,
    ),
    groups=(Reveals.CIRCUMSTANCE, Reveals.IDENTITY, Reveals.BODY, Reveals.DNA),
    says_who=Reveals.CIRCUMSTANCE,
    usual=Method.EXAMINATION,
    moves=MOVES,
    told_elsewhere=told_elsewhere,
    named={"incident_key": key_named},
)
