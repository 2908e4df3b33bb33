"""Groups 20 and 22: where the person rests, through whose hands, and where the case stands."""

from functools import partial

from casework.dataset.code_lists.known import SEARCH_STATUS
from casework.dataset.code_lists.remains import (
    ACT_OUTCOME,
    BEFORE_ACT,
    DISPOSITION,
    INFORMED_IF_ALIVE,
    IRREVERSIBLE_ACT,
)
from casework.dataset.groups.asked_of import MISSING, REMAINS
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_circumstance = partial(
    Field, reveals=Reveals.CIRCUMSTANCE, of=REMAINS, level=Level.RECOMMENDED
)

CUSTODY = Group(
    "custody",
    20,
    marked("Custodia y destino"),
    (
        _circumstance("disposition", marked("Dónde está ahora"), Kind.CODE, codes=DISPOSITION),
        _circumstance(
            "custody",
            marked("Cadena de custodia"),
            Kind.ENTRIES,
            parts=(
                _circumstance("from", marked("Quién entregó"), Kind.TEXT),
                _circumstance("to", marked("Quién recibió"), Kind.TEXT),
                _circumstance("date", marked("Cuándo"), Kind.DAYS),
                _circumstance("place", marked("Dónde"), Kind.TEXT),
                _circumstance("shelf", marked("Cámara, estante o tumba"), Kind.TEXT),
                _circumstance("site_ref", marked("Referencia del sitio"), Kind.TEXT),
                _circumstance("document", marked("Documento"), Kind.TEXT),
                _circumstance("seal_number", marked("Número del sello"), Kind.TEXT),
                _circumstance("signed_by", marked("Quién firmó"), Kind.TEXT),
            ),
        ),
        _circumstance(
            "grave",
            marked("Sepultura"),
            Kind.ENTRIES,
            parts=(
                _circumstance(
                    "site_ref", marked("Referencia del sitio o de la tumba"), Kind.TEXT
                ),
                _circumstance("cemetery", marked("Cementerio"), Kind.TEXT),
                _circumstance("section", marked("Sección"), Kind.TEXT),
                _circumstance("plot", marked("Lote o fosa"), Kind.TEXT),
                _circumstance("place", marked("Dónde"), Kind.PLACE),
                _circumstance("marker_text", marked("Qué dice la lápida o placa"), Kind.TEXT),
                _circumstance("date", marked("Cuándo"), Kind.DAYS),
            ),
        ),
        _circumstance(
            "irreversible_act_planned",
            marked("Acto previsto que no se puede deshacer"),
            Kind.ENTRIES,
            hint=marked("Avise antes de la fecha: después ya no se puede comparar."),
            parts=(
                _circumstance("act", marked("Qué acto"), Kind.CODE, codes=IRREVERSIBLE_ACT),
                _circumstance("date", marked("Cuándo"), Kind.DAYS),
                _circumstance("authority", marked("Quién lo ordena"), Kind.TEXT),
                _circumstance(
                    "outcome", marked("Qué pasó con ese acto"), Kind.CODE, codes=ACT_OUTCOME
                ),
            ),
        ),
        _circumstance(
            "before_act", marked("Hecho antes de ese acto"), Kind.CODES, codes=BEFORE_ACT
        ),
    ),
)

STATUS = Group(
    "status",
    22,
    marked("Cómo va"),
    (
        Field(
            "search_status",
            marked("Búsqueda"),
            Kind.CODE,
            Reveals.CIRCUMSTANCE,
            of=MISSING,
            level=Level.MANDATORY,
            codes=SEARCH_STATUS,
        ),
        Field(
            "informed_if_alive",
            marked("Si vive, se puede avisar a la familia"),
            Kind.CODE,
            Reveals.CONTACT,
            of=MISSING,
            codes=INFORMED_IF_ALIVE,
            asked_apart=True,
            hint=marked("Lo decide la persona localizada."),
        ),
    ),
)
