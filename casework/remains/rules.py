"""What remains must come with before they can be recorded."""

from casework.remains.model import Remains
from casework.web.languages import marked


def why_not_recordable(remains: Remains) -> dict[str, str]:
    """Name what is missing, field by field; empty when the remains can be recorded.

    Minimum data set, group 15: only the number under which they lie in the morgue is
    needed, because without it nobody finds them again.
    """
    if not (remains.post_mortem_number or "").strip():
        return {
            "post_mortem_number": marked("Escriba el número con que se guardan los restos.")
        }
    return {}
