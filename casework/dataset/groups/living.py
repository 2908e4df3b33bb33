"""Somebody alive who cannot say who they are, or who stands on a list (group 1: PUI).

In which kind of place and region somebody was seen is told like any circumstance. Which
hospital, shelter or cell it is leads to a person who may be in hiding: it is kept as what leads
to a family is, and never leaves.
"""

from functools import partial

from casework.dataset.code_lists.known import COMMUNICATION, LIVING_STATUS, WHERE_SEEN
from casework.dataset.code_lists.languages import LANGUAGE
from casework.dataset.groups.asked_of import LIVING as OF_LIVING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_body = partial(Field, reveals=Reveals.BODY, of=OF_LIVING)
_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE, of=OF_LIVING)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=OF_LIVING)
_stays = partial(Field, reveals=Reveals.CONTACT, of=OF_LIVING, leaves=False)

LIVING = Group(
    "living",
    1,
    marked("Dónde y cómo se supo de la persona"),
    (
        _circumstance(
            "living_status",
            marked("Cómo va"),
            Kind.CODE,
            level=Level.MANDATORY,
            codes=LIVING_STATUS,
        ),
        _circumstance(
            "where_seen",
            marked("En qué clase de lugar"),
            Kind.CODE,
            level=Level.WANTED,
            codes=WHERE_SEEN,
        ),
        _circumstance(
            "found",
            marked("Desde y hasta cuándo se la vio ahí"),
            Kind.DAYS,
            level=Level.WANTED,
        ),
        _circumstance("country", marked("País"), Kind.COUNTRY, level=Level.WANTED),
        _circumstance(
            "admin1",
            marked("Estado o provincia"),
            Kind.TEXT,
            level=Level.WANTED,
            hint=marked("Nunca el nombre del lugar: ese va en «Dónde está»."),
        ),
        _stays("host", marked("Institución que la atiende o la tiene"), Kind.TEXT),
        _stays("whereabouts", marked("Dónde está"), Kind.PLACE),
        _stays("list_name", marked("Lista en que aparece"), Kind.TEXT),
        _stays("list_number", marked("Número o cama en esa lista"), Kind.TEXT),
        _stays("told_by", marked("A quién preguntar ahí"), Kind.TEXT),
        _body(
            "communication",
            marked("Si puede decir quién es"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=COMMUNICATION,
        ),
        _identity(
            "languages_heard",
            marked("Idiomas que se le oyeron"),
            Kind.CODES,
            level=Level.RECOMMENDED,
            codes=LANGUAGE,
        ),
        _identity(
            "how_found",
            marked("Cómo llegó o cómo se la encontró"),
            Kind.WORDS,
            level=Level.RECOMMENDED,
        ),
        _identity(
            "says",
            marked("Qué dice de sí misma y de los suyos"),
            Kind.WORDS,
            level=Level.RECOMMENDED,
        ),
        _identity(
            "phones",
            marked("Teléfonos que lleva o recuerda"),
            Kind.ENTRIES,
            leaves=False,
            parts=(
                _identity("number", marked("Número"), Kind.TEXT, leaves=False),
                _identity("whose", marked("De quién es"), Kind.TEXT, leaves=False),
            ),
        ),
        _identity(
            "origin_source_url",
            marked("Página en que está publicado"),
            Kind.TEXT,
            leaves=False,
            hint=marked(
                "La dirección completa. Quien lleva esa página puede saber quién la visita."
            ),
        ),
        _circumstance("group_key", marked("Grupo con que venía"), Kind.TEXT),
        _circumstance("incident_key", marked("Incidente"), Kind.TEXT),
    ),
)
