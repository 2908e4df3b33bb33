"""Groups 17 and 18: the biological profile, the examinations and the cause of death."""

from functools import partial

from casework.dataset.code_lists.known import REMAINS_SEX, SEX_METHOD
from casework.dataset.code_lists.remains import (
    AGE_GROUP,
    AGE_METHOD,
    BODY_HALF,
    CAUSE,
    CERTAINTY,
    EXAMINATION,
    EXAMINATION_STATE,
    LONG_BONE,
    MANNER,
    RETAINED_SAMPLE,
)
from casework.dataset.groups.asked_of import REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY, of=REMAINS)
_asked_first = partial(_body, level=Level.RECOMMENDED)

PROFILE = Group(
    "profile",
    17,
    marked("Perfil biológico"),
    (
        _body("sex", marked("Sexo"), Kind.CODE, level=Level.WANTED, codes=REMAINS_SEX),
        _asked_first(
            "sex_method", marked("Cómo se estimó el sexo"), Kind.CODE, codes=SEX_METHOD
        ),
        _asked_first("sex_certainty", marked("Certeza del sexo"), Kind.CODE, codes=CERTAINTY),
        _body(
            "sex_probability",
            marked("Probabilidad de ese sexo"),
            Kind.NUMBERS,
            unit="%",
            bounds=(0, 100),
            hint=marked("Solo si el método la da."),
        ),
        _body(
            "age",
            marked("Edad al morir"),
            Kind.NUMBERS,
            level=Level.WANTED,
            unit=marked("años"),
            bounds=(0, 125),
        ),
        _asked_first(
            "age_method", marked("Cómo se estimó la edad"), Kind.CODE, codes=AGE_METHOD
        ),
        _body("age_group", marked("Etapa de la vida"), Kind.CODE, codes=AGE_GROUP),
        _body("age_source", marked("Método de la edad, con su fuente"), Kind.TEXT),
        _body(
            "bone_lengths",
            marked("Largo de los huesos"),
            Kind.ENTRIES,
            hint=marked("El mayor largo, del hueso seco. Con él se calcula la estatura."),
            parts=(
                _body("bone", marked("Qué hueso"), Kind.CODE, codes=LONG_BONE),
                _body("side", marked("Lado"), Kind.CODE, codes=BODY_HALF),
                _body(
                    "length_mm",
                    marked("Largo"),
                    Kind.NUMBERS,
                    unit="mm",
                    bounds=(10, 700),
                ),
            ),
        ),
        _body("pathology", marked("Enfermedades que dejaron huella"), Kind.WORDS),
        _body("perimortem_trauma", marked("Lesiones cerca de la muerte"), Kind.WORDS),
        _body("isotopes", marked("Región según isótopos"), Kind.TEXT),
        _body("anthropologist", marked("Quién hizo el perfil"), Kind.TEXT),
        _body("profile_date", marked("Fecha del perfil"), Kind.DAYS),
    ),
)

EXAMINATIONS = Group(
    "examinations",
    18,
    marked("Exámenes y causa de la muerte"),
    (
        _asked_first(
            "examinations",
            marked("Exámenes"),
            Kind.ENTRIES,
            parts=(
                _body("kind", marked("Qué examen"), Kind.CODE, codes=EXAMINATION),
                _body("status", marked("Cómo va"), Kind.CODE, codes=EXAMINATION_STATE),
                _body("examiner", marked("Quién lo hizo"), Kind.TEXT),
                _body("date", marked("Fecha"), Kind.DAYS),
                _body("report_ref", marked("Número del informe"), Kind.TEXT),
            ),
        ),
        _asked_first(
            "samples_retained",
            marked("Muestras guardadas"),
            Kind.ENTRIES,
            hint=marked("Antes de sepultar o cremar debe quedar una muestra."),
            parts=(
                _body("kind", marked("De qué es la muestra"), Kind.CODE, codes=RETAINED_SAMPLE),
                _body("number", marked("Código de la muestra"), Kind.TEXT),
                _body("where", marked("Dónde se guarda"), Kind.TEXT),
                _body("until", marked("Hasta cuándo se guarda"), Kind.DAYS),
            ),
        ),
        _body("cause_of_death_category", marked("Causa de la muerte"), Kind.CODE, codes=CAUSE),
        _body("cause_text", marked("La causa, en palabras del informe"), Kind.WORDS),
        _body("manner", marked("Manera de la muerte"), Kind.CODE, codes=MANNER),
    ),
)
