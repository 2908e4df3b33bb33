"""Group 2: who reports, what they are to the person, and where else they have asked.

How to reach them, who else may answer and when to call again is kept with the contacts. The
immigration status of whoever reports is not asked, so nobody can be made to hand it over.
"""

from functools import partial

from casework.dataset.code_lists.known import REPORTER_KIND
from casework.dataset.code_lists.languages import LANGUAGE
from casework.dataset.code_lists.people import (
    BIOLOGICAL,
    CASE_STATE,
    COMPLAINT,
    READING,
    RELATIONSHIP,
    REPORTED_TO,
    SECURITY_CONCERN,
)
from casework.dataset.groups.asked_of import MISSING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_contact = partial(Field, reveals=Reveals.CONTACT, of=MISSING, level=Level.RECOMMENDED)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=MISSING, level=Level.RECOMMENDED)

REPORT = Group(
    "report",
    2,
    marked("Quién da aviso"),
    (
        _contact("reporter_kind", marked("Quién reporta"), Kind.CODE, codes=REPORTER_KIND),
        _contact("reporter_name", marked("Nombre de quien reporta"), Kind.TEXT),
        _contact("reporter_other_names", marked("Cómo le dicen a quien reporta"), Kind.TEXT),
        _contact(
            "reporter_relationship",
            marked("Qué es de la persona"),
            Kind.CODE,
            level=Level.WANTED,
            codes=RELATIONSHIP,
        ),
        _contact(
            "relationship_words",
            marked("La relación, en sus palabras"),
            Kind.TEXT,
            level=Level.OPTIONAL,
        ),
        _contact("reporting_institution", marked("Institución que reporta"), Kind.TEXT),
        _contact(
            "intermediary",
            marked("Quién ayudó a dar aviso"),
            Kind.TEXT,
            hint=marked("Un albergue, un comité, un consulado, la Cruz Roja."),
        ),
        _contact("reporter_place", marked("Dónde vive quien reporta"), Kind.PLACE),
        _contact(
            "reporter_languages",
            marked("Idiomas de quien reporta"),
            Kind.CODES,
            codes=LANGUAGE,
        ),
        _contact("interpreter_needed", marked("Necesita intérprete"), Kind.YES_NO),
        _contact("reporter_reading", marked("Lectura"), Kind.CODE, codes=READING),
        _identity(
            "reported_elsewhere",
            marked("Dónde más avisaron"),
            Kind.ENTRIES,
            parts=(
                _identity("mechanism", marked("Ante quién"), Kind.CODE, codes=REPORTED_TO),
                _identity("place", marked("Dónde"), Kind.TEXT),
                _identity("date", marked("Cuándo"), Kind.DAYS),
                _identity("number", marked("Número que les dieron"), Kind.TEXT),
                _identity("status", marked("Cómo va"), Kind.CODE, codes=CASE_STATE),
                _identity("complaint", marked("Denuncia"), Kind.CODE, codes=COMPLAINT),
            ),
        ),
        _identity(
            "external_ids",
            marked("Números en otros registros"),
            Kind.ENTRIES,
            hint=marked("El folio de la búsqueda, la carpeta, el número de otro registro."),
            parts=(
                _identity("scheme", marked("Qué registro"), Kind.TEXT),
                _identity("issuer", marked("Quién lo dio"), Kind.TEXT),
                _identity("number", marked("Número"), Kind.TEXT),
                _identity("verified", marked("Se comprobó"), Kind.YES_NO),
            ),
        ),
        _identity(
            "origin_source_url",
            marked("Página en que está publicado"),
            Kind.TEXT,
            level=Level.OPTIONAL,
            hint=marked(
                "La dirección completa. Quien lleva esa página puede saber quién la visita."
            ),
        ),
        _contact(
            "reporters_disagree",
            marked("En qué no coincide la familia"),
            Kind.WORDS,
            level=Level.OPTIONAL,
            asked_apart=True,
        ),
        _contact(
            "reporter_biological",
            marked("Parentesco de sangre"),
            Kind.CODE,
            codes=BIOLOGICAL,
            asked_apart=True,
            hint=marked("Pregunte a solas: solo importa para comparar ADN."),
        ),
        _contact(
            "reporter_biological_asked_apart",
            marked("Se preguntó a solas"),
            Kind.YES_NO,
            asked_apart=True,
        ),
        _contact(
            "security_concern",
            marked("Riesgos para la familia"),
            Kind.CODES,
            codes=SECURITY_CONCERN,
            asked_apart=True,
        ),
        _contact(
            "security_words",
            marked("Qué temen y de quién"),
            Kind.WORDS,
            asked_apart=True,
        ),
    ),
)
