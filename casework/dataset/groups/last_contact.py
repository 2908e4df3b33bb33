"""Group 5: the last contact, and what is known or feared since."""

from functools import partial

from casework.dataset.code_lists.journeys import (
    CIRCUMSTANCE,
    CONTACT_KIND,
    RELIABILITY,
    STATE_OUTCOME,
    SUSPECTED_ACT,
)
from casework.dataset.groups.asked_of import MISSING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE, of=MISSING)
_contact = partial(Field, reveals=Reveals.CONTACT, of=MISSING)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=MISSING)

LAST_CONTACT = Group(
    "last_contact",
    5,
    marked("Último contacto"),
    (
        _circumstance(
            "last_contact",
            marked("Fecha del último contacto"),
            Kind.DAYS,
            level=Level.WANTED,
            hint=marked("Si solo se sabe el mes, escriba el mes."),
        ),
        _circumstance(
            "last_contact_kind",
            marked("Cómo fue el contacto"),
            Kind.CODE,
            level=Level.RECOMMENDED,
            codes=CONTACT_KIND,
        ),
        _circumstance(
            "place",
            marked("Dónde estaba"),
            Kind.PLACE,
            level=Level.WANTED,
            hint=marked("El último lugar del que se sabe, aunque sea aproximado."),
        ),
        _contact(
            "last_contact_with",
            marked("Con quién habló o quién la vio"),
            Kind.TEXT,
            level=Level.RECOMMENDED,
        ),
        _contact(
            "phone_number_used",
            marked("Desde qué número habló"),
            Kind.TEXT,
            level=Level.RECOMMENDED,
        ),
        _contact("content_summary", marked("Qué dijo"), Kind.WORDS, level=Level.RECOMMENDED),
        _circumstance(
            "next_destination",
            marked("A dónde iba enseguida"),
            Kind.PLACE,
            level=Level.RECOMMENDED,
        ),
        _circumstance(
            "destination", marked("Destino final"), Kind.PLACE, level=Level.RECOMMENDED
        ),
        _circumstance(
            "circumstances_codes",
            marked("Circunstancias"),
            Kind.CODES,
            level=Level.RECOMMENDED,
            codes=CIRCUMSTANCE,
        ),
        _identity(
            "circumstances_text",
            marked("Qué pasó, en sus palabras"),
            Kind.WORDS,
            level=Level.RECOMMENDED,
        ),
        _identity(
            "signs_of_life",
            marked("Señales de vida después"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _identity("date", marked("Cuándo"), Kind.DAYS),
                _identity("source", marked("Quién lo dice"), Kind.TEXT),
                _identity("words", marked("Qué se supo"), Kind.WORDS),
                _identity(
                    "reliability", marked("Qué tan seguro es"), Kind.CODE, codes=RELIABILITY
                ),
            ),
        ),
        _contact(
            "state_contact",
            marked("Contacto con autoridades"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            asked_apart=True,
            parts=(
                _contact("authority", marked("Qué autoridad"), Kind.TEXT),
                _contact("place", marked("Dónde"), Kind.PLACE),
                _contact("date", marked("Cuándo"), Kind.DAYS),
                _contact("outcome", marked("Qué pasó después"), Kind.CODE, codes=STATE_OUTCOME),
            ),
        ),
        _contact(
            "suspected_act",
            marked("Qué teme la familia"),
            Kind.CODES,
            codes=SUSPECTED_ACT,
            asked_apart=True,
        ),
        _circumstance("incident_key", marked("Incidente"), Kind.TEXT),
    ),
)
