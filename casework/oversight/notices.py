"""What whoever watches over the log is warned of, on its pages and on their first page."""

from collections.abc import Iterator

from casework.oversight.checkpoints import staleness
from casework.oversight.watching import count_stopped_by_quota
from casework.settings import settings
from casework.web.pieces import Notice
from casework.web.visit import Visit
from privacy.permissions import Permission


def log_notices(visit: Visit) -> tuple[Notice, ...]:
    """Warn whoever reads the log of what cannot wait until they look into it."""
    if not visit.viewer.may(Permission.LOG_READ):
        return ()
    return (*_unsigned(visit), *_stopped_by_quota(visit))


def _unsigned(visit: Visit) -> Iterator[Notice]:
    stale = staleness(visit.session, settings(), at=visit.at)
    if stale is not None:
        sentence = visit.gettext(
            "%(lines)s líneas de la bitácora esperan su firma desde hace más de un día: hasta"
            " entonces no se podría probar que nadie las cambió. Avise a administración."
        ) % {"lines": stale.lines}
        yield Notice(sentence, "warning")


def _stopped_by_quota(visit: Visit) -> Iterator[Notice]:
    people = count_stopped_by_quota(visit.session, visit.viewer, at=visit.at)
    if people:
        sentence = visit.gettext(
            "Personas que en los últimos siete días quisieron abrir más datos reservados de los"
            " que admite una hora: %(people)s. No se les abrió ninguno más. Quiénes y cuándo"
            " está en la bitácora, en «Accesos fuera de lo común»."
        ) % {"people": people}
        yield Notice(sentence, "warning")
