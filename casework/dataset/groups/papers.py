"""Group 19: what was found that may say who the person was.

Always secondary: on these routes documents are lent, false, or somebody else's.
"""

from functools import partial

from casework.dataset.code_lists.known import NAME_KIND
from casework.dataset.code_lists.people import BELONGS, DOCUMENT, SOURCE_OF_NAME
from casework.dataset.code_lists.remains import FAMILY_SEARCH
from casework.dataset.groups.asked_of import REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_identity = partial(Field, reveals=Reveals.IDENTITY, of=REMAINS)
_asked_first = partial(_identity, level=Level.RECOMMENDED)

PAPERS = Group(
    "papers",
    19,
    marked("Quién pudo ser"),
    (
        _asked_first(
            "possible_names",
            marked("Nombres hallados"),
            Kind.ENTRIES,
            parts=(
                _identity("kind", marked("Clase de nombre"), Kind.CODE, codes=NAME_KIND),
                _identity("given_names", marked("Nombres de pila"), Kind.TEXT),
                _identity("surname_1", marked("Primer apellido"), Kind.TEXT),
                _identity("surname_2", marked("Segundo apellido"), Kind.TEXT),
                _identity("source", marked("Dónde estaba"), Kind.CODE, codes=SOURCE_OF_NAME),
                _identity("belongs", marked("Es de esta persona"), Kind.CODE, codes=BELONGS),
            ),
        ),
        _asked_first(
            "id_numbers",
            marked("Documentos hallados"),
            Kind.ENTRIES,
            hint=marked("Un documento puede ser prestado o de otra persona."),
            parts=(
                _identity("kind", marked("Qué documento"), Kind.CODE, codes=DOCUMENT),
                _identity("country", marked("País que lo dio"), Kind.COUNTRY),
                _identity("number", marked("Número"), Kind.TEXT),
                _identity("belongs", marked("Es de esta persona"), Kind.CODE, codes=BELONGS),
                _identity(
                    "false_document", marked("No dice sus datos verdaderos"), Kind.YES_NO
                ),
                _identity("scan_ref", marked("Copia guardada"), Kind.TEXT),
            ),
        ),
        _asked_first(
            "phones",
            marked("Teléfonos hallados"),
            Kind.ENTRIES,
            parts=(
                _identity("number", marked("Número"), Kind.TEXT),
                _identity("carrier", marked("Compañía"), Kind.TEXT),
                _identity("last_online", marked("Última conexión"), Kind.DAYS),
                _identity("imei", marked("IMEI"), Kind.TEXT),
                _identity("source", marked("Dónde estaba"), Kind.CODE, codes=SOURCE_OF_NAME),
            ),
        ),
        _asked_first(
            "papers_with_numbers",
            marked("Papeles con números"),
            Kind.ENTRIES,
            parts=(
                _identity("words", marked("Qué dice"), Kind.TEXT),
                _identity("photo_ref", marked("Foto guardada"), Kind.TEXT),
            ),
        ),
        _asked_first(
            "nationalities", marked("Nacionalidad, si algo la indica"), Kind.COUNTRIES
        ),
        _identity("nationality_basis", marked("Qué la indica"), Kind.TEXT),
        _asked_first(
            "named_but_unclaimed", marked("Tiene nombre y falta su familia"), Kind.YES_NO
        ),
        _asked_first(
            "family_search", marked("Búsqueda de la familia"), Kind.CODE, codes=FAMILY_SEARCH
        ),
    ),
)
