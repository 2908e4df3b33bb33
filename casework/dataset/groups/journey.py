"""Group 6: the journey, who travelled along, and how they could be reached.

Whoever guided or carried them is known to the institution that asked, and to nobody else: it
must never reach those who prosecute.
"""

from functools import partial

from casework.dataset.code_lists.journeys import NETWORK, OUTCOME, ROUTE, TRANSPORT, VISITED
from casework.dataset.code_lists.known import COLOUR
from casework.dataset.code_lists.people import RELATIONSHIP
from casework.dataset.groups.asked_of import MISSING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_circumstance = partial(Field, reveals=Reveals.CIRCUMSTANCE, of=MISSING)
_contact = partial(Field, reveals=Reveals.CONTACT, of=MISSING)
_identity = partial(Field, reveals=Reveals.IDENTITY, of=MISSING)
_guide = partial(_contact, asked_apart=True, leaves=False)

JOURNEY = Group(
    "journey",
    6,
    marked("El viaje"),
    (
        _contact(
            "phones",
            marked("Teléfonos que llevaba"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _contact("number", marked("Número"), Kind.TEXT),
                _contact("carrier", marked("Compañía"), Kind.TEXT),
                _contact("last_online", marked("Última conexión"), Kind.DAYS),
                _contact(
                    "imei",
                    marked("IMEI"),
                    Kind.TEXT,
                    hint=marked("Está en la caja del teléfono."),
                ),
            ),
        ),
        _contact(
            "social_accounts",
            marked("Redes sociales"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _contact("network", marked("Red"), Kind.CODE, codes=NETWORK),
                _contact("handle", marked("Nombre o dirección"), Kind.TEXT),
                _contact("last_activity", marked("Última actividad"), Kind.DAYS),
            ),
        ),
        _circumstance(
            "legs",
            marked("Tramos del viaje"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _circumstance("from_place", marked("De dónde salió"), Kind.PLACE),
                _circumstance("departed", marked("Cuándo salió"), Kind.DAYS),
                _circumstance("to_place", marked("A dónde llegó o iba"), Kind.PLACE),
                _circumstance("arrived", marked("Cuándo llegó"), Kind.DAYS),
                _circumstance("mode", marked("En qué viajó"), Kind.CODE, codes=TRANSPORT),
                _circumstance("evidence", marked("Cómo se sabe"), Kind.TEXT),
            ),
        ),
        _circumstance("planned_route", marked("Ruta"), Kind.CODE, codes=ROUTE),
        _circumstance(
            "group_size",
            marked("Cuántas personas iban"),
            Kind.NUMBERS,
            level=Level.RECOMMENDED,
            unit=marked("personas"),
            bounds=(1, 5000),
        ),
        _identity(
            "group_description",
            marked("Cómo era el grupo"),
            Kind.WORDS,
            level=Level.RECOMMENDED,
        ),
        _circumstance("group_key", marked("Grupo con que viajaba"), Kind.TEXT),
        _contact(
            "companions",
            marked("Con quién viajaba"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            asked_apart=True,
            parts=(
                _contact("name", marked("Nombre o descripción"), Kind.TEXT),
                _contact("relationship", marked("Relación"), Kind.CODE, codes=RELATIONSHIP),
                _contact("nationality", marked("Nacionalidad"), Kind.COUNTRY),
                _contact(
                    "outcome", marked("Qué se sabe de esa persona"), Kind.CODE, codes=OUTCOME
                ),
                _contact("contactable", marked("Se le puede preguntar"), Kind.YES_NO),
                _contact("linked_record", marked("Referencia de su registro"), Kind.TEXT),
            ),
        ),
        _circumstance(
            "vehicle",
            marked("Embarcación o vehículo"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _circumstance("type", marked("Qué era"), Kind.CODE, codes=TRANSPORT),
                _circumstance("name", marked("Nombre, placa o matrícula"), Kind.TEXT),
                _circumstance("colour", marked("Color"), Kind.CODE, codes=COLOUR),
                _circumstance("departure", marked("De qué playa o puerto salió"), Kind.PLACE),
                _circumstance(
                    "aboard",
                    marked("Personas a bordo"),
                    Kind.NUMBERS,
                    unit=marked("personas"),
                    bounds=(1, 5000),
                ),
            ),
        ),
        _contact(
            "institutions_visited",
            marked("Lugares donde la atendieron o la tuvieron"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _contact("kind", marked("Qué lugar"), Kind.CODE, codes=VISITED),
                _contact("name", marked("Nombre del lugar"), Kind.TEXT),
                _contact("place", marked("Dónde"), Kind.PLACE),
                _contact("date", marked("Cuándo"), Kind.DAYS),
            ),
        ),
        _contact(
            "money_transfers",
            marked("Envíos de dinero"),
            Kind.ENTRIES,
            asked_apart=True,
            parts=(
                _contact("place", marked("Dónde"), Kind.PLACE),
                _contact("date", marked("Cuándo"), Kind.DAYS),
                _contact("words", marked("Cómo fue"), Kind.TEXT),
            ),
        ),
        _guide(
            "facilitator",
            marked("Quién guiaba el viaje"),
            Kind.ENTRIES,
            hint=marked("No sale de esta institución."),
            parts=(
                _guide("alias", marked("Cómo le decían"), Kind.TEXT),
                _guide("phone", marked("Teléfono"), Kind.TEXT),
                _guide("place", marked("Dónde"), Kind.TEXT),
            ),
        ),
    ),
)
