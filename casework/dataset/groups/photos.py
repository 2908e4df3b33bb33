"""Group 14: which photographs there are, who is in them and who holds them.

The files themselves are kept elsewhere; `file_ref` leads to one.
"""

from functools import partial

from casework.dataset.code_lists.looks import PEOPLE_SHOWN, PHOTO_KIND
from casework.dataset.groups.asked_of import NOT_OF_THE_LIVING
from casework.dataset.shape import Field, Group, Kind, Level
from casework.web.languages import marked
from privacy.model import Reveals

_identity = partial(Field, reveals=Reveals.IDENTITY, of=NOT_OF_THE_LIVING)

PHOTOS = Group(
    "photos",
    14,
    marked("Fotografías"),
    (
        _identity(
            "photos",
            marked("Fotografías que hay"),
            Kind.ENTRIES,
            level=Level.RECOMMENDED,
            parts=(
                _identity("kind", marked("Qué se ve"), Kind.CODE, codes=PHOTO_KIND),
                _identity("taken_on", marked("Cuándo se tomó"), Kind.DAYS),
                _identity(
                    "people_shown", marked("Quién aparece"), Kind.CODE, codes=PEOPLE_SHOWN
                ),
                _identity("holder", marked("Quién la tiene"), Kind.TEXT),
                _identity("publishable", marked("Se puede publicar"), Kind.YES_NO),
                _identity("sensitive", marked("Puede doler verla"), Kind.YES_NO),
                _identity("file_ref", marked("Foto guardada"), Kind.TEXT),
            ),
        ),
    ),
)
