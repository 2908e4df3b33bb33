"""What whoever watches over the log is warned of, on its pages and on their first page."""

from casework.oversight.checkpoints import staleness
from casework.settings import settings
from casework.web.pieces import Notice
from casework.web.visit import Visit
from privacy.permissions import Permission


def log_notices(visit: Visit) -> tuple[Notice, ...]:
    """Warn when the log is no longer signed; nobody who does not read the log is told."""
    if not visit.viewer.may(Permission.LOG_READ):
        return ()
    stale = staleness(visit.session, settings(), at=visit.at)
    if stale is None:
        return ()
    sentence = visit.gettext(
        "%(lines)s líneas de la bitácora esperan su firma desde hace más de un día: hasta"
        " entonces no se podría probar que nadie las cambió. Avise a administración."
    ) % {"lines": stale.lines}
    return (Notice(sentence, "warning"),)
