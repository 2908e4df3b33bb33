"""One record of remains as it is examined: what is open of it, and what stands of it."""

from dataclasses import dataclass

from casework.errors import NotFound
from casework.openings import Openings
from casework.remains.model import Remains
from casework.remains.opening import open_remains
from casework.remains.queries import get_remains
from casework.remains.statements import REMAINS
from casework.statements.describing import AtHand
from casework.statements.picture import Picture
from casework.statements.reading import read_opened
from casework.web.visit import Visit
from privacy.permissions import Permission


@dataclass(frozen=True, slots=True)
class Examined:
    """Remains on the table; `is_own`: the visitor may write down what they see."""

    hand: AtHand
    openings: Openings
    picture: Picture
    is_own: bool

    @property
    def remains(self) -> Remains:
        """Give the record itself."""
        remains: Remains = self.hand.about
        return remains


def examined(visit: Visit, reference: str, *, to_write: bool = False) -> Examined:
    """Open remains as far as they are open to the visitor: one deed in the log.

    Raises
    ------
    NotFound
        If there are none, or with `to_write` they are another institution's.
    """
    remains = get_remains(visit.session, visit.viewer, reference, at=visit.at)
    owns = remains.owner_institution_id == visit.viewer.institution_id
    is_own = owns and visit.viewer.may(Permission.REMAINS_RECORD)
    if to_write and not is_own:
        raise NotFound("remains")
    openings = open_remains(visit.session, visit.viewer, remains, at=visit.at)
    hand = AtHand(visit.session, visit.viewer, remains, REMAINS, visit.at)
    return Examined(hand, openings, read_opened(hand, openings.open), is_own)
