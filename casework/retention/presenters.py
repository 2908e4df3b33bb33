"""What is due, in words: which rule, since when, what comes next and when."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.envelope import ExpiryAction
from casework.retention.queries import Due
from casework.retention.rules import restricts
from casework.web.described import Teller
from casework.web.languages import marked
from privacy.permissions import Viewer
from privacy.retention.model import Stage
from privacy.retention.rules import CaseKind

RULE_WORDS: Mapping[CaseKind, str] = {
    CaseKind.SEARCH_OPEN: marked("búsqueda abierta: se revisa cada año y no se borra"),
    CaseKind.LOCATED: marked("persona localizada: se borra un año después"),
    CaseKind.WITHDRAWN: marked("retirado por la familia: se borra a los treinta días"),
    CaseKind.DUPLICATE: marked("unido a otro reporte: se borra un año después"),
    CaseKind.IDENTIFIED: marked("persona identificada: se borra a los diez años"),
    CaseKind.REMAINS_UNNAMED: marked("restos sin nombre: se revisan cada año y no se borran"),
    CaseKind.REMAINS_NAMED: marked("restos con nombre: se borran a los diez años"),
    CaseKind.LIVING_OPEN: marked("persona con vida: se borra al año sin novedad"),
    CaseKind.LIVING_CLOSED: marked(
        "persona con vida que ya se nombró o se fue: a los treinta días"
    ),
}
# What `source` of privacy/retention/rules.toml says, for whoever reads no English.
SOURCE_WORDS: Mapping[CaseKind, str] = {
    CaseKind.SEARCH_OPEN: marked(
        "CED/C/7, principio 7: la búsqueda es una obligación que sigue hasta que se sepa qué "
        "fue de la persona y dónde está. Se revisa cada año."
    ),
    CaseKind.LOCATED: marked(
        "Ya se encontró a la persona y no se conserva más de lo necesario (CICR, Manual sobre "
        "protección de datos, 2024). Un año, por noticias tardías o quejas, lo decidió reunir."
    ),
    CaseKind.WITHDRAWN: marked(
        "La familia retiró el reporte, y eso vale enseguida. Treinta días, por si fue un "
        "error, lo decidió reunir."
    ),
    CaseKind.DUPLICATE: marked(
        "Queda el otro registro de la misma persona. Un año, por si el enlace fue un error, lo "
        "decidió reunir."
    ),
    CaseKind.IDENTIFIED: marked(
        "Puede hacer falta explicar una identificación o reabrirla. "
        "Diez años lo decidió reunir."
    ),
    CaseKind.REMAINS_UNNAMED: marked(
        "CED/C/7, principio 7, como en una búsqueda abierta: alguien puede estar buscando a "
        "quien todavía no tiene nombre."
    ),
    CaseKind.REMAINS_NAMED: marked(
        "Puede hacer falta explicar una identificación o reabrirla. "
        "Diez años lo decidió reunir."
    ),
    CaseKind.LIVING_OPEN: marked(
        "Quien está con vida no pidió estar en un registro, y no se conserva más de lo "
        "necesario (CICR, Manual sobre protección de datos, 2024). Un año sin novedad, y "
        "luego los dos avisos, lo decidió reunir."
    ),
    CaseKind.LIVING_CLOSED: marked(
        "Ya se nombró, se fue, murió o ya no quiere: no hace falta más. Treinta días, por si "
        "fue un error, lo decidió reunir."
    ),
}
STAGE_WORDS: Mapping[Stage, str] = {
    Stage.REVIEW: marked("se avisó que cumplió su plazo"),
    Stage.REMINDER: marked("se recordó"),
    Stage.RESTRICTED: marked("se cerró a las demás instituciones"),
    Stage.ERASED: marked("se borró"),
}


ENDING_WORDS: Mapping[ExpiryAction, str] = {
    ExpiryAction.BY_RULE: marked("se vuelve a preguntar, y nada más"),
    ExpiryAction.RESTRICT: marked(
        "se cierra a las demás instituciones y ya no se compara, hasta que alguien responda"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDue:
    """One record whose time is over or soon will be."""

    reference: str
    rule: str
    source: str
    due: str
    said: str
    erased_from: str
    erases: bool
    restricts: bool
    restricted_from: str
    is_restricted: bool
    hold_id: int | None
    hold_until: str
    hold_reason: str
    lift_is_asked: bool
    may_lift: bool

    @classmethod
    def of(cls, due: Due, viewer: Viewer, teller: Teller) -> "ShownDue":
        hold = due.hold
        asked = hold.lift_asked_by if hold else None
        last = max(due.noted, key=lambda each: each.at, default=None)
        return cls(
            reference=due.reference,
            rule=teller.gettext(RULE_WORDS[due.rule.kind]),
            source=teller.gettext(SOURCE_WORDS[due.rule.kind]),
            due=teller.day(due.due_on),
            said=_said(last.stage, teller, teller.day(last.at.date())) if last else "",
            erased_from=teller.day(due.erased_from),
            erases=due.rule.erases,
            restricts=restricts(due.record),
            restricted_from=teller.day(due.restricted_from),
            is_restricted=due.is_restricted,
            hold_id=hold.id if hold else None,
            hold_until=teller.day(hold.until) if hold else "",
            hold_reason=hold.reason if hold else "",
            lift_is_asked=asked is not None,
            may_lift=asked is not None and asked != viewer.account_id,
        )


def _said(stage: Stage, teller: Teller, day: str) -> str:
    return f"{teller.gettext(STAGE_WORDS[stage])}, {day}"
