"""Groups 15 and 16: where and how somebody was found, and in which condition."""

from functools import partial

from casework.dataset.code_lists.journeys import ROUTE
from casework.dataset.code_lists.known import (
    COMPLETENESS,
    CONDITION,
    LOCATION_PRECISION,
    REMAINS_KIND,
)
from casework.dataset.code_lists.remains import (
    BONE_STATE,
    CLIMATE,
    DAMAGE,
    EPIPHYSES,
    LABEL_KIND,
    NOT_RECOVERED,
    RECOGNISABLE,
    SETTING,
    SKELETON_STAGE,
)
from casework.dataset.groups.asked_of import REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY, of=REMAINS)
_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE, of=REMAINS)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=REMAINS)

FIND = Group(
    "find",
    15,
    marked("El hallazgo"),
    (
        _circumstance(
            "post_mortem_number", marked("Número post mortem"), Kind.TEXT, level=Level.MANDATORY
        ),
        _circumstance(
            "other_labels",
            marked("Otros números"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _circumstance("kind", marked("Clase de número"), Kind.CODE, codes=LABEL_KIND),
                _circumstance("number", marked("Número"), Kind.TEXT),
                _circumstance("issuer", marked("Quién lo puso"), Kind.TEXT),
            ),
        ),
        _identity(
            "origin_source_url",
            marked("Página en que está publicado"),
            Kind.TEXT,
            hint=marked(
                "La dirección completa. Quien lleva esa página puede saber quién la visita."
            ),
        ),
        _circumstance(
            "remains_kind",
            marked("Qué se encontró"),
            Kind.CODE,
            level=Level.MANDATORY,
            codes=REMAINS_KIND,
        ),
        _circumstance("found", marked("Fecha del hallazgo"), Kind.DAYS, level=Level.WANTED),
        _circumstance("reporting_date", marked("Cuándo se avisó"), Kind.DAYS),
        _circumstance("place", marked("Lugar del hallazgo"), Kind.PLACE, level=Level.WANTED),
        _circumstance(
            "location_precision",
            marked("Precisión del lugar"),
            Kind.CODE,
            level=Level.WANTED,
            codes=LOCATION_PRECISION,
        ),
        _circumstance(
            "setting",
            marked("Qué clase de lugar"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=SETTING,
        ),
        _circumstance("land_management", marked("De quién es el terreno"), Kind.TEXT),
        _circumstance("route", marked("Ruta"), Kind.CODE, codes=ROUTE),
        _circumstance(
            "circumstances_of_recovery",
            marked("Cómo fue el hallazgo"),
            Kind.WORDS,
            level=Level.RECOMMENDED,
        ),
        _identity("found_by", marked("Quién lo encontró"), Kind.TEXT, level=Level.RECOMMENDED),
        _identity(
            "recovered_by",
            marked("Quién hizo el levantamiento"),
            Kind.TEXT,
            level=Level.RECOMMENDED,
        ),
        _circumstance(
            "authority", marked("Autoridad a cargo"), Kind.TEXT, level=Level.RECOMMENDED
        ),
        _identity(
            "investigation_file",
            marked("Carpeta de investigación"),
            Kind.TEXT,
            level=Level.RECOMMENDED,
        ),
        _circumstance(
            "group_key", marked("Hallados junto con"), Kind.TEXT, level=Level.RECOMMENDED
        ),
        _circumstance("incident_key", marked("Incidente"), Kind.TEXT, level=Level.RECOMMENDED),
        _circumstance(
            "site_ref", marked("Referencia del sitio"), Kind.TEXT, level=Level.RECOMMENDED
        ),
    ),
)

CONDITIONS = Group(
    "condition",
    16,
    marked("Estado de conservación"),
    (
        _body(
            "completeness",
            marked("Cuánto se recuperó"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=COMPLETENESS,
        ),
        _body(
            "parts_not_recovered",
            marked("Qué falta recuperar"),
            Kind.CODES,
            level=Level.RECOMMENDED,
            codes=NOT_RECOVERED,
        ),
        _body("skeleton_stage", marked("Etapa del esqueleto"), Kind.CODE, codes=SKELETON_STAGE),
        _body(
            "bones",
            marked("Inventario de huesos"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            kept_at="skeleton",
            said_there=True,
            hint=marked("Se anota en el dibujo del esqueleto, hueso por hueso o dictando."),
            parts=(
                _body("status", marked("Cómo está"), Kind.CODE, codes=BONE_STATE),
                _body(
                    "count",
                    marked("Cuántos"),
                    Kind.NUMBERS,
                    bounds=(1, 999),
                ),
                _body("epiphyses", marked("Epífisis"), Kind.CODE, codes=EPIPHYSES),
                _body("note", marked("Nota"), Kind.TEXT),
            ),
        ),
        _body(
            "condition",
            marked("Estado de los restos"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=CONDITION,
        ),
        _body(
            "condition_climate",
            marked("Clima o medio donde estaba"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=CLIMATE,
            hint=marked("El mismo estado lleva más o menos tiempo según el clima."),
        ),
        _circumstance(
            "death_days",
            marked("Tiempo desde la muerte"),
            Kind.NUMBERS,
            level=Level.RECOMMENDED,
            unit=marked("días"),
            bounds=(0, 73_000),
        ),
        _circumstance("death_days_method", marked("Cómo se estimó el tiempo"), Kind.TEXT),
        _body("damage", marked("Daños"), Kind.CODES, codes=DAMAGE),
        _body(
            "visually_recognisable",
            marked("La cara se puede reconocer"),
            Kind.CODE,
            codes=RECOGNISABLE,
            hint=marked("Solo informa: ver la cara nunca basta para identificar."),
        ),
    ),
)
