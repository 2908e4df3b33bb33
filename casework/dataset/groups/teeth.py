"""Group 11: teeth, one by one and as they look in a smile."""

from functools import partial

from casework.dataset.code_lists.health import (
    BITE,
    DENTAL_TRAIT,
    DENTURE,
    ORTHODONTIC,
    TOOTH_MATERIAL,
    TOOTH_SURFACE,
)
from casework.dataset.code_lists.known import TOOTH_STATE
from casework.dataset.groups.asked_of import MISSING, NOT_OF_THE_LIVING, REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY)
_asked_first = partial(_body, level=Level.RECOMMENDED)

TEETH = Group(
    "teeth",
    11,
    marked("Dientes"),
    (
        _asked_first(
            "dental_traits", marked("Cómo se ven los dientes"), Kind.CODES, codes=DENTAL_TRAIT
        ),
        _asked_first("dental_words", marked("Los dientes, en sus palabras"), Kind.WORDS),
        _body(
            "smile_photo",
            marked("Hay una foto donde se le ven los dientes"),
            Kind.YES_NO,
            level=Level.RECOMMENDED,
            of=MISSING,
        ),
        _asked_first("dentures", marked("Dentadura postiza"), Kind.CODES, codes=DENTURE),
        _asked_first("orthodontics", marked("Ortodoncia"), Kind.CODES, codes=ORTHODONTIC),
        _asked_first(
            "teeth",
            marked("Ficha dental"),
            Kind.ENTRIES,
            hint=marked("Cada diente por su número FDI: 11 a 48; de leche, 51 a 85."),
            parts=(
                _body("status", marked("Estado del diente"), Kind.CODE, codes=TOOTH_STATE),
                _body("surfaces", marked("Caras"), Kind.CODES, codes=TOOTH_SURFACE),
                _body("material", marked("Material"), Kind.CODE, codes=TOOTH_MATERIAL),
                _body("note", marked("Nota"), Kind.TEXT),
            ),
        ),
        _body("bite", marked("Mordida"), Kind.CODE, codes=BITE, of=NOT_OF_THE_LIVING),
        _body(
            "dental_exam_date",
            marked("Fecha de la ficha"),
            Kind.DAYS,
            of=NOT_OF_THE_LIVING,
        ),
        _body(
            "dental_examiner",
            marked("Quién hizo la ficha"),
            Kind.TEXT,
            of=NOT_OF_THE_LIVING,
        ),
        _body(
            "dental_age",
            marked("Edad según los dientes"),
            Kind.NUMBERS,
            unit=marked("años"),
            bounds=(0, 125),
            of=REMAINS,
        ),
        _body("dental_age_method", marked("Cómo se estimó"), Kind.TEXT, of=REMAINS),
        _body(
            "dental_radiographs",
            marked("Radiografías dentales"),
            Kind.ENTRIES,
            of=NOT_OF_THE_LIVING,
            parts=(
                _body("kind", marked("Qué imagen"), Kind.TEXT),
                _body("date", marked("Cuándo"), Kind.DAYS),
                _body("holder", marked("Quién la tiene"), Kind.TEXT),
                _body("file_ref", marked("Copia guardada"), Kind.TEXT),
            ),
        ),
    ),
)
