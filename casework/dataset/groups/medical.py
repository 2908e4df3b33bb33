"""Group 10: health, operations and implants, and who keeps papers about them.

An implant bears a number that leads to one person: it is asked for early.
"""

from functools import partial

from casework.dataset.code_lists.health import (
    AID,
    BONE,
    CONDITION_TREATED,
    HABIT,
    HOLDER,
    IMAGING,
    IMPLANT,
    RETRIEVED,
)
from casework.dataset.code_lists.known import BLOOD_GROUP, BODY_SITE, SIDE
from casework.dataset.groups.asked_of import MISSING, NOT_OF_THE_LIVING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY)
_asked_first = partial(_body, level=Level.RECOMMENDED)

_IMPLANTS = _asked_first(
    "implants",
    marked("Implantes y prótesis"),
    Kind.ENTRIES,
    hint=marked("Placas, clavos, marcapasos: su número de serie vale mucho."),
    parts=(
        _body("kind", marked("Qué implante"), Kind.CODE, codes=IMPLANT),
        _body("site", marked("Parte del cuerpo"), Kind.CODE, codes=BODY_SITE),
        _body("side", marked("Lado"), Kind.CODE, codes=SIDE),
        _body("manufacturer", marked("Fabricante"), Kind.TEXT),
        _body("model", marked("Modelo"), Kind.TEXT),
        _body("serial_number", marked("Número de serie"), Kind.TEXT),
        _body("date", marked("Cuándo se lo pusieron"), Kind.DAYS),
        _body("hospital", marked("En qué hospital"), Kind.TEXT),
    ),
)
_RECORDS_HOLDERS = _asked_first(
    "records_holders",
    marked("Quién tiene sus papeles médicos o dentales"),
    Kind.ENTRIES,
    of=MISSING,
    parts=(
        _body("kind", marked("Qué lugar"), Kind.CODE, codes=HOLDER),
        _body("name", marked("Nombre del lugar o de quien atiende"), Kind.TEXT),
        _body("country", marked("País"), Kind.COUNTRY),
        _body("place", marked("Dónde"), Kind.TEXT),
        _body("retrieved", marked("Cómo va"), Kind.CODE, codes=RETRIEVED),
    ),
)

MEDICAL = Group(
    "medical",
    10,
    marked("Salud"),
    (
        _IMPLANTS,
        _asked_first(
            "operations",
            marked("Operaciones"),
            Kind.ENTRIES,
            parts=(
                _body("kind", marked("De qué"), Kind.TEXT),
                _body("site", marked("Parte del cuerpo"), Kind.CODE, codes=BODY_SITE),
                _body("side", marked("Lado"), Kind.CODE, codes=SIDE),
                _body("date", marked("Cuándo"), Kind.DAYS),
                _body("hospital", marked("En qué hospital"), Kind.TEXT),
            ),
        ),
        _asked_first(
            "fractures",
            marked("Fracturas"),
            Kind.ENTRIES,
            parts=(
                _body("bone", marked("Qué hueso"), Kind.CODE, codes=BONE),
                _body("side", marked("Lado"), Kind.CODE, codes=SIDE),
                _body("date", marked("Cuándo"), Kind.DAYS),
                _body(
                    "treated", marked("Cómo la trataron"), Kind.CODE, codes=CONDITION_TREATED
                ),
            ),
        ),
        _asked_first(
            "conditions",
            marked("Enfermedades"),
            Kind.ENTRIES,
            parts=(
                _body("words", marked("Qué tiene o tuvo"), Kind.TEXT),
                _body(
                    "icd",
                    marked("Código CIE"),
                    Kind.TEXT,
                    hint=marked("Si lo dice un papel médico, como E11 o J45.0."),
                ),
                _body("since", marked("Desde cuándo"), Kind.DAYS),
                _body(
                    "treated", marked("Cómo la trataron"), Kind.CODE, codes=CONDITION_TREATED
                ),
            ),
        ),
        _asked_first(
            "imaging",
            marked("Radiografías e imágenes"),
            Kind.ENTRIES,
            of=NOT_OF_THE_LIVING,
            parts=(
                _body("modality", marked("Qué imagen"), Kind.CODE, codes=IMAGING),
                _body("site", marked("Parte del cuerpo"), Kind.CODE, codes=BODY_SITE),
                _body("date", marked("Cuándo"), Kind.DAYS),
                _body("holder", marked("Quién la tiene"), Kind.TEXT),
                _body("file_ref", marked("Copia guardada"), Kind.TEXT),
            ),
        ),
        _RECORDS_HOLDERS,
        _body("aids", marked("Lentes y apoyos"), Kind.CODES, codes=AID),
        _body("blood_group", marked("Grupo sanguíneo"), Kind.CODE, codes=BLOOD_GROUP),
        _body("medication", marked("Medicinas"), Kind.WORDS),
        _body(
            "births",
            marked("Partos"),
            Kind.NUMBERS,
            unit=marked("partos"),
            bounds=(0, 25),
            asked_apart=True,
            of=NOT_OF_THE_LIVING,
        ),
        _body(
            "habits",
            marked("Consumo"),
            Kind.CODES,
            codes=HABIT,
            asked_apart=True,
            of=NOT_OF_THE_LIVING,
        ),
    ),
)
